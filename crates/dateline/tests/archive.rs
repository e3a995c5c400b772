//! Moving in: other systems' archives by `dateline import`, what comes along, what is refused, and that twice is
//! once.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use newsroom::{Millis, discussion::State};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};
use store::{
    Store,
    bring::{Brought, Sheaf},
};
use support::{
    Database, Line,
    running::{Running, dateline},
};

on_both!(crate::paper:
    disqus_with_threads_masks_and_states_and_twice_is_once,
    what_is_broken_or_leads_nowhere_is_refused_with_its_place_and_nothing_is_written,
    isso_and_its_paths,
    issos_own_database,
    a_database_that_is_not_issos_or_not_whole,
    the_others_each_with_a_thread,
    wordpress_brings_stories_with_their_comments,
    what_was_closed_is_closed_from_its_first_moment,
    old_addresses_lead_to_the_stories,
    an_export_knows_what_was_brought,
    what_earlier_programs_brought_is_known,
    packed_in_pieces_and_of_two_threads_for_one_page,
    thousands_of_answers_to_one_and_rings,
    samples_of_others,
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

fn isso_and_its_paths(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let text = r#"[{"id":"/posts/1/","title":"One","comments":[
        {"id":1,"author":"Ann","email":"ann@mail.example","website":"","remote_addr":"::ffff:192.0.2.9",
         "created":"2015-02-24 04:03:37","text":"First"},
        {"id":2,"author":"","email":"","website":"","remote_addr":"2001:db8:4a:1::7",
         "created":"2015-02-24 05:03:37","text":"Second"},
        {"id":3,"author":"Late","email":"","website":"","remote_addr":"","created":"9999-01-01 00:00:00","text":"x"}]}]"#;
    let file = written(&files, "isso.json", text);
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"]), (Some(1), &2.into()), "one has an impossible time: {told}");
    assert!(told["refused"].to_string().contains("cannot be"), "{told}");
    let all = comments(data.path());
    let who: Vec<(&str, &str)> =
        all.iter().map(|c| (c["name"].as_str().unwrap(), c["network"].as_str().unwrap())).collect();
    assert_eq!(who, [("Ann", "192.0.2.*"), ("Anonymous", "2001:db8:4a::*")]);
    assert!(!serde_json::to_string(&all).unwrap().contains("mail.example"), "no mail address comes along");
    whole(data.path());
}

/// As Isso makes it, with what `more` adds.
fn isso(file: &Path, more: &str) {
    let _ = fs::remove_file(file);
    let db = rusqlite::Connection::open(file).unwrap();
    db.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
         CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
         CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
             modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR NOT NULL, author VARCHAR, email VARCHAR,
             website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER);
         INSERT INTO threads VALUES (1, '/posts/1/', 'The%20ferry'), (2, '/posts/2/', NULL);
         INSERT INTO comments VALUES
             (1, 1, NULL, 1635425415.25, NULL, 1, '192.0.2.77', 'First', 'Ann', 'ann@mail.example', NULL, 3, 0, x'00', 0),
             (1, 2, 1, 1635425416, NULL, 2, '2001:db8:4a:1::7', 'Waits', NULL, NULL, NULL, 0, 0, x'00', 0),
             (1, 3, 2, 1635425417, NULL, 1, '192.0.2.0', 'An answer', 'Bo', NULL, NULL, 0, 0, x'00', 0),
             (2, 4, NULL, 1635425418, NULL, 4, '', '', NULL, NULL, NULL, 0, 0, x'00', 0),
             (2, 5, 4, 1635425419, 1635425500, 1, '127.0.0.1', 'To one who is gone', 'Cy', NULL, NULL, 0, 0, x'00', 0);
         {more}"
    ))
    .unwrap();
}

