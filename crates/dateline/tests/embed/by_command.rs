//! `dateline site` as its users run it.

use std::{path::Path, process::Command};

fn run(data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    let out = command.arg("site").args(arguments).arg("--data").arg(data).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[test]
fn sites_are_added_set_listed_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let site = |arguments: &[&str]| run(home.path(), arguments);
    let (code, key, why) = site(&["add", "blog", "--origin", "https://Blog.example/"]);
    assert_eq!((code, key.trim().len()), (Some(0), 16), "{why}");
    let listed = |mode: &str, origins: &str| format!("blog\t{}\t{mode}\t{origins}\n", key.trim());
    assert_eq!(site(&["list"]).1, listed("open", "https://blog.example"));
    let (code, _, why) = site(&["add", "blog", "--origin", "https://blog.example"]);
    assert!(code == Some(1) && why.contains("there is a site named blog"), "{why}");
    for wrong in ["blog.example", "https://blog.example/path", "*", "https://bücher.example"] {
        let (code, out, why) = site(&["add", "other", "--origin", wrong]);
        assert!(code == Some(1) && out.is_empty() && why.contains("is no origin"), "{wrong}: {why}");
    }
    assert_eq!(site(&["add", "other"]).0, Some(1));
    assert_eq!(site(&["set", "blog", "--mode", "held-first"]).0, Some(0));
    assert_eq!(site(&["list"]).1, listed("held-first", "https://blog.example"), "the origins stay");
    assert_eq!(site(&["set", "blog", "--origin", "http://localhost:4000"]).0, Some(0));
    assert_eq!(site(&["list"]).1, listed("held-first", "http://localhost:4000"));
    for (arguments, said) in [
        (&["set", "blog", "--mode", "shut"][..], "is no mode"),
        (&["set", "blog"][..], "say what to set"),
        (&["set", "nobody", "--mode", "open"][..], "no site is named nobody"),
        (&["remove", "nobody"][..], "no site is named nobody"),
    ] {
        let (code, _, why) = site(arguments);
        assert!(code == Some(1) && why.contains(said), "{why}");
    }
    assert_eq!(site(&["remove", "blog"]).0, Some(0));
    assert_eq!(site(&["list"]).1, "");
}
