//! Moving in: other systems' archives by `dateline import`, what comes along, what is refused, and that twice is
//! once.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

#[path = "archive/again.rs"]
mod again;
#[path = "archive/dry.rs"]
mod dry;
#[path = "archive/identity.rs"]
mod identity;
#[path = "archive/shapes.rs"]
mod shapes;
mod support;
#[path = "archive/systems.rs"]
mod systems;

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use support::{
    Database, Line,
    running::{Running, dateline},
};

on_both!(crate::paper:
    disqus_with_threads_masks_and_states_and_twice_is_once,
    what_is_broken_or_leads_nowhere_is_refused_with_its_place_and_nothing_is_written,
    what_was_closed_is_closed_from_its_first_moment,
    old_addresses_lead_to_the_stories,
);

/// A data directory with the site `blog`, on one of the databases.
struct Paper {
    home: Database,
}

impl Paper {
    fn path(&self) -> &Path {
        self.home.dir.path()
    }

    /// Another one on the same kind of database.
    fn another(&self) -> Paper {
        with_site(self.empty())
    }

    /// The same without the site.
    fn empty(&self) -> Paper {
        let home = match self.home.place {
            store::Place::Sqlite(_) => support::sqlite(),
            store::Place::Postgres(_) => support::postgres(),
        };
        told(home.unwrap())
    }
}

/// Commands find the database as an operator tells them: by dateline.toml.
fn told(home: Database) -> Paper {
    if let store::Place::Postgres(url) = &home.place {
        fs::write(home.dir.path().join("dateline.toml"), format!("database = '{url}'\n")).unwrap();
    }
    Paper { home }
}

fn with_site(paper: Paper) -> Paper {
    let origins = ["--origin", "http://example.org", "--origin", "http://example.tld"];
    let (code, out) = run(&[&["site", "add", "blog"], &origins[..]].concat(), paper.path(), &[]);
    assert_eq!(code, Some(0), "{out}");
    paper
}

fn paper(home: Database) -> Paper {
    with_site(told(home))
}

fn run(arguments: &[&str], data: &Path, rest: &[&Path]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    let out = command.args(arguments).arg("--data").arg(data).args(rest).output().unwrap();
    (
        out.status.code(),
        String::from_utf8(if out.stdout.is_empty() { out.stderr } else { out.stdout }).unwrap(),
    )
}

fn import(data: &Path, flags: &[&str], file: &Path) -> (Option<i32>, Value) {
    let (code, out) = run(&[&["import", "--json"], flags].concat(), data, &[file]);
    (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}")))
}

fn written(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    file
}

/// Every comment as the export has it, in the order of time.
fn comments(data: &Path) -> Vec<Value> {
    let to = tempfile::tempdir().unwrap();
    let (code, out) = run(&["export"], data, &[to.path()]);
    assert_eq!(code, Some(0), "{out}");
    let mut all = Vec::new();
    for file in fs::read_dir(to.path().join("comments")).unwrap() {
        let lines = fs::read_to_string(file.unwrap().path()).unwrap();
        all.extend(lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()));
    }
    all.sort_by_key(|c: &Value| c["at"].as_str().unwrap().to_owned());
    all
}

fn whole(data: &Path) {
    let (code, out) = run(&["check"], data, &[]);
    assert_eq!(code, Some(0), "{out}");
}

fn post(id: u32, parent: u32, minute: u32, more: &str) -> String {
    let parent = if parent > 0 { format!("<parent dsq:id=\"{parent}\"/>") } else { String::new() };
    format!(
        "<post dsq:id=\"{id}\"><id/><message><![CDATA[<p>Said <b>{id}</b> &amp; more.</p>]]></message>\
         <createdAt>2013-10-10T19:{minute:02}:00Z</createdAt><author><name>Reader {id}</name></author>\
         <ipAddress>175.136.169.{id}</ipAddress><thread dsq:id=\"2\"/>{parent}{more}</post>"
    )
}

fn disqus(posts: &str) -> String {
    format!(
        "`<?xml version=\"1.0\"?><disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">\
         <thread dsq:id=\"2\"><id>x</id><link>http://example.org/ferry</link><title>The ferry</title>\
         <createdAt>2013-10-09T12:00:00Z</createdAt></thread><thread dsq:id=\"3\"><id/></thread>{posts}</disqus>"
    )
}

const NOT: &str = "<isDeleted>false</isDeleted><isSpam>false</isSpam>";

