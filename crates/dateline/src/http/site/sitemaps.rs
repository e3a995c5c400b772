//! `/sitemap.xml` (an index of months), its parts, the news sitemap of two days, and `/robots.txt`.

use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use jiff::{ToSpan, civil::Date};
use newsroom::{
    Millis,
    clock::{DAY, HOUR},
    story::Card,
    touch::Touch,
};
use pages::{NewsSitemap, Sitemap, SitemapIndex, sitemap::MOST_IN_NEWS_SITEMAP, sitemap::MOST_IN_SITEMAP};
use store::story::{ListOf, Since};

const XML: &str = "application/xml; charset=utf-8";

pub async fn index(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/sitemap.xml", async || {
            let months = app.store.sitemap_months().await?;
            let latest = months.iter().map(|m| m.changed_at).max().unwrap_or_default();
            let mut parts = vec![("/sitemap/pages.xml".to_owned(), latest)];
            parts.extend(months.into_iter().map(|m| (format!("/sitemap/{}.xml", m.month), m.changed_at)));
            let index = SitemapIndex { paper: &app.paper, parts: &parts };
            Ok(Rendered::of(XML, app.theme.sitemap_index(&index)?, vec![Touch::Feeds]))
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

/// `/sitemap/2013-03.xml` or `/sitemap/pages.xml`
pub async fn part(
    State(app): State<AppState>,
    Path(part): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let name = part.strip_suffix(".xml").ok_or(Fault::NotFound)?.to_owned();
    let key = request.uri().path().to_owned();
    let page = app
        .ready
        .get_or_render(&key, async || {
            let xml = match name.as_str() {
                "pages" => {
                    let mut paths = vec!["/".to_owned()];
                    paths.extend(app.paper.sections.iter().map(|s| format!("/section/{}", s.slug)));
                    app.theme.sitemap(&Sitemap { paper: &app.paper, paths: &paths, cards: &[] })?
                }
                month => {
                    let cards = month_of(&app, month).await?;
                    app.theme.sitemap(&Sitemap { paper: &app.paper, paths: &[], cards: &cards })?
                }
            };
            Ok(Rendered::of(XML, xml, vec![Touch::Feeds]))
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

async fn month_of(app: &App, month: &str) -> Result<Vec<Card>, Fault> {
    let first: Date = format!("{month}-01").parse().map_err(|_| Fault::NotFound)?;
    let next = first.checked_add(1.month()).map_err(|_| Fault::NotFound)?;
    let zone = &app.paper.zone;
    let of = ListOf::Between(zone.start_of(first), zone.start_of(next));
    let cards = some(app, &of, MOST_IN_SITEMAP).await?;
    if cards.is_empty() { Err(Fault::NotFound) } else { Ok(cards) }
}

/// In steps, so that no statement runs long.
async fn some(app: &App, of: &ListOf, most: usize) -> Result<Vec<Card>, Fault> {
    let mut cards: Vec<Card> = Vec::new();
    while cards.len() < most {
        let step = (most - cards.len()).min(500) as u32;
        let more = app.store.cards(of, cards.last().map(Since::of), step).await?;
        let last = more.len() < step as usize;
        cards.extend(more.into_iter().map(|mut card| {
            card.summary = String::new();
            card
        }));
        if last {
            break;
        }
    }
    Ok(cards)
}

pub async fn news(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/news-sitemap.xml", async || {
            let now = clock::now();
            let of = ListOf::Between(now.plus(-2 * DAY), Millis(i64::MAX));
            let cards = some(&app, &of, MOST_IN_NEWS_SITEMAP).await?;
            let xml = app.theme.news_sitemap(&NewsSitemap { paper: &app.paper, cards: &cards, now })?;
            let mut rendered = Rendered::of(XML, xml, vec![Touch::Feeds]);
            // Stories leave it as they grow old.
            rendered.stale_at = Some(now.plus(HOUR));
            Ok(rendered)
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

pub async fn robots(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/robots.txt", async || {
            let text = app.theme.robots(&app.paper)?;
            Ok(Rendered::of("text/plain; charset=utf-8", text, vec![Touch::Paper]))
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}
