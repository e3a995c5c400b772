//! The command line: what is promised outside, to the letter.

mod args;
mod beside;
mod check;
mod copy;
mod export;
mod generate;
mod import;
mod progress;
mod serve;
mod site;
mod site_key;
mod staff;
mod token;
mod transparency;
mod webhook;

pub use args::{
    Backup, Check, Cli, Command, Export, Generate, Import, Restore, Role, Scope, Serve, SiteAct,
    SiteSettings, Staff, StaffAct, Token, TokenAct, Transparency, WebhookAct,
};

use crate::{config, failure::Failure};
use clap::{CommandFactory, FromArgMatches};

/// Runs what the command line asks for; the process's exit code: 0 done, 1 failed, 2 wrong usage.
pub fn run() -> i32 {
    let command = Cli::command().after_long_help(config::help());
    let cli = match command.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(said) => {
            // Help and version go to stdout and are no error.
            let _ = said.print();
            return said.exit_code();
        }
    };
    match act(cli.command) {
        Ok(()) => 0,
        Err(failure) => {
            eprintln!("dateline: {failure}");
            1
        }
    }
}

fn act(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(args) => serve::run(args),
        Command::Staff(act) => staff::run(act),
        Command::Token(act) => token::run(act),
        Command::Site(act) => site::run(act),
        Command::Webhook(act) => webhook::run(act),
        Command::Import(args) => import::run(args),
        Command::Export(args) => export::run(args),
        Command::Backup(args) => copy::backup(args),
        Command::Restore(args) => copy::restore(args),
        Command::Check(args) => check::run(args),
        Command::Transparency(args) => transparency::run(args),
        Command::Generate(args) => generate::run(args),
    }
}
