//! The API over real connections, and that its description is true; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use dateline::staff::BearerToken;
use newsroom::{
    discussion::{Mode, Reason, Ruling, State},
    staff::Scope,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{comment::NewComment, site::Site};
use support::{Database, Reply, Served};

fn paper(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |_| {})
}

fn ask(paper: &Served, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Reply {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let mut line = paper.line();
    line.send(format!(
        "{method} {path} HTTP/1.1\r\nhost: paper.example\r\ncontent-length: {}\r\n{lines}\r\n",
        body.len()
    ));
    line.send(body);
    line.reply(method == "HEAD")
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|e| panic!("{e}: {}", reply.text()))
}

fn token(paper: &Served, name: &str, scope: Scope) -> String {
    let token = BearerToken::random().unwrap();
    let now = dateline::clock::now();
    paper.wait(paper.app.store.add_token(name, scope, &token.digest(), "test", now)).unwrap();
    format!("authorization: Bearer {}", token.reveal())
}

fn item(uri: &str, version: u32, more: &str) -> String {
    format!(
        r#"{{"uri":"{uri}","type":"text","version":"{version}","headline":"Ferry {uri} v{version}",
        "body_html":"<p>OSK, March 5 (Northwire) -- It sails.</p>"{more}}}"#
    )
}

