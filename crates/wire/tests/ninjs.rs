//! Items of our own making in each version of ninjs, field by field; and what is refused, by which name.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use newsroom::{
    Millis, Zone,
    dateline::Dateline,
    item::{Item, ItemPhoto, PubStatus},
    photo::Credit,
};
use serde_json::{Value, json};
use wire::{Format, read};

fn v1() -> Value {
    json!({
        "$standard": {"name": "ninjs", "version": "1.6",
            "schema": "https://iptc.org/std/ninjs/ninjs-schema_1.6.json"},
        "uri": "urn:northwire:story:7", "type": "text", "version": "3", "language": "en-GB",
        "firstcreated": "2013-03-05T17:00:00Z", "versioncreated": "2013-03-05T19:04:00+01:00",
        "embargoed": "2013-03-06T06:00:00Z", "pubstatus": "usable", "urgency": 3, "expires": "2014-03-06T00:00:00Z",
        "headline": "Two ports agree on the night ferry", "headline_kicker": "Sea", "slugline": "OSK-FERRY",
        "ednote": "Not before the minister has spoken", "byline": "By Ilse Brandt", "located": "Norhaven",
        "description_summary": "The line <b>finds</b> a ship.", "description_creditline": "Somebody else",
        "usageterms": "Not for archives",
        "subject": [{"name": "Transport"}, {"name": "Ferries"}, {"name": "Transport"}, {"code": "x"}, {"name": "Osk"}],
        "infosource": [{"name": "Northwire"}],
        "rightsinfo": {"langid": "http://www.w3.org/ns/odrl/2/", "linkedrights": "https://wire.example/rights"},
        "body_text": "OSK (Northwire) -- the short one",
        "body_html": "<p>OSK, March 5 (Northwire) -- The ferry &amp; the <b>train</b> <em>meet</em>.</p>\
            <script>alert(1)</script><h2>Fares</h2><p># no heading</p><ul><li>one</li></ul>",
        "associations": {
            "gallery": {"uri": "urn:northwire:photo:2", "type": "picture", "headline": "The pilot boat",
                "byline": "Per Lund", "renditions": {"web": {"href": "boat.jpg"}}},
            "related": {"uri": "urn:northwire:story:6", "type": "text", "headline": "Talks begin"},
            "featuremedia": {"uri": "urn:northwire:photo:1", "type": "picture",
                "description_text": "The quay in fog. (Northwire/Tomas Riel)", "description_alttext": "Fog",
                "renditions": {
                    "small": {"href": "quay-s.jpg", "width": 320, "height": 200, "mimetype": "image/jpeg"},
                    "film": {"href": "quay.mp4", "width": 9000, "mimetype": "video/mp4"},
                    "large": {"href": "https://wire.example/quay.jpg", "width": 1440, "height": 900}}}}
    })
}

fn v2() -> Value {
    json!({
        "standard": {"name": "ninjs", "version": "2.2"},
        "uri": "urn:northwire:story:7", "type": "text", "version": "3", "language": "en-GB",
        "firstcreated": "2013-03-05T17:00:00Z", "versioncreated": "2013-03-05T19:04:00+01:00",
        "embargoed": "2013-03-06T06:00:00Z", "pubstatus": "usable", "urgency": 3, "expires": "2014-03-06T00:00:00Z",
        "headlines": [{"role": "kicker", "value": "Sea"}, {"role": "main", "value": "Two ports agree on the night ferry"}],
        "slugline": "OSK-FERRY", "ednote": "Not before the minister has spoken", "by": "By Ilse Brandt",
        "located": "Norhaven",
        "descriptions": [{"role": "creditline", "value": "Somebody else"},
            {"role": "summary", "contenttype": "text/html", "value": "The line <b>finds</b> a ship."}],
        "usageterms": "Not for archives",
        "subjects": [{"name": "Transport"}, {"name": "Ferries"}, {"name": "Transport"}, {"uri": "x:y"}, {"name": "Osk"}],
        "infosources": [{"name": "Northwire", "role": "x:source"}],
        "rightsinfo": {"langid": "http://www.w3.org/ns/odrl/2/", "linkedrights": "https://wire.example/rights"},
        "bodies": [
            {"role": "short", "contenttype": "text/plain", "value": "OSK (Northwire) -- the short one"},
            {"role": "main", "contenttype": "text/html", "value":
                "<p>OSK, March 5 (Northwire) -- The ferry &amp; the <b>train</b> <em>meet</em>.</p>\
                <script>alert(1)</script><h2>Fares</h2><p># no heading</p><ul><li>one</li></ul>"}],
        "associations": [
            {"name": "lead", "uri": "urn:northwire:photo:1", "type": "picture",
                "descriptions": [{"role": "caption", "value": "The quay in fog. (Northwire/Tomas Riel)"},
                    {"role": "alttext", "value": "Fog"}],
                "renditions": [
                    {"name": "small", "href": "quay-s.jpg", "width": 320, "height": 200, "contenttype": "image/jpeg"},
                    {"name": "film", "href": "quay.mp4", "width": 9000, "contenttype": "video/mp4"},
                    {"name": "large", "href": "https://wire.example/quay.jpg", "width": 1440, "height": 900}]},
            {"name": "related", "uri": "urn:northwire:story:6", "type": "text"},
            {"name": "second", "uri": "urn:northwire:photo:2", "type": "picture", "by": "Per Lund",
                "headlines": [{"value": "The pilot boat"}], "renditions": [{"name": "web", "href": "boat.jpg"}]}]
    })
}

