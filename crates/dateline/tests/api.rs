//! The API over real connections, and that its description is true; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use dateline::staff::BearerToken;
use newsroom::staff::Scope;
use serde_json::{Value, json};
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
    for bad in ["/api/v1/stories?after=x", "/api/v1/stories?limit=many", "/api/v1/stories/abc"] {
        assert_eq!(paper.ask("GET", bad, &[]).status, 400, "{bad}");
    }
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

on_both!(crate::paper: items_come_in_by_the_wire, photos_come_with_their_item, programs_read_and_post);
