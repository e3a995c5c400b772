//! A German paper: the account's door and pages, the rules of the discussion and the account of moderation are in
//! German, and none of them in English; on both databases.

use crate::{
    House,
    accounts::Reader,
    browser::{encode, words},
    languages::{NAMES, labels, no_english},
    support::{Database, Reply},
};
use newsroom::{Millis, clock::DAY};

/// What these pages say in an English paper, besides.
const ENGLISH: &[&str] = &[
    "Your account",
    "Sign",
    "account",
    "Send me",
    "Mail address",
    "link",
    "Choose",
    "You",
    "Make",
    "Name beside",
    "Since",
    "since",
    "last on",
    "browser",
    "Ways",
    "letter",
    "Add",
    "Where",
    "End",
    "Other",
    "Older",
    "Erase",
    "Take it",
    "None",
    "Shown",
    "What",
    "Who",
    "Whom",
    "People",
    "program",
    "Within",
    "minute",
    "minutes",
    "days",
    "As of",
    "As they",
    "Earlier",
    "Readers",
    "Authorities",
    "How",
    "From",
    "January",
    "Number",
    "same",
    "held",
    "rulings",
    "written",
    "appeals",
    "median",
    "house",
    "Insult",
    "Advertising",
];

fn in_german(page: &str) {
    assert!(page.starts_with("<!doctype html>\n<html lang=\"de-AT\" dir=\"ltr\">"), "{page}");
    no_english(page, NAMES);
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let body = page.split_once("</head>").unwrap().1;
    let said = format!(
        "{title} {} {}",
        words(&body.replace('<', " <")).replace("/account", ""),
        labels(page).join(" ")
    );
    let said: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let said = format!(" {} ", said.join(" "));
    for english in ENGLISH {
        assert!(!said.contains(&format!(" {english} ")), "“{english}” in: {said}");
    }
    assert!(!body.contains(" lang="), "nothing here is in another language: {body}");
}

fn says(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part}: {page}");
    }
    in_german(page);
}

/// A page that says why not.
fn refused(reply: &Reply, status: u16, why: &str) {
    assert_eq!(reply.status, status, "{}", reply.text());
    says(&reply.text(), &[why]);
}

fn the_account_speaks_german(house: &House) {
    let (_desk, path) = house.story();
    let reader = Reader::new(house);
    says(
        &reader.get("/account").text(),
        &[
            "<title>Ihr Konto – ",
            "<h1>Anmelden</h1>",
            "Zum Lesen und Schreiben braucht hier niemand ein Konto.",
            "Link zuschicken",
        ],
    );
    refused(&reader.post("/account/letter", &[("email", "keine")]), 422, "Das ist keine Mailadresse.");
    refused(&reader.post("/account/sign-out", &[]), 401, "Sie sind nicht mehr angemeldet.");
    refused(&reader.get("/account/data"), 401, "Melden Sie sich unter /account an");
    says(&reader.get("/account?said=letter").text(), &["ist ein Brief mit einem Link unterwegs."]);

    let link = reader.link("mette@post.example");
    says(
        &reader.get(&link).text(),
        &[
            "<h1>Ein neues Konto</h1>",
            "Sie kommen über <bdi>m***@post.example</bdi> und haben noch kein Konto.",
            "Konto anlegen",
        ],
    );
    for (name, why) in [
        ("…", "Ein Name braucht Buchstaben"),
        ("I1se", "Dieser Name gehört der Redaktion. Bitte wählen Sie einen anderen."),
        (&*"x".repeat(200), "Der Name ist zu lang; höchstens "),
    ] {
        refused(&reader.post(&link, &[("name", name)]), 422, why);
    }
    assert_eq!(reader.post(&link, &[("name", "Mette Holm")]).status, 303);
    refused(&reader.get(&link), 410, "Dieser Link wurde schon verwendet");
    says(&reader.get("/account?said=made").text(), &["Das Konto ist angelegt, und Sie sind angemeldet."]);
    let body = encode(&[("name", "x"), ("text", "Vom Konto aus gesagt.")]);
    let form = format!("{path}/comments");
    assert_eq!(reader.ask("POST", &form, &["accept: application/json"], &body).status, 201);
    let own = reader.get("/account").text();
    says(
        &own,
        &[
            ">Seit <time datetime=",
            "<bdi>Per Brief an m***@post.example</bdi>, zuletzt <time",
            "<bdi>ein unbekannter Browser</bdi>, seit <time",
            ": dieser Browser",
            "Vom Konto aus gesagt.",
            ">Erschienen<span",
            "Auch meine Kommentare löschen",
            " Uhr</time>",
        ],
    );

    // Elsewhere, and another way in from here.
    let other = Reader::new(house);
    let link = other.link("mette@post.example");
    says(&other.get(&link).text(), &["<h1>Als <bdi>Mette Holm</bdi> anmelden</h1>"]);
    let body = encode(&[]);
    let headers =
        ["origin: http://paper.example", "user-agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"];
    assert_eq!(other.ask("POST", &link, &headers, &body).status, 303);
    says(&reader.get("/account").text(), &["<bdi>Firefox unter Linux</bdi>, seit ", "Alle anderen beenden"]);
    let link = reader.link("holm@post.example");
    says(
        &reader.get(&link).text(),
        &["Noch ein Zugang zu Ihrem Konto", "von nun an als <bdi>Mette Holm</bdi> anmelden"],
    );
    says(&Reader::new(house).get(&link).text(), &["Öffnen Sie dies dort, wo Sie angemeldet sind"]);

    refused(&reader.post("/account/name", &[("name", "")]), 422, "Ein Name braucht Buchstaben");
    refused(&reader.post("/account/ways/1/remove", &[]), 422, "Das ist der letzte Zugang");
    refused(&reader.post("/account/erase", &[]), 422, "Sagen Sie, was aus Ihren Kommentaren wird.");
    refused(
        &reader.post("/account/erase", &[("comments", "keep")]),
        422,
        "Gelöschtes kann niemand zurückholen.",
    );
    let erased = reader.post("/account/erase", &[("comments", "keep"), ("sure", "yes")]);
    assert_eq!(erased.status, 303);
    says(&reader.get("/account?said=erased").text(), &["Das Konto ist gelöscht."]);
}

