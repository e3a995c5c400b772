//! What an import brings at once, beside those who begin a page in the same moment.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use newsroom::{
    discussion::Mode,
    site::{Own, SiteOrigin, page},
    slug::Slug,
    story::{Address, StoryId},
};
use store::{
    Error, Store,
    bring::{Opening, Sheaf},
    site::{NewOutside, Site},
};
use support::{
    Paper,
    beside::{beside, waited_for, waiting_on},
    make::NOON,
};

async fn blog(store: &Store) -> Site {
    let site = Site {
        key: "b106".into(),
        name: "blog".into(),
        mode: Mode::Open,
        origins: vec![SiteOrigin::parse("https://blog.example").unwrap()],
        own: Own::default(),
        created_at: NOON,
    };
    store.add_site(&site, "test").await.unwrap();
    site
}

fn address(slug: &str) -> Address {
    Address { day: "2026-03-06".parse().unwrap(), slug: Slug::of(slug, "page") }
}

/// A page that begins at an address, without a comment.
fn sheaf(site: &Site, story: StoryId, path: &str, slug: &str) -> Sheaf {
    let page = page("", &format!("https://blog.example/{path}"), &site.origins).unwrap();
    let opening =
        Opening::Page { site: site.clone(), page, title: slug.into(), address: address(slug), at: NOON };
    Sheaf { story, outside: true, opening: Some(opening), comments: vec![], grown: vec![] }
}

async fn there(store: &Store, path: &str) -> Option<StoryId> {
    let key = format!("url:https://blog.example/{path}");
    store.outside("b106", &key).await.unwrap().map(|outside| outside.story)
}

async fn of_a_pile_all_is_there_or_nothing(paper: Paper) {
    let store = &paper.store;
    let site = blog(store).await;
    store.bring(&[sheaf(&site, 11, "tides", "tides")], NOON).await.unwrap();
    for (path, slug) in [("tides", "ebb"), ("ebb", "tides")] {
        let pile = [sheaf(&site, 12, "pier", "pier"), sheaf(&site, 13, path, slug)];
        let taken = store.bring(&pile, NOON).await;
        assert!(matches!(taken, Err(Error::Taken(_))), "{taken:?}");
        assert_eq!(there(store, "pier").await, None, "{path} at {slug}");
    }
    let pile = [sheaf(&site, 12, "pier", "pier"), sheaf(&site, 13, "ebb", "ebb")];
    store.bring(&pile, NOON).await.unwrap();
    assert_eq!(there(store, "tides").await, Some(11), "who was first");
    assert_eq!((there(store, "pier").await, there(store, "ebb").await), (Some(12), Some(13)));
}

/// Somebody has an address and is about to take a page, of which an import is to begin both: it waits with no page in its
/// hands, and neither is told of a deadlock.
#[tokio::test]
async fn whoever_begins_a_page_never_waits_for_an_import_that_waits_for_them() {
    let Some(home) = support::place::on_postgres().await else { return };
    let paper = Paper::open(home, 1).await;
    let store = &paper.store;
    let site = blog(store).await;
    // The section of other sites is there.
    store
        .add_outside(&NewOutside {
            story: 7,
            site: &site,
            page: &page("", "https://blog.example/first", &site.origins).unwrap(),
            title: "First",
            language: "",
            address: &address("first"),
            now: NOON,
        })
        .await
        .unwrap();
    let (mine, watch) = (beside(&paper).await, beside(&paper).await);
    let pid = mine.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get::<_, i32>(0);
    // In the order in which the store does it for a reader.
    mine.batch_execute("BEGIN").await.unwrap();
    let columns = "edition, status, headline, kicker, standfirst, byline, dateline_place, dateline_date, dateline_agency, \
         dateline_dash, dateline_raw, body, summary, agency, language, section, created_at, urgency, slugline, ednote, \
         usage_terms";
    let values =
        "1, 'outside', '', '', '', '', '', '', '', '', '', '', '', '', '', 'outside', 0, 0, '', '', ''";
    let story =
        format!("INSERT INTO story (id, day, slug, {columns}) VALUES (21, '2026-03-06', 'pier', {values})");
    mine.batch_execute(&story).await.unwrap();
    waiting_on(&watch, pid).await;
    let pile = [sheaf(&site, 12, "tides", "tides"), sheaf(&site, 13, "pier", "pier")];
    let (brought, ()) = tokio::join!(store.bring(&pile, NOON), async {
        waited_for(&watch, pid).await;
        let outside = "INSERT INTO outside (story_id, site_key, page, link) \
             VALUES (21, 'b106', 'url:https://blog.example/tides', 'https://blog.example/tides')";
        mine.batch_execute(outside).await.expect("it waits for nobody");
        mine.batch_execute("COMMIT").await.expect("it waits for nobody");
    });
    assert!(matches!(brought, Err(Error::Taken(_))), "{brought:?}");
    assert_eq!((there(store, "tides").await, there(store, "pier").await), (Some(21), None));
}

on_both!(of_a_pile_all_is_there_or_nothing);
