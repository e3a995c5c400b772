//! An export comes back as the paper that it was of, on either database, and a bad one leaves nothing behind.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use newsroom::discussion::{LAST, Reason, Ruling};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use store::{comment::NewAppeal, sanction::Against};
use support::{Database, Served};

on_both!(
    crate::paper: what_goes_out_comes_back_on_either_database, with_its_keys_it_is_the_same_paper,
    one_from_before_comes_in_as_a_paper_of_today,
);

/// Exit code, standard output, standard error.
fn run(arguments: &[&str], data: &Path, rest: &[&Path]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    let out = command.args(arguments).arg("--data").arg(data).args(rest).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

fn done(arguments: &[&str], data: &Path, rest: &[&Path]) -> String {
    let (code, out, why) = run(arguments, data, rest);
    assert_eq!(code, Some(0), "{arguments:?}: {out}{why}");
    out
}

fn refused(arguments: &[&str], data: &Path, rest: &[&Path]) -> String {
    let (code, out, why) = run(arguments, data, rest);
    assert_eq!(code, Some(1), "{arguments:?}: {out}{why}");
    out + &why
}

/// Commands find the database as an operator tells them: by dateline.toml.
fn told(home: &Database) -> PathBuf {
    let data = home.dir.path().to_owned();
    let database = match &home.place {
        store::Place::Postgres(url) => format!("database = '{url}'\n"),
        store::Place::Sqlite(_) => String::new(),
    };
    fs::write(data.join("dateline.toml"), format!("{database}[paper]\nname = 'The Marn Post'\n")).unwrap();
    data
}

/// Stories by wire with a photo, one killed; comments by form, answered, reported, cut, removed, appealed;
/// sanctions, notes, staff, another site.
fn paper(home: Database) -> Served {
    let data = told(&home);
    let paper = Served::on(home, dateline::http::paper(), |_| {});
    let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/pictures/bridge-fog.jpg");
    let wire = tempfile::tempdir().unwrap();
    fs::copy(photo, wire.path().join("bridge-fog.jpg")).unwrap();
    for (uri, status) in [("urn:x:1", "usable"), ("urn:x:2", "usable")] {
        let item = format!(
            r#"{{"uri": "{uri}", "type": "text", "version": "1", "versioncreated": "2026-01-01T08:00:00Z",
            "pubstatus": "{status}", "headline": "A bridge opens: {uri}", "byline": "By Mira Oduya", "ednote": "FOR EDITORS",
            "body_text": "LINDEN, Jan. 1 (Eastwire) -- It is long.\n\nIt is \u201chigh\u201d.",
            "associations": {{"lead": {{"uri": "urn:x:p", "type": "picture", "description_text": "Fog. (Eastwire/Mira Oduya)",
            "renditions": {{"large": {{"href": "bridge-fog.jpg"}}}}}}}}}}"#
        );
        fs::write(wire.path().join(format!("{}.json", &uri[6..])), item).unwrap();
    }
    done(&["import", "--publish"], &data, &[wire.path()]);
    done(&["site", "add", "Blog", "--origin", "https://blog.example"], &data, &[]);
    let feed = paper.ask("GET", "/feed.xml", &[]).text();
    let item = feed.split("<item>").nth(1).unwrap();
    let link = item.split("<link>").nth(1).unwrap().split("</link>").next().unwrap();
    let path = &link[link.find("/20").unwrap()..];
    let post = |path: &str, body: &str| -> Value {
        let mut line = paper.line();
        line.send(format!(
            "POST {path} HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ));
        let reply = line.reply(false);
        assert!(reply.status < 300, "{path}: {} {}", reply.status, reply.text());
        serde_json::from_slice(&reply.body).unwrap_or_default()
    };
    let say = |text: &str, parent: Option<i64>| {
        let parent = parent.map(|id| format!("&parent={id}")).unwrap_or_default();
        let said = post(&format!("{path}/comments"), &format!("name=Ana+%C4%B0&text={text}{parent}"));
        said["id"].as_i64().unwrap()
    };
    let first = say("The+ferry+was+late+again%0A%0A%22twice%22+%F0%9F%9A%A2.", None);
    let second = say("It+was+not%2C+you+were+early.", Some(first));
    let third = say("Somebody+should+mend+the+clock.", None);
    post(
        &format!("{path}/comments/{second}/report"),
        "reason=insult&text=Look&name=Ilse&email=ilse%40mail.example",
    );
    post(&format!("{path}/comments/{first}/value"), "");
    let (store, now) = (&paper.app.store, dateline::clock::now());
    paper.wait(async {
        store.rule(second, Ruling::Remove, Some(Reason::INSULT), "No.", "ilse", now).await.unwrap();
        store.rule(third, Ruling::Hold, None, "", "ilse", now).await.unwrap();
        let mut insult = store.reasons().await.unwrap().find(Reason::INSULT).unwrap().clone();
        insult.source = "Netiquette 4".into();
        insult.wordings = vec![(
            newsroom::Language::German,
            newsroom::discussion::reason::Wording { sentence: "So nicht.".into(), choice: String::new() },
        )];
        store.change_reason(&insult, "ilse", now).await.unwrap();
        store.doubt(third, "Sure?", "ilse", now).await.unwrap();
        store.feature(first, true, "ilse", now).await.unwrap();
        store.pin(first, true, "ilse", now).await.unwrap();
        store.close_thread(first, true, "ilse", now).await.unwrap();
        store.note_writer("Ana", "127.0.0.*", "Writes well.", "ilse", now).await.unwrap();
        store.keep_filter("ilse", "Links", "has=link").await.unwrap();
        let until = now.plus(60_000_000);
        store
            .add_sanction(
                Against::Network(newsroom::discussion::Network::parse("198.51.100.*").unwrap()),
                true,
                until,
                "",
                "ilse",
                now,
            )
            .await
            .unwrap();
        let id = store
            .add_person("Ilse", newsroom::staff::Role::Admin, "$argon2id$marked", "test", now)
            .await
            .unwrap();
        let ilse = store.person(id).await.unwrap().unwrap();
        let session = store.add_session(&ilse, "d1", "Firefox", dateline::staff::SPAN, now).await.unwrap();
        let passkey = store::passkey::NewPasskey {
            credential: vec![0, 1, 255],
            handle: vec![0; 64],
            key: b"key\n".to_vec(),
            counted: store::passkey::Counted { uses: u32::MAX, backup: "kept".into() },
            name: "marked passkey".into(),
        };
        store.add_passkey(&ilse, passkey, session, now).await.unwrap();
        let mette = store::reader::NewReader {
            name: "Mette",
            look: "rnette",
            session: store::reader::NewSession { digest: "d2", browser: "Firefox" },
        };
        let hers = store::passkey::NewPasskey {
            credential: vec![7; 32],
            handle: vec![7; 64],
            key: b"hers\n".to_vec(),
            counted: store::passkey::Counted { uses: 3, backup: "none".into() },
            name: "a reader's passkey".into(),
        };
        store.add_reader_by_passkey(&mette, &hers, "marked-way", now).await.unwrap();
        store.add_token("wire", newsroom::staff::Scope::Wire, "marked-digest", "test", now).await.unwrap();
    });
    paper.finish_jobs();
    done(&["check"], &data, &[]);
    paper
}

/// Every file of a folder, by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let name = entry.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&entry).unwrap());
            }
        }
    }
    found
}

