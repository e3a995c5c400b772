//! What a site sets for itself with `dateline site`: whose comments wait, when its discussions close, in which language
//! its writers are spoken to; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use newsroom::{
    clock::DAY,
    discussion::{Mode, Ruling},
    site::OutsidePage,
    slug::Slug,
    story::Address,
    touch::Touch,
};
use serde_json::{Value, json};
use std::process::Command;
use store::site::NewOutside;
use support::{Database, Reply, Served};

/// Two sites, of which one sets things for itself and the other leaves all to the paper.
struct House {
    paper: Served,
    own: String,
    other: String,
}

const OWN: &str = "https://own.example";
const OTHER: &str = "https://other.example";

fn house(home: Database) -> House {
    let paper = Served::on(home, dateline::http::paper(), |config| {
        config.discussion.most_per_minute = 1_000;
        config.discussion.first_held = 0;
    });
    let add = |name: &str, origin: &str| {
        let (code, key, why) = site(&paper, &["add", name, "--origin", origin]);
        assert_eq!(code, Some(0), "{why}");
        key.trim().to_owned()
    };
    let (own, other) = (add("own", OWN), add("other", OTHER));
    House { own, other, paper }
}

/// `dateline site …` beside the paper that is served, which then hears of it.
fn site(paper: &Served, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    if let Some(url) = &paper.app.config.database.url {
        command.env("DATELINE_DATABASE", url);
    }
    let out = command.arg("site").args(arguments).arg("--data").arg(paper.data.path()).output().unwrap();
    paper.app.touched(&[Touch::Paper]);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

impl House {
    fn set(&self, flags: &[&str]) {
        let (code, _, why) = site(&self.paper, &[&["set", "own"], flags].concat());
        assert_eq!(code, Some(0), "{why}");
    }

    fn ask(&self, method: &str, path: &str, origin: &str, body: &str) -> Reply {
        let mut line = self.paper.line();
        line.send(format!(
            "{method} {path} HTTP/1.1\r\nhost: paper.example\r\norigin: {origin}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        ));
        line.reply(false)
    }

    /// What the paper answers to a comment on a page of that site.
    fn say(&self, origin: &str, page: &str, more: Value) -> (u16, Value) {
        let key = if origin == OWN { &self.own } else { &self.other };
        let mut body = json!({ "url": format!("{origin}/{page}"), "title": "Tides", "name": "Mette" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let reply = self.ask("POST", &format!("/api/v1/sites/{key}/comments"), origin, &body.to_string());
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }

    fn state(&self, origin: &str, text: &str) -> String {
        let (status, said) = self.say(origin, "tides", json!({ "text": text }));
        assert_eq!(status, 201, "{said}");
        said["state"].as_str().unwrap().to_owned()
    }
}

fn a_site_holds_as_it_has_set(house: &House) {
    let both = |text: &str| (house.state(OWN, text), house.state(OTHER, text));
    let (shown, held) = (|| "shown".to_owned(), || "held".to_owned());
    assert_eq!(both("The bakery opens at six."), (shown(), shown()));
    house.set(&["--first-held", "5"]);
    assert_eq!(both("The ferry leaves at ten."), (held(), shown()));
    house.set(&["--first-held", "0"]);
    assert_eq!(both("The harbour is frozen."), (shown(), shown()));
    let insults = ["What a fool you are.", "The mayor is a stupid man.", "You are dumb."];
    for insult in insults {
        let score = screen::screen(insult, "Mette").iter().map(|r| r.score).fold(0.0, f32::max);
        assert!((0.8..0.999).contains(&score), "the paper holds it, a site need not: {score}");
    }
    assert_eq!(both(insults[0]), (held(), held()));
    house.set(&["--hold-at", "1"]);
    assert_eq!(both(insults[1]), (shown(), held()));
    let listed = site(&house.paper, &["list"]).1;
    assert!(listed.contains(&format!("{OWN}\thold-at=1 first-held=0\n")), "{listed}");
    assert!(listed.contains(&format!("\t{OTHER}\n")), "nothing of its own: {listed}");
    house.set(&["--hold-at", "paper"]);
    assert_eq!(both(insults[2]), (held(), held()));
    house.set(&["--hold-at", "0.4"]);
    assert_eq!(both("Only a moron would say so."), (held(), shown()));
}

fn a_site_closes_when_it_has_set(house: &House) {
    let app = &house.paper.app;
    let then = dateline::clock::now().plus(-4 * DAY);
    for (key, origin) in [(&house.own, OWN), (&house.other, OTHER)] {
        let site = house.paper.wait(app.house.site(&app.store, key)).unwrap().unwrap();
        let link = format!("{origin}/old");
        let address =
            Address { day: app.paper.zone.day(then), slug: Slug::of(&format!("old {key}"), "page") };
        let new = NewOutside {
            story: house.paper.wait(app.store.next_id()).unwrap(),
            site: &site,
            page: &OutsidePage { key: format!("url:{link}"), link },
            title: "Old",
            language: "",
            address: &address,
            now: then,
        };
        house.paper.wait(app.store.add_outside(&new)).unwrap();
    }
    let open = |origin: &str, key: &str| {
        let path = format!("/api/v1/sites/{key}/comments?url={origin}/old");
        let reply = house.ask("GET", &path, origin, "");
        assert_eq!(reply.status, 200, "{}", reply.text());
        serde_json::from_slice::<Value>(&reply.body).unwrap()["open"].as_bool().unwrap()
    };
    let both = || (open(OWN, &house.own), open(OTHER, &house.other));
    assert_eq!(both(), (true, true));
    house.set(&["--closes-after-days", "3"]);
    assert_eq!(both(), (false, true));
    let (status, refused) = house.say(OWN, "old", json!({ "text": "Too late." }));
    assert_eq!((status, &refused["code"]), (422, &json!("discussion-closed-by-age")), "{refused}");
    assert_eq!(house.say(OTHER, "old", json!({ "text": "In time." })).0, 201);
    assert_eq!(house.say(OWN, "new", json!({ "text": "In time." })).0, 201, "a new page is open");
    house.set(&["--closes-after-days", "0"]);
    assert_eq!(both(), (true, true), "never");
    house.set(&["--closes-after-days", "3"]);
    house.set(&["--closes-after-days", "paper"]);
    assert_eq!(house.say(OWN, "old", json!({ "text": "In time after all." })).0, 201);
}

fn a_site_speaks_its_language_where_its_page_says_none(house: &House) {
    house.set(&["--language", "de"]);
    let told = |origin: &str, language: &str| {
        let (status, refused) = house.say(origin, "tides", json!({ "text": "", "language": language }));
        assert_eq!(status, 422);
        refused["detail"].as_str().unwrap().to_owned()
    };
    assert_eq!(told(OWN, ""), "Der Kommentar ist leer.");
    assert_eq!(told(OWN, "fr"), "Der Kommentar ist leer.", "there are no words in French");
    assert_eq!(told(OWN, "ru-RU"), "Комментарий пуст.", "the page says what it speaks");
    assert_eq!(told(OTHER, ""), "The comment is empty.");
    let path = |url: &Value| {
        let url = url.as_str().unwrap();
        let path = url.split_once("://").unwrap().1;
        path[path.find('/').unwrap()..].split('#').next().unwrap().to_owned()
    };
    let (status, said) = house.say(OWN, "tides", json!({ "text": "Es flutet." }));
    assert_eq!(status, 201, "{said}");
    for page in [path(&said["url"]), path(&said["receipt"]), format!("/embed/{}?url={OWN}/first", house.own)]
    {
        let page = house.paper.ask("GET", &page, &[]).text();
        assert!(page.contains("<html lang=\"de\"") && page.contains("Kommentar"), "{page}");
        assert!(!page.contains("Your comment") && !page.contains("Post comment"), "{page}");
    }
    let words = |key: &str| {
        let reply = house.ask("GET", &format!("/embed-words/{key}"), OWN, "");
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, Some("*")));
        let kept = if key == "ru" { "public, max-age=3600" } else { "no-cache" };
        assert_eq!(reply.header("cache-control"), Some(kept), "a site's language may change any time");
        (reply.header("content-language").unwrap().to_owned(), reply.text())
    };
    let (language, said) = words(&house.own);
    assert!(language == "de" && said.starts_with("Kommentare\n"), "{language} {said}");
    assert_eq!(words(&house.other), ("en".into(), String::new()), "the script has English at hand");
    assert_eq!(words("ru").0, "ru");
    assert_eq!(house.ask("GET", "/embed-words/unheard-of", OWN, "").status, 404);
    // Of pages that are discussed already, too.
    house.set(&["--language", "es"]);
    assert_eq!(words(&house.own).0, "es");
    // However the key is spelled, it is one page that is kept ready.
    assert_eq!(words(&format!("%{:02x}{}", house.own.as_bytes()[0], &house.own[1..])).0, "es");
    let receipt = house.paper.ask("GET", &path(&said_receipt(house)), &[]).text();
    assert!(receipt.contains("<html lang=\"es\""), "{receipt}");
    house.set(&["--language", "paper"]);
    assert_eq!(told(OWN, ""), "The comment is empty.");
}

fn said_receipt(house: &House) -> Value {
    house.say(OWN, "tides", json!({ "text": "Sube la marea." })).1["receipt"].clone()
}

/// Where the form of a page links to for the rules.
fn rules_link(html: &str) -> &str {
    let from = html.find("href=\"/discussion-rules").unwrap_or_else(|| panic!("{html}")) + 6;
    html[from..].split('"').next().unwrap()
}

fn its_rules_say_its_days_and_numbers(house: &House) {
    house.set(&["--language", "de", "--hold-at", "0.655", "--closes-after-days", "9", "--first-held", "2"]);
    let read = |path: &str| {
        let reply = house.paper.ask("GET", &path.replace("&amp;", "&"), &[]);
        (reply.status, reply.text().replace('\u{a0}', " "))
    };
    // Before the first comment, under it, on the thread's own page and where one answers, the form leads there.
    let hosted = |key: &str, origin: &str| format!("/embed/{key}?url={origin}/tides");
    let own = [
        "<html lang=\"de\"",
        "zu mindestens 65,5 % sicher ist.",
        "weniger als 2 Kommentare",
        "schließt 9 Tage nach ihrem ersten Kommentar.",
        "für die Seiten von own.example.",
    ];
    let said = house.say(OWN, "talk", json!({ "text": "Die Flut kommt." }));
    let id = said.1["id"].as_i64().unwrap();
    let store = &house.paper.app.store;
    house.paper.wait(store.rule(id, Ruling::Show, None, "", "ilse", dateline::clock::now())).unwrap();
    let url = said.1["url"].as_str().unwrap();
    let talk = &url[url.find("/20").unwrap()..];
    let talk = talk.split('#').next().unwrap();
    for path in [
        hosted(&house.own, OWN),
        talk.to_owned(),
        format!("{talk}/comments/{id}"),
        format!("{talk}/comments/{id}/reply"),
        format!("{talk}/rulings"),
    ] {
        let page = read(&path).1;
        assert_eq!(
            rules_link(&page),
            format!("/discussion-rules?site={}&amp;language=de", house.own),
            "{path}"
        );
        let (status, rules) = read(rules_link(&page));
        assert_eq!(status, 200);
        for part in own {
            assert!(rules.contains(part), "{path}: {part}: {rules}");
        }
        assert!(!rules.contains("rel=\"canonical\"") && !rules.contains("nach dem Erscheinen"), "{rules}");
    }
    // A page's own language before the site's; where there are no words in it, the site's.
    let rules = |language: &str| read(&format!("/discussion-rules?site={}&language={language}", house.own)).1;
    assert!(rules("ru").contains("через 9 дней после первого комментария"));
    assert!(
        rules("fr").contains(own[3]) && rules("").contains(own[3]) && rules("%22%3E%3Cx").contains(own[3])
    );
    // What a site leaves to the paper is as the paper has it, and the paper's own page speaks of no site.
    let (_, other) = read(rules_link(&read(&hosted(&house.other, OTHER)).1));
    for part in ["80% sure", "closes 30 days after its first comment", "for the pages of other.example."] {
        assert!(other.contains(part), "{part}: {other}");
    }
    assert!(!other.contains("fewer than"), "{other}");
    let (_, papers) = read("/discussion-rules");
    assert!(papers.contains("closes 30 days after its story came out."), "{papers}");
    assert!(!papers.contains("% sure") && !papers.contains("own.example"), "{papers}");
    assert_eq!(read("/discussion-rules?site=unheard-of").0, 404);
    // They follow what is set, at once.
    house.set(&["--closes-after-days", "0", "--hold-at", "paper"]);
    let rules = rules("de");
    assert!(!rules.contains("schließt 9") && rules.contains("zu mindestens 80 % sicher"), "{rules}");
}

/// Its rules, and what of them stands in the line that dates them; both as a page has them.
fn dated(house: &House, language: &str) -> (String, Option<String>) {
    let path = format!("/discussion-rules?site={}&language={language}", house.own);
    let page = house.paper.ask("GET", &path, &[]).text();
    let date = page
        .split_once("<p class=\"standfirst\">")
        .map(|(_, rest)| rest.split_once("</p>").unwrap().0.to_owned());
    (page, date)
}

fn its_rules_are_dated_and_earlier_ones_kept(house: &House) {
    let app = &house.paper.app;
    let keep = || house.paper.wait(dateline::discussion_rules::keep(app)).unwrap();
    let then = |site: &str| house.paper.wait(app.store.rules_then(site)).unwrap();
    house.set(&["--language", "de", "--closes-after-days", "9"]);
    assert_eq!(dated(house, "de").1, None, "not noted down yet");
    keep();
    keep();
    let noted = then(&house.own);
    assert_eq!(noted.len(), 1, "the same is noted down once");
    let (page, date) = dated(house, "de");
    let at = date.unwrap_or_else(|| panic!("{page}"));
    assert!(at.starts_with("Stand: <time datetime="), "{at}");
    let moment = at.split('"').nth(1).unwrap();
    // In whatever language they are asked for they are the same rules, since the same moment.
    let (page, date) = dated(house, "es");
    let date = date.unwrap_or_else(|| panic!("{page}"));
    assert!(date.starts_with("Vigentes desde el <time") && date.contains(moment), "{date}");
    assert!(!page.contains("Reglas anteriores") && !page.contains("/discussion-rules/"), "{page}");
    // What is set anew is not dated by what held before, and the other site's and the paper's are their own.
    let (other, papers) = (then(&house.other), then(""));
    assert!(other.len() == 1 && papers.len() == 1);
    house.set(&["--closes-after-days", "4"]);
    let (page, date) = dated(house, "de");
    assert!(date.is_none() && page.contains("schließt 4 Tage"), "{page}");
    keep();
    assert_eq!((then(&house.other), then("")), (other, papers));
    assert_eq!(then(&house.own).len(), 2);
    let (page, date) = dated(house, "de");
    assert!(date.is_some_and(|d| d.starts_with("Stand: ")), "{page}");
    let early = format!("/discussion-rules/{}", noted[0].id);
    assert!(page.contains("Frühere Regeln") && page.contains(&format!("href=\"{early}\"")), "{page}");
    let reply = house.paper.ask("GET", &early, &[]);
    assert_eq!(reply.status, 200);
    let early = reply.text();
    for part in
        ["<html lang=\"de\"", "So galten sie ab ", "schließt 9 Tage", "für die Seiten von own.example."]
    {
        assert!(early.contains(part), "{part}: {early}");
    }
    let paper = house.paper.ask("GET", "/discussion-rules", &[]).text();
    assert!(paper.contains("As of ") && !paper.contains("Earlier rules"), "{paper}");
    // Of a site that is gone, too: what was public stays so.
    assert_eq!(site(&house.paper, &["remove", "own"]).0, Some(0));
    let reply = house.paper.ask("GET", &format!("/discussion-rules/{}", noted[0].id), &[]);
    assert!(reply.status == 200 && reply.text().contains("schließt 9 Tage"), "{}", reply.text());
}

fn the_ends_of_its_threshold_are_said_in_words(house: &House) {
    let says = |language: &str, part: &str| {
        let page = dated(house, language).0;
        let page = page.split_once("<div class=\"body\"").unwrap().1;
        assert!(page.contains(part) && !page.contains('%'), "{part}: {page}");
    };
    house.set(&["--hold-at", "0"]);
    says("en", "for whatever it sees in it, however unsure it is.");
    says("de", "so unsicher es auch ist.");
    says("ru", "как бы ни была не уверена.");
    says("es", "por poco seguro que esté.");
    says("zh", "无论多没有把握");
    house.set(&["--hold-at", "1"]);
    says("en", "only where it is entirely sure.");
    says("de", "wenn es sich völlig sicher ist.");
    says("ru", "только если совершенно уверена.");
    says("es", "cuando está completamente seguro.");
    says("zh", "只有在完全有把握时");
}

fn what_a_page_links_opens_also_when_its_site_is_gone(house: &House) {
    let (app, now) = (&house.paper.app, dateline::clock::now);
    house.set(&["--language", "de"]);
    let said = house.say(OWN, "talk", json!({ "text": "Die Flut kommt." })).1;
    let gone = house.say(OWN, "talk", json!({ "text": "Die Ebbe geht." })).1["id"].as_i64().unwrap();
    house.paper.wait(app.store.rule(gone, Ruling::Remove, None, "", "ilse", now())).unwrap();
    let url = said["url"].as_str().unwrap();
    let talk = url[url.find("/20").unwrap()..].split('#').next().unwrap().to_owned();
    let story = house.paper.wait(app.store.comment(gone)).unwrap().unwrap().story;
    let read = |path: &str| {
        let reply = house.paper.ask("GET", &path.replace("&amp;", "&"), &[]);
        assert_eq!(reply.status, 200, "{path}");
        reply.text()
    };
    let log = read(&format!("{talk}/rulings"));
    for part in ["<html lang=\"de\"", &format!("Kommentar {gone}"), &format!("site={}", house.own)] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert_eq!(site(&house.paper, &["remove", "own"]).0, Some(0));
    // Closed while its site is gone, whatever it is set to.
    house.paper.wait(app.store.set_mode(story, Mode::Open, "ilse", now())).unwrap();
    let id = said["id"].as_i64().unwrap();
    for path in [talk.clone(), format!("{talk}/comments/{id}"), format!("{talk}/rulings")] {
        let page = read(&path);
        assert!(!page.contains("<textarea") && !page.contains("/discussion-rules?site="), "{path}: {page}");
        // Each of the paper's own addresses that it names.
        for link in page.split("href=\"/").skip(1).map(|rest| format!("/{}", rest.split('"').next().unwrap()))
        {
            read(link.split('#').next().unwrap());
        }
    }
    assert_eq!(
        rules_link(&read(&format!("{talk}/rulings"))),
        "/discussion-rules",
        "the paper's own hold there now"
    );
}

fn what_cannot_be_set_is_said(house: &House) {
    for (flags, said) in [
        (&["--language", "fr"][..], "one of en, de, ru, es and zh"),
        (&["--hold-at", "80"][..], "a number from 0 to 1"),
        (&["--hold-at", "NaN"][..], "a number from 0 to 1"),
        (&["--closes-after-days", "-1"][..], "a whole number from 0 to 36500"),
        (&["--first-held", "101"][..], "a whole number from 0 to 100"),
    ] {
        // With an equals sign, for one of them begins like a flag.
        let flag = flags.join("=");
        let (code, _, why) = site(&house.paper, &["set", "own", &flag]);
        assert!(code == Some(1) && why.contains(said), "{flag}: {why}");
    }
    let listed = site(&house.paper, &["list"]).1;
    assert!(listed.lines().all(|line| line.split('\t').count() == 4), "nothing was set: {listed}");
    let flags =
        ["add", "third", "--origin", "https://third.example", "--language", "zh-CN", "--first-held", "2"];
    assert_eq!(site(&house.paper, &flags).0, Some(0));
    assert!(
        site(&house.paper, &["list"]).1.contains("https://third.example\tlanguage=zh-Hans first-held=2\n")
    );
    let log = house.paper.wait(house.paper.app.store.list_log(None, 1)).unwrap();
    assert_eq!(log[0].act, "added the site for https://third.example, in zh-Hans, first 2 held");
}

on_both!(crate::house:
    a_site_holds_as_it_has_set,
    a_site_closes_when_it_has_set,
    a_site_speaks_its_language_where_its_page_says_none,
    its_rules_say_its_days_and_numbers,
    its_rules_are_dated_and_earlier_ones_kept,
    the_ends_of_its_threshold_are_said_in_words,
    what_a_page_links_opens_also_when_its_site_is_gone,
    what_cannot_be_set_is_said,
);
