//! What becomes of all that a ruling settled when it is taken back, and what is sent twice.

use crate::{
    browser::{Browser, encode, log, now, to, words},
    queue::{comment, held_first},
    support::{Reply, Served},
};
use dateline::clock;
use newsroom::{
    Millis,
    discussion::{Reason, Ruling, State},
    event::Event,
    staff::Role,
};
use store::comment::NewAppeal;

fn send(paper: &Served, path: &str, fields: &[(&str, &str)]) -> Reply {
    let mut line = paper.line();
    line.send(request(path, fields, ""));
    line.reply(false)
}

fn request(path: &str, fields: &[(&str, &str)], headers: &str) -> String {
    let body = encode(fields);
    format!(
        "POST {path} HTTP/1.1\r\nhost: paper.example\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         origin: http://paper.example\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The ruling's words on a comment, the oldest first.
fn rulings(paper: &Served, id: i64) -> Vec<String> {
    now(paper.app.store.rulings_of(id)).unwrap().into_iter().map(|r| r.ruling).collect()
}

fn state(paper: &Served, id: i64) -> State {
    now(paper.app.store.comment(id)).unwrap().unwrap().state
}

/// Of the whole time: appeals, upheld, refused, and what was ruled how often.
fn counted(paper: &Served) -> ([u64; 3], Vec<(String, u64)>) {
    let all = paper.app.store.transparency(Millis(0), Millis(i64::MAX), "readers' reports");
    let all = now(all).unwrap();
    let rulings = all.rulings.into_iter().map(|(word, _, n)| (word, n)).collect();
    ([all.appeals, all.upheld, all.kept], rulings)
}

/// Events that the paper tells of, in their order, from now on.
fn listening(paper: &Served) {
    let store = &paper.app.store;
    paper.finish_jobs();
    now(store.add_webhook("https://127.0.0.1:1", &Event::ALL, [7; 32], "test", Millis(1))).unwrap();
}

fn told(paper: &Served) -> Vec<&'static str> {
    paper.finish_jobs();
    let all = now(paper.app.store.list_deliveries(100)).unwrap();
    all.into_iter().rev().map(|d| d.event.as_str()).collect()
}

/// Somebody's act on a comment, that must go through.
fn act(who: &Browser<'_>, id: i64, what: &str, fields: &[(&str, &str)]) -> String {
    let reply = who.post(&format!("/desk/comments/{id}/{what}"), fields);
    assert_eq!(reply.status, 303, "{what}: {}", words(&reply.text()));
    to(&reply)
}

fn appeal(paper: &Served, id: i64, text: &str) -> Reply {
    send(paper, &format!("{}/appeal", paper.app.receipts.path(id)), &[("text", text)])
}

fn receipt(paper: &Served, id: i64) -> String {
    words(&paper.ask("GET", &paper.app.receipts.path(id), &[]).text())
}

const OFF_TOPIC: [(&str, &str); 1] = [("reason", "off-topic")];

fn an_appeal_ends_with_the_ruling_that_it_is_against(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    act(&desk, id, "remove", &OFF_TOPIC);
    assert_eq!(appeal(paper, id, "It is about the ferry.").status, 303);
    listening(paper);
    assert_eq!(act(&desk, id, "undo", &[]), format!("/desk/queue?said=undone#c-{id}"));
    assert_eq!(state(paper, id), State::Held);
    assert_eq!(told(paper), ["comment.held", "appeal.decided"]);
    assert!(desk.get("/desk/queue?state=appealed").text().contains("No appeal is waiting."));
    let overdue = now(paper.app.store.overdue(None, Millis(i64::MAX))).unwrap();
    assert_eq!(overdue.appealed, 0, "its clock has stopped");
    let read = receipt(paper, id);
    let (back, settled) = ("took that ruling back.", "That settles your appeal: you were right.");
    assert!(read.find(back).unwrap() < read.find(settled).unwrap(), "{read}");
    assert!(!read.contains("decided your appeal") && !read.contains("Statement of reasons"), "{read}");
    assert_eq!(counted(paper), ([1, 1, 0], vec![("remove".into(), 1), ("undo".into(), 1)]));

    // One that was on its way meanwhile comes too late: there is nothing to appeal against.
    let (at, seen) = (Millis(i64::MAX), now(paper.app.store.rulings_of(id)).unwrap()[0].id);
    let late = NewAppeal { comment: id, at, due: at, text: "It does.", first: "Ilse", seen };
    assert!(matches!(now(paper.app.store.add_appeal(&late)), Err(store::Error::Taken("appeal"))));
    assert!(appeal(paper, id, "It does.").text().contains("no ruling to appeal against"));

    // Another ruling is another thing to appeal against.
    act(&desk, id, "remove", &OFF_TOPIC);
    assert_eq!(appeal(paper, id, "It is still.").status, 303);
    assert_eq!(counted(paper).0, [2, 1, 0]);
    assert!(desk.get("/desk/queue?state=appealed").text().contains("It is still."));
}

fn an_appeal_outlives_what_it_is_not_against(paper: &Served) {
    let (desk, path) = held_first(paper);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let id = comment(paper, &path, "It leaves at ten, you fool. Ask the mate, you twit.", "held");
    let open = || {
        let appeals = now(paper.app.store.appeals_of(id)).unwrap();
        assert_eq!(appeals.len(), 1);
        (appeals[0].outcome.clone(), appeals[0].first.clone())
    };
    act(&bo, id, "cut", &[("passage", ", you fool"), ("because", "insult")]);
    act(&desk, id, "cut", &[("passage", ", you twit"), ("because", "insult")]);
    assert_eq!(appeal(paper, id, "They are.").status, 303);
    assert_eq!(open(), (None, "Ilse".into()));
    // Ilse's passage is back, Bo's is not: so it is Bo who does not decide.
    act(&desk, id, "undo", &[]);
    assert_eq!(open(), (None, "Bo".into()));
    assert_eq!(bo.post(&format!("/desk/comments/{id}/show"), &[]).status, 403);
    act(&desk, id, "warn", &[("note", "Mind your words.")]);
    act(&desk, id, "undo", &[]);
    act(&desk, id, "hold", &[]);
    act(&desk, id, "undo", &[]);
    assert_eq!((open().0, counted(paper).0), (None, [1, 0, 0]), "it is not against these");
    act(&desk, id, "show", &[]);
    assert_eq!(open().0.as_deref(), Some("upheld"));
    act(&desk, id, "undo", &[]);
    assert_eq!((open().0, counted(paper).0), (None, [1, 0, 0]), "and waits again");
}

fn an_appeal_that_was_kept_is_open_again(paper: &Served) {
    let (desk, path) = held_first(paper);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let id = comment(paper, &path, "Where does it land?", "held");
    let appeals = || {
        let all = now(paper.app.store.appeals_of(id)).unwrap();
        all.into_iter().map(|a| (a.outcome, a.first, a.judge)).collect::<Vec<_>>()
    };
    act(&desk, id, "remove", &OFF_TOPIC);
    assert_eq!(appeal(paper, id, "It is about the ferry.").status, 303);
    act(&bo, id, "remove", &OFF_TOPIC);
    assert_eq!(appeals(), [(Some("kept".into()), "Ilse".into(), Some("Bo".into()))]);
    act(&bo, id, "undo", &[]);
    // The comment is removed still, so nobody was right yet; and Ilse does not judge herself.
    assert_eq!((state(paper, id), appeals()), (State::Removed, vec![(None, "Ilse".into(), None)]));
    assert_eq!(counted(paper).0, [1, 0, 0]);
    let read = receipt(paper, id);
    assert!(!read.contains("you were right") && read.contains("Statement of reasons"), "{read}");
    assert!(bo.get("/desk/queue?state=appealed").text().contains("It is about the ferry."));
    assert_eq!(desk.post(&format!("/desk/comments/{id}/show"), &[]).status, 403);
    act(&bo, id, "show", &[]);
    assert_eq!(appeals(), [(Some("upheld".into()), "Ilse".into(), Some("Bo".into()))]);

    // A second cut keeps an appeal against the first, and goes.
    let id = comment(paper, &path, "At ten, you fool. Ask the mate, you twit.", "held");
    let appeals = || {
        let all = now(paper.app.store.appeals_of(id)).unwrap();
        all.into_iter().map(|a| (a.outcome, a.first)).collect::<Vec<_>>()
    };
    act(&desk, id, "cut", &[("passage", ", you fool"), ("because", "insult")]);
    assert_eq!(appeal(paper, id, "They are.").status, 303);
    act(&bo, id, "cut", &[("passage", ", you twit"), ("because", "insult")]);
    assert_eq!(appeals(), [(Some("kept".into()), "Ilse".into())]);
    act(&bo, id, "undo", &[]);
    assert_eq!(appeals(), [(None, "Ilse".into())]);
}

fn a_ruling_of_the_same_millisecond_is_another(paper: &Served) {
    let (_, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    let store = &paper.app.store;
    let ruled_at = clock::now();
    let rule = |ruling, who| {
        let reason = (ruling == Ruling::Remove).then_some(Reason::OFF_TOPIC);
        now(store.rule(id, ruling, reason, "", who, ruled_at)).unwrap();
        now(store.rulings_of(id)).unwrap().pop().unwrap().id
    };
    rule(Ruling::Remove, "Ilse");
    assert_eq!(appeal(paper, id, "It is about the ferry.").status, 303);
    rule(Ruling::Show, "Bo");
    listening(paper);
    rule(Ruling::Remove, "Ilse");
    // Bo decided the appeal against the first removal; nobody decided on one against the second.
    assert_eq!(told(paper), ["comment.removed"]);
    let read = receipt(paper, id);
    assert!(read.contains("decided your appeal") && read.contains("Statement of reasons"), "{read}");
    assert_eq!(appeal(paper, id, "It is still.").status, 303);
    // Taken back, that removal settles the second and leaves the first.
    now(store.undo_ruling(id, "Ilse", None, ruled_at)).unwrap();
    let read = receipt(paper, id);
    assert_eq!(read.matches("That settles your appeal: you were right.").count(), 1, "{read}");
    assert_eq!(read.matches("decided your appeal").count(), 1, "{read}");
    assert_eq!(told(paper).iter().filter(|event| **event == "appeal.decided").count(), 1);
}

fn of_many_undos_of_a_warning_one_is_taken(paper: &Served) {
    let (desk, path) = held_first(paper);
    let (csrf, cookie) = (desk.csrf(), desk.cookie.borrow().clone().unwrap());
    for round in 0..4 {
        let id = comment(paper, &path, &format!("Number {round}."), "held");
        act(&desk, id, "remove", &OFF_TOPIC);
        act(&desk, id, "warn", &[("note", "Read first.")]);
        let sent = request(
            &format!("/desk/comments/{id}/undo"),
            &[("csrf", &csrf)],
            &format!("cookie: {cookie}\r\n"),
        );
        let mut lines = [(); 6].map(|()| paper.line());
        for line in &mut lines {
            line.send(&sent);
        }
        let ends: Vec<String> = lines.iter_mut().map(|line| to(&line.reply(false))).collect();
        let said = |what: &str| {
            let end = format!("/desk/queue?said={what}#c-{id}");
            ends.iter().filter(|e| **e == end).count()
        };
        assert_eq!((said("undone"), said("undone-already")), (1, 5), "{ends:?}");
        assert_eq!(rulings(paper, id), ["remove", "warn", "undo-warn"]);
        assert_eq!(state(paper, id), State::Removed);
        assert!(receipt(paper, id).contains("Statement of reasons"), "the removal stands");
    }
}

fn the_queues_script_is_told_what_was_so_already(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    let show = || desk.post(&format!("/desk/comments/{id}/show"), &[("stays", "on")]);
    let first = show();
    assert_eq!((first.status, to(&first).as_str()), (303, "/desk/queue?said=shown"));
    let again = show();
    assert_eq!((again.status, again.text().as_str()), (204, ""));
    // A page without script goes on.
    assert_eq!(act(&desk, id, "show", &[]), "/desk/queue?said=shown");
    assert_eq!(rulings(paper, id), ["show"]);
}

fn a_warning_and_its_undoing_change_no_comment(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let copy = [("headline", "Night ferry"), ("body", "It leaves at ten.")];
    let path = desk.publish(desk.story(&copy), &copy);
    let id = comment(paper, &path, "Where does it land?", "shown");
    listening(paper);
    act(&desk, id, "warn", &[("note", "Read first.")]);
    act(&desk, id, "undo", &[]);
    assert_eq!(rulings(paper, id), ["warn", "undo-warn"]);
    assert!(told(paper).is_empty(), "{:?}", told(paper));
    let page = words(&paper.ask("GET", &format!("{path}/rulings"), &[]).text());
    assert!(page.contains("have not ruled") && !page.contains("taken back"), "{page}");
    let warned = vec![("undo-warn".to_owned(), 1), ("warn".to_owned(), 1)];
    assert_eq!(counted(paper), ([0, 0, 0], warned));
    assert!(words(&desk.get("/desk/shift").text()).contains("Warning taken back"));
    let read = receipt(paper, id);
    assert!(read.contains("took that ruling back") && !read.contains("decided that it is shown"), "{read}");
    assert!(!desk.get("/desk/queue?state=mine").text().contains("Undo my ruling"), "it is undone");
    // What came before it stands as before.
    act(&desk, id, "remove", &OFF_TOPIC);
    act(&desk, id, "warn", &[("note", "Once more.")]);
    act(&desk, id, "undo", &[]);
    assert!(receipt(paper, id).contains("Statement of reasons"));
    act(&desk, id, "show", &[]);
    act(&desk, id, "undo", &[]);
    assert_eq!(told(paper), ["comment.removed", "comment.shown", "comment.removed"]);
    let page = words(&paper.ask("GET", &format!("{path}/rulings"), &[]).text());
    assert_eq!((page.matches("taken back").count(), page.matches("Removed.").count()), (1, 1), "{page}");
}

fn a_second_opinion_is_asked_for_again(paper: &Served) {
    let (desk, path) = held_first(paper);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let id = comment(paper, &path, "Where does it land?", "held");
    act(&bo, id, "doubt", &[("note", "Is that <him>?")]);
    let asked = || {
        let list = desk.get("/desk/queue?state=doubted").text();
        (list.contains("Is that &lt;him&gt;?"), list.contains("Nobody asks for a second opinion."))
    };
    assert_eq!(asked(), (true, false));
    act(&desk, id, "show", &[]);
    assert_eq!(asked(), (false, true));
    assert!(!desk.get("/desk/queue?state=all").text().contains("asks for a second opinion"));
    act(&desk, id, "undo", &[]);
    assert_eq!(asked(), (true, false), "the question stands again");
    act(&desk, id, "remove", &OFF_TOPIC);
    act(&desk, id, "show", &[]);
    act(&desk, id, "undo", &[]);
    assert_eq!(asked(), (false, true), "the removal had answered it");
    act(&bo, id, "doubt", &[("note", "And now?")]);
    assert!(desk.get("/desk/queue?state=doubted").text().contains("And now?"), "asked anew");
}

fn two_presses_of_undo_are_one(paper: &Served) {
    let (desk, path) = held_first(paper);
    let ids: Vec<i64> = (0..3).map(|n| comment(paper, &path, &format!("Number {n}."), "held")).collect();
    for id in &ids {
        act(&desk, *id, "show", &[("seen", "0")]);
    }
    // Two tabs: both offer to take back the ruling on the last.
    let page = desk.get("/desk/queue").text();
    let of = format!("name=\"of\" value=\"{}\"", ids[2]);
    assert!(page.contains(&of), "{}", words(&page));
    let last = ids[2].to_string();
    let press = || to(&desk.post("/desk/queue/undo", &[("of", &last)]));
    assert_eq!(press(), format!("/desk/queue?said=undone#c-{}", ids[2]));
    assert_eq!(press(), format!("/desk/queue?said=undone-already#c-{}", ids[2]));
    let page = desk.get("/desk/queue?said=undone-already").text();
    assert!(page.contains("That was taken back already"), "{}", words(&page));
    let states = || ids.iter().map(|id| state(paper, *id)).collect::<Vec<_>>();
    assert_eq!(states(), [State::Shown, State::Shown, State::Held], "the ruling before it stands");

    // One comment's own button, on a page that was made before.
    let seen = now(paper.app.store.rulings_of(ids[1])).unwrap()[0].id.to_string();
    let own = || act(&desk, ids[1], "undo", &[("seen", &seen)]);
    assert_eq!(own(), format!("/desk/queue?said=undone#c-{}", ids[1]));
    assert_eq!(own(), format!("/desk/queue?said=undone-already#c-{}", ids[1]));
    assert_eq!(rulings(paper, ids[1]), ["show", "undo"]);
    act(&desk, ids[1], "remove", &OFF_TOPIC);
    let late = desk.post(&format!("/desk/comments/{}/undo", ids[1]), &[("seen", &seen)]);
    assert_eq!((late.status, state(paper, ids[1])), (409, State::Removed), "not what that page offered");

    // Both at the same moment.
    let (csrf, cookie) = (desk.csrf(), desk.cookie.borrow().clone().unwrap());
    let path = format!("/desk/comments/{}/undo", ids[0]);
    let sent = request(&path, &[("csrf", &csrf)], &format!("cookie: {cookie}\r\n"));
    let mut lines = [paper.line(), paper.line(), paper.line(), paper.line()];
    for line in &mut lines {
        line.send(&sent);
    }
    let mut ends: Vec<String> = lines.iter_mut().map(|line| to(&line.reply(false))).collect();
    ends.sort_by_key(String::len);
    let place = format!("#c-{}", ids[0]);
    assert_eq!(ends[0], format!("/desk/queue?said=undone{place}"));
    assert!(
        ends[1..].iter().all(|end| *end == format!("/desk/queue?said=undone-already{place}")),
        "{ends:?}"
    );
    assert_eq!(rulings(paper, ids[0]), ["show", "undo"]);
    let undone = log(paper).iter().filter(|(_, act, _)| act == "undo").count();
    assert_eq!((undone, states()), (3, vec![State::Held, State::Removed, State::Held]));
}

fn an_appeal_sent_twice_is_one(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    act(&desk, id, "remove", &OFF_TOPIC);
    let to_receipt = paper.app.receipts.path(id);
    for _ in 0..2 {
        assert_eq!(to(&appeal(paper, id, " It is <about> the ferry. ")), to_receipt);
    }
    let other = appeal(paper, id, "And the mate agrees.");
    assert!(other.status == 422 && other.text().contains("appealed against already"), "{}", other.status);
    let appeals = now(paper.app.store.appeals_of(id)).unwrap();
    assert_eq!((appeals.len(), appeals[0].text.as_str()), (1, "It is <about> the ferry."));
    // Of several at once one is taken, and of those that say something else none is said to be.
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    act(&bo, id, "show", &[]);
    act(&bo, id, "remove", &OFF_TOPIC);
    let path = format!("{to_receipt}/appeal");
    let mut lines = [paper.line(), paper.line(), paper.line(), paper.line()];
    for (n, line) in lines.iter_mut().enumerate() {
        line.send(request(&path, &[("text", ["One.", "Two."][n % 2])], ""));
    }
    let ends: Vec<u16> = lines.iter_mut().map(|line| line.reply(false).status).collect();
    let stands = now(paper.app.store.appeals_of(id)).unwrap().pop().unwrap().text;
    let want = if stands == "One." { [303, 422, 303, 422] } else { [422, 303, 422, 303] };
    assert_eq!(ends, want, "{stands}");
    assert_eq!(counted(paper).0[0], 2);
}

fn a_tip_sent_twice_is_one(paper: &Served) {
    let (desk, path) = held_first(paper);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let id = comment(paper, &path, "It was 2002.", "held");
    let tips = || {
        let tips = now(paper.app.store.tips_of(id)).unwrap();
        tips.into_iter().map(|t| (t.staff, t.note, t.done.is_some())).collect::<Vec<_>>()
    };
    for _ in 0..2 {
        assert!(act(&bo, id, "tip", &[("note", "The year.")]).ends_with("said=passed-on"));
    }
    let one = ("Bo".to_owned(), "The year.".to_owned(), false);
    assert_eq!(tips(), std::slice::from_ref(&one));
    let (csrf, cookie) = (bo.csrf(), bo.cookie.borrow().clone().unwrap());
    let fields = [("csrf", csrf.as_str()), ("note", "The month.")];
    let sent = request(&format!("/desk/comments/{id}/tip"), &fields, &format!("cookie: {cookie}\r\n"));
    let mut lines = [paper.line(), paper.line(), paper.line(), paper.line()];
    for line in &mut lines {
        line.send(&sent);
    }
    assert!(lines.iter_mut().all(|line| line.reply(false).status == 303));
    assert_eq!(tips().len(), 2, "{:?}", tips());
    act(&desk, id, "tip", &[("note", "The year.")]);
    assert_eq!(tips().len(), 3, "somebody else says so, too");
    let passed = log(paper).iter().filter(|(_, act, _)| act == "passed it on to the editors").count();
    assert_eq!(passed, 3);
    // Dealt with, and wrong again.
    let tip = now(paper.app.store.tips_of(id)).unwrap()[0].clone();
    assert_eq!(desk.post(&format!("/desk/stories/{}/tips/{}/done", tip.story, tip.id), &[]).status, 303);
    act(&bo, id, "tip", &[("note", "The year.")]);
    assert_eq!((tips().len(), tips()[0].2, &tips()[3]), (4, true, &one));
}

fn the_way_back_is_to_the_queue(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "Where does it land?", "held");
    for (back, place) in [
        ("/desk/queue?state=all#c-4", "/desk/queue?state=all&said=held#c-4"),
        ("/desk/queuexyz", "/desk/queue?said=held"),
        ("/desk/queue/undo", "/desk/queue?said=held"),
        ("/desk/sign-out", "/desk/queue?said=held"),
        ("//evil.example/desk/queue", "/desk/queue?said=held"),
    ] {
        assert_eq!(act(&desk, id, "hold", &[("back", back)]), place);
    }
    let story = now(paper.app.store.comment(id)).unwrap().unwrap().story;
    let set = |back: &str| {
        to(&desk.post(&format!("/desk/stories/{story}/discussion"), &[("mode", "open"), ("back", back)]))
    };
    assert_eq!(set("/desk/queuexyz"), format!("/desk/stories/{story}?said=discussion"));
    assert_eq!(set("/desk/queue#c-4"), "/desk/queue?said=discussion#c-4");
}

crate::on_both!(crate::paper:
    an_appeal_ends_with_the_ruling_that_it_is_against,
    an_appeal_outlives_what_it_is_not_against,
    an_appeal_that_was_kept_is_open_again,
    a_ruling_of_the_same_millisecond_is_another,
    of_many_undos_of_a_warning_one_is_taken,
    the_queues_script_is_told_what_was_so_already,
    a_warning_and_its_undoing_change_no_comment,
    a_second_opinion_is_asked_for_again,
    two_presses_of_undo_are_one,
    an_appeal_sent_twice_is_one,
    a_tip_sent_twice_is_one,
    the_way_back_is_to_the_queue,
);