/// The same but for the moment, and for the line that the import left in the log, with its seal.
fn same(first: &Path, second: &Path) {
    let (mut before, mut after) = (files(first), files(second));
    for name in ["tables/log.jsonl", "tables/log_seal.jsonl"] {
        let mut lines: Vec<_> = after[name].split_inclusive(|b| *b == b'\n').collect();
        let last = String::from_utf8(lines.pop().unwrap().to_vec()).unwrap();
        assert!(!name.ends_with("log.jsonl") || last.contains("\"act\":\"brought back\""), "{last}");
        let rest = lines.concat();
        after.insert(name.into(), rest);
    }
    let said = |bytes: Vec<u8>| {
        let mut said: Value = serde_json::from_slice(&bytes).unwrap();
        for one_more in ["log", "log_seal"] {
            said["tables"][one_more] = Value::Null;
        }
        said["exported_at"] = Value::Null;
        said["export"] = Value::Null;
        let next = said["next_id"].take().as_i64().unwrap();
        (said, next)
    };
    let (before_said, next) = said(before.remove("paper.json").unwrap());
    let (after_said, goes_on_at) = said(after.remove("paper.json").unwrap());
    // Where receipts still open, no number is given out that the old paper may have given out since.
    match before_said["keys"].as_bool().unwrap() {
        true => assert!(goes_on_at >= next + 1_000_000, "{next} {goes_on_at}"),
        false => assert_eq!(goes_on_at, next),
    }
    assert_eq!(before_said, after_said);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, bytes) in before {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(text(&bytes), text(&after[&name]), "{name}");
    }
}

