//! `GET /account/data`: everything that is kept of an account, as one JSON document. It is written as it is sent, some
//! comments at a time: an account of a hundred thousand takes no more memory than one of fifty.

use super::holder::{holder, sessions};
use crate::{
    app::{App, AppState},
    clock,
    http::discussion::own_data,
    problem::Fault,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use newsroom::discussion::{CommentId, account::in_force};
use serde_json::{Value, json};
use store::reader::{HeldName, SignedInReader};

/// Comments in memory at once, for each who takes them along. docs/accounts.md says it, too.
const AT_ONCE: u32 = 50;

pub async fn data(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    let nobody = || Fault::SignIn { detail: app.words().holder().data_not_signed_in.into() };
    let holder = holder(&app, &headers).await?.ok_or_else(nobody)?;
    let account = account(&app, &holder).await?;
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"account.json\""),
        (header::CONTENT_TYPE, "application/json"),
    ];
    let begun = format!("{{\n\"account\": {account:#},\n\"comments\": [");
    let next = Next::Begun { begun, reader: holder.reader.id };
    // What cannot be read breaks the file off, so that nobody takes half of it for the whole.
    let parts = stream::try_unfold((app, next), |(app, next)| async move {
        match next.part(&app).await {
            Ok(part) => Ok(part.map(|(text, next)| (Bytes::from(text), (app, next)))),
            Err(why) => {
                tracing::warn!(?why, "what is kept of an account could not be sent to its end");
                Err(std::io::Error::other("broken off"))
            }
        }
    });
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// What is to be written next.
enum Next {
    Begun {
        begun: String,
        reader: i64,
    },
    /// Comments before that number; whether some were written.
    Comments {
        reader: i64,
        before: Option<CommentId>,
        any: bool,
    },
    Ended,
}

impl Next {
    async fn part(self, app: &App) -> Result<Option<(String, Next)>, Fault> {
        let (reader, before, mut any) = match self {
            Next::Begun { begun, reader } => {
                return Ok(Some((begun, Next::Comments { reader, before: None, any: false })));
            }
            Next::Comments { reader, before, any } => (reader, before, any),
            Next::Ended => return Ok(None),
        };
        let some = app.store.comments_of_reader(reader, before, AT_ONCE).await?;
        let mut text = String::new();
        for comment in &some {
            text.push_str(if any { ",\n" } else { "\n" });
            text.push_str(&format!("{:#}", own_data::of(app, comment.id).await?));
            any = true;
        }
        Ok(Some(match some.last().filter(|_| some.len() == AT_ONCE as usize) {
            Some(last) => (text, Next::Comments { reader, before: Some(last.id), any }),
            None => (text + "\n]\n}\n", Next::Ended),
        }))
    }
}

async fn account(app: &App, holder: &SignedInReader) -> Result<Value, Fault> {
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
    let sessions: Vec<Value> = sessions(app, reader.id, now)
        .await?
        .into_iter()
        .map(|s| {
            let (since, used) = (s.created_at.rfc3339(), s.seen_at.rfc3339());
            json!({"browser": s.browser, "since": since, "used": used})
        })
        .collect();
    let names = app.store.names_of(reader.id).await?;
    let names: Vec<&str> = names.iter().map(HeldName::words).collect();
    Ok(json!({
        "id": reader.id,
        "name": reader.name,
        "names": names,
        "since": reader.created_at.rfc3339(),
        "badge": reader.badge.as_ref().map(|(words, until)| json!({"words": words, "until": until.rfc3339()})),
        "comments_are": in_force(reader.regard, now).map(|r| r.as_str()),
        "ways": ways,
        "sessions": sessions,
    }))
}
