/* Whole fields as servers write them, by their sources and their vendors' documents: what the twin tries one after the other
 * (reference.c), and what fuzz_dialects.c makes fields of. Nothing here comes from the core's own tables.
 *
 * A blank of the template is one blank or more of the field, folds too; letters are alike in both cases; `%` means:
 *
 *   %( %)   what stands between may be missing         %_  blanks, or none
 *   %H %R %B  a name: HELO, found by the server, `by`    %A  the client's address    %a  another address
 *   %P  protocol    %I  id    %T  recipient, `<...>` or bare    %D  date, up to a comment or the end
 *   %V  version     %C  cipher suite    %N  its bits    %M  what became of the certificate
 *   %n  digits      %U %Q  a word       %X %W  text without brackets and quotes   %Y  text with pairs of both
 *
 * Names and words are printable, hold no blank, bracket or quote: a client who writes more is not in here. But a field may
 * be tried once more with a HELO of any bytes: then the longest counts, since the server wrote what stands behind it. */
#ifndef HOPTLS_FUZZ_TEMPLATES_H
#define HOPTLS_FUZZ_TEMPLATES_H

enum { BY_WORD, IS_KEYWORD, IS_NEGATIVE, IS_SILENT }; /* evidence, where no details are captured */
enum { NOT_KNOWN, PLAIN, UNKNOWN, LOCAL, OF_POSTFIX, OF_EXIM, OF_SENDMAIL }; /* what silence means */

typedef struct field_template {
    const char *server;
    int says;
    int silence;
    int since; /* what is known of silence is known of fields from this year on */
    const char *text;
} field_template;

#define END   ";%_%D%( (%X)%)"
#define FOR   "%( for %T%)"
#define PAIRS "(version=%V cipher=%C bits=%N verify=%M)"