/// 2.2 in the names of 3.1.
fn v3() -> Value {
    let mut text = v2().to_string().replace("\"version\":\"2.2\"", "\"version\":\"3.1\"");
    for name in [
        "firstCreated",
        "versionCreated",
        "pubStatus",
        "edNote",
        "usageTerms",
        "infoSources",
        "rightsInfo",
        "contentType",
        "linkedRights",
    ] {
        text = text.replace(&format!("\"{}\":", name.to_lowercase()), &format!("\"{name}\":"));
    }
    serde_json::from_str(&text.replace("\"embargoed\":", "\"embargoedUntil\":")).unwrap()
}

fn one(value: &Value) -> Item {
    let mut items =
        read(value.to_string().as_bytes(), None, &Zone::default()).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn with(mut value: Value, path: &str, new: Value) -> Value {
    *value.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = new;
    value
}

fn adding(mut value: Value, name: &str, new: Value) -> Value {
    value[name] = new;
    value
}

fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().unwrap().remove(name).unwrap_or_else(|| panic!("{name}"));
    value
}

fn refused(text: &str) -> String {
    read(text.as_bytes(), Some(Format::Ninjs), &Zone::default()).expect_err(text).to_string()
}

#[test]
fn every_field_in_every_version() {
    for (version, value) in [("1.6", v1()), ("2.2", v2()), ("3.1", v3())] {
        let item = one(&value);
        assert_eq!(item.source.uri, "urn:northwire:story:7", "{version}");
        assert_eq!(Some(Millis(item.source.version)), Millis::parse_rfc3339("2013-03-05T18:04:00Z"));
        assert_eq!(item.source.digest.len(), 64);
        assert_eq!(item.pub_status, PubStatus::Usable);
        assert_eq!(item.embargo_until, Millis::parse_rfc3339("2013-03-06T06:00:00Z"), "{version}");
        assert_eq!(item.urgency, 3);
        assert_eq!(item.slugline.0, "OSK-FERRY");
        assert_eq!(item.ednote.for_editors(), "Not before the minister has spoken");
        assert_eq!(item.usage_terms, "Not for archives See https://wire.example/rights");
        assert_eq!((item.published_at, item.archive, item.comments_said), (None, false, None));
        assert!(item.comments.is_empty());
        assert_eq!(item.notes, ["The sender says that it expires at 2014-03-06T00:00:00Z."], "{version}");

        let copy = &item.copy;
        assert_eq!(copy.headline, "Two ports agree on the night ferry");
        assert_eq!((copy.kicker.as_str(), copy.standfirst.as_str()), ("Sea", "The line finds a ship."));
        assert_eq!((copy.byline.as_str(), copy.agency.as_str()), ("By Ilse Brandt", "Northwire"));
        let dateline = Dateline {
            place: "OSK".into(),
            date: "March 5".into(),
            day: Some("2013-03-05".parse().unwrap()),
            agency: "Northwire".into(),
            dash: "--".into(),
            raw: "OSK, March 5 (Northwire) --".into(),
        };
        assert_eq!(copy.dateline, dateline, "the body's own, not `located`");
        assert_eq!(copy.body, "The ferry & the **train** *meet*.\n\n## Fares\n\n\\# no heading\n\n- one");
        assert_eq!((copy.language.as_str(), copy.section.as_str()), ("en-GB", "Transport"));
        assert_eq!(copy.topics, ["Ferries", "Osk"], "each once, and not the section again");
        for hidden in ["minister", "alert"] {
            assert!(!format!("{copy:?}").contains(hidden), "{hidden} got into the copy");
        }

        let lead = ItemPhoto {
            hrefs: vec!["https://wire.example/quay.jpg".into(), "quay-s.jpg".into()],
            caption: "The quay in fog.".into(),
            alt: "Fog".into(),
            credit: Credit { agency: "Northwire".into(), photographer: "Tomas Riel".into() },
        };
        let second = ItemPhoto {
            hrefs: vec!["boat.jpg".into()],
            caption: "The pilot boat".into(),
            credit: Credit { agency: String::new(), photographer: "Per Lund".into() },
            ..ItemPhoto::default()
        };
        assert_eq!(item.photos, [lead, second], "{version}: the lead first, its largest file first, no film");
    }
}

