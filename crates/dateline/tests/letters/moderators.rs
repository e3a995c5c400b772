//! The moderators' letter, and ruling from it.

use crate::{House, browser::account, house_with, support::Database};
use dateline::letters::RulingLink;
use newsroom::{
    Millis,
    clock::{DAY, HOUR},
    discussion::{Ruling, State},
    staff::Role,
};

fn told(home: Database) -> House {
    house_with(home, |config| {
        config.letters.hour = 0;
        config.letters.moderators =
            vec![("ida".into(), "ida@courier.example".into()), ("Nobody".into(), "x@courier.example".into())];
        config.discussion.mode = newsroom::discussion::Mode::HeldFirst;
    })
}

fn a_moderator_rules_from_the_letter(house: &House) {
    let (_desk, path) = house.story();
    let ida = account(&house.paper, "Ida", Role::Moderator);
    let app = &house.paper.app;
    let write = |now: Millis| {
        house.paper.wait(dateline::jobs::to_moderators(app, now)).unwrap();
        house.paper.wait(dateline::jobs::finish_until(app, now)).unwrap();
        house.letters.empty()
    };
    let now = dateline::clock::now();
    assert!(write(now).is_empty(), "nothing waits");
    let first = house.comment(&path, &[("name", "Jens"), ("text", "Is <it> late?")]);
    let second = house.comment(&path, &[("name", "Eve"), ("text", "You are all fools.")]);
    let state = |id| house.paper.wait(app.store.comment(id)).unwrap().unwrap().state;
    let letters = write(now);
    assert_eq!(letters.len(), 1, "to the one who moderates: {letters:#?}");
    let letter = &letters[0];
    assert_eq!(letter.to, ["<ida@courier.example>"]);
    assert!(
        letter.text.contains("> Is <it> late?") && letter.header("Subject")[0].len() > 5,
        "{}",
        letter.text
    );
    assert!(write(now.plus(HOUR / 60)).is_empty(), "once a day");

    let links: Vec<&str> = letter.text.split_whitespace().filter(|w| w.contains("/letters/rule/")).collect();
    let link = |id: i64, ruling: &str| {
        let found = links.iter().find(|l| l.contains(&format!("/{id}.{ruling}."))).unwrap();
        found[found.find("/letters/").unwrap()..].to_owned()
    };
    let page = house.paper.ask("GET", &link(first, "show"), &[]);
    assert!(page.text().contains("Show this comment?") && page.text().contains("&lt;it&gt;"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(state(first), State::Held, "a machine that follows the link rules on nothing");
    assert_eq!(house.post(&link(first, "show"), &[], &["origin: https://evil.example"]).status, 403);
    assert_eq!(state(first), State::Held);
    assert_eq!(house.post(&link(first, "show"), &[], &[]).status, 200);
    assert_eq!(state(first), State::Shown);
    let log = crate::browser::log(&house.paper);
    assert_eq!(log[0], ("Ida".into(), "show".into(), format!("comment {first}")));
    for (method, at) in [("show", first), ("remove", first)] {
        let late = house.post(&link(at, method), &[("reason", "insult")], &[]);
        assert_eq!(late.status, 409, "used, and not seen: {method}");
    }
    assert_eq!(state(first), State::Shown);

    let no_reason = house.post(&link(second, "remove"), &[], &[]);
    assert!(no_reason.status == 422 && no_reason.text().contains("Choose a reason"));
    assert_eq!(
        house.paper.ask("GET", &link(second, "remove").replace(".remove.", ".show."), &[]).status,
        404
    );
    let since = house.paper.wait(app.store.person(ida)).unwrap().unwrap().created_at;
    let good = RulingLink {
        comment: second,
        ruling: Ruling::Remove,
        seen: 0,
        until: now.plus(DAY),
        person: ida,
        since,
    };
    let to = |link: &RulingLink, key| format!("/letters/rule/{}", RulingLink::token(link, key));
    let ended = to(&RulingLink { until: now.plus(-1), ..good.clone() }, &app.doors);
    assert_eq!(house.post(&ended, &[("reason", "insult")], &[]).status, 410, "out of time");
    let earlier = to(&RulingLink { since: since.plus(-1), ..good.clone() }, &app.doors);
    assert_eq!(
        house.post(&earlier, &[("reason", "insult")], &[]).status,
        403,
        "of an account before a restore"
    );
    let copied = to(&good, &app.receipts);
    assert_eq!(
        house.post(&copied, &[("reason", "insult")], &[]).status,
        404,
        "under the key that backups have"
    );
    assert_eq!(house.paper.ask("GET", &to(&good, &app.doors), &[]).status, 200, "only those are why");
    house.paper.wait(app.store.disable_person(ida, "Ilse", now)).unwrap();
    let out = house.post(&link(second, "remove"), &[("reason", "insult")], &[]);
    assert_eq!(out.status, 403, "no longer a moderator");
    assert_eq!(state(second), State::Held);
    assert!(write(now.plus(DAY)).is_empty(), "nor written to");
}

crate::on_both!(crate::moderators::told: a_moderator_rules_from_the_letter);
