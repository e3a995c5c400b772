//! Who an imported thing is: the story that came with an archive, what two imports bring at once, another system's comments
//! on what WordPress had, and what is new to nobody.

use super::{
    NOT, Paper, comments, disqus, import, post, run,
    shapes::{meanwhile, table},
    whole, wordpress, written,
};
use newsroom::{Millis, discussion::State};
use serde_json::Value;
use std::{
    collections::HashMap,
    path::Path,
    process::{Command, Stdio},
};
use store::{
    Error, Store,
    bring::{Brought, Sheaf},
};

crate::on_both!(crate::paper:
    a_later_archive_has_another_story_of_that_name,
    what_another_import_brings_meanwhile_is_left_out,
    two_imports_at_once_bring_each_thing_once,
    the_database_lets_one_of_two_bring_a_comment,
    disqus_comes_on_top_of_wordpress,
    what_was_imported_is_new_to_nobody,
    what_stood_in_refused_threads_is_counted,
    a_check_of_an_archive_says_what_would_be_refused,
    answers_across_two_spellings_of_one_page,
);

fn joined(archives: &[String]) -> String {
    let item = |text: &String| {
        let (from, to) = (text.find("<item>").unwrap(), text.find("</channel>").unwrap());
        text[from..to].to_owned()
    };
    let (head, _) = archives[0].split_once("<item>").unwrap();
    let items: String = archives.iter().map(item).collect();
    format!("{head}{items}</channel></rss>")
}

/// A story of an archive is read where, in the same archive, another one was read: no matter in which run it comes.
fn a_later_archive_has_another_story_of_that_name(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let first = wordpress("http://old.example/2014/05/06/bell-ringing", "The bell", "open", 1);
    let second = wordpress("http://old.example/2014/05/06/the-bell", "The bell", "open", 2);
    let map = ["--map", "http://old.example="];
    let (code, told) = import(data.path(), &map, &written(&files, "first.xml", &first));
    assert_eq!((code, &told["stories"], &told["comments"]), (Some(0), &1.into(), &1.into()), "{told}");
    let both = written(&files, "both.xml", &joined(&[first, second]));
    for (stories, comments, unchanged) in [(1, 1, 1), (0, 0, 2)] {
        let (code, told) = import(data.path(), &map, &both);
        assert_eq!(
            (code, &told["stories"], &told["comments"], &told["unchanged"]),
            (Some(0), &stories.into(), &comments.into(), &unchanged.into()),
            "{told}"
        );
    }
    let all = table(data, "comment");
    assert!(all.len() == 2 && all[0]["story_id"] != all[1]["story_id"], "each under its own: {all:?}");
    let slugs: Vec<Value> = table(data, "story").iter().map(|s| s["slug"].clone()).collect();
    assert_eq!(slugs, ["the-bell", "the-bell-2"]);
    whole(data.path());
}

/// What another process brings at the moment when the import takes numbers for the comments of a large page: two of those
/// very comments, as that import writes them.
fn what_another_import_brings_meanwhile_is_left_out(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let (seed, many) = (post(1, 0, 0, NOT), 5_200);
    let gone = "<isDeleted>true</isDeleted>";
    let theirs = [post(2, 1, 1, NOT), post(3, 2, 2, gone)].concat();
    let other = data.another();
    let sql = {
        for paper in [data, &other] {
            let file = written(&files, "seed.xml", &disqus(&seed));
            assert_eq!(import(paper.path(), &["--site", "blog"], &file).0, Some(0));
        }
        let file = written(&files, "theirs.xml", &disqus(&[seed.as_str(), &theirs].concat()));
        assert_eq!(import(other.path(), &["--site", "blog"], &file).1["comments"], 2);
        as_rows(data, &other)
    };
    meanwhile(data, &sql);
    // Two answer what the other one brought, one of them by way of a comment of this file alone.
    let mut posts = [seed, theirs, post(4, 3, 3, NOT), post(5, 4, 4, NOT)].concat();
    posts.extend((6..=many).map(|n| post(n, 0, n % 60, NOT)));
    let file = written(&files, "all.xml", &disqus(&posts));
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!(
        (code, &told["comments"], &told["unchanged"]),
        (Some(0), &(many - 3).into(), &3.into()),
        "{told}"
    );
    assert!(told["notes"].to_string().contains("2 comments were brought by another import"), "{told}");
    let all = table(data, "comment");
    assert_eq!(all.len(), many as usize);
    let of = |id: u32| {
        let text = format!("Said **{id}** & more.");
        let mut of_it = all.iter().filter(|c| c["text"] == text.as_str());
        let one = of_it.next().unwrap();
        assert!(of_it.next().is_none(), "{id} is there once");
        one
    };
    assert_eq!((&of(2)["id"], &of(3)["id"]), (&900_001.into(), &900_002.into()), "theirs stayed");
    assert_eq!((&of(4)["parent_id"], &of(5)["parent_id"]), (&of(3)["id"], &of(4)["id"]));
    assert!([4, 5].iter().all(|id| of(*id)["root_id"] == of(1)["id"]));
    assert_eq!(of(3)["listed"], 1, "a stub, for something stands under it");
    whole(data.path());
    let (_, again) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((&again["comments"], &again["unchanged"]), (&0.into(), &many.into()), "{again}");
}

