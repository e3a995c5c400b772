//! Samples of what machines read: feeds and sitemaps.

use newsroom::{clock::HOUR, section::Section};

use super::{
    Sample,
    data::{self, MORNING},
};
use crate::{
    DiscussionFeed, Feed, FeedItem, NewsSitemap, Sitemap, SitemapIndex, Talked,
    theme::{Fault, Theme},
};

pub const FEEDS: &[Sample] = samples![
    "feed.xml" => |theme| with_feed(|feed| theme.rss(feed)),
    "atom.xml" => |theme| with_feed(|feed| theme.atom(feed)),
    "feed.json" => |theme| with_feed(|feed| theme.json_feed(feed)),
    "comments.xml" => comments,
    "sitemap.xml" => index,
    "sitemap-2013-03.xml" => sitemap,
    "news-sitemap.xml" => news,
    "robots.txt" => |theme| theme.robots(&data::paper()),
];

pub(crate) fn with_feed<R>(read: impl FnOnce(&Feed<'_>) -> R) -> R {
    let (story, bare, killed) = (data::story(), data::bare_story(), data::killed_story());
    let items = [&story, &bare, &killed].map(|story| FeedItem { story, comments: 23 });
    read(&Feed { paper: &data::paper(), section: Some(&Section::named("Coast")), items: &items })
}

fn comments(theme: &Theme) -> Result<String, Fault> {
    let (thread, story) = (data::thread(), data::story());
    let comments: Vec<_> = thread.replies.iter().map(|comment| (&story, comment)).collect();
    theme.discussion_feed(&DiscussionFeed {
        paper: &data::paper(),
        talked: Talked::Under(&story),
        comments: &comments,
    })
}

fn index(theme: &Theme) -> Result<String, Fault> {
    let parts = [("/sitemap-2013-03.xml".to_owned(), MORNING)];
    theme.sitemap_index(&SitemapIndex { paper: &data::paper(), parts: &parts })
}

fn sitemap(theme: &Theme) -> Result<String, Fault> {
    let (paper, cards, paths) = (data::paper(), data::cards(), ["/".to_owned(), "/section/coast".to_owned()]);
    theme.sitemap(&Sitemap { paper: &paper, paths: &paths, cards: &cards })
}

fn news(theme: &Theme) -> Result<String, Fault> {
    let (paper, cards) = (data::paper(), data::cards());
    theme.news_sitemap(&NewsSitemap { paper: &paper, cards: &cards, now: MORNING.plus(40 * HOUR) })
}
