//! Sanctions: list, add, lift, and the short way from a comment in the queue.

use super::{
    posted::Posted,
    rule::{back, refused},
    seat::Seat,
    story_fields::one_line,
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
    clock::DAY,
    discussion::{CommentId, Network},
    staff::Act,
};
use pages::desk::{FieldFault, Said, SanctionForm, SanctionRow, SanctionsPage, sanctions::LONGEST_DAYS};
use store::{
    Error,
    sanction::{Against, Whom},
};

/// A sanction by the short way lasts so many days.
const SHORT: i64 = 7;

pub async fn list(State(app): State<AppState>, seat: Seat) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    screen(&app, &seat, &SanctionForm::default(), &[]).await
}

async fn screen(app: &App, seat: &Seat, form: &SanctionForm, faults: &[FieldFault]) -> Answer {
    let row = |s: store::sanction::Sanction| SanctionRow {
        id: s.id,
        against: match s.against {
            Whom::Network(mask) => mask,
            Whom::Name(name) => name,
            Whom::Domain(domain) => format!("@{domain}"),
            Whom::Print(reach, _) => reach.kind().to_owned(),
        },
        refuse: s.refuse,
        until: s.until,
        since: s.at,
        by: s.staff,
        note: s.note,
    };
    let sanctions: Vec<SanctionRow> =
        app.store.list_sanctions(clock::now()).await?.into_iter().map(row).collect();
    let desk = seat.desk(app).await?;
    let html =
        app.theme.desk_sanctions(&SanctionsPage { desk: &desk, sanctions: &sanctions, form, faults })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, html))
}

pub async fn add(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form: sent } = posted;
    seat.needs(&app, Act::Moderate)?;
    let form = SanctionForm {
        network: sent.text("network").to_owned(),
        refuse: sent.text("measure") == "refuse",
        days: sent.text("days").to_owned(),
        note: sent.text("note").to_owned(),
    };
    let note = one_line(&form.note);
    let network = Network::parse(&form.network);
    let domain = if network.is_none() { newsroom::mail::domain(&form.network) } else { None };
    let against = network.map(Against::Network).or(domain.as_deref().map(Against::Domain));
    let days = form.days.trim().parse::<u32>().ok().filter(|d| (1..=LONGEST_DAYS).contains(d));
    let mut faults = Vec::new();
    if against.is_none() {
        let words = "The network is written as comments show it, 203.0.113.* or 2001:db8:4a::*; a mail domain as @example.org.";
        faults.push(FieldFault::new("network", words));
    }
    if days.is_none() {
        faults
            .push(FieldFault::new("days", format!("The days are a whole number from 1 to {LONGEST_DAYS}.")));
    }
    if note.chars().count() > 500 {
        faults.push(FieldFault::new("note", "The note has more than 500 characters."));
    }
    let (Some(against), Some(days), true) = (against, days, faults.is_empty()) else {
        return screen(&app, &seat, &form, &faults).await;
    };
    let now = clock::now();
    let until = now.plus(i64::from(days) * DAY);
    app.store.add_sanction(against, form.refuse, until, &note, seat.name(), now).await?;
    Ok(ways::on("/desk/sanctions", Said::SanctionAdded))
}

pub async fn lift(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let seat = posted.seat;
    seat.needs(&app, Act::Moderate)?;
    match app.store.lift_sanction(id, seat.name(), clock::now()).await {
        // Over or lifted meanwhile: what was asked for is so.
        Ok(()) | Err(Error::Gone(_)) => Ok(ways::on("/desk/sanctions", Said::SanctionLifted)),
        Err(e) => Err(e.into()),
    }
}

/// Comments from the network of this one are held for a week.
pub async fn hold_network(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let comment = app.store.comment(id).await?;
    let comment = comment.ok_or_else(|| seat.not_here(&app, &format!("There is no comment {id}.")))?;
    let Some(network) = Network::parse(&comment.network) else {
        return refused(&app, &seat, &form, "No network is known of this comment.").await;
    };
    let now = clock::now();
    let note = format!("For comment {id}.");
    app.store
        .add_sanction(Against::Network(network), false, now.plus(SHORT * DAY), &note, seat.name(), now)
        .await?;
    Ok(ways::on(back(&form), Said::NetworkHeld))
}