/// What the other paper has beyond the first comment, as rows for this one.
fn as_rows(data: &Paper, other: &Paper) -> String {
    let seed = |paper: &Paper| table(paper, "comment").remove(0);
    let (ours, theirs) = (seed(data), seed(other));
    let id = |there: &Value| match *there == theirs["id"] {
        true => ours["id"].as_i64().unwrap(),
        false => 900_000 + there.as_i64().unwrap() - theirs["id"].as_i64().unwrap(),
    };
    let mut sql = String::new();
    let digests = table(other, "brought");
    let later = table(other, "comment").split_off(1);
    // Numbers follow each other in a run, but not from run to run.
    let firsts = later[0]["id"].as_i64().unwrap() - theirs["id"].as_i64().unwrap() - 1;
    let id = |there: &Value| match id(there) {
        far if far > 900_000 => far - firsts,
        near => near,
    };
    for c in &later {
        let digest = &digests.iter().find(|b| b["id"] == c["id"]).unwrap()["digest"];
        sql += &format!(
            "INSERT INTO comment (id, story_id, root_id, parent_id, state, listed, at, name, network, text, replies, \
             valued, staff, brought) VALUES ({}, {}, {}, {}, '{}', {}, {}, '{}', '', '{}', 0, 0, 0, 1); \
             INSERT INTO brought (digest, id) VALUES ({digest}, {});",
            id(&c["id"]),
            ours["story_id"],
            id(&c["root_id"]),
            id(&c["parent_id"]),
            c["state"].as_str().unwrap(),
            c["listed"],
            c["at"],
            c["name"].as_str().unwrap(),
            c["text"].as_str().unwrap(),
            id(&c["id"]),
        );
    }
    let (root, story) = (&ours["id"], &ours["story_id"]);
    sql + &format!(
        "UPDATE comment SET replies = replies + 1 WHERE id = {root}; \
         UPDATE discussion SET shown = shown + 1, removed = removed + 1 WHERE story_id = {story};"
    )
}

/// However they meet.
fn two_imports_at_once_bring_each_thing_once(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let page = |n: u32| {
        format!("<thread dsq:id=\"{n}\"><link>http://example.org/{n}</link><title>The same</title></thread>")
    };
    let mut parts: String = (100..120).map(page).collect();
    for n in 0..1_200 {
        let (of, first) = (100 + n % 20, 1_000 + n % 20);
        let answers = if n < 20 { 0 } else { first };
        let said = post(1_000 + n, answers, n % 60, NOT);
        parts += &said.replace("<thread dsq:id=\"2\"/>", &format!("<thread dsq:id=\"{of}\"/>"));
    }
    let stories: Vec<String> =
        (0..5).map(|n| wordpress(&format!("http://old.example/{n}"), "The bell", "open", 10 + n)).collect();
    for (flags, file, stories, many) in [
        (&["--site", "blog"][..], written(&files, "disqus.xml", &disqus(&parts)), 20, 1_200),
        (&[], written(&files, "wp.xml", &joined(&stories)), 5, 5),
    ] {
        let start = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
            command.args(["import", "--json"]).args(flags).arg("--data").arg(data.path()).arg(&file);
            command.stdout(Stdio::piped()).spawn().unwrap()
        };
        let told = [start(), start()].map(|one| {
            let out = one.wait_with_output().unwrap();
            assert_eq!(out.status.code(), Some(0));
            serde_json::from_slice::<Value>(&out.stdout).unwrap()
        });
        let sum = |what: &str| told.iter().map(|t| t[what].as_u64().unwrap()).sum::<u64>();
        assert_eq!((sum("stories"), sum("comments"), sum("unchanged")), (stories, many, many), "{told:?}");
    }
    let digests = table(data, "brought");
    assert_eq!((table(data, "comment").len(), table(data, "story").len(), digests.len()), (1_205, 25, 1_210));
    whole(data.path());
}

