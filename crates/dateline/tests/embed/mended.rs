//! What its writer may change or take back, and until when.

use super::{BLOG, EVIL, JSON, PAGE, ask, code, json_of, said, site, threads};
use crate::support::{Database, Served};
use newsroom::discussion::{Mode, Reason, Ruling, State};
use serde_json::{Value, json};

crate::on_both!(crate::paper:
    its_writer_changes_and_withdraws_it,
    a_moderators_word_is_the_last,
    a_receipt_changes_a_comment_without_script,
);

fn its_writer_changes_and_withdraws_it(paper: &Served) {
    let (id, receipt) = said(paper, "At fuor.", None);
    let (other, others) = said(paper, "Another.", None);
    let own = format!("/api/v1/sites/b106/comments/{id}");
    let change = |who: &[&str], body: Value| {
        let headers: Vec<&str> = [BLOG, JSON].iter().chain(who).copied().collect();
        ask(paper, "PUT", &own, &headers, &body.to_string())
    };
    let new = json!({ "text": "At four. See dock seven." });
    let near = receipt.replace(&receipt[receipt.len() - 1..], "z");
    for forged in [
        &[][..],
        &[others.as_str()],
        &[near.as_str()],
        &["authorization: Bearer x"],
        &["authorization: Basic a"],
    ] {
        assert_eq!(change(forged, new.clone()).status, 401, "{forged:?}");
    }
    let done = change(&[&receipt], new.clone());
    assert_eq!(
        (done.status, json_of(&done)),
        (200, json!({ "id": id, "state": "shown" })),
        "{}",
        done.text()
    );
    let told = |id: i64| {
        let all = threads(paper, PAGE);
        all["comments"].as_array().unwrap().iter().find(|c| c["id"] == id).cloned().unwrap_or_default()
    };
    assert_eq!(told(id)["text"], "At four. See dock seven.");
    assert!(told(id)["edited"].is_string() && told(other)["edited"].is_null());
    assert_eq!(change(&[&receipt], json!({ "text": "another. " })).status, 422, "said here already");
    assert_eq!(change(&[&receipt], json!({ "text": " " })).status, 422);
    let past = paper.wait(paper.app.store.revisions_of(id)).unwrap();
    assert_eq!(
        past.iter().map(|r| (r.act.as_str(), r.text.as_str())).collect::<Vec<_>>(),
        [("changed", "At fuor.")]
    );

    // A change goes through the screen like a comment.
    let links = "https://a.example https://b.example https://c.example https://d.example";
    let held = change(&[&receipt], json!({ "text": links }));
    assert_eq!(json_of(&held)["state"], "held", "{}", held.text());
    assert_eq!(told(id), Value::Null, "what is held is not shown");
    assert_eq!(json_of(&change(&[&receipt], json!({ "text": "Harmless." })))["state"], "held", "it waits on");
    assert_eq!(paper.wait(paper.app.store.miscounted_discussions()).unwrap(), []);

    // Another site's key opens nothing.
    site(paper, "shop", "5409", Mode::Open, &["https://shop.example"]);
    let foreign = own.replace("b106", "5409");
    let from_shop = ["origin: https://shop.example", JSON, &receipt];
    assert_eq!(ask(paper, "PUT", &foreign, &from_shop, &new.to_string()).status, 404);
    assert_eq!(ask(paper, "DELETE", &foreign, &from_shop, "").status, 404);

    let (reply, _) = said(paper, "Under it.", Some(other));
    let gone = ask(paper, "DELETE", &format!("/api/v1/sites/b106/comments/{other}"), &[BLOG, &others], "");
    assert_eq!(gone.status, 204);
    let stub = told(other);
    assert_eq!(
        (&stub["state"], &stub["text"], &stub["name"]),
        (&json!("withdrawn"), &Value::Null, &Value::Null)
    );
    assert_eq!(stub["answers"][0]["id"], reply, "what stands under it stays");
    let again = ask(
        paper,
        "PUT",
        &format!("/api/v1/sites/b106/comments/{other}"),
        &[BLOG, JSON, &others],
        &new.to_string(),
    );
    assert_eq!(code(&again), "comment-gone");
    assert_eq!(paper.wait(paper.app.store.miscounted_discussions()).unwrap(), []);
    assert_eq!(paper.wait(paper.app.store.thread_faults()).unwrap(), []);
    let back =
        paper.wait(paper.app.store.rule(other, Ruling::Show, None, "", "Ilse", dateline::clock::now()));
    assert!(back.is_err(), "nobody brings back what its writer took back");
}

