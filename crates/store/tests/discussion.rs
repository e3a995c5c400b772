//! Comments coming in, their threads, and rulings on them.
#![allow(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod support;

use newsroom::{
    clock::HOUR,
    discussion::{CommentId, Mode, Order, Policy, Reason, Ruling, State, report::CleanReport},
    story::Story,
    touch::Touch,
};
use store::{
    Error, Store,
    comment::{Decided, Mark, Marked, NewAppeal, NewComment, NewReport, Posted, Undone},
    reader::{NewKnock, NewReader, NewSession, WayKind},
};
use support::{
    Paper,
    beside::{beside, waited_for, waiting_on},
    make::{NOON, answer, comment, published},
};

async fn post(store: &Store, story: &Story, text: &str) -> NewComment {
    let new = comment(store, story, text).await;
    assert_eq!(store.post(new.clone()).await.unwrap(), Posted::Kept);
    new
}

async fn reply(store: &Store, story: &Story, to: &NewComment, text: &str) -> NewComment {
    let new = answer(to, comment(store, story, text).await);
    assert_eq!(store.post(new.clone()).await.unwrap(), Posted::Kept);
    new
}

async fn page(store: &Store, story: &Story, order: Order) -> newsroom::discussion::Page {
    store.page(story.id, order, None, &Policy::default(), NOON.plus(HOUR)).await.unwrap().unwrap()
}

async fn an_account_that_has_ended_says_nothing_more(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let knock =
        NewKnock { kind: WayKind::Mail, digest: "d", label: "m***@post.example", name: "", reader: None };
    let knock = store.add_knock(&knock, NOON).await.unwrap();
    let session = NewSession { digest: "s", browser: "Firefox" };
    let new = NewReader { name: "Mette", look: "rnette", session };
    let reader = store.add_reader(&new, &knock, NOON).await.unwrap();
    let from = async |text: &str| {
        let new = comment(store, &story, text).await;
        NewComment { reader: Some(reader), name: "Mette".into(), digest: Some(text.len() as i64), ..new }
    };
    let (first, second, third) =
        (from("Alive.").await, from("Just then.").await, from("And this, too.").await);
    assert_eq!(store.post(first.clone()).await.unwrap(), Posted::Kept);
    // Taken in together with the end, whichever is first: it is the account's, or not written.
    let (fate, ended) = tokio::join!(store.post(second.clone()), store.end_reader(reader, true, NOON));
    ended.unwrap();
    let kept = store.comment(second.id).await.unwrap();
    match fate.unwrap() {
        Posted::Kept => assert_eq!(kept.unwrap().reader, Some(reader), "its job will find it"),
        fate => assert!(fate == Posted::Ended && kept.is_none(), "{fate:?}"),
    }
    assert_eq!(store.post(third.clone()).await.unwrap(), Posted::Ended);
    assert!(store.comment(third.id).await.unwrap().is_none());
    // Others in the same batch are taken as ever.
    let (others, hers) = tokio::join!(store.post(comment(store, &story, "Mine.").await), store.post(third));
    assert_eq!((others.unwrap(), hers.unwrap()), (Posted::Kept, Posted::Ended));
    assert!(store.miscounted_discussions().await.unwrap().is_empty());
    assert!(store.thread_faults().await.unwrap().is_empty());
}

