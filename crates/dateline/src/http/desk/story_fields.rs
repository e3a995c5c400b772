//! From the fields of a story's form to the story, and back to words where a field cannot be taken.

use super::sent_form::SentForm;
use jiff::civil::{Date, DateTime};
use newsroom::{
    Millis, Zone,
    photo::{Credit, Photo},
    section::{Section, Topic},
    slug::Slugline,
    story::Story,
};
use pages::desk::{FieldFault, PhotoForm, StoryForm, story_form::local};

/// Longest body taken, in bytes.
const LONGEST_BODY: usize = 500_000;

/// The form as it was sent.
pub fn read(sent: &SentForm) -> StoryForm {
    let text = |name: &str| sent.text(name).to_owned();
    let lead = sent.number("lead");
    let photo = |id: i64| PhotoForm {
        id,
        caption: text(&format!("caption-{id}")),
        alt: text(&format!("alt-{id}")),
        photographer: text(&format!("photographer-{id}")),
        agency: text(&format!("agency-{id}")),
        lead: lead == Some(id),
        remove: sent.has(&format!("remove-{id}")),
    };
    StoryForm {
        edition: sent.number("edition").unwrap_or(0),
        kicker: text("kicker"),
        headline: text("headline"),
        standfirst: text("standfirst"),
        byline: text("byline"),
        place: text("place"),
        date: text("date"),
        dateline_agency: text("dateline_agency"),
        dash: text("dash"),
        day: text("day"),
        body: text("body"),
        section: text("section"),
        topics: text("topics"),
        agency: text("agency"),
        language: text("language"),
        slugline: text("slugline"),
        urgency: text("urgency"),
        embargo: text("embargo"),
        photos: sent.all("photo").filter_map(|id| id.parse().ok()).map(photo).collect(),
        schedule: text("schedule"),
        notice: text("notice"),
    }
}

/// The story with the form's words in it. Every field that cannot be taken is named; the story is then
/// as it was.
pub fn apply(form: &StoryForm, story: &Story, zone: &Zone) -> Result<Story, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut line = |field: &str, label: &str, value: &str, most: usize| {
        let clean = one_line(value);
        let has = clean.chars().count();
        if has > most {
            faults.push(FieldFault::new(field, format!("{label} has {has} characters; {most} at most.")));
        }
        clean
    };
    let mut new = story.clone();
    let copy = &mut new.copy;
    copy.kicker = line("kicker", "The kicker", &form.kicker, 120);
    copy.headline = line("headline", "The headline", &form.headline, 300);
    copy.standfirst = line("standfirst", "The standfirst", &form.standfirst, 1_000);
    copy.byline = line("byline", "The byline", &form.byline, 200);
    copy.agency = line("agency", "The agency", &form.agency, 120);
    copy.language = line("language", "The language", &form.language, 35);
    copy.dateline.place = line("place", "The place", &form.place, 120);
    copy.dateline.date = line("date", "The date", &form.date, 60);
    copy.dateline.agency = line("dateline_agency", "The agency in brackets", &form.dateline_agency, 80);
    copy.dateline.dash = line("dash", "The dash", &form.dash, 4);
    let section = line("section", "The section", &form.section, 60);
    new.slugline = Slugline(line("slugline", "The slugline", &form.slugline, 120));
    new.photos = photos(&form.photos, &story.photos, &mut line);

    copy.body = body(&form.body);
    if copy.body.len() > LONGEST_BODY {
        let words = format!("The body has {} bytes; {LONGEST_BODY} at most.", copy.body.len());
        faults.push(FieldFault::new("body", words));
    }
    if !copy.language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        let words = "The language is a tag of Latin letters and hyphens, such as en or zh-Hans.";
        faults.push(FieldFault::new("language", words));
    }
    match form.day.trim() {
        "" => copy.dateline.day = None,
        day => match day.parse::<Date>() {
            Ok(day) => copy.dateline.day = Some(day),
            Err(_) => faults.push(FieldFault::new("day", format!("The dateline's day is no date: {day}"))),
        },
    }
    // What was received stays as it came; a dateline of the desk's own was never received.
    if copy.dateline.render() != story.copy.dateline.render() {
        copy.dateline.raw = copy.dateline.render();
    }
    if section != story.section.name {
        new.section = Section::named(&section);
        copy.section = new.section.name.clone();
    }
    new.topics = Topic::list(&form.topics);
    copy.topics = new.topics.iter().map(|t| t.name.clone()).collect();
    match form.urgency.trim() {
        "" => {}
        urgency => match urgency.parse() {
            Ok(urgency @ 0..=9) => new.urgency = urgency,
            _ => faults.push(FieldFault::new("urgency", "The urgency is a number from 0 to 9.")),
        },
    }
    match moment("embargo", "The embargo", &form.embargo, story.embargo_until, zone) {
        Ok(until) => new.embargo_until = until,
        Err(fault) => faults.push(fault),
    }
    if faults.is_empty() { Ok(new) } else { Err(faults) }
}

/// A moment of a `datetime-local` field in the paper's zone. Left as it was printed it keeps its seconds.
pub fn moment(
    field: &str,
    label: &str,
    typed: &str,
    was: Option<Millis>,
    zone: &Zone,
) -> Result<Option<Millis>, FieldFault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if typed == local(zone, was) {
        return Ok(was);
    }
    let at = typed.parse::<DateTime>().ok().and_then(|at| zone.moment(at));
    at.map(Some).ok_or_else(|| {
        FieldFault::new(field, format!("{label} is no date and time such as 2026-11-24T18:00: {typed}"))
    })
}

/// Those that stay, the lead first, each with the form's words. The form can name no photo that the story
/// has not.
fn photos(
    forms: &[PhotoForm],
    photos: &[Photo],
    line: &mut impl FnMut(&str, &str, &str, usize) -> String,
) -> Vec<Photo> {
    let mut kept: Vec<(bool, Photo)> = Vec::new();
    for photo in photos {
        let Some(form) = forms.iter().find(|f| f.id == photo.id) else {
            kept.push((false, photo.clone()));
            continue;
        };
        if form.remove {
            continue;
        }
        let id = photo.id;
        let new = Photo {
            caption: line(&format!("caption-{id}"), "The caption", &form.caption, 2_000),
            alt: line(&format!("alt-{id}"), "The description", &form.alt, 500),
            credit: Credit {
                agency: line(&format!("agency-{id}"), "The photo's agency", &form.agency, 120),
                photographer: line(
                    &format!("photographer-{id}"),
                    "The photographer",
                    &form.photographer,
                    120,
                ),
            },
            ..photo.clone()
        };
        kept.push((form.lead, new));
    }
    kept.sort_by_key(|(lead, _)| !lead);
    kept.into_iter().map(|(_, photo)| photo).collect()
}

/// White space folded, control characters gone. Marks of direction stay: editors of right-to-left copy
/// need them.
pub fn one_line(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Unix line ends, no control characters, nothing blank around it.
fn body(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_end().trim_start_matches('\n').to_owned()
}

#[cfg(test)]
#[path = "story_fields_tests.rs"]
mod tests;
