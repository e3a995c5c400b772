//! `dateline import` as its users run it: what it takes, what it refuses, and that twice is once.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use support::Database;

on_both!(crate::told: every_field_of_the_saved_pages_and_once_only, a_folder_with_faults_gives_what_is_sound, newer_versions_and_a_kill_by_wire, a_page_saved_again_brings_only_its_new_comments);

/// Where the test's papers find their database, beside the folders that are to be made.
const TOLD: &str = "database.url";

fn told(home: Database) -> Database {
    if let store::Place::Postgres(url) = &home.place {
        fs::write(home.dir.path().join(TOLD), url).unwrap();
    }
    home
}

/// Exit code, standard output, standard error.
fn run(arguments: &[&str], data: &Path, rest: &[&Path]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    if let Ok(url) = fs::read_to_string(data.parent().unwrap().join(TOLD)) {
        command.env("DATELINE_DATABASE", url);
    }
    let out = command.args(arguments).arg("--data").arg(data).args(rest).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

fn import(data: &Path, flags: &[&str], path: &Path) -> (Option<i32>, Value) {
    let (code, out, why) = run(&[&["import", "--json"], flags].concat(), data, &[path]);
    (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out} {why}")))
}

fn all_whole(data: &Path) {
    let (code, out, why) = run(&["check"], data, &[]);
    assert_eq!(code, Some(0), "{out}{why}");
}

/// All stories and comments, by the export; stories in the order of their headlines.
fn exported(data: &Path) -> (Vec<Value>, Vec<Vec<Value>>) {
    let to = tempfile::tempdir().unwrap();
    let (code, _, why) = run(&["export"], data, &[to.path()]);
    assert_eq!(code, Some(0), "{why}");
    let mut stories: Vec<Value> = fs::read_dir(to.path().join("stories"))
        .unwrap()
        .map(|f| serde_json::from_slice(&fs::read(f.unwrap().path()).unwrap()).unwrap())
        .collect();
    stories.sort_by_key(|s| s["headline"].as_str().unwrap().to_owned());
    let comments = stories.iter().map(|s| {
        let lines =
            fs::read_to_string(to.path().join(format!("comments/{}.jsonl", s["id"]))).unwrap_or_default();
        lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    });
    let comments = comments.collect();
    (stories, comments)
}

fn photo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/pictures/bridge-fog.jpg")
}

fn ninjs(version: u32, status: &str, headline: &str) -> String {
    json!({
        "uri": "urn:eastwire:9", "type": "text", "version": version.to_string(),
        "versioncreated": format!("2026-01-0{version}T08:00:00Z"), "pubstatus": status, "headline": headline,
        "ednote": "HOLD THE LAST LINE", "body_text": "LINDEN (Eastwire) -- The bridge opened.\n\nIt is long.",
        "associations": {"lead": {"uri": "urn:eastwire:p1", "type": "picture",
            "description_text": "The bridge in fog. (Eastwire/Mira Oduya)",
            "renditions": {"large": {"href": "https://wire.example/bridge.jpg"}}}}
    })
    .to_string()
}

const PAGE: &str = "Old mill turns again\n\n\n10:30, May 4, 2014\n\nThe mill in Marn. (Northwire/Per Lund)\n\n\
    MARN, May 3 (Northwire) -- The mill turned Saturday.\n\nLeave your comment2 comments\n\n  1. Name\n\n\
    Nils at 2014-05-05203.0.113.*\nAt last.\nLena at 2014-05-04198.51.100.*\nIt is loud.\n";