fn the_rules_and_the_account_of_moderation_are_german(house: &House) {
    let paper = &house.paper;
    let read = |path: &str| paper.ask("GET", path, &[]).text();
    paper.wait(dateline::discussion_rules::keep(&paper.app)).unwrap();
    let then = paper.wait(paper.app.store.rules_then("")).unwrap();
    assert!(then.len() == 1 && then[0].text.starts_with("## Was nicht gezeigt wird\n"), "{then:?}");
    says(
        &read("/discussion-rules"),
        &[
            "<title>Regeln der Diskussion – ",
            "<h1>Regeln der Diskussion</h1>",
            "Stand: <time datetime=",
            "Er beleidigt jemanden.",
            "Was entfernt wird, entscheiden Menschen, die hier arbeiten.",
            "<li>wenn er aus 3 Netzen gemeldet wurde;</li>",
            "kostenlos binnen 183 Tagen",
            "Leser schreiben an redaktion@paper.example.",
        ],
    );
    // As they were noted down when the paper spoke English; they say so themselves.
    let english = "## What is not shown\n\nA comment can be removed.\n";
    paper.wait(paper.app.store.keep_rules("", english, dateline::clock::now())).unwrap();
    let then = paper.wait(paper.app.store.rules_then("")).unwrap();
    let early = read(&format!("/discussion-rules/{}", then[0].id));
    assert!(early.contains("So galten sie ab ") && early.contains("Frühere Regeln"), "{early}");
    assert!(early.contains("<div class=\"body\" lang=\"en\" dir=\"ltr\">"), "{early}");

    let lines = r#"[["comments written","",1200],["rulings: removed","insult",3],["rulings: held","",2],
        ["appeals upheld","",1],["median minutes from report to ruling","",7],
        ["held by the paper itself for readers' reports","",4]]"#;
    for _ in 0..2 {
        let published = paper.app.store.publish_account(Millis(0), Millis(DAY), lines, "test", Millis(1));
        paper.wait(published).unwrap();
    }
    says(
        &read("/transparency"),
        &[
            "<title>Wie Kommentare moderiert wurden – ",
            "Vom 1. Januar 1970 bis zum 2. Januar 1970",
            "<th scope=\"row\">geschriebene Kommentare</th>",
            "<th scope=\"row\">Entscheidungen: entfernt</th><td>Er beleidigt jemanden (<code>insult</code>): Hausregel",
            "wegen Meldungen von Lesern von selbst zurückgehalten",
            "Andere Berichte",
        ],
    );
    assert!(read("/discussion-rules").contains("Wie Kommentare moderiert wurden"));
    let csv = read("/transparency/1.csv");
    assert!(csv.contains("\nrulings: removed,insult,3,"), "programs read it in every language: {csv}");
    assert!(!csv.contains("Entscheidungen"), "{csv}");
}

fn house(home: Database) -> House {
    crate::house_with(home, |config| {
        config.paper.language = "de-AT".into();
        config.paper.contact = "redaktion@paper.example".into();
    })
}

crate::on_both!(crate::own_pages::house:
    the_account_speaks_german,
    the_rules_and_the_account_of_moderation_are_german,
);
