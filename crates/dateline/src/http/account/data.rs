//! `GET /account/data`: everything that is kept of an account, as one JSON document.

use super::holder::{holder, sessions};
use crate::{app::AppState, clock, http::discussion::own_data, problem::Fault};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::account::in_force;
use serde_json::{Value, json};

/// Comments looked up at once.
const AT_ONCE: u32 = 200;

pub async fn data(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    let nobody = || Fault::SignIn { detail: app.words().holder().data_not_signed_in.into() };
    let holder = holder(&app, &headers).await?.ok_or_else(nobody)?;
    let (reader, now) = (&holder.reader, clock::now());
    let ways: Vec<Value> = app
        .store
        .ways_of(reader.id)
        .await?
        .into_iter()
        .map(|w| {
            let (since, used) = (w.created_at.rfc3339(), w.used_at.rfc3339());
            json!({"kind": w.kind.as_str(), "label": w.label, "since": since, "used": used})
        })
        .collect();
    let sessions: Vec<Value> = sessions(&app, reader.id, now)
        .await?
        .into_iter()
        .map(|s| {
            let (since, used) = (s.created_at.rfc3339(), s.seen_at.rfc3339());
            json!({"browser": s.browser, "since": since, "used": used})
        })
        .collect();
    let regard = in_force(reader.regard, now);
    let account = json!({
        "id": reader.id,
        "name": reader.name,
        "names": app.store.looks_of(reader.id).await?,
        "since": reader.created_at.rfc3339(),
        "badge": reader.badge.as_ref().map(|(words, until)| json!({"words": words, "until": until.rfc3339()})),
        "comments_are": regard.map(|r| r.as_str()),
        "ways": ways,
        "sessions": sessions,
    });
    let mut comments = Vec::new();
    let mut before = None;
    loop {
        let some = app.store.comments_of_reader(reader.id, before, AT_ONCE).await?;
        for comment in &some {
            comments.push(own_data::of(&app, comment.id).await?);
        }
        match some.last().filter(|_| some.len() == AT_ONCE as usize) {
            Some(last) => before = Some(last.id),
            None => break,
        }
    }
    let all = json!({ "account": account, "comments": comments });
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"account.json\""),
        (header::CONTENT_TYPE, "application/json"),
    ];
    Ok((headers, format!("{all:#}\n")).into_response())
}