fn a_moderators_word_is_the_last(paper: &Served) {
    let (id, receipt) = said(paper, "You are all wrong.", None);
    let now = dateline::clock::now();
    paper.wait(paper.app.store.rule(id, Ruling::Remove, Some(Reason::INSULT), "", "Ilse", now)).unwrap();
    paper.wait(paper.app.store.rule(id, Ruling::Show, None, "", "Ilse", now)).unwrap();
    let own = format!("/api/v1/sites/b106/comments/{id}");
    let changed = ask(paper, "PUT", &own, &[BLOG, JSON, &receipt], r#"{"text":"Worse."}"#);
    assert_eq!((changed.status, code(&changed).as_str()), (422, "ruled-on"));
    assert_eq!(ask(paper, "DELETE", &own, &[BLOG, &receipt], "").status, 422);
    assert_eq!(paper.wait(paper.app.store.comment(id)).unwrap().unwrap().state, State::Shown);
    assert_eq!(paper.wait(paper.app.store.revisions_of(id)).unwrap(), []);
}

fn a_receipt_changes_a_comment_without_script(paper: &Served) {
    let (id, receipt) = said(paper, "At fuor.", None);
    let path = format!("/receipt/{}", receipt.strip_prefix("authorization: Bearer ").unwrap());
    let form = "content-type: application/x-www-form-urlencoded";
    let page = paper.ask("GET", &path, &["accept: text/html"]).text();
    assert!(
        page.contains("Change it") && page.contains("At fuor.") && page.contains("Withdraw it"),
        "{page}"
    );
    assert_eq!(ask(paper, "POST", &format!("{path}/edit"), &[form, EVIL], "text=Hm").status, 403);
    assert_eq!(ask(paper, "POST", &format!("{path}0/edit"), &[form], "text=Hm").status, 404);
    let empty = ask(paper, "POST", &format!("{path}/edit"), &[form], "text=");
    assert!(empty.status == 422 && empty.text().contains("The comment is empty."), "{}", empty.text());
    assert_eq!(ask(paper, "POST", &format!("{path}/edit"), &[form], "text=At+four.").status, 303);
    let page = paper.ask("GET", &path, &["accept: text/html"]).text();
    assert!(page.contains("At four.") && page.contains("You changed it."), "{page}");
    assert_eq!(ask(paper, "POST", &format!("{path}/withdraw"), &[form], "").status, 303);
    let page = paper.ask("GET", &path, &["accept: text/html"]).text();
    assert!(page.contains("You withdrew your comment") && !page.contains("Change it"), "{page}");
    assert_eq!(paper.wait(paper.app.store.comment(id)).unwrap().unwrap().state, State::Withdrawn);
    assert_eq!(threads(paper, PAGE)["count"], 0);
    let again = ask(paper, "POST", &format!("{path}/edit"), &[form], "text=Back");
    assert!(again.status == 422 && again.text().contains("not there any more"), "{}", again.text());
}

pub fn never(home: Database) -> Served {
    let served = Served::on(home, dateline::http::paper(), |config| config.discussion.edit_minutes = 0);
    site(&served, "blog", "b106", Mode::Open, &["https://blog.example"]);
    served
}

mod without_a_window {
    use super::*;

    pub fn nothing_is_changed(paper: &Served) {
        let (id, receipt) = said(paper, "It stands.", None);
        let own = format!("/api/v1/sites/b106/comments/{id}");
        let reply = ask(paper, "PUT", &own, &[BLOG, JSON, &receipt], r#"{"text":"It falls."}"#);
        assert_eq!((reply.status, code(&reply).as_str()), (422, "too-late-to-edit"));
        assert_eq!(ask(paper, "DELETE", &own, &[BLOG, &receipt], "").status, 422);
        assert_eq!(threads(paper, PAGE)["comments"][0]["text"], "It stands.");
        let path = receipt.replace("authorization: Bearer ", "/receipt/");
        assert!(!paper.ask("GET", &path, &["accept: text/html"]).text().contains("Change it"));
    }

    crate::on_both!(crate::mended::never: nothing_is_changed);
}