fn items_come_in_by_the_wire(paper: &Served) {
    let wire = token(paper, "northwire", Scope::Wire);
    let read = token(paper, "reader", Scope::Read);
    let push = |path: &str, who: &str, body: &str| {
        ask(paper, "POST", path, &[who, "content-type: application/ninjs+json"], body.as_bytes())
    };
    assert_eq!(ask(paper, "POST", "/api/v1/wire", &[], b"{}").status, 401);
    assert_eq!(push("/api/v1/wire", &read, "{}").status, 403);
    let outcome = |reply: &Reply| json_of(reply)["items"][0]["outcome"].as_str().unwrap_or("none").to_owned();
    let first = push("/api/v1/wire", &wire, &item("urn:a", 1, ""));
    assert_eq!((first.status, outcome(&first).as_str()), (200, "new"));
    assert_eq!(json_of(&first)["items"][0]["url"], Value::Null, "it waits in the inbox");
    assert_eq!(outcome(&push("/api/v1/wire", &wire, &item("urn:a", 1, ""))), "duplicate");
    let published = push("/api/v1/wire?publish=true", &wire, &item("urn:a", 2, ""));
    assert_eq!(outcome(&published), "update");
    let url = json_of(&published)["items"][0]["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix(&paper.app.paper.address).unwrap().to_owned();
    assert!(paper.ask("GET", &path, &[]).text().contains("Ferry urn:a v2"));
    assert_eq!(outcome(&push("/api/v1/wire", &wire, &item("urn:a", 1, ""))), "stale");
    assert_eq!(outcome(&push("/api/v1/wire", &wire, &item("urn:a", 3, ""))), "correction");
    assert!(paper.ask("GET", &path, &[]).text().contains("Ferry urn:a v3"));
    assert_eq!(
        outcome(&push("/api/v1/wire", &wire, &item("urn:a", 4, r#","pubstatus":"canceled""#))),
        "kill"
    );
    assert_eq!(paper.ask("GET", &path, &[]).status, 410);
    let embargoed =
        push("/api/v1/wire?publish=true", &wire, &item("urn:b", 1, r#","embargoed":"2999-01-01T00:00:00Z""#));
    assert_eq!(outcome(&embargoed), "withheld");
    let broken = push("/api/v1/wire", &wire, &format!("[{},{{\"headline\":\"x\"}}]", item("urn:c", 1, "")));
    let problem = json_of(&broken);
    assert_eq!((broken.status, problem["code"].as_str()), (422, Some("malformed")));
    assert!(problem["detail"].as_str().unwrap().contains("[1]"), "{problem}");
    assert!(paper.wait(paper.app.store.story_from("urn:c")).unwrap().is_none(), "nothing is half-written");
    assert_eq!(
        ask(paper, "POST", "/api/v1/wire", &[&wire, "content-type: image/png"], b"\x89PNG").status,
        415
    );
}

fn photos_come_with_their_item(paper: &Served) {
    let wire = token(paper, "northwire", Scope::Wire);
    let mut file = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(400, 300).write_to(&mut file, image::ImageFormat::Png).unwrap();
    let photo = r#","associations":{"main":{"uri":"urn:p","type":"picture","description_text":"A quay. (Northwire/Tomas Riel)","renditions":{"a":{"href":"http://127.0.0.1:1/quay.png"}}}}"#;
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"item\"; filename=\"a.json\"\r\ncontent-type: application/json\r\n\r\n{}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"f\"; filename=\"quay.png\"\r\ncontent-type: image/png\r\n\r\n",
        item("urn:a", 1, photo)
    )
    .into_bytes();
    body.extend(file.into_inner());
    body.extend(b"\r\n--x--\r\n");
    let reply = ask(
        paper,
        "POST",
        "/api/v1/wire?publish=true",
        &[&wire, "content-type: multipart/form-data; boundary=x"],
        &body,
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(json_of(&reply)["items"][0]["photos"], 1);
    paper.finish_jobs();
    let id = json_of(&reply)["items"][0]["story"].as_i64().unwrap();
    let story = json_of(&paper.ask("GET", &format!("/api/v1/stories/{id}"), &[]));
    assert_eq!(story["photos"][0]["renditions"][0]["width"], 320, "{story}");
    assert_eq!(story["photos"][0]["photographer"], "Tomas Riel");
}

fn programs_read_and_post(paper: &Served) {
    let wire = token(paper, "northwire", Scope::Wire);
    let pushed = ask(
        paper,
        "POST",
        "/api/v1/wire?publish=true",
        &[&wire, "content-type: application/json"],
        item("urn:a", 1, "").as_bytes(),
    );
    let id = json_of(&pushed)["items"][0]["story"].as_i64().unwrap();
    let description: Value = json_of(&paper.ask("GET", "/api/v1/openapi.json", &[]));
    let comments = format!("/api/v1/stories/{id}/comments");
    let posted = ask(
        paper,
        "POST",
        &comments,
        &["content-type: application/json"],
        br#"{"name":"Mette","text":"At last."}"#,
    );
    assert_eq!(posted.status, 201, "{}", posted.text());
    let root = json_of(&posted)["id"].as_i64().unwrap();
    ask(
        paper,
        "POST",
        &comments,
        &["content-type: application/json"],
        format!(r#"{{"name":"Per","text":"Indeed.","reply_to":{root}}}"#).as_bytes(),
    );
    let page = json_of(&paper.ask("GET", &comments, &[]));
    assert_eq!(
        (page["count"].as_i64(), page["comments"][0]["answers"][0]["name"].as_str()),
        (Some(2), Some("Per"))
    );
    let paths = &description["paths"];
    let schema = |path: &str, method: &str, status: &str| {
        let content = &paths[path][method]["responses"][status]["content"]["application/json"]["schema"];
        assert!(content.is_object(), "{path} {method} {status}");
        content.clone()
    };
    for (said, told) in [
        (schema("/api/v1/stories", "get", "200"), json_of(&paper.ask("GET", "/api/v1/stories", &[]))),
        (
            schema("/api/v1/stories/{id}", "get", "200"),
            json_of(&paper.ask("GET", &format!("/api/v1/stories/{id}"), &[])),
        ),
        (schema("/api/v1/stories/{id}/comments", "get", "200"), page),
        (schema("/api/v1/stories/{id}/comments", "post", "201"), json_of(&posted)),
        (schema("/api/v1/wire", "post", "200"), json_of(&pushed)),
        (schema("/api/v1/counts", "get", "200"), json_of(&paper.ask("GET", "/api/v1/counts?url=/x", &[]))),
    ] {
        fits(&description, &said, &told, "");
    }
    let moderate = token(paper, "moderator", Scope::Moderate);
    let queue = ask(paper, "GET", "/api/v1/moderation/queue?state=shown", &[&moderate], b"");
    fits(&description, &schema("/api/v1/moderation/queue", "get", "200"), &json_of(&queue), "");
    let missing = paper.ask("GET", "/api/v1/stories/999999", &[]);
    fits(&description, &json!({"$ref": "#/components/schemas/Problem"}), &json_of(&missing), "");
    for bad in [
        "/api/v1/stories?after=x",
        "/api/v1/stories?limit=many",
        "/api/v1/stories?section=world&topic=ferries",
        "/api/v1/stories/abc",
        &format!("{comments}?order=wrong"),
        &format!("{comments}?after=x"),
    ] {
        let reply = paper.ask("GET", bad, &[]);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (400, Some("application/problem+json")),
            "{bad}"
        );
    }
}

fn only_what_is_published_is_told(paper: &Served) {
    let wire = token(paper, "northwire", Scope::Wire);
    let push = |query: &str, body: &str| {
        let kind = "content-type: application/ninjs+json";
        json_of(&ask(paper, "POST", &format!("/api/v1/wire{query}"), &[&wire, kind], body.as_bytes()))["items"][0]
            ["story"]
            .as_i64()
            .unwrap()
    };
    let status = |id: i64, more: &str| {
        let reply = paper.ask("GET", &format!("/api/v1/stories/{id}{more}"), &[]);
        (reply.status, json_of(&reply)["code"].as_str().unwrap_or("none").to_owned())
    };
    let draft = push("", &item("urn:draft", 1, ""));
    let killed = push("?publish=true", &item("urn:killed", 1, ""));
    assert_eq!(status(killed, "").0, 200);
    push("", &item("urn:killed", 2, r#","pubstatus":"canceled""#));
    for more in ["", "/comments"] {
        assert_eq!(status(draft, more), (404, "not-found".to_owned()), "{more}");
        assert_eq!(status(killed, more), (410, "gone".to_owned()), "{more}");
    }
    for (id, expected) in [(draft, 404), (killed, 410)] {
        let path = format!("/api/v1/stories/{id}/comments");
        let reply =
            ask(paper, "POST", &path, &["content-type: application/json"], br#"{"name":"A","text":"b"}"#);
        assert_eq!(reply.status, expected, "{}", reply.text());
    }
    let list = paper.ask("GET", "/api/v1/stories", &[]);
    assert_eq!(json_of(&list), json!({ "stories": [], "next": null }));
}

fn discussions_are_read_to_their_end_in_every_order(paper: &Served) {
    let wire = token(paper, "northwire", Scope::Wire);
    let kind = "content-type: application/json";
    let pushed =
        ask(paper, "POST", "/api/v1/wire?publish=true", &[&wire, kind], item("urn:a", 1, "").as_bytes());
    let story = json_of(&pushed)["items"][0]["story"].as_i64().unwrap();
    let now = dateline::clock::now();
    let say = |at: i64, answers: Option<i64>, words: &str| {
        let id = paper.wait(paper.app.store.next_id()).unwrap();
        let comment = NewComment {
            rank: 10,
            id,
            story,
            root: answers.unwrap_or(id),
            parent: answers,
            state: State::Shown,
            at: now.plus(at - 100_000),
            name: "Mette".into(),
            network: "192.0.2.*".into(),
            text: words.into(),
            staff: false,
            held_why: None,
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
        paper.wait(paper.app.store.post(comment)).unwrap();
        id
    };
    // More than two pages, several of one moment.
    let roots: Vec<i64> = (0..45).map(|n| say(n / 3, None, &format!("Word {n}"))).collect();
    let answer = say(1_000, Some(roots[7]), "An answer");
    let remove = |id| {
        let ruling = paper.app.store.rule(id, Ruling::Remove, Some(Reason::ADVERTISING), "", "ilse", now);
        paper.wait(ruling).unwrap();
    };
    remove(roots[7]);
    remove(roots[8]);
    let mut wanted: Vec<i64> = roots.iter().copied().filter(|id| *id != roots[8]).collect();
    let read = |order: &str| {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/stories/{story}/comments?order={order}{after}");
            let page = json_of(&paper.ask("GET", &path, &[]));
            assert_eq!((page["order"].as_str(), page["count"].as_i64()), (Some(order), Some(44)));
            all.extend(page["comments"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break all,
            }
        }
    };
    let ids = |all: &[Value]| all.iter().map(|c| c["id"].as_i64().unwrap()).collect::<Vec<_>>();
    let oldest = read("oldest");
    assert_eq!(ids(&oldest), wanted);
    let stub = &oldest[7];
    assert_eq!((stub["state"].as_str(), stub["reason"].as_str()), (Some("removed"), Some("advertising")));
    for gone in ["name", "network", "text", "text_html"] {
        assert_eq!(stub[gone], Value::Null, "{gone}");
    }
    assert_eq!(stub["answers"][0]["id"].as_i64(), Some(answer));
    assert_eq!(ids(&read("discussed"))[0], roots[7]);
    let newest = ids(&read("newest"));
    assert_eq!(newest, wanted.iter().rev().copied().collect::<Vec<_>>());
    wanted.sort_unstable();
    for order in ["discussed", "valued"] {
        let mut found = ids(&read(order));
        found.sort_unstable();
        assert_eq!(found, wanted, "{order}: each once");
    }
}

fn every_path_is_described_and_every_description_answers(paper: &Served) {
    let description: Value = serde_json::from_str(dateline::http::api::description::DESCRIPTION).unwrap();
    let paths = description["paths"].as_object().unwrap();
    // axum does not name its routes; their source does.
    let mut routed = BTreeSet::new();
    for folder in ["api", "embed"] {
        let folder = format!("{}/src/http/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(file).unwrap();
                let all =
                    text.split(".route(").skip(1).map(|part| part.split('"').nth(1).unwrap().to_owned());
                routed.extend(all.filter(|path| path.starts_with("/api/")));
            }
        }
    }
    assert_eq!(routed, paths.keys().cloned().collect::<BTreeSet<_>>());
    let site = Site {
        key: "b106".into(),
        name: "blog".into(),
        mode: Mode::Open,
        origins: vec![],
        own: newsroom::site::Own::default(),
        created_at: dateline::clock::now(),
    };
    paper.wait(paper.app.store.add_site(&site, "test")).unwrap();
    for (path, operations) in paths {
        let path = path.replace("{id}", "999999").replace("{key}", "b106");
        for method in ["get", "post", "put", "delete", "patch"] {
            let reply = ask(paper, &method.to_uppercase(), &path, &[], b"");
            let described = &operations[method]["responses"];
            if described.is_object() {
                let status = reply.status.to_string();
                assert!(described[&status].is_object(), "{method} {path} answers {status}");
            } else {
                assert_eq!(reply.status, 405, "{method} {path} is not described");
            }
        }
    }
}

fn moderators_are_told_as_described(paper: &Served) {
    let description: Value = serde_json::from_str(dateline::http::api::description::DESCRIPTION).unwrap();
    let wire = token(paper, "northwire", Scope::Wire);
    let moderate = token(paper, "moderator", Scope::Moderate);
    let kind = "content-type: application/json";
    let pushed =
        ask(paper, "POST", "/api/v1/wire?publish=true", &[&wire, kind], item("urn:a", 1, "").as_bytes());
    let story = json_of(&pushed)["items"][0]["story"].as_i64().unwrap();
    let links = br#"{"name":"Mette","text":"http://a.example http://b.example http://c.example"}"#;
    let held = json_of(&ask(paper, "POST", &format!("/api/v1/stories/{story}/comments"), &[kind], links));
    assert_eq!(held["state"], "held", "{held}");
    let one = format!("/api/v1/moderation/comments/{}", held["id"]);
    let moderated = json!({ "$ref": "#/components/schemas/Moderated" });
    let read = json_of(&ask(paper, "GET", &one, &[&moderate], b""));
    fits(&description, &moderated, &read, "");
    let queue = json_of(&ask(paper, "GET", "/api/v1/moderation/queue", &[&moderate], b""));
    assert_eq!(queue["comments"][0]["id"], held["id"]);
    let said = &description["paths"]["/api/v1/moderation/queue"]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    fits(&description, said, &queue, "");
    let remove = br#"{"ruling":"remove","reason":"advertising","note":"No."}"#;
    let mut ruled = json_of(&ask(paper, "POST", &one, &[&moderate, kind], remove));
    assert_eq!(ruled.as_object_mut().unwrap().remove("changed"), Some(true.into()));
    fits(&description, &moderated, &ruled, "");
}

/// Whether a value is as its schema says: types, required members, and none that is not described.
fn fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let named = root.pointer(&name[1..]).unwrap_or_else(|| panic!("{name} is not described"));
        return fits(root, named, value, at);
    }
    if let Some(all) = schema["oneOf"].as_array() {
        let some = all.iter().find(|s| (s["type"] == "null") == value.is_null()).unwrap_or(&all[0]);
        return fits(root, some, value, at);
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(
        kinds.contains(&kind) || (kind == "integer" && kinds.contains(&"number")),
        "{at}: {value} is not {kinds:?}"
    );
    if let Some(words) = schema["enum"].as_array().filter(|_| !value.is_null()) {
        assert!(words.contains(value), "{at}: {value}");
    }
    if let (Some(object), Some(members)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(object.contains_key(name), "{at}.{name} is missing");
        }
        for (name, member) in object {
            let described = members.get(name).unwrap_or_else(|| panic!("{at}.{name} is not described"));
            fits(root, described, member, &format!("{at}.{name}"));
        }
    }
    for (n, member) in value.as_array().into_iter().flatten().enumerate() {
        fits(root, &schema["items"], member, &format!("{at}[{n}]"));
    }
}

#[test]
fn every_reference_in_the_description_leads_somewhere() {
    let description: Value = serde_json::from_str(dateline::http::api::description::DESCRIPTION).unwrap();
    fn walk(root: &Value, value: &Value, seen: &mut usize) {
        if let Some(name) = value["$ref"].as_str() {
            assert!(root.pointer(&name[1..]).is_some(), "{name}");
            *seen += 1;
        }
        match value {
            Value::Object(members) => members.values().for_each(|v| walk(root, v, seen)),
            Value::Array(all) => all.iter().for_each(|v| walk(root, v, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    walk(&description, &description, &mut seen);
    assert!(seen > 20 && description["openapi"] == "3.1.0");
    let mut ids: Vec<&str> = Vec::new();
    for operation in
        description["paths"].as_object().unwrap().values().flat_map(|p| p.as_object().unwrap().values())
    {
        ids.push(operation["operationId"].as_str().unwrap());
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

on_both!(crate::paper:
    items_come_in_by_the_wire,
    photos_come_with_their_item,
    programs_read_and_post,
    only_what_is_published_is_told,
    discussions_are_read_to_their_end_in_every_order,
    every_path_is_described_and_every_description_answers,
    moderators_are_told_as_described,
);
