//! What every handler can reach: made once when serving begins, shared by all threads.

use crate::{
    clock,
    config::Config,
    edge::{Edge, Flood},
    failure::Failure,
    http::security,
    observe::{Figures, Health},
    problem::{self, Problem},
    ready::{ReadyPages, Settings},
};
use axum::http::HeaderMap;
use newsroom::paper::Paper;
use std::sync::Arc;

/// Makes the page of a fault.
pub type ErrorPage = Box<dyn Fn(&Problem) -> String + Send + Sync>;

/// How the paper looks, as far as the serving side must know.
pub struct Face {
    /// The text of each inline `<style>` block that pages carry: the content policy allows these and no other.
    pub styles: Vec<String>,
    pub error_page: ErrorPage,
}

impl Default for Face {
    fn default() -> Face {
        Face { styles: Vec::new(), error_page: Box::new(problem::plain_page) }
    }
}

pub struct App {
    pub config: Config,
    pub paper: Paper,
    pub ready: Arc<ReadyPages>,
    pub edge: Edge,
    /// Comments, by print.
    pub comments: Flood,
    /// Sign-in tries, by print.
    pub sign_ins: Flood,
    pub figures: Figures,
    pub health: Health,
    pub error_page: ErrorPage,
    /// On every reply that does not set its own.
    pub security: HeaderMap,
}

/// The state of the router.
pub type AppState = Arc<App>;

/// Acts remembered for flood limits; some 50 bytes each.
const REMEMBERED: usize = 200_000;

impl App {
    pub fn new(config: Config, paper: Paper, face: Face) -> Result<App, Failure> {
        let security = security::headers(&face.styles, paper.address.starts_with("https://"));
        let ready = Arc::new(ReadyPages::new(Settings {
            most_bytes: config.limits.cache_bytes,
            base: security.clone(),
            clock: clock::now,
        }));
        let edge = Edge::new(config.proxy.trusted.clone())
            .map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
        Ok(App {
            figures: Figures::new(ready.clone()),
            health: Health::default(),
            comments: Flood::new(REMEMBERED),
            sign_ins: Flood::new(REMEMBERED / 4),
            error_page: face.error_page,
            config,
            paper,
            ready,
            edge,
            security,
        })
    }
}
