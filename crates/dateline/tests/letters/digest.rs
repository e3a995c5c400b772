//! One letter a day instead of one for each comment.

use crate::{House, house_with, support::Database};
use newsroom::clock::DAY;

fn daily(home: Database) -> House {
    house_with(home, |config| config.letters.digest = true)
}

fn a_day_is_one_letter(house: &House) {
    let (_desk, path) = house.story();
    assert_eq!(house.post(&format!("{path}/follow"), &[("email", "bo@post.example")], &[]).status, 200);
    house.say_yes();
    let first = house.comment(&path, &[("name", "Jens"), ("text", "Number one.")]);
    house.comment(&path, &[("name", "Ida"), ("text", "Number two.")]);
    assert!(house.letters().is_empty(), "not before the hour");
    let now = dateline::clock::now();
    let store = &house.paper.app.store;
    let gone = store.rule(first, newsroom::discussion::Ruling::Hold, None, "", "Ilse", now);
    house.paper.wait(gone).unwrap();
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, now.plus(DAY))).unwrap();
    let digest = house.letters.one();
    assert!(digest.text.contains("> Number two.") && !digest.text.contains("Number one."), "{}", digest.text);
    assert!(digest.header("List-Unsubscribe")[0].contains("/letters/stop-all/"), "{}", digest.head);
    assert!(digest.text.contains("/letters/stop/"), "and one by one");
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, now.plus(2 * DAY))).unwrap();
    assert!(house.letters.empty().is_empty(), "told once");
}

crate::on_both!(crate::digest::daily: a_day_is_one_letter);
