//! The records of an export: every field under its name in docs/operators.md, times as RFC 3339 in UTC.

use newsroom::{
    Millis,
    discussion::{Comment, Discussion, Reason},
    paper::Paper,
    photo::Photo,
    story::Story,
};
use serde_json::{Value, json};
use store::{
    staff::Person,
    whole::{Held, Ruled},
};

pub fn paper(paper: &Paper, now: Millis) -> Value {
    json!({
        "format": "dateline-export", "version": 1, "exported_at": now.rfc3339(),
        "name": paper.name, "tagline": paper.tagline, "language": paper.language,
        "sections": paper.sections.iter().map(|s| json!({"slug": s.slug.as_str(), "name": s.name})).collect::<Vec<_>>(),
    })
}

pub fn person(person: &Person) -> Value {
    json!({
        "id": person.id, "name": person.name, "role": person.role.as_str(),
        "created_at": person.created_at.rfc3339(), "disabled_at": moment(person.disabled_at),
    })
}

pub fn story(s: &Story, discussion: Option<Discussion>) -> Value {
    let copy = &s.copy;
    let dateline = &copy.dateline;
    json!({
        "id": s.id, "edition": s.edition, "status": s.status.as_str(), "path": s.path(),
        "headline": copy.headline, "kicker": copy.kicker, "standfirst": copy.standfirst, "byline": copy.byline,
        "dateline": {
            "place": dateline.place, "date": dateline.date, "day": dateline.day.map(|d| d.to_string()),
            "agency": dateline.agency, "dash": dateline.dash, "raw": dateline.raw,
        },
        "body": copy.body, "agency": copy.agency, "language": copy.language,
        "section": {"slug": s.section.slug.as_str(), "name": s.section.name},
        "topics": s.topics.iter().map(|t| json!({"slug": t.slug.as_str(), "name": t.name})).collect::<Vec<_>>(),
        "photos": s.photos.iter().map(photo).collect::<Vec<_>>(),
        "created_at": s.created_at.rfc3339(), "published_at": moment(s.published_at),
        "changed_at": moment(s.changed_at), "embargo_until": moment(s.embargo_until),
        "scheduled_for": moment(s.scheduled_for),
        "urgency": s.urgency, "slugline": s.slugline.0, "ednote": s.ednote.for_editors(),
        "usage_terms": s.usage_terms,
        "source": s.source.as_ref().map(|o| json!({"uri": o.uri, "version": o.version, "digest": o.digest})),
        "notices": s.notices.iter()
            .map(|n| json!({"kind": n.kind.as_str(), "at": n.at.rfc3339(), "text": n.text})).collect::<Vec<_>>(),
        "discussion": discussion.map(|d| json!({
            "mode": d.mode.as_str(), "shown": d.shown, "held": d.held, "removed": d.removed,
            "said_at_source": d.said_at_source,
        })),
    })
}

fn photo(p: &Photo) -> Value {
    json!({
        "digest": p.digest, "width": p.width, "height": p.height, "caption": p.caption, "alt": p.alt,
        "agency": p.credit.agency, "photographer": p.credit.photographer,
    })
}

/// `rulings` are its own.
pub fn comment(c: &Comment, held: Option<&Held>, rulings: &[Ruled]) -> Value {
    let rulings = rulings.iter().map(|r| {
        json!({"at": r.at.rfc3339(), "who": r.who, "ruling": r.ruling, "reason": r.reason, "note": r.note})
    });
    let (why, risks) = held.map_or((None, None), |(why, risks)| (why.as_deref(), risks.as_deref()));
    json!({
        "id": c.id, "parent": c.parent, "root": c.root, "name": c.name, "network": c.network, "text": c.text,
        "at": c.at.rfc3339(), "state": c.state.as_str(), "reason": c.reason.as_ref().map(Reason::code),
        "valued": c.valued, "staff": c.staff, "held_why": why,
        "risks": risks.and_then(|text| serde_json::from_str::<Value>(text).ok()),
        "rulings": rulings.collect::<Vec<_>>(),
    })
}

/// `ab12….jpg`
pub fn photo_file(digest: &str, bytes: &[u8]) -> String {
    match image::guess_format(bytes).ok().and_then(|f| f.extensions_str().first()) {
        Some(end) => format!("{digest}.{end}"),
        None => digest.to_owned(),
    }
}

fn moment(at: Option<Millis>) -> Option<String> {
    at.map(Millis::rfc3339)
}
