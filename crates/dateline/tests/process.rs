//! The program itself: its exit codes, its one line on standard output, its lock, its end.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use std::process::{Command, Stdio};
use support::{
    Line,
    running::{Running, dateline},
};

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
