//! A writer takes along what the paper keeps of a comment, and has it erased; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use newsroom::discussion::{Reason, Ruling};
use serde_json::Value;
use store::{comment::Decision, job::Task, tables};
use support::{Database, Reply, Served};

on_both!(crate::paper: all_of_it_comes_along_and_goes, not_under_a_decision_and_not_unasked);

fn paper(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |_| {})
}

fn story(paper: &Served) -> String {
    let item = r#"{"uri": "urn:x", "type": "text", "version": "1", "headline": "The ferry", "body_html": "<p>It sails.</p>"}"#;
    let item = wire::read(item.as_bytes(), None, &newsroom::Zone::default()).unwrap().remove(0);
    let manner = dateline::intake::Manner { publish: true, dry: false };
    let taken = dateline::intake::take_in(&paper.app, item, b"{}", &dateline::intake::NothingBeside, manner);
    paper.wait(taken).unwrap().path.unwrap()
}

fn post(paper: &Served, path: &str, headers: &str, body: &str) -> Reply {
    let mut line = paper.line();
    line.send(format!(
        "POST {path} HTTP/1.1\r\nhost: paper.example\r\n{headers}content-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

/// Its number and the path of its receipt.
fn say(paper: &Served, path: &str, body: &str) -> (i64, String) {
    let reply = post(paper, &format!("{path}/comments"), "accept: application/json\r\n", body);
    assert_eq!(reply.status, 201, "{}", reply.text());
    let said: Value = serde_json::from_slice(&reply.body).unwrap();
    let receipt =
        said["receipt"].as_str().unwrap().strip_prefix(&paper.app.paper.address).unwrap().to_owned();
    (said["id"].as_i64().unwrap(), receipt)
}

/// Every table that an export carries, as text.
fn everything(paper: &Served) -> String {
    let rows = tables::all()
        .iter()
        .map(|table| format!("{:?}", paper.wait(paper.app.store.rows(table, None, 999, true)).unwrap()));
    rows.collect()
}

fn all_of_it_comes_along_and_goes(paper: &Served) {
    let path = story(paper);
    let (id, receipt) = say(paper, &path, "name=Marked+Name&text=The+marked+first+words.");
    let (_, other) = say(paper, &path, &format!("name=Bo&text=An+answer.&reply_to={id}"));
    let edited =
        post(paper, &format!("{receipt}/edit"), "", "text=The+marked+second+words%2C+and+a+marked+passage.");
    assert_eq!(edited.status, 303, "{}", edited.text());
    let now = dateline::clock::now();
    let cut = Decision {
        comment: id,
        ruling: Ruling::Cut,
        reason: Some(Reason::INSULT),
        passage: "a marked passage",
        note: "No phone numbers.",
        who: "ilse",
        seen: None,
        now,
    };
    paper.wait(paper.app.store.decide(&cut)).unwrap();
    paper.finish_jobs();
    assert!(paper.ask("GET", &receipt, &[]).text().contains("Take it along"));
    let data = paper.ask("GET", &format!("{receipt}/data"), &[]);
    assert_eq!(
        data.header("content-disposition"),
        Some(format!("attachment; filename=\"comment-{id}.json\"").as_str())
    );
    assert!(data.header("cache-control").unwrap().contains("no-store"));
    let all: Value = serde_json::from_slice(&data.body).unwrap();
    assert_eq!(all["comment"]["name"], "Marked Name");
    assert!(all["comment"]["text"].as_str().unwrap().contains("second words"), "{all}");
    assert_eq!(all["earlier_texts"][0]["text"], "The marked first words.");
    assert!(all["happened"].to_string().contains("A moderator cut a passage"), "{all}");
    assert_eq!(paper.ask("GET", &format!("{receipt}0/data"), &[]).status, 404, "forged");

    assert_eq!(post(paper, &format!("{receipt}/erase"), "", "sure=yes").status, 303);
    paper.finish_jobs();
    let page = paper.ask("GET", &receipt, &[]).text();
    assert!(page.contains("Your comment was erased") && page.contains("You had it erased."), "{page}");
    assert!(!page.contains("Erase it") && page.contains("A moderator cut a passage"));
    let thread = paper.ask("GET", &path, &[]).text();
    assert!(
        thread.contains("A comment was withdrawn by its writer.") && thread.contains("An answer."),
        "{thread}"
    );
    for (what, heap) in [("a table", everything(paper)), ("the page", thread), ("the receipt", page)] {
        assert!(!heap.to_lowercase().contains("marked"), "something is left in {what}");
    }
    assert!(paper.ask("GET", "/search?q=marked", &[]).text().contains("Nothing"), "or in the index");
    let again = post(paper, &format!("{receipt}/erase"), "", "sure=yes");
    assert_eq!((again.status, again.text().contains("Your comment was erased")), (422, true));
    let rulings = paper.wait(paper.app.store.rulings_of(id)).unwrap();
    assert_eq!(rulings.len(), 1, "what was decided stays");
    assert!(paper.wait(paper.app.store.thread_faults()).unwrap().is_empty());
    assert!(paper.wait(paper.app.store.miscounted_discussions()).unwrap().is_empty());
    assert!(paper.ask("GET", &other, &[]).text().contains("An answer."), "others' are theirs");
    // Nobody brings it back.
    assert!(paper.wait(paper.app.store.rule(id, Ruling::Show, None, "", "ilse", now)).is_err());
    assert!(paper.wait(paper.app.store.undo_ruling(id, "ilse", None, now)).is_err());
}

fn not_under_a_decision_and_not_unasked(paper: &Served) {
    let path = story(paper);
    let (id, receipt) = say(paper, &path, "name=Ana&text=It+was+late.");
    let erase = format!("{receipt}/erase");
    let unsure = post(paper, &erase, "", "");
    assert_eq!((unsure.status, unsure.text().contains("Tick that you are sure")), (422, true));
    assert_eq!(post(paper, &erase, "origin: https://evil.example\r\n", "sure=yes").status, 403);
    assert_eq!(post(paper, &format!("{receipt}0/erase"), "", "sure=yes").status, 404);
    let report = format!("{path}/comments/{id}/report");
    assert_eq!(post(paper, &report, "accept: application/json\r\n", "reason=insult&text=Look").status, 201);
    let refused = post(paper, &erase, "", "sure=yes");
    assert_eq!(
        (refused.status, refused.text().contains("is not decided yet")),
        (422, true),
        "{}",
        refused.text()
    );
    assert!(everything(paper).contains("It was late."));
    let now = dateline::clock::now();
    paper.wait(paper.app.store.rule(id, Ruling::Remove, Some(Reason::INSULT), "", "ilse", now)).unwrap();
    assert_eq!(post(paper, &erase, "", "sure=yes").status, 303);
    assert!(!everything(paper).contains("It was late."));
    assert!(paper.wait(paper.app.store.miscounted_discussions()).unwrap().is_empty());
}

/// The search index of SQLite marks what is deleted, and keeps its words until it is gone through.
#[test]
fn no_word_of_what_was_erased_is_left_in_the_file() {
    let paper = Served::on(support::sqlite().unwrap(), dateline::http::paper(), |config| {
        config.discussion.most_per_minute = 1_000;
    });
    let path = story(&paper);
    let holds = |mark: &str| {
        let files = std::fs::read_dir(paper.data.path()).unwrap().map(|f| f.unwrap().path());
        let files = files.filter(|f| f.file_name().unwrap().to_string_lossy().starts_with("paper.sqlite"));
        let heap: Vec<u8> = files.flat_map(|f| std::fs::read(f).unwrap()).collect();
        heap.windows(mark.len()).any(|part| part == mark.as_bytes())
    };
    let mut marked = Vec::new();
    for n in 0..12 {
        let text = format!("name=Reader+{n}&text=The+harbour+of+number{n}+froze+over.");
        say(&paper, &path, &text);
        if n % 5 == 0 {
            let text = format!("name=Zyxname{n}&text=Only+zyxwv{n}quark+says+so.");
            marked.push(say(&paper, &path, &text).1);
        }
        // A part of the index each.
        paper.finish_jobs();
    }
    // Of a word in the index the beginning may be that of the word before it.
    let marks = ["wv0quark", "wv5quark", "wv10quark", "yxname0", "yxname10"];
    assert!(marks.iter().all(|mark| holds(mark)), "they are there to be found");
    for receipt in &marked {
        assert_eq!(post(&paper, &format!("{receipt}/erase"), "", "sure=yes").status, 303);
    }
    paper.finish_jobs();
    assert!(marks[..3].iter().any(|mark| holds(mark)), "marked, and there still");
    let copy = paper.data.path().join("copy.sqlite");
    assert!(paper.wait(paper.app.store.snapshot(&copy)).unwrap());
    let copied = std::fs::read(&copy).unwrap();
    assert!(!marks.iter().any(|mark| copied.windows(mark.len()).any(|part| part == mark.as_bytes())));
    let a_day_later = dateline::clock::now().plus(2 * newsroom::clock::DAY);
    paper.wait(dateline::jobs::finish_until(&paper.app, a_day_later)).unwrap();
    for mark in marks {
        assert!(!holds(mark), "{mark}");
    }
    assert!(paper.ask("GET", "/search?q=number7", &[]).text().contains("froze over"), "the others are found");
    assert_eq!(paper.wait(paper.app.store.index_faults()).unwrap(), (0, 0));
    // Nothing to do: nothing is gone through.
    assert!(paper.wait(paper.app.store.sweep_index(true)).unwrap());
}

/// An export or a backup reads as of one moment, for minutes perhaps: nobody waits for its end.
#[test]
fn the_log_of_writes_is_emptied_once_nobody_reads_as_of_before() {
    let paper = Served::start(dateline::http::paper(), |_| {});
    let path = story(&paper);
    let holds = |mark: &str| {
        let files = ["paper.sqlite", "paper.sqlite-wal"].map(|name| paper.data.path().join(name));
        files
            .iter()
            .filter_map(|file| std::fs::read(file).ok())
            .any(|heap| heap.windows(mark.len()).any(|part| part == mark.as_bytes()))
    };
    let (_, receipt) = say(&paper, &path, "name=Ana&text=Only+zyxwvquark+says+so.");
    paper.finish_jobs();
    let store = &paper.app.store;
    let export = paper.wait(store.as_of_now()).unwrap();
    assert_eq!(post(&paper, &format!("{receipt}/erase"), "", "sure=yes").status, 303);
    paper.finish_jobs();
    let began = std::time::Instant::now();
    assert!(!paper.wait(store.empty_write_log()).unwrap(), "somebody reads");
    assert!(began.elapsed() < std::time::Duration::from_secs(3), "{:?}", began.elapsed());

    let now = dateline::clock::now();
    paper.wait(store.leave_job(&Task::SweepIndex { begun: false }, now)).unwrap();
    paper.finish_jobs();
    assert!(holds("zyxwvquark"));
    let claimed = |minutes: i64| {
        let until = now.plus(minutes * newsroom::clock::MINUTE);
        let mut jobs = paper.wait(store.claim_jobs(until, 9)).unwrap();
        jobs.retain(|job| matches!(job.task, Some(Task::SweepIndex { .. })));
        jobs
    };
    assert_eq!(claimed(4), [], "not at once");
    let put_off = claimed(7);
    assert_eq!(put_off.len(), 1, "{put_off:?}");
    assert_eq!((&put_off[0].task, put_off[0].attempts), (&Some(Task::SweepIndex { begun: true }), 0));
    drop(export);
    let later = now.plus(20 * newsroom::clock::MINUTE);
    paper.wait(dateline::jobs::finish_until(&paper.app, later)).unwrap();
    assert!(!holds("zyxwvquark"));
    assert_eq!(claimed(60), [], "done");
}