fn what_goes_out_comes_back_on_either_database(paper: &Served) {
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("out");
    done(&["export"], paper.data.path(), &[&out]);
    let text: String =
        files(&out.join("tables")).values().map(|b| String::from_utf8_lossy(b).into_owned()).collect();
    assert!(files(&out).keys().all(|name| !name.contains("passkey")), "nor a passkey");
    for mark in ["$argon2id$marked", "marked-digest", "marked-way", "127.0.0.1"] {
        assert!(!text.contains(mark), "{mark} went out without being asked for");
    }
    assert!(text.contains("ilse@mail.example") && text.contains("FOR EDITORS") && text.contains("127.0.0.*"));
    for home in [support::sqlite(), support::postgres()].into_iter().flatten() {
        let data = told(&home);
        let looked: Value =
            serde_json::from_str(&done(&["import", "--dry-run", "--json"], &data, &[&out])).unwrap();
        assert_eq!(
            (&looked["stories"], &looked["comments"], &looked["photos"]),
            (&2.into(), &3.into(), &1.into())
        );
        let took = done(&["import"], &data, &[&out]);
        assert!(
            took.contains("2 stories new or changed, 3 comments, 1 photo; 0 unchanged, 0 refused"),
            "{took}"
        );
        assert!(took.contains("dateline staff add NAME") && !took.contains("paper.name"), "{took}");
        assert!(done(&["check"], &data, &[]).contains("2 stories, 3 comments, 1 photo: whole"));
        let again = work.path().join("again");
        done(&["export"], &data, &[&again]);
        same(&out, &again);
        fs::remove_dir_all(&again).unwrap();
        let why = refused(&["import"], &data, &[&out]);
        assert!(why.contains("this paper is not empty"), "{why}");
    }
}

fn with_its_keys_it_is_the_same_paper(paper: &Served) {
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("out");
    done(&["export", "--with-keys"], paper.data.path(), &[&out]);
    for home in [support::sqlite(), support::postgres()].into_iter().flatten() {
        let data = told(&home);
        let took = done(&["import"], &data, &[&out]);
        assert!(!took.contains("staff add"), "{took}");
        let again = Served::on(home, dateline::http::paper(), |_| {});
        let person = again.wait(again.app.store.find_person("Ilse")).unwrap().unwrap();
        assert_eq!(person.role, newsroom::staff::Role::Admin);
        let passkeys = |paper: &Served| paper.wait(paper.app.store.passkeys_of(person.id)).unwrap();
        assert_eq!(passkeys(&again).len(), 1);
        assert_eq!(passkeys(paper), passkeys(&again));
        let readers = |paper: &Served| paper.wait(paper.app.store.find_reader_passkey(&[7; 32])).unwrap();
        assert_eq!(
            readers(&again).map(|(kept, reader)| (kept.name, reader.name)),
            Some(("a reader's passkey".into(), "Mette".into()))
        );
        assert_eq!(readers(paper), readers(&again));
        let key = |paper: &Served| paper.wait(paper.app.store.secret("receipts", [0; 32])).unwrap();
        assert_eq!(key(paper), key(&again), "receipts given out before open here, too");
        let comments = again.wait(again.app.store.all_comments(0, 9)).unwrap();
        assert_eq!(comments, paper.wait(paper.app.store.all_comments(0, 9)).unwrap());
        let feed = again.ask("GET", "/feed.xml", &[]).text();
        let link = feed.split("<link>").nth(2).unwrap();
        let page = again.ask("GET", &link[link.find("/20").unwrap()..link.find("</").unwrap()], &[]);
        assert!(page.text().contains("The ferry was late again") && !page.text().contains("you were early"));
        let second = work.path().join("again");
        done(&["export", "--with-keys"], &data, &[&second]);
        same(&out, &second);
        fs::remove_dir_all(&second).unwrap();
    }
}

