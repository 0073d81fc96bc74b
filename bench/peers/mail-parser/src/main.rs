//! The closest job of crates.io's `mail-parser`: `MessageStream::parse_received` over every Received field of an archive.
//! Fields are found first; the best of RUNS runs counts.
//!
//!     peer-mail-parser ARCHIVE.mbox [RUNS]

use mail_parser::parsers::MessageStream;
use mail_parser::HeaderValue;
use std::time::Instant;

/// Where the line that begins at `at` ends, and all lines that continue it, line ends included.
fn field_end(data: &[u8], at: usize) -> usize {
    let mut i = at;
    loop {
        i = data[i..].iter().position(|&b| b == b'\n').map_or(data.len(), |n| i + n + 1);
        if !matches!(data.get(i), Some(b' ' | b'\t')) {
            return i;
        }
    }
}

/// The values of all Received fields in header sections.
fn received(data: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut in_header = true;
    let mut at = 0;
    while at < data.len() {
        let end = field_end(data, at);
        let line = &data[at..end];
        if line.starts_with(b"From ") {
            in_header = true;
        } else if line == b"\n" || line == b"\r\n" {
            in_header = false;
        } else if in_header && line.len() > 9 && line[..9].eq_ignore_ascii_case(b"received:") {
            found.push(&line[9..]);
        }
        at = end;
    }
    found
}

fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().expect("usage: peer-mail-parser ARCHIVE.mbox [RUNS]");
    let runs: usize = args.next().map_or(9, |n| n.parse().expect("RUNS is a number"));
    let data = std::fs::read(&file).expect("the archive can be read");
    let fields = received(&data);
    let mut best = f64::MAX;
    let mut with_version = 0;
    for _ in 0..runs {
        let begin = Instant::now();
        with_version = 0;
        for field in &fields {
            if let HeaderValue::Received(r) = MessageStream::new(field).parse_received() {
                with_version += usize::from(r.tls_version.is_some());
            }
        }
        best = best.min(begin.elapsed().as_secs_f64());
    }
    println!(
        "mail-parser: {} Received fields, {} with a version of TLS, {:.1} ns each",
        fields.len(),
        with_version,
        best * 1e9 / fields.len() as f64
    );
}
