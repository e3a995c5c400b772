//! Names of accounts: nobody has one that could be taken for another's, whoever asked first and whenever.
#![allow(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod support;

use newsroom::discussion::{
    account::NAMES_REST,
    name::{look, own_look},
};
use store::{
    Error, Store,
    reader::{NewKnock, NewReader, NewSession, WayKind},
};
use support::{
    Paper,
    beside::{beside, waited_for, waiting_on},
    make::NOON,
};

/// All Greek and all Latin: no small letter is like another's, and each capital is.
const ALIKE: [&str; 2] = ["ΝΙΚΟΝ", "NIKON"];

/// As the doors do once they have asked and found the name free.
async fn account(store: &Store, digest: &str, name: &str) -> store::Result<i64> {
    let knock = NewKnock { kind: WayKind::Mail, digest, label: "m***@post.example", name: "", reader: None };
    let knock = store.add_knock(&knock, NOON).await.unwrap();
    let session = NewSession { digest, browser: "Firefox" };
    store.add_reader(&NewReader { name, look: &own_look(name), session }, &knock, NOON).await
}

fn is_taken<T: std::fmt::Debug>(done: store::Result<T>) {
    assert!(matches!(done, Err(Error::Taken("name"))), "{done:?}");
}

async fn a_name_like_anothers_is_taken_whichever_was_first(paper: Paper) {
    let store = &paper.store;
    let [greek, latin] = ALIKE;
    assert_ne!(own_look(greek), own_look(latin), "they are kept under other looks");
    assert_eq!(look(greek), look(latin));
    for (round, [first, second]) in [[greek, latin], [latin, greek]].into_iter().enumerate() {
        let holder = account(store, &format!("first {round}"), first).await.unwrap();
        is_taken(account(store, &format!("second {round}"), second).await);
        assert_eq!(store.reader_of_name(second, NOON).await.unwrap(), Some(holder));
        let other = account(store, &format!("third {round}"), &format!("Per {round}")).await.unwrap();
        is_taken(store.rename_reader(other, second, NOON).await);
        assert_eq!(store.reader(other).await.unwrap().unwrap().name, format!("Per {round}"));
        // Its holder may write it in other letters, and has one name still, however it was written before.
        let mut capital = first.chars();
        let titled = capital.next().unwrap().to_string() + &capital.as_str().to_lowercase();
        for spelled in [first.to_lowercase(), titled, first.to_lowercase()] {
            store.rename_reader(holder, &spelled, NOON).await.unwrap();
            assert_eq!(store.names_of(holder).await.unwrap().len(), 1);
            is_taken(store.rename_reader(other, second, NOON).await);
        }
        store.rename_reader(holder, first, NOON).await.unwrap();
        // It rests as long as the name itself does.
        store.end_reader(holder, false, NOON).await.unwrap();
        is_taken(store.rename_reader(other, second, NOON).await);
        store.rename_reader(other, second, NOON.plus(NAMES_REST)).await.unwrap();
        assert_eq!(store.reader_of_name(first, NOON.plus(NAMES_REST)).await.unwrap(), Some(other));
        store.end_reader(other, true, NOON).await.unwrap();
        store.free_rested_names(NOON.plus(NAMES_REST)).await.unwrap();
        assert_eq!(store.reader_of_name(first, NOON).await.unwrap(), None);
    }
}

async fn a_name_that_is_freed_is_free_in_every_spelling(paper: Paper) {
    let store = &paper.store;
    let [greek, latin] = ALIKE;
    let other = account(store, "other", "Per").await.unwrap();
    // One that had first the one, then the other: each is a name of its own.
    let holder = account(store, "holder", latin).await.unwrap();
    store.rename_reader(holder, greek, NOON).await.unwrap();
    assert_eq!(store.names_of(holder).await.unwrap().len(), 2);
    let free = async |name: &str| {
        store.free_name(holder, &own_look(name), "Account 7", "ilse", NOON).await.unwrap();
    };
    free(latin).await;
    assert_eq!(store.reader(holder).await.unwrap().unwrap().name, greek, "it goes by its other name still");
    store.rename_reader(other, latin, NOON).await.unwrap();
    assert_eq!(store.reader_of_name(latin, NOON).await.unwrap(), Some(other));
    free(greek).await;
    store.rename_reader(other, &greek.to_lowercase(), NOON).await.unwrap();
    assert_eq!(store.reader_of_name(greek, NOON).await.unwrap(), Some(other));
    assert_eq!(store.reader(holder).await.unwrap().unwrap().name, "Account 7");
}

async fn of_two_alike_taken_at_once_one_is(paper: Paper) {
    let store = &paper.store;
    for round in 0..8 {
        let [greek, latin] = ALIKE.map(|name| format!("{name} {round}"));
        let (one, other) = (format!("one {round}"), format!("other {round}"));
        let (one, other) = tokio::join!(account(store, &one, &greek), account(store, &other, &latin));
        let lost = match (one, other) {
            (Ok(_), lost) | (lost, Ok(_)) => lost,
            neither => panic!("{neither:?}"),
        };
        is_taken(lost);
    }
}

on_both!(
    a_name_like_anothers_is_taken_whichever_was_first,
    a_name_that_is_freed_is_free_in_every_spelling,
    of_two_alike_taken_at_once_one_is,
);

/// On PostgreSQL only: SQLite has one writer, and no in between.
#[tokio::test]
async fn a_name_that_another_node_is_giving_is_waited_for() {
    let Some(home) = support::place::on_postgres().await else { return };
    let paper = Paper::open(home, 1).await;
    let (node, watch) = (beside(&paper).await, beside(&paper).await);
    let pid: i32 = node.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
    let [greek, latin] = ALIKE;
    let per = account(&paper.store, "per", "Per").await.unwrap();
    // Nothing is there yet that the other could be refused for.
    let giving = format!(
        "BEGIN; INSERT INTO reader (id, name, created_at) VALUES (9999, '{greek}', 1); \
         UPDATE setting SET value = value WHERE key = 'names'; \
         INSERT INTO reader_name (look, reader_id, name) VALUES ('{own}', 9999, '{greek}'); \
         INSERT INTO reader_name (look, kept_under, reader_id, name) VALUES ('{}', '{own}', 9999, '{greek}')",
        look(greek),
        own = own_look(greek),
    );
    let given = async {
        node.batch_execute(&giving).await.unwrap();
        waited_for(&watch, pid).await;
        node.batch_execute("COMMIT").await.unwrap();
    };
    let renamed = async {
        waiting_on(&watch, pid).await;
        paper.store.rename_reader(per, latin, NOON).await
    };
    let (done, ()) = tokio::join!(renamed, given);
    is_taken(done);
    assert_eq!(paper.store.reader(per).await.unwrap().unwrap().name, "Per");
    assert_eq!(paper.store.reader_of_name(latin, NOON).await.unwrap(), Some(9999));
}
