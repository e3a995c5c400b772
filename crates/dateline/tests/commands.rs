//! `backup`, `restore`, `export`, `check` and `generate` as their users run them.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn run(arguments: &[&str], data: &Path, rest: &[&Path]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    let out = command.args(arguments).arg("--data").arg(data).args(rest).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

/// A paper with stories, comments, a photo, and settings.
fn paper(home: &Path) -> PathBuf {
    let data = home.join("paper");
    let (code, out, why) = run(&["generate", "--stories", "30", "--comments", "200"], &data, &[]);
    assert_eq!((code, out.as_str()), (Some(0), "30 stories and 200 comments were made\n"), "{why}");
    let item = home.join("item.json");
    let text = r#"{"uri": "urn:x:1", "type": "text", "version": "1", "versioncreated": "2026-01-01T08:00:00Z",
        "headline": "A bridge opens", "ednote": "FOR EDITORS", "body_text": "It is long.",
        "associations": {"lead": {"uri": "urn:x:p", "type": "picture", "description_text": "Fog. (Eastwire/Mira Oduya)",
        "renditions": {"large": {"href": "bridge-fog.jpg"}}}}}"#;
    fs::write(&item, text).unwrap();
    let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/pictures/bridge-fog.jpg");
    fs::copy(photo, home.join("bridge-fog.jpg")).unwrap();
    assert_eq!(run(&["import", "--publish"], &data, &[&item]).0, Some(0));
    fs::write(data.join("dateline.toml"), "[paper]\nname = 'The Marn Post'\n").unwrap();
    data
}

#[test]
fn a_backup_is_the_paper_again() {
    let home = tempfile::tempdir().unwrap();
    let data = paper(home.path());
    let whole = run(&["check"], &data, &[]);
    let words = "31 stories, 200 comments, 1 photo: whole\nThe staff's log is sealed up to entry 31: ";
    assert!(whole.0 == Some(0) && whole.1.starts_with(words) && whole.2.is_empty(), "{whole:?}");
    let tar = home.path().join("paper.tar");
    let (code, out, why) = run(&["backup"], &data, &[&tar]);
    assert_eq!(code, Some(0), "{why}");
    assert!(out.contains("1 photo"), "{out}");
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(
        left.iter().all(|n| !n.to_string_lossy().starts_with('.')),
        "nothing is left beside it: {left:?}"
    );
    assert!(run(&["check"], &data, &[&tar]).1.contains("31 stories, 200 comments, 1 photo: whole\n"));

    let again = home.path().join("again");
    assert_eq!(run(&["restore"], &again, &[&tar]).0, Some(0));
    assert_eq!(run(&["check"], &again, &[]), whole);
    // Receipts that were given since the backup open no new comment of their number.
    let next = |data: &Path, name: &str| {
        let out = home.path().join(name);
        assert_eq!(run(&["export"], data, &[&out]).0, Some(0));
        let said: serde_json::Value =
            serde_json::from_slice(&fs::read(out.join("paper.json")).unwrap()).unwrap();
        said["next_id"].as_i64().unwrap()
    };
    let (before, after) = (next(&data, "first"), next(&again, "second"));
    assert!(after >= before + 1_000_000, "{before} {after}");
    assert!(fs::read_to_string(again.join("dateline.toml")).unwrap().contains("The Marn Post"));
    let (code, _, why) = run(&["restore"], &again, &[&tar]);
    assert_eq!(code, Some(1));
    assert!(why.contains("again is not empty"), "{why}");

    let bytes = fs::read(&tar).unwrap();
    let mut wrong = bytes.clone();
    let at = bytes.windows(9).position(|w| w == b"\"schema\":").unwrap();
    // In place of the space: a newer schema, whatever the number.
    assert_eq!(std::mem::replace(&mut wrong[at + 9], b'9'), b' ');
    let name = bytes.windows(13).position(|w| w == b"dateline.toml").unwrap();
    for (copy, words) in [
        (bytes[..bytes.len() / 2].to_vec(), "no whole backup"),
        (wrong, "written by dateline"),
        (bytes[name..].to_vec(), "is no backup of dateline"),
        (b"not a tar at all".repeat(100), "no whole backup"),
    ] {
        fs::write(&tar, copy).unwrap();
        let never = home.path().join("never");
        let (code, _, why) = run(&["restore"], &never, &[&tar]);
        assert_eq!(code, Some(1));
        assert!(why.contains(words) && why.lines().count() == 1, "{why}");
        assert!(!never.exists(), "nothing half-made is left");
    }
}

