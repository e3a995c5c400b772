//! The log, chained: each entry's hash covers the one before it, so that nothing can be changed or taken
//! out of the middle unseen. Whoever notes the last seal elsewhere sees a rewritten chain, too.

use crate::{
    Store, args,
    error::{Error, Result},
    log::Entry,
    value::Row,
    write::Write,
};
use sha2::{Digest, Sha256};

/// Up to where the log is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    pub entries: i64,
    /// In hexadecimal; empty where nothing is sealed.
    pub hash: String,
}

/// Entries sealed or read at once.
const AT_ONCE: u32 = 500;
/// On PostgreSQL a lower number may be committed after a higher one; so many numbers back are looked at.
const OVERLAP: i64 = 1_000;

/// Over the seal before and every field, each with its length, so that none can lend to another.
fn hash(before: &str, entry: &Entry) -> String {
    let mut hasher = Sha256::new();
    let (id, at) = (entry.id.to_string(), entry.at.0.to_string());
    for field in [before, &id, &at, &entry.who, &entry.act, &entry.what] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

fn entry(row: &Row<'_>, from: usize) -> Result<Entry> {
    Ok(Entry {
        id: row.int(from)?,
        at: row.moment(from + 1)?,
        who: row.text(from + 2)?,
        act: row.text(from + 3)?,
        what: row.text(from + 4)?,
    })
}

impl Store {
    /// Seals every entry that has no seal. May run twice, and on several nodes at once.
    pub async fn seal_log(&self) -> Result<()> {
        loop {
            let last = self
                .one("SELECT n, hash, log_id FROM log_seal ORDER BY n DESC LIMIT 1", &[], |row| {
                    Ok((Sealed { entries: row.int(0)?, hash: row.text(1)? }, row.int(2)?))
                })
                .await?;
            let (mut sealed, log_id) = last.unwrap_or_default();
            let open = self
                .all(
                    "SELECT l.id, l.at, l.who, l.act, l.what FROM log l WHERE l.id > $1 \
                     AND NOT EXISTS (SELECT 1 FROM log_seal s WHERE s.log_id = l.id) ORDER BY l.id LIMIT $2",
                    &args![log_id - OVERLAP, AT_ONCE],
                    |row| entry(row, 0),
                )
                .await?;
            if open.is_empty() {
                return Ok(());
            }
            let mut write = Write::new();
            for entry in &open {
                sealed = Sealed { entries: sealed.entries + 1, hash: hash(&sealed.hash, entry) };
                write.unless_taken(
                    "INSERT INTO log_seal (n, log_id, hash) VALUES ($1, $2, $3) ON CONFLICT (n) DO NOTHING",
                    args![sealed.entries, entry.id, &sealed.hash],
                    "seal",
                );
            }
            match self.commit(write).await {
                // Another node sealed meanwhile; what it left is looked at again.
                Ok(_) | Err(Error::Taken(_)) => {}
                Err(e) => return Err(e),
            }
        }
    }

    /// Up to where the chain is whole, and what is wrong with the rest, in words.
    pub async fn sealed_log(&self) -> Result<(Sealed, Vec<String>)> {
        let mut whole = Sealed::default();
        loop {
            let some = self
                .all(
                    "SELECT s.n, s.hash, s.log_id, COALESCE(l.id, -1), COALESCE(l.at, 0), COALESCE(l.who, ''), \
                     COALESCE(l.act, ''), COALESCE(l.what, '') FROM log_seal s \
                     LEFT JOIN log l ON l.id = s.log_id WHERE s.n > $1 ORDER BY s.n LIMIT $2",
                    &args![whole.entries, AT_ONCE],
                    |row| Ok((row.int(0)?, row.text(1)?, row.int(2)?, entry(row, 3)?)),
                )
                .await?;
            if some.is_empty() {
                break;
            }
            for (n, has, log_id, entry) in some {
                let fault = if n != whole.entries + 1 {
                    format!("the staff's log lacks its seal {}", whole.entries + 1)
                } else if entry.id < 0 {
                    format!("entry {log_id} of the staff's log is gone, its seal is there")
                } else if has != hash(&whole.hash, &entry) {
                    format!("entry {log_id} of the staff's log is not what was sealed")
                } else {
                    whole = Sealed { entries: n, hash: has };
                    continue;
                };
                return Ok((whole, vec![fault]));
            }
        }
        let unsealed = self
            .one(
                "SELECT count(*) FROM log l WHERE NOT EXISTS (SELECT 1 FROM log_seal s WHERE s.log_id = l.id)",
                &[],
                |row| row.int(0),
            )
            .await?;
        let (waiting, _) = self.count_jobs().await?;
        let faults = match unsealed {
            Some(n) if n > 0 && waiting == 0 => {
                vec![format!("{n} entries of the staff's log have no seal, and no job is to seal them")]
            }
            _ => Vec::new(),
        };
        Ok((whole, faults))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Place, Store, args, log, write::Write};
    use newsroom::Millis;
    use std::sync::Arc;

    #[tokio::test]
    async fn what_is_changed_or_taken_out_is_named() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(home.path().join("paper.sqlite"));
        let store = Store::open(&place, 1, Arc::new(|_| {})).await.unwrap();
        for n in 1..=1_203 {
            store.commit(log::entry(Millis(n), "ilse", "show", "comment 7")).await.unwrap();
        }
        store.seal_log().await.unwrap();
        let (sealed, faults) = store.sealed_log().await.unwrap();
        assert_eq!((sealed.entries, faults.len()), (1_203, 0));
        let run = async |sql: &'static str| {
            let mut write = Write::new();
            write.step(sql, args![3_i64]);
            store.commit(write).await.unwrap();
            store.sealed_log().await.unwrap()
        };
        let (whole, faults) = run("UPDATE log SET who = 'bo' WHERE id = $1").await;
        assert_eq!(
            (whole.entries, faults[0].as_str()),
            (2, "entry 3 of the staff's log is not what was sealed")
        );
        let (_, faults) = run("UPDATE log SET who = 'ilse' WHERE id = $1").await;
        assert!(faults.is_empty(), "put right again: {faults:?}");
        let (_, faults) = run("DELETE FROM log WHERE id = $1").await;
        assert_eq!(faults, ["entry 3 of the staff's log is gone, its seal is there"]);
        let (_, faults) = run("DELETE FROM log_seal WHERE n = $1").await;
        assert_eq!(faults, ["the staff's log lacks its seal 3"]);
    }
}
