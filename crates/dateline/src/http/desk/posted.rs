//! A form of the desk, sent from a page of this very session.

use super::{door, seat::Seat, sent_form::SentForm, turned::Turned};
use crate::{
    app::{App, AppState},
    edge::{Origin, origin},
    problem::Fault,
};
use axum::{
    extract::{FromRequest, Request},
    http::StatusCode,
};
use newsroom::staff::Act;

pub struct Posted {
    pub seat: Seat,
    pub form: SentForm,
}

impl Posted {
    /// Goes on where the person may; else a page that says so and has all that was typed.
    pub fn may(self, app: &App, act: Act) -> Result<Posted, Turned> {
        match self.seat.may(act) {
            true => Ok(self),
            false => Err(self.seat.barred(app, act, &self.form.carried())),
        }
    }
}

/// From another site: refused. After the session had ended: the door, with all that was typed. From a page
/// of an earlier session: shown again, to be sent by hand.
impl FromRequest<AppState> for Posted {
    type Rejection = Turned;

    async fn from_request(request: Request, app: &AppState) -> Result<Posted, Turned> {
        let from = origin(request.headers(), &app.paper.address);
        if from == Origin::Foreign {
            return Err(Fault::ForeignOrigin.into());
        }
        let seat = Seat::of(app, request.headers(), "").await?;
        let path = request.uri().path().to_owned();
        let form = SentForm::from_request(request, app).await?;
        let Some(seat) = seat else {
            return Err(door::ended(app, &path, &form).into());
        };
        if !seat.reaches(app, &path) {
            return Err(seat.refusal(
                app,
                StatusCode::FORBIDDEN,
                "A passkey is needed first",
                "Nothing was done: this paper asks its people for a passkey, and you came with a password.",
                "Add one under your name, or sign in with the one that you have.",
            ));
        }
        if seat.sent(form.text("csrf")) {
            return Ok(Posted { seat, form });
        }
        Err(match from {
            Origin::Same => {
                let mut again = door::resume(app, &seat, &path, &form.carried())?;
                // Nothing was done yet, and a program must see that.
                *again.status_mut() = StatusCode::FORBIDDEN;
                again.into()
            }
            _ => seat.refusal(
                app,
                StatusCode::FORBIDDEN,
                "Not sent from the desk",
                "The form does not carry the proof that it came from a page of your session.",
                "Open the page here and send it again.",
            ),
        })
    }
}
