/*
 * The big providers: organisations whose mail hosts stand under several domains, so that a hop between two of them
 * does not leave the organisation.
 *
 * To add one: a number, its name in the same place of `provider_names`, and its domains, each in its alphabetic
 * place (a test checks the order); then run tools/writer-index, by whose index they are found (a test tells if that
 * was forgotten). A domain must be one that hoptls_host_org returns, that names hosts rather than mailboxes alone, and
 * that nobody but the provider puts hosts under. So these are not here: amazonaws.com, googleusercontent.com,
 * cloudapp.net (customers' machines), comcast.net, sbcglobal.net, t-ipconnect.de, ovh.net (subscribers' machines),
 * yahoo.co.jp and partner.outlook.cn (run by other companies), AOL's hosts under Yahoo (one company since 2017 only: mail
 * between them left the house for most of the time that archives tell of), linkedin.com, postini.com (bought, and run apart or not
 * always by the buyer). A provider with one domain needs no row: its hosts agree by their organisation.
 *
 * Grounds of a row: (host) hosts of this name, seen handing mail to the provider's other hosts or found in its own
 * `by`; (doc) the provider's documents name it as its own; (name) the provider's name itself, under which its
 * offices and their mail hosts stand.
 */
#ifndef HOPTLS_PROVIDERS_H
#define HOPTLS_PROVIDERS_H

#include "internal.h"

/* A word of a table in alphabetic order, and what it means there (never 0). */
typedef struct host_word {
    uint8_t tag;
    uint8_t len;
    uint8_t text[24];
} host_word;

#define HOST_WORD(tag, text)                                                                                 \
    {                                                                                                        \
        (tag), (uint8_t)(sizeof(text) - 1), text                                                             \
    }
#define HOST_WORDS(table) (uint32_t)(sizeof(table) / sizeof((table)[0]))

enum {
    PROVIDER_NONE,
    PROVIDER_ALIBABA,
    PROVIDER_AMAZON,
    PROVIDER_AOL,
    PROVIDER_APPLE,
    PROVIDER_BARRACUDA,
    PROVIDER_BREVO,
    PROVIDER_CISCO,
    PROVIDER_FASTMAIL,
    PROVIDER_FORCEPOINT,
    PROVIDER_GMX,
    PROVIDER_GOOGLE,
    PROVIDER_HEINLEIN,
    PROVIDER_HORNETSECURITY,
    PROVIDER_IONOS,
    PROVIDER_LUXSCI,
    PROVIDER_MAILCHANNELS,
    PROVIDER_MAILCHIMP,
    PROVIDER_MAILGUN,
    PROVIDER_MAILRU,
    PROVIDER_MICROSOFT,
    PROVIDER_MIMECAST,
    PROVIDER_NETEASE,
    PROVIDER_POSTMARK,
    PROVIDER_PROOFPOINT,
    PROVIDER_PROTON,
    PROVIDER_RACKSPACE,
    PROVIDER_SALESFORCE,
    PROVIDER_SENDGRID,
    PROVIDER_SPARKPOST,
    PROVIDER_STRATO,
    PROVIDER_SYMANTEC,
    PROVIDER_TENCENT,
    PROVIDER_TREND_MICRO,
    PROVIDER_TUTA,
    PROVIDER_YAHOO,
    PROVIDER_YANDEX,
    PROVIDER_ZOHO,
    PROVIDER_COUNT
};

#define RUNS(who, domain) HOST_WORD(PROVIDER_##who, domain)

/* clang-format off */
static const char provider_names[PROVIDER_COUNT][16] = {
    "", "alibaba", "amazon", "aol", "apple", "barracuda", "brevo", "cisco", "fastmail", "forcepoint",
    "gmx", "google", "mailbox.org", "hornetsecurity", "ionos", "luxsci", "mailchannels", "mailchimp",
    "mailgun", "mail.ru", "microsoft", "mimecast", "netease", "postmark", "proofpoint", "proton",
    "rackspace", "salesforce", "sendgrid", "sparkpost", "strato", "symantec", "tencent", "trend-micro",
    "tuta", "yahoo", "yandex", "zoho",
};

