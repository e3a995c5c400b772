//! Readers write, vote, report, appeal, change, follow and look from marked addresses, by every door, are banned and
//! work for a comment, and then everything that is left is searched for them: database, its log, backup, export, program's log, figures.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    process::Command,
};
use support::{
    Database, Line, Reply,
    running::{Running, dateline},
};

mod on_sqlite {
    #[test]
    fn no_address_of_a_reader_is_kept_anywhere() {
        let home = crate::support::sqlite().unwrap();
        crate::no_address_is_kept(home, ["198.51.100.77", "2001:db8:4a:1177:8a2e:3:70:7334"]);
    }
}

mod on_postgres {
    #[test]
    fn no_address_of_a_reader_is_kept_anywhere() {
        if let Some(home) = crate::support::postgres() {
            // Other tests leave their traces in the same server's files.
            crate::no_address_is_kept(home, ["198.51.100.201", "2001:db8:4a:2288:8a2e:3:70:7335"]);
        }
    }
}

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => files(&entry.path(), found),
            false => found.push(entry.path()),
        }
    }
}

/// What an address could be found by: as text, as the number it is, as hexadecimal digits.
fn marks(address: &str) -> Vec<Vec<u8>> {
    match address.parse().unwrap() {
        IpAddr::V4(v4) => {
            let bits = v4.to_bits();
            [address.to_owned(), bits.to_string(), format!("{bits:08x}")].map(String::into_bytes).into()
        }
        IpAddr::V6(v6) => {
            let part = |at: usize| v6.segments()[at];
            vec![
                format!("{:x}:{:x}", part(3), part(4)).into_bytes(),
                format!("{:04x}{:04x}", part(3), part(4)).into_bytes(),
                v6.octets()[..8].to_vec(),
            ]
        }
    }
}

/// One reader, always from the same address, in one of its spellings.
struct Reader<'a> {
    line: &'a mut Line,
    from: String,
}

impl Reader<'_> {
    fn post(&mut self, path: &str, more: &str, kind: &str, body: &str) -> Reply {
        self.line.send(format!(
            "POST {path} HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
             x-forwarded-for: {}\r\n{more}content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.from,
            body.len()
        ));
        self.line.reply(false)
    }

    fn form(&mut self, path: &str, body: &str) -> Reply {
        self.post(path, "", "application/x-www-form-urlencoded", body)
    }

    fn json(&mut self, path: &str, body: &str) -> Reply {
        self.post(path, "origin: https://blog.example\r\n", "application/json", body)
    }

    fn get(&mut self, path: &str) -> Reply {
        let from = format!("x-forwarded-for: {}", self.from);
        self.line.ask("GET", path, &[&from])
    }
}

fn answer(reply: &Reply, status: u16) -> Value {
    assert_eq!(reply.status, status, "{}", reply.text());
    serde_json::from_slice(&reply.body).unwrap_or_default()
}

/// By every door that a reader has; the number of a comment from there.
fn visit(reader: &mut Reader<'_>, path: &str, story: &str, site: &str, n: usize) -> i64 {
    let said = answer(
        &reader.form(&format!("{path}/comments"), &format!("name=Reader&text=Number+{n}+of+the+harbour.")),
        201,
    );
    assert_eq!(said["state"], "shown", "{said}");
    let comment = format!("{path}/comments/{}", said["id"]);
    let receipt = said["receipt"].as_str().unwrap();
    let receipt = receipt[receipt.find("/receipt/").unwrap()..].to_owned();
    assert_eq!(
        reader.form(&format!("{receipt}/edit"), &format!("text=Number+{n}+of+the+old+harbour.")).status,
        303
    );
    assert_eq!(reader.get(&receipt).status, 200);
    assert_eq!(reader.get(&format!("{receipt}/data")).status, 200);
    // As often as it counts from one network, and once too often.
    for n in 0..=newsroom::discussion::value::MOST_OF_BROWSERS {
        let status = if n < newsroom::discussion::value::MOST_OF_BROWSERS { 200 } else { 429 };
        assert_eq!(reader.form(&format!("{comment}/value"), "").status, status);
    }
    answer(&reader.form(&format!("{comment}/report"), "reason=insult&text=Look"), 201);
    answer(&reader.form(&format!("{comment}/report"), "reason=insult&text=Look"), 422);
    answer(&reader.json(&format!("/api/v1/stories/{story}/comments"), "{}"), 403);
    let by_api = format!("{{\"name\":\"Reader\",\"text\":\"By the API, {n}.\"}}");
    let by_api = reader.post(&format!("/api/v1/stories/{story}/comments"), "", "application/json", &by_api);
    let by_api = answer(&by_api, 201)["id"].as_i64().unwrap();
    let by_embed = format!(
        "{{\"url\":\"https://blog.example/tides\",\"title\":\"Tides\",\"name\":\"Reader\",\"text\":\"Embedded, {n}.\"}}"
    );
    let embedded = answer(&reader.json(&format!("/api/v1/sites/{site}/comments"), &by_embed), 201);
    let voter = format!("{{\"voter\":\"{n:032x}\"}}");
    assert_eq!(
        reader.json(&format!("/api/v1/sites/{site}/comments/{}/value", embedded["id"]), &voter).status,
        200
    );
    answer(&reader.form(&format!("{path}/comments"), "name=&text="), 422);
    let tried = reader.form("/desk/sign-in", "name=nobody&password=nothing+at+all");
    assert!([422, 429].contains(&tried.status), "{}", tried.text());
    assert_eq!(reader.get("/nothing/here").status, 404);
    assert_eq!(reader.get("/search?q=harbour").status, 200);
    let withdrawn = reader.form(&format!("{receipt}/withdraw"), "");
    assert!(withdrawn.status < 500, "{}", withdrawn.text());
    by_api
}

