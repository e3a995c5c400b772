//! Stories and discussions of those words.

use super::{
    chance::Chance,
    words::{self, Tongue},
};
use newsroom::{
    Millis, Zone,
    clock::{DAY, HOUR, MINUTE},
    dateline::Dateline,
    discussion::{HeldWhy, State},
    moves,
    paper::Paper,
    section::{Section, Topic},
    slug::Slugline,
    story::{Address, Copy, Status, Story},
};
use std::collections::HashSet;
use store::load::{Load, LoadComment};

pub struct Writer {
    chance: Chance,
    zone: Zone,
    sections: Vec<Section>,
    now: Millis,
    stories: u32,
    comments_left: u32,
}

const YEARS: i64 = 10;

impl Writer {
    pub fn new(paper: &Paper, now: Millis, stories: u32, comments: u32) -> Writer {
        let mut sections = paper.sections.clone();
        if sections.is_empty() {
            sections = ["News", "World", "Business", "Culture", "Sport"].map(Section::named).to_vec();
        }
        Writer {
            chance: Chance::new(),
            zone: paper.zone.clone(),
            sections,
            now,
            stories,
            comments_left: comments,
        }
    }

    /// The `n`th, the oldest first, so that numbers grow with time.
    pub fn story(&mut self, n: u32, addresses: &mut HashSet<Address>) -> Load {
        let tongue = match self.chance.below(20) {
            0 => &words::CHINESE,
            1 | 2 => &words::RUSSIAN,
            _ => &words::ENGLISH,
        };
        let span = YEARS * 365 * DAY;
        let step = span / i64::from(self.stories.max(1));
        let jitter = self.chance.below(step.clamp(1, HOUR) as usize) as i64;
        let at = self.now.plus(-span - HOUR + i64::from(n) * step + jitter);
        let draft = self.draft(tongue, at);
        let mut story = match moves::publish(&draft, at, &self.zone) {
            Ok(story) => story,
            Err(_) => draft,
        };
        if let Some(wanted) = story.address.take() {
            let free = (1..).map(|n| Address { day: wanted.day, slug: wanted.slug.nth(n) });
            story.address = free.into_iter().find(|address| addresses.insert(address.clone()));
        }
        let comments = self.discussion(n, tongue, at);
        Load { story, comments }
    }

    fn draft(&mut self, tongue: &Tongue, at: Millis) -> Story {
        let chance = &mut self.chance;
        let section = chance.one_of(&self.sections).clone();
        let names: Vec<&str> = (0..1 + chance.below(3)).map(|_| *chance.one_of(tongue.topics)).collect();
        let topics = Topic::list(&names.join(","));
        let body: Vec<String> = (0..4 + chance.below(5)).map(|_| paragraph(chance, tongue, 2 + 2)).collect();
        let agency = *chance.one_of(&["", "Northwire", "Eastwire"]);
        let day = self.zone.day(at);
        let dateline = Dateline {
            place: chance.one_of(tongue.places).to_string(),
            date: self.zone.format(at, "%B %-d"),
            day: Some(day),
            agency: agency.to_owned(),
            dash: "--".into(),
            raw: String::new(),
        };
        let dateline = Dateline { raw: dateline.render(), ..dateline };
        Story {
            id: 0,
            edition: 1,
            status: Status::Draft,
            copy: Copy {
                headline: headline(chance, tongue),
                kicker: String::new(),
                standfirst: if chance.below(2) == 0 { paragraph(chance, tongue, 1) } else { String::new() },
                byline: chance.one_of(words::BYLINES).to_string(),
                dateline,
                body: body.join("\n\n"),
                agency: agency.to_owned(),
                language: tongue.tag.to_owned(),
                section: section.name.clone(),
                topics: topics.iter().map(|t| t.name.clone()).collect(),
            },
            section,
            topics,
            photos: vec![],
            address: None,
            created_at: at,
            published_at: None,
            changed_at: None,
            embargo_until: None,
            scheduled_for: None,
            urgency: 1 + chance.below(8) as u8,
            slugline: Slugline::default(),
            ednote: Default::default(),
            usage_terms: String::new(),
            source: None,
            notices: vec![],
        }
    }

    fn discussion(&mut self, n: u32, tongue: &Tongue, at: Millis) -> Vec<LoadComment> {
        let left = self.stories - n;
        let mean = self.comments_left.div_ceil(left.max(1)) as usize;
        // The last takes what is left, so that the sum is what was asked for.
        let count = match left {
            1 => self.comments_left as usize,
            _ => self.chance.skewed(mean * 12).min(self.comments_left as usize),
        };
        self.comments_left -= count as u32;
        let chance = &mut self.chance;
        let mut comments: Vec<LoadComment> = Vec::with_capacity(count);
        let mut said_at = at;
        for index in 0..count {
            said_at = said_at.plus(1 + chance.below(3 * MINUTE as usize) as i64).min(self.now);
            let answers = (index > 0 && chance.below(3) == 0)
                .then(|| chance.below(index))
                .filter(|above| comments[*above].state == State::Shown);
            let held = chance.below(100) == 0;
            let sentences = 1 + chance.below(3);
            comments.push(LoadComment {
                answers,
                name: chance.one_of(words::NAMES).to_string(),
                network: format!("{}.{}.*", chance.one_of(&["192.0", "198.51", "203.0"]), chance.below(256)),
                text: paragraph(chance, tongue, sentences),
                at: said_at,
                state: if held { State::Held } else { State::Shown },
                held_why: held.then(|| HeldWhy::Links(5).stored()),
            });
        }
        comments
    }
}

fn headline(chance: &mut Chance, tongue: &Tongue) -> String {
    let text =
        [tongue.subjects, tongue.acts, tongue.objects].map(|list| *chance.one_of(list)).join(tongue.space);
    capital(&text)
}

fn paragraph(chance: &mut Chance, tongue: &Tongue, sentences: usize) -> String {
    let one = |chance: &mut Chance| {
        let mut parts = vec![
            *chance.one_of(tongue.subjects),
            *chance.one_of(tongue.acts),
            *chance.one_of(tongue.objects),
        ];
        parts.push(*chance.one_of(tongue.ends));
        // A number makes sentences differ, as in real reports.
        let number = (2 + chance.below(9_998)).to_string();
        format!("{}{}", capital(&parts.join(tongue.space)).replace('#', &number), tongue.stop)
    };
    (0..sentences).map(|_| one(chance)).collect::<Vec<_>>().join(tongue.between)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
