//! Readers report, moderators cut and take back, writers appeal, and the log is sealed.

use crate::{
    browser::{Browser, encode, now, to, words},
    queue::{comment, held_first},
    support::{Reply, Served},
};
use newsroom::{
    discussion::{Reason, State, report::CleanReport},
    staff::Role,
};
use store::comment::NewReport;

fn send(paper: &Served, path: &str, fields: &[(&str, &str)]) -> Reply {
    let body = encode(fields);
    let mut line = paper.line();
    line.send(format!(
        "POST {path} HTTP/1.1\r\nhost: paper.example\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         origin: http://paper.example\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

/// A story open to comments; its path, with an editor.
fn open(paper: &Served) -> (Browser<'_>, String) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let copy = [("headline", "Night ferry"), ("body", "It leaves at ten.")];
    let id = desk.story(&copy);
    let path = desk.publish(id, &copy);
    (desk, path)
}

fn state(paper: &Served, id: i64) -> State {
    now(paper.app.store.comment(id)).unwrap().unwrap().state
}

/// Two readers elsewhere, past the edge: a test has but one address.
fn others_report(paper: &Served, id: i64) {
    let report =
        CleanReport { reason: Reason::HATE, text: String::new(), name: String::new(), email: String::new() };
    for reporter in ["another", "a third"] {
        let at = dateline::clock::now();
        let new =
            NewReport { comment: id, at, report: &report, reporters: &[reporter.to_owned()], networks: &[] };
        now(paper.app.store.add_report(&new)).unwrap();
    }
}

fn reported_by_three_it_waits_for_a_moderator(paper: &Served) {
    let (desk, path) = open(paper);
    let id = comment(paper, &path, "Ferries are for fish.", "shown");
    let form = format!("{path}/comments/{id}/report");
    assert!(paper.ask("GET", &path, &[]).text().contains(&format!("href=\"{form}\"")), "the way there");
    assert!(paper.ask("GET", &form, &[]).text().contains("Ferries are for fish."));
    for (fields, why) in [
        (&[("reason", "dull")][..], "choose what is wrong"),
        (&[("reason", "unlawful"), ("text", "")], "why it is against the law"),
        (&[("reason", "unlawful"), ("text", "Libel <1>")], "accurate"),
        (&[("reason", "hate"), ("email", "nobody")], "no mail address"),
    ] {
        let refused = send(paper, &form, fields);
        assert!(refused.status == 422 && refused.text().contains(why), "{}", words(&refused.text()));
        assert!(!refused.text().contains("Libel <1>"), "escaped");
    }
    others_report(paper, id);
    assert_eq!(state(paper, id), State::Shown, "reports that came in past the rule");
    let sent = send(paper, &form, &[("reason", "insult"), ("text", "He means <me>.")]);
    let fate = to(&sent);
    assert!(fate.starts_with("/report/"));
    assert!(paper.ask("GET", &fate, &[]).text().contains("Your report is received"));
    assert_eq!(paper.ask("GET", &format!("{fate}0"), &[]).status, 404, "forged");
    assert_eq!(state(paper, id), State::Held, "three readers hold it");
    // The job that each report leaves, in case nobody was there to go on.
    for _ in 0..3 {
        now(dateline::reports::weigh(&paper.app, id)).unwrap();
    }
    let rulings = now(paper.app.store.rulings_of(id)).unwrap();
    assert_eq!(rulings.len(), 1, "held once: {rulings:?}");
    assert!(!paper.ask("GET", &path, &[]).text().contains("for fish"));
    assert_eq!(send(paper, &form, &[("reason", "hate")]).status, 404, "no longer there to report");
    let receipt = paper.ask("GET", &paper.app.receipts.path(id), &[]).text();
    assert!(receipt.contains("Readers reported it"), "{}", words(&receipt));

    let list = desk.get("/desk/queue?state=reported").text();
    assert!(list.contains("Reported: Insult") && list.contains("He means &lt;me&gt;."), "{}", words(&list));
    assert_eq!(desk.post(&format!("/desk/comments/{id}/show"), &[]).status, 303);
    assert!(desk.get("/desk/queue?state=reported").text().contains("No report is waiting."));
    assert!(paper.ask("GET", &fate, &[]).text().contains("left the comment where it is"));
    assert!(paper.ask("GET", &path, &[]).text().contains("for fish"), "shown again");
    let again = send(paper, &form, &[("reason", "insult")]);
    assert!(again.status == 422 && again.text().contains("reported from here already"), "{}", again.status);
    assert_eq!(state(paper, id), State::Shown, "what was decided does not count again");

    let hidden = comment(paper, &path, "Quite another thing.", "shown");
    others_report(paper, hidden);
    assert_eq!(desk.post(&format!("/desk/comments/{hidden}/show"), &[("seen", "0")]).status, 303);
    assert!(
        desk.get("/desk/queue?state=reported").text().contains("No report is waiting."),
        "left as it was"
    );
}

fn a_report_that_ends_with_its_comment_took_nobody_any_time(paper: &Served) {
    let (_desk, path) = open(paper);
    let id = comment(paper, &path, "Ferries are for fish.", "shown");
    others_report(paper, id);
    let gone = send(paper, &format!("{}/withdraw", paper.app.receipts.path(id)), &[]);
    assert_eq!(gone.status, 303, "{}", words(&gone.text()));
    let end = newsroom::Millis(i64::MAX);
    let facts = now(paper.app.store.transparency(newsroom::Millis(0), end, "readers' reports")).unwrap();
    assert_eq!(facts.notices, [("hate".to_owned(), 2)]);
    assert_eq!(facts.notice_decided_within, None, "no ruling was made");
}

fn a_passage_is_cut_and_a_ruling_taken_back(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "It leaves at ten. You fool! Ask the <mate>.", "held");
    let act = |what: &str, fields: &[(&str, &str)]| desk.post(&format!("/desk/comments/{id}/{what}"), fields);
    let no = act("cut", &[("passage", "not there"), ("because", "insult")]);
    assert!(no.status == 422 && no.text().contains("does not stand in the comment"), "{}", words(&no.text()));
    assert_eq!(act("cut", &[("passage", "You fool!")]).status, 422, "not without a reason");
    assert_eq!(to(&act("cut", &[("passage", "You fool!"), ("because", "insult")])), "/desk/queue?said=cut");
    let page = paper.ask("GET", &path, &[]).text();
    assert!(page.contains("It leaves at ten. […] Ask the &lt;mate&gt;."), "{}", words(&page));
    assert!(page.contains("The moderators cut a passage.") && !page.contains("fool"));
    let receipt = || paper.ask("GET", &paper.app.receipts.path(id), &[]).text();
    assert!(receipt().contains("Statement of reasons") && receipt().contains("It insults somebody."));

    assert!(desk.get("/desk/queue").text().contains("action=\"/desk/queue/undo\" data-undo>"));
    assert_eq!(to(&act("undo", &[])), format!("/desk/queue?said=undone#c-{id}"));
    assert_eq!(state(paper, id), State::Held);
    let text = now(paper.app.store.comment(id)).unwrap().unwrap().text;
    assert_eq!(text, "It leaves at ten. You fool! Ask the <mate>.", "whole again");
    assert!(receipt().contains("took that ruling back"));
    assert_eq!(to(&act("undo", &[])), format!("/desk/queue?said=undone-already#c-{id}"));
    assert_eq!(state(paper, id), State::Held, "taken back once");

    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let seen = desk.get("/desk/queue").text();
    let seen = crate::browser::value(&seen, "seen");
    assert_eq!(bo.post(&format!("/desk/comments/{id}/show"), &[("seen", &seen)]).status, 303);
    let late = act("remove", &[("reason", "insult"), ("seen", &seen)]);
    assert_eq!(late.status, 409, "what Bo ruled meanwhile was not seen");
    assert_eq!(state(paper, id), State::Shown);
    assert_eq!(act("undo", &[]).status, 409, "another's ruling");
    for what in ["cut", "undo", "show"] {
        assert_eq!(desk.send(&format!("/desk/comments/{id}/{what}"), &[]).status, 403, "no proof, no {what}");
    }
}

fn an_appeal_is_decided_by_another(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    let receipt = paper.app.receipts.path(id);
    let appeal = format!("{receipt}/appeal");
    let read = || paper.ask("GET", &receipt, &[]).text();
    assert!(send(paper, &appeal, &[("text", "Please")]).text().contains("no ruling to appeal"));
    let remove = [("reason", "off-topic"), ("note", "See the timetable.")];
    assert_eq!(desk.post(&format!("/desk/comments/{id}/remove"), &remove).status, 303);
    for part in
        ["Statement of reasons", "It is not about this story.", "No program took part", "See the timetable."]
    {
        assert!(read().contains(part), "{part}: {}", words(&read()));
    }
    assert_eq!(send(paper, &appeal, &[("text", " ")]).status, 422);
    assert_eq!(send(paper, &format!("{receipt}0/appeal"), &[("text", "x")]).status, 404, "forged");
    let sent = send(paper, &appeal, &[("text", "It <is> about the ferry.")]);
    assert_eq!(to(&sent), receipt);
    assert!(read().contains("You appealed against the ruling.") && !read().contains("<textarea"));
    assert!(send(paper, &appeal, &[("text", "Again")]).text().contains("appealed against already"));

    let show = |who: &Browser<'_>| who.post(&format!("/desk/comments/{id}/show"), &[]);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let own = desk.get("/desk/queue?state=appealed").text();
    assert!(
        own.contains("It &lt;is&gt; about the ferry.") && own.contains("Somebody else decides"),
        "{}",
        words(&own)
    );
    assert_eq!(show(&desk).status, 403, "not by the first judge");
    assert_eq!(state(paper, id), State::Removed);
    assert_eq!(show(&bo).status, 303);
    assert!(read().contains("Another moderator decided your appeal: you were right."), "{}", words(&read()));
    assert!(desk.get("/desk/queue?state=appealed").text().contains("No appeal is waiting."));
    assert!(paper.ask("GET", &path, &[]).text().contains("Where does it land?"));

    let end = newsroom::Millis(i64::MAX);
    let facts = now(paper.app.store.transparency(newsroom::Millis(0), end, "readers' reports")).unwrap();
    assert_eq!((facts.comments, facts.held, facts.appeals, facts.upheld, facts.kept), (1, 1, 1, 1, 0));
    let rulings = [("remove".to_owned(), "off-topic".to_owned(), 1), ("show".to_owned(), String::new(), 1)];
    assert_eq!((facts.rulings.as_slice(), facts.automated), (&rulings[..], 0));
    assert!(facts.appeal_decided_within.is_some() && facts.notice_decided_within.is_none());
    let later = now(paper.app.store.transparency(end.plus(-1), end, "x")).unwrap();
    assert_eq!(later, store::transparency::Transparency::default(), "nothing of another time");
}

fn an_appeal_brings_back_what_was_cut(paper: &Served) {
    let (desk, path) = held_first(paper);
    let whole = "It leaves at ten. You fool! Ask the mate.";
    let id = comment(paper, &path, whole, "held");
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let act = |who: &Browser<'_>, what: &str, fields: &[(&str, &str)]| {
        assert_eq!(who.post(&format!("/desk/comments/{id}/{what}"), fields).status, 303, "{what}");
    };
    let stands = || {
        let comment = now(paper.app.store.comment(id)).unwrap().unwrap();
        (comment.text, comment.reason)
    };
    let cut = ("It leaves at ten. […] Ask the mate.".to_owned(), Some(Reason::INSULT));
    let receipt = || words(&paper.ask("GET", &paper.app.receipts.path(id), &[]).text());
    act(&desk, "cut", &[("passage", "You fool!"), ("because", "insult"), ("note", "Be kind.")]);
    act(&bo, "hold", &[]);
    assert_eq!(stands(), cut, "held, and still cut");
    assert!(!receipt().contains("Statement of reasons"), "while it waits");
    act(&bo, "show", &[]);
    act(&bo, "warn", &[("note", "A word besides.")]);
    act(&bo, "remove", &[("reason", "hate")]);
    act(&bo, "undo", &[]);
    assert_eq!(stands(), cut, "shown again without an appeal it stays cut");
    assert!(receipt().contains("Statement of reasons") && receipt().contains("Be kind."), "{}", receipt());
    let appeal = format!("{}/appeal", paper.app.receipts.path(id));
    assert_eq!(send(paper, &appeal, &[("text", "He is one.")]).status, 303);
    let open = now(paper.app.store.appeals_of(id)).unwrap();
    assert_eq!(open[0].first, "Ilse", "who cut, and neither who warned nor who took a ruling back");
    assert_eq!(desk.post(&format!("/desk/comments/{id}/show"), &[]).status, 403, "not by the first judge");
    act(&bo, "show", &[]);
    assert_eq!(stands(), (whole.to_owned(), None));
    assert!(paper.ask("GET", &path, &[]).text().contains("You fool!"));
    assert!(
        receipt().contains("you were right") && !receipt().contains("Statement of reasons"),
        "{}",
        receipt()
    );
    act(&bo, "undo", &[]);
    assert_eq!(stands(), cut, "and back");
    let appeals = now(paper.app.store.appeals_of(id)).unwrap();
    assert!(appeals.len() == 1 && appeals[0].outcome.is_none(), "it waits again");
    assert!(receipt().contains("Be kind."));
}

fn a_note_is_added_to_a_ruling_that_stands(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    let remove = |note: &str| {
        let fields = [("reason", "off-topic"), ("note", note)];
        assert_eq!(desk.post(&format!("/desk/comments/{id}/remove"), &fields).status, 303);
        now(paper.app.store.rulings_of(id)).unwrap().len()
    };
    assert_eq!([remove(""), remove(""), remove("See the timetable.")], [1, 1, 2]);
    let receipt = words(&paper.ask("GET", &paper.app.receipts.path(id), &[]).text());
    assert!(receipt.contains("See the timetable."), "{receipt}");
}

fn the_log_is_sealed_and_shows_what_was_changed(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Number one.", "held");
    assert_eq!(desk.post(&format!("/desk/comments/{id}/show"), &[]).status, 303);
    paper.finish_jobs();
    let store = &paper.app.store;
    let (sealed, faults) = now(store.sealed_log()).unwrap();
    assert!(faults.is_empty() && sealed.hash.len() == 64, "{faults:?}");
    assert_eq!(sealed.entries, now(store.list_log(None, 200)).unwrap().len() as i64);
    now(store.seal_log()).unwrap();
    assert_eq!(now(store.sealed_log()).unwrap().0, sealed, "sealed once");
}

crate::on_both!(crate::paper:
    reported_by_three_it_waits_for_a_moderator,
    a_report_that_ends_with_its_comment_took_nobody_any_time,
    a_passage_is_cut_and_a_ruling_taken_back,
    an_appeal_is_decided_by_another,
    an_appeal_brings_back_what_was_cut,
    a_note_is_added_to_a_ruling_that_stands,
    the_log_is_sealed_and_shows_what_was_changed,
);
