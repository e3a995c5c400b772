//! Statements of reasons, and what became of appeals and reports, by mail.

use crate::{House, browser::Browser};
use newsroom::staff::Role;

fn a_writer_is_told_why_and_what_became_of_the_appeal(house: &House) {
    let (desk, path) = house.story();
    let id = house.comment(
        &path,
        &[("name", "Mette"), ("text", "Ferries are <dull>."), ("email", "mette@post.example")],
    );
    let remove = [("reason", "insult"), ("note", "Not like this, please.")];
    assert_eq!(desk.post(&format!("/desk/comments/{id}/remove"), &remove).status, 303);
    // Removed before the address said yes: told as soon as it does.
    let asked = house.letter();
    assert!(!asked.text.contains("insults"), "{}", asked.text);
    assert_eq!(house.post(&asked.link("yes"), &[], &[]).status, 200);
    let told = house.letter();
    for part in [
        "> Ferries are <dull>.",
        "Statement of reasons",
        "It insults somebody.",
        "No program took part",
        "Not like this, please.",
        &house.paper.app.receipts.path(id),
    ] {
        assert!(told.text.contains(part), "{part}: {}", told.text);
    }
    let receipt = house.paper.app.receipts.path(id);
    assert_eq!(house.post(&format!("{receipt}/appeal"), &[("text", "I am one myself.")], &[]).status, 303);
    assert!(house.letters().is_empty());
    let bo = Browser::of(&house.paper, "Bo", Role::Moderator);
    assert_eq!(bo.post(&format!("/desk/comments/{id}/show"), &[]).status, 303);
    let decided = house.letter();
    assert!(decided.text.contains("you were right") && decided.text.contains(&receipt), "{}", decided.text);
    house.paper.finish_jobs();
    assert!(house.letters.empty().is_empty());
}

fn a_writer_is_told_that_a_ruling_taken_back_settles_the_appeal(house: &House) {
    let (desk, path) = house.story();
    let fields = [("name", "Mette"), ("text", "Ferries are dull."), ("email", "mette@post.example")];
    let id = house.comment(&path, &fields);
    house.say_yes();
    let act = |what: &str, fields: &[(&str, &str)]| {
        assert_eq!(desk.post(&format!("/desk/comments/{id}/{what}"), fields).status, 303, "{what}");
    };
    act("remove", &[("reason", "insult")]);
    assert!(house.letter().text.contains("It insults somebody."));
    let receipt = house.paper.app.receipts.path(id);
    assert_eq!(house.post(&format!("{receipt}/appeal"), &[("text", "They are.")], &[]).status, 303);
    act("undo", &[]);
    // Looked at late, after a warning and its undoing besides: told once.
    act("warn", &[("note", "Mind the mate.")]);
    act("undo", &[]);
    let decided = house.letter();
    assert!(decided.text.contains("you were right") && decided.text.contains(&receipt), "{}", decided.text);
    assert!(!decided.text.contains("insults"), "{}", decided.text);
    act("remove", &[("reason", "insult")]);
    assert!(house.letter().text.contains("It insults somebody."), "a new ruling is told as one");
    // Without an appeal, taking it back says nothing by mail.
    act("undo", &[]);
    assert!(house.letters().is_empty());
}

fn a_reporter_is_told_what_became_of_it(house: &House) {
    let (desk, path) = house.story();
    let id = house.comment(&path, &[("name", "Eve"), ("text", "Buy ferries.")]);
    let report = format!("{path}/comments/{id}/report");
    let sent = house.post(&report, &[("reason", "advertising"), ("email", "ida@post.example")], &[]);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let received = house.letter();
    assert_eq!(received.to, ["<ida@post.example>"]);
    assert!(received.text.contains(sent.header("location").unwrap()), "its page: {}", received.text);
    assert_eq!(house.post(&received.link("yes"), &[], &[]).status, 200);
    assert!(house.letters().is_empty(), "nothing is decided yet");
    let remove = [("reason", "advertising")];
    assert_eq!(desk.post(&format!("/desk/comments/{id}/remove"), &remove).status, 303);
    assert!(house.letter().text.contains("A moderator removed the comment."));
}

crate::on_both!(crate::house:
    a_writer_is_told_why_and_what_became_of_the_appeal,
    a_writer_is_told_that_a_ruling_taken_back_settles_the_appeal,
    a_reporter_is_told_what_became_of_it,
);
