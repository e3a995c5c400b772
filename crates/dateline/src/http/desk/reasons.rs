//! Why comments are removed here, for admins: list, add, change, retire.

use super::{
    posted::Posted,
    seat::Seat,
    sent_form::SentForm,
    turned::{Answer, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::{
    Language,
    discussion::{
        Reason, Reasons,
        reason::{Ground, ReasonDraft, Wording, read},
    },
    staff::Act,
};
use pages::desk::{FieldFault, ReasonsPage, Said};
use store::Error;

pub async fn list(State(app): State<AppState>, seat: Seat) -> Answer {
    seat.needs(&app, Act::Administer)?;
    let empty = ReasonDraft {
        ground: Ground::default().as_str().to_owned(),
        offered: true,
        in_use: true,
        ..ReasonDraft::default()
    };
    let reasons = app.store.reasons().await?;
    screen(&app, &seat, &reasons, None, &empty, &[]).await
}

pub async fn one(State(app): State<AppState>, Path(code): Path<String>, seat: Seat) -> Answer {
    seat.needs(&app, Act::Administer)?;
    let reasons = app.store.reasons().await?;
    let known = reasons.all().iter().find(|r| r.reason.code() == code);
    let known = known.ok_or_else(|| seat.not_here(&app, "There is no reason with this code."))?;
    screen(&app, &seat, &reasons, Some(known.reason), &ReasonDraft::of(known), &[]).await
}

pub async fn add(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Administer)?;
    let reasons = app.store.reasons().await?;
    let draft = draft(&form);
    let new = match read(&draft, &reasons, None, spoken(&app)) {
        Ok(new) => new,
        Err(faults) => return again(&app, &seat, &reasons, None, &draft, faults).await,
    };
    match app.store.add_reason(&new, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on("/desk/reasons", Said::ReasonAdded)),
        Err(Error::Taken(_)) => {
            let words = "Somebody has added a reason with this code at the same moment.";
            again(&app, &seat, &reasons, None, &draft, vec![("code".into(), words.into())]).await
        }
        Err(e) => Err(e.into()),
    }
}

pub async fn change(State(app): State<AppState>, Path(code): Path<String>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Administer)?;
    let reasons = app.store.reasons().await?;
    let known = reasons.all().iter().find(|r| r.reason.code() == code);
    let of = known.ok_or_else(|| seat.not_here(&app, "There is no reason with this code."))?.reason;
    let draft = draft(&form);
    match read(&draft, &reasons, Some(of), spoken(&app)) {
        Ok(changed) => {
            app.store.change_reason(&changed, seat.name(), clock::now()).await?;
            Ok(ways::on("/desk/reasons", Said::ReasonChanged))
        }
        Err(faults) => again(&app, &seat, &reasons, Some(of), &draft, faults).await,
    }
}

fn spoken(app: &App) -> Language {
    Language::or_english(&app.paper.language)
}

fn draft(form: &SentForm) -> ReasonDraft {
    let text = |name: &str| form.text(name).to_owned();
    ReasonDraft {
        code: text("code"),
        label: text("label"),
        ground: text("ground"),
        source: text("source"),
        offered: form.has("offered"),
        in_use: form.has("in_use"),
        wordings: Language::ALL
            .into_iter()
            .map(|l| {
                let of = |part: &str| text(&format!("{part}-{}", l.tag()));
                (l, Wording { sentence: of("sentence"), choice: of("choice") })
            })
            .collect(),
    }
}

async fn again(
    app: &App,
    seat: &Seat,
    reasons: &Reasons,
    of: Option<Reason>,
    draft: &ReasonDraft,
    faults: Vec<(String, String)>,
) -> Answer {
    let faults: Vec<FieldFault> =
        faults.into_iter().map(|(field, words)| FieldFault::new(field, words)).collect();
    screen(app, seat, reasons, of, draft, &faults).await
}

async fn screen(
    app: &App,
    seat: &Seat,
    reasons: &Reasons,
    of: Option<Reason>,
    draft: &ReasonDraft,
    faults: &[FieldFault],
) -> Answer {
    let desk = seat.desk(app).await?;
    let html = app.theme.desk_reasons(&ReasonsPage { desk: &desk, reasons, of, draft, faults })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, html))
}
