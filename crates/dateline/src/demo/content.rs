//! What the demo paper consists of, typed. Its times are offsets, so that the paper is always fresh.

use super::files;
use jiff::civil::Date;
use newsroom::{
    Millis, Zone,
    clock::{DAY, HOUR, MINUTE},
    discussion::{Mode, Reason, comment::State},
    photo::Credit,
    story::NoticeKind,
};
use serde::{Deserialize, Deserializer, de::Error as _};

/// The whole demo.
#[derive(Clone, Debug)]
pub struct Content {
    pub paper: Paper,
    /// Newest first.
    pub stories: Vec<Story>,
}

/// The masthead.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub name: String,
    pub tagline: String,
    /// BCP 47 tag.
    pub language: String,
    /// Section names in the order of the navigation.
    pub sections: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its file's name, by which it is known within the demo.
    #[serde(skip)]
    pub key: String,
    pub headline: String,
    #[serde(default)]
    pub kicker: String,
    #[serde(default)]
    pub standfirst: String,
    #[serde(default)]
    pub byline: String,
    #[serde(default)]
    pub dateline: Dateline,
    /// The small markup.
    pub body: String,
    /// Whose text it is, when it came by wire.
    #[serde(default)]
    pub agency: String,
    /// BCP 47 tag; empty means the paper's own language.
    #[serde(default)]
    pub language: String,
    /// One of `Paper::sections`.
    pub section: String,
    #[serde(default)]
    pub topics: Vec<String>,
    /// IPTC, 1 to 9.
    pub urgency: u8,
    /// Published that many hours before now.
    pub hours_ago: f64,
    /// The first is the lead photo.
    #[serde(default)]
    pub photos: Vec<Photo>,
    /// Oldest first.
    #[serde(default)]
    pub notices: Vec<Notice>,
    #[serde(default, deserialize_with = "mode")]
    pub discussion: Mode,
    /// Each after the one it answers.
    #[serde(skip)]
    pub comments: Vec<Comment>,
}

/// Whence and when a story was filed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dateline {
    pub place: String,
    /// Whole days before publication.
    pub filed: u16,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub dash: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// Name of the JPEG in `demo/pictures`.
    pub file: String,
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub photographer: String,
    /// The JPEG itself.
    #[serde(skip)]
    pub bytes: &'static [u8],
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    #[serde(deserialize_with = "notice_kind")]
    pub kind: NoticeKind,
    /// Hours after publication.
    pub hours_after: f64,
    pub text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// By which replies name it, within its thread; empty where none does.
    #[serde(default)]
    pub key: String,
    /// Key of the comment it answers.
    pub reply_to: Option<String>,
    pub name: String,
    /// As shown, `192.0.2.*`.
    pub network: String,
    /// After publication.
    pub minutes: u32,
    /// The small markup.
    pub text: String,
    #[serde(default = "shown", deserialize_with = "state")]
    pub state: State,
    /// Why it was removed, when it was.
    #[serde(default, deserialize_with = "reason")]
    pub reason: Option<Reason>,
    /// How many readers found it valuable.
    #[serde(default)]
    pub valued: u32,
    /// Written by the paper's own staff.
    #[serde(default)]
    pub staff: bool,
}

impl Story {
    pub fn published_at(&self, now: Millis) -> Millis {
        now.plus(-((self.hours_ago * HOUR as f64) as i64))
    }

    /// The dateline as its agency would print it on a story published at that moment.
    pub fn dateline_on(&self, published_at: Millis, zone: &Zone) -> newsroom::dateline::Dateline {
        let filed = &self.dateline;
        if filed.place.is_empty() {
            return newsroom::dateline::Dateline::default();
        }
        let day = zone.day(published_at.plus(-i64::from(filed.filed) * DAY));
        let mut line = newsroom::dateline::Dateline {
            place: filed.place.clone(),
            date: date_words(&self.language, day),
            day: Some(day),
            agency: filed.agency.clone(),
            dash: filed.dash.clone(),
            raw: String::new(),
        };
        line.raw = line.render();
        line
    }
}