fn disqus_with_threads_masks_and_states_and_twice_is_once(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let posts = [
        post(11, 0, 1, NOT),
        post(12, 11, 2, NOT),
        post(13, 12, 3, "<isDeleted>true</isDeleted><isSpam>false</isSpam>"),
        post(14, 13, 4, NOT),
        post(15, 0, 5, "<isDeleted>false</isDeleted><isSpam>true</isSpam>"),
        post(16, 999, 6, NOT),
    ];
    let file = written(&files, "disqus.xml", &disqus(&posts.concat()));
    let (code, dry) = import(data.path(), &["--site", "blog", "--dry-run"], &file);
    assert_eq!((code, dry["comments"].as_u64()), (Some(0), Some(6)), "{dry}");
    assert!(comments(data.path()).is_empty(), "looking changes nothing");

    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"], &told["stories"]), (Some(0), &6.into(), &1.into()), "{told}");
    let all = comments(data.path());
    let states: Vec<&str> = all.iter().map(|c| c["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["shown", "shown", "removed", "shown", "removed", "shown"]);
    assert_eq!(all[0]["text"], "Said **11** & more.");
    assert_eq!((&all[0]["name"], &all[0]["network"]), (&"Reader 11".into(), &"175.136.169.*".into()));
    assert_eq!(
        (&all[1]["parent"], &all[2]["parent"], &all[3]["parent"]),
        (&all[0]["id"], &all[1]["id"], &all[2]["id"])
    );
    assert!(all[5]["parent"].is_null() && told["notes"].to_string().contains("not in the file"), "{told}");
    assert_eq!(all[4]["reason"], "advertising", "spam came as such");
    assert!(!serde_json::to_string(&all).unwrap().contains("175.136.169.1"), "only the mask");
    whole(data.path());

    let (code, again) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &again["comments"], &again["unchanged"]), (Some(0), &0.into(), &6.into()), "{again}");
    // A later export of the same site brings only what is new, in its place.
    let bare = |id, parent, minute| {
        let deleted = "<isDeleted>true</isDeleted><isSpam>false</isSpam>";
        post(id, parent, minute, deleted).replace(&format!("<p>Said <b>{id}</b> &amp; more.</p>"), "")
    };
    let later = [
        posts.concat(),
        post(17, 12, 7, NOT),
        post(18, 15, 8, NOT),
        bare(19, 0, 9),
        bare(20, 0, 10),
        post(21, 20, 11, NOT),
    ]
    .concat();
    let (_, more) = import(data.path(), &["--site", "blog"], &written(&files, "later.xml", &disqus(&later)));
    assert_eq!((&more["comments"], &more["unchanged"]), (&4.into(), &6.into()), "{more}");
    assert!(more["notes"].to_string().contains("1 deleted without text or answer"), "{more}");
    let all = comments(data.path());
    assert_eq!((all.len(), &all[6]["parent"]), (10, &all[1]["id"]));
    // Under what was removed, and under what has no text any more: each stands in its place.
    assert_eq!((&all[7]["parent"], &all[9]["parent"]), (&all[4]["id"], &all[8]["id"]));
    assert_eq!(all[8]["state"], "removed");
    whole(data.path());
}

fn what_is_broken_or_leads_nowhere_is_refused_with_its_place_and_nothing_is_written(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let good = disqus(&post(11, 0, 1, NOT));
    for (name, text) in [
        ("cut.xml", &good[..good.len() - 40]),
        ("middle.xml", &good.replace("<author>", "<author")),
        ("empty.xml", "<disqus>"),
    ] {
        let file = written(&files, name, text);
        let (code, told) = import(data.path(), &["--site", "blog", "--format", "disqus"], &file);
        assert_eq!((code, &told["comments"]), (Some(1), &0.into()), "{name}: {told}");
        assert!(!told["refused"][0]["why"].as_str().unwrap().is_empty());
    }
    let file = written(&files, "disqus.xml", &good);
    let (code, told) = import(data.path(), &[], &file);
    assert_eq!(code, Some(1), "{told}");
    assert!(told["refused"].to_string().contains("--site"), "{told}");
    let elsewhere = written(&files, "elsewhere.xml", &good.replace("example.org", "evil.example"));
    let (code, told) = import(data.path(), &["--site", "blog"], &elsewhere);
    assert_eq!((code, &told["comments"]), (Some(1), &0.into()), "{told}");
    let (code, out) = run(&["import", "--site", "nobody"], data.path(), &[&file]);
    assert!(code == Some(1) && out.contains("there is no site nobody"), "{out}");
    assert!(comments(data.path()).is_empty());
    // The old address mapped by a rule.
    let (code, told) = import(
        data.path(),
        &["--site", "blog", "--map", "http://evil.example=http://example.org"],
        &elsewhere,
    );
    assert_eq!((code, &told["comments"]), (Some(0), &1.into()), "{told}");
}

