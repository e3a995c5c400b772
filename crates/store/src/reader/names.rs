//! The names of accounts: whose they are, how long they rest after an account's end, and how the desk frees one.

use crate::{Store, args, error::Result, log, write::Write};
use newsroom::{
    Millis,
    discussion::name::{FOLD, look, looks, own_look},
    touch::Touch,
};

/// A name that an account has or had, or had until it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldName {
    /// By which it is told from others.
    pub look: String,
    /// As it was given; empty where an older program has not kept it.
    pub name: String,
    /// From when on it is nobody's; `None` while its account lives.
    pub free_at: Option<Millis>,
}

impl HeldName {
    /// For people: as it was given, or by what it is told from others.
    pub fn words(&self) -> &str {
        if self.name.is_empty() { &self.look } else { &self.name }
    }

    /// Whether an account that goes by `name` goes by this one.
    pub fn is_of(&self, name: &str) -> bool {
        self.name == name || own_look(name) == self.look
    }
}

/// Changes nothing, and waits: of two who take names, the second sees what the first has. After the account, before
/// its names.
const IN_TURN: &str = "INSERT INTO setting (key, value) VALUES ('names', '') ON CONFLICT (key) DO UPDATE SET value = setting.value";

/// What a name is kept under. It was perhaps another's spelling of this account's before, and is a name now.
const OWN: &str = "INSERT INTO reader_name (look, reader_id, name) VALUES ($1, $2, $3) \
     ON CONFLICT (look) DO UPDATE SET name = excluded.name, kept_under = NULL \
     WHERE reader_name.reader_id = excluded.reader_id";

/// What it looks like as it was given: the account's too, and as long. Where that is one of its names already, it stays.
const AS_GIVEN: &str = "INSERT INTO reader_name (look, kept_under, reader_id, name) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (look) DO UPDATE SET name = reader_name.name WHERE reader_name.reader_id = excluded.reader_id";

/// Gives an account a name that nobody has, nor one that looks like it: neither in small letters, by which it is kept,
/// nor as it is given, now or ever before. A name whose rest is over is nobody's.
pub(super) fn taken_by(reader: i64, name: &str, own: &str, now: Millis) -> Write {
    let given = look(name);
    let mut write = Write::new();
    write.step(IN_TURN, args![]);
    write.step("DELETE FROM reader_name WHERE look IN ($1, $2) AND free_at <= $3", args![own, &given, now]);
    write.unless_taken(OWN, args![own, reader, name], "name");
    if let Some(given) = besides(&given, own) {
        write.unless_taken(AS_GIVEN, args![given, own, reader, name], "name");
    }
    write
}

/// What a name looks like as it was given, where that is not its own look.
fn besides<'a>(given: &'a str, own: &str) -> Option<&'a str> {
    Some(given).filter(|given| !given.is_empty() && *given != own)
}

/// Whose a name is that has either look. Where it is more than one account's, for an older program let both in, it is
/// that one's which has the first.
const OF_LOOKS: &str = "SELECT reader_id FROM reader_name WHERE look IN ($1, $2) \
     AND (free_at IS NULL OR free_at > $3) ORDER BY CASE look WHEN $1 THEN 0 ELSE 1 END LIMIT 1";

/// What the fold of looks is kept under in the settings.
const FOLDED: &str = "names-folded";

impl Store {
    /// Whether there is any account.
    pub async fn has_readers(&self) -> Result<bool> {
        let any = self.one("SELECT reader_id FROM reader_name LIMIT 1", &[], |row| row.int(0)).await?;
        Ok(any.is_some())
    }

    /// The account whose name this is, or could be taken for.
    pub async fn reader_of_name(&self, name: &str, now: Millis) -> Result<Option<i64>> {
        let [as_given, small] = looks(name);
        self.one(OF_LOOKS, &args![small, as_given, now], |row| row.int(0)).await
    }

    /// Names that the account has had, counted by their looks, but for one that it was given.
    pub async fn count_names(&self, id: i64, given: &str) -> Result<u32> {
        let count = self
            .one(
                "SELECT count(*) FROM reader_name WHERE reader_id = $1 AND kept_under IS NULL AND look <> $2",
                &args![id, own_look(given)],
                |row| row.count(0),
            )
            .await?;
        Ok(count.unwrap_or(0))
    }

    /// The looks of all spellings in which the account has given its names, counted, but for that of `name` as it is
    /// given.
    pub async fn count_spellings(&self, id: i64, name: &str) -> Result<u32> {
        let others = "SELECT count(*) FROM reader_name WHERE reader_id = $1 AND look <> $2";
        Ok(self.one(others, &args![id, look(name)], |row| row.count(0)).await?.unwrap_or(0))
    }

    /// Those of an account, in the order of their looks.
    pub async fn names_of(&self, id: i64) -> Result<Vec<HeldName>> {
        self.all(
            "SELECT look, name, free_at FROM reader_name WHERE reader_id = $1 AND kept_under IS NULL ORDER BY look",
            &args![id],
            |row| Ok(HeldName { look: row.text(0)?, name: row.text(1)?, free_at: row.opt_moment(2)? }),
        )
        .await
    }

