//! What a handler of the desk answers instead of doing what was asked.

use crate::problem::Fault;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// A page in the desk's own look, or a fault that has one reply everywhere.
pub struct Turned(Box<Response>);

/// What every handler of the desk gives.
pub type Answer = Result<Response, Turned>;

impl<T: Into<Fault>> From<T> for Turned {
    fn from(fault: T) -> Turned {
        Turned(Box::new(fault.into().into_response()))
    }
}

impl From<Response> for Turned {
    fn from(reply: Response) -> Turned {
        Turned(Box::new(reply))
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// A page as it was rendered. The desk's outer layer keeps it from being stored.
pub fn page(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}
