//! The readers' pages: each rendered once, kept until what it shows changes.

mod account;
mod assets;
mod day;
mod feeds;
mod front;
mod house_rules;
mod lists;
mod live;
mod media;
mod outside;
pub mod path;
mod rulings;
mod search;
mod sitemaps;
pub mod spelling;
pub mod story;
pub mod talk;
mod talk_feeds;
pub mod thread;

use crate::app::AppState;
use axum::{Router, routing::get};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(front::front))
        .route("/section/{slug}", get(lists::section))
        .route("/section/{slug}/comments.xml", get(talk_feeds::section))
        .route("/section/{slug}/{feed}", get(feeds::of_section))
        .route("/topic/{slug}", get(lists::topic))
        .route("/author/{slug}", get(lists::author))
        .route("/author/{slug}/comments.xml", get(talk_feeds::author))
        .route("/comments.xml", get(talk_feeds::paper))
        .route("/transparency", get(account::latest))
        .route("/transparency/{which}", get(account::one))
        .route("/discussion-rules", get(house_rules::now))
        .route("/discussion-rules/{id}", get(house_rules::then))
        .route("/search", get(search::search))
        .route("/feed.xml", get(feeds::rss))
        .route("/atom.xml", get(feeds::atom))
        .route("/feed.json", get(feeds::json))
        .route("/sitemap.xml", get(sitemaps::index))
        .route("/sitemap/{part}", get(sitemaps::part))
        .route("/news-sitemap.xml", get(sitemaps::news))
        .route("/robots.txt", get(sitemaps::robots))
        .route("/favicon.svg", get(assets::favicon))
        .route("/favicon.ico", get(assets::old_favicon))
        .route("/assets/{name}", get(assets::asset))
        .route("/media/{name}", get(media::photo))
        .route("/{year}/{month}/{day}", get(day::day))
        .route("/{year}/{month}/{day}/{slug}", get(story::story))
        .route("/{year}/{month}/{day}/{slug}/comments.xml", get(talk_feeds::discussion))
        .route("/{year}/{month}/{day}/{slug}/live", get(live::live))
        .route("/{year}/{month}/{day}/{slug}/rulings", get(rulings::rulings))
        .route("/{year}/{month}/{day}/{slug}/comments/{id}", get(thread::thread))
        .route("/{year}/{month}/{day}/{slug}/comments/{id}/reply", get(thread::reply))
}
