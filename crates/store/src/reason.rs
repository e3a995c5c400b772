//! The reasons for removals, as far as the paper has its own.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    write::Write,
};
use newsroom::{
    Language, Millis,
    discussion::{
        Reason, Reasons,
        reason::{Ground, HouseReason, Wording},
    },
    touch::Touch,
};

impl Store {
    /// All of the paper's, with those that come with the program.
    pub async fn reasons(&self) -> Result<Reasons> {
        let mut changed = self
            .all(
                "SELECT code, label, ground, source, offered, in_use FROM reason ORDER BY at, code",
                &[],
                |row| {
                    Ok(HouseReason {
                        reason: row.word(0, Reason::parse)?,
                        label: row.text(1)?,
                        ground: row.word(2, Ground::parse)?,
                        source: row.text(3)?,
                        offered: row.flag(4)?,
                        in_use: row.flag(5)?,
                        wordings: Vec::new(),
                    })
                },
            )
            .await?;
        let wordings = self
            .all(
                "SELECT code, language, sentence, choice FROM reason_wording ORDER BY code, language",
                &[],
                |row| {
                    let own = Wording { sentence: row.text(2)?, choice: row.text(3)? };
                    Ok((row.word(0, Reason::parse)?, Language::of(&row.text(1)?), own))
                },
            )
            .await?;
        for (of, language, own) in wordings {
            let reason = changed.iter_mut().find(|r| r.reason == of);
            if let (Some(reason), Some(language)) = (reason, language) {
                reason.wordings.push((language, own));
            }
        }
        Ok(Reasons::with(changed))
    }

    /// A reason that the paper did not have. [`Error::Taken`] where there is one of that code.
    pub async fn add_reason(&self, reason: &HouseReason, who: &str, now: Millis) -> Result<()> {
        if Reasons::default().find(reason.reason).is_some() {
            return Err(Error::Taken("reason"));
        }
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO reason (code, label, ground, source, offered, in_use, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (code) DO NOTHING",
            row(reason, now),
            "reason",
        );
        word(&mut write, reason);
        self.finish(write, "added the reason", reason, who, now).await
    }

    /// One that it has, its own or one that comes with the program.
    pub async fn change_reason(&self, reason: &HouseReason, who: &str, now: Millis) -> Result<()> {
        let before = self.reasons().await?;
        let before = before.find(reason.reason).ok_or(Error::Gone("reason"))?;
        let act = match (before.in_use, reason.in_use) {
            (true, false) => "retired the reason",
            (false, true) => "took back into use the reason",
            _ => "changed the reason",
        };
        let mut write = Write::new();
        write.step(
            "INSERT INTO reason (code, label, ground, source, offered, in_use, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (code) DO UPDATE SET label = excluded.label, \
             ground = excluded.ground, source = excluded.source, offered = excluded.offered, \
             in_use = excluded.in_use",
            row(reason, now),
        );
        write.step("DELETE FROM reason_wording WHERE code = $1", args![reason.reason.code()]);
        word(&mut write, reason);
        self.finish(write, act, reason, who, now).await
    }

    async fn finish(
        &self,
        mut write: Write,
        act: &str,
        reason: &HouseReason,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        write.and(log::entry(now, who, act, &format!("reason {}", reason.reason.code())));
        // Readers see reasons on every page with a discussion.
        write.touch([Touch::Paper]);
        self.commit(write).await.map(|_| ())
    }
}

fn row(r: &HouseReason, now: Millis) -> Vec<crate::value::Value> {
    args![r.reason.code(), &r.label, r.ground.as_str(), &r.source, r.offered, r.in_use, now]
}

fn word(write: &mut Write, r: &HouseReason) {
    for (language, own) in &r.wordings {
        write.step(
            "INSERT INTO reason_wording (code, language, sentence, choice) VALUES ($1, $2, $3, $4)",
            args![r.reason.code(), language.tag(), &own.sentence, &own.choice],
        );
    }
}
