//! Ahead of the router: a GET whose page is ready is answered at once, with no layer, log or lock.

use crate::{app::AppState, edge::ReaderAddress, observe::Lane};
use axum::{Router, body::Body, extract::Request as Routed};
use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::{Method, Request, Response, body::Incoming};
use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tower::ServiceExt;

/// The service of one connection.
pub struct Front {
    app: AppState,
    router: Router,
    lane: Arc<Lane>,
    peer: SocketAddr,
}

/// A ready page's bytes, or whatever a handler makes.
pub type FrontBody = Either<Full<Bytes>, Body>;

impl Front {
    pub fn new(app: AppState, router: Router, lane: Arc<Lane>, peer: SocketAddr) -> Front {
        Front { app, router, lane, peer }
    }

    fn ready<B>(&self, request: &Request<B>) -> Option<Response<FrontBody>> {
        let method = request.method();
        if method != Method::GET && method != Method::HEAD {
            return None;
        }
        let target = request.uri().path_and_query()?.as_str();
        let reply = self.app.ready.with(target, |page| page.answer(method, request.headers()))?;
        self.lane.hit();
        Some(reply.map(|bytes| Either::Left(Full::new(bytes))))
    }
}

impl hyper::service::Service<Request<Incoming>> for Front {
    type Response = Response<FrontBody>;
    type Error = Infallible;
    type Future = Answer;

    fn call(&self, request: Request<Incoming>) -> Answer {
        if let Some(reply) = self.ready(&request) {
            return Answer::Ready(Some(reply));
        }
        let reader: ReaderAddress = self.app.edge.reader(self.peer, request.headers());
        let mut request: Routed = request.map(Body::new);
        request.extensions_mut().insert(reader);
        // Boxed, so that a ready page's future stays small.
        Answer::Routed(Box::pin(self.router.clone().oneshot(request)))
    }
}

type Handled = Pin<Box<dyn Future<Output = Result<axum::response::Response, Infallible>> + Send>>;

/// A reply that is there, or on its way.
pub enum Answer {
    Ready(Option<Response<FrontBody>>),
    Routed(Handled),
}

impl Future for Answer {
    type Output = Result<Response<FrontBody>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Answer::Ready(reply) => {
                Poll::Ready(Ok(reply.take().expect("a future is polled once to its end")))
            }
            Answer::Routed(handled) => handled.as_mut().poll(cx).map_ok(|reply| reply.map(Either::Right)),
        }
    }
}
