//! What was brought is known again: by the same import, by later programs, and after an export.

use super::{NOT, Paper, comments, disqus, import, post, run, shapes::table, whole, wordpress, written};
use newsroom::{Millis, discussion::State};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};
use store::{
    Store,
    bring::{Brought, Sheaf},
};

crate::on_both!(crate::paper:
    what_earlier_programs_brought_is_known,
    an_export_knows_what_was_brought,
    what_stands_under_what_was_removed_is_shown,
    a_site_removed_and_added_anew_has_nothing_twice,
);

fn a_site_removed_and_added_anew_has_nothing_twice(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let posts = [post(11, 0, 1, NOT), post(12, 11, 2, NOT)];
    let first = written(&files, "first.xml", &disqus(&posts.concat()));
    assert_eq!(import(data.path(), &["--site", "blog"], &first).0, Some(0));
    let before = comments(data.path());
    let (code, out) = run(&["site", "remove", "blog"], data.path(), &[]);
    assert!(code == Some(0) && out.contains("are there again as soon as"), "{out}");
    let (code, out) = run(&["import", "--site", "blog"], data.path(), &[&first]);
    assert!(code == Some(1) && out.contains("there is no site blog"), "{out}");
    // Under another name, and for one more origin first.
    let (code, out) = run(&["site", "add", "journal", "--origin", "http://example.tld"], data.path(), &[]);
    assert!(code == Some(0) && out.trim().len() == 16, "{out}");
    let origins = ["--origin", "http://example.tld", "--origin", "http://example.org"];
    let (code, out) = run(&[&["site", "set", "journal"], &origins[..]].concat(), data.path(), &[]);
    assert!(code == Some(0) && out.contains("1 discussion of a removed site"), "{out}");
    let later =
        written(&files, "later.xml", &disqus(&[&posts[..], &[post(13, 12, 3, NOT)]].concat().concat()));
    for (file, flags, fresh, known) in [
        (&first, &["--site", "journal", "--dry-run"][..], 0, 2),
        (&first, &["--site", "journal"], 0, 2),
        (&later, &["--site", "journal"], 1, 2),
        (&later, &["--site", "journal"], 0, 3),
    ] {
        let (code, told) = import(data.path(), flags, file);
        assert_eq!((code, &told["stories"]), (Some(0), &0.into()), "{told}");
        assert_eq!((&told["comments"], &told["unchanged"]), (&fresh.into(), &known.into()), "{told}");
    }
    let all = comments(data.path());
    assert_eq!((all.len(), &all[..2]), (3, &before[..]), "nothing twice, and each under its own page");
    assert_eq!(all[2]["parent"], before[1]["id"]);
    let (key, page) = (run(&["site", "list"], data.path(), &[]).1, table(data, "outside"));
    assert!(page.len() == 1 && key.contains(page[0]["site_key"].as_str().unwrap()), "{key} {page:?}");
    whole(data.path());
}

/// A later export has an answer where, until then, all was removed.
fn what_stands_under_what_was_removed_is_shown(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let gone = "<isDeleted>true</isDeleted>";
    let removed = [post(11, 0, 1, gone), post(12, 11, 2, gone), post(13, 0, 3, gone)];
    let first = written(&files, "first.xml", &disqus(&removed.concat()));
    assert_eq!(import(data.path(), &["--site", "blog"], &first).0, Some(0));
    let listed = || {
        let mut all: Vec<_> =
            table(data, "comment").iter().map(|c| (c["at"].as_i64(), c["listed"].as_i64())).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, listed)| listed.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(listed(), [0, 0, 0]);
    let later =
        written(&files, "later.xml", &disqus(&[&removed[..], &[post(14, 12, 4, NOT)]].concat().concat()));
    let (code, told) = import(data.path(), &["--site", "blog"], &later);
    assert_eq!((code, &told["comments"], &told["unchanged"]), (Some(0), &1.into(), &3.into()), "{told}");
    assert_eq!(listed(), [1, 1, 0, 1], "up to the first of them");
    whole(data.path());
}

