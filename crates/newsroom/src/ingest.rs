//! The desk takes an item in: is it new, a newer version, a kill, or nothing new?

use crate::{
    Millis,
    item::{Item, PubStatus},
    story::Status,
};

/// What the desk already has of the same uri.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub version: i64,
    pub digest: String,
    pub status: Status,
}

/// What becomes of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingest {
    /// Into the inbox.
    New,
    /// A newer version of a draft: the draft is brought up to date.
    Update,
    /// A newer version of a published story: it is brought up to date, and readers are told.
    Correction,
    /// Withdraw what was published.
    Kill,
    /// Throw away what was not published yet.
    Spike,
    /// Nothing that the desk does not have already.
    Duplicate,
    /// An older version than the desk has.
    Stale,
    /// Kept at the desk, not to be published before the embargo ends or the sender says so.
    Withheld,
}

/// Decides what becomes of an item, by what is known of its uri and the time.
pub fn ingest(item: &Item, known: Option<&Known>, now: Millis) -> Ingest {
    let Some(known) = known else {
        return match item.pub_status {
            // A kill of what we never had leaves a mark, so that a late first version is not published.
            PubStatus::Canceled => Ingest::Spike,
            PubStatus::Withheld => Ingest::Withheld,
            PubStatus::Usable if item.embargo_until.is_some_and(|until| until > now) => Ingest::Withheld,
            PubStatus::Usable => Ingest::New,
        };
    };
    if item.source.digest == known.digest {
        return Ingest::Duplicate;
    }
    // A kill that names no version is meant for whatever version there is.
    let unversioned_kill = item.pub_status == PubStatus::Canceled && item.source.version == 0;
    if item.source.version < known.version && !unversioned_kill {
        return Ingest::Stale;
    }
    match (item.pub_status, known.status) {
        (PubStatus::Canceled, Status::Published) => Ingest::Kill,
        (PubStatus::Canceled, Status::Draft | Status::Scheduled) => Ingest::Spike,
        // A kill is final: no later version brings it back by itself.
        (_, Status::Killed | Status::Outside) | (PubStatus::Canceled, Status::Spiked) => Ingest::Duplicate,
        (PubStatus::Withheld, Status::Published) => Ingest::Kill,
        (PubStatus::Withheld, _) => Ingest::Withheld,
        (PubStatus::Usable, Status::Published) => Ingest::Correction,
        (PubStatus::Usable, Status::Spiked) => Ingest::Duplicate,
        (PubStatus::Usable, Status::Draft | Status::Scheduled) => Ingest::Update,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ednote::EdNote, item::Source, slug::Slugline, story::Copy};

    fn item(version: i64, digest: &str, pub_status: PubStatus) -> Item {
        Item {
            source: Source { uri: "urn:x:1".into(), version, digest: digest.into() },
            copy: Copy::default(),
            pub_status,
            embargo_until: None,
            urgency: 0,
            slugline: Slugline::default(),
            ednote: EdNote::default(),
            usage_terms: String::new(),
            photos: vec![],
            published_at: None,
            archive: false,
            comments: vec![],
            comments_said: None,
            notes: vec![],
        }
    }

    #[test]
    fn a_life_by_wire() {
        use Ingest::*;
        use PubStatus::{Canceled, Usable};
        let known = |version, digest: &str, status| Some(Known { version, digest: digest.into(), status });
        for (it, k, want) in [
            (item(1, "a", Usable), None, New),
            (item(1, "a", Usable), known(1, "a", Status::Draft), Duplicate),
            (item(2, "b", Usable), known(1, "a", Status::Draft), Update),
            (item(2, "b", Usable), known(1, "a", Status::Published), Correction),
            (item(1, "a", Usable), known(2, "b", Status::Published), Stale),
            (item(3, "c", Canceled), known(2, "b", Status::Published), Kill),
            (item(3, "c", Canceled), known(2, "b", Status::Draft), Spike),
            (item(0, "c", Canceled), known(2, "b", Status::Published), Kill),
            (item(4, "d", Usable), known(3, "c", Status::Killed), Duplicate),
            (item(1, "a", Canceled), None, Spike),
            (item(1, "a", PubStatus::Withheld), None, Ingest::Withheld),
        ] {
            assert_eq!(ingest(&it, k.as_ref(), Millis(0)), want, "{it:?} {k:?}");
        }
        let mut embargoed = item(1, "a", Usable);
        embargoed.embargo_until = Some(Millis(10));
        assert_eq!(ingest(&embargoed, None, Millis(9)), Ingest::Withheld);
        assert_eq!(ingest(&embargoed, None, Millis(10)), New);
    }
}
