//! The IPTC's own test files and the example stories, where the folder beside the project is there.

use newsroom::{Zone, item::Item};
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

/// What must be refused of `should_fail`, and by which field. The other files there have a member too many
/// or a fault in one that is not used here: they are read, since agencies add members of their own.
const REFUSED: [(&str, &str); 17] = [
    ("1.4/should_fail/001_bad_contentcreated.json", "contentcreated"),
    ("1.4/should_fail/002_bad_contentcreated.json", "contentcreated"),
    ("1.4/should_fail/003_bad_expires.json", "expires"),
    ("1.4/should_fail/004_bad_expires.json", "expires"),
    ("1.4/should_fail/006_bad_rightsinfo.json", "rightsinfo"),
    ("1.6/should_fail/001_bad_digital_source.json", "digitalsourcetype"),
    ("2.1/should_fail/002_good_association_but_no_name.json", "associations[0].name"),
    ("2.1/should_fail/003_good_association_but_no_uri.json", "associations[0].uri"),
    ("2.1/should_fail/004_bad_rights.json", "rightsinfo"),
    ("2.2/should_fail/001_bad_digital_source.json", "digitalsourcetype"),
    ("3.0/should_fail/002_bad_association.json", "associations[0].name"),
    ("3.0/should_fail/003_event_with_conflicting_start.json", "type"),
    ("3.0/should_fail/004_event_with_renditions.json", "type"),
    ("3.0/should_fail/004_invalid_truncated_date.json", "type"),
    ("3.0/should_fail/005_planned_coverage_bad_urgency.json", "type"),
    ("3.0/should_fail/006_bad_urgency.json", "urgency"),
    ("3.1/should_fail/001_bad_digital_source.json", "digitalSourceType"),
];

#[test]
fn every_file_is_read_or_refused_by_the_name_of_a_field() {
    let Some(suite) = shared("corpora/ninjs/suite") else { return };
    let zone = Zone::default();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for version in ["1.4", "1.5", "1.6", "2.1", "2.2", "3.0", "3.1"] {
        for kind in ["", "should_pass", "should_fail"] {
            for path in files(&suite.join(version).join(kind)) {
                let bytes = fs::read(&path).expect("readable");
                let name = path.strip_prefix(&suite).expect("inside").to_string_lossy().into_owned();
                let value: serde_json::Value = serde_json::from_slice(&bytes).expect("the suite is JSON");
                let plan = matches!(value["type"].as_str(), Some("event" | "planning"));
                let wrong = REFUSED.iter().find(|(file, _)| *file == name).map(|(_, field)| *field);
                let count = counts.entry(version.to_owned()).or_default();
                match (read(&bytes, Some(Format::Ninjs), &zone), wrong.or(plan.then_some("type"))) {
                    (Ok(items), None) => {
                        assert_eq!(items.len(), 1, "{name}");
                        assert_eq!(Some(items[0].source.uri.as_str()), value["uri"].as_str(), "{name}");
                        let title = value["headlines"][0]["value"].as_str().or(value["headline"].as_str());
                        if let Some(title) = title {
                            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                            assert_eq!(items[0].copy.headline, title, "{name}");
                        }
                        count[0] += 1;
                    }
                    (Err(why), Some(field)) => {
                        assert_eq!(why.where_, field, "{name}: {why}");
                        assert!(why.what.len() > 5, "{name}: {why}");
                        println!("ninjs {name}: refused, {why}");
                        count[1] += 1;
                    }
                    (Ok(_), Some(field)) => panic!("{name} was read, though its {field} is wrong"),
                    (Err(why), None) => panic!("{name} was refused: {why}"),
                }
            }
        }
    }
    for (version, [read, refused]) in &counts {
        println!("ninjs {version}: {read} read, {refused} refused");
    }
    assert!(counts.len() == 7 && counts.values().all(|[read, _]| *read > 0), "{counts:?}");
    let refused: usize = counts.values().map(|[_, refused]| refused).sum();
    assert_eq!(refused, 17 + 16, "those above, and the sixteen plans and events of 3.0");
}

