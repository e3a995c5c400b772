//! A German and a Russian paper: everything that writers, reporters and readers of the discussion are told is in the
//! paper's language, and none of it in English.

use crate::{
    House,
    browser::{Browser, to, words},
    house_with,
    support::Database,
};
use newsroom::{
    discussion::{HeldWhy, Reason, Refusal},
    staff::Role,
};
use pages::Words;
use store::comment::NewComment;

fn german(home: Database) -> House {
    house_with(home, |config| config.paper.language = "de-AT".into())
}

fn russian(home: Database) -> House {
    house_with(home, |config| config.paper.language = "ru".into())
}

/// Words that only the English paper says; names of formats and of the markup's own examples are not among them.
const ENGLISH: &[&str] = &[
    "Skip to",
    "Search",
    "Front page",
    "Your comment",
    "Post comment",
    "characters",
    "Reply",
    "Report",
    "Valuable",
    "comment",
    "moderator",
    "Statement",
    "What happened",
    "Change",
    "Withdraw",
    "Save",
    "Appeal",
    "Under",
    "Until",
    "Decided",
    "Removed",
    "Keep the address",
    "It insults",
    "rule",
    "law",
    "letters",
    "There is nothing",
    "Newest",
    "Oldest",
    "Follow",
    "Mail address",
    "You ",
    "Please",
    " the ",
    "More stories",
    "Sections",
];

/// No English in what a reader sees of a page: tags and styles are left off.
pub fn no_english(html: &str, but: &[&str]) {
    let body = html.split_once("</head>").map_or(html, |(_, body)| body);
    let mut said = words(body);
    for part in but {
        said = said.replace(part, "");
    }
    // Addresses are no words.
    let said: Vec<&str> = said.split_whitespace().filter(|word| !word.contains("://")).collect();
    let said = format!(" {} ", said.join(" "));
    for english in ENGLISH {
        assert!(!said.contains(english), "“{english}” in: {said}");
    }
}

