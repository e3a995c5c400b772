//! The wire's note to editors. It must never reach a page.

/// A note for editors only. It has no `Display` and no `Debug` of its text, so that it cannot slip into
/// a template, a feed or a log: whoever shows it must name the act, [`EdNote::for_editors`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EdNote(String);

impl EdNote {
    pub fn new(text: impl Into<String>) -> EdNote {
        EdNote(text.into())
    }

    /// For the desk's own screens and the database, nowhere else.
    pub fn for_editors(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for EdNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EdNote({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_text_is_not_in_debug_output() {
        assert_eq!(format!("{:?}", EdNote::new("hold until cleared")), "EdNote(18 bytes)");
    }
}
