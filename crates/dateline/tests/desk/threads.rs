//! A moderator closes one thread of a discussion, and opens it again.

use crate::{
    browser::{Browser, encode, log, now, to, words},
    support::{Reply, Served},
};
use dateline::staff::BearerToken;
use newsroom::{
    Millis,
    discussion::Mode,
    site::{Own, SiteOrigin},
    slug::Slug,
    staff::{Role, Scope},
    story::Address,
};
use serde_json::Value;
use store::site::{NewOutside, Site};

const COPY: [(&str, &str); 2] = [("headline", "Night ferry"), ("body", "It leaves at ten.")];
const LINE: &str = "This thread is closed to replies.";
const REFUSED: &str = "A moderator has closed this thread: nobody can reply in it any more.";

fn send(paper: &Served, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let mut line = paper.line();
    line.send(format!(
        "{method} {path} HTTP/1.1\r\nhost: paper.example\r\n{lines}content-length: {}\r\n\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

const FORM: &str = "content-type: application/x-www-form-urlencoded";
const JSON: &str = "accept: application/json";

fn say(paper: &Served, path: &str, text: &str, to: Option<i64>) -> Reply {
    let to = to.map(|id| id.to_string()).unwrap_or_default();
    let body = encode(&[("name", "Mette"), ("text", text), ("reply_to", to.as_str())]);
    send(paper, "POST", &format!("{path}/comments"), &[FORM, JSON], &body)
}

fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.text()).unwrap_or_else(|e| panic!("{e}: {}", reply.text()))
}

fn said(reply: &Reply) -> i64 {
    assert_eq!(reply.status, 201, "{}", reply.text());
    json(reply)["id"].as_i64().unwrap()
}

/// A story; two threads under it, one with an answer.
fn talk(paper: &Served) -> (Browser<'_>, i64, String, [i64; 3]) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let story = desk.story(&COPY);
    let path = desk.publish(story, &COPY);
    let root = said(&say(paper, &path, "You are wrong.", None));
    let answer = said(&say(paper, &path, "No, you are.", Some(root)));
    let other = said(&say(paper, &path, "A calm word.", None));
    (desk, story, path, [root, answer, other])
}

fn nobody_replies_in_a_closed_thread(paper: &Served) {
    let (desk, story, path, [root, answer, other]) = talk(paper);
    let close = |id: i64, closed: &str| {
        let back = [("closed", closed), ("back", "/desk/queue?state=all")];
        desk.post(&format!("/desk/comments/{id}/thread"), &back)
    };
    let queue = || desk.get("/desk/queue?state=all").text();
    assert!(queue().contains("Close its thread") && !queue().contains("Thread closed"));
    let page = paper.ask("GET", &path, &[]).text();
    let link = |id: i64| format!("{path}/comments/{id}/reply#form");
    assert!([root, answer, other].iter().all(|id| page.contains(&link(*id))) && !page.contains(LINE));
    // From any comment of it.
    assert_eq!(to(&close(answer, "on")), "/desk/queue?state=all&said=thread-closed");
    assert_eq!(queue().matches("Thread closed").count(), 2, "both its comments say so");
    assert!(queue().contains("Open its thread again"));

    let page = paper.ask("GET", &path, &[]).text();
    assert_eq!(page.matches(LINE).count(), 1, "{}", words(&page));
    assert!(page.contains(&link(other)) && !page.contains(&link(root)) && !page.contains(&link(answer)));
    assert!(page.contains("No, you are."), "it can be read");
    for place in ["", "/reply"] {
        let own = paper.ask("GET", &format!("{path}/comments/{root}{place}"), &[]).text();
        assert!(own.contains(LINE) && !own.contains("<form id=\"form\""), "{}", words(&own));
    }
    let free = paper.ask("GET", &format!("{path}/comments/{other}/reply"), &[]).text();
    assert!(free.contains("<form id=\"form\"") && !free.contains(LINE));

    for to in [root, answer] {
        let refused = say(paper, &path, "And another thing.", Some(to));
        let why = json(&refused);
        assert_eq!((refused.status, &why["code"]), (422, &"thread-closed".into()), "{why}");
        assert_eq!((&why["field"], why["detail"].as_str()), (&"reply_to".into(), Some(REFUSED)));
    }
    // By plain form: what was typed is not lost.
    let to_answer = answer.to_string();
    let typed = [("name", "Mette"), ("text", "My <long> words."), ("reply_to", to_answer.as_str())];
    let typed = encode(&typed);
    let refused = send(paper, "POST", &format!("{path}/comments"), &[FORM], &typed);
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains(REFUSED) && page.contains("My &lt;long&gt; words."), "{}", words(&page));
    assert!(!page.contains("<form id=\"form\""), "there is nothing to send it with");
    // By the API, and by staff.
    let body = format!(r#"{{"name":"Mette","text":"And more.","reply_to":{root}}}"#);
    let api = format!("/api/v1/stories/{story}/comments");
    let refused = send(paper, "POST", &api, &["content-type: application/json"], &body);
    assert_eq!((refused.status, &json(&refused)["code"]), (422, &"thread-closed".into()));
    let staff = desk.post(&format!("/desk/comments/{root}/reply"), &[("text", "Enough.")]);
    assert!(staff.status == 422 && staff.text().contains(REFUSED), "{}", words(&staff.text()));
    let links = |id: i64| queue().contains(&format!("href=\"/desk/comments/{id}/reply\""));
    assert_eq!([root, answer, other].map(links), [false, false, true]);
    let threads = json(&paper.ask("GET", &api, &[]));
    let closed: Vec<_> =
        threads["comments"].as_array().unwrap().iter().map(|t| t["closed"] == true).collect();
    assert_eq!(closed, [false, true], "the newest first: {threads}");
    assert_eq!(now(paper.app.store.shown_under(story)).unwrap(), 3, "nothing came in");
    said(&say(paper, &path, "The other thread goes on.", Some(other)));
    said(&say(paper, &path, "And so does the discussion.", None));

    // Twice is once; and open again.
    assert_eq!(to(&close(root, "on")), "/desk/queue?state=all&said=thread-closed");
    assert_eq!(to(&close(root, "")), "/desk/queue?state=all&said=thread-opened");
    let page = paper.ask("GET", &path, &[]).text();
    assert!(page.contains(&link(root)) && page.contains(&link(answer)) && !page.contains(LINE));
    said(&say(paper, &path, "Peace.", Some(answer)));
    let acts: Vec<_> = log(paper).into_iter().filter(|(_, act, _)| act.ends_with("its thread")).collect();
    let line = |act: &str, id: i64| ("Ilse".to_owned(), act.to_owned(), format!("comment {id}"));
    assert_eq!(acts, [line("opened its thread", root), line("closed its thread", answer)]);
    assert_eq!(close(999_999, "on").status, 404);
    assert_eq!(
        desk.send(&format!("/desk/comments/{root}/thread"), &[("closed", "on")]).status,
        403,
        "no proof"
    );
    let rolf = Browser::of(paper, "Rolf", Role::Reporter);
    let barred = rolf.post(&format!("/desk/comments/{root}/thread"), &[("closed", "on")]);
    assert_eq!(barred.status, 403);
    assert!(!paper.ask("GET", &path, &[]).text().contains(LINE));
}

/// Which of them are still taken is as it comes; that none comes in after it, and how each waits for the other, is
/// forced in the store's own test of what another node is writing.
fn replies_sent_around_its_closing_are_kept_or_refused_as_told(paper: &Served) {
    let (desk, story, path, [root, answer, _]) = talk(paper);
    let (csrf, cookie) = (desk.csrf(), desk.cookie.borrow().clone().unwrap());
    let request = |path: &str, headers: &[&str], fields: &[(&str, &str)]| {
        let body = encode(fields);
        let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nhost: paper.example\r\n{lines}content-length: {length}\r\n\r\n{body}"
        )
    };
    let mut closing = paper.line();
    let mut lines = [(); 12].map(|()| paper.line());
    for (n, line) in lines.iter_mut().enumerate() {
        let (text, to) = (format!("Just so, number {n}."), [root, answer][n % 2].to_string());
        let fields = [("name", "Mette"), ("text", text.as_str()), ("reply_to", to.as_str())];
        line.send(request(&format!("{path}/comments"), &[FORM, JSON], &fields));
        if n == 3 {
            let headers = [FORM, "origin: http://paper.example", &format!("cookie: {cookie}")];
            let fields = [("csrf", csrf.as_str()), ("closed", "on")];
            closing.send(request(&format!("/desk/comments/{root}/thread"), &headers, &fields));
        }
    }
    assert_eq!(closing.reply(false).status, 303);
    let mut kept = 0;
    for line in &mut lines {
        let reply = line.reply(false);
        match reply.status {
            201 => kept += 1,
            status => assert_eq!((status, &json(&reply)["code"]), (422, &"thread-closed".into())),
        }
    }
    assert_eq!(
        now(paper.app.store.shown_under(story)).unwrap(),
        3 + kept,
        "what was said to be taken is there"
    );
}

