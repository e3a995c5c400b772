//! That the embedded demo is whole: everything parses, refers to what exists, and is rich enough to show.

use super::*;
use newsroom::{
    discussion::{Reserved, name, network::Network},
    section::Section,
};
use std::collections::{HashMap, HashSet};

const NOW: Millis = Millis(1_790_000_000_000);

#[test]
fn stories_stand_in_the_papers_sections_and_could_be_published() {
    let Content { paper, stories } = content();
    let mut headlines = HashSet::new();
    for story in &stories {
        let key = &story.key;
        assert!(paper.sections.contains(&story.section), "{key}: section {}", story.section);
        assert!(!Section::named(&story.section).slug.to_string().is_empty());
        assert!(headlines.insert(story.headline.clone()), "{key}: two stories of one headline");
        assert!((1..=9).contains(&story.urgency), "{key}");
        assert!(story.hours_ago > 0.0, "{key} lies in the future");
        assert!(story.body.trim().split("\n\n").count() >= 5, "{key}: the body is short");
        assert!(!story.standfirst.is_empty() && !story.topics.is_empty(), "{key}");
        assert!(!story.body.contains("<") && !story.body.contains("TODO"), "{key}: markup is not HTML");
        for photo in &story.photos {
            assert!(
                !photo.credit().is_empty() && !photo.alt.is_empty() && !photo.caption.is_empty(),
                "{key}"
            );
            assert!(photo.bytes.starts_with(&[0xff, 0xd8]), "{key}: {} is no JPEG", photo.file);
        }
        for notice in &story.notices {
            assert!(notice.hours_after < story.hours_ago, "{key}: a notice of tomorrow");
        }
    }
}

#[test]
fn the_pictures_are_all_used_and_light_enough() {
    let used: HashSet<String> =
        content().stories.iter().flat_map(|s| s.photos.iter().map(|p| p.file.clone())).collect();
    for (name, _) in files::PICTURES {
        assert!(used.contains(*name), "no story shows {name}");
    }
    let total: usize = files::PICTURES.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(total <= 1_800_000, "{total} bytes of pictures");
}

#[test]
fn datelines_read_as_their_language_writes_them() {
    let Content { stories, .. } = content();
    for story in stories.iter().filter(|s| !s.dateline.place.is_empty()) {
        let line = story.dateline_on(story.published_at(NOW), &Zone::default());
        assert!(line.raw.starts_with(&line.place) && line.raw.contains(&line.date), "{}", story.key);
        assert!(line.day.is_some_and(|day| day <= Zone::default().day(NOW)), "{}", story.key);
    }
    let day = jiff::civil::date(2026, 9, 3);
    assert_eq!(date_words("", day), "Sept. 3");
    assert_eq!(date_words("zh-Hans", day), "9月3日");
    assert_eq!(date_words("ru", day), "3 сентября");
    assert_eq!(date_words("ar", day), "3 سبتمبر");
}

#[test]
fn comments_answer_earlier_comments_and_are_each_their_own() {
    for story in content().stories {
        let mut said: HashMap<&str, u32> = HashMap::new();
        let mut texts = HashSet::new();
        for comment in &story.comments {
            let place = format!("{}: {} ({})", story.key, comment.name, comment.key);
            assert_eq!(
                Network::parse(&comment.network).map(|n| n.to_string()),
                Some(comment.network.clone()),
                "{place}"
            );
            assert_eq!(name::clean_line(&comment.name), comment.name, "{place}");
            assert!(
                comment.staff || !Reserved::of("The Norhaven Courier", []).holds(&comment.name),
                "{place}"
            );
            assert!(texts.insert(comment.text.trim()), "{place}: said twice");
            assert!(!comment.text.trim().is_empty(), "{place}");
            assert_eq!(comment.reason.is_some(), comment.state == State::Removed, "{place}");
            assert!(f64::from(comment.minutes) < story.hours_ago * 60.0, "{place}: written tomorrow");
            if let Some(answered) = &comment.reply_to {
                let earlier = said.get(answered.as_str());
                assert!(earlier.is_some_and(|at| *at < comment.minutes), "{place} answers {answered}");
            }
            if !comment.key.is_empty() {
                assert!(said.insert(&comment.key, comment.minutes).is_none(), "{place}: key used twice");
            }
        }
    }
}

#[test]
fn the_screen_would_hold_nothing_that_is_shown() {
    for story in content().stories {
        for comment in story.comments.iter().filter(|c| c.state == State::Shown) {
            let risks = screen::screen(&comment.text, &comment.name);
            assert!(risks.iter().all(|r| r.score < 0.8), "{}: {}: {risks:?}", story.key, comment.name);
        }
    }
}

#[test]
fn there_is_enough_to_show() {
    let Content { paper, stories } = content();
    let sections: HashSet<&str> = stories.iter().map(|s| s.section.as_str()).collect();
    let languages: HashSet<&str> = stories.iter().map(|s| s.language.as_str()).collect();
    assert!(!paper.name.is_empty());
    assert!(stories.len() >= 12, "{} stories", stories.len());
    assert!(sections.len() >= 4, "{sections:?}");
    assert!(languages.is_superset(&HashSet::from(["", "ru"])), "{languages:?}");
    assert!(stories.iter().any(|s| s.photos.is_empty()) && stories.iter().any(|s| s.photos.len() == 2));
    assert!(stories.iter().any(|s| s.body.split_whitespace().count() >= 1_700), "no long read");
    let noticed = |kind| stories.iter().flat_map(|s| &s.notices).any(|n| n.kind == kind);
    assert!(noticed(NoticeKind::Correction) && noticed(NoticeKind::Update));

    let of = |story: &Story, state| story.comments.iter().filter(|c| c.state == state).count();
    let most = stories.iter().max_by_key(|s| s.comments.len()).expect("there are stories");
    assert!(of(most, State::Shown) >= 300, "{} shown under {}", of(most, State::Shown), most.key);
    assert!(stories.iter().map(|s| of(s, State::Held)).sum::<usize>() >= 2);
    let answered = |story: &Story, stub: &Comment| {
        stub.state == State::Removed
            && story.comments.iter().any(|c| c.reply_to.as_deref() == Some(&stub.key))
    };
    assert!(
        stories.iter().any(|s| s.comments.iter().any(|c| answered(s, c))),
        "a removed comment with replies under it"
    );
    assert!(
        stories.iter().any(|s| s.language.is_empty()
            && s.discussion == Mode::Open
            && (1..15).contains(&of(s, State::Shown))),
        "a short open discussion in English"
    );
}

#[test]
fn no_time_lies_in_the_future() {
    let story = &content().stories[0];
    let late = Comment { minutes: 1_000_000, ..story.comments.first().cloned().unwrap_or_else(nobody) };
    assert_eq!(late.at(story.published_at(NOW), NOW), NOW);
}

fn nobody() -> Comment {
    toml::from_str("name = 'A'\nnetwork = '192.0.2.*'\nminutes = 1\ntext = 'Well.'").expect("a whole comment")
}
