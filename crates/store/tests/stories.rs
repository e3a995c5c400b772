//! A story's life in the database, and the lists it stands in.
#![allow(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod support;

use newsroom::{
    clock::{DAY, HOUR},
    moves,
    section::Section,
    slug::Slug,
    story::{NoticeKind, Status},
    touch::Touch,
};
use store::{
    Error,
    story::{ListOf, Since},
};
use support::{
    Paper,
    make::{NOON, draft, published},
};

async fn comes_back_as_it_was_saved(paper: Paper) {
    let store = &paper.store;
    let mut story = published(store, "Two ports agree", NOON).await;
    let found = store.story(story.id).await.unwrap().unwrap();
    assert_eq!(found, story);
    assert_eq!(store.story_at(story.address.as_ref().unwrap()).await.unwrap().unwrap().id, story.id);
    let photo = newsroom::photo::Photo {
        id: 0,
        digest: "ab".repeat(32),
        width: 1440,
        height: 960,
        renditions: vec![],
        caption: "The quay".into(),
        alt: "A quay in fog".into(),
        credit: newsroom::photo::Credit { agency: "Northwire".into(), photographer: "Tomas Riel".into() },
    };
    let mut with_photo = story.clone();
    with_photo.photos.push(photo);
    let with_photo =
        moves::amend(&with_photo, NoticeKind::Correction, "The port is Osk.", NOON.plus(HOUR)).unwrap();
    store.save_story(Some(&story), &with_photo, "ilse", "corrected it", NOON.plus(HOUR)).await.unwrap();
    paper.touched();
    store.photo_is_ready(&"ab".repeat(32), &[320, 640]).await.unwrap();
    assert!(paper.touched().contains(&Touch::Front), "the picture shows on lists too");
    story = store.story(story.id).await.unwrap().unwrap();
    assert_eq!((story.edition, story.photos.len(), story.notices.len()), (3, 1, 1));
    assert_eq!(story.photos[0].renditions, [320, 640]);
    assert_eq!(story.photos[0].credit.to_string(), "Northwire/Tomas Riel");
    assert_eq!(story.notices[0].text, "The port is Osk.");
    let history = store.story_history(story.id).await.unwrap();
    assert_eq!(
        history.iter().map(|d| d.act.as_str()).collect::<Vec<_>>(),
        ["corrected it", "published it", "wrote it"]
    );
}

async fn two_who_edit_at_once_lose_nothing(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Night trains", NOON).await;
    let mut mine = story.clone();
    mine.copy.headline = "Night trains return".into();
    store.save_story(Some(&story), &mine, "ilse", "saved it", NOON).await.unwrap();
    let mut theirs = story.clone();
    theirs.copy.headline = "Trains by night".into();
    let late = store.save_story(Some(&story), &theirs, "per", "saved it", NOON).await;
    assert!(matches!(late, Err(Error::Taken("edition"))), "{late:?}");
    let kept = store.story(story.id).await.unwrap().unwrap();
    assert_eq!(kept.copy.headline, "Night trains return");
    assert_eq!(store.story_history(story.id).await.unwrap().len(), 3, "what was refused left no trace");
}

async fn addresses_are_unique_on_their_day(paper: Paper) {
    let store = &paper.store;
    let first = published(store, "Night trains", NOON).await;
    let second = published(store, "Night trains!", NOON.plus(HOUR)).await;
    let next_day = published(store, "Night trains", NOON.plus(DAY)).await;
    assert_eq!(first.path().unwrap(), "/2013/03/06/night-trains");
    assert_eq!(second.path().unwrap(), "/2013/03/06/night-trains-2");
    assert_eq!(next_day.path().unwrap(), "/2013/03/07/night-trains");
    let mut thief = draft(store.next_id().await.unwrap(), "Night trains");
    thief.address = first.address.clone();
    let taken = store.save_story(None, &thief, "per", "wrote it", NOON).await;
    assert!(matches!(taken, Err(Error::Taken("address"))), "{taken:?}");
}

