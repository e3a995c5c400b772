//! The program itself: its exit codes, its one line on standard output, its lock, its end.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};
use support::Line;

fn dateline(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    command.arg("serve").arg("--data").arg(data);
    command
}

struct Running(Child, BufReader<ChildStdout>, std::net::SocketAddr);

impl Running {
    fn start(mut command: Command) -> Running {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        // A paper without staff first says where it is set up.
        if let Some(link) = line.strip_prefix("Set up the paper at http://") {
            assert!(link.contains("/desk/set-up/"), "{line:?}");
            line.clear();
            out.read_line(&mut line).unwrap();
        }
        let address =
            line.trim_end().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line:?}"));
        let address = address.parse().unwrap();
        Running(child, out, address)
    }

    /// SIGTERM; the exit code and what was logged.
    fn end(mut self) -> (Option<i32>, String) {
        let killed = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status().unwrap();
        assert!(killed.success());
        let code = self.0.wait().unwrap().code();
        let mut log = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        let mut more = String::new();
        self.1.read_to_string(&mut more).unwrap();
        assert_eq!(more, "", "nothing more on standard output");
        (code, log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only where a test failed before its end.
        let _ = self.0.kill();
    }
}

/// Runs to the end; exit code and standard error.
fn fails(mut command: Command) -> (Option<i32>, String) {
    let out = command.stdin(Stdio::null()).output().unwrap();
    (out.status.code(), String::from_utf8(out.stderr).unwrap())
}

#[test]
fn serves_and_ends_on_sigterm() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("new/data");
    let mut command = dateline(&data);
    command.args(["--listen", "127.0.0.1:0"]);
    let running = Running::start(command);
    let mut idle = Line::to(running.2);
    assert_eq!(idle.ask("GET", "/healthz?who=me", &["x-forwarded-for: 192.0.2.77"]).status, 200);
    let (code, log) = running.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(idle.rest().is_empty());
    assert!(log.contains("/healthz") && log.contains("200"), "{log}");
    for never in ["127.0.0.1", "192.0.2", "who=me"] {
        assert!(!log.contains(never), "{never} is in the log: {log}");
    }
}

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => files(&entry.path(), found),
            false => found.push(entry.path()),
        }
    }
}

#[test]
fn no_address_of_a_reader_is_kept_anywhere() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let run = |args: &[&str], paths: &[&Path]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let out = command.args(args).arg("--data").arg(&data).args(paths).output().unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        [out.stdout, out.stderr].concat()
    };
    run(&["generate", "--stories", "3", "--comments", "5"], &[]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let metrics = free.local_addr().unwrap();
    drop(free);
    let settings = format!(
        "[proxy]\ntrusted = \"127.0.0.0/8\"\n[metrics]\nlisten = \"{metrics}\"\n[log]\nlevel = \"debug\"\n[discussion]\ncloses_after_days = 0\n"
    );
    std::fs::write(data.join("dateline.toml"), settings).unwrap();
    let mut command = dateline(&data);
    command.args(["--listen", "127.0.0.1:0"]);
    let running = Running::start(command);
    let mut line = Line::to(running.2);
    // What a reader could be found by: whole addresses, as text and as the numbers they are.
    let marked = ["198.51.100.77", "2001:db8:4a:1177:8a2e:3:70:7334"];
    let feed = line.ask("GET", "/feed.xml", &[]).text();
    let at = feed.find("<item>").unwrap();
    let link = feed[at..].split("<link>").nth(1).unwrap().split("</link>").next().unwrap();
    let path = &link[link.find("/20").unwrap()..];
    for (n, address) in marked.iter().enumerate() {
        let mut post = |path: &str, body: &str| {
            line.send(format!(
                "POST {path} HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
                 x-forwarded-for: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
                 content-length: {}\r\n\r\n{body}",
                body.len()
            ));
            line.reply(false)
        };
        let said = post(&format!("{path}/comments"), &format!("name=Reader&text=Number+{n}+of+the+harbour."));
        assert_eq!(said.status, 201, "{}", said.text());
        let said: serde_json::Value = serde_json::from_str(&said.text()).unwrap();
        assert_eq!(said["state"], "shown", "{said}");
        let comment = format!("{path}/comments/{}", said["id"]);
        assert_eq!(post(&format!("{comment}/value"), "").status, 200);
        assert_eq!(post(&format!("{comment}/report"), "reason=insult&text=Look").status, 201);
        assert_eq!(post(&format!("{path}/comments"), "name=&text=").status, 422);
        assert_eq!(post("/desk/sign-in", "name=nobody&password=nothing+at+all").status, 422);
    }
    let page = line.ask("GET", path, &[]).text();
    assert!(page.contains("198.51.100.*") && page.contains("2001:db8:4a::*"), "the masks are shown");
    let figures = Line::to(metrics).ask("GET", "/metrics", &[]).text();
    let said = run(&["backup"], &[&home.path().join("paper.tar")]);
    // The write-ahead log is there only while it serves.
    let mut serving = Vec::new();
    files(&data, &mut serving);
    assert!(serving.iter().any(|f| f.ends_with("paper.sqlite-wal")), "{serving:?}");
    let serving: Vec<_> =
        serving.iter().map(|f| (format!("{}, serving", f.display()), std::fs::read(f).unwrap())).collect();
    let (code, log) = running.end();
    assert_eq!(code, Some(0));
    assert!(log.contains("/comments"), "{log}");
    run(&["export"], &[&home.path().join("out")]);
    let mut heaps = vec![
        ("the log".to_owned(), log.into_bytes()),
        ("metrics".to_owned(), figures.into_bytes()),
        ("what backup said".to_owned(), said),
    ];
    heaps.extend(serving);
    let mut found = Vec::new();
    files(home.path(), &mut found);
    assert!(
        found.iter().any(|f| f.ends_with("data/paper.sqlite"))
            && found.iter().any(|f| f.ends_with("paper.tar"))
    );
    heaps.extend(found.into_iter().map(|f| (f.display().to_string(), std::fs::read(&f).unwrap())));
    let bytes: [&[u8]; 6] = [
        b"198.51.100.77",
        b"c633644d",
        b"3325256781",
        b"1177:8a2e",
        b"11778a2e",
        &[0x20, 0x01, 0x0d, 0xb8, 0x00, 0x4a, 0x11, 0x77],
    ];
    for (what, heap) in heaps {
        for mark in bytes {
            let there = heap.windows(mark.len()).any(|w| w == mark);
            assert!(!there, "{} is in {what}", String::from_utf8_lossy(mark));
        }
    }
}

