//! Months with published stories, kept beside every change, so that a sitemap never counts the archive.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{
    Millis,
    story::{Status, Story},
};

/// A month that has stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `2013-03`
    pub month: String,
    pub stories: u32,
    pub changed_at: Millis,
}

pub(super) fn count(old: Option<&Story>, new: &Story, now: Millis) -> Write {
    let listed = |s: &Story| s.status == Status::Published;
    let more = i64::from(listed(new)) - i64::from(old.is_some_and(listed));
    let mut write = Write::new();
    if let Some(address) = &new.address
        && (more != 0 || listed(new))
    {
        let month = address.day.to_string().chars().take(7).collect::<String>();
        write.step(
            "INSERT INTO sitemap_month (month, stories, changed_at) VALUES ($1, $2, $3) \
             ON CONFLICT (month) DO UPDATE SET stories = sitemap_month.stories + excluded.stories, \
             changed_at = excluded.changed_at",
            args![month, more, now],
        );
    }
    write
}

impl Store {
    /// The latest first.
    pub async fn sitemap_months(&self) -> Result<Vec<Month>> {
        self.all(
            "SELECT month, stories, changed_at FROM sitemap_month WHERE stories > 0 ORDER BY month DESC",
            &[],
            |row| Ok(Month { month: row.text(0)?, stories: row.count(1)?, changed_at: row.moment(2)? }),
        )
        .await
    }
}