#[test]
fn no_name_in_a_tar_leads_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    let tar = home.path().join("evil.tar");
    let manifest =
        br#"{"format":"dateline-backup","version":"0","schema":1,"at":"","photos":0,"database":0}"#;
    for name in ["../escaped", "media/../../escaped", "/tmp/escaped", "theme/../escaped"] {
        let mut evil = tar::Builder::new(fs::File::create(&tar).unwrap());
        for (name, bytes) in [("manifest.json", &manifest[..]), (name, b"x")] {
            let mut header = tar::Header::new_old();
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(bytes.len() as u64);
            header.set_entry_type(tar::EntryType::Regular);
            header.set_cksum();
            evil.append(&header, bytes).unwrap();
        }
        evil.finish().unwrap();
        let (code, _, why) = run(&["restore"], &home.path().join("data/paper"), &[&tar]);
        assert_eq!(code, Some(1));
        assert!(
            why.contains("no part of a backup") || why.contains("not what its name says"),
            "{name}: {why}"
        );
        assert!(!home.path().join("escaped").exists() && !home.path().join("data/escaped").exists());
    }
}

#[test]
fn an_export_has_all_but_the_passwords_and_goes_nowhere_twice() {
    let home = tempfile::tempdir().unwrap();
    let data = paper(home.path());
    let to = home.path().join("out");
    let (code, out, why) = run(&["export"], &data, &[&to]);
    assert_eq!(code, Some(0), "{why}");
    assert!(out.contains("31 stories, 200 comments and 1 photo"), "{out}");
    let count = |folder: &str| fs::read_dir(to.join(folder)).unwrap().count();
    assert_eq!((count("stories"), count("media")), (31, 1));
    assert!(fs::read_to_string(to.join("paper.json")).unwrap().contains("The Marn Post"));
    let (code, _, why) = run(&["export"], &data, &[&to]);
    assert_eq!(code, Some(1));
    assert!(why.contains("out is not empty"), "{why}");
}

#[test]
fn a_year_of_moderation_is_counted() {
    let home = tempfile::tempdir().unwrap();
    let data = paper(home.path());
    let ask = |more: &[&str]| run(&[&["transparency"], more].concat(), &data, &[]);
    let (code, out, why) = ask(&["--from", "1990-01-01"]);
    assert_eq!((code, out.lines().next()), (Some(0), Some("what,code,number,reason,ground,source")), "{why}");
    assert!(out.contains("comments written,,200,,,\n") && out.contains("appeals upheld,,0,,,\n"), "{out}");
    let (code, page, _) = ask(&["--html", "--from", "1990-01-01"]);
    assert!(
        code == Some(0) && page.contains("<td>200</td>") && page.contains("From 1 January 1990"),
        "{page}"
    );
    for (bad, words) in [
        (&["--from", "yesterday"][..], "is no day"),
        (&["--from", "2020-01-02", "--until", "2020-01-01"], "begins after its end"),
    ] {
        let (code, out, why) = ask(bad);
        assert!(code == Some(1) && out.is_empty() && why.contains(words), "{why}");
    }
}

#[test]
fn what_is_broken_is_named() {
    let home = tempfile::tempdir().unwrap();
    let data = paper(home.path());
    let mut files: Vec<PathBuf> = fs::read_dir(data.join("media"))
        .unwrap()
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap().map(|f| f.unwrap().path()))
        .collect();
    files.sort();
    fs::write(&files[0], b"other bytes").unwrap();
    fs::remove_file(&files[1]).unwrap();
    let (code, out, why) = run(&["check"], &data, &[]);
    assert_eq!(code, Some(1));
    assert!(out.contains("other bytes than were received") && out.contains("lacks its rendition"), "{out}");
    assert!(why.starts_with("dateline: 2 things are wrong"), "{why}");
    assert!(!out.contains("whole"), "{out}");
    let half = home.path().join("half.json");
    fs::write(&half, "{\"uri\": ").unwrap();
    assert_eq!(run(&["check"], &data, &[&half]).0, Some(1));
    let (code, out, _) = run(&["check"], &data, &[&home.path().join("item.json")]);
    assert_eq!((code, out.as_str()), (Some(0), "1 item: well-formed\n"));
}
