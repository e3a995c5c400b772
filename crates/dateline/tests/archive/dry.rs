//! A dry run says what the import will: the same numbers, refusals and notes, of the same files, whatever the paper has.

use super::{
    NOT, Paper, comments, disqus, import, post, run,
    shapes::{post_in, thread},
    systems::{SCHEMELESS, isso, others, two_stories},
    whole, written,
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

crate::on_both!(crate::paper:
    a_dry_run_tells_what_the_import_will,
    of_two_files_the_second_is_looked_at_after_the_first,
);

/// Everything that can be odd in one: two addresses of a page and one that is another page, rings, answers to nobody,
/// comments without text, without time and with another's number, and threads that lead nowhere.
fn odd() -> String {
    let gone = "<isDeleted>true</isDeleted>";
    let no_text = |post: String, id: u32| post.replace(&format!("<p>Said <b>{id}</b> &amp; more.</p>"), "");
    let parts = [
        thread(7, "ferry/", "The same ferry", ""),
        thread(8, "ferry#more", "The same ferry", ""),
        thread(9, "ferry?page=2", "Its second page", "<isClosed>true</isClosed>"),
        thread(10, "elsewhere", "Elsewhere", "").replace("example.org", "evil.example"),
        thread(11, "silence", "Nobody said anything", ""),
        post(21, 0, 1, NOT),
        post(22, 21, 2, NOT),
        post(23, 24, 3, NOT),
        post(24, 23, 4, NOT),
        post(25, 25, 5, NOT),
        post(26, 999, 6, NOT),
        no_text(post(27, 0, 7, gone), 27),
        no_text(post(28, 0, 8, gone), 28),
        post(29, 28, 9, NOT),
        no_text(post(30, 0, 10, NOT), 30),
        post(31, 30, 11, NOT),
        post(32, 0, 12, NOT).replace("2013-10-10T19:12:00Z", "yesterday"),
        post(21, 0, 13, NOT),
        post_in(7, 33, 0),
        post_in(7, 34, 35),
        post_in(7, 35, 34),
        post_in(8, 36, 0),
        post_in(9, 37, 0),
        post_in(10, 38, 0),
        post_in(3, 39, 0),
        post_in(99, 40, 0),
    ];
    disqus(&parts.concat())
}

/// A file of every format, and how it is brought.
fn archives(files: &TempDir) -> Vec<(Vec<&'static str>, PathBuf)> {
    let site = vec!["--site", "blog"];
    let isso_json = r#"[{"id":"http://example.org/ferry","title":"The ferry","comments":[
        {"id":1,"author":"Ann","remote_addr":"192.0.2.9","created":"2015-02-24 04:03:37","text":"Half \ud83d"},
        {"id":1,"author":"Ann","remote_addr":"","created":"2015-02-24 04:03:37","text":"Half \ud83d"},
        {"id":3,"author":"Late","remote_addr":"","created":"9999-01-01 00:00:00","text":"x"}]},
        {"id":"/ferry/","title":"The ferry","comments":[
        {"id":4,"author":"","remote_addr":"","created":"2015-02-24 04:03:39","text":"Once more"}]}]"#;
    let issos = files.path().join("isso.db");
    isso(&issos, "UPDATE comments SET created = 'soon' WHERE id = 2;");
    let mut all = vec![
        (site.clone(), written(files, "disqus.xml", &odd())),
        (vec![], written(files, "nowhere.xml", &odd())),
        (vec!["--map", "http://old.example="], written(files, "wordpress.xml", &two_stories())),
        (site.clone(), written(files, "isso.json", isso_json)),
        (site.clone(), issos),
        (site.clone(), written(files, "broken.json", &isso_json[..isso_json.len() - 20])),
    ];
    for (format, text) in others() {
        let flags = [&site[..], &["--format", format], &SCHEMELESS[..]].concat();
        all.push((flags, written(files, &format!("{format}.json"), text)));
    }
    all
}