#[test]
fn the_standards_examples_are_stories() {
    let Some(folder) = shared("corpora/ninjs") else { return };
    let zone = Zone::default();
    for name in ["ninjsExSimpleText_2.json", "ninjsExSimpleText_3.json"] {
        let bytes = fs::read(folder.join(name)).expect("readable");
        let items = read(&bytes, None, &zone).unwrap_or_else(|why| panic!("{name}: {why}"));
        let copy = &items[0].copy;
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(Some(copy.headline.as_str()), value["headlines"][0]["value"].as_str(), "{name}");
        assert_eq!(copy.dateline.render(), "GROSSETO, Italy (AP) --", "{name}");
        assert!(copy.body.starts_with("The trial of the captain"), "{name}: {}", copy.body);
        let source = value["bodies"][0]["value"].as_str().expect("a body");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&copy.body), words(source)[4..], "{name}: all but the dateline");
        assert_eq!(copy.body.split("\n\n").count(), 4, "{name}: {}", copy.body);
        assert!(!copy.body.contains("<p>") && !copy.body.contains("GROSSETO"), "{name}: {}", copy.body);
    }
}

/// The page as it was saved, put together from the item's fields: the lines that are not empty.
fn saved_again(item: &Item, zone: &Zone) -> Vec<String> {
    let plain = |text: &str| text.replace('\\', "");
    let mut lines = vec![
        item.copy.headline.clone(),
        zone.format(item.published_at.expect("a time"), "%H:%M, %B %-d, %Y"),
    ];
    lines.extend(item.photos.iter().map(|p| format!("{} ({})", p.caption, p.credit)));
    let body = format!("{} {}", item.copy.dateline.render(), plain(&item.copy.body));
    lines.extend(body.split("\n\n").map(str::to_owned));
    lines.push(match item.comments_said.expect("a number") {
        1 => "Leave your comment1 comment".into(),
        n => format!("Leave your comment{n} comments"),
    });
    lines.push("  1. Name".into());
    for comment in &item.comments {
        let network = comment.network.map(|n| n.to_string()).unwrap_or_default();
        lines.push(format!("{} at {}{network}", comment.name, zone.day(comment.at)));
        lines.extend(plain(&comment.text).lines().map(str::to_owned));
    }
    lines
}

#[test]
fn saved_pages_give_every_field_of_the_source() {
    let Some(folder) = shared("samples/saved-pages") else { return };
    let pages = [("glacier-survey.txt", 1, 0), ("harbour-bridge.txt", 1, 4), ("night-trains.txt", 0, 3)];
    for zone in ["UTC", "Europe/Moscow", "America/St_Johns"] {
        let zone = Zone::named(zone).expect("a zone");
        for (name, photos, comments) in pages {
            let source = fs::read_to_string(folder.join(name)).expect("text");
            let items = read(source.as_bytes(), None, &zone).unwrap_or_else(|why| panic!("{name}: {why}"));
            let [item] = &items[..] else { panic!("{name}: one page is one item") };
            let lines: Vec<&str> = source.lines().filter(|l| !l.trim().is_empty()).collect();
            assert_eq!(saved_again(item, &zone), lines, "{name}");
            assert_eq!((item.photos.len(), item.comments.len()), (photos, comments), "{name}");
            assert!(item.archive && item.notes.is_empty() && item.copy.dateline.day.is_some(), "{name}");
            assert!(item.comments.windows(2).all(|w| w[0].at > w[1].at), "{name}: newest first");
            let again = read(source.as_bytes(), None, &zone).expect("read before");
            assert_eq!(again, items, "{name}: the second time it is the same");
        }
    }
    println!("saved pages: {} compared line by line", pages.len());
}
