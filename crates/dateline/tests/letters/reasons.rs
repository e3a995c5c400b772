//! Reasons that the paper words itself, and everywhere they are read.

use crate::{
    House,
    browser::{Browser, log, to, words},
};
use dateline::staff::BearerToken;
use newsroom::{
    Millis,
    discussion::{Reason, State},
    staff::{Role, Scope},
};

/// A reason's form with all that must be there; an empty field is sent empty, a box unticked is not sent.
fn form<'a>(code: &'a str, sentence: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("code", code),
        ("label", "Libel"),
        ("ground", "law"),
        ("source", "§ 186 StGB <libel>"),
        ("in_use", "yes"),
        ("offered", "yes"),
        ("sentence-en", sentence),
        ("choice-en", "It is <libel>"),
    ]
}

const SENTENCE: &str = "It says of somebody what is <not> so.";

fn an_own_reason_is_read_wherever_a_reason_is_told(house: &House) {
    let (_, path) = house.story();
    let paper = &house.paper;
    let admin = Browser::of(paper, "Ada", Role::Admin);
    assert_eq!(to(&admin.post("/desk/reasons", &form("libel", SENTENCE))), "/desk/reasons?said=reason-added");
    assert_eq!(log(paper)[0], ("Ada".into(), "added the reason".into(), "reason libel".into()));
    let list = admin.get("/desk/reasons").text();
    assert!(list.contains("It says of somebody what is &lt;not&gt; so."), "{}", words(&list));

    let id = house
        .comment(&path, &[("name", "Eve"), ("text", "He <steals> ferries."), ("email", "eve@post.example")]);
    house.say_yes();
    let answer = house.comment(&path, &[("name", "Jens"), ("text", "No."), ("reply_to", &id.to_string())]);
    let report = format!("{path}/comments/{id}/report");
    let asked = paper.ask("GET", &report, &[]).text();
    assert!(asked.contains("<option value=\"libel\">It is &lt;libel&gt;</option>"), "{asked}");
    for (fields, field) in
        [(vec![("reason", "libel")], "text"), (vec![("reason", "libel"), ("text", "x")], "good_faith")]
    {
        let refused = house.post(&report, &fields, &["accept: application/json"]);
        let said: serde_json::Value = serde_json::from_str(&refused.text()).unwrap();
        assert_eq!((refused.status, &said["field"]), (422, &field.into()), "a law asks for more: {said}");
    }
    let law = [("reason", "libel"), ("text", "He is no thief."), ("good_faith", "yes")];
    let fate = to(&house.post(&report, &law, &[]));
    assert!(paper.ask("GET", &fate, &[]).text().contains("It is &lt;libel&gt;"));

    let queue = admin.get("/desk/queue?state=reported").text();
    assert!(queue.contains("Reported: Libel") && queue.contains("10 Libel"), "{}", words(&queue));
    assert_eq!(admin.post(&format!("/desk/comments/{id}/remove"), &[("reason", "libel")]).status, 303);
    let letter = house.letter();
    assert!(
        letter.text.contains(&format!("Ground: The law, § 186 StGB <libel>: {SENTENCE}")),
        "{}",
        letter.text
    );
    assert!(!letter.text.contains("A rule of this discussion"));
    let said = "It says of somebody what is &lt;not&gt; so.";
    let receipt = paper.ask("GET", &paper.app.receipts.path(id), &[]).text();
    let ground = format!("<dt>Ground</dt><dd>The law, § 186 StGB &lt;libel&gt;: {said}</dd>");
    assert!(receipt.contains(&ground), "{}", words(&receipt));
    let page = paper.ask("GET", &path, &[]).text();
    assert!(page.contains(&format!("A comment was removed by the moderators. {said}")), "{}", words(&page));
    assert!(page.contains(&format!("comment-{answer}")) && !page.contains("steals"));
    let public = paper.ask("GET", &format!("{path}/rulings"), &[]).text();
    assert!(public.contains(said), "{}", words(&public));
    let end = dateline::clock::now().plus(1);
    let counted = paper.wait(paper.app.store.transparency(Millis(0), end, "readers' reports")).unwrap();
    assert_eq!(counted.notices, [("libel".to_owned(), 1)]);
    assert_eq!(counted.rulings, [("remove".to_owned(), "libel".to_owned(), 1)]);

    // New words are read at once, also of what was removed before.
    let changed = admin.post("/desk/reasons/libel", &form("", "It is a lie about somebody."));
    assert_eq!(to(&changed), "/desk/reasons?said=reason-changed");
    let page = paper.ask("GET", &path, &[]).text();
    assert!(page.contains("It is a lie about somebody.") && !page.contains(said), "{}", words(&page));
    assert_eq!(log(paper)[0].1, "changed the reason");
}

