//! The moderator's queue, sanctions, and what readers see after a ruling.

use crate::{
    browser::{Browser, encode, log, now, to, words},
    support::Served,
};
use newsroom::{discussion::State, staff::Role};

const COPY: [(&str, &str); 2] = [("headline", "Night ferry"), ("body", "It leaves at ten.")];

/// A published story whose comments are held first; its path, with an editor who published it.
pub fn held_first(paper: &Served) -> (Browser<'_>, String) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = desk.publish(id, &COPY);
    let set = desk.post(&format!("/desk/stories/{id}/discussion"), &[("mode", "held-first")]);
    assert_eq!(to(&set), format!("/desk/stories/{id}?said=discussion"));
    (desk, path)
}

/// A reader's comment; its number.
pub fn comment(paper: &Served, path: &str, text: &str, state: &str) -> i64 {
    let body = encode(&[("name", "Old salt"), ("text", text)]);
    let mut line = paper.line();
    line.send(format!(
        "POST {path}/comments HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let reply = line.reply(false);
    assert_eq!(reply.status, 201, "{}", reply.text());
    let answer: serde_json::Value = serde_json::from_str(&reply.text()).unwrap();
    assert_eq!(answer["state"], state, "{answer}");
    answer["id"].as_i64().unwrap()
}

fn state(paper: &Served, id: i64) -> State {
    now(paper.app.store.comment(id)).unwrap().unwrap().state
}

fn what_the_screen_only_leans_to_orders_what_waits(paper: &Served) {
    let (desk, path) = held_first(paper);
    let (calm, faint) = ("The bakery opens at six.", "That is a ridiculous answer to a simple question.");
    for text in [calm, faint] {
        assert_eq!(screen::screen(text, "Old salt"), [], "{text}: no risk is named");
    }
    let ids = [calm, faint, "You are a stupid idiot."].map(|text| comment(paper, &path, text, "held"));
    let queue = desk.get("/desk/queue").text();
    let [calm, faint, grave] = ids.map(|id| queue.find(&format!("id=\"c-{id}\"")).unwrap());
    assert!(grave < faint && faint < calm, "the faint one before the calm one that waits longer");
    assert!(!queue[faint..calm].contains("<mark>"), "and nothing of it is marked: {}", words(&queue));
}

fn held_comments_are_shown_or_removed(paper: &Served) {
    let (desk, path) = held_first(paper);
    let first = comment(paper, &path, "Is there *room* for bicycles? <b>", "held");
    let second = comment(paper, &path, "You are a stupid idiot.", "held");
    assert!(!paper.ask("GET", &path, &[]).text().contains("bicycles"));
    let queue = desk.get("/desk/queue").text();
    assert!(queue.contains("<em>room</em>") && queue.contains("&lt;b&gt;"), "{queue}");
    assert!(queue.contains("127.0.0.*") && !queue.contains("127.0.0.1"), "only the mask");
    assert!(queue.contains("Every comment in this discussion is read by a moderator first."));
    let place = |id: i64| queue.find(&format!("id=\"c-{id}\"")).unwrap();
    assert!(place(second) < place(first), "the graver risk first, though it came later");

    assert!(queue.contains("<mark>"), "{queue}");

    let back = format!("/desk/queue#c-{second}");
    let shown = desk.post(&format!("/desk/comments/{first}/show"), &[("back", &back)]);
    assert_eq!(to(&shown), format!("/desk/queue?said=shown#c-{second}"));
    assert!(paper.ask("GET", &path, &[]).text().contains("bicycles"), "readers see it at once");

    let remove = |fields: &[(&str, &str)]| desk.post(&format!("/desk/comments/{second}/remove"), fields);
    let unreasoned = remove(&[("note", "x")]);
    assert!(unreasoned.status == 422 && unreasoned.text().contains("Choose a reason"));
    assert_eq!(state(paper, second), State::Held);
    let removed =
        remove(&[("reason", "insult"), ("note", "Not like this, please."), ("back", "https://evil.example")]);
    assert_eq!(to(&removed), "/desk/queue?said=removed");
    assert_eq!(state(paper, second), State::Removed);
    let list = desk.get("/desk/queue?state=removed").text();
    assert!(
        list.contains("Removed as: Insult, by Ilse") && list.contains("Not like this, please."),
        "{}",
        words(&list)
    );
    assert!(!paper.ask("GET", &path, &[]).text().contains("idiot"));
    let receipt = paper.ask("GET", &paper.app.receipts.path(second), &[]).text();
    assert!(receipt.contains("It insults somebody."), "{}", words(&receipt));
    assert!(receipt.contains("Not like this, please."), "the note reaches whom it is for");
    assert_eq!(desk.post("/desk/comments/999999/show", &[]).status, 404);
    let acts: Vec<_> = log(paper).into_iter().filter(|(_, _, what)| what.starts_with("comment")).collect();
    assert_eq!(acts[0], ("Ilse".into(), "remove".into(), format!("comment {second}")));
    assert_eq!(acts[1], ("Ilse".into(), "show".into(), format!("comment {first}")));
}

fn the_ticked_are_ruled_on_together(paper: &Served) {
    let (desk, path) = held_first(paper);
    let ids: Vec<i64> = (0..4).map(|n| comment(paper, &path, &format!("Number {n}."), "held")).collect();
    let ticks: Vec<String> = ids.iter().map(i64::to_string).collect();
    let ruling = |ruling: &str, reason: &str, ticks: &[String]| {
        let mut fields = vec![("ruling", ruling), ("reason", reason)];
        fields.extend(ticks.iter().map(|id| ("tick", id.as_str())));
        desk.post("/desk/queue", &fields)
    };
    for (fields, words) in [
        (ruling("show", "", &[]), "No comment is ticked."),
        (ruling("remove", "", &ticks[..1]), "Choose a reason"),
        (ruling("burn", "", &ticks[..1]), "shown or removed"),
    ] {
        assert!(fields.status == 422 && fields.text().contains(words), "{words}");
    }
    assert_eq!(now(paper.app.store.count_comments()).unwrap(), [4, 0, 0]);
    assert_eq!(to(&ruling("show", "insult", &ticks[..2])), "/desk/queue?said=ruled");
    let bad = [&ticks[2..], &["999999".to_owned(), "x".to_owned()]].concat();
    assert_eq!(ruling("remove", "off-topic", &bad).status, 303);
    assert_eq!(now(paper.app.store.count_comments()).unwrap(), [0, 2, 2]);
}

fn the_queue_goes_on_where_its_page_ends(paper: &Served) {
    let (desk, path) = held_first(paper);
    let ids: Vec<i64> = (0..31).map(|n| comment(paper, &path, &format!("Number {n}."), "held")).collect();
    let first = desk.get("/desk/queue").text();
    assert!(first.contains("Number 29.") && !first.contains("Number 30."));
    let next = format!("/desk/queue?after={}", ids[29]);
    assert!(first.contains(&next), "{}", words(&first));
    let second = desk.get(&next).text();
    assert!(
        second.contains("Number 30.") && !second.contains("Number 29.") && !second.contains("Later comments")
    );
}

fn a_network_is_held_until_lifted(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = desk.publish(id, &COPY);
    let first = comment(paper, &path, "Buy at once.", "shown");
    let held =
        desk.post(&format!("/desk/comments/{first}/hold-network"), &[("back", "/desk/queue?state=shown")]);
    assert_eq!(to(&held), "/desk/queue?state=shown&said=network-held");
    comment(paper, &path, "Buy later.", "held");
    let list = desk.get("/desk/sanctions").text();
    assert!(
        list.contains("127.0.0.*") && list.contains(&format!("For comment {first}.")),
        "{}",
        words(&list)
    );
    let at = list.find("/desk/sanctions/").unwrap();
    let lift = list[at..].split('"').next().unwrap();
    assert_eq!(to(&desk.post(lift, &[])), "/desk/sanctions?said=sanction-lifted");
    comment(paper, &path, "Buy much later.", "shown");
    assert!(desk.get("/desk/sanctions").text().contains("No sanction is in force."));
    assert_eq!(desk.post(lift, &[]).status, 303, "lifted twice is lifted");

    let add = |network: &str, days: &str| {
        desk.post(
            "/desk/sanctions",
            &[("network", network), ("days", days), ("measure", "refuse"), ("note", "Spam")],
        )
    };
    for (network, days, words) in [
        ("everyone", "7", "The network is written as comments show it"),
        ("127.0.0.*", "91", "from 1 to 90"),
        ("127.0.0.*", "0", "from 1 to 90"),
    ] {
        let refused = add(network, days);
        assert!(refused.status == 422 && refused.text().contains(words), "{network} {days}");
        assert!(refused.text().contains("value=\"Spam\""), "nothing typed is lost");
    }
    assert_eq!(to(&add("127.0.0.77", "90")), "/desk/sanctions?said=sanction-added");
    let list = desk.get("/desk/sanctions").text();
    assert!(list.contains("127.0.0.*") && !list.contains("127.0.0.77"), "a full address is masked");
}

crate::on_both!(crate::paper:
    what_the_screen_only_leans_to_orders_what_waits,
    held_comments_are_shown_or_removed,
    the_ticked_are_ruled_on_together,
    the_queue_goes_on_where_its_page_ends,
    a_network_is_held_until_lifted,
);
