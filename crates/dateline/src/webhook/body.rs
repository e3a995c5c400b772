//! What a webhook is told: the event, when it happened, and the thing as it is when the word goes out.

use crate::app::App;
use newsroom::{
    discussion::{Reason, State},
    event::Event,
    story::Story,
};
use serde_json::{Value, json};
use store::{Result, webhook::Delivery};

pub async fn body(app: &App, delivery: &Delivery) -> Result<String> {
    let thing = match delivery.event {
        Event::StoryPublished | Event::StoryChanged | Event::StoryKilled => {
            let story = app.store.story(delivery.about).await?;
            json!({ "story": story.map(|s| of_story(app, &s)) })
        }
        Event::DiscussionSet => {
            let story = app.store.story(delivery.about).await?;
            let facts = app.store.facts_of(delivery.about).await?;
            json!({
                "story": story.map(|s| of_story(app, &s)),
                "discussion": facts.map(|f| json!({ "mode": f.mode.as_str() })),
            })
        }
        _ => of_comment(app, delivery.about).await?,
    };
    let mut whole = json!({
        "id": delivery.key,
        "event": delivery.event.as_str(),
        "at": delivery.at.rfc3339(),
        "paper": app.paper.address,
    });
    if let (Some(whole), Value::Object(thing)) = (whole.as_object_mut(), thing) {
        whole.extend(thing);
    }
    Ok(whole.to_string())
}

fn of_story(app: &App, story: &Story) -> Value {
    json!({
        "id": story.id,
        "headline": story.copy.headline,
        "status": story.status.as_str(),
        "url": story.path().map(|path| app.paper.url(&path)),
    })
}

async fn of_comment(app: &App, id: i64) -> Result<Value> {
    let Some(comment) = app.store.comment(id).await? else { return Ok(json!({ "comment": null })) };
    let story = app.store.story(comment.story).await?;
    let appeal = app.store.appeals_of(id).await?.pop();
    Ok(json!({
        "comment": {
            "id": comment.id,
            "reply_to": comment.parent,
            "name": comment.name,
            // What its writer took back goes nowhere.
            "text": if comment.state == State::Withdrawn { "" } else { comment.text.as_str() },
            "at": comment.at.rfc3339(),
            "state": comment.state.as_str(),
            "reason": comment.reason.as_ref().map(Reason::code),
            "reports": app.store.open_reports(id).await?.len(),
        },
        "story": story.map(|s| of_story(app, &s)),
        "appeal": appeal.map(|a| json!({
            "at": a.at.rfc3339(), "due": a.due.rfc3339(), "text": a.text, "outcome": a.outcome,
        })),
    }))
}
