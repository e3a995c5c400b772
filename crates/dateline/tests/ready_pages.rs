//! The promise of ready pages: never older than what was invalidated before the request began.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use axum::http::{HeaderMap, Method};
use dateline::{
    problem::Fault,
    ready::{Page, ReadyPages, Rendered, Settings},
};
use newsroom::{Millis, touch::Touch};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};
use tokio::sync::oneshot;

fn pages(most_bytes: usize) -> Arc<ReadyPages> {
    Arc::new(ReadyPages::new(Settings { most_bytes, base: HeaderMap::new(), clock: || Millis(1_000) }))
}

fn rendered(text: impl ToString, touch: Touch) -> Result<Rendered, Fault> {
    Ok(Rendered::html(text.to_string(), vec![touch]))
}

fn text(page: &Page) -> String {
    String::from_utf8(page.body().to_vec()).unwrap()
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test);
}

#[test]
fn no_reader_sees_what_was_true_before_a_change_it_follows() {
    const STORIES: usize = 3;
    const WRITES: u64 = 3_000;
    static DATABASE: [AtomicU64; STORIES] = [const { AtomicU64::new(0) }; STORIES];
    // What has been committed and invalidated: no page may be older.
    static ANSWERED: [AtomicU64; STORIES] = [const { AtomicU64::new(0) }; STORIES];
    // So that the writer cannot be done before the readers have begun.
    static READS: AtomicU64 = AtomicU64::new(0);
    let pages = pages(1 << 20);
    let over = Arc::new(AtomicBool::new(false));
    std::thread::scope(|scope| {
        for reader in 0..4usize {
            let (pages, over) = (pages.clone(), over.clone());
            scope.spawn(move || {
                run(async {
                    let mut turn = reader;
                    loop {
                        let last = over.load(Ordering::SeqCst);
                        let story = turn % STORIES;
                        turn += 1;
                        let key = format!("/{story}");
                        let least = ANSWERED[story].load(Ordering::SeqCst);
                        let ready = pages.with(&key, text);
                        let seen = match ready {
                            Some(text) => text,
                            None => {
                                let page = pages
                                    .get_or_render(&key, async || {
                                        let read = DATABASE[story].load(Ordering::SeqCst);
                                        for _ in 0..turn % 4 {
                                            tokio::task::yield_now().await;
                                            std::thread::yield_now();
                                        }
                                        rendered(read, Touch::Story(story as i64))
                                    })
                                    .await
                                    .unwrap();
                                text(&page)
                            }
                        };
                        assert!(seen.parse::<u64>().unwrap() >= least, "{seen} is older than {least}");
                        READS.fetch_add(1, Ordering::SeqCst);
                        if last {
                            break;
                        }
                    }
                });
            });
        }
        for n in 0..WRITES {
            let story = n as usize % STORIES;
            let committed = DATABASE[story].fetch_add(1, Ordering::SeqCst) + 1;
            pages.invalidate(&[Touch::Front, Touch::Story(story as i64)]);
            ANSWERED[story].store(committed, Ordering::SeqCst);
            while READS.load(Ordering::SeqCst) < n {
                std::thread::yield_now();
            }
        }
        over.store(true, Ordering::SeqCst);
    });
    assert!(pages.figures().0 <= STORIES);
}

#[test]
fn an_overlapped_rendering_serves_those_before_the_change_and_is_not_kept() {
    run(async {
        let pages = pages(1 << 20);
        let (go, gate) = oneshot::channel::<()>();
        let leader = pages.get_or_render("/a", async || {
            gate.await.unwrap();
            rendered("old", Touch::Story(1))
        });
        let before = pages.get_or_render("/a", async || panic!("somebody renders it already"));
        let (mut leader, mut before) = (Box::pin(leader), Box::pin(before));
        assert!(futures_pending(&mut leader).await && futures_pending(&mut before).await);
        pages.invalidate(&[Touch::Story(1)]);
        let mut after = Box::pin(pages.get_or_render("/a", async || rendered("new", Touch::Story(1))));
        assert!(futures_pending(&mut after).await, "it waits for the rendering under way");
        go.send(()).unwrap();
        assert_eq!(text(&leader.await.unwrap()), "old");
        assert_eq!(text(&before.await.unwrap()), "old");
        assert!(pages.with("/a", |_| ()).is_none(), "not kept");
        assert_eq!(text(&after.await.unwrap()), "new");
        assert_eq!(pages.with("/a", text).as_deref(), Some("new"));
    });
}

/// Polls once; whether it is still waiting.
async fn futures_pending<F: Future + Unpin>(future: &mut F) -> bool {
    std::future::poll_fn(|cx| std::task::Poll::Ready(std::pin::Pin::new(&mut *future).poll(cx).is_pending()))
        .await
}

