//! Commands and their arguments.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// An online newspaper in one program.
#[derive(Parser, Debug)]
#[command(name = "dateline", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serve the paper
    Serve(Serve),
    /// Take in stories from files and folders
    Import(Import),
    /// Write everything into a folder of plain files
    Export(Export),
    /// Copy a paper, also a running one, into one file
    Backup(Backup),
    /// Make a data directory of such a copy
    Restore(Restore),
    /// Check that everything stored is whole, or that a file is well-formed
    Check(Check),
    /// Count reports, rulings and appeals of a time, as CSV
    Transparency(Transparency),
    /// Accounts of those who work here
    #[command(subcommand)]
    Staff(StaffAct),
    /// Keys for programs
    #[command(subcommand)]
    Token(TokenAct),
    /// Other sites whose pages are discussed here
    #[command(subcommand)]
    Site(SiteAct),
    /// Programs elsewhere that are told what happens
    #[command(subcommand)]
    Webhook(WebhookAct),
    /// Fill an empty data directory with made-up stories and comments, for benches
    #[command(hide = true)]
    Generate(Generate),
}

/// Where the paper is: on every command.
#[derive(Args, Debug, Clone)]
pub struct Data {
    /// The data directory
    #[arg(long, value_name = "DIR", env = "DATELINE_DATA", default_value = "./dateline-data")]
    pub data: PathBuf,
}

#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    pub data: Data,
    /// Address and port, 127.0.0.1:8080 unless configured
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// postgres://… instead of SQLite in the data directory
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Fill an empty paper with demo stories, photos and comments
    #[arg(long)]
    pub demo: bool,
}

#[derive(Args, Debug)]
pub struct Import {
    #[command(flatten)]
    pub data: Data,
    /// Read all files as this format instead of recognising it
    #[arg(long, value_name = "NAME")]
    pub format: Option<String>,
    /// Bring threads of pages that are no stories here in as pages of this site (`dateline site list`)
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// Read addresses that begin with FROM as if they began with TO; the first that fits counts
    #[arg(long, value_name = "FROM=TO")]
    pub map: Vec<String>,
    /// Publish what has never been published
    #[arg(long)]
    pub publish: bool,
    /// Say what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the result as one JSON object
    #[arg(long)]
    pub json: bool,
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Export {
    #[command(flatten)]
    pub data: Data,
    /// Write the keys, too: password digests, tokens, what signs receipts and webhooks
    #[arg(long)]
    pub with_keys: bool,
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
}

#[derive(Args, Debug)]
pub struct Backup {
    #[command(flatten)]
    pub data: Data,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Args, Debug)]
pub struct Restore {
    #[command(flatten)]
    pub data: Data,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Args, Debug)]
pub struct Transparency {
    #[command(flatten)]
    pub data: Data,
    /// The first day, 2026-01-01; without it a year before the end
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// The day after the last; without it now
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// A page to be put online instead of CSV
    #[arg(long)]
    pub html: bool,
    /// Make it public as well: it stands at /transparency then
    #[arg(long)]
    pub publish: bool,
}

#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    pub data: Data,
    /// Make the search index anew first
    #[arg(long, conflicts_with = "file")]
    pub rebuild_index: bool,
    /// Check this file instead of the data directory
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Generate {
    #[command(flatten)]
    pub data: Data,
    #[arg(long, value_name = "N")]
    pub stories: u32,
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub comments: u32,
}

#[derive(Subcommand, Debug)]
pub enum StaffAct {
    /// Make an account, or change its role and password; the password is read from standard input
    Add(Staff),
    /// All accounts
    List(Data),
    /// End an account's sessions and let it sign in no more
    Disable {
        #[command(flatten)]
        data: Data,
        name: String,
    },
    /// Remove all passkeys of an account and end its sessions; its password opens it again
    DropPasskeys {
        #[command(flatten)]
        data: Data,
        name: String,
    },
}

#[derive(Args, Debug)]
pub struct Staff {
    #[command(flatten)]
    pub data: Data,
    pub name: String,
    #[arg(long, value_enum, default_value = "editor")]
    pub role: Role,
}

