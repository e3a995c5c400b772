//! Pages of our own making, saved as text: what of them is a headline, a caption, a comment; and what is
//! refused, by which line.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use newsroom::{Millis, Zone, item::Item};
use proptest::prelude::*;
use wire::{Format, read};

const PAGE: &str = "\
Two ports agree on joint ferry


09:12, March 6, 2013

The quay in fog, Mayor Ilse Brandt (L) on it. (Northwire/Tomas Riel)

OSK, March 5 (Northwire) -- The *ferry* will sail.

It costs 5 < 6 & more,
a spokesman said.

Leave your comment5 comments

  1. Name

Anna at home at 2013-03-08203.0.113.*
First line.
Second line at 2014-01-01 or so.

After a gap.

Reader 7 at 2013-03-07198.51.100.*
Earlier & shorter <3
- no list, *no* star
Åse at work at 2013-03-072001:db8:4a::*
We met at 2013-03-05198.51.100.* they say
nobody at 2013-03-06
I have no network.
x at 2013-03-06192.0.2.77
A whole address is masked.
";

fn page(text: &str) -> Item {
    let mut items = read(text.as_bytes(), Some(Format::SavedPage), &Zone::default())
        .unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn refused(text: &str) -> String {
    read(text.as_bytes(), Some(Format::SavedPage), &Zone::default()).expect_err(text).to_string()
}

#[test]
fn a_page_whole() {
    let item = page(PAGE);
    assert_eq!(item.source.uri, "saved-page:two-ports-agree-on-joint-ferry/2013-03-06");
    assert_eq!((item.source.version, item.archive), (0, true));
    assert_eq!(item.published_at, Millis::parse_rfc3339("2013-03-06T09:12:00Z"));
    assert_eq!(item.copy.headline, "Two ports agree on joint ferry");
    let photo = &item.photos[0];
    assert_eq!(photo.caption, "The quay in fog, Mayor Ilse Brandt (L) on it.");
    assert_eq!(photo.credit.to_string(), "Northwire/Tomas Riel");
    assert!(photo.hrefs.is_empty(), "a page saved as text has no files");
    assert_eq!(item.copy.dateline.render(), "OSK, March 5 (Northwire) --");
    assert_eq!(item.copy.dateline.day.map(|d| d.to_string()).as_deref(), Some("2013-03-05"));
    assert_eq!(item.copy.agency, "Northwire");
    assert_eq!(item.copy.body, "The \\*ferry\\* will sail.\n\nIt costs 5 < 6 & more, a spokesman said.");
    for hidden in ["Tomas", "Leave your", "Anna", "OSK"] {
        assert!(!item.copy.body.contains(hidden), "{hidden} got into the body");
    }

    let comments: Vec<(&str, String, &str)> = item
        .comments
        .iter()
        .map(|c| (c.name.as_str(), c.network.map(|n| n.to_string()).unwrap_or_default(), c.text.as_str()))
        .collect();
    let mask = str::to_owned;
    assert_eq!(
        comments,
        [
            (
                "Anna at home",
                mask("203.0.113.*"),
                "First line.\nSecond line at 2014-01-01 or so.\n\nAfter a gap."
            ),
            ("Reader 7", mask("198.51.100.*"), "Earlier & shorter <3\n\\- no list, \\*no\\* star"),
            ("Åse at work", mask("2001:db8:4a::*"), "We met at 2013-03-05198.51.100.\\* they say"),
            ("nobody", String::new(), "I have no network."),
            ("x", mask("192.0.2.*"), "A whole address is masked."),
        ]
    );
    assert_eq!(item.comments_said, Some(5));
    assert!(item.notes.is_empty(), "{:?}", item.notes);
}

#[test]
fn times_keep_the_lists_order() {
    let item = page(PAGE);
    let at: Vec<Millis> = item.comments.iter().map(|c| c.at).collect();
    assert!(at.windows(2).all(|w| w[0] > w[1]), "newest first: {at:?}");
    let zone = Zone::default();
    let days: Vec<String> = at.iter().map(|a| zone.day(*a).to_string()).collect();
    assert_eq!(days, ["2013-03-08", "2013-03-07", "2013-03-07", "2013-03-06", "2013-03-06"]);
    assert_eq!(Some(at[0]), Millis::parse_rfc3339("2013-03-08T12:00:00Z"), "noon stands for the day");
    // A comment is not older than its story.
    let evening = page(&PAGE.replace("09:12", "23:50"));
    assert!(evening.comments.iter().all(|c| Some(c.at) >= evening.published_at));
    assert_eq!(zone.day(evening.comments[4].at).to_string(), "2013-03-06");
}

#[test]
fn the_papers_zone_decides_what_the_clock_means() {
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let item = &read(PAGE.as_bytes(), None, &zone).unwrap()[0];
    assert_eq!(item.published_at, Millis::parse_rfc3339("2013-03-06T01:12:00Z"));
    assert_eq!(Some(item.comments[0].at), Millis::parse_rfc3339("2013-03-08T04:00:00Z"));
    assert_eq!(item.source, page(PAGE).source, "the page is the same page in any zone");
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let item = page(PAGE);
    let windows = page(&format!("\u{feff}{}", PAGE.replace('\n', "\r\n")));
    let spaced = page(&format!("{}\n \n\n", PAGE.replace('\n', "  \n")));
    for other in [windows, spaced] {
        assert_eq!((&other.source, &other.copy), (&item.source, &item.copy));
        assert_eq!(other.comments, item.comments);
    }
    assert_ne!(page(&PAGE.replace("shorter", "longer")).source.digest, item.source.digest);
}

#[test]
fn what_is_there_counts_and_both_numbers_are_said() {
    for (line, said, note) in [
        ("Leave your comment7 comments", Some(7), Some("The page says 7 comments, 5 are there.")),
        ("Leave your comment1 comment", Some(1), Some("The page says 1 comment, 5 are there.")),
        ("Leave your comment 5 comments", Some(5), None),
    ] {
        let item = page(&PAGE.replace("Leave your comment5 comments", line));
        assert_eq!((item.comments.len(), item.comments_said), (5, said), "{line}");
        assert_eq!(item.notes.first().map(String::as_str), note, "{line}");
    }
    let list = PAGE.find("Anna at home").unwrap();
    let none = page(&PAGE[..list].replace("comment5 comments", "comment0 comments"));
    assert_eq!((none.comments.len(), none.comments_said, none.notes.len()), (0, Some(0), 0));
    let one = page(&PAGE[..PAGE.find("Reader 7").unwrap()]);
    assert_eq!(one.notes, ["The page says 5 comments, 1 is there."]);
}

#[test]
fn a_line_that_ends_like_a_header_may_be_a_text() {
    // Four have a network and the page says four: the fifth is a sentence.
    let item = page(&PAGE.replace("5 comments", "4 comments"));
    assert_eq!(item.comments.len(), 4);
    assert!(
        item.comments[2].text.contains("nobody at 2013-03-06\nI have no network."),
        "{}",
        item.comments[2].text
    );
    for text in [
        "See you at 2013-02-30203.0.113.*",
        "See you at 2013-03-05 203.0.113.*",
        "See you at 2013-03-05203.0.113.* there",
        "See you at 2013-03-05203.0.113",
        "See you at 2013-3-5203.0.113.*",
        "See you at 2013-03-05999.0.113.*",
        " at 2013-03-05203.0.113.*",
    ] {
        let item = page(&PAGE.replace("First line.", text));
        assert_eq!(item.comments.len(), 5, "{text}");
        assert!(item.comments[0].text.replace('\\', "").contains(text.trim()), "{text}");
    }
}

#[test]
fn nothing_is_lost_in_silence() {
    let item = page(&PAGE.replace("  1. Name\n", "  1. Name\n  2. Your text\nSomething else\n"));
    assert_eq!(item.notes, ["Line 17 was passed over: “Something else”."]);
    let item = page(&PAGE.replace("I have no network.\n", " \n"));
    assert_eq!(item.comments.len(), 4);
    assert!(item.notes[0].starts_with("The comment on line 28 has no text"), "{:?}", item.notes);
}

#[test]
fn captions_and_bodies_without_a_dateline() {
    let with =
        |body: &str| page(&format!("H\n\n01:02, May 3, 2014\n\n{body}\n\nLeave your comment0 comments\n"));
    let item = with("The quay. (Northwire)\n\nThe ferry sails.\n\nIt is late.");
    assert_eq!((item.photos.len(), item.copy.body.as_str()), (1, "The ferry sails.\n\nIt is late."));
    assert!(item.copy.dateline.is_empty());
    let item = with("The ferry sails.\n\nIt is late. (Northwire)");
    assert_eq!(item.photos.len(), 0, "a credit at the end of the story is no caption's");
    let item = with("The ferry sails. (Northwire)");
    assert_eq!(
        (item.photos.len(), item.copy.body.as_str()),
        (0, "The ferry sails. (Northwire)"),
        "a page has a body"
    );
    let item = with("One. (A Wire/B C)\n\nTwo. (A Wire/D E)\n\nOSK (A Wire) -- Text.");
    assert_eq!(item.photos.iter().map(|p| p.caption.as_str()).collect::<Vec<_>>(), ["One.", "Two."]);
    let item = with("A summary.\n\nOSK (A Wire) -- Text.");
    assert_eq!(
        (item.copy.standfirst.as_str(), item.copy.body.as_str(), item.notes.len()),
        ("A summary.", "Text.", 1)
    );
}

#[test]
fn pages_of_one_day_keep_apart() {
    let uri = |headline: &str| page(&PAGE.replace("Two ports agree on joint ferry", headline)).source.uri;
    assert_eq!(uri("Two ports"), "saved-page:two-ports/2013-03-06");
    let long = "a headline that goes on and on until nobody remembers how it began or what it was about";
    assert_ne!(uri(&format!("{long} one")), uri(&format!("{long} two")), "cut at the same word");
    assert_ne!(uri("？！"), uri("！？"), "nothing of them is left in an address");
    assert_eq!(uri("？！"), uri("？！"));
}

#[test]
fn half_a_page_is_refused_by_its_line() {
    for (text, words) in [
        ("Two ports\n", "line 1: the file ends before the time of publication"),
        ("Two ports\n\n\n", "line 3: the file ends before the time of publication"),
        ("09:12, March 6, 2013\n\nText", "line 1: the headline is missing"),
        (
            "H\n\nText at once.\n",
            "line 3: the time of publication, such as 09:12, March 6, 2013, should stand here, not “Text at once.”",
        ),
        ("H\n\n09:12, Smarch 6, 2013\n", "line 3: the time of publication"),
        ("H\n\n9.12, March 6, 2013\n", "line 3: the time of publication"),
        (
            "H\n\n09:12, February 30, 2013\n\nx\n\nLeave your comment0 comments",
            "line 3: there is no such time as “09:12, February 30, 2013”",
        ),
        ("H\n\n24:12, March 6, 2013\n\nx\n\nLeave your comment0 comments", "line 3: there is no such time"),
        ("H\n\n09:12, March 6, 2013\n", "line 3: the file ends before “Leave your comment”"),
        (
            "H\n\n09:12, March 6, 2013\n\nText.\n\nLeave your comm",
            "line 7: the file ends before “Leave your comment”",
        ),
        ("H\n\n09:12, March 6, 2013\n\nLeave your comment0 comments\n", "line 5: the body is missing"),
        (
            "\u{200e}\u{202e}\n\n09:12, March 6, 2013\n\nx\n\nLeave your comment0 comments",
            "line 1: the headline has no characters",
        ),
        (" \n", "file: is empty"),
        ("", "file: is empty"),
    ] {
        let found = refused(text);
        assert!(found.starts_with(words), "{found}\nshould begin: {words}");
    }
    let page = [b"H\n\n09:12, March 6, 2013\n\nA ".as_slice(), &[0xff, 0xfe]].concat();
    let why = read(&page, Some(Format::SavedPage), &Zone::default()).unwrap_err();
    assert_eq!((why.where_.as_str(), why.what.as_str()), ("line 5", "is not UTF-8 (byte 28)"));
}

#[test]
fn a_page_cut_anywhere_is_refused_or_says_what_is_missing() {
    let list = PAGE.find("Leave your comment5 comments").unwrap() + "Leave your comment5 comments".len();
    let last = PAGE.find("A whole address").unwrap();
    for end in (0..PAGE.len()).filter(|e| PAGE.is_char_boundary(*e)) {
        match read(&PAGE.as_bytes()[..end], Some(Format::SavedPage), &Zone::default()) {
            Ok(items) => {
                // `…5 comment` is a count too.
                assert!(end + 1 >= list, "cut at {end}, before the comments");
                let told = items[0].notes.iter().any(|n| n.contains("The page says 5 comments"));
                assert!(told || end > last, "cut at {end}: {:?}", items[0].notes);
            }
            Err(why) => {
                assert!(end < list, "cut at {end}: {why}");
                assert!(why.where_.starts_with("line ") || why.where_ == "file", "{why}");
            }
        }
    }
}

#[test]
fn a_long_discussion_is_read_whole_in_its_order() {
    let mut text = PAGE[..PAGE.find("Anna at home").unwrap()].replace("comment5", "comment9000");
    for n in (0..9000).rev() {
        text.push_str(&format!("Reader {n} at 2013-03-{:02}203.0.113.*\nNumber {n} at last\n", 6 + n / 1000));
    }
    let item = page(&text);
    assert_eq!(item.comments.len(), 9000);
    assert_eq!(item.comments[8999].text, "Number 0 at last");
    assert!(item.comments.windows(2).all(|w| w[0].at > w[1].at));
    assert!(item.notes.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written in a comment, as long as no line of it is a header, is there as it was written.
    #[test]
    fn any_name_and_text_come_through(
        name in "[A-Za-z0-9 .'é]{0,20}( at )?[A-Za-z0-9é]{1,10}",
        text in prop::collection::vec("[ -~é日]{0,40}[!-~]", 1..4),
    ) {
        let text = text.join("\n");
        let source = PAGE.replace("Anna at home at", &format!("{name} at")).replace("First line.", &text);
        let item = page(&source);
        let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        prop_assert_eq!(&item.comments[0].name, &words(&name));
        // Escapes are the only thing added.
        let mut shown = item.comments[0].text.chars().peekable();
        let mut unescaped = String::new();
        while let Some(c) = shown.next() {
            let escape = c == '\\' && shown.peek().is_some_and(char::is_ascii_punctuation);
            unescaped.push(if escape { shown.next().unwrap() } else { c });
        }
        prop_assert!(words(&unescaped).starts_with(&words(&text)), "{}\n{}", unescaped, text);
    }
}
