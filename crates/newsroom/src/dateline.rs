//! The dateline: where and when a story was filed, and by whom, before its first sentence.
//!
//! Kept as fields and as received; stripped from the body, and rendered anew in the agency's own form.
//! The day it names is the day of the event or the filing, not of publication.

/// `MOSCOW, Sept. 23 (Northwire) --` in pieces. Any piece may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// The place as printed, with region or country where given: `GROSSETO, Italy`.
    pub place: String,
    /// The date as the agency words it: `Sept. 23`, `Monday`, `May 16, 2021`. Empty when it gave none.
    pub date: String,
    /// The day that the date means, where it can be known; never the day of publication by assumption.
    pub day: Option<jiff::civil::Date>,
    /// The agency in the brackets.
    pub agency: String,
    /// The dash that ends it, as the agency writes it: `--`, `—`, `–`, `-`, `_`.
    pub dash: String,
    /// Exactly what was received.
    pub raw: String,
}

impl Dateline {
    pub fn is_empty(&self) -> bool {
        self.place.is_empty() && self.date.is_empty() && self.agency.is_empty()
    }

    /// Rebuilt from its fields: `MOSCOW, Sept. 23 (Northwire) --`.
    pub fn render(&self) -> String {
        let mut out = String::new();
        out.push_str(&self.place);
        if !self.date.is_empty() {
            if !out.is_empty() {
                out.push_str(", ");
            }
            out.push_str(&self.date);
        }
        if !self.agency.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push('(');
            out.push_str(&self.agency);
            out.push(')');
        }
        if !out.is_empty() {
            out.push(' ');
            out.push_str(if self.dash.is_empty() { "--" } else { &self.dash });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rebuilt_in_the_agencys_form() {
        let mut d = Dateline {
            place: "OSK".into(),
            date: "March 5".into(),
            agency: "Northwire".into(),
            ..Dateline::default()
        };
        assert_eq!(d.render(), "OSK, March 5 (Northwire) --");
        d.date.clear();
        d.dash = "—".into();
        assert_eq!(d.render(), "OSK (Northwire) —");
        assert_eq!(Dateline::default().render(), "");
    }
}
