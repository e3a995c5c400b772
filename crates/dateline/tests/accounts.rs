//! `dateline staff` and `dateline token`: what they print, how they end, and that a running paper does not
//! stand in their way.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    command
}

/// Exit code, standard output, standard error.
fn run(data: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = program();
    let (noun, rest) = arguments.split_at(2);
    command.args(noun).arg("--data").arg(data).args(rest);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let out = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[test]
fn accounts_are_made_changed_and_disabled() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("new/data");
    let (code, out, why) = run(&data, &["staff", "list"], "");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(why.contains("there is no paper in") && why.contains("--data"), "{why}");
    assert!(!data.exists(), "looking makes nothing");

    let (code, _, why) = run(&data, &["staff", "add", "Ilse"], "short\n");
    assert_eq!(code, Some(1));
    assert!(why.contains("5 characters; at least 10"), "{why}");
    let (code, out, why) = run(&data, &["staff", "add", " Ilse  Brandt "], "night ferry at ten\r\n");
    assert_eq!((code, why.as_str()), (Some(0), ""));
    assert!(out.contains("Ilse Brandt") && out.contains("editor") && !out.contains("ferry"), "{out}");
    let (code, ..) = run(&data, &["staff", "add", "ILSE brandt", "--role", "admin"], "night ferry at six");
    assert_eq!(code, Some(0));
    let (_, out, _) = run(&data, &["staff", "list"], "");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("Ilse Brandt\tadmin\t") && out.ends_with("\tactive\n"), "{out}");

    assert_eq!(run(&data, &["staff", "disable", "nobody"], "").0, Some(1));
    for _ in 0..2 {
        assert_eq!(run(&data, &["staff", "disable", "ilse brandt"], "").0, Some(0));
    }
    assert!(run(&data, &["staff", "list"], "").1.ends_with("\tdisabled\n"));
    assert_eq!(run(&data, &["staff", "add", "Per", "--role", "king"], "").0, Some(2), "wrong usage");
    let (code, _, why) = run(&data, &["staff", "add", "\u{200b}"], "night ferry at ten");
    assert_eq!(code, Some(1), "{why}");
}

#[test]
fn a_token_is_printed_once_and_its_name_is_free_after_revocation() {
    let data = tempfile::tempdir().unwrap();
    let add = ["token", "add", "northwire", "--scope", "wire"];
    let (code, token, why) = run(data.path(), &add, "");
    assert_eq!((code, why.as_str()), (Some(0), ""));
    assert!(token.starts_with("dateline_") && token.trim_end().len() == 52, "{token}");
    let (code, out, why) = run(data.path(), &add, "");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(why.contains("there is a token named northwire") && why.contains("revoke"), "{why}");
    let (_, list, _) = run(data.path(), &["token", "list"], "");
    assert!(list.starts_with("northwire\twire\t") && list.ends_with("\tactive\n"), "{list}");
    assert!(!list.contains(token.trim_end()));
    assert_eq!(run(data.path(), &["token", "revoke", "northwire"], "").0, Some(0));
    assert_eq!(run(data.path(), &["token", "revoke", "northwire"], "").0, Some(1));
    let (code, second, _) = run(data.path(), &add, "");
    assert_eq!(code, Some(0));
    assert_ne!(second, token);
    assert_eq!(run(data.path(), &["token", "add", "x"], "").0, Some(2), "a scope must be named");
    let stored = std::fs::read(data.path().join("paper.sqlite")).unwrap();
    let wal = std::fs::read(data.path().join("paper.sqlite-wal")).unwrap_or_default();
    for bytes in [stored, wal] {
        assert!(!bytes.windows(40).any(|w| w == &second.as_bytes()[9..49]), "only its digest is kept");
    }
}

/// Starts the paper; what it prints up to its address. The process is ended with the guard.
fn serve(data: &Path) -> (Serving, Vec<String>) {
    let mut command = program();
    command.arg("serve").arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let mut lines = Vec::new();
    for line in out.lines().map_while(Result::ok) {
        lines.push(line);
        if lines.last().is_some_and(|l| l.starts_with("listening on ")) {
            break;
        }
    }
    (Serving(child), lines)
}

struct Serving(std::process::Child);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_running_paper_does_not_stand_in_the_way() {
    let data = tempfile::tempdir().unwrap();
    let (serving, lines) = serve(data.path());
    let address = lines.last().unwrap().strip_prefix("listening on ").expect("it serves").to_owned();
    // Nobody works there yet: whoever started it is shown the way in.
    let link = lines[0].strip_prefix("Set up the paper at ").expect("the set-up link");
    assert!(lines.len() == 2 && link.starts_with(&format!("{address}/desk/set-up/")), "{lines:?}");
    let added = run(data.path(), &["staff", "add", "Ilse"], "night ferry at ten\n");
    let listed = run(data.path(), &["staff", "list"], "");
    drop(serving);
    assert_eq!((added.0, listed.0), (Some(0), Some(0)), "{added:?}");
    assert!(listed.1.starts_with("Ilse\teditor\t"), "{listed:?}");
    let (_serving, lines) = serve(data.path());
    assert_eq!(lines.len(), 1, "no link any more: {lines:?}");
}
