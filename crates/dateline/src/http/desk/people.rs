//! Accounts, for admins: list, add, disable.

use super::{
    posted::Posted,
    seat::Seat,
    turned::{Answer, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    staff::{fit, fit_name},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::staff::{Act, Role};
use pages::desk::{FieldFault, PeoplePage, PersonForm, PersonRow, Said};
use store::Error;

pub async fn list(State(app): State<AppState>, seat: Seat) -> Answer {
    seat.needs(&app, Act::Administer)?;
    screen(&app, &seat, &PersonForm::default(), &[]).await
}

async fn screen(app: &App, seat: &Seat, form: &PersonForm, faults: &[FieldFault]) -> Answer {
    let passkeys = app.store.count_passkeys().await?;
    let row = |p: store::staff::Person| PersonRow {
        passkeys: passkeys.get(&p.id).copied().unwrap_or(0),
        id: p.id,
        role: p.role,
        since: p.created_at,
        disabled: p.disabled_at.is_some(),
        you: p.id == seat.person.id,
        name: p.name,
    };
    let people: Vec<PersonRow> = app.store.list_people().await?.into_iter().map(row).collect();
    let desk = seat.desk(app).await?;
    let html = app.theme.desk_people(&PeoplePage { desk: &desk, people: &people, form, faults })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, html))
}

pub async fn add(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form: sent } = posted;
    seat.needs(&app, Act::Administer)?;
    let role = Role::parse(sent.text("role"));
    let form =
        PersonForm { name: sent.text("name").to_owned(), role: role.unwrap_or(PersonForm::default().role) };
    let name = fit_name(&form.name);
    let mut faults = Vec::new();
    if let Err(words) = &name {
        faults.push(FieldFault::new("name", words));
    }
    if role.is_none() {
        faults.push(FieldFault::new("role", "Choose a role."));
    }
    if let Some(words) = fit(sent.text("password")) {
        faults.push(FieldFault::new("password", words));
    }
    let (Ok(name), Some(role), true) = (name, role, faults.is_empty()) else {
        return screen(&app, &seat, &form, &faults).await;
    };
    let hash = app.passwords.hash(sent.text("password").to_owned()).await.map_err(Fault::broken)?;
    match app.store.add_person(&name, role, &hash, seat.name(), clock::now()).await {
        Ok(_) => Ok(ways::on("/desk/staff", Said::PersonAdded)),
        Err(Error::Taken(_)) => {
            let words = format!("There is an account named {name} already; a disabled one keeps its name.");
            screen(&app, &seat, &form, &[FieldFault::new("name", words)]).await
        }
        Err(e) => Err(e.into()),
    }
}

pub async fn disable(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let seat = posted.seat;
    seat.needs(&app, Act::Administer)?;
    if id == seat.person.id {
        return Err(seat.refusal(
            &app,
            StatusCode::FORBIDDEN,
            "Not your own account",
            "You cannot disable the account that you are signed in with.",
            "Another admin can, or `dateline staff disable` on the command line.",
        ));
    }
    match app.store.disable_person(id, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on("/desk/staff", Said::PersonDisabled)),
        Err(Error::Gone(_)) => Err(seat.not_here(&app, &format!("There is no active account {id}."))),
        Err(e) => Err(e.into()),
    }
}