#[test]
fn one_process_for_each_data_directory() {
    let data = tempfile::tempdir().unwrap();
    let mut command = dateline(data.path());
    command.args(["--listen", "127.0.0.1:0"]);
    let running = Running::start(command);

    let mut second = dateline(data.path());
    second.args(["--listen", "127.0.0.1:0"]);
    let (code, why) = fails(second);
    assert_eq!(code, Some(1));
    assert!(why.contains("another dateline is serving this data directory"), "{why}");

    let elsewhere = tempfile::tempdir().unwrap();
    let mut same_port = dateline(elsewhere.path());
    same_port.args(["--listen", &running.2.to_string()]);
    let (code, why) = fails(same_port);
    assert_eq!(code, Some(1));
    assert!(why.contains("is in use") && why.contains("--listen"), "{why}");

    assert_eq!(running.end().0, Some(0));
    let mut again = dateline(data.path());
    again.args(["--listen", "127.0.0.1:0"]);
    assert_eq!(Running::start(again).end().0, Some(0), "the lock goes with the process");
}

#[test]
fn mistakes_are_told_in_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("dateline.toml"), "[paper]\ntaglin = 'x'\n").unwrap();
    let (code, why) = fails(dateline(data.path()));
    assert_eq!(code, Some(1));
    assert_eq!(
        why,
        "dateline: in dateline.toml, paper.taglin is not an option; did you mean paper.tagline?\n"
    );
    std::fs::remove_file(data.path().join("dateline.toml")).unwrap();

    let mut listen = dateline(data.path());
    listen.args(["--listen", "here"]);
    let (code, why) = fails(listen);
    assert_eq!((code, why.lines().count()), (Some(1), 1), "{why}");
    assert!(why.contains("--listen must be an address and a port"), "{why}");

    let mut open = dateline(data.path());
    open.args(["--listen", "0.0.0.0:0"]).env("DATELINE_DISCUSSION_LIMITS", "off");
    let (code, why) = fails(open);
    assert_eq!(code, Some(1));
    assert!(why.contains("loopback"), "{why}");

    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let (code, why) = fails(dateline(&file));
    assert_eq!(code, Some(1));
    assert!(why.contains("is a file"), "{why}");

    let mut usage = Command::new(env!("CARGO_BIN_EXE_dateline"));
    usage.arg("sevre");
    assert_eq!(fails(usage).0, Some(2));
}

#[test]
fn lifted_limits_are_said_loudly_and_figures_stand_apart() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("dateline.toml"), "[log]\nformat = 'json'\n").unwrap();
    // A port that was free a moment ago: nothing else on this machine hands out this one meanwhile.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = dateline(data.path());
    command
        .args(["--listen", "127.0.0.1:0"])
        .env("DATELINE_DISCUSSION_LIMITS", "off")
        .env("DATELINE_METRICS_LISTEN", port.to_string());
    let running = Running::start(command);
    assert_eq!(Line::to(running.2).ask("GET", "/metrics", &[]).status, 404);
    let figures = Line::to(port).ask("GET", "/metrics", &[]);
    assert!(figures.text().contains("dateline_requests_total{status=\"404\"} 1"), "{}", figures.text());
    let (code, log) = running.end();
    assert_eq!(code, Some(0));
    let lines: Vec<serde_json::Value> = log.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let loud = lines.iter().find(|l| l["level"] == "WARN").expect("a warning");
    assert!(loud["message"].as_str().unwrap().contains("DISCUSSION LIMITS ARE OFF"));
}