async fn lists_hold_what_is_published_newest_first(paper: Paper) {
    let store = &paper.store;
    let mut all = Vec::new();
    for n in 0..7 {
        all.push(published(store, &format!("Story {n}"), NOON.plus(n * HOUR)).await);
    }
    let hidden = draft(store.next_id().await.unwrap(), "Not yet");
    store.save_story(None, &hidden, "ilse", "wrote it", NOON).await.unwrap();
    let killed = moves::amend(&all[3], NoticeKind::Kill, "It was not so.", NOON.plus(DAY)).unwrap();
    store.save_story(Some(&all[3]), &killed, "ilse", "killed it", NOON.plus(DAY)).await.unwrap();
    let section = Section::named("World").slug;
    for of in [
        ListOf::All,
        ListOf::Section(section),
        ListOf::Topic(Slug::of("Ferries", "x")),
        ListOf::Author(Slug::of("Ilse Brandt", "x")),
        ListOf::Between(NOON, NOON.plus(DAY)),
    ] {
        let first = store.cards(&of, None, 4).await.unwrap();
        let names =
            |cards: &[newsroom::story::Card]| cards.iter().map(|c| c.headline.clone()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["Story 6", "Story 5", "Story 4", "Story 2"], "{of:?}");
        let rest = store.cards(&of, Some(Since::of(&first[3])), 4).await.unwrap();
        assert_eq!(names(&rest), ["Story 1", "Story 0"], "{of:?}");
        let back = store.newer_cards(&of, Since::of(&rest[0]), 2).await.unwrap();
        assert_eq!(names(&back), ["Story 4", "Story 2"], "{of:?}");
    }
    let two = ListOf::Between(NOON.plus(HOUR), NOON.plus(3 * HOUR));
    assert_eq!(store.cards(&two, None, 9).await.unwrap().len(), 2, "the end is not part of it");
    assert_eq!(store.card(killed.id).await.unwrap(), None);
    assert_eq!(store.card(hidden.id).await.unwrap(), None);
    assert_eq!(store.story(killed.id).await.unwrap().unwrap().status, Status::Killed);
    assert_eq!(store.sitemap_months().await.unwrap()[0].stories, 6);
    assert_eq!(store.count_stories_by_status().await.unwrap(), [1, 0, 6, 1, 0]);
    let desk = store.desk_stories(Status::Published, "story 5", None, 10).await.unwrap();
    assert_eq!(desk.len(), 1);
}

async fn the_desk_filters_in_any_script_and_case(paper: Paper) {
    let store = &paper.store;
    for headline in ["Ночные поезда вернутся", "100% of night trains", "Two ports agree"]
    {
        let mut story = draft(store.next_id().await.unwrap(), headline);
        story.slugline = newsroom::slug::Slugline("ПОЕЗДА-ОСК".into());
        story.copy.agency = if headline.starts_with("Two") { "Northwire".into() } else { String::new() };
        store.save_story(None, &story, "ilse", "wrote it", NOON).await.unwrap();
    }
    for (filter, found) in [
        ("", 3),
        ("ночные", 1),
        ("НОЧНЫЕ", 1),
        ("поезда вер", 1),
        ("поезда-оск", 3),
        ("northWIRE", 1),
        ("world", 3),
        ("100%", 1),
        ("%", 3),
        ("_", 3),
        ("zeppelin", 0),
    ] {
        let rows = store.desk_stories(Status::Draft, filter, None, 10).await.unwrap();
        assert_eq!(rows.len(), found, "{filter}");
    }
    let first = store.desk_stories(Status::Draft, "", None, 2).await.unwrap();
    let last = first.last().map(|row| (row.created_at, row.id));
    let rest = store.desk_stories(Status::Draft, "", last, 2).await.unwrap();
    assert_eq!((first.len(), rest.len()), (2, 1));
}

async fn each_change_touches_what_shows_it_and_no_more(paper: Paper) {
    let store = &paper.store;
    let hidden = draft(store.next_id().await.unwrap(), "Not yet");
    paper.touched();
    store.save_story(None, &hidden, "ilse", "wrote it", NOON).await.unwrap();
    assert_eq!(paper.touched(), [Touch::Story(hidden.id), Touch::Policy(hidden.id)]);
    let story = moves::publish(&hidden, NOON, &newsroom::Zone::default()).unwrap();
    store.save_story(Some(&hidden), &story, "ilse", "published it", NOON).await.unwrap();
    let touched = paper.touched();
    for touch in [Touch::Front, Touch::Feeds, Touch::Section(Slug::of("World", "x"))] {
        assert!(touched.contains(&touch), "{touch:?}");
    }
    let mut follower = store.follow().await.unwrap();
    assert_eq!(store.foreign_touches(&mut follower).await.unwrap(), []);
    let other = Paper::open(paper.home, 2).await;
    published(&other.store, "From another node", NOON).await;
    let foreign = store.foreign_touches(&mut follower).await.unwrap();
    assert!(foreign.contains(&Touch::Front), "{foreign:?}");
    assert_eq!(store.foreign_touches(&mut follower).await.unwrap(), [], "each is told once");
}

on_both!(
    comes_back_as_it_was_saved,
    two_who_edit_at_once_lose_nothing,
    addresses_are_unique_on_their_day,
    lists_hold_what_is_published_newest_first,
    the_desk_filters_in_any_script_and_case,
    each_change_touches_what_shows_it_and_no_more,
);