/// The lines of an export's table.
fn lines(out: &Path, table: &str) -> Vec<Value> {
    let text = fs::read_to_string(out.join(format!("tables/{table}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Columns that version 16 of the schema had not.
const SINCE_16: [(&str, &[&str]); 7] = [
    ("comment", &["closed"]),
    ("doubt", &["decided_at", "ruling_id"]),
    ("report", &["network", "ruling_id"]),
    ("appeal", &["ruling_id"]),
    ("site", &["language", "hold_at", "closes_after_days", "first_held"]),
    ("reader_name", &["name", "free_at", "kept_under"]),
    ("reader", &["ending"]),
];

fn one_from_before_comes_in_as_a_paper_of_today(paper: &Served) {
    let (store, now) = (&paper.app.store, dateline::clock::now());
    paper.wait(async {
        let comments = store.all_comments(0, 9).await.unwrap();
        let (first, second) = (comments[0].id, comments[1].id);
        let seen = store.rulings_of(second).await.unwrap()[0].id;
        let text = "I was not.";
        let appeal = NewAppeal { comment: second, at: now, due: now, text, first: "ilse", seen };
        store.add_appeal(&appeal).await.unwrap();
        store.rule(second, Ruling::Show, None, "", "bo", now).await.unwrap();
        store.rule(first, Ruling::Warn, Some(Reason::INSULT), "", "ilse", now).await.unwrap();
        store.undo_ruling(first, "ilse", None, now).await.unwrap();
    });
    paper.finish_jobs();
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("out");
    done(&["export"], paper.data.path(), &[&out]);
    let mut was: BTreeMap<&str, Vec<Value>> =
        ["ruling"].into_iter().chain(SINCE_16.map(|(table, _)| table)).map(|t| (t, lines(&out, t))).collect();
    for (table, columns) in SINCE_16 {
        for line in was.get_mut(table).unwrap() {
            columns.iter().for_each(|c| assert!(line.as_object_mut().unwrap().remove(*c).is_some(), "{c}"));
        }
        assert!(!was[table].is_empty(), "{table} says nothing");
    }
    let undone = was.get_mut("ruling").unwrap().last_mut().unwrap();
    assert_eq!(undone["ruling"].take(), "undo-warn");
    undone["ruling"] = "undo".into();
    // An account that was ended with its comments, of which one was still to go.
    let ended = was["reader"][0]["id"].as_i64().unwrap() + 1;
    was.get_mut("reader").unwrap().push(serde_json::json!({
        "id": ended, "name": "", "created_at": 5, "ended_at": 7,
    }));
    was.get_mut("comment").unwrap()[2]["reader_id"] = ended.into();
    for (table, lines) in &was {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(out.join(format!("tables/{table}.jsonl")), text).unwrap();
    }
    let mut said: Value = serde_json::from_slice(&fs::read(out.join("paper.json")).unwrap()).unwrap();
    said["schema"] = 16.into();
    said["tables"]["reader"] = was["reader"].len().into();
    fs::write(out.join("paper.json"), said.to_string()).unwrap();
    for home in [support::sqlite(), support::postgres()].into_iter().flatten() {
        let data = told(&home);
        done(&["import"], &data, &[&out]);
        let again = work.path().join("again");
        done(&["export"], &data, &[&again]);
        let of = |table: &str, column: &str| -> Vec<Value> {
            lines(&again, table).iter().map(|line| line[column].clone()).collect()
        };
        assert_eq!(of("comment", "closed"), [0, 0, 0]);
        // By which ruling it was settled, the moment has said.
        let (rulings, words) = (of("ruling", "id"), of("ruling", "ruling"));
        let number = |word: &str| rulings[words.iter().position(|w| w == word).unwrap()].clone();
        assert_eq!(of("report", "ruling_id"), [number("remove")]);
        assert_eq!(of("appeal", "ruling_id"), [number("show")]);
        assert_eq!(of("report", "network"), [""]);
        assert_eq!(of("site", "language"), [Value::Null]);
        assert_eq!(of("reader_name", "name"), ["Mette"]);
        assert_eq!(of("reader_name", "free_at"), [Value::Null]);
        let words = of("ruling", "ruling");
        assert_eq!(words.last().unwrap(), "undo-warn", "{words:?}");
        assert!(!words.contains(&"undo".into()), "{words:?}");
        let texts = of("comment", "text");
        assert!(texts[0] != "" && texts[2] == "", "what was promised is done: {texts:?}");
        fs::remove_dir_all(&again).unwrap();
    }
}

#[test]
fn a_bad_export_leaves_nothing_behind() {
    let paper = paper(support::sqlite().unwrap());
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("out");
    done(&["export"], paper.data.path(), &[&out]);
    let whole = files(&out);
    let data = work.path().join("data");
    let comments = "tables/comment.jsonl";
    let text = |name: &str| String::from_utf8(whole[name].clone()).unwrap();
    let photo = whole.keys().find(|name| name.starts_with("media/")).unwrap().clone();
    let cut = &whole[comments][..whole[comments].len() - 9];
    for (name, bytes, words) in [
        (comments, cut.to_vec(), "comment.jsonl: refused: line 3: is no JSON object"),
        (
            comments,
            text(comments).replacen("\"at\":", "\"at\":\"x\",\"was\":", 1).into_bytes(),
            "line 1: has \"was\"",
        ),
        (
            comments,
            text(comments).replacen(&format!("\"rank\":{LAST}"), "\"rank\":1.5", 1).into_bytes(),
            "\"rank\" is no whole number",
        ),
        (
            comments,
            text(comments).lines().take(2).map(|l| format!("{l}\n")).collect::<String>().into(),
            "has 2 lines; paper.json says 3",
        ),
        (comments, vec![b'x'; 17 << 20], "line 1: is longer than 16 MiB"),
        (&photo[..], b"other".to_vec(), "has not the bytes that its name is the SHA-256 of"),
        ("media/../x", vec![], "has not the bytes"),
        (
            "paper.json",
            text("paper.json").replace("\"schema\": ", "\"schema\": 99").into(),
            "written by a newer dateline",
        ),
        (
            "paper.json",
            text("paper.json").replace("\"topic\"", "\"sqlite_master\"").into(),
            "names the table \"sqlite_master\"",
        ),
        (
            "paper.json",
            text("paper.json").replace("\"version\": 1", "\"version\": 2").into(),
            "version 2; this program reads",
        ),
    ] {
        let name = if name == "media/../x" { "media/x.jpg" } else { name };
        fs::write(out.join(name), bytes).unwrap();
        let why = refused(&["import"], &data, &[&out]);
        assert!(why.contains(words), "{name}: {why}");
        assert!(!data.join("paper.sqlite").exists(), "nothing is made: {name}");
        match whole.get(name) {
            Some(bytes) => fs::write(out.join(name), bytes).unwrap(),
            None => fs::remove_file(out.join(name)).unwrap(),
        }
    }
    fs::remove_file(out.join("tables/story.jsonl")).unwrap();
    assert!(refused(&["import"], &data, &[&out]).contains("story.jsonl: refused: file: is not there"));
    fs::write(out.join("tables/story.jsonl"), &whole["tables/story.jsonl"]).unwrap();
    for option in ["--publish", "--map=a=b", "--site=Blog"] {
        assert!(refused(&["import", option], &data, &[&out]).contains("has no use here"));
    }
    // Rows that clash are told, not swallowed.
    let twice = text(comments).replacen(&format!("{{\"id\":{}", 0), "", 1);
    let line = twice.lines().next().unwrap();
    fs::write(out.join(comments), format!("{line}\n{line}\n{}\n", twice.lines().nth(2).unwrap())).unwrap();
    let why = refused(&["import"], &data, &[&out]);
    assert!(
        why.contains("has 3 rows, of which 2 are in the paper") && why.contains("the paper is not whole"),
        "{why}"
    );
}

#[test]
fn one_that_was_broken_off_goes_on() {
    let paper = paper(support::sqlite().unwrap());
    let work = tempfile::tempdir().unwrap();
    let (out, other) = (work.path().join("out"), work.path().join("other"));
    done(&["export"], paper.data.path(), &[&out]);
    done(&["export"], paper.data.path(), &[&other]);
    let said: Value = serde_json::from_slice(&fs::read(out.join("paper.json")).unwrap()).unwrap();
    let mark = format!("{} ({})", said["exported_at"].as_str().unwrap(), said["export"].as_str().unwrap());
    let half = Served::start(dateline::http::paper(), |_| {});
    let section = store::tables::all().iter().find(|t| t.name == "section").unwrap();
    let rows = paper.wait(paper.app.store.rows(section, None, 9, false)).unwrap();
    half.wait(async {
        half.app.store.begin_bringing_back(&mark, said["next_id"].as_i64().unwrap()).await.unwrap();
        half.app.store.bring_back(section, rows).await.unwrap();
    });
    let told = refused(&["check"], half.data.path(), &[]);
    assert!(told.contains("was not brought in to its end: run that import again"), "{told}");
    let told = refused(&["import"], half.data.path(), &[&other]);
    assert!(told.contains("was not brought in to its end here"), "{told}");
    done(&["import"], half.data.path(), &[&out]);
    done(&["check"], half.data.path(), &[]);
    let again = work.path().join("again");
    fs::write(half.data.path().join("dateline.toml"), "[paper]\nname = 'The Marn Post'\n").unwrap();
    done(&["export"], half.data.path(), &[&again]);
    same(&out, &again);
}
