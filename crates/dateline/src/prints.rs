//! By what the paper knows an address again that it does not keep: prints under the key of a day, destroyed after
//! some days, and prints under the key of bans, for as long as a moderator's ban runs.

use crate::{app::App, edge::ReaderAddress, problem::Fault};
use hmac::{Hmac, KeyInit, Mac};
use newsroom::{
    Millis,
    discussion::{CommentId, Reach, print_key},
};
use sha2::Sha256;
use std::sync::{Arc, PoisonError, RwLock};
use store::comment::{Prints, Whence};

type Key = Hmac<Sha256>;

/// The keys, in memory: the hot path asks no database for them.
pub struct PrintKeys {
    bans: Key,
    /// Those that live, the newest first.
    days: RwLock<Arc<Vec<(i64, Key)>>>,
    /// Days for which a key lives.
    kept: i64,
}

/// One reader's, for one request.
pub struct Reader {
    address: ReaderAddress,
    days: Arc<Vec<(i64, Key)>>,
    pub today: Whence,
    /// Under the key of bans: address, network, wide.
    pub bans: [i64; 3],
}

fn key(bytes: &[u8]) -> Key {
    Key::new_from_slice(bytes).expect("HMAC takes keys of any length")
}

impl PrintKeys {
    pub fn new(bans: &[u8], kept: i64) -> PrintKeys {
        PrintKeys { bans: key(bans), days: RwLock::default(), kept }
    }

    async fn days(&self, app: &App, now: Millis) -> Result<Arc<Vec<(i64, Key)>>, Fault> {
        let today = print_key::day(now);
        let days = self.days.read().unwrap_or_else(PoisonError::into_inner).clone();
        if days.first().is_some_and(|(day, _)| *day == today) {
            return Ok(days);
        }
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh).map_err(Fault::broken)?;
        let stored = app.store.print_keys(print_key::first_kept(now, self.kept), today, fresh).await?;
        let days: Arc<Vec<_>> = Arc::new(stored.into_iter().map(|(day, bytes)| (day, key(&bytes))).collect());
        *self.days.write().unwrap_or_else(PoisonError::into_inner) = days.clone();
        Ok(days)
    }

    /// The first day whose key still lives.
    pub fn first_kept(&self, now: Millis) -> i64 {
        print_key::first_kept(now, self.kept)
    }

    /// Until when the prints of a comment of that moment can be compared.
    pub fn ends(&self, made: Millis) -> Millis {
        print_key::ends(made, self.kept)
    }

    /// Forgets the keys of the days before, here where no comment comes that would.
    pub fn forget(&self, before: i64) {
        let mut days = self.days.write().unwrap_or_else(PoisonError::into_inner);
        if days.iter().any(|(day, _)| *day < before) {
            *days = Arc::new(days.iter().filter(|(day, _)| *day >= before).cloned().collect());
        }
    }

    pub async fn of(&self, app: &App, address: ReaderAddress, now: Millis) -> Result<Reader, Fault> {
        let days = self.days(app, now).await?;
        let (day, today) = days.first().ok_or_else(|| Fault::broken("there is no key for today"))?;
        let today = whence(address, *day, today);
        let bans = Reach::ALL.map(|reach| address.print(&self.bans, reach));
        Ok(Reader { address, days, today, bans })
    }

    /// The print under the key of bans that was sealed beside that comment; `None` where its day's key is gone.
    pub async fn opened(
        &self,
        app: &App,
        id: CommentId,
        prints: &Prints,
        reach: Reach,
        now: Millis,
    ) -> Result<Option<i64>, Fault> {
        let days = self.days(app, now).await?;
        let day = days.iter().find(|(day, _)| *day == prints.from.day && *day >= self.first_kept(now));
        let [wide, network, address] = prints.sealed;
        Ok(day.map(|(_, key)| {
            let [over_wide, over_network, over_address] = seals(key, id);
            match reach {
                Reach::Wide => wide ^ over_wide,
                Reach::Network => network ^ over_network,
                Reach::Address => address ^ over_address,
            }
        }))
    }
}

impl Reader {
    /// What is kept beside a comment of this number.
    pub fn beside(&self, id: CommentId) -> Prints {
        let [address, network, wide] = self.bans;
        let over = self.days.first().map_or([0; 3], |(_, key)| seals(key, id));
        Prints { from: self.today, sealed: [wide ^ over[0], network ^ over[1], address ^ over[2]] }
    }

    /// Of the network around under each key that lives, the newest first; for that purpose alone.
    pub fn networks_for(&self, purpose: &str) -> Vec<String> {
        self.days.iter().map(|(_, key)| self.address.network_for(purpose, key)).collect()
    }

    /// Today's prints and yesterday's.
    pub fn two_days(&self) -> [Whence; 2] {
        let yesterday = self.days.iter().find(|(day, _)| *day == self.today.day - 1);
        let none = Whence { day: -1, wide: 0, network: 0, address: 0 };
        [self.today, yesterday.map_or(none, |(day, key)| whence(self.address, *day, key))]
    }
}

fn whence(address: ReaderAddress, day: i64, key: &Key) -> Whence {
    let [near, network, wide] = Reach::ALL.map(|reach| address.print(key, reach));
    Whence { day, wide, network, address: near }
}

/// What lies over the three prints beside a comment: chance to whoever has not the key.
fn seals(key: &Key, id: CommentId) -> [i64; 3] {
    let mut mac = key.clone();
    mac.update(b"seal");
    mac.update(&id.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    std::array::from_fn(|n| {
        i64::from_be_bytes(digest[n * 8..n * 8 + 8].try_into().expect("SHA-256 has 32 bytes"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_with_the_day_and_opened_by_it_alone() {
        let address = ReaderAddress::new("192.0.2.7".parse().unwrap());
        let (day, other, bans) = (key(b"day"), key(b"other"), key(b"bans"));
        let reader = Reader {
            address,
            days: Arc::new(vec![(9, day.clone())]),
            today: whence(address, 9, &day),
            bans: Reach::ALL.map(|reach| address.print(&bans, reach)),
        };
        let [seven, eight] = [reader.beside(7), reader.beside(8)];
        assert_eq!(seven.from, eight.from, "the same address on the same day");
        for (n, want) in reader.bans.iter().rev().enumerate() {
            assert_eq!(seven.sealed[n] ^ seals(&day, 7)[n], *want);
            assert_ne!(seven.sealed[n] ^ seals(&other, 7)[n], *want);
            assert_ne!(seven.sealed[n], eight.sealed[n], "two comments of one address do not look alike");
        }
        assert_eq!(reader.two_days()[1].day, -1, "no key of yesterday");
    }
}
