//! What servers do, and what is kept of it.

use crate::{House, browser::Browser, letter_box::Manner};
use newsroom::{clock::DAY, staff::Role};

const EMAIL: &str = "mette.marked@post.example";

fn follow(house: &House, path: &str) {
    assert_eq!(house.post(&format!("{path}/follow"), &[("email", EMAIL)], &[]).status, 200);
}

fn a_server_that_hangs_delays_nobody(house: &House) {
    let (_desk, path) = house.story();
    house.letters.be(Manner::Hangs);
    let app = house.paper.app.clone();
    house.paper.wait(async move { dateline::jobs::start(app) });
    house.comment(&path, &[("name", "Mette"), ("text", "First."), ("email", EMAIL)]);
    house.letters.await_visitor();
    // The sender is in the server's hands now; everything else goes on.
    house.comment(&path, &[("name", "Jens"), ("text", "Second.")]);
    assert!(house.paper.ask("GET", &path, &[]).text().contains("Second."));
    let letters = house.paper.wait(house.paper.app.store.list_letters(None, 10)).unwrap();
    assert_eq!((letters.len(), letters[0].state.as_str()), (1, "queued"));
}

fn what_hangs_is_tried_again(house: &House) {
    let (_desk, path) = house.story();
    house.letters.be(Manner::Hangs);
    follow(house, &path);
    house.paper.finish_jobs();
    let letter = || house.paper.wait(house.paper.app.store.list_letters(None, 10)).unwrap().remove(0);
    // The library's own limit and ours are the same second; either may say it.
    let why = letter().error;
    assert!(why.contains("more than 1 seconds") || why.contains("timed out"), "{why}");
    assert_eq!((letter().state.as_str(), letter().tries, letter().recipient.as_str()), ("queued", 1, EMAIL));
    house.letters.be(Manner::Takes);
    let later = dateline::clock::now().plus(DAY);
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, later)).unwrap();
    assert_eq!(house.letters.empty().len(), 1);
    assert_eq!((letter().state.as_str(), letter().tries, letter().recipient.as_str()), ("sent", 2, ""));
}

fn a_refusal_is_kept_without_the_address(house: &House) {
    let (desk, path) = house.story();
    house.letters.be(Manner::Refuses("550 5.1.1 {to}: no such user here"));
    follow(house, &path);
    house.paper.finish_jobs();
    let later = dateline::clock::now().plus(DAY);
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, later)).unwrap();
    let letter = house.paper.wait(house.paper.app.store.list_letters(None, 10)).unwrap().remove(0);
    assert_eq!((letter.state.as_str(), letter.tries), ("failed", 1), "refused for good: {letter:?}");
    assert!(letter.error.contains("no such user here") && letter.recipient.is_empty(), "{letter:?}");
    assert!(!format!("{letter:?}").contains("marked"));
    let metrics = house.paper.app.figures.render().unwrap();
    assert!(metrics.contains("kind=\"letter\"") && !metrics.contains("marked"), "{metrics}");

    assert_eq!(desk.get("/desk/letters").status, 403, "for admins");
    let admin = Browser::of(&house.paper, "Ada", Role::Admin);
    let page = admin.get("/desk/letters").text();
    assert!(page.contains("m***@post.example") && page.contains("no such user here"), "{page}");
    assert!(page.contains("confirm") && page.contains("failed") && !page.contains("marked"), "{page}");

    house.letters.be(Manner::Refuses("451 4.7.1 {to}: later please"));
    assert_eq!(
        house.post(&format!("{path}/follow"), &[("email", "jens.marked@post.example")], &[]).status,
        200
    );
    house.paper.finish_jobs();
    let letter = house.paper.wait(house.paper.app.store.list_letters(None, 1)).unwrap().remove(0);
    assert_eq!(letter.state.as_str(), "queued", "only put off");
    for _ in 0..9 {
        let later = dateline::clock::now().plus(DAY);
        house.paper.wait(dateline::jobs::finish_until(&house.paper.app, later)).unwrap();
    }
    let letter = house.paper.wait(house.paper.app.store.list_letters(None, 1)).unwrap().remove(0);
    assert_eq!((letter.state.as_str(), letter.tries, letter.recipient.as_str()), ("failed", 8, ""));
    house.paper.wait(house.paper.app.store.sweep_letters(later.plus(DAY))).unwrap();
    assert!(house.paper.wait(house.paper.app.store.list_letters(None, 1)).unwrap().is_empty(), "swept");
}

/// All that the paper writes to its log while letters fail and are sent.
#[test]
fn no_address_is_logged() {
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);
    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let kept = Kept::default();
    let writer = kept.clone();
    let all =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    let house = crate::house(crate::support::sqlite().unwrap());
    let (_desk, path) = house.story();
    tracing::subscriber::with_default(all.finish(), || {
        house.letters.be(Manner::Refuses("451 4.7.1 {to}: later please"));
        follow(&house, &path);
        house.paper.finish_jobs();
        house.letters.be(Manner::Takes);
        let later = dateline::clock::now().plus(DAY);
        house.paper.wait(dateline::jobs::finish_until(&house.paper.app, later)).unwrap();
    });
    let log = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("later please"), "the log is heard: {log}");
    assert!(!log.contains("marked"), "{log}");
}

crate::on_both!(crate::house:
    a_server_that_hangs_delays_nobody,
    what_hangs_is_tried_again,
    a_refusal_is_kept_without_the_address,
);
