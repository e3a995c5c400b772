//! Webhooks: addresses that are told what happens, their keys, and what became of each delivery.

use crate::{
    Store, args,
    error::{Error, Result},
    letter::State,
    log,
    value::Row,
    write::Write,
};
use newsroom::{Millis, event::Event};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    pub id: i64,
    pub url: String,
    pub events: Vec<Event>,
    pub created_at: Millis,
}

/// A key that signs; of several the newest comes first.
pub type Key = [u8; 32];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: i64,
    pub webhook: i64,
    pub url: String,
    /// Names this happening among all of the webhook: the same when it is sent again.
    pub key: String,
    pub event: Event,
    pub about: i64,
    pub state: State,
    pub at: Millis,
    pub tries: u32,
    pub error: String,
}

fn words(events: &[Event]) -> String {
    events.iter().map(|e| e.as_str()).collect::<Vec<_>>().join(",")
}

fn webhook(row: &Row<'_>) -> Result<Webhook> {
    Ok(Webhook {
        id: row.int(0)?,
        url: row.text(1)?,
        // What a newer program added is left aside.
        events: row.text(2)?.split(',').filter_map(Event::parse).collect(),
        created_at: row.moment(3)?,
    })
}

macro_rules! deliveries {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.webhook_id, w.url, d.key, d.event, d.about, d.state, d.at, d.tries, d.error \
             FROM delivery d JOIN webhook w ON w.id = d.webhook_id ",
            $rest
        )
    };
}

fn delivery(row: &Row<'_>) -> Result<Delivery> {
    Ok(Delivery {
        id: row.int(0)?,
        webhook: row.int(1)?,
        url: row.text(2)?,
        key: row.text(3)?,
        event: row.word(4, Event::parse)?,
        about: row.int(5)?,
        state: row.word(6, State::parse)?,
        at: row.moment(7)?,
        tries: row.count(8)?,
        error: row.text(9)?,
    })
}

impl Store {
    /// Its number.
    pub async fn add_webhook(
        &self,
        url: &str,
        events: &[Event],
        key: Key,
        who: &str,
        now: Millis,
    ) -> Result<i64> {
        let id = self.next_id().await?;
        let mut write = Write::new();
        write.step(
            "INSERT INTO webhook (id, url, events, created_at) VALUES ($1, $2, $3, $4)",
            args![id, url, words(events), now],
        );
        write.step("INSERT INTO webhook_key (webhook_id, value) VALUES ($1, $2)", args![id, key.to_vec()]);
        write.and(log::entry(now, who, "added a webhook", &format!("webhook {url}")));
        self.commit(write).await?;
        Ok(id)
    }

    pub async fn list_webhooks(&self) -> Result<Vec<Webhook>> {
        self.all(
            "SELECT id, url, events, created_at FROM webhook WHERE removed_at IS NULL ORDER BY id",
            &[],
            webhook,
        )
        .await
    }

    /// [`Error::Gone`] where there is none of that number.
    pub async fn remove_webhook(&self, id: i64, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE webhook SET removed_at = $1 WHERE id = $2 AND removed_at IS NULL",
            args![now, id],
            "webhook",
        );
        write.step("DELETE FROM webhook_key WHERE webhook_id = $1", args![id]);
        write.step(
            "UPDATE delivery SET state = 'dropped', changed_at = $1 WHERE webhook_id = $2 AND state = 'queued'",
            args![now, id],
        );
        write.and(log::entry(now, who, "removed a webhook", &format!("webhook {id}")));
        self.commit(write).await.map(|_| ())
    }

    /// Signs with `key` from now on, and with the one before as well until `until`. Older ones end now.
    pub async fn rotate_webhook(
        &self,
        id: i64,
        key: Key,
        until: Millis,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM webhook_key WHERE webhook_id = $1 AND until IS NOT NULL", args![id]);
        write.must(
            "UPDATE webhook_key SET until = $1 WHERE webhook_id = $2 AND until IS NULL",
            args![until, id],
            "webhook",
        );
        write.step("INSERT INTO webhook_key (webhook_id, value) VALUES ($1, $2)", args![id, key.to_vec()]);
        write.and(log::entry(now, who, "gave a webhook a new key", &format!("webhook {id}")));
        self.commit(write).await.map(|_| ())
    }

    /// Those that sign now.
    pub async fn webhook_keys(&self, id: i64, now: Millis) -> Result<Vec<Key>> {
        let keys = self
            .all(
                "SELECT value FROM webhook_key WHERE webhook_id = $1 AND (until IS NULL OR until > $2) \
                 ORDER BY id DESC",
                &args![id, now],
                |row| row.bytes(0),
            )
            .await?;
        let whole =
            |b: Vec<u8>| b.try_into().map_err(|_| Error::Broken("a webhook's key is not whole".into()));
        keys.into_iter().map(whole).collect()
    }

    /// Leaves word for one webhook; the same key twice is one delivery.
    pub async fn add_delivery(
        &self,
        webhook: i64,
        key: &str,
        event: Event,
        about: i64,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO delivery (webhook_id, key, event, about, state, at, changed_at, held_until, tries, error) \
             VALUES ($1, $2, $3, $4, 'queued', $5, $5, 0, 0, '') ON CONFLICT (webhook_id, key) DO NOTHING",
            args![webhook, key, event.as_str(), about, now],
            "delivery",
        );
        write.step(
            "INSERT INTO job (kind, args, run_at, attempts) SELECT 'deliver', CAST(d.id AS TEXT), $1, 0 \
             FROM delivery d WHERE d.webhook_id = $2 AND d.key = $3",
            args![now, webhook, key],
        );
        match self.commit(write).await {
            Ok(_) | Err(Error::Taken("delivery")) => Ok(()),
            Err(e) => Err(e),
        }
    }

    pub async fn delivery(&self, id: i64) -> Result<Option<Delivery>> {
        self.one(deliveries!("WHERE d.id = $1"), &args![id], delivery).await
    }

    /// Takes one for sending until `until`; `false` where it is done or in another's hands.
    pub async fn take_delivery(&self, id: i64, now: Millis, until: Millis) -> Result<bool> {
        let mut write = Write::new();
        write.step(
            "UPDATE delivery SET held_until = $1, tries = tries + 1 WHERE id = $2 AND state = 'queued' \
             AND held_until <= $3",
            args![until, id, now],
        );
        Ok(self.commit(write).await?.rows.first().is_some_and(|rows| *rows > 0))
    }

    pub async fn put_delivery(&self, id: i64, state: State, error: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "UPDATE delivery SET state = $1, error = $2, changed_at = $3, held_until = 0 WHERE id = $4",
            args![state.as_str(), error, now, id],
        );
        self.commit(write).await.map(|_| ())
    }

    /// The latest first.
    pub async fn list_deliveries(&self, most: u32) -> Result<Vec<Delivery>> {
        self.all(deliveries!("ORDER BY d.id DESC LIMIT $1"), &args![most], delivery).await
    }
}