#[test]
fn the_version_is_known_by_what_it_says_or_by_its_shape() {
    for (said, value) in [("$standard", v1()), ("standard", v2()), ("standard", v3())] {
        assert_eq!(one(&without(value.clone(), said)).copy, one(&value).copy);
    }
    let by_schema = json!({"schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json"});
    assert_eq!(one(&with(v2(), "/standard", by_schema)).copy, one(&v2()).copy);
    let words = refused(&with(v2(), "/standard/version", json!("7.0")).to_string());
    assert!(words.starts_with("standard.version: “7.0”"), "{words}");
}

#[test]
fn plain_text_bodies_are_escaped() {
    let plain = "TARN (Northwire) _ The train left.\n\nIt was *late* & <b>cold</b>.\n";
    let value = json!({"uri": "urn:x:1", "headline": "H", "body_text": plain});
    let marked = "The train left.\n\nIt was \\*late\\* & \\<b>cold\\</b>.";
    let later = json!({"uri": "urn:x:1", "bodies": [{"contentType": "text/plain", "value": plain}]});
    assert_eq!(one(&later).copy.body, marked, "said to be plain");
    assert_eq!(one(&later).copy.dateline.render(), "TARN (Northwire) _");
    assert_eq!(one(&value).copy.body, marked, "by its name");
    let unread =
        json!({"uri": "urn:x:1", "bodies": [{"contentType": "application/pdf", "value": "JVBERi0"}]});
    let item = one(&unread);
    assert_eq!(item.copy.body, "");
    assert!(
        item.notes.iter().any(|n| n == "bodies[0].value: “application/pdf” is not read."),
        "{:?}",
        item.notes
    );
}

#[test]
fn the_place_may_come_in_a_field() {
    let value = json!({"uri": "urn:x:1", "located": "Osk", "infosource": [{"name": "Northwire"}], "headline": "H",
        "body_html": "<p>The ferry sails.</p>"});
    assert_eq!(one(&value).copy.dateline.render(), "Osk (Northwire) --");
    assert_eq!(one(&value).copy.body, "The ferry sails.");
    let given = adding(value.clone(), "dateline", json!("Tarn, May 16, 2021 (AFP) -"));
    assert_eq!(one(&given).copy.dateline.render(), "Tarn, May 16, 2021 (AFP) -");
    let stamped = adding(value, "dateline", json!("2021-05-16T10:00:00Z"));
    assert_eq!(one(&stamped).copy.dateline.render(), "Osk (Northwire) --", "a timestamp is no dateline");
}

#[test]
fn a_headline_repeated_above_the_text_is_said_once() {
    let value = |html: &str| json!({"uri": "urn:x:1", "headline": "A B", "body_html": html});
    let item = one(&value("<h1>A <b>B</b></h1><p>OSK (Northwire) -- Text.</p>"));
    assert_eq!((item.copy.body.as_str(), item.copy.dateline.place.as_str()), ("Text.", "OSK"));
    assert_eq!(one(&value("<h1>C</h1><p>Text.</p>")).copy.body, "## C\n\nText.");
}

#[test]
fn a_digest_is_of_what_is_said() {
    let digest = |v: &Value| one(v).source.digest;
    for value in [v1(), v3()] {
        let first = one(&value);
        let pretty = serde_json::to_vec_pretty(&value).unwrap();
        assert_eq!(read(&pretty, None, &Zone::default()).unwrap()[0].source, first.source, "white space");
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend(value.to_string().bytes());
        assert_eq!(read(&bytes, None, &Zone::default()).unwrap()[0].source, first.source, "byte order mark");
        let again = adding(value.clone(), "version", json!("4"));
        assert_eq!(digest(&again), first.source.digest, "the same text sent again under a new number");
        assert_ne!(digest(&with(value.clone(), "/slugline", json!("X"))), first.source.digest);
        assert_ne!(digest(&with(value.clone(), "/urgency", json!(4))), first.source.digest);
    }
}

