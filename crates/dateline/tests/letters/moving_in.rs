//! An import beside a paper that is read and written in: whoever posts, begins a page or changes a name meanwhile hears
//! nothing of it, and nothing is lost or there twice. On both databases.

use crate::{
    House,
    accounts::{Reader, story},
    browser::encode,
    support::{Database, Served},
};
use newsroom::{
    Millis,
    discussion::Mode,
    site::{Own, SiteOrigin},
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
    process::{Command, Output},
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{site::Site, tables};

/// Pages of the archive, of which readers begin some,
const PAGES: usize = 600;
/// but none beyond these.
const THEIRS: usize = 300;
/// Of each page.
const COMMENTS: usize = 2;
/// And of the story.
const UNDER_THE_STORY: usize = 300;
const KEY: &str = "b106";

fn courier(home: Database) -> House {
    let house = crate::house_with(home, |config| {
        config.discussion.limits = false;
        config.discussion.first_held = 0;
        config.discussion.closes_after_days = 0;
    });
    let site = Site {
        key: KEY.into(),
        name: "blog".into(),
        mode: Mode::Open,
        origins: vec![SiteOrigin::parse("https://blog.example").unwrap()],
        own: Own::default(),
        created_at: Millis(1),
    };
    house.paper.wait(house.paper.app.store.add_site(&site, "test")).unwrap();
    house
}

/// Each page with a root and answers, all with one title and without a day, as if they began today like those of readers;
/// and one thread under a story of the paper.
fn archive(story: &str) -> String {
    let mut out = String::from("<disqus xmlns:dsq=\"http://disqus.com/disqus-internals\">");
    let mut put = |thread: usize, link: &str, comments: usize| {
        write!(out, "<thread dsq:id=\"{thread}\"><link>{link}</link><title>The same</title></thread>")
            .unwrap();
        for n in 0..comments {
            let (id, parent) = (thread * 10_000 + n, thread * 10_000);
            let parent = if n > 0 { format!("<parent dsq:id=\"{parent}\"/>") } else { String::new() };
            write!(
                out,
                "<post dsq:id=\"{id}\"><message>Archived {id}.</message><createdAt>2013-10-10T19:00:{:02}Z</createdAt>\
                 <author><name>Reader {id}</name></author><thread dsq:id=\"{thread}\"/>{parent}</post>",
                n % 60
            )
            .unwrap();
        }
    };
    for n in 0..PAGES {
        put(n + 1, &format!("https://blog.example/page/{n}"), COMMENTS);
    }
    put(PAGES + 1, story, UNDER_THE_STORY);
    out + "</disqus>"
}

/// `dateline import` beside the paper that is served, to its end.
fn import(paper: &Served, file: &std::path::Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    if let Some(url) = &paper.app.config.database.url {
        command.env("DATELINE_DATABASE", url);
    }
    command.env("DATELINE_PAPER_ADDRESS", &paper.app.paper.address);
    command.args(["import", "--json", "--site", "blog", "--data"]).arg(paper.data.path()).arg(file);
    command.output().unwrap()
}

fn told(out: &Output) -> Value {
    serde_json::from_slice(&out.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out.stderr)))
}

