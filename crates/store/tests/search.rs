//! The search index follows the database, and shows nothing that readers may not see.
#![allow(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod support;

use newsroom::{
    clock::DAY,
    discussion::{Reason, Ruling},
    moves,
    story::NoticeKind,
};
use store::{
    Place, Store,
    job::{Job, Task},
    search::analyse,
};
use support::{
    Paper,
    make::{NOON, comment, published},
};

async fn found(store: &Store, asked: &str) -> Vec<(String, Option<i64>)> {
    let hits = store.search(&analyse::query(asked), None, 20).await.unwrap();
    hits.hits.into_iter().map(|h| (h.card.headline, h.comment.map(|c| c.id))).collect()
}

/// Does what jobs would do.
async fn index(store: &Store) {
    loop {
        let jobs = store.claim_jobs(NOON.plus(400 * DAY), 50).await.unwrap();
        if jobs.is_empty() {
            return;
        }
        for Job { id, task, .. } in jobs {
            match task {
                Some(Task::IndexStory(story)) => store.index_story(story).await.unwrap(),
                Some(Task::IndexComments(ids)) => store.index_comments(&ids).await.unwrap(),
                Some(Task::SealLog) => store.seal_log().await.unwrap(),
                other => panic!("{other:?}"),
            }
            store.finish_jobs(&[id]).await.unwrap();
        }
    }
}

async fn stories_and_comments_come_and_go(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Ночные поезда возвращаются", NOON).await;
    let other = published(store, "两港口就渡轮达成协议", NOON.plus(DAY)).await;
    let said = comment(store, &story, "The sleepers were running late, as ever.").await;
    store.post(said.clone()).await.unwrap();
    index(store).await;
    assert_eq!(found(store, "поезд").await, [(story.copy.headline.clone(), None)]);
    assert_eq!(found(store, "渡轮").await, [(other.copy.headline.clone(), None)]);
    assert_eq!(found(store, "run sleeper").await, [(story.copy.headline.clone(), Some(said.id))]);
    assert_eq!(found(store, "minister").await, [], "the note to editors is not searched");
    // Before the job has run, too.
    store.rule(said.id, Ruling::Remove, Some(Reason::OFF_TOPIC), "", "mette", NOON).await.unwrap();
    assert_eq!(found(store, "sleeper").await, []);
    index(store).await;
    let killed = moves::amend(&story, NoticeKind::Kill, "Withdrawn.", NOON.plus(DAY)).unwrap();
    store.save_story(Some(&story), &killed, "ilse", "killed it", NOON.plus(DAY)).await.unwrap();
    assert_eq!(found(store, "поезд").await, []);
    index(store).await;
    assert_eq!(store.index_faults().await.unwrap(), (0, 0));
    assert_eq!(store.count_jobs().await.unwrap(), (0, 0));
}

async fn a_new_wording_replaces_the_old(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Ferry to Osk", NOON).await;
    index(store).await;
    let mut new = moves::amend(&story, NoticeKind::Correction, "It is Tarn.", NOON.plus(DAY)).unwrap();
    new.copy.headline = "Ferry to Tarn".into();
    new.copy.body = "The boat goes to Tarn.".into();
    store.save_story(Some(&story), &new, "ilse", "corrected it", NOON.plus(DAY)).await.unwrap();
    index(store).await;
    assert_eq!(found(store, "Osk").await, []);
    assert_eq!(found(store, "Tarn").await.len(), 1);
}

async fn the_newest_come_first_and_pages_follow(paper: Paper) {
    let store = &paper.store;
    for n in 0..45 {
        published(store, &format!("Harbour story {n}"), NOON.plus(n * DAY)).await;
    }
    index(store).await;
    let query = analyse::query("harbour");
    let mut seen = Vec::new();
    let mut below = None;
    loop {
        let page = store.search(&query, below, 20).await.unwrap();
        seen.extend(page.hits.into_iter().map(|h| h.card.headline));
        below = page.next;
        if below.is_none() {
            break;
        }
    }
    let want: Vec<String> = (0..45).rev().map(|n| format!("Harbour story {n}")).collect();
    assert_eq!(seen, want);
    let told = std::sync::Mutex::new(0);
    let done = store.rebuild_index(|n| *told.lock().unwrap() = n).await.unwrap();
    assert_eq!((done, *told.lock().unwrap()), (45, 45));
    assert_eq!(found(store, "harbour").await.len(), 20);
    assert_eq!(store.index_faults().await.unwrap(), (0, 0));
}

async fn a_job_is_one_nodes_and_comes_again_when_it_fails(paper: Paper) {
    let store = &paper.store;
    published(store, "Ferry", NOON).await;
    let (a, b) = futures_util::future::join(store.claim_jobs(NOON, 9), store.claim_jobs(NOON, 9)).await;
    assert_eq!(a.unwrap().len() + b.unwrap().len(), 3, "two never have the same job");
    assert!(store.claim_jobs(NOON, 9).await.unwrap().is_empty());
    let again = store.claim_jobs(NOON.plus(DAY), 9).await.unwrap();
    assert_eq!((again.len(), again[0].attempts), (3, 1), "a node that died leaves its job to others");
    store.put_off_job(again[0].id, "disk full", NOON.plus(2 * DAY)).await.unwrap();
    assert!(store.claim_jobs(NOON.plus(DAY), 9).await.unwrap().is_empty());
    assert_eq!(store.count_jobs().await.unwrap(), (3, 0));
}

/// More than one part of the index at a time, each of words of its own.
async fn a_sweep_ends_whatever_is_taken_away_meanwhile(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Ferry to Osk", NOON).await;
    store.index_story(story.id).await.unwrap();
    let mut said = Vec::new();
    for n in 0..100u32 {
        let words = (0..500).map(|k| format!("{:08x}", (n * 500 + k).wrapping_mul(2_654_435_761)));
        let one = comment(store, &story, &words.collect::<Vec<_>>().join(" ")).await;
        store.post(one.clone()).await.unwrap();
        store.index_comments(&[one.id]).await.unwrap();
        said.push(one.id);
    }
    let take_away = async |id| {
        store.rule(id, Ruling::Remove, Some(Reason::OFF_TOPIC), "", "mette", NOON).await.unwrap();
        store.index_comments(&[id]).await.unwrap();
    };
    take_away(said[3]).await;
    let mut swept = store.sweep_index(true).await.unwrap();
    let by_itself = matches!(paper.home.place, Place::Postgres(_));
    assert_eq!(swept, by_itself, "it is of more than one part");
    take_away(said[50]).await;
    let mut parts = 0;
    while !swept && parts < 500 {
        swept = store.sweep_index(false).await.unwrap();
        parts += 1;
    }
    assert!(swept, "after {parts} parts");
    // What was taken away meanwhile is for a sweep of its own, and then there is nothing left.
    let mut begin = true;
    while !store.sweep_index(begin).await.unwrap() {
        begin = false;
    }
    assert!(store.sweep_index(true).await.unwrap());
    assert_eq!(store.index_faults().await.unwrap(), (0, 0));
}

on_both!(
    stories_and_comments_come_and_go,
    a_new_wording_replaces_the_old,
    the_newest_come_first_and_pages_follow,
    a_job_is_one_nodes_and_comes_again_when_it_fails,
    a_sweep_ends_whatever_is_taken_away_meanwhile,
);