/* clang-format off */
static const field_template templates[] = {
    {"postfix", BY_WORD, OF_POSTFIX, 2009, "from %H (%R [%A])%( (using %V with cipher %C (%N/%n bits)%Y)%)%( (No client certificate requested)%)%( (Client did not present a certificate)%)%( (Client CN \"%X\", Issuer \"%X\" (%X))%)%( (Authenticated sender: %Q)%) by %B (Postfix) with %P id %I" FOR END},
    {"postfix", IS_SILENT, LOCAL, 0, "by %B (Postfix, from userid %n) id %I" END},
    {"exim", BY_WORD, OF_EXIM, 0, "from %R ([%A]%(:%n%)%( helo=%H%)) by %B with %P%( (%V) tls %C%) (Exim %E%X)%( (envelope-from <%U>)%) id %I" FOR END},
    {"exim", BY_WORD, OF_EXIM, 0, "from %R ([%A]%(:%n%)%( helo=%H%)) by %B with %P (%V:%C:%N) (Exim %E%X)%( (envelope-from <%U>)%) id %I" FOR END},
    {"exim", BY_WORD, OF_EXIM, 0, "from [%A] (%(port=%n %)helo=%H) by %B with %P%( (%V) tls %C%) (Exim %E%X)%( (envelope-from <%U>)%) id %I" FOR END},
    {"exim", BY_WORD, OF_EXIM, 0, "from [%A] (%(port=%n %)helo=%H) by %B with %P (%V:%C:%N) (Exim %E%X)%( (envelope-from <%U>)%) id %I" FOR END},
    {"sendmail", BY_WORD, OF_SENDMAIL, 0, "from %H (%R [%A]%( (may be forged)%)) by %B (8.%S.%U/%U) with %P id %I%( " PAIRS "%)" FOR END},
    {"opensmtpd", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (OpenSMTPD) with %P id %I%( (%V:%C:%N:%M)%)%( auth=yes user=%U%)" FOR END},
    {"messagelabs", IS_SILENT, PLAIN, 0, "from %R (HELO %H) (%A) by %U.messagelabs.com with SMTP" END},
    {"messagelabs", IS_SILENT, PLAIN, 0, "from %R (HELO %H) (%A) by %U.symcld.net with SMTP" END},
    {"yahoo", IS_SILENT, NOT_KNOWN, 0, "from %R (HELO %H) (%A) by %U.yahoo.com with SMTP" END},
    {"qmail", IS_SILENT, UNKNOWN, 0, "from %R (HELO %H) (%A) by %B with SMTP" END},
    {"qmail", IS_KEYWORD, UNKNOWN, 0, "from %R (HELO %H) (%A) by %B with ESMTPS (%C encrypted)" END},
    {"qmail", IS_SILENT, LOCAL, 0, "(qmail %n invoked by uid %n)" END},
    {"nullmailer", IS_SILENT, LOCAL, 0, "(nullmailer pid %n invoked by uid %n)" END},
    {"s-qmail", BY_WORD, PLAIN, 0, "from %R (HELO %H) (%A) de/crypted with %V: %C [%N/%n] DN=none by %B with ESMTPS%(A%)" END},
    {"qpsmtpd", BY_WORD, PLAIN, 2008, "from %R (HELO %H) (%A) by %B (qpsmtpd/%U) with %P%( (%C encrypted)%)" END},
    {"indimail", BY_WORD, PLAIN, 0, "indimail-mta smtpd %n from %R (HELO %H) (%A) by %B with %P (%V %C bits=%N)" END},
    {"courier", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) (%(AUTH: %U %U, %)TLS: %V,%Nbits,%C) by %B with ESMTPS%(A%) id %I" END},
    {"dovecot", BY_WORD, NOT_KNOWN, 0, "from %H ([%A]) (using %V with cipher %C (%N/%n bits)) by %B with %P id %I (envelope-from <%U>)" FOR END},
    {"cyrus", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B (Cyrus %U) with %P%( (version=%V cipher=%C bits=%N/%n verify=%M)%)" END},
    {"haraka", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (Haraka/%U) with %P id %I envelope-from <%U>%( (version=%V cipher=%C verify=%M)%)%( (authenticated bits=0)%)" END},
    {"haraka", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (Haraka/%U) with %P id %I envelope-from <%U> tls %C%( (authenticated bits=0)%)" END},
    {"zonemta", BY_WORD, PLAIN, 0, "from %H ([%A] %U) by %B (ZoneMTA) with %P id %I for %T%( (version=%V cipher=%C)%)" END},
    {"james", BY_WORD, NOT_KNOWN, 0, "from %R (EHLO %H) ([%A])%( (using %V with cipher %C)%) by %B (JAMES SMTP Server%_) with %P ID %I" FOR END},
    {"stalwart", BY_WORD, PLAIN, 0, "from %H (%R [%A]%( (%X)%))%( (using %V with cipher %C)%) by %B (Stalwart SMTP) with %P id %I" END},
    {"maddy", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B (envelope-sender <%U>) with %P id %I" END},
    {"mox", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B ([%a]) via tcp with %P id %I%( (%V %C)%)" FOR END},
    {"chasquid", BY_WORD, PLAIN, 0, "from [%A] (%H) by %B (chasquid) with %P%( tls %C%) (over %U, %V, envelope from \"%U\")%_" END},
    {"chasquid", IS_NEGATIVE, PLAIN, 0, "from [%A] (%H) by %B (chasquid) with %P (over %U, plain text!, envelope from \"%U\")%_" END},
    {"kumomta", BY_WORD, NOT_KNOWN, 0, "from %H (%A) by %B (KumoMTA %a) with %P%( (%V:%C)%) id %I for %T" END},
    {"hmailserver", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with %P (version=%V cipher=%C bits=%N)%_" END},
    {"amavis", BY_WORD, PLAIN, 0, "from %H ([%A])%( (using %V with cipher %C)%) by %B (%U [%a]) (amavis, port %n) with %P id %I" FOR END},
    {"exchange", IS_SILENT, PLAIN, 0, "from %H (%A) by %B (%a) with Microsoft SMTP Server%( (version=%V, cipher=%C)%) id %I%( via %X%)" END},
    {"exchange", IS_KEYWORD, PLAIN, 0, "from %H (%A) by %B (%a) with Microsoft SMTP Server (TLS) id %I%( via %X%)" END},
    {"smtpsvc", IS_KEYWORD, PLAIN, 0, "from %H ([%A]) by %B over TLS secured channel with Microsoft SMTPSVC(%U)" END},
    {"smtpsvc", IS_SILENT, PLAIN, 0, "from %H ([%A]) by %B with Microsoft SMTPSVC(%U)" END},
    {"google", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by mx.google.com with %P id %I" FOR "%( (version=%V cipher=%C bits=%N/%n)%)" END},
    {"google", IS_KEYWORD, PLAIN, 0, "from %H (%R [%A]) by mx.google.com with SMTPS id %I" FOR " (Google Transport Security)" END},
    {"yandex", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (nwsmtp/Yandex) with %P id %I;%_%D (using %V with cipher %C (%N/%n bits)) (Client certificate not present)"},
    {"nemesis", BY_WORD, NOT_KNOWN, 0, "from %H ([%A]) by %B (%U [%a]) with %P (Nemesis) id %I" FOR END},
    {"ecelerity", BY_WORD, PLAIN, 0, "from [%A] ([%a]%(:%n%) helo=%H) by %B (envelope-from <%U>) (ecelerity %Y) with %P%( (cipher=%C)%) id %I" END},
    {"proofpoint", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (PPS) with %P id %I%( " PAIRS "%)" FOR END},
    {"proofpoint-essentials", BY_WORD, PLAIN, 2009, "from %H (%R [%A])%( (using %V with cipher %C (%N/%n bits))%)%( (No client certificate requested)%) by %B (PPE Hosted ESMTP Server) with %P id %I" FOR END},
    {"mimecast", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by relay.mimecast.com with ESMTP with STARTTLS (version=%V, cipher=%C) id %I" END},
    {"ironport", BY_WORD, NOT_KNOWN, 0, "from %R (HELO %H) ([%A]) by %B with ESMTP/TLS/%C" END},
    {"groupwise", IS_KEYWORD, NOT_KNOWN, 0, "from %H ([%A]) by %B with ESMTP (TLS encrypted)" END},
    {"groupwise", IS_NEGATIVE, NOT_KNOWN, 0, "from %H ([%A]) by %B with ESMTP (NOT encrypted);%_%U, %D"},
    {"icewarp", IS_KEYWORD, PLAIN, 0, "from %H ([%A]) by %B (IceWarp %X) with ESMTP (SSL) id %I" FOR END},
    {"icewarp", IS_SILENT, PLAIN, 0, "from %H ([%A]) by %B (IceWarp %X) with ESMTP id %I" FOR END},
    {"kerio", BY_WORD, PLAIN, 0, "from %H ([%A])%( (authenticated user %U)%) by %B (Kerio Connect %X) with %P%( (using %V with cipher %C (%N bits))%)%_" END},
    {"communigate", BY_WORD, PLAIN, 0, "from [%A] (account %U HELO %U) by %B (CommuniGate Pro SMTP %U) with %P id %I" FOR END},
    {"communigate", BY_WORD, PLAIN, 0, "from [%A] (HELO %H) by %B (CommuniGate Pro SMTP %U) with %P id %I" FOR END},
    {"domino", IS_SILENT, UNKNOWN, 0, "from %H ([%A]) by %B (%U Domino Release %X) with ESMTP id %I%_" END},
    {"halon", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (Halon) with %P id %I" END},
    {"mailchannels", IS_SILENT, PLAIN, 0, "from %H (%R [%A])%( (using %V with cipher %C)%) by %U (trex/%U)" END},
    {"coremail", IS_SILENT, UNKNOWN, 0, "from %H (unknown [%A]) by %B (Coremail) with SMTP id %I for %T" END},
    {"amazon", IS_SILENT, UNKNOWN, 0, "from %H (%R [%A]) by inbound-smtp.us-east-1.amazonaws.com with SMTP id %I for %T" END},
    {"powermta", IS_SILENT, UNKNOWN, 0, "from %H (%A) by %B (PowerMTA%X) id %I for %T;%_%D (envelope-from <%U>)"},
    {"cloudflare", IS_SILENT, UNKNOWN, 0, "from %H (%A) by cloudflare-email.net (cloudflare) id %I for %T" END},
    {"fetchmail", IS_SILENT, UNKNOWN, 0, "from %H [%A] by %B with %U (fetchmail-%X) for %T (%X)" END},
    {"amavis", BY_WORD, NOT_KNOWN, 0, "from %H ([%A])%( (using %V with cipher %C)%) by %B (%U [%a]) (amavisd-new, port %n) with %P id %I" FOR END},
    {"aox", BY_WORD, NOT_KNOWN, 0, "from %A (HELO %H) by %B (Archiveopteryx %U) with %P id %I for %T" END},
    {"communigate", BY_WORD, PLAIN, 0, "from %H ([%A] verified) by %B (CommuniGate Pro SMTP %U) with %P id %I" FOR END},
    {"dovecot", BY_WORD, NOT_KNOWN, 0, "from %H ([%A]) (using %V with cipher %C (%N/%n bits)) by %B (Dovecot) with %P id %I for %T" END},
    {"exchange", IS_SILENT, LOCAL, 0, "from %H (%A) by %B (%a) with mapi id %I%( via %X%)" END},
    {"exchange", IS_SILENT, LOCAL, 0, "from %H (%_[%A]%_) by %B (%_[%a]%_) with mapi id %I%( via %X%)" END},
    {"google", BY_WORD, PLAIN, 0, "from %H (%(%R %)[%A]) by smtp.gmail.com with %P id %I" FOR "%( (version=%V cipher=%C bits=%N/%n)%)" END},
    {"google", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by gmr-mx.google.com with %P id %I" FOR "%( (version=%V cipher=%C bits=%N/%n)%)" END},
    {"google", IS_SILENT, UNKNOWN, 0, "by %U.google.com with SMTP id %I for %T" END},
    {"groupwise", IS_KEYWORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with ESMTP (TLS encrypted)" END},
    {"groupwise", IS_NEGATIVE, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with ESMTP (NOT encrypted);%_%U, %D"},
    {"haraka", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (Haraka/%U) with %P id %I envelope-from <%U> (%(version=%V %)cipher=%C)" END},
    {"icewarp", IS_KEYWORD, PLAIN, 0, "from %H ([%A]) by %B (IceWarp %X) with ASMTP (SSL) id %I" FOR END},
    {"ironmail", IS_SILENT, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with smtp (TLS: %V,%Nbits,%C) id %I" END},
    {"ironport", IS_SILENT, NOT_KNOWN, 0, "from %R (HELO %H) ([%A]) by %B with ESMTP" END},
    {"mail.ru", IS_SILENT, UNKNOWN, 0, "by %U.smailru.net with esmtpa (envelope-from <%U>) id %I" END},
    {"mailenable", BY_WORD, NOT_KNOWN, 0, "from %H ([%A]) by %B with MailEnable %P%( (version=%V cipher=%C)%)" END},
    {"mailgun", IS_SILENT, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with SMTP id %I (version=%V, cipher=%C)" END},
    {"mdaemon", BY_WORD, NOT_KNOWN, 0, "from %H by %B (MDaemon PRO v%U) with %P id %I" FOR END},
    {"mercury", IS_SILENT, NOT_KNOWN, 0, "from %H (%A) by %B (Mercury/32 v%U) with ESMTP ID %I" END},
    {"messagelabs", IS_SILENT, NOT_KNOWN, 0, "from %R (HELO %H) (%A) by %B with %C encrypted SMTP" END},
    {"qmail", IS_SILENT, NOT_KNOWN, 0, "from %R (HELO %H) (%A) by %B with (%C encrypted) SMTP" END},
    {"qmail", IS_KEYWORD, NOT_KNOWN, 0, "from %R (HELO %H) (%A) by %B with ESMTPS (%C encrypted) (cert %U)" END},
    {"qmail", IS_SILENT, NOT_KNOWN, 0, "from %R (HELO %H) (%U@%A) by %B with ESMTPA" END},
    {"qmail-ldap", IS_SILENT, PLAIN, 0, "from %R (HELO %H) (%(%U@%)[%A]) (envelope-sender <%U>) by %B (qmail-ldap-%U) with%( %C encrypted%) SMTP for %T" END},
    {"mimecast", IS_KEYWORD, NOT_KNOWN, 0, "from %H (%R [%A]) (Using TLS) by relay.mimecast.com with ESMTP id %I" END},
    {"mox", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B ([%a]) via tcp with %P (requiretls) id %I (%V %C)" FOR END},
    {"opensmtpd", BY_WORD, PLAIN, 0, "from %H (%R [%A]);%_by %B (OpenSMTPD) with %P id %I;%_%(TLS version=%V cipher=%C bits=%N verify=%M;%_%)for %T" END},
    {"oracle", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (Oracle Communications Messaging Server %Y) with %P id <%I> for %U" END},
    {"postfix", IS_SILENT, NOT_KNOWN, 0, "by %B (Postfix) id %I" END},
    {"proofpoint-essentials", BY_WORD, NOT_KNOWN, 0, "from %R [%A] (EHLO %H) by %B.ppe-hosted.com%( (using %V with cipher %C (%N/%n bits))%) with %P id %I (envelope-from <%U>)" END},
    {"slimta", BY_WORD, PLAIN, 0, "from %H (%R [%A]) by %B (slimta %U) with %P for %T" END},
    {"symantec-smg", IS_SILENT, UNKNOWN, 0, "from %H (%(%R%)%_[%A]) by %B (Symantec Messaging Gateway) with SMTP id %I" END},
    {"trustwave", IS_SILENT, NOT_KNOWN, 0, "from %H (Not Verified[%A]) by %B (using TLS: %V, %C) id <%I>" END},
    {"yahoo", BY_WORD, NOT_KNOWN, 0, "from %A (EHLO %H) by %a with %P (version=%V cipher=%C)" END},
    {"surgemail", IS_KEYWORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with ESMTP (TLS) id %I" FOR END},
    {"exim", BY_WORD, NOT_KNOWN, 0, "from %R ([%A] helo=%H) by %B with %P (Cipher %V:%C:%N) (Exim) id %I" END},
    /* RFC 8314 section 4.3 */
    {"", BY_WORD, NOT_KNOWN, 0, "from %H (%(%R %)[%A]) by %B with %P id %I tls %C%( group %U%)" END},
    {"", BY_WORD, NOT_KNOWN, 0, "from %H ([%A]) by %B with %P id %I " PAIRS FOR END},
    {"", BY_WORD, NOT_KNOWN, 0, "from %H by %B with %P%( id %I%)" FOR END},
    {"", BY_WORD, NOT_KNOWN, 0, "by %B with %P id %I" FOR END},
    /* of a server that is not named: the slots that all share */
    {"", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with %P id %I " PAIRS FOR END},
    {"", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B with %P%( id %I%)" FOR END},
    {"", BY_WORD, NOT_KNOWN, 0, "from %H ([%A]) by %B with %P%( id %I%)" FOR END},
    {"", BY_WORD, NOT_KNOWN, 0, "from %H (%R [%A]) by %B (%W) with %P id %I" FOR END},
};
/* clang-format on */

#undef END
#undef FOR
#undef PAIRS

enum { TEMPLATES = sizeof templates / sizeof templates[0] };

#endif