#[test]
fn a_change_of_something_else_keeps_the_page() {
    run(async {
        let pages = pages(1 << 20);
        let inner = pages.clone();
        let render = async || {
            inner.invalidate(&[Touch::Story(2)]);
            rendered("one", Touch::Story(1))
        };
        pages.get_or_render("/a", render).await.unwrap();
        assert!(pages.with("/a", |_| ()).is_some());
        pages.invalidate(&[Touch::Story(2), Touch::Front]);
        assert!(pages.with("/a", |_| ()).is_some());
        pages.invalidate(&[Touch::Paper]);
        assert!(pages.with("/a", |_| ()).is_none(), "the paper is in every page");
        let inner = pages.clone();
        let render = async || {
            inner.invalidate(&[Touch::Paper]);
            rendered("one", Touch::Story(1))
        };
        pages.get_or_render("/a", render).await.unwrap();
        assert!(pages.with("/a", |_| ()).is_none());
        assert_eq!(pages.figures().1, 0, "no bytes are counted for pages that are gone");
    });
}

#[test]
fn a_request_that_goes_away_leaves_its_rendering_to_the_next() {
    run(async {
        let pages = pages(1 << 20);
        let mut leader = Box::pin(pages.get_or_render("/a", async || std::future::pending().await));
        let mut next = Box::pin(pages.get_or_render("/a", async || rendered("next", Touch::Story(1))));
        assert!(futures_pending(&mut leader).await && futures_pending(&mut next).await);
        drop(leader);
        assert_eq!(text(&next.await.unwrap()), "next");
    });
}

#[test]
fn a_fault_goes_to_all_who_waited_and_to_nobody_later() {
    run(async {
        let pages = pages(1 << 20);
        let (go, gate) = oneshot::channel::<()>();
        let mut leader = Box::pin(pages.get_or_render("/a", async || {
            gate.await.unwrap();
            Err(Fault::broken("disk"))
        }));
        let mut waiting = Box::pin(pages.get_or_render("/a", async || panic!("it waits")));
        assert!(futures_pending(&mut leader).await && futures_pending(&mut waiting).await);
        go.send(()).unwrap();
        assert_eq!(leader.await.unwrap_err(), Fault::broken("disk"));
        assert_eq!(waiting.await.unwrap_err(), Fault::broken("disk"));
        let later = pages.get_or_render("/a", async || rendered("well", Touch::Story(1))).await;
        assert_eq!(text(&later.unwrap()), "well");
    });
}

#[test]
fn memory_is_bounded_and_what_is_asked_for_stays() {
    run(async {
        let most = 200_000;
        let pages = pages(most);
        for n in 0..500i64 {
            let body = "x".repeat(1_000);
            pages.get_or_render(&format!("/{n}"), async || rendered(body, Touch::Story(n))).await.unwrap();
            assert!(pages.with("/0", |_| ()).is_some(), "asked for all the time, gone at {n}");
            assert!(pages.figures().1 <= most as u64);
        }
        assert!(pages.figures().0 > 10 && pages.figures().0 < 200);
        // Many changes of one page leave nothing behind.
        for _ in 0..2_000 {
            pages.invalidate(&[Touch::Story(0)]);
            pages.get_or_render("/0", async || rendered("y", Touch::Story(0))).await.unwrap();
        }
        pages.invalidate(&[Touch::Paper]);
        assert_eq!((pages.figures().0, pages.figures().1), (0, 0));
        let huge = pages.get_or_render("/huge", async || rendered("z".repeat(most), Touch::Front)).await;
        assert_eq!(huge.unwrap().body().len(), most);
        assert_eq!(pages.figures().0, 0, "answered, and not kept");
    });
}

#[test]
fn a_page_that_is_stale_by_the_clock_is_not_ready() {
    run(async {
        static NOW: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
        let pages = ReadyPages::new(Settings {
            most_bytes: 1 << 20,
            base: HeaderMap::new(),
            clock: || Millis(NOW.load(Ordering::SeqCst)),
        });
        let until = |text: &str, at| {
            let mut page = Rendered::html(text, vec![Touch::Discussion(1)]);
            page.stale_at = Some(Millis(at));
            Ok(page)
        };
        pages.get_or_render("/a", async || until("open", 10)).await.unwrap();
        assert!(pages.with("/a", |_| ()).is_some());
        NOW.store(10, Ordering::SeqCst);
        assert!(pages.with("/a", |_| ()).is_none());
        let page = pages.get_or_render("/a", async || until("closed", 100)).await.unwrap();
        assert_eq!(text(&page), "closed");
        assert_eq!(pages.with("/a", text).as_deref(), Some("closed"));
    });
}

#[test]
fn pages_without_dependencies_are_answered_and_not_kept() {
    run(async {
        let pages = pages(1 << 20);
        let page = pages.get_or_render("/a", async || Ok(Rendered::html("once", vec![]))).await.unwrap();
        assert_eq!(page.answer(&Method::GET, &HeaderMap::new()).status(), 200);
        assert!(pages.with("/a", |_| ()).is_none());
    });
}
