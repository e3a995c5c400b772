//! Pages of other sites, as their scripts and browsers speak to the paper; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

#[path = "embed/by_command.rs"]
mod by_command;
#[path = "embed/kept.rs"]
mod kept;
#[path = "embed/mended.rs"]
mod mended;
mod support;
#[path = "embed/vouched.rs"]
mod vouched;

use newsroom::{
    discussion::Mode,
    site::{Own, SiteOrigin},
};
use serde_json::{Value, json};
use store::site::Site;
use support::{Database, Reply, Served};

const BLOG: &str = "origin: https://blog.example";
const EVIL: &str = "origin: https://evil.example";
const JSON: &str = "content-type: application/json";
const PAGE: &str = "https://blog.example/tides";

fn paper(home: Database) -> Served {
    let served = Served::on(home, dateline::http::paper(), |_| {});
    site(&served, "blog", "b106", Mode::Open, &["https://blog.example", "http://localhost:4000"]);
    served
}

fn site(paper: &Served, name: &str, key: &str, mode: Mode, origins: &[&str]) {
    let site = Site {
        key: key.into(),
        name: name.into(),
        mode,
        origins: origins.iter().map(|o| SiteOrigin::parse(o).unwrap()).collect(),
        own: Own::default(),
        created_at: dateline::clock::now(),
    };
    paper.wait(paper.app.store.add_site(&site, "test")).unwrap();
}

fn ask(paper: &Served, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let mut line = paper.line();
    line.send(format!(
        "{method} {path} HTTP/1.1\r\nhost: paper.example\r\ncontent-length: {}\r\n{lines}\r\n{body}",
        body.len()
    ));
    line.reply(method == "HEAD" || method == "OPTIONS" || method == "DELETE")
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|e| panic!("{e}: {}", reply.text()))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

fn threads(paper: &Served, page: &str) -> Value {
    let path = format!("/api/v1/sites/b106/comments?url={}", encoded(page));
    let reply = ask(paper, "GET", &path, &[BLOG], "");
    assert_eq!(reply.status, 200, "{}", reply.text());
    json_of(&reply)
}

fn post(paper: &Served, body: Value) -> Reply {
    ask(paper, "POST", "/api/v1/sites/b106/comments", &[BLOG, JSON], &body.to_string())
}