static const host_word provider_domains[] = {
    RUNS(NETEASE, "126.com"),                   /* (host) m*.mail.126.com, Coremail of NetEase */
    RUNS(NETEASE, "163.com"),                   /* (host) m*.mail.163.com, *.qiye.163.com */
    RUNS(NETEASE, "188.com"),                   /* (host) NetEase's third mail brand, on the same hosts */
    RUNS(IONOS, "1and1.com"),                   /* (name) IONOS was 1&1 until 2018 */
    RUNS(GOOGLE, "1e100.net"),                  /* (doc) Google's names for its own addresses */
    RUNS(IONOS, "1und1.de"),                    /* (name) the same, in Germany */
    RUNS(AOL, "aim.com"),                       /* (name) AOL's messenger and its mail */
    RUNS(ALIBABA, "alibaba-inc.com"),           /* (name) the company's offices */
    RUNS(ALIBABA, "alibaba.com"),               /* (host) its mail enters at smtp.aliyun-inc.com */
    RUNS(ALIBABA, "aliyun-inc.com"),            /* (host) the inner mail hosts of Alibaba Cloud */
    RUNS(ALIBABA, "aliyun.com"),                /* (host) out*.mail.aliyun.com */
    RUNS(AMAZON, "amazon.com"),                 /* (host) amazon-smtp.amazon.com */
    RUNS(AMAZON, "amazonses.com"),              /* (doc) the Simple Email Service's own hosts */
    RUNS(HORNETSECURITY, "antispameurope.com"), /* (host) mx-relay*; the name until 2015 */
    RUNS(AOL, "aol.com"),                       /* (host) mx.aol.com, *.mail.aol.com */
    RUNS(AOL, "aol.net"),                       /* (host) inner hosts of aol.com */
    RUNS(APPLE, "apple.com"),                   /* (host) mail-in*.apple.com */
    RUNS(BARRACUDA, "barracuda.com"),           /* (name) */
    RUNS(BARRACUDA, "barracudanetworks.com"),   /* (doc) *.ess.*, the gateway service */
    RUNS(MICROSOFT, "bigfish.com"),             /* (host) mail*-R.*; FrontBridge, Microsoft's since 2005 */
    RUNS(BREVO, "brevo.com"),                   /* (name) Sendinblue since 2023 */
    RUNS(CISCO, "cisco.com"),                   /* (host) *-iport-*.cisco.com */
    RUNS(RACKSPACE, "emailsrvr.com"),           /* (host) smtp*.relay.*.emailsrvr.com */
    RUNS(SALESFORCE, "exacttarget.com"),        /* (doc) Marketing Cloud, Salesforce's since 2013 */
    RUNS(MICROSOFT, "exchangelabs.com"),        /* (host) *.prod.*, beside *.prod.outlook.com */
    RUNS(FASTMAIL, "fastmail.com"),             /* (name) */
    RUNS(FASTMAIL, "fastmail.fm"),              /* (name) until 2014 */
    RUNS(FORCEPOINT, "forcepoint.com"),         /* (name) */
    RUNS(TENCENT, "foxmail.com"),               /* (name) Tencent's since 2005 */
    RUNS(MICROSOFT, "frontbridge.com"),         /* (host) the same service as bigfish.com */
    RUNS(GOOGLE, "gmail.com"),                  /* (host) smtp.gmail.com */
    RUNS(GMX, "gmx.com"),                       /* (host) mout.gmx.com, beside mout.gmx.net */
    RUNS(GMX, "gmx.de"),                        /* (name) */
    RUNS(GMX, "gmx.net"),                       /* (host) mout.gmx.net, mx-ha.gmx.net */
    RUNS(GOOGLE, "google.com"),                 /* (host) mx.google.com, mail-*.google.com */
    RUNS(GOOGLE, "googlegroups.com"),           /* (host) Google Groups, on mail-*.google.com */
    RUNS(GOOGLE, "googlemail.com"),             /* (host) smtp.googlemail.com, aspmx*.googlemail.com */
    RUNS(PROOFPOINT, "gpphosted.com"),          /* (host) mx0*-*.gpphosted.com, for governments */
    RUNS(HEINLEIN, "heinlein-hosting.de"),      /* (host) spamfilter* take from smtp*.mailbox.org */
    RUNS(HEINLEIN, "heinlein-support.de"),      /* (host) the same hosts call themselves so */
    RUNS(HORNETSECURITY, "hornetsecurity.com"), /* (name) */
    RUNS(MICROSOFT, "hotmail.com"),             /* (host) *.bay0.*, beside *.bay0.outlook.com */
    RUNS(APPLE, "icloud.com"),                  /* (host) *.mail.icloud.com */
    RUNS(IONOS, "ionos.com"),                   /* (name) */
    RUNS(IONOS, "ionos.de"),                    /* (name) */
    RUNS(CISCO, "iphmx.com"),                   /* (doc) esa*.iphmx.com, Cisco's hosted mail gateways */
    RUNS(CISCO, "ironport.com"),                /* (name) IronPort, Cisco's since 2007 */
    RUNS(IONOS, "kundenserver.de"),             /* (host) mout.*, mrelayeu.* */
    RUNS(MICROSOFT, "live.com"),                /* (host) smtp.live.com */
    RUNS(LUXSCI, "luxsci.com"),                 /* (host) */
    RUNS(LUXSCI, "luxsci.net"),                 /* (host) */
    RUNS(APPLE, "mac.com"),                     /* (host) asmtp*.mac.com, before me.com */
    RUNS(MAILRU, "mail.ru"),                    /* (host) smtp*.i.mail.ru, mxs.mail.ru */
    RUNS(HEINLEIN, "mailbox.org"),              /* (host) smtp*.mailbox.org, mout-p-*.mailbox.org */
    RUNS(MAILCHANNELS, "mailchannels.com"),     /* (name) */
    RUNS(MAILCHANNELS, "mailchannels.net"),     /* (host) *.relay.mailchannels.net */
    RUNS(MAILCHIMP, "mailchimp.com"),           /* (name) */
    RUNS(FORCEPOINT, "mailcontrol.com"),        /* (doc) cluster-*, Forcepoint's hosted gateways */
    RUNS(MAILGUN, "mailgun.com"),               /* (name) */
    RUNS(MAILGUN, "mailgun.net"),               /* (host) m*.mailgun.net */
    RUNS(MAILGUN, "mailgun.org"),               /* (host) mxa.mailgun.org */
    RUNS(BREVO, "mailin.fr"),                   /* (name) Sendinblue's first name, still in its hosts */
    RUNS(MAILCHIMP, "mandrillapp.com"),         /* (doc) Mailchimp Transactional */
    RUNS(MAILCHIMP, "mcdlv.net"),               /* (doc) Mailchimp's delivery domains */
    RUNS(MAILCHIMP, "mcsv.net"),                /* (doc) the same */
    RUNS(APPLE, "me.com"),                      /* (host) *-asmtp*.me.com, *.me.com (Postfix) */
    RUNS(SYMANTEC, "messagelabs.com"),          /* (host) mail*.bemta*; Symantec's since 2008 */
    RUNS(FASTMAIL, "messagingengine.com"),      /* (host) out*.messagingengine.com */
    RUNS(MICROSOFT, "microsoft.com"),           /* (host) *.messaging.microsoft.com */
    RUNS(MIMECAST, "mimecast-offshore.com"),    /* (doc) je-smtp-*, the grid on Jersey */
    RUNS(MIMECAST, "mimecast-pscom-us.com"),    /* (doc) the grid USPCOM */
    RUNS(MIMECAST, "mimecast.co.za"),           /* (doc) za-smtp-*.mimecast.co.za */
    RUNS(MIMECAST, "mimecast.com"),             /* (host) relay.mimecast.com */
    RUNS(MICROSOFT, "msn.com"),                 /* (name) */
    RUNS(POSTMARK, "mtasv.net"),                /* (doc) sc-ord-mta*.mtasv.net */
    RUNS(MICROSOFT, "mx.microsoft"),            /* (doc) exchangers under DNSSEC; Microsoft's top level */
    RUNS(NETEASE, "netease.com"),               /* (name) */
    RUNS(AOL, "netscape.net"),                  /* (name) AOL's since 1999 */
    RUNS(MICROSOFT, "office365.com"),           /* (host) *.outlook.office365.com */
    RUNS(MICROSOFT, "office365.us"),            /* (doc) *.mail.protection.office365.us: GCC High */
    RUNS(MICROSOFT, "outlook.com"),             /* (host) *.prod.outlook.com, *.protection.outlook.com */
    RUNS(IONOS, "perfora.net"),                 /* (host) mout.perfora.net, 1&1 in America */
    RUNS(MICROSOFT, "phx.gbl"),                 /* (host) Hotmail's inner names */
    RUNS(PROTON, "pm.me"),                      /* (name) */
    RUNS(POSTMARK, "postmarkapp.com"),          /* (name) */
    RUNS(PROOFPOINT, "ppe-hosted.com"),         /* (host) dispatch*.ppe-hosted.com, Proofpoint Essentials */
    RUNS(PROOFPOINT, "pphosted.com"),           /* (host) mx0*-*.pphosted.com, Proofpoint on Demand */
    RUNS(PROOFPOINT, "ppops.net"),              /* (host) m0* hand over to mx0*-*.pphosted.com */
    RUNS(PROOFPOINT, "proofpoint.com"),         /* (name) */
    RUNS(PROTON, "proton.me"),                  /* (name) since 2022 */
    RUNS(PROTON, "protonmail.ch"),              /* (host) mail-*.protonmail.ch */
    RUNS(PROTON, "protonmail.com"),             /* (name) */
    RUNS(TENCENT, "qq.com"),                    /* (host) out*.mail.qq.com, bizesmtp.qq.com */
    RUNS(RACKSPACE, "rackspace.com"),           /* (name) */
    RUNS(YAHOO, "rocketmail.com"),              /* (name) Yahoo's since 1997 */
    RUNS(MAILCHIMP, "rsgsv.net"),               /* (doc) mail*.rsgsv.net */
    RUNS(STRATO, "rzone.de"),                   /* (host) mo4-*-ob.smtp.*, beside smtp.strato.de */
    RUNS(SALESFORCE, "salesforce.com"),         /* (host) *.mta.salesforce.com */
    RUNS(SENDGRID, "sendgrid.com"),             /* (name) */
    RUNS(SENDGRID, "sendgrid.net"),             /* (host) mx*, *.outbound-mail.* */
    RUNS(BREVO, "sendinblue.com"),              /* (name) until 2023 */
    RUNS(MAILRU, "smailru.net"),                /* (host) *.m.* hand over to smtp*.i.mail.ru */
    RUNS(SPARKPOST, "sparkpost.com"),           /* (name) */
    RUNS(SPARKPOST, "sparkpostmail.com"),       /* (doc) SparkPost's sending hosts */
    RUNS(STRATO, "strato.de"),                  /* (host) smtp.*; rented machines are stratoserver.net */
    RUNS(SYMANTEC, "symcld.net"),               /* (host) *.bemta.*.aws.*, the later messagelabs.com */
    RUNS(TENCENT, "tencent.com"),               /* (name) */
    RUNS(TREND_MICRO, "trendmicro.com"),        /* (host) rfout*.hes.trendmicro.com */
    RUNS(TREND_MICRO, "trendmicro.eu"),         /* (doc) *.in.hes.trendmicro.eu */
    RUNS(TUTA, "tuta.com"),                     /* (name) since 2023 */
    RUNS(TUTA, "tutanota.com"),                 /* (name) */
    RUNS(TUTA, "tutanota.de"),                  /* (host) w*.tutanota.de, mail.w*.tutanota.de */
    RUNS(GMX, "web.de"),                        /* (host) mout.web.de; 1&1 Mail & Media runs both */
    RUNS(YANDEX, "ya.ru"),                      /* (name) */
    RUNS(YAHOO, "yahoo.com"),                   /* (host) mta*.mail.*, sonic*.consmr.mail.* */
    RUNS(YAHOO, "yahoodns.net"),                /* (host) mta*.am0.yahoodns.net */
    RUNS(YAHOO, "yahoogroups.com"),             /* (name) Yahoo Groups, until 2020 */
    RUNS(YANDEX, "yandex-team.ru"),             /* (host) take from *.yandex.net */
    RUNS(YANDEX, "yandex.com"),                 /* (name) */
    RUNS(YANDEX, "yandex.net"),                 /* (host) *.mail.yandex.net, *.qloud-c.yandex.net */
    RUNS(YANDEX, "yandex.ru"),                  /* (host) mx.yandex.ru */
    RUNS(NETEASE, "yeah.net"),                  /* (host) NetEase's second mail brand, on the same hosts */
    RUNS(YAHOO, "ymail.com"),                   /* (name) */
    RUNS(YANDEX, "yndx.net"),                   /* (host) inner hosts of yandex.net */
    RUNS(ZOHO, "zoho.com"),                     /* (host) sender*.zoho.com, by mx.zohomail.com */
    RUNS(ZOHO, "zoho.eu"),                      /* (host) the same in Europe */
    RUNS(ZOHO, "zoho.in"),                      /* (host) the same in India */
    RUNS(ZOHO, "zohocorp.com"),                 /* (name) the company's offices */
    RUNS(ZOHO, "zohomail.com"),                 /* (host) mx.zohomail.com */
    RUNS(ZOHO, "zohomail.eu"),                  /* (host) the same in Europe */
    RUNS(ZOHO, "zohomail.in"),                  /* (host) the same in India */
};
/* clang-format on */

#undef RUNS

#endif
