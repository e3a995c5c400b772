//! What search engines are told: sitemaps, the news sitemap of two days, and robots.txt.

use newsroom::{Millis, clock::DAY, paper::Paper, story::Card};

use crate::{
    theme::{Fault, Theme},
    xml::Xml,
};

/// Sitemaps by their paths, each with the time of its last change.
pub struct SitemapIndex<'a> {
    pub paper: &'a Paper,
    pub parts: &'a [(String, Millis)],
}

/// At most 50,000 addresses stand in one sitemap.
pub struct Sitemap<'a> {
    pub paper: &'a Paper,
    /// Paths of pages that are not stories: the front, the sections.
    pub paths: &'a [String],
    pub cards: &'a [Card],
}

/// Stories of the last two days, newest first; older ones and those above 1,000 are left out.
pub struct NewsSitemap<'a> {
    pub paper: &'a Paper,
    pub cards: &'a [Card],
    pub now: Millis,
}

const SITEMAPS: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const IMAGES: (&str, &str) = ("xmlns:image", "http://www.google.com/schemas/sitemap-image/1.1");
const NEWS: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");

/// Most addresses in one sitemap, and in a news sitemap, by the protocols.
pub const MOST_IN_SITEMAP: usize = 50_000;
pub const MOST_IN_NEWS_SITEMAP: usize = 1_000;

impl Theme {
    pub fn sitemap_index(&self, index: &SitemapIndex<'_>) -> Result<String, Fault> {
        let mut xml = Xml::new();
        xml.open("sitemapindex", &[SITEMAPS]);
        for (path, changed) in index.parts {
            xml.open("sitemap", &[]);
            xml.leaf("loc", &index.paper.url(path));
            xml.leaf("lastmod", &changed.rfc3339());
            xml.close("sitemap");
        }
        xml.close("sitemapindex");
        Ok(xml.done())
    }

    pub fn sitemap(&self, sitemap: &Sitemap<'_>) -> Result<String, Fault> {
        let paper = sitemap.paper;
        let mut xml = Xml::new();
        xml.open("urlset", &[SITEMAPS, IMAGES]);
        for path in sitemap.paths.iter().take(MOST_IN_SITEMAP) {
            xml.open("url", &[]);
            xml.leaf("loc", &paper.url(path));
            xml.close("url");
        }
        for card in sitemap.cards.iter().take(MOST_IN_SITEMAP.saturating_sub(sitemap.paths.len())) {
            xml.open("url", &[]);
            xml.leaf("loc", &paper.url(&card.path));
            xml.leaf("lastmod", &card.changed_at.unwrap_or(card.published_at).rfc3339());
            image(&mut xml, paper, card);
            xml.close("url");
        }
        xml.close("urlset");
        Ok(xml.done())
    }

    pub fn news_sitemap(&self, sitemap: &NewsSitemap<'_>) -> Result<String, Fault> {
        let paper = sitemap.paper;
        let mut xml = Xml::new();
        xml.open("urlset", &[SITEMAPS, NEWS, IMAGES]);
        let fresh = sitemap.cards.iter().filter(|c| sitemap.now.since(c.published_at) <= 2 * DAY);
        for card in fresh.take(MOST_IN_NEWS_SITEMAP) {
            xml.open("url", &[]);
            xml.leaf("loc", &paper.url(&card.path));
            xml.open("news:news", &[]);
            xml.open("news:publication", &[]);
            xml.leaf("news:name", &paper.name);
            let language = if card.language.is_empty() { &paper.language } else { &card.language };
            xml.leaf("news:language", news_language(language));
            xml.close("news:publication");
            xml.leaf("news:publication_date", &paper.zone.rfc3339(card.published_at));
            xml.leaf("news:title", &card.headline);
            xml.close("news:news");
            image(&mut xml, paper, card);
            xml.close("url");
        }
        xml.close("urlset");
        Ok(xml.done())
    }

    /// Private pages and the desk are not for robots; the sitemaps are.
    pub fn robots(&self, paper: &Paper) -> Result<String, Fault> {
        Ok(format!(
            "User-agent: *\nDisallow: /desk\nDisallow: /receipt/\nDisallow: /search?\nDisallow: /api/\n\n\
             Sitemap: {}\nSitemap: {}\n",
            paper.url("/sitemap.xml"),
            paper.url("/news-sitemap.xml"),
        ))
    }
}

fn image(xml: &mut Xml, paper: &Paper, card: &Card) {
    if let Some((photo, &width)) = card.photo.as_ref().and_then(|p| p.renditions.last().map(|w| (p, w))) {
        xml.open("image:image", &[]);
        xml.leaf("image:loc", &paper.url(&photo.path(width)));
        xml.close("image:image");
    }
}

/// ISO 639, except Chinese, for which the protocol wants the script's country.
fn news_language(tag: &str) -> &str {
    let primary = tag.split(['-', '_']).next().unwrap_or("en");
    match (primary, tag) {
        ("zh", "zh-Hant" | "zh-TW" | "zh-HK") => "zh-tw",
        ("zh", _) => "zh-cn",
        _ => primary,
    }
}
