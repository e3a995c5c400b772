//! What readers meet over HTTP: the story's page and its discussion, lists, feeds, kills; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use dateline::intake::{self, Given, Manner, NothingBeside};
use newsroom::{
    Zone,
    discussion::{Mode, Reason, Ruling},
};
use support::{Database, Reply, Served};

fn paper(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| {
        config.paper.name = "The Norhaven Courier".into();
        config.discussion.closes_after_days = 0;
    })
}

const ITEM: &str = r#"{
  "uri": "urn:northwire:7", "type": "text", "version": "1", "versioncreated": "2013-03-05T18:04:00Z",
  "headline": "Two ports <b>agree</b> & sail", "byline": "By Ilse Brandt", "ednote": "SECRET-NOTE-TO-EDITORS",
  "slugline": "SECRET-SLUGLINE", "description_text": "The line finds a ship.", "usageterms": "SECRET-TERMS",
  "subject": [{"name": "World"}, {"name": "Ferries"}], "infosource": [{"name": "Northwire"}],
  "body_html": "<p>OSK, March 4 (Northwire) -- The night ferry sails again.</p><p>It costs 84 crowns.</p>",
  "associations": {"main": {"uri": "urn:p:1", "type": "picture",
    "description_text": "The quay in fog. (Northwire/Tomas Riel)", "renditions": {"web": {"href": "quay.png"}}}}
}"#;

fn picture() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(640, 400).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// The story of [`ITEM`], published; its path.
fn publish(paper: &Served, item: &str) -> String {
    let item = wire::read(item.as_bytes(), None, &Zone::default()).unwrap().remove(0);
    let given = Given([("quay.png".to_owned(), picture())].into());
    let manner = Manner { publish: true, dry: false };
    let fate = paper.wait(intake::take_in(&paper.app, item, b"{}", &given, manner)).unwrap();
    paper.finish_jobs();
    fate.path.unwrap_or_else(|| panic!("published: {:?}", fate.notes))
}

fn post(paper: &Served, path: &str, headers: &[&str], body: &str) -> Reply {
    let length = format!("content-length: {}", body.len());
    let mut lines = vec!["content-type: application/x-www-form-urlencoded", &length];
    lines.extend(headers.iter().filter(|h| !h.starts_with("content-type")));
    if let Some(kind) = headers.iter().find(|h| h.starts_with("content-type")) {
        lines[0] = kind;
    }
    let lines: String = lines.iter().map(|l| format!("{l}\r\n")).collect();
    let mut line = paper.line();
    line.send(format!("POST {path} HTTP/1.1\r\nhost: paper.example\r\n{lines}\r\n{body}"));
    line.reply(false)
}

fn get(paper: &Served, path: &str) -> Reply {
    paper.ask("GET", path, &["accept: text/html"])
}

fn a_story_carries_what_the_wire_gave(paper: &Served) {
    let path = publish(paper, ITEM);
    let page = get(paper, &path);
    assert_eq!(page.status, 200);
    let html = page.text();
    for there in [
        "<h1>Two ports agree &amp; sail</h1>",
        "<figcaption>",
        "The quay in fog.",
        "(Northwire/Tomas Riel)",
        "class=\"dateline\"",
        "OSK, March 4 (Northwire) --",
        "It costs 84 crowns.",
        "The line finds a ship.",
        "<section id=\"comments\"",
        "No comments yet",
        "\"@type\":\"NewsArticle\"",
        "rel=\"canonical\"",
        "/section/world",
        "/topic/ferries",
        "/author/ilse-brandt",
    ] {
        assert!(
            html.contains(there),
            "{there} is not in the page: {}",
            &html[html.find("<h1").unwrap()..][..200]
        );
    }
    assert!(html.contains("<time datetime=\"") && html.contains("<article"));
    assert!(!html.contains("<b>agree</b>"));
    let body = html.split("<div class=\"body\">").nth(1).expect("the body").trim_start();
    assert!(
        body.starts_with("<p><span class=\"dateline\">OSK, March 4 (Northwire) --</span> The night ferry")
    );
    let figure = html.split("<figure").nth(1).and_then(|f| f.split("</figure>").next()).expect("the photo");
    assert!(figure.contains("<img ") && figure.contains("<figcaption>"));
    let media = html.split("src=\"/media/").nth(1).unwrap().split('"').next().unwrap();
    let photo = get(paper, &format!("/media/{media}"));
    assert_eq!((photo.status, photo.header("content-type")), (200, Some("image/jpeg")));
    assert!(photo.header("cache-control").unwrap().contains("immutable"));
    assert_eq!(get(paper, "/media/../paper.sqlite").status, 404);
}

