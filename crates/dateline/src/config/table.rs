//! The one table of every option: its key, type, default, check and sentence. Parsing, `--help` and
//! `docs/configuration.md` are all made from it.

use super::value::*;
use ipnet::IpNet;
use newsroom::{
    discussion::{Label, Mode, suspicion::Asked},
    paper::NetworkDisplay,
    passkey::Passkeys,
};
use std::net::SocketAddr;

/// One line of the table.
pub struct Known {
    /// As in `dateline.toml`: `paper.name`.
    pub key: &'static str,
    /// In the same form as in the environment.
    pub default: &'static str,
    pub about: &'static str,
    pub set: fn(&mut Config, &str) -> Result<(), String>,
}

macro_rules! options {
    ($( $(#[$about:meta])* $area:ident: $Area:ident {
        $( $key:literal $field:ident: $ty:ty = $default:literal, $read:expr, $doc:literal; )*
    } )*) => {
        $( $(#[$about])*
        #[derive(Clone, Debug)]
        pub struct $Area { $( #[doc = $doc] pub $field: $ty, )* } )*

        /// All options, an area each.
        #[derive(Clone, Debug)]
        pub struct Config { $( pub $area: $Area, )* }

        impl Default for Config {
            fn default() -> Config {
                Config { $( $area: $Area { $(
                    $field: $read($default).expect("a default passes its own check; a test reads them all"),
                )* }, )* }
            }
        }

        /// Every option there is, in the order of the reference page.
        pub static KNOWN: &[Known] = &[ $( $( Known {
            key: $key,
            default: $default,
            about: $doc,
            set: |config, text| { config.$area.$field = $read(text)?; Ok(()) },
        }, )* )* ];
    };
}

options! {
    /// Where the paper listens and keeps its data.
    listen: Listen {
        "listen" address: SocketAddr = "127.0.0.1:8080", address,
            "Address and port that readers are served on; port 0 takes a free one.";
        "workers" workers: usize = "0", |t| whole(t, 0, 256),
            "Serving threads, each with a listener of its own; 0 means one for each processor.";
    }
    /// Where everything is stored.
    database: Database {
        "database" url: Option<String> = "", database,
            "PostgreSQL address, `postgres://user:password@host/name`; empty means SQLite inside the data directory.";
    }
    /// What the masthead and the readers need to know of the paper.
    paper: PaperSettings {
        "paper.name" name: String = "The Daily Dateline", |t| text(t, 1, 80), "Name on the masthead.";
        "paper.tagline" tagline: String = "", |t| text(t, 0, 140), "One line under the name.";
        "paper.language" language: String = "en", language,
            "Language of the paper's own words, as a BCP 47 tag: `en`, `ru`, `zh-Hans`.";
        "paper.zone" zone: String = "UTC", zone,
            "Time zone in which the paper's days begin, by its IANA name: `Europe/Berlin`.";
        "paper.address" address: Option<String> = "", site,
            "Public address without a trailing slash, `https://courier.example`; empty means the listening address.";
        "paper.networks" networks: NetworkDisplay = "mask", networks,
            "Whether readers see the network a comment came from: `mask` or `nothing`.";
        "paper.contact" contact: String = "", |t| text(t, 0, 300),
            "Whom readers write to about the discussion, as they read it in its rules: `desk@courier.example`.";
        "paper.authorities" authorities: String = "", |t| text(t, 0, 300),
            "Whom authorities write to, and in which languages, as it stands in the rules: `law@courier.example, in English or German`.";
        "paper.sections" sections: Vec<String> = "News, World, Business, Culture, Sport", |t| list(t, 40, 60),
            "Sections in the order of the navigation.";
    }
    /// How the paper's own people come in.
    staff: StaffSettings {
        "staff.passkeys" passkeys: Passkeys = "offered", passkeys,
            "`offered`: passwords open the desk, and passkeys for whoever has one; `required`: a password leads to adding a passkey and to nothing else.";
    }
    /// Limits of the discussions, see `newsroom::discussion::Policy`.
    discussion: Discussion {
        "discussion.mode" mode: Mode = "open", mode,
            "How a new story's discussion begins: `at-once`, `open` (held when risky), `new-held` (a writer's first wait), `slow`, `held-first` or `closed`.";
        "discussion.sections" sections: Vec<(String, Mode)> = "", modes,
            "How it begins in some sections instead, by their part of the address: `sport = closed, opinion = held-first`.";
        "discussion.slow_minutes" slow_minutes: usize = "5", |t| whole(t, 1, 59),
            "Minutes between two comments of one address in a slowed discussion.";
        "discussion.first_held" first_held: usize = "0", |t| whole(t, 0, 100),
            "So many of a writer's comments (name and network) must have been shown before the next is shown at once; 0 asks for none.";
        "discussion.held_after_days" held_after_days: usize = "0", |t| whole(t, 0, 36_500),
            "Days after publication from which each comment waits for a moderator; 0 means never.";
        "discussion.longest_name" longest_name: usize = "60", |t| whole(t, 1, 200), "Longest name, in characters.";
        "discussion.longest_text" longest_text: usize = "5000", |t| whole(t, 1, 100_000), "Longest comment, in characters.";
        "discussion.most_lines" most_lines: usize = "120", |t| whole(t, 1, 10_000), "Most lines in a comment.";
        "discussion.most_links" most_links: usize = "10", |t| whole(t, 0, 1000), "A comment with more links is refused.";
        "discussion.links_held_above" links_held_above: usize = "2", |t| whole(t, 0, 1000),
            "A comment with more links than this is held for a moderator.";
        "discussion.most_per_minute" most_per_minute: usize = "6", |t| whole(t, 1, 1000),
            "Comments taken from one address in a minute.";
        "discussion.most_per_hour" most_per_hour: usize = "60", |t| whole(t, 1, 1000),
            "Comments taken from one address in an hour.";
        "discussion.most_per_day" most_per_day: usize = "200", |t| whole(t, 1, 10_000),
            "Comments taken from one address in a day.";
        "discussion.network_times" network_times: usize = "20", |t| whole(t, 1, 10_000),
            "So many times what one address may write, the network around it may (/24, or /56 of IPv6). Above it nothing is refused: a browser is asked for work, and without it the comment is held.";
        "discussion.wide_times" wide_times: usize = "100", |t| whole(t, 1, 10_000),
            "The same of the wide network (/16, or /48 of IPv6).";
        "discussion.proof_of_work" proof_of_work: Asked = "suspicion", asked,
            "Whether browsers are asked for a moment's work before a comment is shown: `never`, on `suspicion`, or `always`. Without it, and without script, the comment is held.";
        "discussion.proof_bits" proof_bits: usize = "18", |t| whole(t, 1, 26),
            "How much work that is; one more doubles it. 18 is half a second on a good telephone.";
        "discussion.print_days" print_days: usize = "7", |t| whole(t, 2, 30),
            "Days after which the key is destroyed under which addresses are known again.";
        "discussion.duplicate_hours" duplicate_hours: usize = "24", |t| whole(t, 0, 8760),
            "The same text under the same story within this many hours is refused as a duplicate.";
        "discussion.closes_after_days" closes_after_days: usize = "30", |t| whole(t, 0, 36_500),
            "Days after publication when a discussion closes by itself; 0 means never.";
        "discussion.edit_minutes" edit_minutes: usize = "15", |t| whole(t, 0, 10_080),
            "Minutes in which whoever wrote a comment may change or withdraw it; 0 means never.";
        "discussion.reports_hold" reports_hold: usize = "3", |t| whole(t, 0, 1000),
            "A comment reported from so many networks (/24, /48 of IPv6) is held until a moderator has ruled; 0 means never.";
        "discussion.screen" screen: bool = "on", switch,
            "`off` lets no comment be looked at by the screen: nothing is held for its risk, and the queue has no order but age.";
        "discussion.reports_hours" reports_hours: usize = "24", |t| whole(t, 0, 8760),
            "A report that no moderator has decided within so many hours is told of in red at the desk, in the moderators' letter and in the figures; 0 means never.";
        "discussion.hold_at" hold_at: f32 = "0.8", share,
            "Risk from which a comment is held for a moderator, between 0 and 1.";
        "discussion.learned_hold_at" learned_hold_at: f32 = "0", share,
            "From this score on a comment is held because the moderators here have removed such ones; 0 leaves it off. See `/desk/screen` first.";
        "discussion.limits" limits: bool = "on", switch,
            "`off` lifts flood limits, the refusal of duplicates and holding. For load tests only: the paper then listens on loopback addresses alone.";
    }
    /// Letters to readers and moderators.
    letters: Letters {
        "letters.smtp" smtp: Option<LetterServer> = "", letter_server,
            "Letter server: `smtp://user@host:587` (TLS begun by STARTTLS, and insisted on where there is a user) or `smtps://user@host:465`; empty means that the paper sends no letters.";
        "letters.password" password: String = "", |t| text(t, 0, 500), "Password of the letter server's user.";
        "letters.from" from: String = "", sender, "Sender of all letters, `Courier <letters@courier.example>`; needed with `letters.smtp`.";
        "letters.seconds" seconds: usize = "20", |t| whole(t, 1, 90),
            "Longest time for handing one letter to the server, in seconds; after it the letter is tried again later.";
        "letters.digest" digest: bool = "off", switch,
            "`on` gathers what a reader follows into one letter a day instead of one for each comment.";
        "letters.hour" hour: usize = "7", |t| whole(t, 0, 23), "Hour of the day, in the paper's zone, of daily letters.";
        "letters.moderators" moderators: Vec<(String, String)> = "", moderators,
            "Who gets a daily letter of what waits, with links that rule: `Ilse <ilse@courier.example>`, the name being that of the account.";
        "letters.keep_days" keep_days: usize = "30", |t| whole(t, 1, 3650),
            "Days after which the record of letters and webhooks is forgotten.";
    }
    /// Ways into a reader's account besides letters.
    identity: Identity {
        "identity.providers" providers: Vec<(String, String)> = "", |t| pairs(t, 300),
            "OpenID Connect providers with which readers sign in, each with a name for addresses and its issuer: `courier = https://id.courier.example`.";
        "identity.clients" clients: Vec<(String, String)> = "", |t| pairs(t, 300),
            "What each provider calls this paper, its client id: `courier = dateline`. It sends readers back to `/account/with/courier/back`.";
        "identity.secrets" secrets: Vec<(String, String)> = "", |t| pairs(t, 500),
            "The client secret of each, where it asks for one: `courier = …`, best given as a variable.";
        "identity.labels" labels: Vec<(String, String)> = "", |t| pairs(t, 40),
            "What readers see of each, on the button and beside names: `courier = Courier ID`; else its name.";
        "identity.passkeys" passkeys: bool = "off", switch,
            "`on` lets readers make an account with a passkey and nothing else: a name, no mail address, no provider. Adding one to an account that is there needs no setting.";
        "identity.seconds" seconds: usize = "10", |t| whole(t, 1, 50),
            "Longest wait for one answer of a provider, in seconds.";
        "identity.allow_inside" allow_inside: bool = "off", switch,
            "`on` lets providers be on the own machine or in a private network, and without TLS.";
    }
    /// Programs that are told what happens.
    webhooks: Webhooks {
        "webhooks.allow_inside" allow_inside: bool = "off", switch,
            "`on` lets webhooks lead to addresses of the own machine and of private networks, and without TLS.";
        "webhooks.seconds" seconds: usize = "10", |t| whole(t, 1, 60),
            "Longest time for one delivery, in seconds; after it the delivery is tried again later.";
    }
    /// An outside scorer, asked after a comment is in; where it is silent the own screen's word stands.
    scorer: Scorer {
        "scorer.url" url: String = "", |t| text(t, 0, 2000),
            "Address that scores comments, in the form of the Perspective API's `comments:analyze`; empty means none. It gets the text alone.";
        "scorer.key" key: String = "", |t| text(t, 0, 500), "Key that goes along as `key=`, best given as a variable.";
        "scorer.attributes" attributes: Vec<(String, Label)> = "TOXICITY=insult, IDENTITY_ATTACK=hate, THREAT=threat, SEXUALLY_EXPLICIT=sexual, SPAM=advertising", attributes,
            "What it is asked for, and which of the paper's own risks each stands for; such a risk holds from `discussion.hold_at` on.";
        "scorer.milliseconds" milliseconds: usize = "2000", |t| whole(t, 50, 60_000),
            "Longest time for one answer, in milliseconds; after it the comment is asked about again later, four times in all.";
        "scorer.allow_inside" allow_inside: bool = "off", switch,
            "`on` lets the scorer be on the own machine or in a private network, and without TLS.";
    }
    /// Servers that the paper speaks to: for letters, webhooks, a scorer.
    outside: Outside {
        "outside.authorities" authorities: String = "", |t| text(t, 0, 4_000),
            "File of certificates (PEM) of authorities that are believed beside the public ones, for servers of your own; read when the paper starts.";
    }
    /// Who may speak for a reader's address.
    proxy: Proxy {
        "proxy.trusted" trusted: Vec<IpNet> = "", cidrs,
            "Networks of your own proxies, `10.0.0.0/8, 2001:db8::/32`; only from these is `X-Forwarded-For` believed.";
    }
    /// Bounds on what one visitor or the cache may take.
    limits: Limits {
        "limits.body_bytes" body_bytes: usize = "1048576", |t| whole(t, 1024, 1 << 30), "Largest form or request body, in bytes.";
        "limits.upload_bytes" upload_bytes: usize = "67108864", |t| whole(t, 1024, 1 << 32),
            "Largest upload of photos or wire items, in bytes.";
        "limits.header_bytes" header_bytes: usize = "16384", |t| whole(t, 8192, 1 << 20), "Largest head of a request, in bytes.";
        "limits.header_milliseconds" header_milliseconds: usize = "15000", |t| whole(t, 50, 600_000),
            "Longest wait for the head of the next request on a connection, in milliseconds.";
        "limits.request_seconds" request_seconds: usize = "60", |t| whole(t, 1, 3600),
            "Longest time for one request with its body, in seconds.";
        "limits.connections" connections: usize = "10000", |t| whole(t, 1, 1_000_000), "Most connections at once.";
        "limits.live" live: usize = "8000", |t| whole(t, 0, 1_000_000),
            "Most readers who are told of new comments while they read, each on a connection that stays open; the rest ask every half minute.";
        "limits.cache_bytes" cache_bytes: usize = "67108864", |t| whole(t, 0, 1 << 40),
            "Memory for ready pages, in bytes.";
    }
    /// What is written about the paper's running, to standard error.
    log: Log {
        "log.format" json: bool = "text", log_json, "`text` for people or `json` for machines.";
        "log.level" level: tracing::Level = "info", level, "`error`, `warn`, `info`, `debug` or `trace`.";
    }
    /// Figures for a monitoring system.
    metrics: Metrics {
        "metrics.listen" listen: Option<SocketAddr> = "", maybe_address,
            "Address and port of `/metrics`, apart from the readers' one; empty means none.";
    }
}