async fn a_thread_that_was_closed_meanwhile_takes_nothing(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let root = post(store, &story, "The first.").await;
    let other = post(store, &story, "The second.").await;
    let first = reply(store, &story, &root, "An answer.").await;
    assert!(store.close_thread(first.id, true, "ilse", NOON).await.unwrap());
    // Each was in order when the rule looked. In one batch, the same words once where they cannot be said, once where
    // they can.
    let say = async |to: Option<&NewComment>, digest: i64| {
        let new = comment(store, &story, "Again").await;
        let new = NewComment { digest: Some(digest), again_after: NOON.plus(-HOUR), ..new };
        to.map_or(new.clone(), |to| answer(to, new))
    };
    let new = [
        say(Some(&first), 7).await,
        say(Some(&other), 7).await,
        say(Some(&root), 8).await,
        say(None, 9).await,
    ];
    let [a, b, c, d] = new.clone();
    let (a, b, c, d) = tokio::join!(store.post(a), store.post(b), store.post(c), store.post(d));
    let fates = [a.unwrap(), b.unwrap(), c.unwrap(), d.unwrap()];
    assert_eq!(fates, [Posted::Closed, Posted::Kept, Posted::Closed, Posted::Kept]);
    for (new, fate) in new.iter().zip(fates) {
        assert_eq!(store.comment(new.id).await.unwrap().is_some(), fate == Posted::Kept);
    }
    // What was refused was not said, so it is said elsewhere.
    assert_eq!(store.post(say(Some(&other), 8).await).await.unwrap(), Posted::Kept);
    assert_eq!(store.post(say(Some(&other), 7).await).await.unwrap(), Posted::SaidBefore);
    assert!(store.miscounted_discussions().await.unwrap().is_empty());
    assert!(store.close_thread(root.id, false, "ilse", NOON).await.unwrap());
    assert_eq!(store.post(say(Some(&root), 10).await).await.unwrap(), Posted::Kept);
}

/// On PostgreSQL only: SQLite has one writer, and no in between.
#[tokio::test]
async fn what_another_node_is_writing_is_waited_for() {
    let Some(home) = support::place::on_postgres().await else { return };
    let paper = Paper::open(home, 1).await;
    let (node, watch) = (beside(&paper).await, beside(&paper).await);
    let pid: i32 = node.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let root = post(store, &story, "The first.").await;
    let late = answer(&root, comment(store, &story, "An answer.").await);
    let between = async |written: String| {
        node.batch_execute(&format!("BEGIN; {written}")).await.unwrap();
        waited_for(&watch, pid).await;
        node.batch_execute("COMMIT").await.unwrap();
    };
    // A thread is being closed.
    let close = format!("UPDATE comment SET closed = 1 WHERE id = {}", root.id);
    let posted = async {
        waiting_on(&watch, pid).await;
        store.post(late.clone()).await
    };
    let (fate, ()) = tokio::join!(posted, between(close));
    assert_eq!(fate.unwrap(), Posted::Closed);
    assert!(store.comment(late.id).await.unwrap().is_none());

    // A warning, which changes nothing of the comment but stands beside it: its writer changes no text unawares.
    let known = store.comment(root.id).await.unwrap().unwrap();
    let warn = format!(
        "UPDATE comment SET unread = 0 WHERE id = {0}; INSERT INTO ruling (comment_id, at, staff, ruling, note, story_id) \
         VALUES ({0}, 1, 'ilse', 'warn', '', {1})",
        root.id, story.id
    );
    let withdrawn = async {
        waiting_on(&watch, pid).await;
        store.withdraw_comment(&known, None, NOON).await
    };
    let (done, ()) = tokio::join!(withdrawn, between(warn));
    assert!(matches!(done, Err(Error::Taken("comment"))), "{done:?}");
    assert_eq!(store.comment(root.id).await.unwrap().unwrap().state, State::Shown);
}

async fn many_at_once_are_all_kept_and_counted(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let root = post(store, &story, "The first.").await;
    paper.touched();
    let mut posts = Vec::new();
    for n in 0..300 {
        let mut new = comment(store, &story, &format!("Number {n}")).await;
        if n % 3 == 0 {
            new = answer(&root, new);
        }
        if n % 50 == 0 {
            new.state = State::Held;
            new.held_why = Some("It has 3 links.".into());
        }
        posts.push(store.post(new));
    }
    for fate in futures_util::future::join_all(posts).await {
        assert_eq!(fate.unwrap(), Posted::Kept);
    }
    assert!(paper.touched().contains(&Touch::Discussion(story.id)));
    let page = page(store, &story, Order::Newest).await;
    assert_eq!((page.discussion.shown, page.discussion.held), (295, 6));
    assert_eq!(page.threads.len(), 20);
    assert!(page.next.is_some());
    let thread = store.thread(story.id, root.id, None).await.unwrap().unwrap();
    assert_eq!(thread.root.replies, 98, "100 replies, of which two are held");
    assert_eq!((thread.replies.len(), thread.more), (50, 48));
    assert!(store.miscounted_discussions().await.unwrap().is_empty());
    let last = store.thread(story.id, root.id, thread.next).await.unwrap().unwrap();
    assert_eq!((last.replies.len(), last.more), (48, 0));
    let at = store.page_of_reply(last.replies.last().unwrap()).await.unwrap();
    let there = store.thread(story.id, root.id, at).await.unwrap().unwrap();
    assert!(there.replies.contains(last.replies.last().unwrap()), "a link to a late reply finds its page");
    assert_eq!(
        store.queue(newsroom::discussion::View::Held, "", &Default::default(), None, 10).await.unwrap().len(),
        6
    );
    assert_eq!(store.count_held().await.unwrap(), 6);
}

