//! What hostile bytes do: they are read, or refused in words; they never break anything, nor take long.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use newsroom::{Zone, item::Item};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use wire::{Format, MOST_BYTES, Malformed, read};

const NINJS: &str = r#"{"uri": "urn:x:7", "type": "text", "version": "3", "versioncreated": "2013-03-05T18:04:00Z",
  "pubstatus": "usable", "urgency": 3, "language": "en", "headline": "Two ports", "slugline": "OSK", "byline": "By A B",
  "description_text": "The line.", "subject": [{"name": "Transport"}], "infosource": [{"name": "Northwire"}],
  "body_html": "<p>OSK, March 5 (Northwire) -- The <b>ferry</b> &amp; <a href='https://a.example'>it</a>.</p><ul><li>a</ul>",
  "associations": {"a": {"uri": "urn:x:8", "type": "picture", "description_text": "Fog. (N/T R)",
    "renditions": {"l": {"href": "q.jpg", "width": 1440}}}}}"#;

const LATER: &str = r#"{"uri": "urn:x:7", "standard": {"version": "3.1"}, "headlines": [{"role": "main", "value": "Two"}],
  "bodies": [{"contentType": "text/plain", "value": "OSK (N W) -- a\n\nb"}], "descriptions": [{"value": "c"}],
  "associations": [{"name": "a", "uri": "urn:x:8", "type": "picture", "renditions": [{"name": "l", "href": "q.jpg"}]}]}"#;

const PAGE: &str = "Two ports\n\n09:12, March 6, 2013\n\nFog. (N/T R)\n\nOSK, March 5 (N) -- The ferry.\n\n\
    Leave your comment2 comments\n\n  1. Name\n\nA at B at 2013-03-08203.0.113.*\nOne.\nC at 2013-03-07198.51.100.*\nTwo\n";

fn any_of(bytes: &[u8], format: Option<Format>) -> Result<Vec<Item>, Malformed> {
    let result = read(bytes, format, &Zone::default());
    match &result {
        Ok(items) => {
            assert!(!items.is_empty());
            items.iter().for_each(sound);
        }
        Err(why) => {
            assert!(!why.where_.is_empty() && !why.what.is_empty(), "{why}");
            assert!(why.to_string().chars().count() < 5_000 && !why.to_string().contains('\n'), "{why}");
        }
    }
    result
}

/// What is so of every item, whatever it was made of.
fn sound(item: &Item) {
    assert!(!item.source.uri.is_empty() && item.source.digest.len() == 64);
    assert!(item.urgency <= 9);
    let copy = &item.copy;
    for line in [&copy.headline, &copy.kicker, &copy.standfirst, &copy.byline, &copy.agency, &copy.section] {
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(line.chars().count() <= 3_000);
    }
    assert!(!copy.body.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{:?}", copy.body);
    assert_eq!(item.archive, item.published_at.is_some());
    assert!(item.photos.len() <= 50 && copy.topics.len() <= newsroom::section::MOST_TOPICS);
    for comment in &item.comments {
        assert!(!comment.text.is_empty() && !comment.name.contains('\n'));
    }
}

/// Far from what it takes, and as far from what work that grows with the square of the bytes would take.
fn soon(what: &str, bytes: &[u8], format: Option<Format>) -> Result<Vec<Item>, Malformed> {
    let began = Instant::now();
    let result = any_of(bytes, format);
    assert!(began.elapsed() < Duration::from_secs(30), "{what} took {:?}", began.elapsed());
    result
}

fn words(result: Result<Vec<Item>, Malformed>) -> String {
    result.expect_err("refused").to_string()
}

#[test]
fn too_large_too_many_too_deep() {
    let too_large = vec![b' '; MOST_BYTES + 1];
    assert_eq!(words(any_of(&too_large, None)), "file: is 8388609 bytes long; at most 8 MiB are read");
    assert_eq!(words(any_of(b"", None)), "file: is empty");
    assert_eq!(words(any_of(b" \r\n\t", Some(Format::Ninjs))), "file: is empty");
    assert!(words(any_of(b"GIF89a", None)).starts_with("file: is of no format that is read here"));

    let values = format!("[{}0]", "0,".repeat(600_000));
    assert_eq!(words(soon("values", values.as_bytes(), None)), "file: has more than 500000 values");
    let items = Value::from(vec![json!({"uri": "urn:x:1"}); 1_001]).to_string();
    assert_eq!(words(soon("items", items.as_bytes(), None)), "file: has 1001 items; at most 1000 are read");
    let subjects = json!({"uri": "urn:x:1", "subject": vec![json!({"name": "a"}); 1_001]}).to_string();
    assert_eq!(words(any_of(subjects.as_bytes(), None)), "subject: has 1001 entries; at most 1000 are read");
    let tags = json!({"uri": "urn:x:1", "body_html": "<b>".repeat(100_001)}).to_string();
    assert_eq!(words(any_of(tags.as_bytes(), None)), "body_html: has more than 100000 tags and texts");

    let lines = json!({"uri": "urn:x:1", "body_text": "a\n".repeat(100_001)}).to_string();
    assert_eq!(words(any_of(lines.as_bytes(), None)), "body_text: has more than 100000 lines");
    let lines = "\n".repeat(500_001);
    let page = format!("H\n\n09:12, March 6, 2013\n{lines}Leave your comment0 comments\n");
    assert_eq!(words(soon("lines", page.as_bytes(), None)), "file: has more than 500000 lines");

    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [127, 200, 100_000] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let why = words(soon("nesting", deep.as_bytes(), Some(Format::Ninjs)));
            assert_eq!(why.contains("recursion limit"), depth > 127, "{why}");
        }
    }
}

