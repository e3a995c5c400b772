//! Archives of every shape: packed, with two threads for one page, with pages by the hundred, and with a page of
//! thousands.

use super::{NOT, Paper, comments, disqus, import, post, run, whole, written};
use serde_json::Value;
use std::{collections::HashSet, fs, io::Write};

crate::on_both!(crate::paper:
    packed_in_pieces_and_of_two_threads_for_one_page,
    thousands_of_answers_to_one_and_rings,
    pages_by_the_hundred,
    a_chain_of_thousands_whose_clock_goes_backwards,
    a_page_that_a_running_paper_begins_meanwhile,
    what_does_not_get_through_at_once_goes_in_smaller_pieces,
);

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

/// A table of the paper, as the export has it.
pub fn table(data: &Paper, name: &str) -> Vec<Value> {
    let to = tempfile::tempdir().unwrap();
    let (code, out) = run(&["export"], data.path(), &[to.path()]);
    assert_eq!(code, Some(0), "{out}");
    let text = fs::read_to_string(to.path().join(format!("tables/{name}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn thread(id: u32, path: &str, title: &str, more: &str) -> String {
    format!(
        "<thread dsq:id=\"{id}\"><link>http://example.org/{path}</link><title>{title}</title>\
         <createdAt>2013-10-09T12:00:00Z</createdAt>{more}</thread>"
    )
}

pub fn post_in(thread: u32, id: u32, parent: u32) -> String {
    let of = format!("<thread dsq:id=\"{thread}\"/>");
    post(id, parent, id % 60, NOT).replace("<thread dsq:id=\"2\"/>", &of)
}

/// Each begins with its own comments, many in one transaction, all with the same name on the same day.
fn pages_by_the_hundred(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let mut parts = String::new();
    for n in 0..700 {
        let closed = if n == 650 { "<isClosed>true</isClosed>" } else { "" };
        parts.push_str(&thread(1_000 + n, &format!("page/{n}"), "The same", closed));
        parts.push_str(&post_in(1_000 + n, 10_000 + 2 * n, 0));
        parts.push_str(&post_in(1_000 + n, 10_001 + 2 * n, 10_000 + 2 * n));
    }
    // Another address of a page that begins in the same transaction, one of an earlier one, and two that lead nowhere.
    parts.push_str(&thread(2_000, "page/699/", "The same page", ""));
    parts.push_str(&post_in(2_000, 12_000, 0));
    parts.push_str(&thread(2_001, "page/3#more", "The same page", ""));
    parts.push_str(&post_in(2_001, 12_001, 0));
    parts.push_str(&thread(2_002, "nobody/said/anything", "Silence", ""));
    parts.push_str(&thread(2_003, "elsewhere", "Elsewhere", "").replace("example.org", "evil.example"));
    parts.push_str(&post_in(2_003, 12_003, 0));
    let file = written(&files, "disqus.xml", &disqus(&parts));
    let (code, dry) = import(data.path(), &["--site", "blog", "--dry-run"], &file);
    assert_eq!((code, &dry["comments"]), (Some(1), &1_402.into()), "{dry}");
    assert!(table(data, "outside").is_empty() && comments(data.path()).is_empty(), "looking changes nothing");
    for (stories, fresh, known) in [(700, 1_402, 0), (0, 0, 1_402)] {
        let (code, told) = import(data.path(), &["--site", "blog"], &file);
        assert_eq!((code, told["refused"].as_array().unwrap().len()), (Some(1), 1), "{told}");
        assert!(told["refused"][0]["where"].as_str().unwrap().contains("evil.example"), "{told}");
        assert_eq!(
            (&told["stories"], &told["comments"], &told["unchanged"]),
            (&stories.into(), &fresh.into(), &known.into()),
            "{told}"
        );
    }
    let pages = table(data, "outside");
    let keys: HashSet<&str> = pages.iter().map(|page| page["page"].as_str().unwrap()).collect();
    assert_eq!((pages.len(), keys.len()), (700, 700));
    assert!(!keys.iter().any(|key| key.contains("nobody") || key.contains("evil")));
    let slugs: HashSet<String> = table(data, "story").iter().map(|s| s["slug"].to_string()).collect();
    assert!(slugs.len() == 700 && slugs.contains("\"the-same-700\""), "each has its own address");
    let of = |key: &str| {
        let page = pages.iter().find(|page| page["page"] == format!("url:http://example.org/{key}")).unwrap();
        page["story_id"].clone()
    };
    let discussions = table(data, "discussion");
    let shown = |key: &str| discussions.iter().find(|d| d["story_id"] == of(key)).unwrap()["shown"].clone();
    assert_eq!(["page/699", "page/3", "page/4"].map(shown), [3, 3, 2].map(Value::from));
    let closed: Vec<&Value> = discussions.iter().filter(|d| d["mode"] == "closed").collect();
    assert!(closed.len() == 1 && closed[0]["story_id"] == of("page/650"), "{closed:?}");
    whole(data.path());
}

/// Each answers the one before it, and was said before it.
fn a_chain_of_thousands_whose_clock_goes_backwards(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let many: u32 = 3_000;
    let posts: String = (1..=many)
        .map(|id| {
            let at = format!("T{:02}:{:02}:{:02}Z", 23 - id / 3_600, 59 - id / 60 % 60, 59 - id % 60);
            post(id, id - 1, 7, NOT).replace("T19:07:00Z", &at)
        })
        .collect();
    let file = written(&files, "disqus.xml", &disqus(&posts));
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"]), (Some(0), &many.into()), "{told}");
    let notes = told["notes"].to_string();
    assert!(!notes.contains("ring") && !notes.contains("not in the file"), "{notes}");
    let mut all = comments(data.path());
    all.reverse();
    assert_eq!(all[0]["text"], "Said **1** & more.");
    assert!(all[0]["parent"].is_null());
    assert!(all.windows(2).all(|two| two[1]["parent"] == two[0]["id"]), "all keep what they answer");
    whole(data.path());
}

/// What another process writes meanwhile: that very
/// page's discussion, at the address which it was to have, and one at the address of a page that waits with it.
const MEANWHILE: &str = "
    INSERT INTO story (id, edition, status, headline, kicker, standfirst, byline, dateline_place, dateline_date,
        dateline_agency, dateline_dash, dateline_raw, body, summary, agency, language, section, day, slug, created_at,
        published_at, urgency, slugline, ednote, usage_terms)
        SELECT x.id, 1, 'outside', x.slug, '', '', '', '', '', '', '', '', '', '', '', '', 'outside', '2013-10-09', x.slug,
            0, 0, 0, '', '', '' FROM (SELECT 900001 AS id, 'the-ferry' AS slug UNION SELECT 900002, 'the-pier') AS x;
    INSERT INTO outside (story_id, site_key, page, link)
        SELECT x.id, s.key, x.page, x.page FROM site AS s CROSS JOIN (SELECT 900001 AS id,
            'url:http://example.org/ferry' AS page UNION SELECT 900002, 'url:http://example.org/other') AS x;
    INSERT INTO discussion (story_id, mode, shown, held, removed) VALUES (900001, 'open', 0, 0, 0), (900002, 'open', 0, 0, 0);";

/// At the moment when the import takes numbers for the comments of a large page.
pub fn meanwhile(data: &Paper, sql: &str) {
    match &data.home.place {
        store::Place::Sqlite(_) => {
            let db = rusqlite::Connection::open(data.path().join("paper.sqlite")).unwrap();
            let when = "AFTER UPDATE ON id_block WHEN NEW.next - OLD.next > 5000";
            db.execute_batch(&format!("CREATE TRIGGER meanwhile {when} BEGIN {sql} END;")).unwrap();
        }
        store::Place::Postgres(url) => {
            let sql = format!(
                "CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {sql} RETURN NULL; END $$; \
                 CREATE TRIGGER meanwhile AFTER UPDATE ON id_block FOR EACH ROW \
                 WHEN (NEW.next - OLD.next > 5000) EXECUTE FUNCTION meanwhile();"
            );
            on_postgres_server(url, &sql);
        }
    }
}

fn on_postgres_server(url: &str, sql: &str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        let line = tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap();
        drop(client);
        line.await.unwrap().unwrap();
    });
}

fn a_page_that_a_running_paper_begins_meanwhile(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    // A section for pages of other sites, as soon as there was one.
    let first = disqus(&[thread(9, "first", "First", ""), post_in(9, 9, 0)].concat());
    assert_eq!(import(data.path(), &["--site", "blog"], &written(&files, "first.xml", &first)).0, Some(0));
    meanwhile(data, MEANWHILE);
    let many = 5_200;
    let mut parts = [thread(7, "pier", "The pier", ""), post_in(7, 7, 0)].concat();
    parts.extend((0..many).map(|n| post_in(2, 100 + n, if n > 0 { 100 } else { 0 })));
    // The pier is placed first.
    let text = disqus(&parts);
    let ferry =
        &text[text.find("<thread dsq:id=\"2\"><id>").unwrap()..text.find("<thread dsq:id=\"3\">").unwrap()];
    let text = text.replace(ferry, "").replace("</disqus>", &format!("{ferry}</disqus>"));
    let file = written(&files, "disqus.xml", &text);
    let (code, told) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((code, &told["comments"]), (Some(0), &(many + 1).into()), "{told}");
    let pages = table(data, "outside");
    assert_eq!(pages.iter().filter(|page| page["page"] == "url:http://example.org/ferry").count(), 1);
    let counts = table(data, "discussion");
    let shown = |id: i64| counts.iter().find(|d| d["story_id"] == id).unwrap()["shown"].as_u64();
    assert_eq!(
        (shown(900_001), shown(900_002)),
        (Some(many.into()), Some(0)),
        "under the page that is there"
    );
    let stories = table(data, "story");
    let slugs: HashSet<&str> = stories.iter().map(|s| s["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, HashSet::from(["first", "the-ferry", "the-pier", "the-pier-2"]));
    let (_, again) = import(data.path(), &["--site", "blog"], &file);
    assert_eq!((&again["comments"], &again["unchanged"]), (&0.into(), &(many + 1).into()), "{again}");
    whole(data.path());
}

/// So that no more than a hundred pages get through in one transaction: of one more it is said that somebody has it, or,
/// on PostgreSQL, the transaction ends as the one that a deadlock is broken by.
fn at_most_a_hundred_at_once(data: &Paper, taken: bool) {
    match &data.home.place {
        store::Place::Sqlite(_) => {
            let db = rusqlite::Connection::open(data.path().join("paper.sqlite")).unwrap();
            db.execute_batch(
                "CREATE TABLE begun (n INTEGER NOT NULL); INSERT INTO begun VALUES (0);
                 CREATE TRIGGER full BEFORE INSERT ON outside WHEN (SELECT n FROM begun) >= 100
                     BEGIN SELECT RAISE(IGNORE); END;
                 CREATE TRIGGER begins AFTER INSERT ON outside BEGIN UPDATE begun SET n = n + 1; END;
                 CREATE TRIGGER ends AFTER INSERT ON change BEGIN UPDATE begun SET n = 0; END;",
            )
            .unwrap();
        }
        store::Place::Postgres(url) => {
            let full = match taken {
                true => "RETURN NULL;",
                false => "RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01';",
            };
            let sql = format!(
                "CREATE OR REPLACE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 IF (SELECT count(*) FROM outside WHERE xmin = pg_current_xact_id()::xid) >= 100 THEN {full} END IF; \
                 RETURN NEW; END $$; \
                 CREATE OR REPLACE TRIGGER full_up BEFORE INSERT ON outside FOR EACH ROW EXECUTE FUNCTION full_up();"
            );
            on_postgres_server(url, &sql);
        }
    }
}

fn what_does_not_get_through_at_once_goes_in_smaller_pieces(data: &Paper) {
    let files = tempfile::tempdir().unwrap();
    let ways: &[bool] = match data.home.place {
        store::Place::Sqlite(_) => &[true],
        store::Place::Postgres(_) => &[true, false],
    };
    for (way, taken) in ways.iter().enumerate() {
        at_most_a_hundred_at_once(data, *taken);
        let mut parts = String::new();
        for n in 0..300 {
            let id = (1_000 * (way + 1)) as u32 + n;
            parts.push_str(&thread(id, &format!("{way}/{n}"), "The same", ""));
            parts.push_str(&post_in(id, 2 * id, 0));
            parts.push_str(&post_in(id, 2 * id + 1, 2 * id));
        }
        let file = written(&files, "disqus.xml", &disqus(&parts));
        for (stories, fresh, known) in [(300, 600, 0), (0, 0, 600)] {
            let (code, told) = import(data.path(), &["--site", "blog"], &file);
            assert_eq!(code, Some(0), "{told}");
            assert_eq!(
                (&told["stories"], &told["comments"], &told["unchanged"]),
                (&stories.into(), &fresh.into(), &known.into()),
                "{told}"
            );
        }
        let there = (300 * (way + 1), 600 * (way + 1));
        assert_eq!((table(data, "outside").len(), comments(data.path()).len()), there, "each once");
        whole(data.path());
    }
}
