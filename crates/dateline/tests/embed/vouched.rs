//! Writers for whom the host site vouches by its token.

use super::{BLOG, JSON, PAGE, ask, code, json_of, post, threads};
use crate::support::Served;
use newsroom::{discussion::name::look, staff::Role};
use serde_json::{Value, json};
use store::reader::{NewKnock, NewReader, NewSession, WayKind};

const SECRET: &str = "of the site and the paper";

/// The site's key, with the paper from now on.
fn hand_over_key(paper: &Served) -> store::site_key::SiteKey {
    let key = store::site_key::SiteKey {
        kid: "k1".into(),
        alg: "HS256".into(),
        value: SECRET.into(),
        created_at: dateline::clock::now(),
        until: None,
    };
    paper.wait(paper.app.store.add_site_key("blog", &key, "test")).unwrap();
    key
}

fn signed(secret: &str, name: &str) -> String {
    let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    header.kid = Some("k1".into());
    let until = dateline::clock::now().0 / 1000 + 600;
    let claims = json!({"sub": "7", "name": name, "aud": "b106", "exp": until});
    let secret = jsonwebtoken::EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&header, &claims, &secret).unwrap()
}

fn a_site_vouches_for_its_readers(paper: &Served) {
    let now = dateline::clock::now();
    let key = hand_over_key(paper);
    let say = |token: Value, text: &str| {
        post(
            paper,
            json!({"url": PAGE, "title": "On tides", "name": "Whoever", "text": text, "token": token}),
        )
    };
    let reply = say(signed(SECRET, "Ana \u{130}").into(), "Signed in.");
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(say(Value::Null, "Not signed in.").status, 201);
    let forged = say(signed("guessed", "Ana").into(), "Forged.");
    assert_eq!(
        (forged.status, forged.text().contains("not signed by the site")),
        (401, true),
        "{}",
        forged.text()
    );
    assert_eq!(say(json!(7), "A number.").status, 400);
    // The site has an admin of its own. Its word makes nobody one of ours.
    paper.wait(paper.app.store.add_person("Ilse Brandt", Role::Editor, "no hash", "test", now)).unwrap();
    let own = &paper.app.paper.name;
    for name in ["Ilse Brandt", own, &format!("{own} editors"), &format!("Moderator, {own}")] {
        let ours = say(signed(SECRET, name).into(), "As if the paper.");
        assert_eq!((ours.status, code(&ours).as_str()), (422, "name-reserved"), "{name}");
    }
    let of_site = json_of(&say(signed(SECRET, "Admin").into(), "Of the sight."));
    // And mends what was written there.
    let own = format!("/api/v1/sites/b106/comments/{}", of_site["id"]);
    let word = of_site["receipt"].as_str().unwrap().rsplit('/').next().unwrap();
    let receipt = format!("authorization: Bearer {word}");
    let mended = ask(paper, "PUT", &own, &[BLOG, JSON, &receipt], r#"{"text":"Of the site."}"#);
    assert_eq!(mended.status, 200, "{}", mended.text());
    let unvouched =
        post(paper, json!({"url": PAGE, "title": "On tides", "name": "Admin", "text": "Of none."}));
    assert_eq!((unvouched.status, code(&unvouched).as_str()), (422, "name-reserved"));
    let all = threads(paper, PAGE);
    let seen: Vec<(&str, &Value)> = all["comments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["name"].as_str().unwrap(), &c["vouched"]))
        .collect();
    assert_eq!(seen.len(), 3, "{all}");
    for one in [("Ana \u{130}", &json!("site")), ("Admin", &json!("site")), ("Whoever", &Value::Null)] {
        assert!(seen.contains(&one), "{one:?}: {seen:?}");
    }
    let said = all.to_string();
    assert!(!said.contains("Forged") && !said.contains("As if") && !said.contains("Of none"), "{said}");
    let path = paper.wait(paper.app.store.list_sites()).unwrap();
    assert_eq!(path.len(), 1);
    // An ended key vouches for nobody, and one of another site never did.
    paper.wait(paper.app.store.end_site_key("blog", "k1", now, "test", now)).unwrap();
    assert_eq!(say(signed(SECRET, "Ana").into(), "Too late.").status, 401);
    assert!(paper.wait(paper.app.store.end_site_key("blog", "k2", now, "test", now)).is_err());
    assert!(paper.wait(paper.app.store.add_site_key("nobody's", &key, "test")).is_err());
    assert!(paper.wait(paper.app.store.add_site_key("blog", &key, "test")).is_err(), "the name is taken");
    paper.wait(paper.app.store.remove_site("blog", "test", now)).unwrap();
}

/// Looks of screen and rule so far.
fn weighed(paper: &Served) -> u32 {
    let figures = paper.app.figures.render().unwrap();
    let line = figures.lines().find(|l| l.starts_with("dateline_weighed_total")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

fn a_vouched_name_opens_a_new_page_and_is_weighed_once(paper: &Served) {
    let (store, now) = (&paper.app.store, dateline::clock::now());
    hand_over_key(paper);
    let knock =
        NewKnock { kind: WayKind::Mail, digest: "d", label: "m***@post.example", name: "", reader: None };
    let knock = paper.wait(store.add_knock(&knock, now)).unwrap();
    let session = NewSession { digest: "s", browser: "Firefox" };
    let new = NewReader { name: "Mette Holm", look: &look("Mette Holm"), session };
    paper.wait(store.add_reader(&new, &knock, now)).unwrap();
    let token = signed(SECRET, "Mette Holm");
    let new_page = "https://blog.example/new-to-the-paper";
    let say = |page: &str, token: Value, text: &str| {
        post(paper, json!({"url": page, "title": "New", "name": "Mette Holm", "text": text, "token": token}))
    };
    let unproven = say(new_page, Value::Null, "Only a name.");
    assert_eq!((unproven.status, code(&unproven).as_str()), (422, "name-taken"));
    assert!(paper.wait(store.story_ids(0, 10)).unwrap().is_empty(), "what is refused makes no page");
    let before = weighed(paper);
    let first = say(new_page, token.clone().into(), "The site vouches for me.");
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(weighed(paper), before + 1, "once, though the page is made on the way");
    assert_eq!(say(new_page, token.into(), "And again.").status, 201);
    assert_eq!(weighed(paper), before + 2);
    let said = threads(paper, new_page);
    assert_eq!(said["count"], 2);
    for comment in said["comments"].as_array().unwrap() {
        assert_eq!((&comment["name"], &comment["vouched"]), (&json!("Mette Holm"), &json!("site")));
    }
}

crate::on_both!(crate::paper:
    a_site_vouches_for_its_readers,
    a_vouched_name_opens_a_new_page_and_is_weighed_once,
);
