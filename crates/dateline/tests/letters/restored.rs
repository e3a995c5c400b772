//! Numbers begin again after a restore: a link of before opens nothing of whoever has its number now. And whoever reads a
//! copy of the paper comes in nowhere by what stands in it.

use crate::{House, accounts::Reader, browser::to, house, support};
use dateline::{
    letters::RulingLink,
    readers::EntryLink,
    receipts::{Made, Receipts},
};
use newsroom::{Millis, discussion::Ruling, staff::Role};
use store::subscription::Kind;

fn receipts(house: &House) -> &Receipts {
    &house.paper.app.receipts
}

/// `12-1761400000000-4f…` of a link.
fn made(link: &str) -> Made {
    let token = link.rsplit('/').next().unwrap();
    let mut parts = token.split('-').map(|part| part.parse().unwrap_or_default());
    Made { id: parts.next().unwrap(), at: Millis(parts.next().unwrap()) }
}

fn a_link_of_an_earlier_moment_opens_nothing(house: &House) {
    let (_desk, path) = house.story();
    let earlier = |of: Made| Made { at: of.at.plus(-1), ..of };
    let get = |path: &str| house.paper.ask("GET", path, &[]);
    assert_eq!(house.post(&format!("{path}/follow"), &[("email", "bo@post.example")], &[]).status, 200);
    let link = house.letter().link("yes");
    let of = made(&link);
    assert_eq!(link, format!("/letters/yes/{}", receipts(house).token("yes", of)));
    let old = format!("/letters/yes/{}", receipts(house).token("yes", earlier(of)));
    assert_eq!((get(&old).status, house.post(&old, &[], &[]).status), (410, 410));
    let there = || house.paper.wait(house.paper.app.store.subscription(of.id)).unwrap().unwrap();
    assert!(!there().confirmed && there().kind == Kind::Thread, "nobody said yes");
    assert_eq!(house.post(&link, &[], &[]).status, 200);
    for kind in ["stop", "stop-all"] {
        let old = format!("/letters/{kind}/{}", receipts(house).token(kind, earlier(of)));
        assert_eq!(house.post(&old, &[], &[]).status, 200, "what it was about is ended");
    }
    assert!(there().confirmed && !there().ended, "and nobody else's letters with it");
    // As links were before they had a moment.
    assert_eq!(
        house.post(&format!("/letters/stop/{}-0123456789abcdef01234567", of.id), &[], &[]).status,
        404
    );

    let id = house.comment(&path, &[("name", "Jens"), ("text", "Late again.")]);
    let form = format!("{path}/comments/{id}/report");
    let fate = to(&house.post(&form, &[("reason", "insult"), ("text", "Look here.")], &[]));
    let report = made(&fate);
    assert_eq!(fate, receipts(house).report_path(report));
    assert!(get(&fate).text().contains("Look here."));
    assert_eq!(get(&receipts(house).report_path(earlier(report))).status, 404);
    for changed in
        [fate.replacen(&report.at.0.to_string(), &(report.at.0 - 1).to_string(), 1), fate.clone() + "0"]
    {
        assert_eq!(get(&changed).status, 404, "{changed}");
    }
}

crate::on_both!(crate::house: a_link_of_an_earlier_moment_opens_nothing);

/// The same paper as of a moment, under the same key of receipts, as `restore` makes it.
fn restored(house: &House) -> House {
    let home = support::sqlite().unwrap();
    let store::Place::Sqlite(to) = &home.place else { panic!("a file") };
    assert!(house.paper.wait(house.paper.app.store.snapshot(to)).unwrap());
    let copy = crate::house(home);
    copy.paper.wait(copy.paper.app.store.leap_ids()).unwrap();
    copy
}

#[test]
fn what_was_given_since_a_backup_is_nobody_elses_after_the_restore() {
    let before = house(support::sqlite().unwrap());
    let (_desk, path) = before.story();
    let id = before.comment(&path, &[("name", "Jens"), ("text", "Late again.")]);
    let after = restored(&before);
    let follow = |house: &House, email: &str| {
        assert_eq!(house.post(&format!("{path}/follow"), &[("email", email)], &[]).status, 200);
        house.letter().link("yes")
    };
    let report = |house: &House, text: &str| {
        let form = format!("{path}/comments/{id}/report");
        to(&house.post(&form, &[("reason", "insult"), ("text", text)], &[]))
    };
    let (old_yes, old_fate) = (follow(&before, "ana@post.example"), report(&before, "As Ana saw it."));
    let (yes, fate) = (follow(&after, "bo@post.example"), report(&after, "As Bo saw it."));
    assert_eq!((made(&old_yes).id, made(&old_fate).id), (made(&yes).id, made(&fate).id), "the same numbers");
    assert_eq!(after.post(&old_yes, &[], &[]).status, 410);
    assert_eq!(after.post(&yes, &[], &[]).status, 200);
    assert_eq!(after.post(&old_yes.replace("/yes/", "/stop/"), &[], &[]).status, 404, "sealed for one thing");
    assert_eq!(after.paper.ask("GET", &old_fate, &[]).status, 404);
    assert!(after.paper.ask("GET", &fate, &[]).text().contains("As Bo saw it."));
    let receipt = receipts(&before).path(id);
    assert_eq!(after.paper.ask("GET", &receipt, &[]).status, 200, "what the backup has, its links open");
}

#[test]
fn whoever_reads_a_backup_comes_in_nowhere_by_it() {
    let live = house(support::sqlite().unwrap());
    let (_desk, path) = live.story();
    let id = live.comment(&path, &[("name", "Jens"), ("text", "Late again.")]);
    let ida = crate::browser::account(&live.paper, "Ida", Role::Moderator);
    let reader = Reader::new(&live);
    let link = reader.link("mette@post.example");
    let copy = restored(&live);
    let (app, theirs) = (&live.paper.app, &copy.paper.app);
    // All that the copy has: both of its keys, the numbers, and the moments.
    let person = copy.paper.wait(theirs.store.person(ida)).unwrap().unwrap();
    let until = dateline::clock::now().plus(newsroom::clock::HOUR);
    let (comment, since) = (id, person.created_at);
    let ruling = RulingLink { comment, ruling: Ruling::Remove, seen: 0, until, person: ida, since };
    let knock = made(&link);
    let entry = EntryLink { knock: knock.id, at: knock.at };
    for key in [&theirs.receipts, &theirs.doors] {
        let forged = entry.path(key);
        assert_eq!((reader.get(&forged).status, reader.post(&forged, &[("name", "Eve")]).status), (404, 404));
        let forged = format!("/letters/rule/{}", ruling.token(key));
        assert_eq!(live.post(&forged, &[("reason", "insult")], &[]).status, 404);
    }
    assert!(copy.paper.wait(theirs.store.knock(knock.id, dateline::clock::now())).unwrap().is_none());
    assert_eq!(
        live.post(&format!("/letters/rule/{}", ruling.token(&app.doors)), &[], &[]).status,
        422,
        "asked why"
    );
    assert_eq!(reader.post(&link, &[("name", "Mette")]).status, 303, "its own holder comes in");
    // What the live paper sealed opens nothing in the restored one either.
    let late = Reader::new(&copy);
    assert_eq!(late.get(&link).status, 404);
}
