//! `dateline webhook`: programs elsewhere that are told what happens.

use super::{
    args::{Data, WebhookAct},
    beside::{WHO, failed, say, with_store},
};
use crate::{
    clock,
    config::Sources,
    failure::Failure,
    webhook::{SigningKey, read_url},
};
use newsroom::{clock::HOUR, event::Event};
use store::Error;

pub(super) fn run(act: WebhookAct) -> Result<(), Failure> {
    match act {
        WebhookAct::Add { data, url, event } => add(&data, &url, &event),
        WebhookAct::List(data) => list(&data),
        WebhookAct::Remove { data, number } => remove(&data, number),
        WebhookAct::Rotate { data, number, both } => rotate(&data, number, both),
    }
}

fn add(data: &Data, url: &str, words: &[String]) -> Result<(), Failure> {
    let config = Sources::read(&data.data)?.settle()?;
    let url = read_url(url, config.webhooks.allow_inside).map_err(Failure)?;
    let mut events = Vec::new();
    for word in words {
        let all = || Event::ALL.map(Event::as_str).join(", ");
        let event = Event::parse(word.trim());
        let event = event.ok_or_else(|| Failure(format!("{word} is no event; the events are {}", all())))?;
        if !events.contains(&event) {
            events.push(event);
        }
    }
    if events.is_empty() {
        events = Event::ALL.to_vec();
    }
    let key = key()?;
    with_store(data, false, async |store| {
        store.add_webhook(url.as_str(), &events, key.0, WHO, clock::now()).await.map_err(failed)
    })?;
    // Alone on standard output, so that a script can take it.
    say(&key.reveal())
}

fn list(data: &Data) -> Result<(), Failure> {
    for webhook in with_store(data, false, async |store| store.list_webhooks().await.map_err(failed))? {
        let events: Vec<&str> = webhook.events.iter().map(|e| e.as_str()).collect();
        let (id, url, at) = (webhook.id, webhook.url, webhook.created_at.rfc3339());
        say(&format!("{id}\t{url}\t{}\t{at}", events.join(",")))?;
    }
    Ok(())
}

fn remove(data: &Data, number: i64) -> Result<(), Failure> {
    with_store(data, false, async |store| {
        store.remove_webhook(number, WHO, clock::now()).await.map_err(|e| none(number, e))
    })?;
    say(&format!("the webhook {number} is told nothing any more"))
}

fn rotate(data: &Data, number: i64, both: u32) -> Result<(), Failure> {
    let key = key()?;
    let now = clock::now();
    let until = now.plus(i64::from(both) * HOUR);
    with_store(data, false, async |store| {
        store.rotate_webhook(number, key.0, until, WHO, now).await.map_err(|e| none(number, e))
    })?;
    say(&key.reveal())
}

fn key() -> Result<SigningKey, Failure> {
    SigningKey::random().map_err(|e| Failure(format!("the system gives no random numbers: {e}")))
}

fn none(number: i64, e: Error) -> Failure {
    match e {
        Error::Gone(_) => Failure(format!("there is no webhook {number}: `dateline webhook list` shows all")),
        e => failed(e),
    }
}
