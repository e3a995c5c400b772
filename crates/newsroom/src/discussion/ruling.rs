//! A moderator's decision.

/// The word of a ruling that was taken back; of a warning there is another, for it changes no comment.
pub const UNDO: &str = "undo";
pub const UNDO_WARN: &str = "undo-warn";

/// What is decided about one comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    Show,
    Remove,
    Hold,
    /// A passage is taken out, the rest is shown.
    Cut,
    /// Nothing changes; its writer is told something on the receipt.
    Warn,
}

impl Ruling {
    pub const ALL: [Ruling; 5] = [Ruling::Show, Ruling::Remove, Ruling::Hold, Ruling::Cut, Ruling::Warn];

    pub fn as_str(self) -> &'static str {
        match self {
            Ruling::Show => "show",
            Ruling::Remove => "remove",
            Ruling::Hold => "hold",
            Ruling::Cut => "cut",
            Ruling::Warn => "warn",
        }
    }

    /// Whether it decides what was reported, appealed against or doubted.
    pub fn decides(self) -> bool {
        !matches!(self, Ruling::Hold | Ruling::Warn)
    }

    pub fn parse(text: &str) -> Option<Ruling> {
        Ruling::ALL.into_iter().find(|r| r.as_str() == text)
    }
}