fn send(paper: &Served, path: &str, headers: &str, body: &str) -> (u16, String) {
    let mut line = paper.line();
    line.send(format!(
        "POST {path} HTTP/1.1\r\nhost: paper.example\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let reply = line.reply(false);
    (reply.status, reply.text())
}

fn id_of(text: &str) -> i64 {
    let said: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    said["id"].as_i64().unwrap()
}

/// As the script of another site's page says it: under that page, which it may be the first to say something under.
fn say_under_page(paper: &Served, page: usize, text: &str) -> i64 {
    let url = format!("https://blog.example/page/{page}");
    let body = json!({ "url": url, "title": "The same", "name": "Mette", "text": text }).to_string();
    let headers = "origin: https://blog.example\r\ncontent-type: application/json\r\n";
    let (status, said) = send(paper, &format!("/api/v1/sites/{KEY}/comments"), headers, &body);
    assert_eq!(status, 201, "{text}: {said}");
    id_of(&said)
}

/// The holder of an account, under the story.
fn say_under_story(paper: &Served, path: &str, cookie: &str, text: &str) -> i64 {
    let headers = format!(
        "{cookie}\r\naccept: application/json\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    );
    let (status, said) = send(paper, &format!("{path}/comments"), &headers, &encode(&[("text", text)]));
    assert_eq!(status, 201, "{text}: {said}");
    id_of(&said)
}

fn rename(paper: &Served, cookie: &str, name: &str) {
    let headers = format!(
        "{cookie}\r\norigin: http://paper.example\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    );
    let (status, said) = send(paper, "/account/name", &headers, &encode(&[("name", name)]));
    assert_eq!(status, 303, "{name}: {said}");
}

/// A table's rows, with some of its columns as text.
fn rows(paper: &Served, name: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let table = tables::all().iter().find(|table| table.name == name).unwrap();
    let at: Vec<usize> =
        columns.iter().map(|c| table.columns.iter().position(|column| column.name == *c).unwrap()).collect();
    let rows = paper.wait(paper.app.store.rows(table, None, 99_999, true)).unwrap();
    rows.iter().map(|row| at.iter().map(|at| format!("{:?}", row[*at])).collect()).collect()
}

/// Readers post from before the import's beginning until after its end; one of them under an account whose name they change.
fn readers_post_while_an_archive_comes_in(house: &House) {
    let (_desk, path) = story(house);
    let paper = &house.paper;
    let holder = Reader::with(house, "holder@post.example", "Mette Holm");
    let cookie = holder.cookie();
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("disqus.xml");
    std::fs::write(&file, archive(&format!("{}{path}", paper.app.paper.address))).unwrap();
    let ended = AtomicBool::new(false);
    let begun = Barrier::new(4);
    let until_it_ends = |say: &dyn Fn(usize) -> (i64, String)| {
        let mut said = vec![say(0)];
        begun.wait();
        for n in 1.. {
            let last = ended.load(Ordering::Acquire);
            said.push(say(n));
            if last {
                break;
            }
        }
        said
    };
    // All over the first half of the pages, each in an order of its own.
    let under_pages = |thread: usize, n: usize| {
        let text = format!("Posted {thread} {n}.");
        (say_under_page(paper, (n * (101 + 2 * thread) + thread) % THEIRS, &text), text)
    };
    let (out, said) = std::thread::scope(|threads| {
        let lines = [
            threads.spawn(|| until_it_ends(&|n| under_pages(1, n))),
            threads.spawn(|| until_it_ends(&|n| under_pages(2, n))),
            threads.spawn(|| {
                until_it_ends(&|n| {
                    rename(paper, &cookie, ["Mette Holm", "Mette H", "M Holm", "Frau Holm"][n % 4]);
                    let text = format!("Posted 3 {n}.");
                    (say_under_story(paper, &path, &cookie, &text), text)
                })
            }),
        ];
        begun.wait();
        let out = import(paper, &file);
        ended.store(true, Ordering::Release);
        (out, lines.into_iter().flat_map(|line| line.join().unwrap()).collect::<Vec<_>>())
    });
    let told = told(&out);
    let brought = PAGES * COMMENTS + UNDER_THE_STORY;
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(
        (told["comments"].as_u64(), told["refused"].as_array().map(Vec::len)),
        (Some(brought as u64), Some(0))
    );

    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows(paper, "comment", &["text", "id"]) {
        all.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    assert_eq!(all.len(), brought + said.len(), "nothing is lost, and nothing else is there");
    assert!(all.values().all(|ids| ids.len() == 1), "nothing is there twice");
    for (id, text) in &said {
        let (text, ids) = all.iter().find(|(kept, _)| kept.contains(text.as_str())).expect("what was said");
        assert!(ids[0].contains(&id.to_string()), "{text}: {ids:?}");
    }
    let pages = rows(paper, "outside", &["page"]);
    let keys: HashSet<&String> = pages.iter().map(|row| &row[0]).collect();
    assert_eq!((pages.len(), keys.len()), (PAGES, PAGES), "each page once, whoever began it");
    // What it said was new may have been begun by a reader in the same moment; what only it has, it began.
    let new = told["stories"].as_u64().unwrap() as usize;
    assert!((PAGES - THEIRS..PAGES).contains(&new), "{new}");
    sound(paper);

    let again = import(paper, &file);
    let told = self::told(&again);
    assert_eq!(
        (&told["comments"], &told["unchanged"], &told["stories"]),
        (&0.into(), &brought.into(), &0.into())
    );
    assert_eq!(rows(paper, "comment", &["id"]).len(), brought + said.len(), "twice is once");
}

fn sound(paper: &Served) {
    let store = &paper.app.store;
    assert_eq!(paper.wait(store.miscounted_discussions()).unwrap(), []);
    assert_eq!(paper.wait(store.thread_faults()).unwrap(), []);
}

crate::on_both!(super::courier:
    readers_post_while_an_archive_comes_in,
);
