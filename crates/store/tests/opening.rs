//! Opening a paper's database: made when new, opened again when there, refused when not ours.
#![allow(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod support;

use support::Paper;

async fn opened_twice_with_numbers_never_given_twice(paper: Paper) {
    let first = paper.store.next_id().await.expect("id");
    paper.store.ping().await.expect("answers");
    let again = Paper::open(paper.home, 2).await;
    let mut ids = Vec::new();
    for _ in 0..100 {
        ids.push(again.store.next_id().await.expect("id"));
        ids.push(paper.store.next_id().await.expect("id"));
    }
    ids.push(first);
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(ids.iter().all(|id| (1..5_000).contains(id)), "{ids:?}");
}

on_both!(opened_twice_with_numbers_never_given_twice);