/// All labels for those who do not see the page, too.
pub fn labels(html: &str) -> Vec<&str> {
    html.split("aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn json(house: &House, path: &str, fields: &[(&str, &str)]) -> (u16, serde_json::Value) {
    let reply = house.post(path, fields, &["accept: application/json"]);
    (reply.status, serde_json::from_str(&reply.text()).unwrap_or_default())
}

pub const NAMES: &[&str] =
    &["Night ferry – 渡轮", "Dateline", "It leaves at ten.", "Atom", "RSS", "JSON Feed"];

fn a_german_paper_speaks_german(house: &House) {
    let (desk, path) = house.story();
    let paper = &house.paper;
    let get = |path: &str| paper.ask("GET", path, &[]).text();
    let page = get(&path);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"de-AT\" dir=\"ltr\">"), "{page}");
    for said in [
        "Noch keine Kommentare",
        "Ihr Kommentar",
        "Kommentar senden",
        "Höchstens 5.000 Zeichen.",
        "Betonung, Zitate, Links",
        "Zum Artikel",
        "Suche",
        "Titelseite",
        "Dieser Diskussion per Mail folgen",
        " Uhr</time>",
    ] {
        assert!(page.contains(said), "{said}: {}", words(&page));
    }
    no_english(&page, NAMES);
    for label in labels(&page) {
        assert!(!ENGLISH.iter().any(|e| label.contains(e.trim())), "{label}");
    }

    // Refused: on the page, and to a program.
    let refused = house.post(&format!("{path}/comments"), &[("name", "Moderator"), ("text", "Hallo.")], &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Dieser Name gehört der Redaktion."), "{}", words(&refused.text()));
    let (status, problem) = json(house, &format!("{path}/comments"), &[("name", "Jens"), ("text", "")]);
    assert_eq!((status, problem["detail"].as_str()), (422, Some("Der Kommentar ist leer.")));
    assert_eq!(problem["code"], "text-missing", "codes are for programs and stay");
    let gone = paper.ask("GET", "/2026/01/01/nirgends", &[]);
    assert!(gone.status == 404 && gone.text().contains("Hier ist nichts"), "{}", words(&gone.text()));
    no_english(&gone.text(), NAMES);

    // Reported, removed for a reason, appealed against, decided: the receipt and every letter.
    let id =
        house.comment(&path, &[("name", "Eva"), ("text", "Sie Trottel."), ("email", "eva@post.example")]);
    let asked = house.letter();
    assert!(asked.text.contains("Jemand, wir hoffen Sie, hat diese Adresse"), "{}", asked.text);
    no_english(&asked.text, NAMES);
    let yes = get(&asked.link("yes"));
    assert!(
        yes.contains("Möchten Sie diese Post?") && yes.contains("Ja, schreiben Sie mir"),
        "{}",
        words(&yes)
    );
    no_english(&yes, NAMES);
    assert_eq!(house.post(&asked.link("yes"), &[], &[]).status, 200);
    let answer = house.comment(&path, &[("name", "Jens"), ("text", "Nein."), ("reply_to", &id.to_string())]);
    paper.finish_jobs();
    house.letters.empty();
    let form = format!("{path}/comments/{id}/report");
    let page = get(&form);
    assert!(
        page.contains("Einen Kommentar melden") && page.contains(">Er beleidigt jemanden</option>"),
        "{}",
        words(&page)
    );
    no_english(&page, NAMES);
    let (status, fault) = json(house, &form, &[("reason", "unlawful")]);
    assert_eq!(
        (status, fault["detail"].as_str()),
        (422, Some("Bitte erläutern Sie, warum er gegen das Gesetz verstößt."))
    );
    let fate = to(&house.post(&form, &[("reason", "insult"), ("email", "ida@post.example")], &[]));
    let received = house.letter();
    assert!(received.text.contains("Danke für Ihre Meldung"), "{}", received.text);
    no_english(&received.text, NAMES);
    assert_eq!(house.post(&received.link("yes"), &[], &[]).status, 200);
    assert!(get(&fate).contains("Ihre Meldung ist eingegangen"));

    assert_eq!(desk.post(&format!("/desk/comments/{id}/remove"), &[("reason", "insult")]).status, 303);
    let mut letters = house.letters();
    letters.sort_by_key(|l| l.to.clone());
    let [to_eva, to_ida] = &letters[..] else { panic!("{letters:#?}") };
    for part in [
        "Begründung der Entscheidung",
        "Grundlage: Eine Regel dieser Diskussion: Er beleidigt jemanden.",
        "Maschinen: Kein Programm war beteiligt; entschieden hat ein Mensch.",
        "Dazu keine Post mehr:",
        "außergerichtliche Streitbeilegung",
    ] {
        assert!(to_eva.text.contains(part), "{part}: {}", to_eva.text);
    }
    assert!(to_ida.text.contains("Die Moderation hat den Kommentar entfernt."), "{}", to_ida.text);
    for letter in &letters {
        no_english(&letter.text, NAMES);
    }
    let receipt = paper.app.receipts.path(id);
    let told = get(&receipt);
    for part in [
        "Ihr Kommentar wurde entfernt",
        "<dt>Grundlage</dt><dd>Eine Regel dieser Diskussion: Er beleidigt jemanden.",
        "Sie haben ihn geschrieben; er erschien sofort.",
        "Die Moderation hat ihn entfernt.",
        "Warum soll anders entschieden werden?",
    ] {
        assert!(told.contains(part), "{part}: {}", words(&told));
    }
    no_english(&told, NAMES);
    let page = get(&path);
    assert!(
        page.contains("Ein Kommentar wurde von der Moderation entfernt. Er beleidigt jemanden."),
        "{}",
        words(&page)
    );
    assert!(
        page.contains("1 Kommentar<") && page.contains("1 von der Moderation entfernt"),
        "{}",
        words(&page)
    );
    no_english(&page, NAMES);
    let log = get(&format!("{path}/rulings"));
    assert!(log.contains(&format!("Kommentar {id}: Entfernt. Er beleidigt jemanden.")), "{}", words(&log));
    no_english(&log, NAMES);
    assert!(get(&fate).contains("Die Moderation hat den Kommentar entfernt."));
    no_english(&get(&fate), NAMES);

    assert_eq!(house.post(&format!("{receipt}/appeal"), &[("text", "")], &[]).status, 422);
    assert_eq!(house.post(&format!("{receipt}/appeal"), &[("text", "Doch.")], &[]).status, 303);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    assert!(
        bo.get("/desk/queue?state=appealed").text().contains("Its writer appeals"),
        "the desk stays English"
    );
    assert_eq!(bo.post(&format!("/desk/comments/{id}/show"), &[]).status, 303);
    let decided = house.letter();
    assert!(decided.text.contains("Sie hatten recht."), "{}", decided.text);
    no_english(&decided.text, NAMES);
    no_english(&get(&receipt), NAMES);
    assert!(get(&format!("{path}/comments/{answer}/reply")).contains("Antwort an Jens"));
}

