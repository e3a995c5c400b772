//! What happens at the paper that somebody outside may want to hear of.

/// The word is stable: webhooks are asked for by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    CommentShown,
    CommentHeld,
    CommentRemoved,
    CommentCut,
    /// By its writer.
    CommentEdited,
    CommentWithdrawn,
    ReportMade,
    /// One or more about a comment, by one ruling.
    ReportDecided,
    AppealMade,
    AppealDecided,
    /// Of the comment it is told of.
    ThreadClosed,
    ThreadOpened,
    /// How a story's discussion takes comments was set, perhaps to what it was.
    DiscussionSet,
    StoryPublished,
    /// After publication, and readers are told.
    StoryChanged,
    StoryKilled,
}

impl Event {
    pub const ALL: [Event; 16] = [
        Event::CommentShown,
        Event::CommentHeld,
        Event::CommentRemoved,
        Event::CommentCut,
        Event::CommentEdited,
        Event::CommentWithdrawn,
        Event::ReportMade,
        Event::ReportDecided,
        Event::AppealMade,
        Event::AppealDecided,
        Event::ThreadClosed,
        Event::ThreadOpened,
        Event::DiscussionSet,
        Event::StoryPublished,
        Event::StoryChanged,
        Event::StoryKilled,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Event::CommentShown => "comment.shown",
            Event::CommentHeld => "comment.held",
            Event::CommentRemoved => "comment.removed",
            Event::CommentCut => "comment.cut",
            Event::CommentEdited => "comment.edited",
            Event::CommentWithdrawn => "comment.withdrawn",
            Event::ReportMade => "report.made",
            Event::ReportDecided => "report.decided",
            Event::AppealMade => "appeal.made",
            Event::AppealDecided => "appeal.decided",
            Event::ThreadClosed => "thread.closed",
            Event::ThreadOpened => "thread.opened",
            Event::DiscussionSet => "discussion.set",
            Event::StoryPublished => "story.published",
            Event::StoryChanged => "story.changed",
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