fn what_is_retired_is_told_and_not_chosen(house: &House) {
    let (_, path) = house.story();
    let paper = &house.paper;
    let admin = Browser::of(paper, "Ada", Role::Admin);
    let first = house.comment(&path, &[("name", "Eve"), ("text", "You fool.")]);
    let second = house.comment(&path, &[("name", "Eve"), ("text", "You oaf.")]);
    let remove = |id: i64| admin.post(&format!("/desk/comments/{id}/remove"), &[("reason", "insult")]);
    assert_eq!(remove(first).status, 303);
    let retired = [("label", "Insult"), ("ground", "rule"), ("source", "Netiquette 4"), ("offered", "yes")];
    assert_eq!(admin.post("/desk/reasons/insult", &retired).status, 303);
    assert_eq!(log(paper)[0], ("Ada".into(), "retired the reason".into(), "reason insult".into()));
    assert!(admin.get("/desk/reasons").text().contains("<td>retired</td>"));

    assert_eq!(remove(second).status, 422);
    let queue = admin.get("/desk/queue?state=shown").text();
    assert!(queue.contains("value=\"hate\"") && !queue.contains("value=\"insult\""));
    let report = format!("{path}/comments/{second}/report");
    assert!(!paper.ask("GET", &report, &[]).text().contains("value=\"insult\""));
    assert_eq!(house.post(&report, &[("reason", "insult")], &[]).status, 422);
    let token = BearerToken::random().unwrap();
    paper
        .wait(paper.app.store.add_token("program", Scope::Moderate, &token.digest(), "test", Millis(1)))
        .unwrap();
    let token = format!("authorization: Bearer {}", token.reveal());
    let body = r#"{"ruling":"remove","reason":"insult"}"#;
    let mut line = paper.line();
    line.send(format!(
        "POST /api/v1/moderation/comments/{second} HTTP/1.1\r\nhost: paper.example\r\n{token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let refused = line.reply(false);
    let said: serde_json::Value = serde_json::from_str(&refused.text()).unwrap();
    assert_eq!(
        (refused.status, &said["code"], &said["field"]),
        (422, &"reason-unknown".into(), &"reason".into())
    );
    let detail = said["detail"].as_str().unwrap();
    assert!(detail.contains("advertising") && !detail.contains("insult"), "{detail}");
    let all = paper.ask("GET", "/api/v1/moderation/reasons", &[&token]);
    let all: serde_json::Value = serde_json::from_str(&all.text()).unwrap();
    let insult = all["reasons"].as_array().unwrap().iter().find(|r| r["code"] == "insult").unwrap();
    assert_eq!((&insult["in_use"], &insult["source"]), (&false.into(), &"Netiquette 4".into()), "{all}");

    assert_eq!(paper.wait(paper.app.store.comment(second)).unwrap().unwrap().state, State::Shown);
    let receipt = paper.ask("GET", &paper.app.receipts.path(first), &[]).text();
    let told = "A rule of this discussion, Netiquette 4: It insults somebody.";
    assert!(receipt.contains(told), "what was ruled before goes on: {}", words(&receipt));
}

fn what_is_not_right_is_refused_by_its_field(house: &House) {
    let paper = &house.paper;
    let admin = Browser::of(paper, "Ada", Role::Admin);
    let with = |field: &'static str, value: &'static str| {
        let mut fields = form("libel", SENTENCE);
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        fields
    };
    for (fields, field) in [
        (with("code", "No way"), "code"),
        (with("code", "insult"), "code"),
        (with("label", " \u{202e} "), "label"),
        (with("ground", "whim"), "ground"),
        (with("source", ""), "source"),
        (with("sentence-en", ""), "sentence-en"),
    ] {
        let refused = admin.post("/desk/reasons", &fields);
        let page = refused.text();
        assert_eq!(refused.status, 422, "{field}: {}", words(&page));
        assert!(
            page.contains(&format!("href=\"#{field}\""))
                && page.contains("§ 186 StGB &lt;libel&gt;") == (field != "source"),
            "{field}"
        );
    }
    assert_eq!(admin.post("/desk/reasons/unheard-of", &form("", SENTENCE)).status, 404);
    assert_eq!(admin.get("/desk/reasons/unheard-of").status, 404);
    assert_eq!(admin.send("/desk/reasons", &form("libel", SENTENCE)).status, 403, "no proof");
    let editor = Browser::of(paper, "Ed", Role::Editor);
    assert_eq!(editor.get("/desk/reasons").status, 403);
    assert_eq!(editor.post("/desk/reasons", &form("libel", SENTENCE)).status, 403);
    assert_eq!(editor.post("/desk/reasons/hate", &form("", SENTENCE)).status, 403);
    let reasons = paper.wait(paper.app.store.reasons()).unwrap();
    assert_eq!(reasons, newsroom::discussion::Reasons::default(), "nothing was changed");
    assert!(reasons.find(Reason::parse("libel").unwrap()).is_none());
}

crate::on_both!(crate::house:
    an_own_reason_is_read_wherever_a_reason_is_told,
    what_is_retired_is_told_and_not_chosen,
    what_is_not_right_is_refused_by_its_field,
);