async fn the_same_words_are_taken_once(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let mut said = Vec::new();
    for _ in 0..8 {
        let new = comment(store, &story, "Again").await;
        said.push(store.post(NewComment { digest: Some(42), again_after: NOON.plus(-HOUR), ..new }));
    }
    let fates = futures_util::future::join_all(said).await;
    assert_eq!(fates.iter().filter(|f| matches!(f, Ok(Posted::Kept))).count(), 1);
    assert_eq!(fates.iter().filter(|f| matches!(f, Ok(Posted::SaidBefore))).count(), 7);
    let later = comment(store, &story, "Again").await;
    let at = NOON.plus(3 * HOUR);
    let late = NewComment { digest: Some(42), at, again_after: NOON.plus(2 * HOUR), ..later };
    assert_eq!(store.post(late).await.unwrap(), Posted::Kept);
    let elsewhere = published(store, "Another story", NOON).await;
    let new = comment(store, &elsewhere, "Again").await;
    assert_eq!(store.post(NewComment { digest: Some(42), ..new }).await.unwrap(), Posted::Kept);
    assert_eq!(page(store, &story, Order::Newest).await.discussion.shown, 2);
}

async fn orders_differ_and_each_pages_through_all(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let mut roots = Vec::new();
    for n in 0..45 {
        roots.push(post(store, &story, &format!("Root {n}")).await);
    }
    for _ in 0..3 {
        reply(store, &story, &roots[7], "A reply").await;
    }
    let liked = store.comment(roots[9].id).await.unwrap().unwrap();
    let mark = async |voter: &str| {
        store.value_comment(&liked, &Mark { voter, networks: &[], most: 1 }).await.unwrap()
    };
    assert_eq!(mark("one").await, Marked::Now);
    assert_eq!(mark("one").await, Marked::Before, "a reader counts once");
    assert_eq!(mark("two").await, Marked::Now);
    let first = [(Order::Newest, 44), (Order::Oldest, 0), (Order::Discussed, 7), (Order::Valued, 9)];
    for (order, at) in first {
        let mut from = None;
        let mut seen = Vec::new();
        loop {
            let page = store
                .page(story.id, order, from, &Policy::default(), NOON.plus(HOUR))
                .await
                .unwrap()
                .unwrap();
            seen.extend(page.threads.iter().map(|t| t.root.id));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        assert_eq!(seen[0], roots[at].id, "{order:?}");
        assert_eq!(seen.len(), 45);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 45, "{order:?} shows none twice");
    }
    assert_eq!(store.comment(liked.id).await.unwrap().unwrap().valued, 2);
}

