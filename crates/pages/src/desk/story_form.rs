//! What stands in the fields of a story's form: the story's own words, or those typed over them.

use newsroom::{Millis, Zone, photo::Photo, story::Story};

/// The fields of `/desk/stories/{id}`, each as the browser sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryForm {
    /// The edition that the typing began from.
    pub edition: i64,
    pub kicker: String,
    pub headline: String,
    pub standfirst: String,
    pub byline: String,
    pub place: String,
    pub date: String,
    pub dateline_agency: String,
    pub dash: String,
    /// `2013-03-05`, or empty.
    pub day: String,
    pub body: String,
    pub section: String,
    /// With commas between them.
    pub topics: String,
    pub agency: String,
    pub language: String,
    pub slugline: String,
    pub urgency: String,
    /// `2013-03-05T18:00` in the paper's zone, or empty.
    pub embargo: String,
    pub photos: Vec<PhotoForm>,
    /// Likewise.
    pub schedule: String,
    /// For readers, with a correction or an update.
    pub notice: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoForm {
    pub id: i64,
    pub caption: String,
    pub alt: String,
    pub photographer: String,
    pub agency: String,
    pub lead: bool,
    pub remove: bool,
}

/// A moment as a `datetime-local` input writes it, to the minute.
pub fn local(zone: &Zone, at: Option<Millis>) -> String {
    at.map(|at| zone.format(at, "%Y-%m-%dT%H:%M")).unwrap_or_default()
}

impl StoryForm {
    /// The story's own words.
    pub fn of(story: &Story, zone: &Zone) -> StoryForm {
        let copy = &story.copy;
        let dateline = &copy.dateline;
        StoryForm {
            edition: story.edition,
            kicker: copy.kicker.clone(),
            headline: copy.headline.clone(),
            standfirst: copy.standfirst.clone(),
            byline: copy.byline.clone(),
            place: dateline.place.clone(),
            date: dateline.date.clone(),
            dateline_agency: dateline.agency.clone(),
            dash: dateline.dash.clone(),
            day: dateline.day.map(|day| day.to_string()).unwrap_or_default(),
            body: copy.body.clone(),
            section: story.section.name.clone(),
            topics: story.topics.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", "),
            agency: copy.agency.clone(),
            language: copy.language.clone(),
            slugline: story.slugline.0.clone(),
            urgency: story.urgency.to_string(),
            embargo: local(zone, story.embargo_until),
            photos: story.photos.iter().enumerate().map(|(at, p)| PhotoForm::of(p, at == 0)).collect(),
            schedule: local(zone, story.scheduled_for),
            notice: String::new(),
        }
    }

    /// The fields in which two forms differ: label, this one's, the other's. Line ends do not count.
    pub(super) fn differences(&self, other: &StoryForm) -> Vec<(String, String, String)> {
        let rows = self.labelled().into_iter().zip(other.labelled());
        let mut out: Vec<(String, String, String)> = rows
            .filter(|((_, mine), (_, theirs))| !same(mine, theirs))
            .map(|((label, mine), (_, theirs))| (label.to_owned(), mine.to_owned(), theirs.to_owned()))
            .collect();
        let (mine, theirs) = (photo_lines(&self.photos), photo_lines(&other.photos));
        if !same(&mine, &theirs) {
            out.push(("Photos".into(), mine, theirs));
        }
        out
    }

    fn labelled(&self) -> [(&'static str, &str); 17] {
        [
            ("Kicker", &self.kicker),
            ("Headline", &self.headline),
            ("Standfirst", &self.standfirst),
            ("Byline", &self.byline),
            ("Place", &self.place),
            ("Date", &self.date),
            ("Agency in brackets", &self.dateline_agency),
            ("Dash", &self.dash),
            ("The day it means", &self.day),
            ("Body", &self.body),
            ("Section", &self.section),
            ("Topics", &self.topics),
            ("Agency", &self.agency),
            ("Language", &self.language),
            ("Slugline", &self.slugline),
            ("Urgency", &self.urgency),
            ("Embargo until", &self.embargo),
        ]
    }
}

fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    plain(a) == plain(b)
}

/// One line for each photo, as the comparison of two texts shows them.
fn photo_lines(photos: &[PhotoForm]) -> String {
    let line = |p: &PhotoForm| {
        let lead = if p.lead { "lead: " } else { "" };
        let gone = if p.remove { " – taken off" } else { "" };
        let alt = if p.alt.is_empty() { String::new() } else { format!(" [{}]", p.alt) };
        format!("{lead}{}{alt} ({}/{}){gone}", p.caption, p.agency, p.photographer)
    };
    photos.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl PhotoForm {
    fn of(photo: &Photo, lead: bool) -> PhotoForm {
        PhotoForm {
            id: photo.id,
            caption: photo.caption.clone(),
            alt: photo.alt.clone(),
            photographer: photo.credit.photographer.clone(),
            agency: photo.credit.agency.clone(),
            lead,
            remove: false,
        }
    }
}