fn told(data: &Paper, flags: &[&str], paths: &[&Path]) -> (Option<i32>, Value) {
    let (code, out) = run(&[&["import", "--json"], flags].concat(), data.path(), paths);
    (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}")))
}

/// All that an import may change.
fn state(data: &Paper) -> String {
    let to = tempfile::tempdir().unwrap();
    let (code, out) = run(&["export"], data.path(), &[to.path()]);
    assert_eq!(code, Some(0), "{out}");
    let lines = |name| fs::read_to_string(to.path().join(format!("tables/{name}.jsonl"))).unwrap();
    ["story", "outside", "discussion", "comment", "brought", "moved"].map(lines).concat()
}

/// Twice: into a paper that knows nothing of it, and into one that has it.
fn a_dry_run_tells_what_the_import_will(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let mut notes = String::new();
    let mut counts = Vec::new();
    let empty = state(data);
    for (n, (flags, file)) in archives(&files).into_iter().enumerate() {
        for _ in 0..2 {
            let dry = told(data, &[&flags[..], &["--dry-run"]].concat(), &[&file]);
            assert!(n > 0 || !counts.is_empty() || state(data) == empty, "looking changes nothing");
            let done = told(data, &flags, &[&file]);
            assert_eq!(dry, done, "{}", file.display());
            let of = |what: &str| done.1[what].as_u64().unwrap();
            counts.push([of("stories"), of("comments"), of("unchanged")]);
            notes.push_str(&done.1.to_string());
        }
    }
    // None of them passed by what it is there for.
    assert_eq!(counts[..2], [[2, 14, 0], [0, 0, 14]], "{notes}");
    assert_eq!(counts[2..6], [[0, 0, 0], [0, 0, 0], [2, 2, 0], [0, 0, 2]], "{notes}");
    for words in [
        // Three rings on one page, whichever of its addresses they have.
        "3 answered each other in a ring",
        "answered a comment that is not in the file",
        "1 deleted without text or answer",
        "has the number of another",
        "has no time that can be read",
        "halves of characters",
        "its thread is not in the file",
        "name the site whose page it is",
    ] {
        assert!(notes.contains(words), "{words}: {notes}");
    }
    whole(data.path());
}

/// As if the first had been written.
fn of_two_files_the_second_is_looked_at_after_the_first(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    // Comments under a story that only the other file brings, by two addresses of it; and a page that both have.
    let under = [
        thread(7, "2014/05/06/the-bell", "The bell", ""),
        thread(8, "2014/05/06/the-bell?page=2", "The bell", ""),
        post_in(7, 51, 0),
        post_in(8, 52, 0),
        thread(9, "pier", "The pier", ""),
        post_in(9, 53, 0),
        post_in(9, 54, 53),
    ];
    let under = disqus(&under.concat()).replace("http://example.org/2014", "http://old.example/2014");
    let first = written(&files, "1.xml", &two_stories());
    let second = written(&files, "2.xml", &under);
    let third = written(&files, "3.xml", &under.replace("</disqus>", &(post_in(9, 55, 54) + "</disqus>")));
    let paths: [&Path; 3] = [&first, &second, &third];
    let flags = ["--site", "blog", "--map", "http://old.example=http://127.0.0.1:8080"];
    let dry = told(data, &[&flags[..], &["--dry-run"]].concat(), &paths);
    assert!(comments(data.path()).is_empty());
    let done = told(data, &flags, &paths);
    assert_eq!(dry, done);
    let of = |what: &str| done.1[what].as_u64().unwrap();
    assert_eq!([of("stories"), of("comments"), of("unchanged")], [3, 7, 4], "{}", done.1);
    let (_, again) = import(data.path(), &flags, &third);
    assert_eq!((&again["comments"], &again["unchanged"]), (&0.into(), &5.into()), "{again}");
    whole(data.path());
}