fn a_russian_paper_counts_in_russian_and_says_why_it_waits(house: &House) {
    let (desk, path) = house.story();
    let paper = &house.paper;
    let get = |path: &str| paper.ask("GET", path, &[]).text();
    for (text, said) in [
        ("Паром опять опоздал.", "1 комментарий<"),
        ("Зато море сегодня спокойное.", "2 комментария<"),
        ("Кто знает, когда откроют мост?", "3 комментария<"),
        ("Билеты стали дороже в полтора раза.", "4 комментария<"),
        ("Капитан был очень вежлив.", "5 комментариев<"),
    ] {
        house.comment(&path, &[("name", "Юлия"), ("text", text)]);
        assert!(get(&path).contains(said), "{said}: {}", words(&get(&path)));
    }
    no_english(&get(&path), NAMES);
    // Held by the rule: stored as a code, told in words.
    let links = "Смотрите http://a.example http://b.example http://c.example";
    let id = house.comment(&path, &[("name", "Юлия"), ("text", links)]);
    let (stored, _) = paper.wait(paper.app.store.why_held(id)).unwrap();
    let why = HeldWhy::read(stored.as_deref().unwrap()).unwrap();
    let told = Words::of(newsroom::Language::Russian).held(&why);
    let receipt = get(&paper.app.receipts.path(id));
    assert!(receipt.contains(&told) && receipt.contains("Ждёт модератора"), "{told}: {}", words(&receipt));
    no_english(&receipt, &[NAMES, &["a.example", "b.example", "c.example"]].concat());
    let queue = desk.get("/desk/queue").text();
    assert!(queue.contains("a moderator"), "in English at the desk: {}", words(&queue));
    assert!(!queue.contains(stored.as_deref().unwrap()), "and not as it is stored");

    // As it was stored before there were codes.
    let old = paper.wait(paper.app.store.next_id()).unwrap();
    let story = paper.wait(paper.app.store.comment(id)).unwrap().unwrap().story;
    let now = dateline::clock::now();
    let sentence = "It has 3 links; a moderator looks at those first.";
    let posted = NewComment {
        id: old,
        story,
        root: old,
        parent: None,
        state: newsroom::discussion::State::Held,
        at: now,
        name: "Юлия".into(),
        network: String::new(),
        text: "Раньше.".into(),
        staff: false,
        held_why: Some(sentence.into()),
        rank: 10,
        risks: None,
        digest: None,
        again_after: now,
        follow: None,
        scored: false,
        vouched: None,
        prints: None,
        reader: None,
        badge: None,
    };
    paper.wait(paper.app.store.post(posted)).unwrap();
    assert!(get(&paper.app.receipts.path(old)).contains(sentence), "readable still");
    assert!(desk.get("/desk/queue").text().contains(sentence));

    desk.post(&format!("/desk/comments/{id}/remove"), &[("reason", "advertising")]);
    let receipt = get(&paper.app.receipts.path(id));
    assert!(
        receipt.contains("<dt>Основание</dt><dd>Правило этого обсуждения: Это реклама."),
        "{}",
        words(&receipt)
    );
    assert!(receipt.contains(" г., "), "a moment in Russian: {}", words(&receipt));
    assert!(get(&path).contains("1 удалён модераторами"), "{}", words(&get(&path)));
    assert_eq!(paper.app.words().refusal(&Refusal::NoText), "Комментарий пуст.");
}