fn a_program_closes_a_thread(paper: &Served) {
    let (_, _, path, [root, answer, _]) = talk(paper);
    let token = |name: &str, scope| {
        let token = BearerToken::random().unwrap();
        now(paper.app.store.add_token(name, scope, &token.digest(), "test", Millis(1))).unwrap();
        format!("authorization: Bearer {}", token.reveal())
    };
    let (moderate, wire) = (token("screen", Scope::Moderate), token("northwire", Scope::Wire));
    let set = |id: i64, with: &str, body: &str| {
        send(paper, "POST", &format!("/api/v1/moderation/comments/{id}/thread"), &[with], body)
    };
    let closed = r#"{"closed":true}"#;
    assert_eq!(set(root, "x-nothing: 1", closed).status, 401);
    assert_eq!(set(root, &wire, closed).status, 403);
    assert_eq!(set(999_999, &moderate, closed).status, 404);
    for odd in ["", "[true]", "{}", r#"{"closed":"yes"}"#] {
        assert_eq!(set(root, &moderate, odd).status, 400, "{odd}");
    }
    let now_closed = json(&set(answer, &moderate, closed));
    assert_eq!((&now_closed["thread_closed"], &now_closed["changed"]), (&true.into(), &true.into()));
    assert_eq!((&now_closed["id"], &now_closed["state"]), (&answer.into(), &"shown".into()));
    assert_eq!(json(&set(root, &moderate, closed))["changed"], false);
    assert_eq!(json(&say(paper, &path, "More.", Some(root)))["code"], "thread-closed");
    let opened = json(&set(root, &moderate, r#"{"closed":false,"more":1}"#));
    assert_eq!((&opened["thread_closed"], &opened["changed"]), (&false.into(), &true.into()));
    said(&say(paper, &path, "More.", Some(root)));
    assert_eq!(log(paper)[0].0, "token screen");
}

crate::on_both!(crate::paper:
    nobody_replies_in_a_closed_thread,
    replies_sent_around_its_closing_are_kept_or_refused_as_told,
    a_program_closes_a_thread,
    a_removed_sites_discussion_stays_closed,
);

/// Whatever the desk says: the page is nobody's, as long as its site is not there.
fn a_removed_sites_discussion_stays_closed(paper: &Served) {
    let store = &paper.app.store;
    let site = Site {
        key: "b106".into(),
        name: "blog".into(),
        mode: Mode::Open,
        origins: vec![SiteOrigin::parse("https://blog.example").unwrap()],
        own: Own::default(),
        created_at: Millis(1),
    };
    let page = newsroom::site::page("", "https://blog.example/tides", &site.origins).unwrap();
    let address = Address { day: "2026-03-06".parse().unwrap(), slug: Slug::of("On tides", "page") };
    now(store.add_site(&site, "test")).unwrap();
    let story = now(store.next_id()).unwrap();
    let (title, language) = ("On tides", "");
    let new =
        NewOutside { story, site: &site, page: &page, title, language, address: &address, now: Millis(2) };
    now(store.add_outside(&new)).unwrap();
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let set = |mode: &str| {
        let back = [("mode", mode), ("back", "/desk/queue")];
        desk.post(&format!("/desk/stories/{story}/discussion"), &back)
    };
    assert_eq!(to(&set("slow")), "/desk/queue?said=discussion");
    now(store.remove_site("blog", "test", Millis(3))).unwrap();
    let refused = set("open");
    assert!(refused.status == 422 && refused.text().contains("Its site was removed"), "{}", refused.text());
    let facts = now(store.facts_of(story)).unwrap().unwrap();
    assert_eq!(facts.mode, Mode::Closed);
    let anew = Site { key: "b107".into(), ..site };
    assert_eq!(now(store.add_site(&anew, "test")).unwrap(), 1, "one discussion");
    assert_eq!(now(store.facts_of(story)).unwrap().unwrap().mode, Mode::Slow, "as it was");
    assert_eq!(to(&set("open")), "/desk/queue?said=discussion");
}

mod german {
    use super::*;
    use crate::support::Database;

    fn paper(home: Database) -> Served {
        Served::on(home, dateline::http::paper(), |config| config.paper.language = "de".into())
    }

    fn it_is_said_in_the_papers_language(paper: &Served) {
        let (desk, _, path, [root, ..]) = talk(paper);
        desk.post(&format!("/desk/comments/{root}/thread"), &[("closed", "on")]);
        assert!(paper.ask("GET", &path, &[]).text().contains("Dieser Strang ist für Antworten geschlossen."));
        let why = json(&say(paper, &path, "Noch etwas.", Some(root)));
        let detail = "Die Moderation hat diesen Strang geschlossen: Niemand kann mehr darin antworten.";
        assert_eq!(why["detail"], detail);
    }

    crate::on_both!(super::paper: it_is_said_in_the_papers_language);
}