fn issos_own_database(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("comments of Isso?.db");
    isso(&file, "");
    let before = fs::read(&file).unwrap();
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!(
        (code, &told["comments"], &told["refused"]),
        (Some(0), &5.into(), &serde_json::json!([])),
        "{told}"
    );
    let all = comments(data.path());
    let seen: Vec<(&str, &str, &str)> = all
        .iter()
        .map(|c| ["name", "network", "state"].map(|field| c[field].as_str().unwrap()).into())
        .collect();
    assert_eq!(
        seen,
        [
            ("Ann", "192.0.2.*", "shown"),
            ("Anonymous", "2001:db8:4a::*", "held"),
            ("Bo", "192.0.2.*", "shown"),
            ("Anonymous", "", "removed"),
            ("Cy", "", "shown")
        ]
    );
    assert_eq!(all[0]["at"], "2021-10-28T12:50:15Z");
    let titles = run(&["export"], data.path(), &[&files.path().join("out")]);
    assert_eq!(titles.0, Some(0), "{}", titles.1);
    let stories = fs::read_to_string(files.path().join("out/tables/story.jsonl")).unwrap();
    assert!(stories.contains("The ferry") && !stories.contains("The%20ferry"), "{stories}");
    fs::remove_dir_all(files.path().join("out")).unwrap();
    assert_eq!(all[2]["parent"], all[1]["id"]);
    assert!(!serde_json::to_string(&all).unwrap().contains("mail.example"));
    let (code, told) = import(data.path(), &["--site", "blog", "--format", "isso"], &file);
    assert_eq!((code, &told["comments"], &told["unchanged"]), (Some(0), &0.into(), &5.into()), "{told}");
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(files.path()).unwrap().count(), 1, "nothing is written beside it");
    whole(data.path());
}

fn a_database_that_is_not_issos_or_not_whole(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("comments.db");
    let refused = |words: &str| {
        let (code, told) = import(data.path(), &["--site", "blog"], &file);
        assert_eq!((code, &told["comments"]), (Some(1), &0.into()), "{told}");
        assert!(told["refused"].to_string().contains(words), "{words}: {told}");
    };
    isso(&file, "DROP TABLE comments;");
    refused("it is not Isso's");
    isso(&file, "ALTER TABLE comments DROP COLUMN remote_addr;");
    refused("has no column remote_addr");
    isso(&file, "ALTER TABLE comments RENAME TO c; CREATE VIEW comments AS SELECT * FROM c;");
    refused("is no table of this database");
    isso(&file, "");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..5000]).unwrap();
    refused("cannot be read");
    fs::write(&file, [b"SQLite format 3\0", &[0xab; 4096][..]].concat()).unwrap();
    refused("cannot be read");
    assert!(comments(data.path()).is_empty());
    // Of a sound file only the rows that cannot be are left out.
    isso(
        &file,
        "UPDATE comments SET created = 'soon' WHERE id = 1; UPDATE comments SET mode = 7 WHERE id = 2; \
         UPDATE comments SET text = x'ff00ff', tid = 99 WHERE id = 3; INSERT INTO threads VALUES (3, NULL, 'No address');",
    );
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"]), (Some(1), &2.into()), "{told}");
    let why = told["refused"].to_string();
    for words in ["has no time that can be read", "has the mode 7", "its thread is not in the file"] {
        assert!(why.contains(words), "{words}: {why}");
    }
}