/// Whoever reports is told also where the moderators left the comment and warned its writer.
fn a_warning_settles_a_report_and_is_told(house: &House) {
    let (desk, path) = house.story();
    let id = house.comment(&path, &[("name", "Eva"), ("text", "Na ja.")]);
    let form = format!("{path}/comments/{id}/report");
    let fate = to(&house.post(&form, &[("reason", "insult"), ("email", "ida@post.example")], &[]));
    assert_eq!(house.post(&house.letter().link("yes"), &[], &[]).status, 200);
    assert!(house.letters().is_empty());
    assert_eq!(desk.post(&format!("/desk/comments/{id}/warn"), &[("note", "Bitte ruhiger.")]).status, 303);
    let letter = house.letter();
    assert_eq!(letter.to, ["<ida@post.example>"]);
    assert!(letter.text.contains("den Verfasser verwarnt"), "{}", letter.text);
    assert!(
        !letter.text.contains("Bitte ruhiger."),
        "what the writer is told is the writer's: {}",
        letter.text
    );
    let page = house.paper.ask("GET", &fate, &[]).text();
    assert!(page.contains("den Verfasser verwarnt"), "{}", words(&page));
    assert!(desk.get("/desk/queue?state=reported").text().contains("No report is waiting."));
    let comment = house.paper.wait(house.paper.app.store.comment(id)).unwrap().unwrap();
    assert_eq!((comment.state, comment.reason), (newsroom::discussion::State::Shown, None::<Reason>));
    desk.post(&format!("/desk/comments/{id}/undo"), &[]);
    assert!(desk.get("/desk/queue?state=reported").text().contains("Reported: Insult"), "waits again");
}

/// A site with a language of its own, on a paper that speaks English: its pages say none.
fn writers_on_a_site_are_written_to_in_its_language(house: &House) {
    let site = store::site::Site {
        key: "b106".into(),
        name: "blog".into(),
        mode: newsroom::discussion::Mode::Open,
        origins: vec![newsroom::site::SiteOrigin::parse("https://blog.example").unwrap()],
        own: newsroom::site::Own { language: Some(newsroom::Language::German), ..Default::default() },
        created_at: dateline::clock::now(),
    };
    house.paper.wait(house.paper.app.store.add_site(&site, "test")).unwrap();
    let body = r#"{"url":"https://blog.example/a","name":"Eva","text":"Na ja.","email":"eva@post.example","answers":true}"#;
    let say = |body: &str| {
        let mut line = house.paper.line();
        line.send(format!(
            "POST /api/v1/sites/b106/comments HTTP/1.1\r\nhost: paper.example\r\norigin: https://blog.example\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ));
        let reply = line.reply(false);
        assert_eq!(reply.status, 201, "{}", reply.text());
        serde_json::from_slice::<serde_json::Value>(&reply.body).unwrap()["id"].to_string()
    };
    let mine = say(body);
    let asked = house.letter();
    assert!(asked.text.contains("Jemand, wir hoffen Sie, hat diese Adresse"), "{}", asked.text);
    no_english(&asked.text, NAMES);
    // Answers are read where they were written: on the site's page.
    assert_eq!(house.post(&asked.link("yes"), &[], &[]).status, 200);
    let answer =
        say(&format!(r#"{{"url":"https://blog.example/a","name":"Per","text":"Doch.","reply_to":{mine}}}"#));
    let told = house.letter();
    assert!(told.text.contains(&format!("https://blog.example/a#comment-{answer}")), "{}", told.text);
    let page = house.paper.ask("GET", "/api/v1/sites/b106/comments?url=https%3A%2F%2Fblog.example%2Fa", &[]);
    assert!(page.text().contains("\"letters\":true"), "{}", page.text());
}

mod in_german {
    crate::on_both!(crate::languages::german:
        a_german_paper_speaks_german,
        a_warning_settles_a_report_and_is_told,
    );
    use super::{a_german_paper_speaks_german, a_warning_settles_a_report_and_is_told};
}

mod in_russian {
    crate::on_both!(crate::languages::russian: a_russian_paper_counts_in_russian_and_says_why_it_waits);
    use super::a_russian_paper_counts_in_russian_and_says_why_it_waits;
}

crate::on_both!(crate::house: writers_on_a_site_are_written_to_in_its_language);
