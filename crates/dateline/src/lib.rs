//! The paper in one program: configuration, command line, the serving front, and what binds the other
//! crates together. A library, so that tests and benches can drive it in process.

pub mod app;
mod appeals;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod discussion_rules;
pub mod edge;
pub mod failure;
pub mod front;
pub mod house;
pub mod http;
pub mod intake;
pub mod jobs;
pub mod letters;
mod live;
pub mod media;
pub mod observe;
mod outside;
pub mod passkey;
pub mod prints;
pub mod problem;
pub mod readers;
pub mod ready;
pub mod receipts;
pub mod reports;
pub mod scorer;
pub mod screening;
pub mod serve;
pub mod staff;
pub mod webhook;
pub mod work;
