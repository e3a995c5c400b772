//! Each of the systems, as its exporter writes it.

use super::{Paper, comments, import, run, shapes::table, whole, wordpress, written};
use serde_json::Value;
use std::{fs, path::Path};

crate::on_both!(crate::paper:
    isso_and_its_paths,
    issos_own_database,
    a_database_that_is_not_issos_or_not_whole,
    the_others_each_with_a_thread,
    half_a_character_keeps_nothing_out,
    wordpress_brings_stories_with_their_comments,
    two_stories_and_an_old_address,
    samples_of_others,
);

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
pub fn isso(file: &Path, more: &str) {
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
pub fn others() -> [(&'static str, &'static str); 4] {
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
    [("remark42", remark), ("commento", commento), ("artrans", artrans), ("waline", waline)]
}

/// Commento keeps no scheme.
pub const SCHEMELESS: [&str; 2] = ["--map", "https://example.org=http://example.org"];

fn the_others_each_with_a_thread(data: &Paper) {
    for (format, text) in others() {
        let (data, files) = (data.another(), tempfile::tempdir().unwrap());
        let file = written(&files, "export.json", text);
        for flags in [vec!["--site", "blog"], vec!["--site", "blog", "--format", format]] {
            let (code, told) = import(data.path(), &[&flags[..], &SCHEMELESS[..]].concat(), &file);
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

/// As JSON has it where a text was cut in the middle of a pair: in the first comment's text, in its writer's name, and whole in
/// the second.
fn half_a_character_keeps_nothing_out(data: &Paper) {
    let isso = r#"[{"id":"http://example.org/p","title":"P","comments":[
        {"id":1,"author":"Ann","remote_addr":"","created":"2015-02-24 04:03:37","text":"First"},
        {"id":2,"author":"Bo","remote_addr":"","created":"2015-02-24 05:03:37","text":"Second"}]}]"#;
    let comentario = r#"{"version":3,"pages":[{"id":"p","path":"http://example.org/p","title":"P"}],"comments":[
        {"id":"a","pageId":"p","authorName":"Ann","markdown":"First","createdTime":"2019-03-06T10:00:00Z","isApproved":true},
        {"id":"b","pageId":"p","parentId":"a","authorName":"Bo","markdown":"Second","createdTime":"2019-03-06T11:00:00Z","isApproved":true}]}"#;
    for (format, text) in others().into_iter().chain([("isso-json", isso), ("commento", comentario)]) {
        let (data, files) = (data.another(), tempfile::tempdir().unwrap());
        let text = text
            .replace("First", r"First \\ud83d \ud83d")
            .replace("Ann", r"Ann \uDE00")
            .replace("Second", r"Second \ud83d\ude00");
        let file = written(&files, "export.json", &text);
        for (fresh, known) in [(2, 0), (0, 2)] {
            let flags = [&["--site", "blog", "--format", format][..], &SCHEMELESS[..]].concat();
            let (code, told) = import(data.path(), &flags, &file);
            let counts = (&told["comments"], &told["unchanged"], &told["refused"]);
            assert_eq!(
                (code, counts),
                (Some(0), (&fresh.into(), &known.into(), &Value::Array(vec![]))),
                "{format}: {told}"
            );
            assert!(
                told["notes"].to_string().contains("halves of characters in its texts became"),
                "{format}: {told}"
            );
        }
        let all = comments(data.path());
        let said: Vec<(&str, &str)> =
            all.iter().map(|c| (c["name"].as_str().unwrap(), c["text"].as_str().unwrap())).collect();
        // Remark42's text is there twice, of which its source is read.
        let want = [("Ann \u{fffd}", "First \\ud83d \u{fffd}"), ("Bo", "Second \u{1F600}")];
        assert_eq!(said, want, "{format}");
        let (code, out) = run(&["check"], data.path(), &[&file]);
        assert!(code == Some(0) && out.contains("well-formed"), "{format}: {out}");
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

/// Each is read now where, with `--map` to the paper's own paths, another was.
pub fn two_stories() -> String {
    let items = [("bell-ringing", 1), ("the-bell", 2)].map(|(slug, n)| {
        let one = wordpress(&format!("http://old.example/2014/05/06/{slug}"), "The bell", "open", n);
        let one = one.replace("It rings.", &format!("It rings {n}."));
        one[one.find("<item>").unwrap()..one.find("</channel>").unwrap()].to_owned()
    });
    let one = wordpress("http://old.example/x", "x", "open", 9);
    format!("{}{}</channel></rss>", &one[..one.find("<item>").unwrap()], items.concat())
}

/// The old address of one is where another of them is read now.
fn two_stories_and_an_old_address(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let file = written(&files, "wp.xml", &two_stories());
    // To a path of the paper's own.
    let map = ["--map", "http://old.example="];
    let (code, looked) = import(data.path(), &[&map[..], &["--dry-run"]].concat(), &file);
    assert_eq!((code, &looked["stories"]), (Some(0), &2.into()), "{looked}");
    let (code, told) = import(data.path(), &map, &file);
    assert_eq!((code, &told["stories"], &told["comments"]), (Some(0), &2.into(), &2.into()), "{told}");
    let stories = table(data, "story");
    for n in [1, 2] {
        let story = stories.iter().find(|s| s["body"].as_str().unwrap().contains(&format!("It rings {n}.")));
        let story = story.unwrap_or_else(|| panic!("{stories:?}"));
        let said: Vec<Value> =
            table(data, "comment").into_iter().filter(|c| c["story_id"] == story["id"]).collect();
        assert!(said.len() == 1 && said[0]["text"] == format!("Too loud, {n}."), "{said:?}");
    }
    let (_, again) = import(data.path(), &map, &file);
    assert_eq!(
        (&again["stories"], &again["comments"], &again["unchanged"]),
        (&0.into(), &0.into(), &2.into())
    );
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