#[test]
fn cut_to_measure() {
    let photo = json!({"uri": "urn:x:9", "type": "picture", "headline": "Fog", "renditions":
        (0..40).map(|n| (format!("r{n}"), json!({"href": format!("{n}.jpg"), "width": n}))).collect::<serde_json::Map<_, _>>()});
    let associations: serde_json::Map<_, _> = (0..60).map(|n| (format!("p{n}"), photo.clone())).collect();
    let value = json!({"uri": "urn:x:1", "headline": "é".repeat(400), "byline": "b".repeat(400),
        "subject": (0..900).map(|n| json!({"name": format!("s{n}")})).collect::<Vec<_>>(), "associations": associations});
    let items = any_of(value.to_string().as_bytes(), None).unwrap();
    let item = &items[0];
    assert_eq!((item.copy.headline.chars().count(), item.copy.byline.len()), (300, 300));
    assert_eq!(item.copy.topics.len(), newsroom::section::MOST_TOPICS);
    assert_eq!((item.photos.len(), item.photos[0].hrefs.len()), (50, 16));
    assert_eq!(item.photos[0].hrefs[0], "39.jpg");
    assert!(item.notes.iter().any(|n| n.contains("60 photos")), "a cut is told: {:?}", item.notes);
}

#[test]
fn whole_files_of_one_thing_take_no_time() {
    let full = MOST_BYTES - 200;
    let html =
        |bit: &str| json!({"uri": "urn:x:1", "body_html": bit.repeat(full / bit.len() / 4)}).to_string();
    for bit in ["<!---->", "<!--", "&", "&#", "<", "<a ", "<script>", "</", "x ", "é", "\u{3000}", "[", "`"]
    {
        let _ = soon(bit, html(bit).as_bytes(), None);
    }
    let text =
        |bit: &str| json!({"uri": "urn:x:1", "body_text": bit.repeat(full / bit.len() / 4)}).to_string();
    for bit in ["a\n", "\n", " a", "*", "OSK, ", "(", "\u{301}"] {
        let _ = soon(bit, text(bit).as_bytes(), None);
    }
    let head = "H\n\n09:12, March 6, 2013\n\n";
    for bit in [
        "A at 2013-03-08203.0.113.*\n",
        " at ",
        "Leave your comment",
        "(",
        "a\n",
        "\n",
        "A at 2013-03-08\nx\n",
    ] {
        for list in ["", "x\n\nLeave your comment4 comments\n"] {
            let page = format!("{head}{list}{}", bit.repeat((full - 100) / bit.len() / 2));
            let _ = soon(bit, page.as_bytes(), Some(Format::SavedPage));
        }
    }
    let comments = format!(
        "{head}x\n\nLeave your comment4 comments\n{}",
        "A at 2013-03-08203.0.113.*\nx\n".repeat(50_001)
    );
    let why = words(soon("comments", comments.as_bytes(), None));
    assert_eq!(why, "line 8: there are more than 50000 comments");
}

