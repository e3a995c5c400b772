//! Accounts. Two names that differ in case alone are one account.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    value::Row,
    write::Write,
};
use newsroom::{Millis, staff::Role, touch::Touch};
use unicode_normalization::UnicodeNormalization;

/// An account, without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
    pub role: Role,
    pub created_at: Millis,
    /// Since when it can no longer sign in.
    pub disabled_at: Option<Millis>,
}

/// What makes two names one: composed, lowercase, without spaces around.
pub fn folded(name: &str) -> String {
    name.trim().to_lowercase().nfc().collect()
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, name, role, created_at, disabled_at FROM staff ", $rest)
    };
}

fn person(row: &Row<'_>) -> Result<Person> {
    person_at(row, 0)
}

/// From the column on where its five begin.
pub(super) fn person_at(row: &Row<'_>, at: usize) -> Result<Person> {
    Ok(Person {
        id: row.int(at)?,
        name: row.text(at + 1)?,
        role: row.word(at + 2, Role::parse)?,
        created_at: row.moment(at + 3)?,
        disabled_at: row.opt_moment(at + 4)?,
    })
}

fn about(name: &str) -> String {
    format!("staff {name}")
}

impl Store {
    /// [`Error::Taken`] with `name` where somebody has it, disabled or not. `hash` is the password's.
    pub async fn add_person(
        &self,
        name: &str,
        role: Role,
        hash: &str,
        who: &str,
        now: Millis,
    ) -> Result<i64> {
        let name = name.trim();
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO staff (name, name_folded, role, password, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (name_folded) DO NOTHING RETURNING id",
            args![name, folded(name), role.as_str(), hash, now],
            "name",
        );
        self.added(write, name, role, who, now).await
    }

    /// The first account, an admin; [`Error::Taken`] with `set-up` where there is any already.
    pub async fn add_first_person(&self, name: &str, hash: &str, now: Millis) -> Result<i64> {
        let (name, role) = (name.trim(), Role::Admin);
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO staff (name, name_folded, role, password, created_at) SELECT $1, $2, $3, $4, $5 \
             WHERE NOT EXISTS (SELECT 1 FROM staff) RETURNING id",
            args![name, folded(name), role.as_str(), hash, now],
            "set-up",
        );
        self.added(write, name, role, name, now).await
    }

    async fn added(&self, mut write: Write, name: &str, role: Role, who: &str, now: Millis) -> Result<i64> {
        write.and(log::entry(now, who, &format!("made the account, {}", role.as_str()), &about(name)));
        // No reader may sign with the name from now on.
        write.touch([Touch::Paper]);
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new account has no number".into()))
    }

    /// Gives an account another role and password, and enables it; whoever used it must sign in again.
    pub async fn change_person(&self, id: i64, role: Role, hash: &str, who: &str, now: Millis) -> Result<()> {
        let name = self.name_of(id).await?;
        let mut write = Write::new();
        write.must(
            "UPDATE staff SET role = $1, password = $2, disabled_at = NULL WHERE id = $3",
            args![role.as_str(), hash, id],
            "account",
        );
        write.step("DELETE FROM session WHERE staff_id = $1", args![id]);
        let act = format!("set role {} and a new password", role.as_str());
        write.and(log::entry(now, who, &act, &about(&name)));
        write.touch([Touch::Paper]);
        self.commit(write).await.map(|_| ())
    }

    /// Ends all its sessions; it can sign in no more. [`Error::Gone`] where it was disabled before.
    pub async fn disable_person(&self, id: i64, who: &str, now: Millis) -> Result<()> {
        let name = self.name_of(id).await?;
        let mut write = Write::new();
        write.must(
            "UPDATE staff SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL",
            args![now, id],
            "account",
        );
        write.step("DELETE FROM session WHERE staff_id = $1", args![id]);
        write.and(log::entry(now, who, "disabled the account", &about(&name)));
        self.commit(write).await.map(|_| ())
    }

    /// A person's own change of password; all their sessions but this one end.
    pub async fn change_password(&self, id: i64, hash: &str, keep: i64, now: Millis) -> Result<()> {
        let name = self.name_of(id).await?;
        let mut write = Write::new();
        write.must("UPDATE staff SET password = $1 WHERE id = $2", args![hash, id], "account");
        write.step("DELETE FROM session WHERE staff_id = $1 AND id <> $2", args![id, keep]);
        write.and(log::entry(now, &name, "changed the password", &about(&name)));
        self.commit(write).await.map(|_| ())
    }

    async fn name_of(&self, id: i64) -> Result<String> {
        let person = self.person(id).await?;
        person.map(|p| p.name).ok_or(Error::Gone("account"))
    }

    pub async fn person(&self, id: i64) -> Result<Option<Person>> {
        self.one(select!("WHERE id = $1"), &args![id], person).await
    }

    /// In whatever case the name is typed.
    pub async fn find_person(&self, name: &str) -> Result<Option<Person>> {
        self.one(select!("WHERE name_folded = $1"), &args![folded(name)], person).await
    }

    /// The stored hash of their password.
    pub async fn password_of(&self, id: i64) -> Result<Option<String>> {
        self.one("SELECT password FROM staff WHERE id = $1", &args![id], |row| row.text(0)).await
    }

    /// All accounts by name, the disabled ones last.
    pub async fn list_people(&self) -> Result<Vec<Person>> {
        self.all(
            select!("ORDER BY CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END, name_folded"),
            &[],
            person,
        )
        .await
    }

    /// Disabled ones too: a paper that ever had staff is not set up again.
    pub async fn count_people(&self) -> Result<u32> {
        let count = self.one("SELECT count(*) FROM staff", &[], |row| row.count(0)).await?;
        Ok(count.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn names_that_are_one() {
        assert_eq!(folded(" Ilse "), folded("ILSE"));
        assert_eq!(folded("Jose\u{301}"), folded("José"));
        assert_ne!(folded("Ilse"), folded("Ilsa"));
    }
}