impl Photo {
    pub fn credit(&self) -> Credit {
        Credit { agency: self.agency.clone(), photographer: self.photographer.clone() }
    }
}

impl Notice {
    /// Never in the future.
    pub fn at(&self, published_at: Millis, now: Millis) -> Millis {
        published_at.plus((self.hours_after * HOUR as f64) as i64).min(now)
    }
}

impl Comment {
    /// Never in the future.
    pub fn at(&self, published_at: Millis, now: Millis) -> Millis {
        published_at.plus(i64::from(self.minutes) * MINUTE).min(now)
    }
}

/// Day and month as agencies write them in that language.
fn date_words(language: &str, day: Date) -> String {
    let months: [&str; 12] = match language.split('-').next().unwrap_or("") {
        "zh" => return format!("{}月{}日", day.month(), day.day()),
        "ru" => [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
        "ar" => [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
        _ => {
            let short = [
                "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
                "Dec.",
            ];
            return format!("{} {}", short[day.month() as usize - 1], day.day());
        }
    };
    format!("{} {}", day.day(), months[day.month() as usize - 1])
}

fn shown() -> State {
    State::Shown
}

fn word<'de, D: Deserializer<'de>, T>(from: D, parse: fn(&str) -> Option<T>) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    parse(&text).ok_or_else(|| D::Error::custom(format!("“{text}” is not one of the words known here")))
}

fn state<'de, D: Deserializer<'de>>(from: D) -> Result<State, D::Error> {
    word(from, State::parse)
}

fn mode<'de, D: Deserializer<'de>>(from: D) -> Result<Mode, D::Error> {
    word(from, Mode::parse)
}

fn notice_kind<'de, D: Deserializer<'de>>(from: D) -> Result<NoticeKind, D::Error> {
    word(from, NoticeKind::parse)
}

fn reason<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Reason>, D::Error> {
    word(from, Reason::parse).map(Some)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thread {
    comments: Vec<Comment>,
}

/// The demo's content, read from the embedded files.
///
/// # Panics
/// When an embedded file is wrong, which the tests of this module rule out.
pub fn content() -> Content {
    match read() {
        Ok(content) => content,
        Err(why) => panic!("the embedded demo content: {why}"),
    }
}

fn read() -> Result<Content, String> {
    let paper = toml::from_str(files::PAPER).map_err(|e| format!("paper.toml: {e}"))?;
    let mut stories = Vec::with_capacity(files::STORIES.len());
    for (key, text) in files::STORIES {
        let mut story: Story = toml::from_str(text).map_err(|e| format!("stories/{key}.toml: {e}"))?;
        story.key = (*key).to_owned();
        for photo in &mut story.photos {
            photo.bytes = files::PICTURES
                .iter()
                .find(|(name, _)| *name == photo.file)
                .map(|(_, bytes)| *bytes)
                .ok_or_else(|| format!("stories/{key}.toml: there is no picture {}", photo.file))?;
        }
        stories.push(story);
    }
    for (key, text) in files::THREADS {
        let thread: Thread = toml::from_str(text).map_err(|e| format!("threads/{key}.toml: {e}"))?;
        // A long thread stands in several files, `harbour-bell`, `harbour-bell-2` and so on.
        let of = match key.rsplit_once('-') {
            Some((of, part)) if part.bytes().all(|b| b.is_ascii_digit()) => of,
            _ => key,
        };
        let story = stories.iter_mut().find(|s| s.key == of);
        story
            .ok_or_else(|| format!("threads/{key}.toml: there is no such story"))?
            .comments
            .extend(thread.comments);
    }
    for story in &mut stories {
        story.comments.sort_by_key(|c| c.minutes);
    }
    stories.sort_by(|a, b| a.hours_ago.total_cmp(&b.hours_ago));
    Ok(Content { paper, stories })
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
