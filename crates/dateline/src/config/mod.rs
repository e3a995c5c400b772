//! The configuration: flags over `DATELINE_*` variables over `dateline.toml` in the data directory.

mod reference;
mod sources;
mod table;
mod value;

pub use reference::{help, reference};
pub use sources::{BadConfig, Sources, variable};
pub use table::{
    Config, Database, Discussion, Identity, KNOWN, Known, Letters, Limits, Listen, Log, Metrics,
    PaperSettings, Proxy, Scorer, StaffSettings, Webhooks,
};
pub use value::LetterServer;

use newsroom::{Zone, clock, discussion::Policy, paper::Paper, section::Section};

impl Config {
    /// The discussions' rules as `newsroom` wants them.
    pub fn policy(&self) -> Policy {
        let d = &self.discussion;
        Policy {
            longest_name: d.longest_name,
            longest_text: d.longest_text,
            most_lines: d.most_lines,
            most_links: d.most_links,
            links_held_above: d.links_held_above,
            most_per_minute: d.most_per_minute as u32,
            most_per_hour: d.most_per_hour as u32,
            most_per_day: d.most_per_day as u32,
            network_times: d.network_times as u32,
            wide_times: d.wide_times as u32,
            proof_of_work: d.proof_of_work,
            duplicate_within: d.duplicate_hours as i64 * clock::HOUR,
            closes_after: (d.closes_after_days > 0).then(|| d.closes_after_days as i64 * clock::DAY),
            held_after: (d.held_after_days > 0).then(|| d.held_after_days as i64 * clock::DAY),
            first_held: d.first_held as u32,
            slow_wait: d.slow_minutes as i64 * clock::MINUTE,
            edit_within: d.edit_minutes as i64 * clock::MINUTE,
            reports_hold: d.reports_hold as u32,
            reports_within: (d.reports_hours > 0).then(|| d.reports_hours as i64 * clock::HOUR),
            hold_at: d.hold_at,
            letters: self.letters.smtp.is_some(),
            accounts: self.letters.smtp.is_some()
                || !self.identity.providers.is_empty()
                || self.identity.passkeys,
            limits_off: !d.limits,
        }
    }

    /// The paper as its pages know it; `listening` stands in for a public address that was not given.
    pub fn paper(&self, listening: std::net::SocketAddr) -> Paper {
        let p = &self.paper;
        Paper {
            name: p.name.clone(),
            tagline: p.tagline.clone(),
            language: p.language.clone(),
            zone: Zone::named(&p.zone).unwrap_or_default(),
            address: p.address.clone().unwrap_or_else(|| format!("http://{listening}")),
            sections: p.sections.iter().map(|name| Section::named(name)).collect(),
            networks: p.networks,
            contact: p.contact.clone(),
        }
    }
}
