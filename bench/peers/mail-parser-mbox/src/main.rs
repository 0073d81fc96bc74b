// The closest job of Stalwart's mail-parser: its iterator over an mbox, and its parser of Received on each message.
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{HeaderName, HeaderValue, MessageParser};
use std::{env, fs::File, io::BufReader};

fn main() {
    let path = env::args().nth(1).expect("peer FILE.mbox");
    let reader = BufReader::with_capacity(1 << 20, File::open(path).expect("cannot open"));
    let parser = MessageParser::new().header_received(HeaderName::Received).default_header_ignore();
    let (mut messages, mut hops, mut tls) = (0u64, 0u64, 0u64);
    for message in MessageIterator::new(reader) {
        let message = message.expect("no mbox");
        messages += 1;
        if let Some(parsed) = parser.parse_headers(message.contents()) {
            for header in parsed.headers() {
                if let HeaderValue::Received(received) = &header.value {
                    hops += 1;
                    tls += received.tls_version.is_some() as u64;
                }
            }
        }
    }
    println!("{messages} {hops} {tls}");
}
