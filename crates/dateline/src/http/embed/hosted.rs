//! `/embed/{key}?url=…`: where a page's link leads readers without script, to the discussion on the paper's own
//! pages. Before the first comment there is a form; after it, the thread has an address of its own.

use super::{
    asked::{Asked, hosted_path},
    post::take_for,
    thread::nothing_said,
};
use crate::{
    app::{App, AppState},
    discussion_rules,
    edge::{ReaderAddress, from_here},
    http::discussion::{
        draft, mine,
        post::{NotTaken, fault_of, see_other, sent},
    },
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    http::{HeaderMap, Uri, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::{
    discussion::{Order, Page, admit::Door},
    site::OutsidePage as Meant,
};
use pages::{Form, OutsidePage, Voice};
use store::site::Site;

pub async fn hosted(
    State(app): State<AppState>,
    Path(key): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let site = app.house.site(&app.store, &key).await?.ok_or(Fault::NoSite)?;
    let asked = Asked::of_query(request.uri().query());
    let page = meant(&app, &site, &asked)?;
    match app.store.outside(&site.key, &page.key).await? {
        Some(outside) => see_other(&format!("{}#comments", outside.address.path())),
        None => {
            let html = first(&app, &site, &asked, Form::default()).await?;
            Ok(([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
        }
    }
}

pub async fn post(
    State(app): State<AppState>,
    Path(key): Path<String>,
    uri: Uri,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let site = app.house.site(&app.store, &key).await?.ok_or(Fault::NoSite)?;
    from_here(&headers, &app.paper.address)?;
    let asked = Asked::of_query(uri.query());
    meant(&app, &site, &asked)?;
    let draft = draft::read(&headers, &body)?;
    match take_for(&app, &site, &asked, &draft, reader, Door::Embed).await {
        Ok((address, taken)) => {
            let mut reply = sent(&app, &address, &taken)?;
            mine::remember(&app, &headers, taken.id, &mut reply)?;
            Ok(reply)
        }
        Err(NotTaken::Fault(fault)) => Err(fault),
        Err(NotTaken::Refused(refusal)) => {
            let form = Form {
                name: &draft.name,
                text: &draft.text,
                email: &draft.email,
                answers: draft.answers,
                reply_to: None,
                refusal: Some(&refusal),
            };
            let html = first(&app, &site, &asked, form).await?;
            let fault = fault_of(&app, &refusal, app.words_on(&site, asked.language()));
            Ok((fault.status(), [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
        }
    }
}

/// Which page is meant. Readers come by its site's link: they are told in their own words where that leads nowhere.
fn meant(app: &App, site: &Site, asked: &Asked) -> Result<Meant, Fault> {
    asked.page(site).map_err(|fault| match fault {
        Fault::Refused { code, field, .. } => {
            Fault::refused(code, app.words_on(site, asked.language()).no_such_page, field)
        }
        fault => fault,
    })
}

/// The page before the first comment.
async fn first(app: &App, site: &Site, asked: &Asked, form: Form<'_>) -> Result<String, Fault> {
    let page = asked.page(site)?;
    let path = hosted_path(site, asked);
    let reasons = app.house.reasons(&app.store).await?;
    let empty = Page {
        discussion: nothing_said(app, site),
        order: Order::default(),
        threads: vec![],
        first: true,
        next: None,
    };
    let words = app.words_on(site, asked.language());
    Ok(app.theme.outside(&OutsidePage {
        paper: &app.paper,
        voice: Voice { words, reasons: &reasons },
        title: &asked.title(&page)?,
        language: asked.language(),
        link: &page.link,
        path: &path,
        action: Some(&path),
        discussion: &empty,
        form,
        policy: &app.policy,
        rules: &discussion_rules::path(&site.key, words),
    })?)
}