async fn few_marks_count_from_one_network(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let liked = post(store, &story, "Root").await;
    let liked = store.comment(liked.id).await.unwrap().unwrap();
    let valued = async || store.comment(liked.id).await.unwrap().unwrap().valued;
    let (today, before) = (["new".to_owned(), "old".to_owned()], ["old".to_owned(), "older".to_owned()]);
    let mark = async |voter: &str, networks: &[String]| {
        store.value_comment(&liked, &Mark { voter, networks, most: 3 }).await.unwrap()
    };
    assert_eq!(mark("a", &before).await, Marked::Now);
    // The day's key turned: it is the same network.
    assert_eq!(mark("b", &today).await, Marked::Now);
    // Many at once are no more than one after another.
    let voters: Vec<String> = (0..12).map(|n| format!("voter {n}")).collect();
    let all = futures_util::future::join_all(voters.iter().map(|voter| mark(voter, &today))).await;
    assert_eq!(all.iter().filter(|m| **m == Marked::Now).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|m| **m == Marked::Enough).count(), 11, "{all:?}");
    assert_eq!((mark("b", &today).await, valued().await), (Marked::Before, 3));
    let elsewhere = ["elsewhere".to_owned()];
    let all = futures_util::future::join_all(["x", "x", "x"].map(|voter| mark(voter, &elsewhere))).await;
    assert_eq!(all.iter().filter(|m| **m == Marked::Now).count(), 1, "one voter, at once: {all:?}");
    assert_eq!((mark("y", &elsewhere).await, valued().await), (Marked::Now, 5));
}

async fn rulings_change_state_counts_and_stubs_together(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let root = post(store, &story, "Cheap cabins").await;
    let below = reply(store, &story, &root, "This is an advertisement").await;
    let rule = |id, ruling, reason| store.rule(id, ruling, reason, "seen", "mette", NOON.plus(HOUR));
    assert_eq!(
        rule(root.id, Ruling::Remove, Some(Reason::ADVERTISING)).await.unwrap(),
        Decided::Done(State::Removed)
    );
    let stub = page(store, &story, Order::Newest).await;
    assert_eq!((stub.discussion.shown, stub.discussion.removed, stub.threads.len()), (1, 1, 1));
    assert_eq!(stub.threads[0].root.reason, Some(Reason::ADVERTISING));
    assert_eq!(stub.threads[0].replies.len(), 1);
    rule(below.id, Ruling::Remove, Some(Reason::OFF_TOPIC)).await.unwrap();
    let empty = page(store, &story, Order::Newest).await;
    assert_eq!((empty.discussion.removed, empty.threads.len()), (2, 0), "nothing stands under it any more");
    rule(below.id, Ruling::Show, None).await.unwrap();
    assert_eq!(page(store, &story, Order::Newest).await.threads[0].replies.len(), 1, "the stub is back");
    rule(root.id, Ruling::Show, None).await.unwrap();
    let whole = page(store, &story, Order::Newest).await;
    assert_eq!((whole.discussion.shown, whole.discussion.removed), (2, 0));
    assert_eq!(whole.threads[0].root.replies, 1);
    let again = store.rule(root.id, Ruling::Show, None, "", "mette", NOON.plus(HOUR)).await.unwrap();
    assert_eq!(again, Decided::Already(State::Shown));
    assert!(matches!(rule(999_999, Ruling::Show, None).await, Err(Error::Gone("comment"))));
    let waiting = store.waiting(store.comment(below.id).await.unwrap().unwrap()).await.unwrap();
    assert_eq!(waiting.rulings.last().unwrap().who, "mette");
    assert_eq!(waiting.parent().unwrap().id, root.id);
    assert!(store.miscounted_discussions().await.unwrap().is_empty());
}

async fn a_discussion_is_closed_by_hand(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    store.set_mode(story.id, Mode::Closed, "ilse", NOON).await.unwrap();
    let facts = store.facts_at(story.address.as_ref().unwrap()).await.unwrap().unwrap();
    assert_eq!((facts.id, facts.mode), (story.id, Mode::Closed));
    assert!(paper.touched().contains(&Touch::Policy(story.id)));
    assert!(matches!(store.set_mode(999_999, Mode::Open, "ilse", NOON).await, Err(Error::Gone(_))));
    let counts = store.shown_counts(&[story.address.clone().unwrap()]).await.unwrap();
    assert_eq!(counts, [Some(0)]);
}

async fn report(store: &Store, comment: CommentId, who: &str) {
    let (text, name, email) = (String::new(), String::new(), String::new());
    let report = CleanReport { reason: Reason::INSULT, text, name, email };
    let reporters = [who.to_owned()];
    let new = NewReport { comment, at: NOON, report: &report, reporters: &reporters, networks: &reporters };
    store.add_report(&new).await.unwrap();
}

