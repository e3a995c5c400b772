//! `/account/with/{provider}`: to an OpenID Connect provider, and back from it.

use super::{
    go,
    holder::{Fresh, holder, leave},
    on,
    page::{Said, Told, door, own},
};
use crate::{
    app::{App, AppState},
    clock,
    edge::ReaderAddress,
    problem::Fault,
    readers::{Cookies, EntryLink, FLOW_ENDS, Flow, Provider, Trouble, subject_digest},
    staff::{SignInDoor, TriesOf},
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::account::Unproven;
use pages::words::fill;
use std::collections::HashMap;
use store::{
    Error,
    reader::{NewKnock, WayKind},
};

fn provider<'a>(app: &'a App, key: &str) -> Result<&'a Provider, Fault> {
    app.providers.iter().find(|p| p.key == key).ok_or(Fault::NotFound)
}

fn back(app: &App, provider: &Provider) -> String {
    app.paper.url(&format!("/account/with/{}/back", provider.key))
}

/// Departures and arrivals from one address in an hour: each may be a question to the provider.
const MOST_PER_HOUR: u32 = 120;

fn bound(app: &App, reader: ReaderAddress) -> Result<(), Fault> {
    let of = TriesOf::Address(SignInDoor::Provider, app.edge.near(reader));
    if app.sign_ins.count(of, clock::now()).last_hour < MOST_PER_HOUR {
        return Ok(());
    }
    Err(Fault::TooMany { detail: app.words().holder().many_sign_ins.into(), wait: 3600 })
}

pub async fn depart(
    State(app): State<AppState>,
    Path(key): Path<String>,
    reader: ReaderAddress,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let provider = provider(&app, &key)?;
    bound(&app, reader)?;
    let now = clock::now();
    let away = match provider.depart(&back(&app, provider), now).await {
        Ok(away) => away,
        Err(trouble) => return refused(&app, &headers, provider, &trouble).await,
    };
    let flow = Flow {
        provider: provider.key.clone(),
        state: away.state,
        nonce: away.nonce,
        verifier: away.verifier,
        until: now.plus(FLOW_ENDS),
    };
    let cookie = Cookies::of(&app.paper.address).set_flow(&flow.render(&app.doors), FLOW_ENDS / 1000);
    let to = HeaderValue::try_from(away.url).map_err(Fault::broken)?;
    let mut reply = (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
    )
        .into_response();
    reply.headers_mut().insert(header::SET_COOKIE, HeaderValue::try_from(cookie).map_err(Fault::broken)?);
    Ok(reply)
}

pub async fn arrive(
    State(app): State<AppState>,
    Path(key): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
    reader: ReaderAddress,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let provider = provider(&app, &key)?;
    bound(&app, reader)?;
    let cookies = Cookies::of(&app.paper.address);
    let mut reply = match came_back(&app, provider, &asked, &headers).await {
        Ok(reply) => reply,
        Err(Refused::Provider(trouble)) => refused(&app, &headers, provider, &trouble).await?,
        Err(Refused::Fault(fault)) => return Err(fault),
    };
    // Whatever came of it, the way back is used up.
    let cookie = HeaderValue::try_from(cookies.set_flow("", 0)).map_err(Fault::broken)?;
    reply.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(reply)
}

enum Refused {
    Provider(Trouble),
    Fault(Fault),
}

impl<E: Into<Fault>> From<E> for Refused {
    fn from(e: E) -> Refused {
        Refused::Fault(e.into())
    }
}

fn unproven(why: Unproven) -> Refused {
    Refused::Provider(Trouble::Unproven(why))
}

async fn came_back(
    app: &App,
    provider: &Provider,
    asked: &HashMap<String, String>,
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    let now = clock::now();
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let flow = Cookies::of(&app.paper.address).flow(headers);
    let flow = flow.and_then(|flow| Flow::parse(flow, &app.doors, now));
    // Begun in this very browser, with this very provider, and not long ago.
    let flow =
        flow.filter(|f| f.provider == provider.key && !f.state.is_empty() && f.state == asked("state"));
    let flow = flow.ok_or(unproven(Unproven::NotBegun))?;
    // RFC 9207: one provider's answer is not taken for another's.
    if !asked("iss").is_empty() && !provider.is(asked("iss")) {
        return Err(unproven(Unproven::Another));
    }
    if !asked("error").is_empty() {
        return Err(unproven(Unproven::Refused));
    }
    let came = provider.arrive(&back(app, provider), asked("code"), &flow.verifier, &flow.nonce, now).await;
    let identity = came.map_err(Refused::Provider)?;
    let digest = subject_digest(&app.receipts, &identity.issuer, &identity.subject);
    let holder = holder(app, headers).await?;
    let known = app.store.reader_by_way(WayKind::Oidc, &digest).await?;
    let knock = NewKnock {
        kind: WayKind::Oidc,
        digest: &digest,
        label: &provider.label,
        name: &identity.name,
        reader: holder.as_ref().filter(|_| known.is_none()).map(|holder| holder.reader.id),
    };
    let knock = app.store.add_knock(&knock, now).await?;
    let Some((reader, _)) = known else {
        return Ok(go(&EntryLink::of(&knock).path(&app.doors), &[])?);
    };
    let fresh = Fresh::of(app, headers)?;
    match app.store.begin_session(&fresh.session(), reader.id, &knock, now).await {
        Ok(()) => {
            leave(app, holder).await?;
            Ok(on(Said::SignedIn, &fresh.cookies)?)
        }
        Err(Error::Taken(_) | Error::Gone(_)) => Err(unproven(Unproven::Ended)),
        Err(e) => Err(e.into()),
    }
}

/// The door, or the account's page, with what went wrong in words.
async fn refused(
    app: &App,
    headers: &HeaderMap,
    provider: &Provider,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    let label = &provider.label;
    let (status, words) = match trouble {
        Trouble::Silent(why) => {
            tracing::warn!(provider = provider.key, why, "a provider gives no answer");
            let words = fill(app.words().holder().provider_silent, &[("provider", label)]);
            (StatusCode::BAD_GATEWAY, words)
        }
        Trouble::Unproven(why) => (StatusCode::UNPROCESSABLE_ENTITY, app.words().unproven(label, *why)),
    };
    match holder(app, headers).await? {
        Some(holder) => {
            own(app, &holder, status, &Told { refusal: &words, fault: "way", ..Told::default() }).await
        }
        None => door(app, status, "", "", &words),
    }
}
