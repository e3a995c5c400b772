//! The IPTC's own test files and the example stories, where the folder beside the project is there.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use wire::{Format, read};

fn shared(part: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(part);
    if !folder.is_dir() {
        println!("skipped: no ../shared, so nothing of {part} is read");
        return None;
    }
    Some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .map(|dir| dir.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    all.retain(|path| path.extension().is_some_and(|e| e == "json"));
    all.sort();
    all
}

#[test]
fn every_file_is_read_or_refused_by_the_name_of_a_field() {
    let Some(suite) = shared("corpora/ninjs/suite") else { return };
    let zone = newsroom::Zone::default();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut passed_but_refused = Vec::new();
    for version in ["1.4", "1.5", "1.6", "2.1", "2.2", "3.0", "3.1"] {
        for kind in ["should_pass", "should_fail"] {
            for path in files(&suite.join(version).join(kind)) {
                let bytes = fs::read(&path).expect("readable");
                let count = counts.entry(format!("{version} {kind}")).or_default();
                match read(&bytes, Some(Format::Ninjs), &zone) {
                    Ok(items) => {
                        assert!(!items.is_empty(), "{path:?}");
                        assert!(items.iter().all(|i| !i.source.uri.is_empty()), "{path:?}");
                        count[0] += 1;
                    }
                    Err(why) => {
                        let words = why.to_string();
                        let (field, what) = words.split_once(": ").expect("where, and what");
                        assert!(!field.is_empty() && what.len() > 5, "{path:?}: {words}");
                        if kind == "should_pass" {
                            passed_but_refused.push(format!("{}: {words}", path.display()));
                        }
                        count[1] += 1;
                    }
                }
            }
        }
    }
    for (which, [read, refused]) in &counts {
        println!("ninjs {which}: {read} read, {refused} refused");
    }
    for refused in &passed_but_refused {
        println!("refused though it should pass: {refused}");
    }
    assert!(counts.len() >= 12 && counts.values().all(|[read, refused]| read + refused > 0), "{counts:?}");
}

#[test]
fn the_standards_examples_are_stories() {
    let Some(folder) = shared("corpora/ninjs") else { return };
    let zone = newsroom::Zone::default();
    for name in ["ninjsExSimpleText_2.json", "ninjsExSimpleText_3.json"] {
        let bytes = fs::read(folder.join(name)).expect("readable");
        let items = read(&bytes, None, &zone).unwrap_or_else(|why| panic!("{name}: {why}"));
        let copy = &items[0].copy;
        assert!(!copy.headline.is_empty() && !copy.body.is_empty(), "{name}: {copy:?}");
        assert!(!copy.body.contains("<p>"), "{name}: {}", copy.body);
    }
}

#[test]
fn saved_pages_give_every_field_of_the_source() {
    let Some(folder) = shared("samples/saved-pages") else { return };
    let zone = newsroom::Zone::default();
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let source = fs::read_to_string(&path).expect("text");
        let items = read(source.as_bytes(), None, &zone).unwrap_or_else(|why| panic!("{path:?}: {why}"));
        let item = &items[0];
        let headline = source.lines().find(|l| !l.trim().is_empty()).expect("a headline").trim();
        assert_eq!(item.copy.headline, headline, "{path:?}");
        let at = item.published_at.expect("a time");
        let printed = zone.format(at, "%H:%M, %B %-d, %Y");
        assert!(source.contains(&printed), "{path:?}: {printed} is not in it");
        if let Some(photo) = item.photos.first() {
            let line = source.lines().find(|l| l.contains(&photo.caption)).expect("the caption's line");
            assert!(line.trim().ends_with(&format!("({})", photo.credit)), "{path:?}: {line}");
        }
        let dateline = item.copy.dateline.render();
        assert!(!dateline.is_empty() && source.contains(dateline.as_str()), "{path:?}: {dateline}");
        assert_eq!(item.copy.dateline.raw.trim(), dateline, "{path:?}");
        let body = item.copy.body.replace('\\', "");
        for paragraph in body.split("\n\n") {
            assert!(source.contains(paragraph), "{path:?}: {paragraph}");
        }
        let said = item.comments_said.expect("a number");
        let words = if said == 1 { "1 comment".to_owned() } else { format!("{said} comments") };
        assert!(source.contains(&format!("Leave your comment{words}")), "{path:?}");
        for comment in &item.comments {
            let network = comment.network.map(|n| n.to_string()).unwrap_or_default();
            let head = format!("{} at {}{network}", comment.name, zone.day(comment.at));
            assert!(source.lines().any(|l| l == head), "{path:?}: {head}");
            for line in comment.text.lines().filter(|l| !l.is_empty()) {
                assert!(source.contains(line.replace('\\', "").as_str()), "{path:?}: {line}");
            }
        }
        println!("{}: {} comments of {said}", path.display(), item.comments.len());
        seen += 1;
    }
    assert_eq!(seen, 3);
}
