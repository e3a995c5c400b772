//! `POST /api/v1/sites/{key}/comments`: a comment from a page of another site; the first gives that page its
//! discussion.

use super::{asked::Asked, token};
use crate::{
    app::{App, AppState},
    clock,
    edge::ReaderAddress,
    http::discussion::{
        draft,
        post::{NotTaken, Taken, Weighed, accepted, fault_of, keep, take, would_take},
        writer::By,
    },
    problem::Fault,
};
use axum::{Extension, body::Bytes, extract::State, http::HeaderMap, response::Response};
use newsroom::{
    Language,
    discussion::admit::{Door, Draft},
    slug::Slug,
    story::{Address, Status},
};
use std::sync::Arc;
use store::{
    comment::StoryFacts,
    site::{NewOutside, Site},
};

pub async fn post(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let mut draft = draft::read_json(&headers, &body)?;
    let asked = Asked::of_json(&body)?;
    let mut door = Door::Embed;
    if let Some(token) = token::of_json(&body)? {
        draft.name =
            token::vouched(&app, &site, &token, clock::now()).await.map_err(|fault| match fault {
                Fault::SignIn { detail } => {
                    let words = app.words_on(&site, asked.language());
                    // Why, for whoever makes the tokens; readers of other languages are told what helps.
                    let english = words.language == Language::English;
                    Fault::SignIn { detail: if english { detail } else { words.not_vouched.into() } }
                }
                fault => fault,
            })?;
        door = Door::Vouched;
    }
    match take_for(&app, &site, &asked, &draft, reader, door).await {
        Ok((address, taken)) => Ok(accepted(&app, &address, &taken)),
        Err(NotTaken::Refused(refusal)) => {
            Err(fault_of(&app, &refusal, app.words_on(&site, asked.language())))
        }
        Err(NotTaken::Fault(fault)) => Err(fault),
    }
}

/// Takes a comment under a page of that site, with the address at which the paper shows it.
pub async fn take_for(
    app: &App,
    site: &Site,
    asked: &Asked,
    draft: &Draft,
    reader: ReaderAddress,
    door: Door,
) -> Result<(Address, Taken), NotTaken> {
    let by = door.into();
    let (facts, weighed) = discussed(app, site, asked, draft, reader, &by).await?;
    let taken = match weighed {
        Some(weighed) => keep(app, &facts, draft, reader, &by, weighed).await?,
        None => take(app, &facts, draft, reader, &by).await?,
    };
    Ok((facts.address, taken))
}

/// Others may give the page its discussion, or take the address, at the same moment; then it is there, or
/// the next is free.
const TRIES: usize = 8;

/// The page's discussion; where the comment gave it one, with what the rule has said of it.
async fn discussed(
    app: &App,
    site: &Site,
    asked: &Asked,
    draft: &Draft,
    reader: ReaderAddress,
    by: &By,
) -> Result<(StoryFacts, Option<Weighed>), NotTaken> {
    let page = asked.page(site)?;
    let title = asked.title(&page)?;
    for _ in 0..TRIES {
        if let Some(outside) = app.store.outside(&site.key, &page.key).await? {
            let facts = app.store.facts_of(outside.story).await?;
            return Ok((facts.ok_or(Fault::NotFound)?, None));
        }
        let now = clock::now();
        let wanted = Address { day: app.paper.zone.day(now), slug: Slug::of(&title, "page") };
        let facts = StoryFacts {
            id: app.store.next_id().await?,
            address: app.store.free_address(&wanted).await?,
            status: Status::Outside,
            published_at: now,
            mode: site.mode,
            own: site.own.policy,
        };
        // What is refused leaves nothing behind, no empty discussion either.
        let weighed = would_take(app, &facts, draft, reader, by).await?;
        let new = NewOutside {
            story: facts.id,
            site,
            page: &page,
            title: &title,
            language: asked.language(),
            address: &facts.address,
            now,
        };
        match app.store.add_outside(&new).await {
            Ok(()) => return Ok((facts, Some(weighed))),
            Err(store::Error::Taken(_)) => {}
            Err(e) => return Err(e.into()),
        }
    }
    Err(NotTaken::Fault(Fault::Busy { truth: "no free address for a page of another site".into() }))
}
