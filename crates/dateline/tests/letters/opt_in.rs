//! No letter before a yes, none after a no, and none with a head that a reader wrote.

use crate::House;

fn nothing_before_yes_and_nothing_after_the_click(house: &House) {
    let (_desk, path) = house.story();
    let mine = house.comment(
        &path,
        &[("name", "Mette"), ("text", "At last."), ("email", "Mette@post.example"), ("answers", "yes")],
    );
    let reply = mine.to_string();
    let answer = |text: &str| {
        house.comment(&path, &[("name", "Jens"), ("text", text), ("reply_to", &reply)]);
    };
    answer("Too early to be told.");
    let asked = house.letter();
    assert_eq!(asked.to, ["<Mette@post.example>"]);
    assert!(asked.text.contains("/letters/yes/") && !asked.text.contains("Too early"), "{}", asked.text);
    assert!(asked.header("List-Unsubscribe").is_empty(), "nothing to end yet");

    // A machine that follows the link says nothing by it.
    let yes = asked.link("yes");
    assert!(house.paper.ask("GET", &yes, &[]).text().contains("Yes, write to me"));
    answer("Still too early.");
    assert!(house.letters().is_empty(), "looked at, not agreed to");
    assert_eq!(house.paper.ask("GET", &format!("{yes}0"), &[]).status, 404, "forged");
    assert_eq!(house.post(&yes, &[], &["origin: https://evil.example"]).status, 403);
    let vouched = || house.paper.ask("GET", &path, &[]).text().contains("Address confirmed");
    assert!(!vouched(), "given is not confirmed");
    assert_eq!(house.post(&yes, &[], &[]).status, 200);
    assert!(vouched(), "beside the name of whoever reads those letters");
    assert!(house.letters().is_empty());

    answer("Now you know: <b>bold</b>.");
    let told = house.letter();
    assert!(told.text.contains("> Now you know: <b>bold</b>."), "{}", told.text);
    assert!(told.text.contains("Jens answers you"), "{}", told.text);
    assert!(told.header("Subject")[0].contains("=?utf-8?"), "encoded: {}", told.head);
    assert!(told.head.is_ascii() && told.header("Auto-Submitted") == ["auto-generated"], "{}", told.head);
    assert_eq!(told.header("List-Unsubscribe-Post"), ["List-Unsubscribe=One-Click"]);
    let stop = told.link("stop");
    let click = &told.header("List-Unsubscribe")[0];
    assert!(click.starts_with("<http") && click.ends_with(&format!("{stop}>")), "{click}");
    // Held and shown again: told once.
    let first = house
        .paper
        .app
        .store
        .latest_comments(house.paper.wait(house.paper.app.store.comment(mine)).unwrap().unwrap().story, 1);
    let last = house.paper.wait(first).unwrap()[0].id;
    for ruling in [newsroom::discussion::Ruling::Hold, newsroom::discussion::Ruling::Show] {
        let now = dateline::clock::now();
        house.paper.wait(house.paper.app.store.rule(last, ruling, None, "", "Ilse", now)).unwrap();
    }
    assert!(house.letters().is_empty(), "the same comment twice");

    assert!(house.paper.ask("GET", &stop, &[]).text().contains("No more letters"));
    answer("Looked at the way out, not gone.");
    assert_eq!(house.letters().len(), 1, "a GET ends nothing");
    // As a mail program does it: no cookie, no page.
    let ended = house.post(&stop, &[("List-Unsubscribe", "One-Click")], &[]);
    assert_eq!(ended.status, 200, "{}", ended.text());
    answer("Are you still there?");
    assert!(house.letters().is_empty());
    assert_eq!(house.post(&yes, &[], &[]).status, 410, "an old yes begins nothing anew");
    let page = house.paper.ask("GET", &path, &[]).text();
    assert!(page.contains("Too early") && !page.contains("post.example"), "never shown");
}