fn the_database_lets_one_of_two_bring_a_comment(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let file = written(&files, "disqus.xml", &disqus(&post(11, 0, 1, NOT)));
    assert_eq!(import(data.path(), &["--site", "blog"], &file).0, Some(0));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let open = || Store::open(&data.home.place, 7, std::sync::Arc::new(|_| ()));
        let (one, two) = (open().await.unwrap(), open().await.unwrap());
        let site = one.list_sites().await.unwrap().remove(0);
        let story = one.outside(&site.key, "url:http://example.org/ferry").await.unwrap().unwrap().story;
        let first = one.numbers(4).await.unwrap();
        let said = |id: i64, digest: i64| Brought {
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
            text: "Said.".into(),
        };
        let sheaf = |comments| [Sheaf { story, outside: true, opening: None, comments, grown: vec![] }];
        let (a, b) = (
            sheaf(vec![said(first, 1), said(first + 1, 2)]),
            sheaf(vec![said(first + 2, 3), said(first + 3, 2)]),
        );
        let now = Millis(1_500_000_000_000);
        let both = tokio::join!(one.bring(&a, now), two.bring(&b, now));
        let lost = match &both {
            (Ok(()), Err(Error::Taken("comment"))) => first + 2,
            (Err(Error::Taken("comment")), Ok(())) => first,
            other => panic!("{other:?}"),
        };
        assert!(one.comment(lost).await.unwrap().is_none(), "all of it, or nothing");
    });
    assert_eq!(comments(data.path()).len(), 3);
    whole(data.path());
}

/// The common move: the stories came from WordPress, what was said on them from Disqus.
fn disqus_comes_on_top_of_wordpress(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let bell = wordpress("http://old.example/the-bell/", "The bell", "open", 1);
    let tower = wordpress("http://old.example/2014/05/06/the-bell", "The tower", "open", 2);
    let wp = written(&files, "wp.xml", &joined(&[bell, tower]));
    assert_eq!(import(data.path(), &[], &wp).1["stories"], 2);
    let titles: HashMap<Value, Value> =
        table(data, "story").into_iter().map(|s| (s["id"].clone(), s["headline"].clone())).collect();
    let under = |id: u32| {
        let text = format!("Said **{id}** & more.");
        let all = table(data, "comment");
        all.iter().find(|c| c["text"] == text.as_str()).map(|c| titles[&c["story_id"]].clone())
    };
    let at = |id: u32, link: &str| {
        let said = post(id, 0, 1, NOT);
        written(&files, "disqus.xml", &disqus(&said).replace("http://example.org/ferry", link))
    };
    let mapped = &["--map", "https://www.old.example="];
    for (id, link, flags, title) in [
        // As WordPress had it, wherever another is read now.
        (11, "http://old.example/the-bell/", &[][..], "The bell"),
        (12, "http://old.example/2014/05/06/the-bell", &[], "The tower"),
        // Whatever the program would lead to it.
        (13, "https://www.old.example/The-Bell?utm_source=x", mapped, "The bell"),
        (14, "https://www.old.example/2014/5/6/The-Tower/", mapped, "The tower"),
    ] {
        let (code, told) = import(data.path(), flags, &at(id, link));
        assert_eq!((code, &told["comments"], &told["stories"]), (Some(0), &1.into(), &0.into()), "{told}");
        assert_eq!(under(id), Some(title.into()), "{link}");
    }
    // The same path of another host is another page; whoever knows better says so.
    for (link, words) in [
        ("http://other.example/the-bell/", Some("with --map http://other.example= its path leads to one")),
        ("http://other.example/the-bells/", None),
    ] {
        let (code, told) = import(data.path(), &[], &at(15, link));
        let why = told["refused"][0]["why"].as_str().unwrap();
        assert!(code == Some(1) && why.contains("no story here has that address"), "{told}");
        assert_eq!(why.contains("its path leads"), words.is_some_and(|words| why.contains(words)), "{why}");
    }
    // Where pages stay where they are, they are the site's; what came there is known, and is not answered from here.
    let (code, told) =
        import(data.path(), &["--site", "blog"], &written(&files, "s.xml", &disqus(&post(16, 0, 1, NOT))));
    assert_eq!((code, &told["stories"]), (Some(0), &1.into()), "{told}");
    let ferry = wordpress("http://example.org/ferry", "The ferry", "open", 3);
    assert_eq!(import(data.path(), &[], &written(&files, "ferry.xml", &ferry)).1["stories"], 1);
    let more = disqus(&[post(16, 0, 1, NOT), post(17, 16, 2, NOT)].concat());
    let (_, told) = import(data.path(), &["--site", "blog"], &written(&files, "more.xml", &more));
    assert_eq!((&told["comments"], &told["unchanged"]), (&1.into(), &1.into()), "{told}");
    let last = disqus(&[post(16, 0, 1, NOT), post(18, 16, 2, NOT)].concat());
    let (_, told) = import(data.path(), &[], &written(&files, "last.xml", &last));
    assert_eq!((&told["comments"], &told["unchanged"]), (&1.into(), &1.into()), "{told}");
    let all = table(data, "comment");
    let of = |id: u32| all.iter().find(|c| c["text"] == format!("Said **{id}** & more.").as_str()).unwrap();
    assert_eq!((&of(17)["parent_id"], &of(18)["parent_id"]), (&of(16)["id"], &Value::Null));
    assert!(of(16)["story_id"] == of(17)["story_id"] && of(16)["story_id"] != of(18)["story_id"]);
    whole(data.path());
}

