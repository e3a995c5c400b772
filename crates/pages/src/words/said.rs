//! What is told of a comment: how its discussion stands, what was decided, what became of a report.

use super::{Words, fill};
use newsroom::discussion::{Openness, Order, Voucher};

impl Words {
    /// How a discussion takes comments; empty where it simply does.
    pub(crate) fn openness(&self, openness: Openness) -> &'static str {
        match openness {
            Openness::Open => "",
            Openness::Slow => self.slowed,
            Openness::NewHeld => self.new_read_first,
            Openness::HeldByAge => self.old_story,
            Openness::HeldFirst => self.read_first,
            Openness::Closed => self.closed,
            Openness::ClosedByAge => self.closed_by_age,
        }
    }

    pub(crate) fn order(&self, order: Order) -> &'static str {
        match order {
            Order::Newest => self.newest,
            Order::Oldest => self.oldest,
            Order::Discussed => self.discussed,
            Order::Valued => self.valued,
        }
    }

    /// Beside the writer's name.
    pub(crate) fn badge(&self, voucher: Voucher) -> &'static str {
        match voucher {
            Voucher::Mail => self.address_confirmed,
            Voucher::Account => self.account,
            Voucher::Site => self.signed_in,
        }
    }

    /// A session's browser, which is kept in English.
    pub fn browser(&self, kept: &str) -> String {
        let holder = self.holder();
        match kept.split_once(" on ") {
            Some(("a browser", system)) => fill(holder.browser_some, &[("system", system)]),
            Some((browser, system)) => fill(holder.browser_on, &[("browser", browser), ("system", system)]),
            None if kept == "an unknown browser" => holder.browser_unknown.into(),
            None => kept.into(),
        }
    }

    /// What became of a report, by the word of the ruling.
    pub fn outcome(&self, ruling: &str) -> &'static str {
        match ruling {
            "remove" => self.outcome_removed,
            "withdrawn" => self.outcome_withdrawn,
            "cut" => self.outcome_cut,
            "warn" => self.outcome_warned,
            _ => self.outcome_left,
        }
    }
}