/// Each of the other systems, as its exporter writes it: one comment and its answer.
fn the_others_each_with_a_thread(data: &Paper) {
    let remark = concat!(
        r#"{"version":1,"users":[],"posts":[]}"#,
        "\n",
        r#"{"id":"a","pid":"","text":"<p>First</p>","orig":"First","user":{"name":"Ann","id":"u1","ip":"","admin":false},"locator":{"site":"s","url":"http://example.org/p"},"score":0,"votes":{},"time":"2019-03-06T10:00:00Z"}"#,
        "\n",
        r#"{"id":"b","pid":"a","text":"<p>Second</p>","orig":"Second","user":{"name":"Bo","id":"u2","ip":"","admin":false},"locator":{"site":"s","url":"http://example.org/p"},"score":0,"votes":{},"time":"2019-03-06T11:00:00Z"}"#,
        "\n",
    );
    let commento = r#"{"version":1,"comments":[
        {"commentHex":"a","domain":"example.org","url":"/p","commenterHex":"u1","markdown":"First","html":"<p>First</p>","parentHex":"root","score":0,"state":"approved","creationDate":"2019-03-06T10:00:00Z","deleted":false},
        {"commentHex":"b","domain":"example.org","url":"/p","commenterHex":"u2","markdown":"Second","html":"<p>Second</p>","parentHex":"a","score":0,"state":"approved","creationDate":"2019-03-06T11:00:00Z","deleted":false}],
        "commenters":[{"commenterHex":"u1","email":"a@mail.example","name":"Ann"},{"commenterHex":"u2","email":"b@mail.example","name":"Bo"}]}"#;
    let artrans = r#"[
        {"id":"1","rid":"0","content":"First","ip":"192.0.2.7","is_pending":"false","created_at":"2019-03-06 10:00:00 +0000","nick":"Ann","email":"a@mail.example","page_key":"http://example.org/p","page_title":"P"},
        {"id":"2","rid":"1","content":"Second","ip":"192.0.2.8","is_pending":"false","created_at":"2019-03-06 11:00:00 +0000","nick":"Bo","email":"b@mail.example","page_key":"http://example.org/p","page_title":"P"}]"#;
    let waline = r#"{"type":"waline","version":1,"time":1,"tables":["Comment"],"data":{"Comment":[
        {"objectId":"1","comment":"First","insertedAt":"2019-03-06T10:00:00.000Z","ip":"192.0.2.7","mail":"a@mail.example","nick":"Ann","status":"approved","url":"/p"},
        {"objectId":"2","pid":"1","rid":"1","comment":"Second","insertedAt":"2019-03-06T11:00:00.000Z","ip":"192.0.2.8","mail":"b@mail.example","nick":"Bo","status":"approved","url":"/p"}]}}"#;
    for (format, text) in
        [("remark42", remark), ("commento", commento), ("artrans", artrans), ("waline", waline)]
    {
        let (data, files) = (data.another(), tempfile::tempdir().unwrap());
        let file = written(&files, "export.json", text);
        // Commento keeps no scheme.
        let map = ["--map", "https://example.org=http://example.org"];
        for flags in [vec!["--site", "blog"], vec!["--site", "blog", "--format", format]] {
            let (code, told) = import(data.path(), &[&flags[..], &map[..]].concat(), &file);
            let known = told["comments"].as_u64().unwrap() + told["unchanged"].as_u64().unwrap();
            assert_eq!((code, known), (Some(0), 2), "{format}: {told}");
        }
        let all = comments(data.path());
        let said: Vec<(&str, &str)> =
            all.iter().map(|c| (c["name"].as_str().unwrap(), c["text"].as_str().unwrap())).collect();
        assert_eq!(said, [("Ann", "First"), ("Bo", "Second")], "{format}");
        assert_eq!(all[1]["parent"], all[0]["id"], "{format}");
        assert!(!serde_json::to_string(&all).unwrap().contains("192.0.2.7"), "{format}");
        whole(data.path());
    }
}