/// It was said elsewhere: no moderator has to read it, and it is no comment written here.
fn what_was_imported_is_new_to_nobody(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let held = wordpress("http://old.example/a", "The bell", "open", 1)
        .replace(">1</wp:comment_approved", ">0</wp:comment_approved");
    let wp = [held, wordpress("http://old.example/b", "The tower", "open", 2)];
    assert_eq!(import(data.path(), &[], &written(&files, "wp.xml", &joined(&wp))).1["comments"], 2);
    let posts = [post(11, 0, 1, NOT), post(12, 11, 2, "<isSpam>true</isSpam>")];
    let file = written(&files, "disqus.xml", &disqus(&posts.concat()));
    assert_eq!(import(data.path(), &["--site", "blog"], &file).1["comments"], 2);
    let all = table(data, "comment");
    assert!(all.len() == 4 && all.iter().all(|c| c["unread"] == 0 && c["brought"] == 1), "{all:?}");
    assert_eq!(all.iter().filter(|c| c["state"] == "held").count(), 1, "what waited there waits here");
    let account = |paper: &Path| run(&["transparency", "--from", "1990-01-01"], paper, &[]).1;
    assert!(account(data.path()).contains("\ncomments written,,0,,,\ncomments held at first,,0,,,\n"));
    // Nor after the way out and in.
    let to = files.path().join("out");
    assert_eq!(run(&["export"], data.path(), &[&to]).0, Some(0));
    let back = data.empty();
    assert_eq!(import(back.path(), &[], &to).0, Some(0));
    assert!(account(back.path()).contains("\ncomments written,,0,,,\n"));
    assert_eq!(table(&back, "story").iter().filter(|s| s["brought"] == 1).count(), 2, "and one is a page");
}

