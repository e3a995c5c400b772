//! `POST /api/v1/wire`: items of any format we read, alone or with their photos, into the desk's inbox.

use super::bearer::Bearer;
use crate::{
    app::AppState,
    intake::{self, Fate, Given, Manner},
    problem::Fault,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Query, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use http_body_util::Limited;
use newsroom::{ingest::Ingest, staff::Scope};
use serde_json::{Value, json};
use std::collections::HashMap;
use wire::Format;

/// Parts of one request at most.
const MOST_PARTS: usize = 200;

/// A file of items, as it came.
struct Sent {
    name: String,
    format: Option<Format>,
    bytes: Bytes,
}

/// `?publish=true` publishes what has never been published.
pub async fn push(
    State(app): State<AppState>,
    bearer: Bearer,
    Query(asked): Query<HashMap<String, String>>,
    request: Request,
) -> Result<Response, Fault> {
    bearer.needs(Scope::Wire)?;
    let publish = match asked.get("publish").map(String::as_str) {
        None | Some("false" | "0" | "") => false,
        Some("true" | "1") => true,
        Some(_) => {
            return Err(Fault::BadRequest {
                detail: "publish is true or false.".into(),
                field: Some("publish"),
            });
        }
    };
    let (files, given) = received(&app, request).await?;
    // All are read before any is taken in: one fault refuses the whole request.
    let mut items = Vec::new();
    for file in &files {
        let read = wire::read(&file.bytes, file.format, &app.paper.zone).map_err(|why| {
            let place = if file.name.is_empty() { String::new() } else { format!("{}: ", file.name) };
            Fault::refused("malformed", format!("{place}{why}"), None)
        })?;
        items.extend(read.into_iter().map(|item| (item, file.bytes.clone())));
    }
    let mut fates = Vec::with_capacity(items.len());
    for (item, bytes) in items {
        fates.push(intake::take_in(&app, item, &bytes, &given, Manner { publish, dry: false }).await?);
    }
    let items: Vec<Value> = fates.iter().map(|fate| of(&app, fate)).collect();
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(json!({ "items": items }))).into_response())
}

async fn received(app: &AppState, request: Request) -> Result<(Vec<Sent>, Given), Fault> {
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    let most = app.config.limits.upload_bytes;
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    if !kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
        let format = Format::of_content_type(&kind);
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|e| Fault::of_status(e.status(), &e.body_text(), most))?;
        if format.is_none() && Format::sniff(&bytes, "").is_none() {
            let detail = "Send ninjs as application/ninjs+json or application/json, a saved page as text/plain, \
                          or these with their photos as multipart/form-data.";
            return Err(Fault::MediaType { detail: detail.into() });
        }
        return Ok((vec![Sent { name: String::new(), format, bytes }], Given::default()));
    }
    let broken = |detail: String| Fault::BadRequest { detail, field: None };
    let mut parts = Multipart::from_request(request, app).await.map_err(|e| broken(e.body_text()))?;
    let (mut files, mut given, mut count) = (Vec::new(), Given::default(), 0);
    while let Some(part) =
        parts.next_field().await.map_err(|e| Fault::of_status(e.status(), &e.body_text(), most))?
    {
        count += 1;
        if count > MOST_PARTS {
            return Err(broken(format!("At most {MOST_PARTS} parts are read.")));
        }
        let name = part.file_name().or(part.name()).unwrap_or("").to_owned();
        let name = name.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
        let kind = part.content_type().unwrap_or("").to_owned();
        let bytes = part.bytes().await.map_err(|e| Fault::of_status(e.status(), &e.body_text(), most))?;
        let format = Format::of_content_type(&kind).or_else(|| Format::sniff(&bytes, &name));
        if kind.starts_with("image/") || format.is_none() {
            given.0.insert(name, bytes.to_vec());
        } else {
            files.push(Sent { name, format, bytes });
        }
    }
    if files.is_empty() {
        return Err(broken("No part of the request is an item of a format that is read here.".into()));
    }
    Ok((files, given))
}

fn of(app: &AppState, fate: &Fate) -> Value {
    let outcome = match fate.outcome {
        Ingest::New => "new",
        Ingest::Update => "update",
        Ingest::Correction => "correction",
        Ingest::Kill => "kill",
        Ingest::Spike => "spike",
        Ingest::Duplicate => "duplicate",
        Ingest::Stale => "stale",
        Ingest::Withheld => "withheld",
    };
    json!({
        "uri": fate.uri,
        "outcome": outcome,
        "story": fate.story,
        "url": fate.path.as_ref().map(|path| app.paper.url(path)),
        "photos": fate.photos,
        "comments": fate.comments,
        "notes": fate.notes,
    })
}