    /// [`crate::Error::Taken`] with `name` where another account has that look.
    pub async fn rename_reader(&self, id: i64, name: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        // The account before its names, as at its end: else each may wait for the other.
        write.must(
            "UPDATE reader SET name = $1 WHERE id = $2 AND ended_at IS NULL",
            args![name, id],
            "account",
        );
        write.and(taken_by(id, name, &own_look(name), now));
        self.commit(write).await.map(|_| ())
    }

    /// By the desk's word: from now on anybody may sign with that name of the account. Where it goes by it, it goes by
    /// `instead` then, unless another has that: [`crate::Error::Taken`] with `name`. [`crate::Error::Gone`] where the
    /// account has no name of that look.
    pub async fn free_name(
        &self,
        id: i64,
        look_of: &str,
        instead: &str,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let held = self.names_of(id).await?.into_iter().find(|held| held.look == look_of);
        let reader = self.reader(id).await?;
        let goes_by = held.as_ref().zip(reader.as_ref());
        let goes_by = goes_by.filter(|(held, reader)| reader.ended_at.is_none() && held.is_of(&reader.name));
        let mut write = Write::new();
        // What it goes by must not change meanwhile.
        if let Some(reader) = &reader {
            let unchanged = "UPDATE reader SET name = name WHERE id = $1 AND name = $2";
            write.must(unchanged, args![id, &reader.name], "account");
        }
        write.step(IN_TURN, args![]);
        write.must(
            "DELETE FROM reader_name WHERE look = $1 AND reader_id = $2 AND kept_under IS NULL",
            args![look_of, id],
            "name",
        );
        write.step("DELETE FROM reader_name WHERE kept_under = $1 AND reader_id = $2", args![look_of, id]);
        if let Some((_, reader)) = &goes_by {
            write.and(taken_by(id, instead, &own_look(instead), now));
            write.must(
                "UPDATE reader SET name = $1 WHERE id = $2 AND name = $3 AND ended_at IS NULL",
                args![instead, id, &reader.name],
                "account",
            );
        }
        let act = format!("freed the name “{}”", held.as_ref().map_or(look_of, HeldName::words));
        write.and(log::entry(now, who, &act, &format!("account {id}")));
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }

    /// Forgets the names whose rest is over.
    pub async fn free_rested_names(&self, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM reader_name WHERE free_at <= $1", args![now]);
        self.commit(write).await.map(|_| ())
    }

    /// Looks that an older program has made, of accounts' names and of names under a measure, become those of this one.
    /// Once; a name whose look another has by then keeps the old one.
    pub async fn fold_names_anew(&self) -> Result<()> {
        let fold = FOLD.to_string();
        if self.setting(FOLDED).await?.as_deref() == Some(fold.as_str()) {
            return Ok(());
        }
        let names = self
            .all(
                "SELECT look, name, kept_under, reader_id FROM reader_name ORDER BY kept_under IS NOT NULL",
                &[],
                |row| Ok((row.text(0)?, row.text(1)?, row.opt_text(2)?, row.int(3)?)),
            )
            .await?;
        let measures =
            self.all("SELECT DISTINCT name FROM sanction WHERE name <> ''", &[], |row| row.text(0)).await?;
        let mut write = Write::new();
        write.step(IN_TURN, args![]);
        // After all names: none loses its look to another's spelling.
        let mut spellings = Vec::new();
        for (was, name, kept_under, reader) in names {
            let own = own_look(if name.is_empty() { &was } else { &name });
            let given = look(&name);
            let is = if kept_under.is_some() { &given } else { &own };
            if *is != was {
                // A spelling of its own gives way to the name.
                let gives_way =
                    "DELETE FROM reader_name WHERE look = $1 AND reader_id = $2 AND kept_under IS NOT NULL";
                if kept_under.is_none() {
                    write.step(gives_way, args![is, reader]);
                }
                write.step(
                    "UPDATE reader_name SET look = $1 WHERE look = $2 \
                     AND NOT EXISTS (SELECT 1 FROM reader_name o WHERE o.look = $1)",
                    args![is, &was],
                );
            }
            match (kept_under, besides(&given, &own)) {
                (Some(under), _) if under != own => {
                    write.step(
                        "UPDATE reader_name SET kept_under = $1 WHERE look IN ($2, $3) AND kept_under = $4",
                        args![&own, is, &was, under],
                    );
                }
                (None, Some(given)) => spellings.push(args![given, &own, reader]),
                _ => {}
            }
        }
        for spelling in spellings {
            write.step(
                "INSERT INTO reader_name (look, kept_under, reader_id, name, free_at) \
                 SELECT $1, o.look, o.reader_id, o.name, o.free_at FROM reader_name o \
                 WHERE o.look = $2 AND o.reader_id = $3 ON CONFLICT (look) DO NOTHING",
                spelling,
            );
        }
        for was in measures {
            let is = look(&was);
            if is != was {
                write.step("UPDATE sanction SET name = $1 WHERE name = $2", args![is, was]);
            }
        }
        write.step(
            "INSERT INTO setting (key, value) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            args![FOLDED, fold],
        );
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }
}

/// An export may come from a program that folded otherwise.
pub(crate) fn folded_otherwise() -> Write {
    let mut write = Write::new();
    write.step("DELETE FROM setting WHERE key = $1", args![FOLDED]);
    write
}
