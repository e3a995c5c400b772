//! The desk: the staff's screens and acts, behind a session. Nothing of it is ever kept by a cache.

mod amend;
mod commend;
mod discussion_mode;
mod door;
mod doubt;
mod edit;
mod filters;
mod inbox;
mod leave;
mod letters;
mod looking;
mod passkey_door;
mod passkeys;
mod people;
mod posted;
mod preview;
mod publish;
mod queue;
mod readers;
mod reasons;
mod rule;
mod sanctions;
mod save;
mod say;
mod screen;
mod seat;
mod sent_form;
mod sessions;
mod set_up;
mod shift;
mod story;
mod story_fields;
mod thread;
mod tips;
mod turned;
mod ways;
mod withdraw;
mod writers;

pub use set_up::invite;

use crate::app::AppState;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::{HeaderName, HeaderValue, Uri, header},
    middleware::map_response,
    response::Response,
    routing::{MethodRouter, get},
};

/// Largest form, in bytes: a long body in a script of three bytes a letter, percent-encoded.
const LARGEST_FORM: usize = 6 << 20;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/desk", get(inbox::inbox))
        .route("/desk/sign-in", get(door::show).post(door::sign_in))
        .route("/desk/sign-in/ask", act(passkey_door::ask))
        .route("/desk/sign-in/passkey", act(passkey_door::sign_in))
        .route("/desk/sign-out", act(door::sign_out))
        .route("/desk/set-up/{token}", get(set_up::show).post(set_up::set_up))
        .route("/desk/stories", act(save::new_story))
        .route("/desk/stories/{id}", get(story::show).post(save::save))
        .route("/desk/stories/{id}/preview", get(preview::preview))
        .route("/desk/stories/{id}/publish", act(publish::publish))
        .route("/desk/stories/{id}/schedule", act(publish::schedule))
        .route("/desk/stories/{id}/unschedule", act(publish::unschedule))
        .route("/desk/stories/{id}/correct", act(amend::correct))
        .route("/desk/stories/{id}/update", act(amend::update))
        .route("/desk/stories/{id}/kill", act(withdraw::kill))
        .route("/desk/stories/{id}/spike", act(withdraw::spike))
        .route("/desk/stories/{id}/discussion", act(discussion_mode::set))
        .route("/desk/stories/{id}/tips/{tip}/done", act(tips::done))
        .route("/desk/queue", get(queue::queue).post(rule::ticked))
        .route("/desk/queue/undo", act(rule::undo_last))
        .route("/desk/shift", get(shift::shift).post(shift::note))
        .route("/desk/comments/{id}/show", act(rule::show))
        .route("/desk/comments/{id}/leave", act(leave::leave))
        .route("/desk/comments/{id}/look", act(looking::look))
        .route("/desk/comments/{id}/tip", act(tips::pass_on))
        .route("/desk/comments/{id}/remove", act(rule::remove))
        .route("/desk/comments/{id}/cut", act(rule::cut))
        .route("/desk/comments/{id}/hold", act(rule::hold))
        .route("/desk/comments/{id}/warn", act(rule::warn))
        .route("/desk/comments/{id}/doubt", act(doubt::ask))
        .route("/desk/comments/{id}/feature", act(commend::feature))
        .route("/desk/comments/{id}/pin", act(commend::pin))
        .route("/desk/comments/{id}/thread", act(thread::close))
        .route("/desk/comments/{id}/reply", get(say::reply_form).post(say::reply))
        .route("/desk/stories/{id}/say", get(say::form).post(say::say))
        .route("/desk/readers/{id}", get(readers::show))
        .route("/desk/readers/{id}/badge", act(readers::badge))
        .route("/desk/readers/{id}/regard", act(readers::regard))
        .route("/desk/readers/{id}/free", act(readers::free))
        .route("/desk/filters", act(filters::keep))
        .route("/desk/filters/{id}/drop", act(filters::drop_one))
        .route("/desk/screen", get(screen::screen))
        .route("/desk/writers", get(writers::writer))
        .route("/desk/writers/note", act(writers::note))
        .route("/desk/writers/sanction", act(writers::sanction))
        .route("/desk/writers/ban", act(writers::ban))
        .route("/desk/comments/{id}/undo", act(rule::undo))
        .route("/desk/comments/{id}/hold-network", act(sanctions::hold_network))
        .route("/desk/sanctions", get(sanctions::list).post(sanctions::add))
        .route("/desk/sanctions/{id}/lift", act(sanctions::lift))
        .route("/desk/reasons", get(reasons::list).post(reasons::add))
        .route("/desk/reasons/{code}", get(reasons::one).post(reasons::change))
        .route("/desk/letters", get(letters::list))
        .route("/desk/staff", get(people::list).post(people::add))
        .route("/desk/staff/{id}/disable", act(people::disable))
        .route("/desk/sessions", get(sessions::list))
        .route("/desk/sessions/{id}/end", act(sessions::end))
        .route("/desk/sessions/end-others", act(sessions::end_others))
        .route("/desk/passkeys", act(passkeys::add))
        .route("/desk/passkeys/ask", act(passkeys::ask))
        .route("/desk/passkeys/{id}/drop", act(passkeys::drop_one))
        .route("/desk/password", act(sessions::change_password))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(map_response(private))
}

/// A form's address; whoever comes to it otherwise, by reloading perhaps, is shown the page that it stands on.
fn act<T: 'static>(handler: impl Handler<T, AppState>) -> MethodRouter<AppState> {
    get(async |uri: Uri| ways::go(ways::page_of(uri.path()))).post(handler)
}

async fn private(mut reply: Response) -> Response {
    let headers = reply.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        // The path of a set-up link is a secret; the origin must still come with each form.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    reply
}