#[derive(Subcommand, Debug)]
pub enum TokenAct {
    /// Make a token and print it, once
    Add(Token),
    /// All tokens, by name
    List(Data),
    /// Make a token worthless
    Revoke {
        #[command(flatten)]
        data: Data,
        name: String,
    },
}

#[derive(Args, Debug)]
pub struct Token {
    #[command(flatten)]
    pub data: Data,
    pub name: String,
    #[arg(long, value_enum)]
    pub scope: Scope,
}

#[derive(Subcommand, Debug)]
pub enum SiteAct {
    /// Add a site and print its key
    Add(SiteSettings),
    /// Change what a site has set; what is not given stays
    Set(SiteSettings),
    /// All sites, with their keys, modes, origins and what each has set for itself
    List(Data),
    /// Keys by which a site vouches for its readers
    #[command(subcommand)]
    Key(SiteKeyAct),
    /// Remove a site: its key is worthless, its discussions are closed
    Remove {
        #[command(flatten)]
        data: Data,
        name: String,
    },
}

#[derive(Subcommand, Debug)]
pub enum SiteKeyAct {
    /// Make a shared secret and print it, once; or take a public key
    Add {
        #[command(flatten)]
        data: Data,
        /// The site
        name: String,
        /// How tokens name the key (`kid`)
        kid: String,
        /// A public key as PEM (RSA, P-256 or Ed25519) instead of a shared secret
        #[arg(long, value_name = "FILE")]
        public: Option<PathBuf>,
    },
    /// A site's keys: name, way of signing, since when, until when
    List {
        #[command(flatten)]
        data: Data,
        name: String,
    },
    /// Let a key vouch for nobody any more
    End {
        #[command(flatten)]
        data: Data,
        name: String,
        kid: String,
        /// Hours for which it is still good
        #[arg(long, value_name = "HOURS", default_value_t = 0)]
        hours: u32,
    },
}

#[derive(Args, Debug)]
pub struct SiteSettings {
    #[command(flatten)]
    pub data: Data,
    pub name: String,
    /// Where its pages are, https://blog.example; may be given several times
    #[arg(long, value_name = "ORIGIN")]
    pub origin: Vec<String>,
    /// How a new discussion begins: at-once, open, new-held, slow, held-first or closed
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,
    /// In which its writers are spoken to where their page says none: en, de, ru, es or zh; `paper` for the paper's
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// From which risk on its comments are held, 0 to 1; `paper` as discussion.hold_at has it
    #[arg(long, value_name = "RISK")]
    pub hold_at: Option<String>,
    /// Days after which a discussion of its pages closes, 0 for never; `paper` as discussion.closes_after_days has it
    #[arg(long, value_name = "DAYS")]
    pub closes_after_days: Option<String>,
    /// How many comments of a writer are read first; `paper` as discussion.first_held has it
    #[arg(long, value_name = "COMMENTS")]
    pub first_held: Option<String>,
}

#[derive(Subcommand, Debug)]
pub enum WebhookAct {
    /// Tell an address what happens; its signing key is printed, once
    Add {
        #[command(flatten)]
        data: Data,
        /// https://…
        url: String,
        /// What it is told of, commas between; without it everything
        #[arg(long, value_name = "EVENT", value_delimiter = ',')]
        event: Vec<String>,
    },
    /// All webhooks: number, address, events, since when
    List(Data),
    /// Tell an address nothing any more
    Remove {
        #[command(flatten)]
        data: Data,
        /// As `webhook list` prints it
        number: i64,
    },
    /// Give a webhook a new key, printed once; the old one signs beside it for a time
    Rotate {
        #[command(flatten)]
        data: Data,
        /// As `webhook list` prints it
        number: i64,
        /// Hours for which both keys sign
        #[arg(long, value_name = "HOURS", default_value_t = 24)]
        both: u32,
    },
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Role {
    Admin,
    Editor,
    Reporter,
    Moderator,
}

impl From<Role> for newsroom::staff::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Editor => Self::Editor,
            Role::Reporter => Self::Reporter,
            Role::Moderator => Self::Moderator,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Scope {
    Wire,
    Read,
    Moderate,
    Admin,
}

impl From<Scope> for newsroom::staff::Scope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Wire => Self::Wire,
            Scope::Read => Self::Read,
            Scope::Moderate => Self::Moderate,
            Scope::Admin => Self::Admin,
        }
    }
}