fn what_is_for_editors_reaches_no_reader(paper: &Served) {
    let path = publish(paper, ITEM);
    let id = paper.wait(paper.app.store.story_from("urn:northwire:7")).unwrap().unwrap().id;
    for page in [
        path.as_str(),
        "/",
        "/section/world",
        "/topic/ferries",
        "/author/ilse-brandt",
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/section/world/feed.xml",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/search?q=ferry",
        "/search?q=secret",
        "/api/v1/stories",
        &format!("/api/v1/stories/{id}"),
        &format!("/api/v1/stories/{id}/comments"),
    ] {
        let reply = get(paper, page);
        assert_eq!(reply.status, 200, "{page}");
        assert!(!reply.text().contains("SECRET"), "{page}");
    }
}

fn a_comment_is_on_the_page_of_the_next_request(paper: &Served) {
    let path = publish(paper, ITEM);
    let to = format!("{path}/comments");
    assert!(get(paper, &path).text().contains("No comments yet"));
    let taken = post(paper, &to, &[], "name=Mette&text=At+last.+*Really*+%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(taken.status, 303);
    let place = taken.header("location").unwrap().to_owned();
    let id: i64 = place.split("#comment-").nth(1).unwrap().parse().unwrap();
    assert!(place.starts_with(&path));
    let html = get(paper, &path).text();
    assert!(html.contains("1 comment</h2>"), "the count");
    let comment = html.split(&format!("id=\"comment-{id}\"")).nth(1).expect("the comment");
    assert!(html.contains("<article class=\"comment\""));
    for there in [
        "class=\"name\"",
        "Mette",
        "<time datetime=",
        "class=\"network\">127.0.0.*",
        "<em>Really</em>",
        "&lt;script&gt;",
    ] {
        assert!(comment.contains(there), "{there}");
    }
    let json = post(
        paper,
        &to,
        &["accept: application/json", "content-type: application/json"],
        &format!(r#"{{"name":"Per","text":"A reply","reply_to":{id}}}"#),
    );
    assert_eq!(json.status, 201, "{}", json.text());
    let told: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
    assert_eq!(told["state"], "shown");
    assert!(told["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    let reply = told["id"].as_i64().unwrap();
    let moved = get(paper, &format!("{path}/comments/{reply}"));
    assert_eq!(moved.status, 303);
    assert_eq!(moved.header("location").unwrap(), format!("{path}/comments/{id}#comment-{reply}"));
    assert!(get(paper, &format!("{path}/comments/{id}")).text().contains("A reply"));
    let counts = get(paper, &format!("/api/v1/counts?url={path}&url=/2001/01/01/none")).text();
    assert_eq!(
        counts,
        format!(r#"{{"counts":[{{"url":"{path}","shown":2}},{{"url":"/2001/01/01/none","shown":0}}]}}"#)
    );
    let valued = post(paper, &format!("{path}/comments/{id}/value"), &[], "");
    assert_eq!(valued.status, 303);
    let cookie = valued.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    post(paper, &format!("{path}/comments/{id}/value"), &[&format!("cookie: {cookie}")], "");
    assert!(get(paper, &path).text().contains("Valuable <b>1</b>"), "a reader counts once");
    assert!(get(paper, &format!("{path}/comments.xml")).text().contains("At last."));
}

fn a_refused_comment_comes_back_as_it_was_typed(paper: &Served) {
    let path = publish(paper, ITEM);
    let to = format!("{path}/comments");
    for (body, status, words) in [
        ("name=&text=A+long+thought", 422, "sign with a name"),
        ("name=M0derator&text=A+long+thought", 422, "belongs to the newsroom"),
        ("name=Mette&text=", 422, "The comment is empty"),
    ] {
        let reply = post(paper, &to, &[], body);
        assert_eq!(reply.status, status, "{body}");
        let html = reply.text();
        assert!(html.contains(words), "{body}");
        assert!(!body.contains("thought") || html.contains("A long thought"), "{body}");
    }
    post(paper, &to, &[], "name=Mette&text=Said+once");
    let again = post(paper, &to, &["accept: application/json"], "name=Per&text=said++ONCE");
    let problem: serde_json::Value = serde_json::from_slice(&again.body).unwrap();
    assert_eq!((again.status, problem["code"].as_str()), (422, Some("duplicate")));
    assert_eq!(again.header("content-type"), Some("application/problem+json"));
    assert_eq!(post(paper, &to, &["origin: https://elsewhere.example"], "name=A&text=b").status, 403);
    assert_eq!(post(paper, &to, &["content-type: text/plain"], "name=A&text=b").status, 415);
    assert_eq!(post(paper, &to, &["content-encoding: gzip"], "name=A&text=b").status, 415);
    assert_eq!(post(paper, "/2001/01/01/none/comments", &[], "name=A&text=b").status, 404);
    for n in 0..5 {
        post(paper, &to, &[], &format!("name=Mette&text=Number+{n}"));
    }
    let flood = post(paper, &to, &[], "name=Mette&text=One+more");
    assert_eq!(flood.status, 429);
    assert!(flood.header("retry-after").is_some() && flood.text().contains("One more"));
}

fn a_held_comment_has_a_receipt_that_follows_it(paper: &Served) {
    let path = publish(paper, ITEM);
    let links = "name=Mette&text=http://a.example+http://b.example+http://c.example";
    let held = post(paper, &format!("{path}/comments"), &[], links);
    assert_eq!(held.status, 303);
    let receipt = held.header("location").unwrap().to_owned();
    assert!(receipt.starts_with("/receipt/"), "{receipt}");
    let page = get(paper, &receipt);
    assert!(
        page.text().contains("Waiting for the moderator")
            && page.header("referrer-policy") == Some("same-origin")
    );
    let html = get(paper, &path).text();
    assert!(html.contains("1 waiting for the moderator") && !html.contains("a.example"));
    let id: i64 = receipt["/receipt/".len()..].split('-').next().unwrap().parse().unwrap();
    let forged = format!("/receipt/{id}-000000000000000000000000");
    assert_eq!(get(paper, &forged).status, 404);
    let rule = |ruling, reason| {
        paper.wait(paper.app.store.rule(id, ruling, reason, "", "mette", dateline::clock::now())).unwrap();
    };
    rule(Ruling::Remove, Some(Reason::ADVERTISING));
    assert!(get(paper, &receipt).text().contains("It advertises."));
    assert!(get(paper, &path).text().contains("1 removed by the moderators"));
    rule(Ruling::Show, None);
    assert!(get(paper, &receipt).text().contains("Your comment is shown"));
    assert!(get(paper, &path).text().contains("rel=\"nofollow ugc noopener\""));
}

fn a_kill_withdraws_it_everywhere_at_once(paper: &Served) {
    let path = publish(paper, ITEM);
    for page in ["/", "/section/world", "/feed.xml", "/search?q=ferry", &path] {
        assert!(get(paper, page).text().contains("Two ports"), "{page}");
    }
    let kill = ITEM.replace("\"type\"", "\"pubstatus\": \"canceled\", \"type\"").replace("\"1\"", "\"2\"");
    let item = wire::read(kill.as_bytes(), None, &Zone::default()).unwrap().remove(0);
    paper.wait(intake::take_in(&paper.app, item, b"{}", &NothingBeside, Manner::default())).unwrap();
    let gone = get(paper, &path);
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains("withdrawn") && !gone.text().contains("Two ports"));
    let month = get(paper, "/sitemap.xml")
        .text()
        .split("/sitemap/2")
        .nth(1)
        .map(|m| format!("/sitemap/2{}", m.split('<').next().unwrap()));
    let mut pages = vec![
        "/".to_owned(),
        "/section/world".into(),
        "/topic/ferries".into(),
        "/feed.xml".into(),
        "/atom.xml".into(),
        "/feed.json".into(),
        "/news-sitemap.xml".into(),
        "/search?q=ferry".into(),
        "/api/v1/stories".into(),
    ];
    pages.extend(month);
    for page in pages {
        assert!(!get(paper, &page).text().contains("Two ports"), "{page}");
    }
    assert_eq!(post(paper, &format!("{path}/comments"), &[], "name=A&text=b").status, 410);
    assert_eq!(get(paper, &format!("{path}/comments.xml")).status, 410);
}

fn discussions_close_by_hand(paper: &Served) {
    let path = publish(paper, ITEM);
    assert!(get(paper, &path).text().contains("<form id=\"form\""));
    let id = paper.wait(paper.app.store.story_from("urn:northwire:7")).unwrap().unwrap().id;
    let set = |mode| paper.wait(paper.app.store.set_mode(id, mode, "ilse", dateline::clock::now())).unwrap();
    set(Mode::Closed);
    let html = get(paper, &path).text();
    assert!(html.contains("This discussion is closed.") && !html.contains("<form id=\"form\""));
    assert_eq!(post(paper, &format!("{path}/comments"), &[], "name=A&text=b").status, 422);
    set(Mode::HeldFirst);
    let held = post(paper, &format!("{path}/comments"), &[], "name=A&text=b");
    assert!(held.header("location").unwrap().starts_with("/receipt/"));
}

fn other_spellings_lead_to_the_one_address(paper: &Served) {
    let path = publish(paper, ITEM);
    for (spelt, right) in [
        (format!("{path}/"), path.clone()),
        (path.to_uppercase(), path.clone()),
        ("/section/World".into(), "/section/world".into()),
        ("/search/?q=a".into(), "/search?q=a".into()),
        ("/2013/3/6".into(), "/2013/03/06".into()),
    ] {
        let reply = get(paper, &spelt);
        assert_eq!((reply.status, reply.header("location")), (308, Some(right.as_str())), "{spelt}");
    }
    for nothing in [
        "/nothing",
        "/2013/13/06",
        "/2013/02/30/x",
        "/section/none",
        "/topic/none",
        "/author/none",
        "/feed.txt",
    ] {
        let reply = get(paper, nothing);
        assert_eq!(reply.status, 404, "{nothing}");
        assert!(reply.text().contains("<h1>"));
    }
}

fn lists_and_feeds_name_each_story_once(paper: &Served) {
    for n in 0..30 {
        let item = ITEM
            .replace("urn:northwire:7", &format!("urn:n:{n}"))
            .replace("Two ports", &format!("Story {n} of"));
        publish(paper, &item);
    }
    let mut next = Some("/section/world".to_owned());
    let mut seen = std::collections::BTreeSet::new();
    while let Some(page) = next {
        let html = get(paper, &page).text();
        for part in html.split("<h2><a href=\"").skip(1) {
            assert!(seen.insert(part.split('"').next().unwrap().to_owned()), "{part}");
        }
        next = html
            .split("href=\"/section/world?before=")
            .nth(1)
            .map(|p| format!("/section/world?before={}", p.split('"').next().unwrap()));
    }
    assert_eq!(seen.len(), 30);
    let feed: serde_json::Value = serde_json::from_slice(&get(paper, "/feed.json").body).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 20);
    let mut after = String::new();
    let mut ids = std::collections::BTreeSet::new();
    loop {
        let page: serde_json::Value =
            serde_json::from_slice(&get(paper, &format!("/api/v1/stories?limit=7{after}")).body).unwrap();
        ids.extend(page["stories"].as_array().unwrap().iter().map(|s| s["id"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(ids.len(), 30);
}

fn feeds_and_sitemaps_are_well_formed(paper: &Served) {
    let path = publish(paper, &ITEM.replace("It costs", "<![CDATA[ ]]&gt; &amp;amp; It costs"));
    post(paper, &format!("{path}/comments"), &[], "name=A+%26+%3CB%3E&text=%5D%5D%3E+%26amp%3B+%01");
    for page in [
        "/feed.xml",
        "/atom.xml",
        "/section/world/feed.xml",
        "/section/world/atom.xml",
        "/sitemap.xml",
        "/news-sitemap.xml",
        &format!("{path}/comments.xml"),
        "/section/world/comments.xml",
        "/author/ilse-brandt/comments.xml",
        "/comments.xml",
    ] {
        let reply = get(paper, page);
        assert_eq!(reply.status, 200, "{page}");
        assert!(reply.header("content-type").unwrap().contains("xml"), "{page}");
        assert_well_formed(page, &reply.text());
    }
}

fn feeds_of_comments_have_what_is_shown_and_lose_it_at_once(paper: &Served) {
    let first = publish(paper, ITEM);
    let other = ITEM.replace("urn:northwire:7", "urn:n:8").replace("Two ports", "Three quays");
    let second =
        publish(paper, &other.replace("By Ilse Brandt", "By Osk Maren").replace("\"World\"", "\"Culture\""));
    let say = |path: &str, text: &str| {
        let reply = post(
            paper,
            &format!("{path}/comments"),
            &["accept: application/json"],
            &format!("name=Ana&text={text}"),
        );
        serde_json::from_slice::<serde_json::Value>(&reply.body).unwrap()["id"].as_i64().unwrap()
    };
    let id = say(&first, "About+the+ports.");
    say(&second, "About+the+quays.");
    let has = |feed: &str| {
        let xml = get(paper, feed).text();
        (xml.contains("About the ports."), xml.contains("About the quays."))
    };
    let feeds = ["/section/world/comments.xml", "/author/ilse-brandt/comments.xml"];
    for feed in feeds {
        assert_eq!(has(feed), (true, false), "{feed}");
    }
    assert_eq!(has("/section/culture/comments.xml"), (false, true));
    assert_eq!(has("/author/osk-maren/comments.xml"), (false, true));
    assert_eq!(has("/comments.xml"), (true, true));
    let xml = get(paper, "/comments.xml").text();
    assert!(xml.find("About the quays").unwrap() < xml.find("About the ports").unwrap(), "newest first");
    assert!(!xml.contains("127.0.0.*"), "{xml}");
    let now = dateline::clock::now();
    let remove = paper.app.store.rule(id, Ruling::Remove, Some(Reason::INSULT), "", "ilse", now);
    paper.wait(remove).unwrap();
    for feed in feeds {
        assert_eq!(has(feed), (false, false), "{feed}");
    }
    assert_eq!(has("/comments.xml"), (false, true));
    let kill = other.replace("\"version\": \"1\"", "\"version\": \"2\", \"pubstatus\": \"canceled\"");
    let item = wire::read(kill.as_bytes(), None, &Zone::default()).unwrap().remove(0);
    let manner = Manner { publish: true, dry: false };
    paper.wait(intake::take_in(&paper.app, item, b"{}", &NothingBeside, manner)).unwrap();
    assert_eq!(has("/comments.xml"), (false, false), "a killed story takes its talk along");
    assert_eq!(get(paper, "/section/none/comments.xml").status, 404);
    assert_eq!(get(paper, "/author/none/comments.xml").status, 404);
}

/// Panics where tags do not pair, a bare `&` stands, or a character that XML does not know.
fn assert_well_formed(page: &str, xml: &str) {
    assert!(!xml.chars().any(|c| c < ' ' && !"\n\r\t".contains(c)), "{page}");
    let (mut open, mut roots) = (Vec::new(), 0);
    let mut rest = xml.split_once("?>").expect("a declaration").1;
    while let Some((before, after)) = rest.split_once('<') {
        for (at, _) in before.match_indices('&') {
            assert!(before[at..].find(';').is_some_and(|end| end < 8), "{page}: {before}");
        }
        assert!(!after.starts_with('!'), "{page}: what this test does not read");
        let (tag, after) = after.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{page}");
        } else {
            roots += usize::from(open.is_empty());
            if !tag.ends_with('/') {
                open.push(tag.split_whitespace().next().unwrap());
            }
        }
        rest = after;
    }
    assert!(open.is_empty() && roots == 1 && rest.trim().is_empty(), "{page}: {open:?}");
}

fn no_address_of_a_reader_is_kept(paper: &Served) {
    let path = publish(paper, ITEM);
    let to = format!("{path}/comments");
    post(paper, &to, &[], "name=Mette&text=Hello+there");
    let id =
        get(paper, &path).text().split("id=\"comment-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    post(paper, &format!("{to}/{id}/value"), &[], "");
    post(paper, &to, &[], "name=Mette&text=http://a.example+http://b.example+http://c.example");
    get(paper, "/search?q=ferry");
    for entry in std::fs::read_dir(paper.data.path()).unwrap() {
        let file = entry.unwrap().path();
        if file.is_file() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(9).any(|w| w == b"127.0.0.1"), "{}", file.display());
        }
    }
    if let Some(url) = &paper.app.config.database.url {
        let (masks, addresses) = paper.wait(rows_of_postgres(url));
        assert!(masks >= 2, "the masks are found, so an address would be");
        assert_eq!(addresses, Vec::<String>::new());
    }
}

/// How many rows of all tables hold the mask; and the tables whose rows hold the address.
async fn rows_of_postgres(url: &str) -> (i64, Vec<String>) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let tables = client
        .query("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()", &[])
        .await
        .unwrap();
    let (mut masks, mut addresses) = (0, Vec::new());
    for table in tables {
        let table: String = table.get(0);
        let sql = format!(
            "SELECT count(*) FILTER (WHERE strpos(t::text, '127.0.0.*') > 0), \
             count(*) FILTER (WHERE strpos(t::text, '127.0.0.1') > 0) FROM \"{table}\" t"
        );
        let row = client.query_one(&sql, &[]).await.unwrap();
        masks += row.get::<_, i64>(0);
        if row.get::<_, i64>(1) > 0 {
            addresses.push(table);
        }
    }
    (masks, addresses)
}

on_both!(crate::paper:
    a_story_carries_what_the_wire_gave,
    what_is_for_editors_reaches_no_reader,
    a_comment_is_on_the_page_of_the_next_request,
    a_refused_comment_comes_back_as_it_was_typed,
    a_held_comment_has_a_receipt_that_follows_it,
    a_kill_withdraws_it_everywhere_at_once,
    discussions_close_by_hand,
    other_spellings_lead_to_the_one_address,
    lists_and_feeds_name_each_story_once,
    feeds_and_sitemaps_are_well_formed,
    feeds_of_comments_have_what_is_shown_and_lose_it_at_once,
    no_address_of_a_reader_is_kept,
);
