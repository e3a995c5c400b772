//! Feeds and sitemaps are well-formed and carry what they promise.

use newsroom::clock::{DAY, HOUR};
use serde_json::Value;

use crate::{
    NewsSitemap, Theme, sample,
    sample::{data, machines::with_feed},
};

/// Panics where tags do not pair or a bare `&` or `<` stands in the text.
fn assert_well_formed(file: &str, xml: &str) {
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), "{file}");
    let mut open: Vec<&str> = Vec::new();
    let mut roots = 0;
    let mut rest = &xml[xml.find("?>").expect("declaration") + 2..];
    while let Some(at) = rest.find('<') {
        let before = &rest[..at];
        for (i, _) in before.match_indices('&') {
            assert!(before[i..].find(';').is_some_and(|end| end < 8), "{file}: {before}");
        }
        let end = at + rest[at..].find('>').expect("tag ends");
        let tag = &rest[at + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{file}");
        } else if !tag.ends_with('/') {
            roots += usize::from(open.is_empty());
            open.push(tag.split_whitespace().next().unwrap_or(""));
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && roots == 1 && rest.trim().is_empty(), "{file}: {open:?}");
}

#[test]
fn all_are_well_formed() {
    let theme = Theme::builtin();
    for sample in sample::all().filter(|s| s.file.ends_with(".xml")) {
        assert_well_formed(sample.file, &(sample.render)(&theme).expect("renders"));
    }
}

#[test]
fn rss_carries_the_whole_story() {
    let xml = with_feed(|feed| Theme::builtin().rss(feed)).expect("renders");
    let url = "https://courier.example/2013/03/06/two-ports-agree-on-joint-night-ferry";
    for part in [
        format!("<guid isPermaLink=\"true\">{url}</guid>"),
        "<pubDate>Wed, 06 Mar 2013 09:12:00 +0100</pubDate>".into(),
        "<dc:creator>Per Lund</dc:creator>".into(),
        "<media:credit role=\"photographer\">Northwire/Tomas Riel</media:credit>".into(),
        "<media:credit role=\"provider\">Northwire</media:credit>".into(),
        "<media:description type=\"plain\">The quay at Osk".into(),
        "<slash:comments>23</slash:comments>".into(),
        format!("<wfw:commentRss>{url}/comments.xml</wfw:commentRss>"),
        "rel=\"self\" type=\"application/rss+xml\" href=\"https://courier.example/section/coast/feed.xml\""
            .into(),
        "&lt;span class=&quot;dateline&quot;&gt;OSK, March 5 (Northwire) --&lt;/span&gt; The ports".into(),
        "in the last ten winters".into(),
    ] {
        assert!(xml.contains(&part), "{part}");
    }
    assert_eq!(xml.matches("<item>").count(), 2, "the killed story is not in the feed");
    assert!(!xml.contains("EDNOTE"));
}

#[test]
fn json_feed_is_json() {
    let text = with_feed(|feed| Theme::builtin().json_feed(feed)).expect("renders");
    let feed: Value = serde_json::from_str(&text).expect("json");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(feed["items"][0]["_dateline"]["photos"][0]["credit"], "Northwire/Tomas Riel");
    assert_eq!(feed["items"][0]["date_published"], "2013-03-06T09:12:00+01:00");
}

#[test]
fn a_discussions_feed_holds_only_what_is_shown() {
    let theme = Theme::builtin();
    let found = sample::all().find(|s| s.file == "comments.xml").expect("sample");
    let xml = (found.render)(&theme).expect("renders");
    assert_eq!(xml.matches("<item>").count(), 5, "one of six is removed");
    assert!(xml.contains("comments/40#comment-41</link>"));
}

#[test]
fn the_news_sitemap_keeps_two_days() {
    let (paper, cards) = (data::paper(), data::cards());
    let count = |now| {
        let xml = Theme::builtin()
            .news_sitemap(&NewsSitemap { paper: &paper, cards: &cards, now })
            .expect("renders");
        xml.matches("<news:news>").count()
    };
    assert_eq!(count(data::MORNING), cards.len());
    assert_eq!(count(data::MORNING.plus(2 * DAY)), 1);
    assert_eq!(count(data::MORNING.plus(2 * DAY + HOUR)), 0);
}