/// They knew the comments of all pages by one digest.
fn what_earlier_programs_brought_is_known(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let first = written(&files, "first.xml", &disqus(&post(11, 0, 1, NOT)));
    assert_eq!(import(data.path(), &["--site", "blog"], &first).0, Some(0));
    let mut hasher = Sha256::new();
    for part in ["disqus", "http://example.org/ferry", "12"] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let digest = i64::from_be_bytes(hasher.finalize()[..8].try_into().unwrap());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&data.home.place, 7, std::sync::Arc::new(|_| ())).await.unwrap();
        let site = store.list_sites().await.unwrap().remove(0);
        let story = store.outside(&site.key, "url:http://example.org/ferry").await.unwrap().unwrap().story;
        let id = store.numbers(1).await.unwrap();
        let known = Brought {
            digest,
            id,
            root: id,
            parent: None,
            state: State::Shown,
            reason: None,
            listed: true,
            at: Millis(1_400_000_000_000),
            name: "Ada".into(),
            network: "175.136.169.*".into(),
            text: "Said before.".into(),
        };
        let sheaf = Sheaf { story, outside: true, opening: None, comments: vec![known], grown: vec![] };
        store.bring(&[sheaf], Millis(1_500_000_000_000)).await.unwrap();
    });
    let posts = [post(11, 0, 1, NOT), post(12, 0, 2, NOT), post(13, 12, 3, NOT)];
    let all = written(&files, "all.xml", &disqus(&posts.concat()));
    let (code, told) = import(data.path(), &["--site", "blog"], &all);
    assert_eq!((code, &told["comments"], &told["unchanged"]), (Some(0), &1.into(), &2.into()), "{told}");
    let all = comments(data.path());
    let known = all.iter().find(|c| c["text"] == "Said before.").unwrap();
    assert!(
        all.len() == 3 && all.iter().any(|c| c["parent"] == known["id"]),
        "answers stand under it: {all:?}"
    );
    whole(data.path());
}

/// Out and in again: nothing is lost, and an archive that was brought before is still known.
fn an_export_knows_what_was_brought(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let wp = written(&files, "wp.xml", &wordpress("http://old.example/the-bell/", "The bell", "closed", 1));
    let posts = [post(11, 0, 1, NOT), post(12, 11, 2, "<isDeleted>true</isDeleted>"), post(13, 12, 3, NOT)];
    let file = written(&files, "disqus.xml", &disqus(&posts.concat()));
    assert_eq!(import(data.path(), &[], &wp).0, Some(0));
    assert_eq!(import(data.path(), &["--site", "blog"], &file).0, Some(0));
    let (first, second) = (files.path().join("first"), files.path().join("second"));
    let (code, out) = run(&["export"], data.path(), &[&first]);
    assert_eq!(code, Some(0), "{out}");
    let back = data.empty();
    let (code, out) = run(&["check"], back.path(), &[&first]);
    assert!(code == Some(0) && out.contains("an export of this program: well-formed"), "{out}");
    let (code, told) = import(back.path(), &[], &first);
    assert_eq!((code, &told["comments"], &told["stories"]), (Some(0), &4.into(), &2.into()), "{told}");
    let (code, out) = run(&["export"], back.path(), &[&second]);
    assert_eq!(code, Some(0), "{out}");
    for table in ["story", "discussion", "comment", "brought", "moved", "outside"] {
        let lines = |of: &Path| fs::read_to_string(of.join(format!("tables/{table}.jsonl"))).unwrap();
        assert!(!lines(&first).is_empty(), "{table}");
        assert_eq!(lines(&first), lines(&second), "{table}");
    }
    for (flags, archive, known) in [(&[][..], &wp, 1), (&["--site", "blog"], &file, 3)] {
        let (code, told) = import(back.path(), flags, archive);
        assert_eq!(
            (code, &told["comments"], &told["unchanged"]),
            (Some(0), &0.into(), &known.into()),
            "{told}"
        );
    }
    whole(back.path());
    // Spoilt, it is no export any more.
    let comments = first.join("tables/comment.jsonl");
    let text = fs::read_to_string(&comments).unwrap();
    fs::write(&comments, text.replacen("\"state\"", "\"status\"", 1)).unwrap();
    let (code, out) = run(&["check"], back.path(), &[&first]);
    assert!(code == Some(1) && out.contains("comment.jsonl"), "{out}");
}