/// Posts and gives the number and the word of the receipt.
fn said(paper: &Served, text: &str, reply_to: Option<i64>) -> (i64, String) {
    let body =
        json!({ "url": PAGE, "title": "On tides", "name": "Mette", "text": text, "reply_to": reply_to });
    let reply = post(paper, body);
    assert_eq!(reply.status, 201, "{}", reply.text());
    let answer = json_of(&reply);
    let word = answer["receipt"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    (answer["id"].as_i64().unwrap(), format!("authorization: Bearer {word}"))
}

fn code(reply: &Reply) -> String {
    json_of(reply)["code"].as_str().unwrap_or_default().to_owned()
}

fn a_page_is_answered_in_its_own_language(paper: &Served) {
    let say = |language: &str, text: &str| {
        let page = format!("https://blog.example/{}", encoded(language));
        post(
            paper,
            json!({ "url": page, "title": "Tiden", "language": language, "name": "Mette", "text": text }),
        )
    };
    for (language, detail) in [
        ("de", "Der Kommentar ist leer."),
        ("zh-CN", "评论是空的。"),
        ("fr", "The comment is empty."),
        ("\"><script>", "The comment is empty."),
    ] {
        let refused = say(language, "");
        assert_eq!((refused.status, json_of(&refused)["detail"].as_str()), (422, Some(detail)), "{language}");
    }
    let kept = json_of(&say("ru", "Вода прибывает."));
    let path = |member: &str| {
        let url = kept[member].as_str().unwrap();
        url[url.find("://").map_or(0, |at| at + 3 + url[at + 3..].find('/').unwrap())..].to_owned()
    };
    let receipt = ask(paper, "GET", &path("receipt"), &[], "").text();
    assert!(
        receipt.contains("<html lang=\"ru\"") && receipt.contains("Ваш комментарий опубликован"),
        "{receipt}"
    );
    assert!(!receipt.contains("Your comment"));
    let thread = path("url");
    let hosted = ask(paper, "GET", thread.split('#').next().unwrap(), &[], "").text();
    assert!(hosted.contains("1 комментарий<") && !hosted.contains("Post comment"), "{hosted}");
    let first = format!("/embed/b106?url={}&language=es", encoded("https://blog.example/es"));
    let first = ask(paper, "GET", &first, &[], "").text();
    assert!(first.contains("<html lang=\"es\"") && first.contains("Enviar comentario"), "{first}");
}

fn a_page_is_discussed_where_it_stands(paper: &Served) {
    let empty = threads(paper, PAGE);
    assert_eq!((&empty["count"], &empty["open"], &empty["comments"]), (&json!(0), &json!(true), &json!([])));
    let ids = paper.wait(paper.app.store.story_ids(0, 10)).unwrap();
    assert!(ids.is_empty(), "a look makes nothing");

    let (root, _) = said(paper, "High *water* <b>soon</b>.", None);
    let (reply, _) = said(paper, "At four.", Some(root));
    // With a fragment, a slash, capital letters: the same page.
    for same in ["https://BLOG.example/tides#x", "https://blog.example/tides/", PAGE] {
        let page = threads(paper, same);
        assert_eq!(page["count"], 2, "{same}");
        assert_eq!(page["comments"][0]["answers"][0]["id"], reply);
        let html = page["comments"][0]["text_html"].as_str().unwrap();
        assert!(html.contains("<em>water</em>") && !html.contains("<b>"), "{html}");
    }
    assert_eq!(threads(paper, "https://blog.example/other")["count"], 0);
    let one = ask(paper, "GET", &format!("/api/v1/sites/b106/comments/{reply}"), &[BLOG], "");
    assert_eq!(
        (json_of(&one)["id"].as_i64(), json_of(&one)["answers"][0]["id"].as_i64()),
        (Some(root), Some(reply))
    );

    // By the site's own word, wherever the page moves.
    let word = json!({ "url": PAGE, "id": "post-7", "name": "Per", "text": "By word." });
    assert_eq!(post(paper, word).status, 201);
    let moved = format!("/api/v1/sites/b106/comments?id=post-7&url={}", encoded("http://localhost:4000/new"));
    assert_eq!(json_of(&ask(paper, "GET", &moved, &[BLOG], ""))["count"], 1);

    let counts =
        format!("/api/v1/counts?site=b106&url={}&id=post-7&url=https://evil.example/", encoded(PAGE));
    let reply = ask(paper, "GET", &counts, &[BLOG], "");
    assert_eq!(reply.header("access-control-allow-origin"), Some("https://blog.example"));
    let shown: Vec<i64> =
        json_of(&reply)["counts"].as_array().unwrap().iter().map(|c| c["shown"].as_i64().unwrap()).collect();
    assert_eq!(shown, [2, 1, 0]);
}

fn only_the_sites_origins_are_answered(paper: &Served) {
    said(paper, "First.", None);
    let path = format!("/api/v1/sites/b106/comments?url={}", encoded(PAGE));
    for origin in [BLOG, "origin: http://localhost:4000"] {
        // Twice: the second is ready made.
        for _ in 0..2 {
            let reply = ask(paper, "GET", &path, &[origin], "");
            assert_eq!(reply.header("access-control-allow-origin"), origin.strip_prefix("origin: "));
            assert!(varies_by_origin(&reply), "{reply:?}");
            assert_eq!(reply.header("access-control-allow-credentials"), None);
            assert_eq!(reply.header("set-cookie"), None);
        }
    }
    let body = json!({ "url": PAGE, "name": "Eve", "text": "Let me in." }).to_string();
    for origin in
        [EVIL, "origin: null", "origin: https://blog.example.evil.example", "origin: http://blog.example"]
    {
        for (method, body) in [("GET", ""), ("POST", body.as_str())] {
            let path = if method == "GET" { path.as_str() } else { "/api/v1/sites/b106/comments" };
            let reply = ask(paper, method, path, &[origin, JSON], body);
            assert_eq!(
                (reply.status, code(&reply).as_str()),
                (403, "origin-not-allowed"),
                "{origin} {method}"
            );
            assert_eq!(reply.header("access-control-allow-origin"), None);
            assert!(varies_by_origin(&reply));
        }
        let asked = ask(paper, "OPTIONS", "/api/v1/sites/b106/comments", &[origin], "");
        assert_eq!((asked.status, asked.header("access-control-allow-origin")), (403, None), "{origin}");
    }
    assert_eq!(threads(paper, PAGE)["count"], 1, "nothing of it was taken");

    let asked = ask(
        paper,
        "OPTIONS",
        "/api/v1/sites/b106/comments/7",
        &[BLOG, "access-control-request-method: PUT", "access-control-request-headers: authorization"],
        "",
    );
    assert_eq!(asked.status, 204);
    assert_eq!(asked.header("access-control-allow-origin"), Some("https://blog.example"));
    assert!(asked.header("access-control-allow-methods").unwrap().contains("PUT"));
    assert!(asked.header("access-control-allow-headers").unwrap().contains("authorization"));

    let unknown = ask(paper, "GET", &path.replace("b106", "nobody"), &[BLOG], "");
    assert_eq!((unknown.status, code(&unknown).as_str()), (404, "no-such-site"));
    // A refusal can be read by whoever may ask.
    let refused = ask(paper, "GET", "/api/v1/sites/b106/comments?url=https://evil.example/", &[BLOG], "");
    assert_eq!((refused.status, code(&refused).as_str()), (422, "page-of-another-site"));
    assert_eq!(refused.header("access-control-allow-origin"), Some("https://blog.example"));
    // The script itself may be loaded from anywhere.
    let script = ask(paper, "GET", "/embed.js", &[], "");
    assert_eq!(script.header("cross-origin-resource-policy"), Some("cross-origin"));
    assert!(script.header("content-type").unwrap().starts_with("text/javascript"));
}

fn varies_by_origin(reply: &Reply) -> bool {
    reply.headers.iter().any(|(name, value)| name == "vary" && value.contains("origin"))
}

fn what_cannot_be_is_refused_and_leaves_nothing(paper: &Served) {
    let long = "x".repeat(2_000);
    for (body, code_wanted, field) in [
        (json!({ "url": "https://evil.example/", "name": "E", "text": "T" }), "page-of-another-site", "url"),
        (json!({ "name": "E", "text": "T" }), "page-address-missing", "url"),
        (json!({ "url": "javascript:alert(1)", "name": "E", "text": "T" }), "page-address-missing", "url"),
        (
            json!({ "url": format!("{PAGE}/{long}"), "name": "E", "text": "T" }),
            "page-address-too-long",
            "url",
        ),
        (json!({ "url": PAGE, "id": long, "name": "E", "text": "T" }), "page-id-too-long", "id"),
        (json!({ "url": PAGE, "title": long, "name": "E", "text": "T" }), "page-title-too-long", "title"),
        (json!({ "url": PAGE, "name": "", "text": "T" }), "name-missing", "name"),
        (json!({ "url": PAGE, "name": "E", "text": "" }), "text-missing", "text"),
        (json!({ "url": PAGE, "name": "E", "text": "T", "reply_to": 7 }), "reply-to-missing", "reply_to"),
    ] {
        let reply = post(paper, body);
        assert_eq!((reply.status, code(&reply).as_str()), (422, code_wanted), "{}", reply.text());
        assert_eq!(json_of(&reply)["field"], field);
    }
    let form = ask(
        paper,
        "POST",
        "/api/v1/sites/b106/comments",
        &[BLOG, "content-type: application/x-www-form-urlencoded"],
        "url=https%3A%2F%2Fblog.example%2Ftides&name=E&text=T",
    );
    assert_eq!(form.status, 415, "what a browser sends without asking first is not taken");
    assert_eq!(ask(paper, "POST", "/api/v1/sites/b106/comments", &[BLOG, JSON], "{").status, 400);
    assert!(paper.wait(paper.app.store.story_ids(0, 10)).unwrap().is_empty());

    // The same words, and a flood, as at the form's door.
    said(paper, "Once.", None);
    let again = post(paper, json!({ "url": PAGE, "name": "E", "text": "once. " }));
    assert_eq!((again.status, code(&again).as_str()), (422, "duplicate"));
    let fates: Vec<u16> = (0..6)
        .map(|n| {
            post(paper, json!({ "url": format!("{PAGE}/{n}"), "name": "E", "text": format!("No {n}") }))
                .status
        })
        .collect();
    assert_eq!(fates, [201, 201, 201, 201, 201, 429]);
}

fn nobody_answers_in_a_closed_thread(paper: &Served) {
    let (root, _) = said(paper, "High water.", None);
    let (answer, receipt) = said(paper, "At five.", Some(root));
    let (other, _) = said(paper, "Low water.", None);
    let close = |on| {
        let now = dateline::clock::now();
        assert!(paper.wait(paper.app.store.close_thread(answer, on, "ilse", now)).unwrap());
    };
    let closed = || {
        let all = threads(paper, PAGE);
        let of =
            |id: i64| all["comments"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap().clone();
        let own = json_of(&ask(paper, "GET", &format!("/api/v1/sites/b106/comments/{answer}"), &[BLOG], ""));
        [&of(root)["closed"], &of(other)["closed"], &own["closed"]].map(|c| c.as_bool().unwrap())
    };
    assert_eq!(closed(), [false; 3]);
    close(true);
    assert_eq!(closed(), [true, false, true]);
    let reply = |text: &str, language: &str| {
        let body =
            json!({ "url": PAGE, "name": "Ida", "text": text, "reply_to": answer, "language": language });
        post(paper, body)
    };
    let refused = reply("At six.", "ru");
    assert_eq!((refused.status, code(&refused)), (422, "thread-closed".into()), "{}", refused.text());
    let why = json_of(&refused);
    assert_eq!(why["detail"], "Модератор закрыл эту ветку: отвечать в ней больше нельзя.");
    assert_eq!(why["field"], "reply_to");
    // Its writer still mends what stands there; the hosted thread offers no answer either.
    let own = format!("/api/v1/sites/b106/comments/{answer}");
    let mended = ask(paper, "PUT", &own, &[BLOG, JSON, &receipt], r#"{"text":"At half past five."}"#);
    assert_eq!(mended.status, 200, "{}", mended.text());
    let url = threads(paper, PAGE)["url"].as_str().unwrap().to_owned();
    let hosted = ask(paper, "GET", &url[url.find("/20").unwrap()..], &[], "").text();
    assert_eq!(hosted.matches("This thread is closed to replies.").count(), 1, "{hosted}");
    let link = |id: i64| hosted.contains(&format!("/comments/{id}/reply"));
    assert_eq!([root, answer, other].map(link), [false, false, true]);
    close(false);
    assert_eq!((closed(), reply("At six.", "").status), ([false; 3], 201));
}

fn readers_mark_once(paper: &Served) {
    let (id, _) = said(paper, "Worth it.", None);
    let path = format!("/api/v1/sites/b106/comments/{id}/value");
    let mark = |voter: &str| ask(paper, "POST", &path, &[BLOG, JSON], &json!({ "voter": voter }).to_string());
    let (one, two) = ("0".repeat(32), "1".repeat(32));
    for (voter, valued) in [(&one, 1), (&one, 1), (&two, 2)] {
        assert_eq!(json_of(&mark(voter)), json!({ "id": id, "valued": valued }));
    }
    for forged in ["", "x", &"g".repeat(32), &"0".repeat(33)] {
        assert_eq!(mark(forged).status, 400, "{forged}");
    }
    assert_eq!(ask(paper, "POST", &path, &[EVIL, JSON], &json!({ "voter": two }).to_string()).status, 403);
    assert_eq!(ask(paper, "POST", &path, &[BLOG, JSON], "{").status, 400);
}

fn it_never_stands_among_the_papers_stories(paper: &Served) {
    let (id, _) = said(paper, "Zanzibar is far.", None);
    paper.finish_jobs();
    let url = threads(paper, PAGE)["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix(&paper.app.paper.address).unwrap().to_owned();
    let day = path.rsplit_once('/').unwrap().0;
    let story = paper.wait(paper.app.store.story_ids(0, 10)).unwrap()[0];
    for list in [
        "/",
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/news-sitemap.xml",
        "/sitemap.xml",
        "/search?q=zanzibar",
        "/api/v1/stories",
        day,
        "/section/outside",
    ] {
        let reply = paper.ask("GET", list, &["accept: text/html"]);
        let text = reply.text();
        assert!(!text.contains("On tides") && !text.contains("Zanzibar is"), "{list}: {text}");
    }
    assert_eq!(paper.ask("GET", &format!("/api/v1/stories/{story}"), &[]).status, 404);
    assert_eq!(paper.ask("GET", &format!("/api/v1/stories/{story}/comments"), &[]).status, 404);
    let faults = paper.wait(paper.app.store.sitemap_faults()).unwrap();
    assert!(faults.is_empty(), "{faults:?}");

    // Its own page, without script: read, answer, report.
    let page = paper.ask("GET", &path, &["accept: text/html"]);
    assert_eq!(page.status, 200);
    let html = page.text();
    for there in [
        "On tides",
        "Zanzibar is far.",
        "noindex",
        "href=\"https://blog.example/tides\"",
        "<form id=\"form\"",
    ] {
        assert!(html.contains(there), "{there}: {html}");
    }
    let of_form = |path: &str, body: &str| {
        ask(paper, "POST", path, &["content-type: application/x-www-form-urlencoded"], body)
    };
    let posted = of_form(&format!("{path}/comments"), &format!("name=Per&text=By+form.&reply_to={id}"));
    assert_eq!(posted.status, 303, "{}", posted.text());
    assert_eq!(threads(paper, PAGE)["count"], 2);
    let refused = of_form(&format!("{path}/comments"), "name=Per&text=");
    assert!(refused.status == 422 && refused.text().contains("The comment is empty."));
    assert_eq!(paper.ask("GET", &format!("{path}/comments/{id}"), &["accept: text/html"]).status, 200);
    assert_eq!(paper.ask("GET", &format!("{path}/comments/{id}/report"), &["accept: text/html"]).status, 200);
}

fn without_script_a_link_leads_to_the_thread(paper: &Served) {
    let link = format!("/embed/b106?title=On+tides&url={}", encoded(PAGE));
    let first = paper.ask("GET", &link, &["accept: text/html"]);
    assert!(first.status == 200 && first.text().contains("On tides") && first.text().contains("noindex"));
    assert!(first.text().contains("action=\"/embed/b106?url="), "{}", first.text());
    let form = "content-type: application/x-www-form-urlencoded";
    let refused = ask(paper, "POST", &link, &[form], "name=Per&text=");
    assert!(refused.status == 422 && refused.text().contains("The comment is empty."), "{}", refused.text());
    assert_eq!(ask(paper, "POST", &link, &[form, EVIL], "name=Per&text=Hm").status, 403);
    let posted = ask(paper, "POST", &link, &[form], "name=Per&text=The+first.");
    assert_eq!(posted.status, 303);
    assert!(posted.header("location").unwrap().contains("/on-tides#comment-"));
    // The way to its receipt goes along, for nothing else carries it without script.
    let cookie = &posted.headers.iter().find(|(name, _)| name == "set-cookie").unwrap().1;
    assert!(cookie.contains("Path=/receipt; Max-Age=15552000; HttpOnly; SameSite=Lax"), "{cookie}");
    let sent = format!("cookie: other=1; {}", cookie.split(';').next().unwrap());
    let mine = paper.ask("GET", "/receipt", &[&sent, "accept: text/html"]).text();
    let at = mine.find("/receipt/").unwrap();
    let receipt = paper.ask("GET", mine[at..].split('"').next().unwrap(), &["accept: text/html"]);
    assert!(receipt.text().contains("The first.") && receipt.text().contains("Withdraw it"));
    let now = paper.ask("GET", &link, &["accept: text/html"]);
    assert_eq!((now.status, now.header("location").unwrap().ends_with("/on-tides#comments")), (303, true));
    assert_eq!(threads(paper, PAGE)["count"], 1);
    assert_eq!(
        paper.ask("GET", "/embed/nobody?url=https://blog.example/", &["accept: text/html"]).status,
        404
    );
    assert_eq!(paper.ask("GET", "/embed/b106?url=https://evil.example/", &["accept: text/html"]).status, 422);
}

fn each_site_has_its_own_settings(paper: &Served) {
    site(paper, "shop", "5409", Mode::HeldFirst, &["https://shop.example"]);
    let shop = "origin: https://shop.example";
    let body = json!({ "url": "https://shop.example/a", "name": "Per", "text": "Nice." }).to_string();
    let path = "/api/v1/sites/5409/comments";
    let posted = ask(paper, "POST", path, &[shop, JSON], &body);
    assert_eq!((posted.status, json_of(&posted)["state"].as_str()), (201, Some("held")));
    let list = format!("{path}?url=https://shop.example/a");
    let told = json_of(&ask(paper, "GET", &list, &[shop], ""));
    assert_eq!((&told["mode"], &told["count"]), (&json!("held-first"), &json!(0)));
    assert_eq!(ask(paper, "GET", &list, &[BLOG], "").status, 403, "one site's origin is not another's");

    let mut site =
        paper.wait(paper.app.store.list_sites()).unwrap().into_iter().find(|s| s.key == "5409").unwrap();
    site.mode = Mode::Closed;
    site.origins = vec![SiteOrigin::parse("https://new.example").unwrap()];
    paper.wait(paper.app.store.change_site(&site, "test", dateline::clock::now())).unwrap();
    assert_eq!(ask(paper, "GET", &list, &[shop], "").status, 403, "from the next request on");
    let new = "origin: https://new.example";
    let closed = ask(paper, "POST", path, &[new, JSON], &body.replace("shop.example/a", "new.example/b"));
    assert_eq!(code(&closed), "discussion-closed");

    let (id, _) = said(paper, "Still here.", None);
    let url = threads(paper, PAGE)["url"].as_str().unwrap().to_owned();
    paper.wait(paper.app.store.remove_site("blog", "test", dateline::clock::now())).unwrap();
    let gone = ask(paper, "GET", &format!("/api/v1/sites/b106/comments/{id}"), &[BLOG], "");
    assert_eq!((gone.status, code(&gone).as_str()), (404, "no-such-site"));
    let page =
        paper.ask("GET", url.strip_prefix(&paper.app.paper.address).unwrap(), &["accept: text/html"]).text();
    assert!(page.contains("Still here.") && page.contains("This discussion is closed."), "{page}");
}

/// By mistake, say: with another key, and nothing of what was set is lost.
fn a_site_that_was_removed_comes_back_with_its_discussions(paper: &Served) {
    let store = &paper.app.store;
    let (first, _) = said(paper, "Said before.", None);
    let other = "https://blog.example/closed";
    let body = json!({ "url": other, "name": "Mette", "text": "Before it was closed." });
    assert_eq!(post(paper, body).status, 201);
    let closed = paper.wait(store.outside("b106", &format!("url:{other}"))).unwrap().unwrap().story;
    let now = dateline::clock::now();
    paper.wait(store.set_mode(closed, Mode::Closed, "Bo", now)).unwrap();
    let tides = paper.wait(store.outside("b106", &format!("url:{PAGE}"))).unwrap().unwrap();
    paper.wait(store.set_mode(tides.story, Mode::Slow, "Bo", now)).unwrap();

    paper.wait(store.remove_site("blog", "test", now)).unwrap();
    // On the paper's own page, by form, nobody writes meanwhile.
    let path = format!("/{}/{}", tides.address.day.to_string().replace('-', "/"), tides.address.slug);
    let form = "application/x-www-form-urlencoded";
    let headers = [&*format!("content-type: {form}"), "accept: application/json"];
    let late = ask(paper, "POST", &format!("{path}/comments"), &headers, "name=Per&text=Too+late.");
    assert_eq!(code(&late), "discussion-closed", "{}", late.text());

    // Elsewhere nothing of it is known.
    site(paper, "shop", "5409", Mode::Open, &["https://shop.example", "https://blog.example.evil.example"]);
    let list = |key: &str, page: &str, origin: &str| {
        json_of(&ask(
            paper,
            "GET",
            &format!("/api/v1/sites/{key}/comments?url={}", encoded(page)),
            &[origin],
            "",
        ))
    };
    assert_eq!(list("5409", "https://shop.example/tides", "origin: https://shop.example")["count"], 0);
    site(paper, "blog", "b107", Mode::Open, &["https://blog.example"]);
    let told = list("b107", PAGE, BLOG);
    assert_eq!(
        (&told["count"], &told["mode"], &told["comments"][0]["id"]),
        (&json!(1), &json!("slow"), &json!(first))
    );
    assert_eq!(list("b107", other, BLOG)["mode"], "closed", "as it was");
    let answer = json!({ "url": PAGE, "name": "Per", "text": "Said after.", "reply_to": first });
    let posted = ask(paper, "POST", "/api/v1/sites/b107/comments", &[BLOG, JSON], &answer.to_string());
    assert_eq!(posted.status, 201, "{}", posted.text());
    let gone = ask(paper, "GET", &format!("/api/v1/sites/b106/comments?url={}", encoded(PAGE)), &[BLOG], "");
    assert_eq!((gone.status, code(&gone).as_str()), (404, "no-such-site"), "the old key stays worthless");
    assert!(paper.wait(store.miscounted_discussions()).unwrap().is_empty());
}

on_both!(crate::paper:
    a_page_is_discussed_where_it_stands,
    a_page_is_answered_in_its_own_language,
    only_the_sites_origins_are_answered,
    what_cannot_be_is_refused_and_leaves_nothing,
    nobody_answers_in_a_closed_thread,
    readers_mark_once,
    it_never_stands_among_the_papers_stories,
    without_script_a_link_leads_to_the_thread,
    each_site_has_its_own_settings,
    a_site_that_was_removed_comes_back_with_its_discussions,
);