#[test]
fn versions_are_ordered_by_time_or_else_by_number() {
    let version = |v: Value| one(&adding(v, "uri", json!("urn:x:1"))).source.version;
    assert_eq!(version(json!({})), 0);
    assert_eq!(version(json!({"version": "7"})), 7);
    assert_eq!(version(json!({"version": 7})), 7, "some feeds send a number");
    assert_eq!(version(json!({"version": "RFBP:3"})), 0);
    assert_eq!(version(json!({"version": "7", "versioncreated": "1970-01-01T00:00:01.5Z"})), 1500);
    assert_eq!(version(json!({"versionCreated": "1970-01-01T01:00:01+01:00"})), 1000);
}

#[test]
fn statuses() {
    for (path, value) in [("/pubstatus", v1()), ("/pubstatus", v2()), ("/pubStatus", v3())] {
        assert_eq!(one(&with(value.clone(), path, json!("withheld"))).pub_status, PubStatus::Withheld);
        let killed = one(&with(value.clone(), path, json!("canceled")));
        assert_eq!(killed.pub_status, PubStatus::Canceled);
        assert_ne!(killed.source.digest, one(&value).source.digest, "a kill is never a duplicate");
        assert_eq!(one(&without(value, &path[1..])).pub_status, PubStatus::Usable);
    }
}

#[test]
fn a_kill_is_read_even_when_its_text_is_not() {
    let broken = adding(v1(), "headline", json!(5));
    let killed = one(&adding(broken.clone(), "pubstatus", json!("canceled")));
    assert_eq!(
        (killed.pub_status, killed.source.uri.as_str()),
        (PubStatus::Canceled, "urn:northwire:story:7")
    );
    assert_eq!(killed.notes, ["Only its withdrawal was read. headline: must be text, not a number."]);
    assert!(killed.source.version > 0 && killed.copy.headline.is_empty());
    assert!(refused(&broken.to_string()).starts_with("headline: "));
    // Without knowing which version it kills, it would kill too much or nothing.
    let dateless = adding(with(v1(), "/versioncreated", json!("soon")), "pubstatus", json!("canceled"));
    assert!(refused(&dateless.to_string()).starts_with("versioncreated: "));
}

#[test]
fn a_refusal_names_the_field() {
    for (value, words) in [
        (without(v1(), "uri"), "uri: is missing"),
        (with(v1(), "/uri", Value::Null), "uri: is missing"),
        (with(v2(), "/uri", json!(" ")), "uri: is empty"),
        (with(v3(), "/uri", json!(7)), "uri: must be text, not a number"),
        (with(v3(), "/uri", json!("a story")), "uri: “a story” is not a URI"),
        (with(v1(), "/type", json!("planning")), "type: a planning item is not a story"),
        (with(v1(), "/type", json!("event")), "type: an event item is not a story"),
        (with(v1(), "/type", json!("poem")), "type: “poem” is not a type of ninjs"),
        (with(v1(), "/urgency", json!("soon")), "urgency: must be a number, not text"),
        (with(v1(), "/urgency", json!(10)), "urgency: must be a whole number from 1 to 9, not 10"),
        (with(v2(), "/urgency", json!(0.1)), "urgency: must be a whole number from 1 to 9, not 0.1"),
        (with(v3(), "/urgency", json!(-1)), "urgency: must be a whole number from 1 to 9, not -1"),
        (
            with(v1(), "/versioncreated", json!("yesterday")),
            "versioncreated: “yesterday” is not a date and time of RFC 3339",
        ),
        (with(v3(), "/versionCreated", json!("2013-03-05")), "versionCreated: “2013-03-05” is not"),
        (with(v3(), "/embargoedUntil", json!("2013-13-05T00:00:00Z")), "embargoedUntil: "),
        (with(v1(), "/embargoed", json!("")), "embargoed: "),
        (with(v1(), "/expires", json!([])), "expires: must be text, not an array"),
        (
            with(v1(), "/pubstatus", json!("perhaps")),
            "pubstatus: must be usable, withheld or canceled, not “perhaps”",
        ),
        (with(v3(), "/pubStatus", json!(true)), "pubStatus: must be text, not true or false"),
        (with(v1(), "/headline", json!(["x"])), "headline: must be text, not an array"),
        (with(v1(), "/body_html", json!({})), "body_html: must be text, not an object"),
        (with(v1(), "/ednote", json!(1)), "ednote: must be text"),
        (with(v2(), "/headlines", json!("x")), "headlines: must be an array, not text"),
        (with(v2(), "/headlines/1", json!("x")), "headlines[1]: must be an object, not text"),
        (with(v2(), "/headlines/1/value", json!(7)), "headlines[1].value: must be text, not a number"),
        (with(v2(), "/bodies/0", json!({"role": "main"})), "bodies[0].value: is missing"),
        (with(v3(), "/bodies/1/contentType", json!(1)), "bodies[1].contentType: must be text"),
        (with(v3(), "/infoSources/0/name", json!(1)), "infoSources[0].name: must be text"),
        (with(v1(), "/subject", json!({})), "subject: must be an array, not an object"),
        (with(v1(), "/associations", json!([])), "associations: must be an object, not an array"),
        (
            with(v1(), "/associations/gallery", json!(1)),
            "associations.gallery: must be an object, not a number",
        ),
        (with(v1(), "/associations/gallery", json!({})), "associations.gallery.uri: is missing"),
        (with(v2(), "/associations/1", json!({"name": "x"})), "associations[1].uri: is missing"),
        (with(v2(), "/associations/1", json!({"uri": "urn:x"})), "associations[1].name: is missing"),
        (
            with(v2(), "/associations/0/renditions/1/href", json!(4)),
            "associations[0].renditions[1].href: must be text, not a number",
        ),
        (
            with(v1(), "/associations/featuremedia/renditions/large/width", json!("wide")),
            "associations.featuremedia.renditions.large.width: must be a number, not text",
        ),
        (adding(v3(), "digitalSourceType", json!("bad")), "digitalSourceType: must be an object, not text"),
        (
            adding(v3(), "digitalSourceType", json!({"uri": "not one"})),
            "digitalSourceType.uri: “not one” is not a URI",
        ),
        (
            with(v1(), "/rightsinfo", json!({"linkedrights": "x:a", "encodedrights": "{}"})),
            "rightsinfo: must have either linkedrights or encodedrights",
        ),
        (json!([v1(), without(v2(), "uri")]), "[1].uri: is missing"),
        (json!([v1(), 3]), "[1]: must be an object, not a number"),
        (json!([]), "file: has no items: the array is empty"),
        (json!("text"), "file: must be an object, not text"),
    ] {
        let found = refused(&value.to_string());
        assert!(found.starts_with(words), "{found}\nshould begin: {words}");
    }
    assert!(
        refused("{\"uri\": \n ").starts_with("line 2, column 1: is not JSON: "),
        "{}",
        refused("{\"uri\": \n ")
    );
    assert!(refused("{} {}").starts_with("line 1, column 4: is not JSON: "));
}