/// A moderator has the wide network of that comment held, and its address.
fn ban(line: &mut Line, cookie: &str, comment: i64) {
    let cookie = format!("cookie: {cookie}");
    let page = line.ask("GET", "/desk/sessions", &[&cookie]).text();
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    for reach in ["wide", "address"] {
        let body = format!("csrf={csrf}&comment={comment}&reach={reach}&measure=hold&days=7&name=Reader");
        line.send(format!(
            "POST /desk/writers/ban HTTP/1.1\r\nhost: paper.example\r\norigin: http://paper.example\r\n{cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ));
        let set = line.reply(false);
        assert_eq!(set.header("location"), Some("/desk/sanctions?said=sanction-added"), "{}", set.text());
    }
}

/// Works for a comment where the paper asks for it.
fn work(reader: &mut Reader<'_>, path: &str, n: usize) {
    let comments = format!("{path}/comments");
    let body = format!("name=Reader&text=Worked+for,+{n}.&proof=");
    let asked = answer(&reader.form(&comments, &body), 422);
    let (text, bits) =
        (asked["challenge"]["text"].as_str().unwrap(), asked["challenge"]["bits"].as_u64().unwrap());
    let mut proofs = (0u64..).map(|n| format!("{text}.{n}"));
    let worked =
        |proof: &String| newsroom::discussion::suspicion::is_worked(&Sha256::digest(proof), bits as u32);
    let proof = proofs.find(worked).unwrap();
    assert_eq!(answer(&reader.form(&comments, &format!("{body}{proof}")), 201)["state"], "shown");
}

fn no_address_is_kept(home: Database, marked: [&str; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let metrics = free.local_addr().unwrap();
    drop(free);
    let database = match &home.place {
        store::Place::Postgres(url) => format!("database = '{url}'\n"),
        store::Place::Sqlite(_) => String::new(),
    };
    let settings = format!(
        "{database}[proxy]\ntrusted = \"127.0.0.0/8\"\n[metrics]\nlisten = \"{metrics}\"\n[log]\nlevel = \"debug\"\n\
         [discussion]\ncloses_after_days = 0\nmost_per_minute = 100\nproof_bits = 4\n"
    );
    std::fs::write(data.join("dateline.toml"), settings).unwrap();
    let run = |args: &[&str], paths: &[&Path]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let out = command.args(args).arg("--data").arg(&data).args(paths).output().unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        [out.stdout, out.stderr].concat()
    };
    let mut add = Command::new(env!("CARGO_BIN_EXE_dateline"));
    add.args(["staff", "add", "ilse", "--role", "moderator", "--data"]).arg(&data);
    let mut add = add.stdin(std::process::Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(add.stdin.as_mut().unwrap(), b"night ferry at ten\n").unwrap();
    assert!(add.wait().unwrap().success());
    run(&["generate", "--stories", "3", "--comments", "5"], &[]);
    let site = run(&["site", "add", "blog", "--origin", "https://blog.example"], &[]);
    let site = String::from_utf8(site).unwrap().trim().to_owned();
    // An archive with whole addresses in it; the file itself is not the paper's.
    let elsewhere = tempfile::tempdir().unwrap();
    let archive = elsewhere.path().join("isso.json");
    let old = marked.map(|address| {
        format!("{{\"id\":1,\"author\":\"Old\",\"remote_addr\":\"{address}\",\"created\":\"2015-02-24 04:03:37\",\"text\":\"Of old, {}.\"}}", address.len())
    });
    let text = format!("[{{\"id\":\"/old/\",\"title\":\"Old\",\"comments\":[{}]}}]", old.join(","));
    std::fs::write(&archive, text).unwrap();
    let mut said = run(&["import", "--site", "blog"], &[&archive]);

    let mut command = dateline(&data);
    command.args(["--listen", "127.0.0.1:0"]);
    let running = Running::start(command);
    let mut line = Line::to(running.2);
    let stories: Value = serde_json::from_slice(&line.ask("GET", "/api/v1/stories", &[]).body).unwrap();
    let story = stories["stories"][0]["id"].to_string();
    let url = stories["stories"][0]["url"].as_str().unwrap();
    let path = url[url.find("/20").unwrap()..].to_owned();
    let v6: std::net::Ipv6Addr = marked[1].parse().unwrap();
    let spelt = [
        marked[0].to_owned(),
        format!("::ffff:{}", marked[0]),
        format!("{}:4711", marked[0]),
        marked[1].to_owned(),
        format!("[{}]:443", marked[1].to_uppercase()),
        v6.segments().map(|part| format!("{part:04x}")).join(":"),
    ];
    line.send(
        "POST /desk/sign-in HTTP/1.1\r\nhost: paper.example\r\norigin: http://paper.example\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 37\r\n\r\nname=ilse&password=night+ferry+at+ten",
    );
    let signed_in = line.reply(false);
    assert_eq!(signed_in.status, 303, "{}", signed_in.text());
    let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let mut banned = Vec::new();
    for (n, from) in spelt.into_iter().enumerate() {
        // One reader reports a comment once, however the address is spelt; each here has a comment of its own.
        let comment = visit(&mut Reader { line: &mut line, from: from.clone() }, &path, &story, &site, n);
        if n % 3 == 2 {
            banned.push((comment, from));
        }
    }
    for (n, (comment, from)) in banned.into_iter().enumerate() {
        ban(&mut line, &cookie, comment);
        // The address itself is held; its neighbour, of the wide network, may work.
        let held = Reader { line: &mut line, from: from.clone() }
            .form(&format!("{path}/comments"), &format!("name=Reader&text=Held+now,+{n}.&proof="));
        assert_eq!(answer(&held, 201)["state"], "held");
        let from = if n == 0 {
            marked[0].rsplit_once('.').unwrap().0.to_owned() + ".9"
        } else {
            "2001:db8:4a:9::9".into()
        };
        work(&mut Reader { line: &mut line, from }, &path, n);
    }
    let list = line.ask("GET", "/desk/sanctions", &[&format!("cookie: {cookie}")]).text();
    assert!(list.contains("a wide network") && list.contains("an address"), "{list}");
    let page = line.ask("GET", &path, &[]).text();
    let mask = marked[0].rsplit_once('.').unwrap().0;
    assert!(page.contains(&format!("{mask}.*")) && page.contains("2001:db8:4a::*"), "the masks are shown");
    let figures = Line::to(metrics).ask("GET", "/metrics", &[]).text();
    let mut heaps =
        vec![("metrics".to_owned(), figures.into_bytes()), ("the desk".into(), list.into_bytes())];
    match &home.place {
        store::Place::Sqlite(_) => {
            said.extend(run(&["backup"], &[&folder.path().join("paper.tar")]));
            // The write-ahead log is there only while it serves.
            let mut serving = Vec::new();
            files(&data, &mut serving);
            assert!(serving.iter().any(|f| f.ends_with("paper.sqlite-wal")), "{serving:?}");
            heaps.extend(
                serving.iter().map(|f| (format!("{}, serving", f.display()), std::fs::read(f).unwrap())),
            );
        }
        // The server's own files, its log of writes among them.
        store::Place::Postgres(url) => {
            let mut found = Vec::new();
            files(&server(url), &mut found);
            assert!(found.iter().any(|f| f.components().any(|part| part.as_os_str() == "pg_wal")));
            // Some come and go.
            let there = found.iter().filter_map(|f| Some((f.display().to_string(), std::fs::read(f).ok()?)));
            let there: Vec<_> = there.collect();
            assert!(
                there.iter().any(|(_, heap)| holds(heap, b"of the old harbour.")),
                "it looks where the paper is kept"
            );
            heaps.extend(there);
        }
    }
    let (code, log) = running.end();
    assert_eq!(code, Some(0));
    assert!(log.contains("/comments"), "{log}");
    heaps.push(("the log".into(), log.into_bytes()));
    said.extend(run(&["export", "--with-keys"], &[&folder.path().join("out")]));
    said.extend(run(&["transparency"], &[]));
    heaps.push(("what the commands said".into(), said));
    let mut found = Vec::new();
    files(folder.path(), &mut found);
    assert!(found.iter().any(|f| f.ends_with("out/tables/report.jsonl")));
    if matches!(home.place, store::Place::Sqlite(_)) {
        assert!(found.iter().any(|f| f.ends_with("data/paper.sqlite")));
        assert!(found.iter().any(|f| f.ends_with("paper.tar")));
    }
    heaps.extend(found.into_iter().map(|f| (f.display().to_string(), std::fs::read(&f).unwrap())));
    for (what, heap) in heaps {
        for mark in marked.iter().flat_map(|address| marks(address)) {
            assert!(!holds(&heap, &mark), "{} is in {what}", String::from_utf8_lossy(&mark));
        }
    }
}

fn holds(heap: &[u8], mark: &[u8]) -> bool {
    let first = mark[0];
    let mut rest = heap;
    while let Some(at) = rest.iter().position(|b| *b == first) {
        if rest[at..].starts_with(mark) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Where the server keeps all of it.
fn server(url: &str) -> PathBuf {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let row = client.query_one("SHOW data_directory", &[]).await.unwrap();
        PathBuf::from(row.get::<_, String>(0))
    })
}