fn a_discussion_is_followed_but_not_by_those_who_speak(house: &House) {
    let (_desk, path) = house.story();
    let page = house.paper.ask("GET", &path, &[]).text();
    assert!(page.contains(&format!("action=\"{path}/follow\"")), "the way there");
    assert_eq!(house.post(&format!("{path}/follow"), &[("email", "nobody")], &[]).status, 422);
    for _ in 0..2 {
        let asked = house.post(&format!("{path}/follow"), &[("email", "bo@post.example")], &[]);
        assert!(asked.status == 200 && asked.text().contains("letter box"), "{}", asked.status);
    }
    house.say_yes();
    house.comment(&path, &[("name", "Bo"), ("text", "I say this."), ("email", "bo@post.example")]);
    let all = house.letters();
    assert!(all.iter().all(|l| l.text.contains("/letters/yes/")), "not about one's own: {all:#?}");
    house.comment(&path, &[("name", "Jens"), ("text", "And I that.")]);
    assert!(house.letter().text.contains("> And I that."));
    let stop_all = {
        house.comment(&path, &[("name", "Jens"), ("text", "Once more.")]);
        house.letter().link("stop-all")
    };
    assert_eq!(house.post(&stop_all, &[], &[]).status, 200);
    house.comment(&path, &[("name", "Jens"), ("text", "Anybody?")]);
    assert!(house.letters().is_empty());
}

fn a_stranger_cannot_fill_a_letter_box(house: &House) {
    let (_desk, path) = house.story();
    for n in 0..9 {
        let text = format!("Number {n}.");
        house.comment(&path, &[("name", "Eve"), ("text", &text), ("email", "victim@post.example")]);
        house.paper.finish_jobs();
    }
    assert_eq!(house.letters().len(), 5, "asked five times a day at most");
}

fn heads_take_no_readers_lines(house: &House) {
    let (_desk, path) = house.story();
    let post = |fields: &[(&str, &str)]| {
        house.post(&format!("{path}/comments"), fields, &["accept: application/json"])
    };
    for email in [
        "a@post.example\r\nBcc: all@post.example",
        "a@post.example\nSubject: x",
        "a@post.example,b@post.example",
        "\"a\r\nBcc: x\"@post.example",
        "a@post.example\0",
        "nobody",
    ] {
        let refused = post(&[("name", "Eve"), ("text", "Hi there."), ("email", email)]);
        assert!(
            refused.status == 422 && refused.text().contains("email-malformed"),
            "{email:?}: {}",
            refused.text()
        );
    }
    let again = house.post(
        &format!("{path}/comments"),
        &[("name", "Eve"), ("text", "Hi <there>."), ("email", "no\"body")],
        &[],
    );
    assert!(again.status == 422 && again.text().contains("value=\"no&quot;body\""), "kept as typed, escaped");
    let name = "Eve\r\nBcc: all@post.example\r\n\r\nBuy";
    house.comment(
        &path,
        &[("name", "Mette"), ("text", "Yes."), ("email", "m@post.example"), ("answers", "yes")],
    );
    house.say_yes();
    let all = house.paper.wait(house.paper.app.store.all_comments(0, 10)).unwrap();
    let reply = all[0].id.to_string();
    house.comment(&path, &[("name", name), ("text", "\r\n.\r\nQUIT\r\n-- \r\nhi"), ("reply_to", &reply)]);
    let told = house.letter();
    assert_eq!(told.to, ["<m@post.example>"]);
    assert!(told.header("Bcc").is_empty() && told.header("To") == ["m@post.example"], "{}", told.head);
    assert!(told.text.contains("\n> .\n> QUIT\n> --"), "{}", told.text);
}

crate::on_both!(crate::house:
    nothing_before_yes_and_nothing_after_the_click,
    a_discussion_is_followed_but_not_by_those_who_speak,
    a_stranger_cannot_fill_a_letter_box,
    heads_take_no_readers_lines,
);
