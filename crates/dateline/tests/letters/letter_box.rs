//! A letter server for tests: speaks SMTP in plain text on a free port, and keeps or refuses what comes.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

/// What the server does with whoever comes.
#[derive(Clone, Debug)]
pub enum Manner {
    Takes,
    /// Accepts the connection and never says a word.
    Hangs,
    /// Answers this to RCPT; `{to}` is what was sent.
    Refuses(&'static str),
}

/// A letter as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// All recipients of the envelope.
    pub to: Vec<String>,
    pub head: String,
    /// Decoded.
    pub text: String,
}

impl Received {
    /// The lines of the head with that name, unfolded.
    pub fn header(&self, name: &str) -> Vec<String> {
        let unfolded = self.head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let start = format!("{}:", name.to_lowercase());
        let lines = unfolded.lines().filter(|l| l.to_lowercase().starts_with(&start));
        lines.map(|l| l[start.len()..].trim().to_owned()).collect()
    }

    /// The path of the first link that begins so.
    pub fn link(&self, kind: &str) -> String {
        let at = self
            .text
            .find(&format!("/letters/{kind}/"))
            .unwrap_or_else(|| panic!("no {kind}: {}", self.text));
        self.text[at..].split_whitespace().next().unwrap().to_owned()
    }
}

pub struct LetterBox {
    pub address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    kept: Arc<Mutex<Vec<Received>>>,
    came: mpsc::Receiver<()>,
}

impl LetterBox {
    pub fn open(manner: Manner) -> LetterBox {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (manner, kept) = (Arc::new(Mutex::new(manner)), Arc::new(Mutex::new(Vec::new())));
        let (word, came) = mpsc::channel();
        let (how, keep) = (manner.clone(), kept.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (manner, keep) = (how.lock().unwrap().clone(), keep.clone());
                if word.send(()).is_err() {
                    return;
                }
                std::thread::spawn(move || talk(stream, &manner, &keep));
            }
        });
        LetterBox { address, manner, kept, came }
    }

    pub fn be(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// Until somebody has connected.
    pub fn await_visitor(&self) {
        self.came.recv_timeout(Duration::from_secs(60)).expect("somebody connects");
    }

    /// Takes out what has come in.
    pub fn empty(&self) -> Vec<Received> {
        std::mem::take(&mut self.kept.lock().unwrap())
    }

    /// The one letter that has come in since the last look.
    pub fn one(&self) -> Received {
        let mut all = self.empty();
        assert_eq!(all.len(), 1, "{all:#?}");
        all.remove(0)
    }
}

fn talk(stream: TcpStream, manner: &Manner, kept: &Mutex<Vec<Received>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    let mut line = String::new();
    if let Manner::Hangs = manner {
        // Held open until the other side gives up.
        while lines.read_line(&mut line).is_ok_and(|n| n > 0) {}
        return;
    }
    let mut to = Vec::new();
    let mut say = |words: &str| stream.write_all(format!("{words}\r\n").as_bytes()).is_ok();
    if !say("220 box.example") {
        return;
    }
    loop {
        line.clear();
        if !lines.read_line(&mut line).is_ok_and(|n| n > 0) {
            return;
        }
        let upper = line.to_uppercase();
        let answered = if upper.starts_with("EHLO") {
            say("250-box.example\r\n250 8BITMIME")
        } else if upper.starts_with("RCPT") {
            match manner {
                Manner::Refuses(words) => {
                    say(&words.replace("{to}", line.trim().split(':').next_back().unwrap()))
                }
                _ => {
                    to.push(line.trim()[8..].to_owned());
                    say("250 fine")
                }
            }
        } else if upper.starts_with("DATA") {
            let asked = say("354 go on");
            let mut data = String::new();
            loop {
                line.clear();
                if !lines.read_line(&mut line).is_ok_and(|n| n > 0) {
                    return;
                }
                if line == ".\r\n" {
                    break;
                }
                data.push_str(line.strip_prefix('.').unwrap_or(&line));
            }
            let (head, body) = data.split_once("\r\n\r\n").unwrap();
            let head = format!("{head}\r\n");
            let text = decoded(&head, body);
            kept.lock().unwrap().push(Received { to: std::mem::take(&mut to), head, text });
            asked && say("250 taken")
        } else if upper.starts_with("QUIT") {
            say("221 bye");
            return;
        } else {
            say("250 fine")
        };
        if !answered {
            return;
        }
    }
}

fn decoded(head: &str, body: &str) -> String {
    let body = match head.to_lowercase() {
        head if head.contains("encoding: base64") => base64(body),
        head if head.contains("encoding: quoted-printable") => quoted_printable(body),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8(body).unwrap().replace("\r\n", "\n")
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let body = body.replace("=\r\n", "");
    let mut out = Vec::new();
    let mut bytes = body.bytes();
    while let Some(b) = bytes.next() {
        if b != b'=' {
            out.push(b);
            continue;
        }
        let pair = [bytes.next().unwrap(), bytes.next().unwrap()];
        out.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
    }
    out
}

fn base64(body: &str) -> Vec<u8> {
    const ABC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for b in body.bytes() {
        let Some(value) = ABC.iter().position(|a| *a == b) else { continue };
        bits = bits << 6 | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}