fn wordpress_brings_stories_with_their_comments(data: &Paper) {
    let wxr = r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <item><title>The bell</title><link>http://old.example/the-bell/</link><dc:creator>ilse</dc:creator>
        <content:encoded><![CDATA[<p>It rings.</p><script>alert(1)</script>]]></content:encoded>
        <wp:post_id>7</wp:post_id><wp:post_date_gmt>2014-05-06 07:08:09</wp:post_date_gmt><wp:comment_status>closed</wp:comment_status><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
        <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ann</wp:comment_author><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_date_gmt>2014-05-06 08:00:00</wp:comment_date_gmt><wp:comment_content>Too loud.</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
        <wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Ping</wp:comment_author><wp:comment_date_gmt>2014-05-06 09:00:00</wp:comment_date_gmt><wp:comment_content>…</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>pingback</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
        </item></channel></rss>"#;
    let files = tempfile::tempdir().unwrap();
    let file = written(&files, "wp.xml", wxr);
    for (stories, fresh) in [(1, 1), (0, 0)] {
        let (code, told) = import(data.path(), &[], &file);
        assert_eq!(
            (code, told["stories"].as_u64(), told["comments"].as_u64()),
            (Some(0), Some(stories), Some(fresh)),
            "{told}"
        );
    }
    let to = tempfile::tempdir().unwrap();
    run(&["export"], data.path(), &[to.path()]);
    let story = fs::read_dir(to.path().join("stories")).unwrap().next().unwrap().unwrap().path();
    let story = fs::read_to_string(story).unwrap();
    assert!(story.contains("The bell") && story.contains("It rings.") && !story.contains("alert"), "{story}");
    assert!(story.contains("2014-05-06T07:08:09"), "{story}");
    whole(data.path());
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

/// Out and in again: nothing is lost, and an archive that was brought before is still known.
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

fn packed_in_pieces_and_of_two_threads_for_one_page(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let twice = "<thread dsq:id=\"7\"><link>http://example.org/ferry</link><title>Once more</title></thread>";
    let other = post(12, 0, 2, NOT).replace("<thread dsq:id=\"2\"/>", "<thread dsq:id=\"7\"/>");
    let text = disqus(&[twice, &post(11, 0, 1, NOT), &other].concat());
    // As `cat a.gz b.gz` makes it.
    let (first, second) = text.split_at(text.len() / 2);
    let mut packed = Vec::new();
    for part in [first, second] {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(part.as_bytes()).unwrap();
        packed.extend(gz.finish().unwrap());
    }
    let file = files.path().join("disqus.xml.gz");
    fs::write(&file, &packed).unwrap();
    let (code, out) = run(&["check"], data.path(), &[&file]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("disqus, 2 threads, 2 comments: well-formed"), "{out}");
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"], &told["stories"]), (Some(0), &2.into(), &1.into()), "{told}");
    // A file that was cut off by its packing is broken, too.
    fs::write(&file, &packed[..packed.len() - 20]).unwrap();
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"]), (Some(1), &0.into()), "{told}");
    let (code, out) = run(&["check"], data.path(), &[&file]);
    assert!(code == Some(1) && !out.contains("well-formed"), "{out}");
    // What would be refused is named, and counted beyond the first thousand.
    let timeless = post(13, 0, 3, NOT).replace("2013-10-10T19:03:00Z", "yesterday");
    let many = written(&files, "many.xml", &disqus(&timeless.repeat(1_200)));
    let (code, out) = run(&["check"], data.path(), &[&many]);
    assert!(code == Some(1) && out.contains("post 13: has no time that can be read"), "{out}");
    assert!(out.contains("… and 200 more refused") && out.lines().count() < 1_010, "{out}");
    let (code, told) = import(data.path(), &["--site", "blog"], &many);
    assert_eq!((code, &told["refused_more"]), (Some(1), &200.into()));
    assert_eq!(told["refused"].as_array().unwrap().len(), 1_000);
    whole(data.path());
}

/// As many as a test has time for; what it costs grows with their number and no faster.
fn thousands_of_answers_to_one_and_rings(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let many = 4_000;
    let mut posts = post(1, 0, 0, NOT);
    for id in 2..=many {
        posts.push_str(&post(id, 1, id % 60, NOT));
    }
    // Who answer each other, and one that answers itself.
    posts.push_str(&post(many + 1, many + 2, 1, NOT));
    posts.push_str(&post(many + 2, many + 1, 2, NOT));
    posts.push_str(&post(many + 3, many + 3, 3, NOT));
    let file = written(&files, "disqus.xml", &disqus(&posts));
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"]), (Some(0), &(many + 3).into()), "{told}");
    assert!(told["notes"].to_string().contains("2 answered each other in a ring"), "{told}");
    let all = comments(data.path());
    let root = all.iter().find(|c| c["text"] == "Said **1** & more.").unwrap();
    assert_eq!(all.iter().filter(|c| c["parent"] == root["id"]).count() as u32, many - 1);
    whole(data.path());
}

/// Samples of other projects' exports, where they are.
fn samples_of_others(data: &Paper) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/comments");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    for (name, comments_in, stories) in
        [("isso-disqus.xml", 4, 1), ("isso-generic.json", 2, 2), ("isso-wordpress.xml", 8, 2)]
    {
        let data = data.another();
        let (_, told) = import(data.path(), &["--site", "blog"], &folder.join(name));
        assert_eq!(
            (told["comments"].as_u64(), told["stories"].as_u64()),
            (Some(comments_in), Some(stories)),
            "{name}: {told}"
        );
        assert_eq!(comments(data.path()).len() as u64, comments_in, "{name}");
        whole(data.path());
        let (_, again) = import(data.path(), &["--site", "blog"], &folder.join(name));
        assert_eq!(again["comments"], 0, "{name}: {again}");
    }
}
