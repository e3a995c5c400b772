//! Items of our own making in each format, field by field, and what hostile bytes do.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use newsroom::{Millis, Zone, item::PubStatus};
use proptest::prelude::*;
use wire::{Format, Malformed, read};

const NINJS_1: &str = r#"{
  "uri": "urn:northwire:story:7", "type": "text", "version": "3", "versioncreated": "2013-03-05T18:04:00Z",
  "pubstatus": "usable", "urgency": 3, "language": "en", "headline": "Two ports agree on the night ferry",
  "slugline": "OSK-FERRY", "ednote": "Not before the minister has spoken", "byline": "By Ilse Brandt",
  "description_text": "The line finds a ship.", "usageterms": "Not for archives",
  "subject": [{"name": "Transport"}, {"name": "Ferries"}], "located": "OSK",
  "infosource": [{"name": "Northwire"}],
  "body_html": "<p>OSK, March 5 (Northwire) -- The ferry &amp; the <b>train</b> <em>meet</em>.</p><script>alert(1)</script><p># not a heading</p><ul><li>one</li></ul>",
  "associations": {"featuremedia": {"uri": "urn:northwire:photo:1", "type": "picture",
    "description_text": "The quay in fog. (Northwire/Tomas Riel)", "mimetype": "image/jpeg",
    "renditions": {"small": {"href": "quay-s.jpg", "width": 320}, "large": {"href": "https://wire.example/quay.jpg", "width": 1440}}}}
}"#;

const NINJS_2: &str = r#"{
  "uri": "urn:northwire:story:8", "standard": {"name": "ninjs", "version": "2.2"}, "type": "text",
  "versionCreated": "2013-03-05T18:04:00Z", "pubStatus": "usable", "language": "en", "urgency": 4,
  "headlines": [{"role": "main", "value": "Night trains return"}],
  "descriptions": [{"role": "summary", "value": "After nine years."}],
  "bodies": [{"role": "main", "contentType": "text/plain", "value": "TARN (Northwire) _ The train left.\n\nIt was *late*."}],
  "subjects": [{"name": "Railways"}], "edNote": "check the spelling",
  "associations": [{"name": "lead", "uri": "urn:p:2", "type": "picture", "headlines": [{"value": "A train"}],
    "renditions": [{"name": "web", "href": "train.jpg", "width": 900}]}]
}"#;