fn every_field_of_the_saved_pages_and_once_only(home: &Database) {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/saved-pages");
    if !pages.is_dir() {
        println!("skipped: no ../shared");
        return;
    }
    let data = home.dir.path().join("new");
    let none = json!([]);
    let want =
        json!({"stories": 3, "comments": 7, "photos": 0, "unchanged": 0, "refused": none, "notes": none});
    assert_eq!(import(&data, &[], &pages), (Some(0), want));
    let want =
        json!({"stories": 0, "comments": 0, "photos": 0, "unchanged": 3, "refused": none, "notes": none});
    assert_eq!(import(&data, &[], &pages), (Some(0), want));
    all_whole(&data);
    let (stories, comments) = exported(&data);
    let faces: Vec<Value> = stories
        .iter()
        .zip(&comments)
        .map(|(s, c)| {
            json!([
                s["headline"],
                s["published_at"],
                s["path"],
                s["dateline"]["raw"],
                s["agency"],
                s["photos"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|p| json!([p["agency"], p["photographer"]]))
                    .collect::<Vec<_>>(),
                s["discussion"]["shown"],
                c.len()
            ])
        })
        .collect();
    assert_eq!(
        Value::from(faces),
        json!([
            [
                "Night trains to return after 14 years, railway says",
                "2014-01-31T06:05:00Z",
                "/2014/01/31/night-trains-to-return-after-14-years-railway-says",
                "LINDEN, Jan. 30 (Eastwire) --",
                "Eastwire",
                [],
                3,
                3
            ],
            [
                "Survey finds glacier lost a third of its length",
                "2012-11-02T17:40:00Z",
                "/2012/11/02/survey-finds-glacier-lost-a-third-of-its-length",
                "TARN, Nov. 1 (Northwire) --",
                "Northwire",
                [["Northwire", ""]],
                0,
                0
            ],
            [
                "Two ports agree on joint night ferry",
                "2013-03-06T09:12:00Z",
                "/2013/03/06/two-ports-agree-on-joint-night-ferry",
                "OSK, March 5 (Northwire) --",
                "Northwire",
                [["Northwire", "Tomas Riel"]],
                4,
                4
            ],
        ])
    );
    let ferry = &stories[2];
    assert_eq!(
        ferry["photos"][0]["caption"],
        "Mayor Ilse Brandt (L) of Norhaven shakes hands with Osk Harbour Master Per Lund at the ferry terminal in \
         Osk, March 5, 2013. The two ports signed an agreement on a joint night ferry here Tuesday."
    );
    let d = &ferry["dateline"];
    assert_eq!(
        json!([d["place"], d["date"], d["day"], d["agency"]]),
        json!(["OSK", "March 5", "2013-03-05", "Northwire"])
    );
    for (story, file) in stories.iter().zip(["night-trains.txt", "glacier-survey.txt", "harbour-bridge.txt"])
    {
        let source = fs::read_to_string(pages.join(file)).unwrap();
        let body = story["body"].as_str().unwrap();
        for paragraph in body.split("\n\n") {
            assert!(source.contains(paragraph), "{paragraph}");
        }
        assert!(!body.contains("wire)") && !body.contains("Leave your comment"), "{body}");
        assert_eq!(body.split("\n\n").count(), if file.starts_with("harbour") { 4 } else { 3 });
    }
    let said = |c: &Value| json!([c["name"], c["at"].as_str().unwrap()[..10], c["network"], c["text"]]);
    assert_eq!(
        Value::from(comments[0].iter().map(said).collect::<Vec<_>>()),
        json!([
            [
                "Reader 7",
                "2014-02-11",
                "192.0.2.*",
                "I was on the last one in 2000.\nIt left twenty minutes late, and nobody minded."
            ],
            ["Anna at home", "2014-02-01", "203.0.113.*", "Good news! & please bring back the dining car <3"],
            [
                "Günter Öz",
                "2014-01-31",
                "198.51.100.*",
                "29 crowns is the price for the chair, not for the bed. Read the tariff."
            ],
        ])
    );
    let names: Vec<&str> = comments[2].iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Mette", "old salt", "K. Aune", "cheap-cabins"]);
    assert!(comments[2][3]["text"].as_str().unwrap().ends_with("bulletin board, tell them I sent you"));
}