#[test]
fn an_array_is_as_many_items_in_order() {
    let all = json!([v1(), adding(v3(), "uri", json!("urn:x:2"))]);
    let items = read(all.to_string().as_bytes(), None, &Zone::default()).unwrap();
    let uris: Vec<&str> = items.iter().map(|i| i.source.uri.as_str()).collect();
    assert_eq!(uris, ["urn:northwire:story:7", "urn:x:2"]);
}

#[test]
fn a_picture_alone_is_its_own_photo() {
    let item = one(&json!({"uri": "urn:x:1", "type": "picture", "headline": "Fog", "byline": "Tomas Riel",
        "description_text": "The quay. (Northwire)", "renditions": {"a": {"href": "a.jpg"}}}));
    assert_eq!(item.photos.len(), 1);
    assert_eq!(item.photos[0].caption, "The quay.");
    assert_eq!(item.photos[0].credit.to_string(), "Northwire/Tomas Riel");
    assert_eq!((item.copy.standfirst.as_str(), item.copy.body.as_str()), ("", ""));
    assert_eq!(item.notes, ["The item is a picture alone."]);
}

#[test]
fn the_desk_is_told_of_machines_and_odd_languages() {
    let made = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    let item = one(&json!({"uri": "urn:x:1", "headline": "H", "body_text": "B", "language": "¿?",
        "digitalsourcetype": {"uri": made}}));
    assert_eq!(item.copy.language, "");
    assert!(item.notes.iter().any(|n| n.contains("trainedAlgorithmicMedia")), "{:?}", item.notes);
    assert!(item.notes.iter().any(|n| n.contains("“¿?”")), "{:?}", item.notes);
}

#[test]
fn control_and_direction_marks_are_taken_out() {
    let value = json!({"uri": "urn:x:1", "headline": "A\u{202e}\u{0}B\n\tC", "byline": "\u{200f}D\u{7}",
        "body_text": "E\u{0}\u{202e}F", "slugline": "G\u{feff}"});
    let item = one(&value);
    assert_eq!((item.copy.headline.as_str(), item.copy.byline.as_str()), ("AB C", "D"));
    assert_eq!((item.copy.body.as_str(), item.slugline.0.as_str()), ("EF", "G"));
}