fn one(text: &str) -> newsroom::item::Item {
    let mut items = read(text.as_bytes(), None, &Zone::default()).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn refused(text: &str) -> String {
    read(text.as_bytes(), Some(Format::Ninjs), &Zone::default()).expect_err("refused").to_string()
}

#[test]
fn ninjs_1_whole() {
    let item = one(NINJS_1);
    assert_eq!(item.source.uri, "urn:northwire:story:7");
    let copy = &item.copy;
    assert_eq!(copy.headline, "Two ports agree on the night ferry");
    assert_eq!(
        (copy.standfirst.as_str(), copy.byline.as_str()),
        ("The line finds a ship.", "By Ilse Brandt")
    );
    assert_eq!(copy.dateline.render(), "OSK, March 5 (Northwire) --");
    assert_eq!(copy.dateline.day.map(|d| d.to_string()).as_deref(), Some("2013-03-05"));
    assert_eq!(
        copy.body,
        "The ferry &amp; the **train** *meet*.\n\n\\# not a heading\n\n- one".replace("&amp;", "&")
    );
    assert!(!copy.body.contains("alert"));
    assert_eq!((copy.agency.as_str(), item.urgency, item.slugline.0.as_str()), ("Northwire", 3, "OSK-FERRY"));
    assert_eq!(item.ednote.for_editors(), "Not before the minister has spoken");
    assert_eq!(item.usage_terms, "Not for archives");
    let photo = &item.photos[0];
    assert_eq!(photo.caption, "The quay in fog.");
    assert_eq!(
        (photo.credit.agency.as_str(), photo.credit.photographer.as_str()),
        ("Northwire", "Tomas Riel")
    );
    assert_eq!(photo.hrefs, ["https://wire.example/quay.jpg", "quay-s.jpg"], "the largest first");
}

#[test]
fn ninjs_2_and_3_alike() {
    for version in ["2.2", "3.1"] {
        let item = one(&NINJS_2.replace("\"version\": \"2.2\"", &format!("\"version\": \"{version}\"")));
        assert_eq!(item.copy.headline, "Night trains return", "{version}");
        assert_eq!(item.copy.standfirst, "After nine years.");
        assert_eq!(item.copy.dateline.render(), "TARN (Northwire) _");
        assert_eq!(item.copy.body, "The train left.\n\nIt was \\*late\\*.", "plain text is shown as it was");
        assert_eq!(item.photos[0].hrefs, ["train.jpg"]);
        assert_eq!(item.ednote.for_editors(), "check the spelling");
    }
}

#[test]
fn versions_and_statuses_are_told_apart() {
    let first = one(NINJS_1);
    let same = one(&NINJS_1.replace("  \"uri\"", "\n\n\"uri\""));
    assert_eq!(first.source, same.source, "white space is no change");
    let newer = one(&NINJS_1.replace("18:04", "19:04").replace("Two ports", "Three ports"));
    assert!(newer.source.version > first.source.version && newer.source.digest != first.source.digest);
    let cancelled = one(&NINJS_1.replace("usable", "canceled"));
    assert_eq!(cancelled.pub_status, PubStatus::Canceled);
    let withheld = one(&NINJS_1.replace("usable", "withheld"));
    assert_eq!(withheld.pub_status, PubStatus::Withheld);
    let embargoed =
        one(&NINJS_1.replace("\"urgency\"", "\"embargoed\": \"2013-03-06T06:00:00Z\", \"urgency\""));
    assert_eq!(embargoed.embargo_until, Millis::parse_rfc3339("2013-03-06T06:00:00Z"));
}

#[test]
fn a_refusal_names_the_field() {
    for (broken, field) in [
        (NINJS_1.replace("\"uri\": \"urn:northwire:story:7\", ", ""), "uri"),
        (NINJS_1.replace("\"urgency\": 3", "\"urgency\": \"soon\""), "urgency"),
        (NINJS_1.replace("\"urgency\": 3", "\"urgency\": 12"), "urgency"),
        (NINJS_1.replace("2013-03-05T18:04:00Z", "yesterday"), "versioncreated"),
        (NINJS_1.replace("\"usable\"", "\"perhaps\""), "pubstatus"),
        (NINJS_1.replace("\"Two ports agree on the night ferry\"", "5"), "headline"),
        (NINJS_2.replace("\"value\": \"Night trains return\"", "\"value\": 7"), "headlines[0].value"),
        (format!("[{NINJS_2}, {{\"standard\": {{\"name\": \"ninjs\", \"version\": \"2.2\"}}}}]"), "[1]"),
        ("{\"uri\": ".to_owned(), "line"),
        ("[]".to_owned(), ""),
    ] {
        let words = refused(&broken);
        assert!(words.contains(field), "{field}: {words}");
    }
}

const PAGE: &str = "Two ports agree\n\n09:12, March 6, 2013\n\nThe quay in fog. (Northwire/Tomas Riel)\n\n\
    OSK, March 5 (Northwire) -- The ferry will sail.\n\nIt costs 5 < 6 & more.\n\nLeave your comment3 comments\n\n  1. Name\n\n\
    Anna at home at 2013-03-08203.0.113.*\nFirst line.\nSecond line at 2014-01-01 or so.\n\n\
    Reader 7 at 2013-03-07198.51.100.*\nEarlier & shorter <3\n";

#[test]
fn a_saved_page_whole() {
    let item = one(PAGE);
    assert!(item.archive);
    assert_eq!(item.published_at, Millis::parse_rfc3339("2013-03-06T09:12:00Z"));
    assert_eq!(
        (item.photos[0].caption.as_str(), item.photos[0].credit.to_string().as_str()),
        ("The quay in fog.", "Northwire/Tomas Riel")
    );
    assert_eq!(item.copy.dateline.render(), "OSK, March 5 (Northwire) --");
    assert!(item.copy.body.starts_with("The ferry will sail.\n\nIt costs 5 "));
    assert_eq!((item.comments.len(), item.comments_said), (2, Some(3)));
    assert!(item.notes.iter().any(|n| n.contains('3') && n.contains('2')), "{:?}", item.notes);
    let [anna, reader] = &item.comments[..] else { panic!("two") };
    assert_eq!(anna.name, "Anna at home");
    assert_eq!(anna.network.map(|n| n.to_string()).as_deref(), Some("203.0.113.*"));
    assert_eq!(anna.text.replace('\\', ""), "First line.\nSecond line at 2014-01-01 or so.");
    assert_eq!(
        (reader.name.as_str(), reader.text.replace('\\', "").as_str()),
        ("Reader 7", "Earlier & shorter <3")
    );
    assert!(anna.at > reader.at);
}

#[test]
fn half_a_page_is_refused_by_its_line() {
    for (cut, line) in
        [("Two ports agree\n", "line"), ("Two ports agree\n\n09:12, Smarch 6, 2013\n\nx", "line 3")]
    {
        let why: Malformed =
            read(cut.as_bytes(), Some(Format::SavedPage), &Zone::default()).expect_err("refused");
        assert!(why.to_string().contains(line), "{why}");
    }
    let broken = [b"Two ports\n\n09:12, March 6, 2013\n\n".as_slice(), &[0xff, 0xfe, 0xc3]].concat();
    assert!(read(&broken, Some(Format::SavedPage), &Zone::default()).is_err());
}

#[test]
fn deep_and_large_inputs_end_in_words() {
    let zone = Zone::default();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read(deep.as_bytes(), Some(Format::Ninjs), &zone).is_err());
    let nested = NINJS_1.replace("<p>OSK", &format!("{}<p>OSK", "<div>".repeat(50_000)));
    let _ = read(nested.as_bytes(), None, &zone);
    assert!(read(&vec![b'x'; wire::MOST_BYTES + 1], None, &zone).is_err());
    assert!(read(b"", None, &zone).is_err() && read(b" \n ", None, &zone).is_err());
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [None, Some(Format::Ninjs), Some(Format::SavedPage)] {
            let _ = read(&bytes, format, &Zone::default());
        }
    }

    #[test]
    fn no_mutation_breaks_it(at in 0usize..1500, byte in any::<u8>(), cut in 0usize..1500, which in 0usize..3) {
        let mut bytes = [NINJS_1, NINJS_2, PAGE][which].as_bytes().to_vec();
        let len = bytes.len();
        bytes[at % len] = byte;
        bytes.truncate(len - cut % len);
        let _ = read(&bytes, None, &Zone::default());
    }

    #[test]
    fn html_never_leaves_a_script(html in "(<[a-z/!]{0,8}[ =\"'a-z]{0,12}>?|[a-z&;#<> ]{0,10}|<script>|</script>|<!--|-->){0,30}") {
        let text = serde_json::json!({"uri": "urn:x", "type": "text", "headline": "H", "body_html": html}).to_string();
        if let Ok(items) = read(text.as_bytes(), Some(Format::Ninjs), &Zone::default()) {
            prop_assert!(!items[0].copy.body.contains("<script>") || !html.contains("<script>") || items[0].copy.body.contains("\\<script>"), "{}", items[0].copy.body);
        }
    }
}