fn a_folder_with_faults_gives_what_is_sound(home: &Database) {
    let home = &home.dir;
    let (data, from) = (home.path().join("data"), home.path().join("from"));
    fs::create_dir_all(from.join("wire/folder.json")).unwrap();
    fs::create_dir_all(from.join(".hidden")).unwrap();
    fs::write(from.join(".hidden/page.txt"), PAGE).unwrap();
    fs::write(from.join("page.txt"), PAGE).unwrap();
    fs::write(from.join("half.txt"), &PAGE[..PAGE.find("Leave").unwrap()]).unwrap();
    fs::write(from.join("half.json"), &ninjs(1, "usable", "x")[..80]).unwrap();
    fs::write(from.join("binary.bin"), [0u8, 255, 254, 1]).unwrap();
    fs::write(from.join("large.json"), vec![b' '; wire::MOST_BYTES + 1]).unwrap();
    fs::write(from.join("wire/item.json"), ninjs(1, "usable", "A bridge opens")).unwrap();
    fs::copy(photo(), from.join("wire/bridge.jpg")).unwrap();
    fs::write(home.path().join("outside.txt"), PAGE.replace("Old mill", "Secret mill")).unwrap();
    std::os::unix::fs::symlink(home.path().join("outside.txt"), from.join("out.txt")).unwrap();

    let (code, dry) = import(&data, &["--dry-run"], &from);
    assert_eq!(code, Some(1));
    assert!(!data.exists(), "a dry run makes nothing");
    let (code, said) = import(&data, &[], &from);
    assert_eq!((code, &said), (Some(1), &dry), "a dry run says what happens");
    assert_eq!(
        (&said["stories"], &said["comments"], &said["photos"]),
        (&json!(2), &json!(2), &json!(1)),
        "{said}"
    );
    let refused = said["refused"].as_array().unwrap();
    let names: Vec<&str> =
        refused.iter().map(|r| r["path"].as_str().unwrap().rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["binary.bin", "half.json", "half.txt", "large.json"], "{said}");
    assert!(refused[2]["where"].as_str().unwrap().starts_with("line "), "{said}");
    assert!(refused[3]["why"].as_str().unwrap().contains("at most 8 MiB"), "{said}");
    assert!(said["notes"].to_string().contains("leads out of the folder"), "{said}");
    all_whole(&data);
    let (stories, comments) = exported(&data);
    let heads: Vec<_> =
        stories.iter().map(|s| (s["headline"].as_str().unwrap(), s["status"].as_str().unwrap())).collect();
    assert_eq!(heads, [("A bridge opens", "draft"), ("Old mill turns again", "published")]);
    assert_eq!(stories[0]["photos"][0]["photographer"], "Mira Oduya");
    assert_eq!(comments[1].len(), 2);

    let (code, out, why) =
        run(&["import"], &data, &[&from.join("wire/folder.json"), &home.path().join("no.txt")]);
    assert_eq!(code, Some(1));
    assert!(out.contains("no.txt: refused: file: is not there"), "{out}");
    assert!(why.starts_with("dateline: one was refused"), "{why}");
}

fn newer_versions_and_a_kill_by_wire(home: &Database) {
    let home = &home.dir;
    let (data, item) = (home.path().join("data"), home.path().join("item.json"));
    fs::copy(photo(), home.path().join("bridge.jpg")).unwrap();
    let mut steps = Vec::new();
    for (version, status, headline) in [
        (1, "usable", "A bridge opens"),
        (2, "usable", "A long bridge opens"),
        (1, "usable", "Old"),
        (3, "canceled", "A long bridge opens"),
    ] {
        fs::write(&item, ninjs(version, status, headline)).unwrap();
        let (code, said) = import(&data, &["--publish"], &item);
        assert_eq!(code, Some(0), "{said}");
        let (stories, _) = exported(&data);
        assert_eq!(stories.len(), 1);
        steps.push(json!([
            said["stories"],
            said["photos"],
            said["unchanged"],
            stories[0]["status"],
            stories[0]["headline"]
        ]));
    }
    assert_eq!(
        Value::from(steps),
        json!([
            [1, 1, 0, "published", "A bridge opens"],
            [1, 0, 0, "published", "A long bridge opens"],
            [0, 0, 1, "published", "A long bridge opens"],
            [1, 0, 0, "killed", "A long bridge opens"],
        ])
    );
    all_whole(&data);
}

fn a_page_saved_again_brings_only_its_new_comments(home: &Database) {
    let home = &home.dir;
    let (data, page) = (home.path().join("data"), home.path().join("page.txt"));
    fs::write(&page, PAGE).unwrap();
    assert_eq!(import(&data, &[], &page).1["comments"], 2);
    let more = PAGE
        .replace("comment2", "comment3")
        .replace("Nils at", "Vera at 2014-05-06192.0.2.*\nMe too.\nNils at");
    fs::write(&page, more).unwrap();
    let (_, said) = import(&data, &[], &page);
    assert_eq!((&said["stories"], &said["comments"]), (&json!(1), &json!(1)), "{said}");
    let (_, comments) = exported(&data);
    assert_eq!(comments[0].len(), 3);
    all_whole(&data);
}
