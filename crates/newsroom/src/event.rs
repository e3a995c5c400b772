//! What happens at the paper that somebody outside may want to hear of.

/// The word is stable: webhooks are asked for by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    CommentShown,
    CommentHeld,
    CommentRemoved,
    CommentCut,
    ReportMade,
    AppealMade,
    AppealDecided,
    StoryPublished,
    StoryKilled,
}

impl Event {
    pub const ALL: [Event; 9] = [
        Event::CommentShown,
        Event::CommentHeld,
        Event::CommentRemoved,
        Event::CommentCut,
        Event::ReportMade,
        Event::AppealMade,
        Event::AppealDecided,
        Event::StoryPublished,
        Event::StoryKilled,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Event::CommentShown => "comment.shown",
            Event::CommentHeld => "comment.held",
            Event::CommentRemoved => "comment.removed",
            Event::CommentCut => "comment.cut",
            Event::ReportMade => "report.made",
            Event::AppealMade => "appeal.made",
            Event::AppealDecided => "appeal.decided",
            Event::StoryPublished => "story.published",
            Event::StoryKilled => "story.killed",
        }
    }

    pub fn parse(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|e| e.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::Event;

    #[test]
    fn every_word_is_read_back() {
        for event in Event::ALL {
            assert_eq!(Event::parse(event.as_str()), Some(event));
        }
        assert_eq!(Event::parse("comment"), None);
    }
}