async fn appeal(store: &Store, comment: CommentId, text: &str) {
    let seen = store.rulings_of(comment).await.unwrap().last().unwrap().id;
    let new = NewAppeal { comment, at: NOON, due: NOON, text, first: "ilse", seen };
    store.add_appeal(&new).await.unwrap();
}

/// All within one millisecond, by the clock that stands still.
async fn what_a_ruling_settled_waits_again_and_nothing_else(paper: Paper) {
    let store = &paper.store;
    let story = published(store, "Two ports agree", NOON).await;
    let id = post(store, &story, "Where does it land?").await.id;
    let rule = async |ruling, who: &str| {
        let reason = (ruling == Ruling::Remove).then_some(Reason::INSULT);
        store.rule(id, ruling, reason, "", who, NOON).await.unwrap();
        store.rulings_of(id).await.unwrap().last().unwrap().id
    };
    let open = async || {
        let reports = store.open_reports(id).await.unwrap().len();
        let doubt = store.doubt_on(id).await.unwrap().map(|doubt| doubt.note);
        let appeals = store.appeals_of(id).await.unwrap();
        (reports, doubt, appeals.into_iter().map(|a| (a.outcome, a.ruling)).collect::<Vec<_>>())
    };
    let doubt = async |note: &str| store.doubt(id, note, "bo", NOON).await.unwrap();
    report(store, id, "a").await;
    report(store, id, "b").await;
    doubt("First?").await;
    let removed = rule(Ruling::Remove, "ilse").await;
    assert_eq!(open().await, (0, None, vec![]));
    appeal(store, id, "It is about the ferry.").await;
    report(store, id, "c").await;
    let kept = rule(Ruling::Remove, "bo").await;
    assert_eq!(open().await, (0, None, vec![(Some("kept".into()), Some(kept))]));
    appeal(store, id, "It still is.").await;
    doubt("Second?").await;
    let shown = rule(Ruling::Show, "cem").await;
    let upheld = (Some("upheld".into()), Some(shown));
    let all = (0, None, vec![(Some("kept".into()), Some(kept)), upheld]);
    assert_eq!(open().await, all);

    // Taken back in the same millisecond: Cem's appeal and doubt wait again, what Bo and Ilse settled does not.
    let undone = store.undo_ruling(id, "cem", Some(shown), NOON).await.unwrap();
    assert_eq!(undone, Undone::Done(State::Removed));
    let waits = (0, Some("Second?".into()), vec![(Some("kept".into()), Some(kept)), (None, None)]);
    assert_eq!(open().await, waits);
    let rulings = store.rulings_of(id).await.unwrap();
    assert!(rulings.iter().all(|r| r.at == NOON) && rulings[0].id == removed, "{rulings:?}");

    // A removal that is taken back while an appeal against it waits: its number is that of the undoing.
    let id = post(store, &story, "And when?").await.id;
    store.rule(id, Ruling::Remove, Some(Reason::INSULT), "", "ilse", NOON).await.unwrap();
    appeal(store, id, "It is about the ferry.").await;
    store.undo_ruling(id, "ilse", None, NOON).await.unwrap();
    let undoing = store.rulings_of(id).await.unwrap().pop().unwrap();
    let appeals = store.appeals_of(id).await.unwrap();
    assert_eq!((appeals[0].ruling, appeals[0].outcome.as_deref()), (Some(undoing.id), Some("upheld")));
    // The undoing settled it, and nothing that the removal had settled is mixed with that.
    store.rule(id, Ruling::Remove, Some(Reason::INSULT), "", "ilse", NOON).await.unwrap();
    store.undo_ruling(id, "ilse", None, NOON).await.unwrap();
    assert_eq!(store.appeals_of(id).await.unwrap(), appeals);
}

on_both!(
    what_a_ruling_settled_waits_again_and_nothing_else,
    an_account_that_has_ended_says_nothing_more,
    a_thread_that_was_closed_meanwhile_takes_nothing,
    many_at_once_are_all_kept_and_counted,
    the_same_words_are_taken_once,
    orders_differ_and_each_pages_through_all,
    few_marks_count_from_one_network,
    rulings_change_state_counts_and_stubs_together,
    a_discussion_is_closed_by_hand,
);