fn what_stood_in_refused_threads_is_counted(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let posts: String = (1..=500).map(|n| post(n, 0, n % 60, NOT)).collect();
    let lost = post(501, 0, 1, NOT).replace("<thread dsq:id=\"2\"/>", "<thread dsq:id=\"9\"/>");
    let file = written(&files, "disqus.xml", &disqus(&[posts, lost].concat()));
    for flags in [&[][..], &["--dry-run"]] {
        let (code, told) = import(data.path(), flags, &file);
        assert_eq!((code, &told["refused_comments"]), (Some(1), &501.into()), "{told}");
        let refused = told["refused"].as_array().unwrap();
        assert_eq!(refused.len(), 2);
        assert!(
            refused[0]["why"].as_str().unwrap().starts_with("500 comments: no story here has that"),
            "{told}"
        );
        assert_eq!(refused[1]["why"], "1 comment: its thread is not in the file");
    }
    let (_, words) = run(&["import"], data.path(), &[&file]);
    assert!(words.contains("2 refused (501 comments in refused threads)"), "{words}");
    assert!(!words.contains("files were refused"), "{words}");
    let (_, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((&told["comments"], &told["refused_comments"]), (&500.into(), &1.into()));
    whole(data.path());
}

/// All but where its addresses lead.
fn a_check_of_an_archive_says_what_would_be_refused(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let lost = post(14, 0, 1, NOT).replace("<thread dsq:id=\"2\"/>", "<thread dsq:id=\"9\"/>");
    let empty = post(13, 0, 3, NOT).replace("<p>Said <b>13</b> &amp; more.</p>", " ");
    let posts = [post(11, 0, 1, NOT), post(11, 0, 2, NOT), post(12, 11, 2, NOT), empty, lost];
    let file = written(&files, "disqus.xml", &disqus(&posts.concat()));
    let (code, out) = run(&["check"], data.path(), &[&file]);
    assert_eq!(code, Some(1), "{out}");
    let (_, told) = import(data.path(), &["--site", "blog"], &file);
    let refused = told["refused"].as_array().unwrap();
    assert_eq!((refused.len(), &told["comments"]), (3, &2.into()), "{told}");
    let said: Vec<&str> =
        out.lines().filter_map(|line| line.split_once(": refused: ").map(|(_, why)| why)).collect();
    let want: Vec<String> = refused
        .iter()
        .map(|r| format!("{}: {}", r["where"].as_str().unwrap(), r["why"].as_str().unwrap()))
        .collect();
    assert_eq!(said, want, "as the import refuses it");
    assert!(want[0].starts_with("comment 11: has the number of another"), "{want:?}");
    let draft = wordpress("http://old.example/a", "The bell", "open", 1).replace(">publish<", ">draft<");
    let (code, out) = run(&["check"], data.path(), &[&written(&files, "wp.xml", &draft)]);
    assert!(code == Some(1) && out.contains("1 comment: it was not published there"), "{out}");
    let good = written(&files, "good.xml", &disqus(&post(11, 0, 1, NOT)));
    let (code, out) = run(&["check"], data.path(), &[&good]);
    assert!(code == Some(0) && out.contains("1 thread, 1 comment: well-formed"), "{out}");
}

/// Disqus makes a thread of each spelling of an address; here it is one page.
fn answers_across_two_spellings_of_one_page(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let spellings = ["ferry/", "ferry?utm_source=mail&amp;utm_medium=x", "ferry#top", "pier?fbclid=1"];
    let thread = |n: usize| {
        let at = spellings[n];
        format!(
            "<thread dsq:id=\"{}\"><link>http://example.org/{at}</link><title>The ferry</title></thread>",
            70 + n
        )
    };
    let said = |id: u32, parent: u32, thread: u32| {
        post(id, parent, id, NOT).replace("<thread dsq:id=\"2\"/>", &format!("<thread dsq:id=\"{thread}\"/>"))
    };
    // Downwards and upwards: an answer in an earlier thread, and one in a later.
    let posts = [
        said(11, 0, 2),
        said(12, 11, 70),
        said(13, 12, 71),
        said(14, 15, 2),
        said(15, 0, 72),
        said(16, 0, 73),
    ];
    let threads: String = (0..4).map(thread).collect();
    let file = written(&files, "disqus.xml", &disqus(&[threads, posts.concat()].concat()));
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"], &told["stories"]), (Some(0), &6.into(), &2.into()), "{told}");
    assert!(!told["notes"].to_string().contains("not in the file"), "{told}");
    let all = comments(data.path());
    let parent = |n: usize| all[n]["parent"].clone();
    assert_eq!(
        (parent(1), parent(2), parent(3)),
        (all[0]["id"].clone(), all[1]["id"].clone(), all[4]["id"].clone())
    );
    let keys: Vec<Value> = table(data, "outside").iter().map(|o| o["page"].clone()).collect();
    assert_eq!(keys, ["url:http://example.org/ferry", "url:http://example.org/pier"]);
    whole(data.path());
    // In another order it is the same, and what is new finds its place.
    let threads: String = (0..4).rev().map(thread).collect();
    let text = disqus(&[&posts.concat(), &said(17, 13, 70)].map(String::as_str).concat());
    let text =
        text.replace("<thread dsq:id=\"2\"><id>x</id>", &format!("{threads}<thread dsq:id=\"2\"><id>x</id>"));
    let (code, told) = import(data.path(), &["--site", "blog"], &written(&files, "later.xml", &text));
    assert_eq!((code, &told["comments"], &told["unchanged"]), (Some(0), &1.into(), &6.into()), "{told}");
    let all = comments(data.path());
    assert_eq!(all[6]["parent"], all[2]["id"]);
    whole(data.path());
}
