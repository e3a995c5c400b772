//! What else a moderator does in a day: asks and warns, puts forward, knows a writer, narrows the queue, slows
//! a discussion.

use crate::{
    browser::{Browser, account, encode, log, now, to, words},
    queue::{comment, held_first},
    support::{Reply, Served},
};
use newsroom::{
    discussion::{Ruling, State},
    staff::Role,
};

const COPY: [(&str, &str); 2] = [("headline", "Night ferry"), ("body", "It leaves at ten.")];

fn state(paper: &Served, id: i64) -> State {
    now(paper.app.store.comment(id)).unwrap().unwrap().state
}

/// A reader's comment under a name; the whole answer.
fn say(paper: &Served, path: &str, name: &str, text: &str) -> Reply {
    let body = encode(&[("name", name), ("text", text)]);
    let mut line = paper.line();
    line.send(format!(
        "POST {path}/comments HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

/// Of the answer: the state, or the code of the refusal.
fn fate(reply: &Reply) -> String {
    let answer: serde_json::Value = serde_json::from_str(&reply.text()).unwrap();
    let code = answer["type"].as_str().and_then(|t| t.rsplit('/').next()).map(str::to_owned);
    answer["state"].as_str().map(str::to_owned).or(code).unwrap_or_default()
}

fn a_second_opinion_and_a_warning(paper: &Served) {
    let (desk, path) = held_first(paper);
    let id = comment(paper, &path, "The mayor is a ferry.", "held");
    let ask = |id: i64| desk.post(&format!("/desk/comments/{id}/doubt"), &[("note", "Satire?")]);
    assert_eq!(to(&ask(id)), "/desk/queue?said=doubted");
    assert_eq!(ask(999_999).status, 404);
    account(paper, "Bo", Role::Moderator);
    let second = Browser::new(paper);
    second.sign_in("Bo", crate::browser::PASSWORD);
    let tab = second.get("/desk/queue?state=doubted").text();
    assert!(tab.contains("Ilse asks for a second opinion") && tab.contains("Satire?"), "{}", words(&tab));

    let warn = |note: &str| second.post(&format!("/desk/comments/{id}/warn"), &[("note", note)]);
    assert_eq!(warn(" ").status, 422, "a warning has words");
    assert_eq!(to(&warn("Say that it is satire.")), "/desk/queue?said=warned");
    assert_eq!(state(paper, id), State::Held, "a warning decides nothing");
    assert!(second.get("/desk/queue?state=doubted").text().contains("Satire?"), "nor what is doubted");
    let receipt = paper.ask("GET", &paper.app.receipts.path(id), &[]).text();
    assert!(receipt.contains("A moderator warns you: Say that it is satire."), "{}", words(&receipt));

    assert_eq!(second.post(&format!("/desk/comments/{id}/show"), &[]).status, 303);
    let tab = second.get("/desk/queue?state=doubted").text();
    assert!(tab.contains("Nobody asks for a second opinion."), "{}", words(&tab));
    let mine = second.get("/desk/queue?state=mine").text();
    assert!(mine.contains("The mayor is a ferry."), "{}", words(&mine));
    assert!(desk.get("/desk/queue?state=mine").text().contains("You have not ruled on any comment yet."));
    assert_eq!(to(&desk.post(&format!("/desk/comments/{id}/hold"), &[])), "/desk/queue?said=held");
    assert_eq!(state(paper, id), State::Held);
}

fn what_is_put_forward_stands_out(paper: &Served) {
    let (desk, path) = held_first(paper);
    let ids: Vec<i64> = (0..3).map(|n| comment(paper, &path, &format!("Number {n}."), "held")).collect();
    let act = |id: i64, act: &str, on: &str| desk.post(&format!("/desk/comments/{id}/{act}"), &[("on", on)]);
    assert_eq!(act(ids[0], "feature", "on").status, 422, "readers do not see it yet");
    assert_eq!(act(ids[0], "pin", "on").status, 422);
    for id in &ids {
        desk.post(&format!("/desk/comments/{id}/show"), &[]);
    }
    let page = || paper.ask("GET", &path, &[]).text();
    let place = |page: &str, id: i64| page.find(&format!("id=\"comment-{id}\"")).unwrap();
    let before = page();
    assert!(place(&before, ids[2]) < place(&before, ids[0]), "the newest first");
    assert!(!before.contains("Editors’ pick") && !before.contains("Pinned"));
    assert_eq!(to(&act(ids[0], "pin", "on")), "/desk/queue?said=pinned");
    assert_eq!(to(&act(ids[1], "feature", "on")), "/desk/queue?said=featured");
    let after = page();
    assert!(place(&after, ids[0]) < place(&after, ids[2]), "the pinned before all");
    assert_eq!(after.matches(&format!("id=\"comment-{}\"", ids[0])).count(), 1, "and only once");
    assert_eq!((after.matches("Editors’ pick").count(), after.matches("Pinned by").count()), (1, 1));
    // What is removed is not put forward any more.
    for id in [ids[0], ids[1]] {
        desk.post(&format!("/desk/comments/{id}/remove"), &[("reason", "off-topic")]);
    }
    let gone = page();
    assert!(!gone.contains("Editors’ pick") && !gone.contains("Pinned by"), "{}", words(&gone));
    assert_eq!(to(&act(ids[0], "pin", "")), "/desk/queue?said=unpinned");
    assert!(log(paper).iter().any(|(who, act, _)| who == "Ilse" && act == "pinned its thread"));
}

fn a_writer_is_known_by_name_and_network(paper: &Served) {
    let (desk, path) = held_first(paper);
    let first = comment(paper, &path, "First words.", "held");
    comment(paper, &path, "Second words.", "held");
    desk.post(&format!("/desk/comments/{first}/remove"), &[("reason", "insult")]);
    let queue = desk.get("/desk/queue").text();
    assert!(queue.contains("0 shown, 1 waiting, 1 removed"), "{}", words(&queue));
    let writer = "/desk/writers?name=Old+salt&network=127.0.0.*";
    let page = desk.get(writer).text();
    for said in ["First words.", "Second words.", "Removed as: Insult", "Waits"] {
        assert!(page.contains(said), "{said}: {}", words(&page));
    }
    let who = [("name", "Old salt"), ("network", "127.0.0.*")];
    let note = |text: &str| desk.post("/desk/writers/note", &[&who[..], &[("text", text)]].concat());
    assert_eq!(note(" ").status, 422);
    assert!(to(&note("Knows <ferries>.")).contains("said=noted"));
    assert!(desk.get(writer).text().contains("Knows &lt;ferries&gt;."));
    assert!(desk.get("/desk/writers?name=Nobody&network=").text().contains("Nothing was said"));

    let measure = |days: &str| {
        let fields = [("name", "Old salt"), ("measure", "refuse"), ("days", days)];
        desk.post("/desk/writers/sanction", &fields)
    };
    assert_eq!(measure("91").status, 422, "every measure ends");
    assert_eq!(to(&measure("3")), "/desk/sanctions?said=sanction-added");
    let refused = say(paper, &path, "0ld Sаlt", "In another spelling.");
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(say(paper, &path, "Old salter", "Somebody else.").status, 201);
    let list = desk.get("/desk/sanctions").text();
    let at = list.find("/desk/sanctions/").unwrap();
    desk.post(list[at..].split('"').next().unwrap(), &[]);
    assert_eq!(say(paper, &path, "Old salt", "I am back.").status, 201);
}

fn the_queue_is_narrowed_and_the_filter_kept(paper: &Served) {
    let (desk, path) = held_first(paper);
    comment(paper, &path, "You are a stupid idiot.", "held");
    comment(paper, &path, "Is there room, 100% sure?", "held");
    let found = |query: &str| {
        let page = desk.get(&format!("/desk/queue?{query}")).text();
        (page.contains("You are a"), page.contains("Is there room"))
    };
    assert_eq!(found(""), (true, true));
    assert_eq!(found("risk=insult"), (true, false));
    assert_eq!(found("words=100%25+SURE"), (false, true));
    assert_eq!(found("words=1%25e"), (false, false), "no pattern, words");
    assert_eq!(found("story=999999"), (false, false));
    assert_eq!(found("risk=nothing&story=x"), (true, true), "what is not understood narrows nothing");
    let keep = |name: &str, query: &str| desk.post("/desk/filters", &[("name", name), ("query", query)]);
    assert_eq!(keep("Insults", "").status, 422);
    assert_eq!(to(&keep("Insults", "risk=insult&evil=\"><script>")), "/desk/queue?risk=insult");
    let page = desk.get("/desk/queue").text();
    assert!(page.contains("href=\"/desk/queue?risk=insult\"") && !page.contains("<script>"), "{page}");
    let other = Browser::of(paper, "Bo", Role::Moderator);
    assert!(!other.get("/desk/queue").text().contains("Insults"), "kept for one person");
    let at = page.find("/desk/filters/").unwrap();
    desk.post(page[at..].split('"').next().unwrap(), &[]);
    assert!(!desk.get("/desk/queue").text().contains("Insults"));
}

fn a_slowed_discussion_asks_for_patience(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = desk.publish(id, &COPY);
    let set = |mode: &str| desk.post(&format!("/desk/stories/{id}/discussion"), &[("mode", mode)]);
    set("slow");
    assert!(paper.ask("GET", &path, &[]).text().contains("This discussion is slowed"));
    assert_eq!(say(paper, &path, "Mette", "First.").status, 201);
    let second = say(paper, &path, "Somebody else", "Second.");
    assert_eq!(second.status, 429, "{}", second.text());
    assert!(second.text().contains("slowed this discussion. You can write here again in 5 minutes."));
    assert_eq!(now(paper.app.store.count_comments()).unwrap(), [0, 0, 1], "nothing of it is kept");
    set("open");
    assert_eq!(say(paper, &path, "Somebody else", "Second.").status, 201);
}

fn what_was_removed_here_is_held(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = desk.publish(id, &COPY);
    for n in 0..40 {
        let (text, act) = match n % 2 {
            0 => (format!("Yellow bicycles are plague number {n}."), "remove"),
            _ => (format!("The ferry was late again, day {n}."), "show"),
        };
        let id = comment(paper, &path, &text, "shown");
        let ruling = if act == "show" { Ruling::Hold } else { Ruling::Remove };
        let reason = newsroom::discussion::Reason::OFF_TOPIC;
        now(paper.app.store.rule(id, ruling, Some(reason), "", "Ilse", dateline::clock::now())).unwrap();
        if act == "show" {
            now(paper.app.store.rule(id, Ruling::Show, None, "", "Ilse", dateline::clock::now())).unwrap();
        }
    }
    now(dateline::jobs::learn(&paper.app)).unwrap();
    assert_eq!(fate(&say(paper, &path, "Another", "Yellow bicycles are a plague again.")), "held");
    assert_eq!(fate(&say(paper, &path, "Another", "The ferry was on time today.")), "shown");
    let queue = desk.get("/desk/queue").text();
    assert!(queue.contains("It looks like what the moderators here have removed"), "{}", words(&queue));
}

fn a_new_writer_is_read_first(paper: &Served) {
    let (desk, path) = {
        let desk = Browser::of(paper, "Ilse", Role::Editor);
        let id = desk.story(&COPY);
        let path = desk.publish(id, &COPY);
        (desk, path)
    };
    let first = comment(paper, &path, "My first words here.", "held");
    assert_eq!(fate(&say(paper, &path, "Old salt", "And more.")), "held", "while the first waits");
    now(paper.app.store.rule(first, Ruling::Show, None, "", "Ilse", dateline::clock::now())).unwrap();
    comment(paper, &path, "Now I am known.", "shown");
    assert_eq!(fate(&say(paper, &path, "Another", "I am not.")), "held");
    let queue = desk.get("/desk/queue").text();
    assert!(queue.contains("A writer&#39;s first comment is read by a moderator."), "{}", words(&queue));
}

fn one_discussion_is_held_otherwise_than_another(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let insult = "You are a stupid idiot, and everybody here knows it.";
    let in_mode = |headline, mode: &str| {
        let copy = [("headline", headline), ("body", "It leaves at ten.")];
        let id = desk.story(&copy);
        let path = desk.publish(id, &copy);
        assert_eq!(
            desk.post(&format!("/desk/stories/{id}/discussion"), &[("mode", mode)]).status,
            303,
            "{mode}"
        );
        let chosen = format!("<option value=\"{mode}\" selected>");
        assert!(desk.get(&format!("/desk/stories/{id}")).text().contains(&chosen), "{mode}");
        path
    };
    let at_once = in_mode("Night ferry", "at-once");
    assert_eq!(fate(&say(paper, &at_once, "Old salt", insult)), "shown");
    let new = desk.get("/desk/queue?state=new").text();
    assert!(new.contains("stupid idiot") && new.contains("Insult"), "it is ranked: {}", words(&new));
    assert!(!paper.ask("GET", &at_once, &[]).text().contains("read by a moderator"));
    let newcomers = in_mode("Day ferry", "new-held");
    assert!(
        paper.ask("GET", &newcomers, &[]).text().contains("of whoever is new here are read by a moderator")
    );
    assert_eq!(
        fate(&say(paper, &newcomers, "Old salt", "I was here before.")),
        "shown",
        "known from the other"
    );
    assert_eq!(fate(&say(paper, &newcomers, "Mette", "I was not.")), "held");
    assert_eq!(fate(&say(paper, &newcomers, "Old salt", insult)), "held", "for its risk");
}

fn what_was_decided_is_public_without_texts_and_names(paper: &Served) {
    let (desk, path) = held_first(paper);
    let log = format!("{path}/rulings");
    assert!(paper.ask("GET", &log, &[]).text().contains("have not ruled"));
    let id = comment(paper, &path, "You are a stupid idiot.", "held");
    let note = [("reason", "insult"), ("note", "Dear salt, no.")];
    desk.post(&format!("/desk/comments/{id}/warn"), &[("note", "Mind your words.")]);
    desk.post(&format!("/desk/comments/{id}/remove"), &note);
    let story = paper.ask("GET", &path, &[]).text();
    assert!(story.contains(&format!("href=\"{log}\"")), "the way there: {}", words(&story));
    let page = paper.ask("GET", &log, &[]).text();
    assert!(page.contains(&format!("Comment {id}: Removed. It insults somebody.")), "{}", words(&page));
    for secret in ["idiot", "Old salt", "Dear salt", "Mind your words", "Ilse", "127.0.0.*"] {
        assert!(!page.contains(secret), "{secret}: {}", words(&page));
    }
    desk.post(&format!("/desk/comments/{id}/undo"), &[]);
    let page = paper.ask("GET", &log, &[]).text();
    assert!(page.find("taken back") < page.find("Removed."), "the latest first: {}", words(&page));
    assert_eq!(paper.ask("GET", "/2013/03/06/nothing/rulings", &[]).status, 404);
}

fn the_screen_is_compared_with_the_rulings(paper: &Served) {
    let (desk, path) = held_first(paper);
    for (n, (text, act)) in [
        ("You are a stupid idiot, and so is he.", "remove"),
        ("Yellow bicycles are a plague on this town.", "remove"),
        ("The ferry was late again on Tuesday.", "show"),
    ]
    .into_iter()
    .enumerate()
    {
        let id = comment(paper, &path, text, "held");
        let fields = [("reason", if n < 2 { "insult" } else { "" })];
        desk.post(&format!("/desk/comments/{id}/{act}"), &fields);
    }
    let page = words(&desk.get("/desk/screen").text());
    assert!(page.contains("the 3 comments") && page.contains("1 shown, 2 removed"), "{page}");
    assert!(page.contains("0.80 now110100 %50 %"), "the screen found one of two: {page}");
    let tried = |list: &str| {
        let query = encode(&[("label", "insult"), ("words", list)]);
        words(&desk.get(&format!("/desk/screen?{query}")).text())
    };
    let page = tried("0.9 yellow bicycles");
    assert!(
        page.contains("The words alone would have held 1: 1 that were removed, 0 that were shown."),
        "{page}"
    );
    let page = tried("yellow");
    assert!(page.contains("line 1"), "what is wrong, and where: {page}");
    let reporter = Browser::of(paper, "Rolf", Role::Reporter);
    assert_eq!(reporter.get("/desk/screen").status, 403);
}

/// The cells of one row of the table of modes, after its name.
fn way(page: &str, name: &str) -> Vec<String> {
    let start =
        page.find(&format!("<th scope=\"row\">{name}</th>")).unwrap_or_else(|| panic!("{name}: {page}"));
    let row = &page[start..start + page[start..].find("</tr>").unwrap()];
    row.split("<td").skip(1).map(|cell| words(&format!("<td{cell}")).trim().to_owned()).collect()
}

fn other_modes_are_tried_on_the_past(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let path = desk.publish(desk.story(&COPY), &COPY);
    let number = |reply: Reply| -> String {
        serde_json::from_str::<serde_json::Value>(&reply.text()).unwrap()["id"].to_string()
    };
    for (name, text, removed) in [
        ("Mette", "The ferry was late again on Tuesday.", false),
        ("Mette", "And on Wednesday, but the soup was warm.", false),
        ("Mette", "By Friday nobody had said a word about it.", false),
        ("Troll", "Yellow bicycles are a plague on this town.", true),
    ] {
        let reply = say(paper, &path, name, text);
        assert_eq!(fate(&reply), "shown");
        if removed {
            desk.post(&format!("/desk/comments/{}/remove", number(reply)), &[("reason", "off-topic")]);
        }
    }
    assert_eq!(fate(&say(paper, &path, "Old salt", "You are a stupid idiot, and so is he.")), "held");
    let page = desk.get("/desk/screen").text();
    assert!(words(&page).contains("the 5 comments"), "{}", words(&page));
    // Held, a day, refused, removed, standing, right, found.
    assert_eq!(way(&page, "As it is set"), ["1", "0.0", "0", "0", "0", "–", "0 %"], "the one that waits");
    assert_eq!(way(&page, "All held first"), ["5", "0.2", "0", "1", "3", "25 %", "100 %"]);
    assert_eq!(way(&page, "A writer’s first comment held"), ["3", "0.1", "0", "1", "1", "50 %", "100 %"]);
    assert_eq!(way(&page, "A writer’s first 3 comments held")[0], "5");
    assert_eq!(way(&page, "All held from 1 day on")[0], "1", "the story is of today");
    assert_eq!(way(&page, "Slowed"), ["1", "0.0", "2", "0", "2", "0 %", "0 %"], "two came too soon");
    assert!(!page.contains("What you typed"));
    let try_out = |fields: &[(&str, &str)]| desk.get(&format!("/desk/screen?{}", encode(fields))).text();
    let typed = |fields: &[(&str, &str)]| way(&try_out(fields), "What you typed");
    assert_eq!(typed(&[("days", "1"), ("mode", "closed")]), ["0", "0.0", "5", "1", "3", "25 %", "100 %"]);
    assert_eq!(typed(&[("first_held", "2")])[0], "4");
    assert_eq!(typed(&[("words", "0.9 yellow bicycles")]), ["2", "0.1", "0", "1", "0", "100 %", "100 %"]);
    assert_eq!(typed(&[("hold_at", "0")])[0], "1", "what carries no risk at all is not held by a score");
    for (field, value) in
        [("hold_at", "7"), ("first_held", "-1"), ("mode", "shut"), ("closes_after_days", "x")]
    {
        assert!(!try_out(&[(field, value)]).contains("What you typed"), "{field}");
    }
    let none = try_out(&[("section", "sport"), ("mode", "held-first")]);
    assert!(words(&none).contains("the 0 comments under Sport"), "{}", words(&none));
    assert_eq!(way(&none, "What you typed"), ["0", "0.0", "0", "0", "0", "–", "–"]);
    let odd = try_out(&[("section", "'; DROP TABLE comment; --"), ("first_held", "<b>")]);
    assert!(odd.contains("the 0 comments") && !odd.contains("<b>\""), "{}", words(&odd));
    // Nothing of it was carried out.
    assert_eq!(fate(&say(paper, &path, "Ada", "It was on time today.")), "shown");
}

fn nearly_the_same_again_and_again_is_held(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let boots = "our little harbour shop has boots for the whole family and you should come to see it";
    let mut fates = Vec::new();
    for n in 0..4 {
        let copy = [("headline", ["One", "Two", "Three", "Four"][n]), ("body", "It leaves at ten.")];
        let path = desk.publish(desk.story(&copy), &copy);
        fates.push(fate(&say(paper, &path, "Mette", &format!("{boots}{}", ["", "!", " ...", "!!"][n]))));
    }
    // The third only because no browser worked for it; the fourth whatever it had done.
    assert_eq!(fates, ["shown", "shown", "held", "held"]);
    let queue = desk.get("/desk/queue").text();
    assert!(queue.contains("nearly the same as 3 comments of the last day"), "{}", words(&queue));
}

crate::on_both!(crate::paper:
    the_screen_is_compared_with_the_rulings,
    other_modes_are_tried_on_the_past,
    nearly_the_same_again_and_again_is_held,
    what_was_decided_is_public_without_texts_and_names,
    a_second_opinion_and_a_warning,
    what_is_put_forward_stands_out,
    a_writer_is_known_by_name_and_network,
    the_queue_is_narrowed_and_the_filter_kept,
    a_slowed_discussion_asks_for_patience,
    one_discussion_is_held_otherwise_than_another,
);

mod careful {
    use crate::support::{Database, Served};

    /// Each writer's first comment waits.
    pub fn paper(home: Database) -> Served {
        Served::on(home, dateline::http::paper(), |config| config.discussion.first_held = 1)
    }

    /// What the moderators removed is held when it comes again.
    pub fn learning(home: Database) -> Served {
        Served::on(home, dateline::http::paper(), |config| {
            config.discussion.most_per_minute = 1_000;
            config.discussion.learned_hold_at = 0.6;
        })
    }

    use super::a_new_writer_is_read_first;
    crate::on_both!(super::paper: a_new_writer_is_read_first);
}

mod taught {
    use super::what_was_removed_here_is_held;
    crate::on_both!(super::super::careful::learning: what_was_removed_here_is_held);
}