fn mode_of(data: &Paper, title: &str) -> String {
    let to = tempfile::tempdir().unwrap();
    let (code, out) = run(&["export"], data.path(), &[to.path()]);
    assert_eq!(code, Some(0), "{out}");
    let lines = |table: &str| -> Vec<Value> {
        let text = fs::read_to_string(to.path().join(format!("tables/{table}.jsonl"))).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let story = lines("story").into_iter().find(|s| s["headline"] == title).expect("a story of that title");
    let discussion = lines("discussion").into_iter().find(|d| d["story_id"] == story["id"]);
    discussion.expect("its discussion")["mode"].as_str().unwrap().to_owned()
}

fn wordpress(link: &str, title: &str, status: &str, comment: u32) -> String {
    format!(
        "<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.1/\"><channel>\
         <item><title>{title}</title><link>{link}</link><content:encoded><![CDATA[It rings.]]></content:encoded>\
         <wp:post_date_gmt>2014-05-06 07:08:09</wp:post_date_gmt><wp:comment_status>{status}</wp:comment_status>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:comment><wp:comment_id>{comment}</wp:comment_id>\
         <wp:comment_author>Ann</wp:comment_author><wp:comment_date_gmt>2014-05-06 08:00:00</wp:comment_date_gmt>\
         <wp:comment_content>Too loud, {comment}.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>\
         </item></channel></rss>"
    )
}

/// In the transaction that makes it: an import that is broken off leaves none of them open.
fn what_was_closed_is_closed_from_its_first_moment(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    for (name, status) in [("The bell", "closed"), ("The tower", "open")] {
        let file = written(&files, "wp.xml", &wordpress("http://old.example/x/", name, status, 1));
        fs::write(&file, wordpress(&format!("http://old.example/{}/", name.len()), name, status, 1)).unwrap();
        let (code, told) = import(data.path(), &[], &file);
        assert_eq!((code, &told["comments"]), (Some(0), &1.into()), "{told}");
        assert_eq!(mode_of(data, name), status);
        // Once it is here, it is the desk's to open and close.
        let again = wordpress(&format!("http://old.example/{}/", name.len()), name, "closed", 2);
        let (_, told) = import(data.path(), &[], &written(&files, "later.xml", &again));
        assert_eq!((&told["comments"], &told["stories"]), (&1.into(), &0.into()), "{told}");
        assert_eq!(mode_of(data, name), status);
    }
    let closed = disqus(&post(11, 0, 1, NOT))
        .replace("</createdAt></thread>", "</createdAt><isClosed>true</isClosed></thread>");
    let (code, told) = import(data.path(), &["--site", "blog"], &written(&files, "disqus.xml", &closed));
    assert_eq!((code, &told["comments"]), (Some(0), &1.into()), "{told}");
    assert_eq!(mode_of(data, "The ferry"), "closed");
    whole(data.path());
}

fn old_addresses_lead_to_the_stories(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    for (link, title) in [
        ("http://old.example/2014/05/06/The-Bell-Rings/", "By day and name"),
        ("http://old.example/2014/05/month", "By month"),
        ("http://old.example/archives/%D1%80%D0%B5%D0%BA%D0%B0", "By its name"),
        ("http://old.example/?p=7", "By number"),
    ] {
        let (code, told) =
            import(data.path(), &[], &written(&files, "wp.xml", &wordpress(link, title, "open", 1)));
        assert_eq!((code, &told["stories"]), (Some(0), &1.into()), "{told}");
    }
    let mut command = dateline(data.path());
    command.arg("--listen").arg("127.0.0.1:0");
    let paper = Running::start(command);
    let ask = |method: &str, path: &str, headers: &[&str]| Line::to(paper.2).ask(method, path, headers);
    for (asked, to) in [
        ("/2014/05/06/The-Bell-Rings/", Some("/2014/05/06/by-day-and-name")),
        ("/2014/05/06/the-bell-rings", Some("/2014/05/06/by-day-and-name")),
        ("/2014/05/month/?utm_source=x", Some("/2014/05/06/by-month")),
        ("/archives/%D1%80%D0%B5%D0%BA%D0%B0/", Some("/2014/05/06/by-its-name")),
        ("/2014/05/06/the-bell", None),
        ("/archives/other", None),
    ] {
        let reply = ask("GET", asked, &[]);
        let want = if to.is_some() { 301 } else { 404 };
        assert_eq!((reply.status, reply.header("location")), (want, to), "{asked}");
        if let Some(to) = to {
            assert_eq!(ask("GET", to, &[]).status, 200, "{to}");
        }
    }
    assert_eq!(ask("GET", "/", &[]).status, 200, "the front page is nobody's old address");
    assert_eq!(ask("POST", "/archives/other", &["content-length: 0"]).status, 404);
    assert_eq!(paper.end().0, Some(0));
}