#[test]
fn half_a_file_of_json_is_refused() {
    for whole in [NINJS, LATER] {
        assert!(any_of(whole.as_bytes(), None).is_ok());
        for end in 1..whole.len() {
            let why = words(any_of(&whole.as_bytes()[..end], Some(Format::Ninjs)));
            assert!(why.starts_with("line "), "{why}");
        }
    }
}

/// Any JSON under the names that are looked for.
fn values() -> impl Strategy<Value = Value> {
    let names = vec![
        "uri",
        "type",
        "version",
        "versioncreated",
        "versionCreated",
        "pubstatus",
        "pubStatus",
        "urgency",
        "headline",
        "headlines",
        "headline_main",
        "body_html",
        "body_text",
        "bodies",
        "descriptions",
        "description_text",
        "value",
        "role",
        "contentType",
        "subject",
        "subjects",
        "name",
        "infosource",
        "infoSources",
        "associations",
        "renditions",
        "href",
        "width",
        "embargoed",
        "expires",
        "rightsinfo",
        "linkedrights",
        "digitalSourceType",
        "standard",
        "$standard",
        "language",
        "located",
        "dateline",
        "slugline",
        "ednote",
        "by",
        "title",
        "places",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        prop::sample::select(vec![
            "urn:x:1",
            "text",
            "picture",
            "canceled",
            "2013-03-05T18:04:00Z",
            "2.2",
            "9999-12-31T23:59:59Z",
            "image/jpeg",
            "OSK, March 5 (Northwire) -- A",
            "<p>OSK (AP) _ <b>a</b>",
            "Fog. (Northwire/Tomas Riel)",
            "main",
            "a.jpg",
            "-009999-01-01T00:00:00Z",
            "text/plain",
            "1.6",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        let names = names.clone();
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(names), inner), 0..10)
                .prop_map(|m| Value::Object(m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [None, Some(Format::Ninjs), Some(Format::SavedPage)] {
            let _ = any_of(&bytes, format);
        }
        let _ = Format::sniff(&bytes, "a.json");
    }

    #[test]
    fn no_text_breaks_it(text in "[\\PC\n\t\"{}\\[\\]:,<>()-]{0,300}") {
        for format in [None, Some(Format::Ninjs), Some(Format::SavedPage)] {
            let _ = any_of(text.as_bytes(), format);
        }
    }

    #[test]
    fn no_mutation_breaks_it(
        which in 0usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
        twice in prop::option::of((any::<prop::sample::Index>(), any::<prop::sample::Index>())),
    ) {
        let mut bytes = [NINJS, LATER, PAGE][which].as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some((from, to)) = twice {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let piece = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(from..from, piece);
        }
        if let Some(cut) = cut {
            let end = cut.index(bytes.len());
            bytes.truncate(end);
        }
        for format in [None, Some(Format::Ninjs), Some(Format::SavedPage)] {
            let _ = any_of(&bytes, format);
        }
    }

    #[test]
    fn no_json_breaks_it(value in values()) {
        let _ = any_of(value.to_string().as_bytes(), Some(Format::Ninjs));
        let mut value = value;
        if let Some(members) = value.as_object_mut() {
            members.insert("uri".into(), "urn:x:1".into());
            members.remove("type");
        }
        let _ = any_of(value.to_string().as_bytes(), None);
    }

    #[test]
    fn captions_and_datelines_of_any_text(text in "[\\PC]{0,80}", credit in "( ?[(\\[][A-Za-z/ ,é]{0,20}[)\\]]\\.?){0,2}") {
        let whole = format!("{text}{credit}");
        let (caption, _) = wire::caption_and_credit(&whole);
        prop_assert!(caption.len() <= whole.len() + " (File)".len());
        let value = json!({"uri": "urn:x:1", "body_text": format!("{whole} -- {text}"), "versioncreated": "0001-01-01T00:00:00Z"});
        let _ = any_of(value.to_string().as_bytes(), None);
    }
}
