//! The discussion's rules for its readers: what is not shown, who decides and how, what a writer can do, and whom
//! to write to (DSA Art. 11, 12, 14). Made of the settings in force, and dated.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Language, Millis,
    clock::{DAY, MINUTE},
    discussion::{Policy, appeal},
    paper::Paper,
};

use crate::{
    frame::{Frame, Time},
    markup,
    theme::{Fault, Theme},
    words::Words,
};

/// `/discussion-rules`
pub struct HouseRules<'a> {
    pub paper: &'a Paper,
    /// In the small markup: [`text`], or as it was once.
    pub text: &'a str,
    /// From when on they read so; `None` where that is being noted down just now.
    pub since: Option<Millis>,
    /// An earlier version is shown.
    pub earlier: bool,
    /// The paper has made an account of its moderation public.
    pub accounts: bool,
    /// All that were noted down, the latest first: number, from when on.
    pub versions: &'a [(i64, Millis)],
}

/// What the rules are made of.
pub struct Rules<'a> {
    pub policy: &'a Policy,
    /// Sentences for writers, of the reasons in use.
    pub reasons: &'a [String],
    /// For readers and for authorities; empty where none is named.
    pub contact: &'a str,
    pub authorities: &'a str,
    /// The screen looks at comments.
    pub screened: bool,
    /// An outside program is asked about comments.
    pub scored: bool,
    /// What was removed before teaches what is held.
    pub learned: bool,
}

fn so_many(n: i64, one: &str, many: &str) -> String {
    format!("{} {}", Words::of(Language::English).number(n.unsigned_abs()), if n == 1 { one } else { many })
}

/// In the small markup.
pub fn text(paper: &Paper, rules: &Rules<'_>) -> String {
    let policy = rules.policy;
    let days = |ms: i64| so_many(ms / DAY, "day", "days");
    let mut out = String::from(
        "## What is not shown\n\nA comment can be removed, or a passage of it, for one of these reasons:\n\n",
    );
    for reason in rules.reasons {
        out.push_str(&format!("- {reason}\n"));
    }
    out.push_str(&format!(
        "\nA comment has at most {} characters and {}. From one address {} are taken in a minute and {} in an hour. \
         The same words are not taken twice under one story.\n",
        policy.longest_text,
        so_many(policy.most_links as i64, "link", "links"),
        policy.most_per_minute,
        policy.most_per_hour
    ));

    out.push_str("\n## Who decides\n\nPeople who work here decide what is removed.");
    if rules.screened {
        out.push_str(
            " A program reads each comment first: what looks to it like advertising, an insult, hate, a threat, something \
             sexual, somebody\u{2019}s personal details or a flood it holds until one of us has looked, and it puts the \
             gravest first. It removes nothing.",
        );
    }
    if rules.screened && rules.learned {
        out.push_str(" It also holds what resembles comments that we have removed.");
    }
    if rules.scored {
        out.push_str(" The text alone is shown to a program outside this paper as well, which can have a comment held and removes none.");
    }
    out.push_str("\n\nA comment waits for one of us, too,\n\n- when its discussion is read first: we can slow, close or read first any discussion;\n");
    if policy.links_held_above < policy.most_links {
        out.push_str(&format!(
            "- when it has more than {};\n",
            so_many(policy.links_held_above as i64, "link", "links")
        ));
    }
    if policy.first_held > 0 {
        out.push_str(&format!(
            "- when fewer than {} of its writer have been shown;\n",
            so_many(i64::from(policy.first_held), "comment", "comments")
        ));
    }
    if let Some(after) = policy.held_after {
        out.push_str(&format!("- when the story is older than {};\n", days(after)));
    }
    if policy.reports_hold > 0 {
        out.push_str(&format!(
            "- when {} have reported it;\n",
            so_many(i64::from(policy.reports_hold), "reader", "readers")
        ));
    }
    out.push_str("- when its network or its name has kept offending: then such comments are held, or refused, for 90 days at most.\n");
    if let Some(after) = policy.closes_after {
        out.push_str(&format!("\nA discussion closes {} after its story came out.\n", days(after)));
    }

    out.push_str(
        "\n## What you can do\n\n- *Report* stands under each comment. You need no account for it, and get a page that tells what became \
         of your report.\n- Each comment has a receipt, a private page for whoever wrote it. It tells every step: whether the comment \
         waits, and why; what was removed, by which rule, and whether a program had a part in it.\n",
    );
    out.push_str(&format!(
        "- Against a removal you can appeal from the receipt, free, within {}. Somebody else than who ruled first decides, within {}.\n",
        days(appeal::WITHIN),
        days(appeal::DUE)
    ));
    if policy.edit_within > 0 {
        out.push_str(&format!(
            "- Within {} you can change your comment or take it back.\n",
            so_many(policy.edit_within / MINUTE, "minute", "minutes")
        ));
    }
    out.push_str("- From the receipt you take along all that is kept of your comment, and have it erased.\n");

    out.push_str(
        "\n## What is public\n\nEach story\u{2019}s discussion says how many comments were removed, and leads to the list of what was \
         decided in it, without texts and names.",
    );
    if !rules.contact.is_empty() || !rules.authorities.is_empty() {
        out.push_str("\n\n## Whom to write to\n");
        if !rules.contact.is_empty() {
            out.push_str(&format!("\nReaders write to {}.\n", rules.contact));
        }
        if !rules.authorities.is_empty() {
            out.push_str(&format!("\nAuthorities write to {}.\n", rules.authorities));
        }
    }
    out.push_str(&format!("\n\nThese are the rules of {}.\n", paper.name));
    out
}

impl Theme {
    pub fn house_rules(&self, page: &HouseRules<'_>) -> Result<String, Fault> {
        let title = format!("Rules of the discussion \u{2013} {}", page.paper.name);
        let path = if page.earlier { "" } else { "/discussion-rules" };
        let time = |at: Millis| Value::from(Serde(Time::of(page.paper, at)));
        let version =
            |(id, at): &(i64, Millis)| context! { id, time => time(*at), here => Some(*at) == page.since };
        let context = context! {
            frame => Value::from(Serde(Frame::new(page.paper, title, String::new(), path))),
            html => Value::from_safe_string(markup::body_html(page.text)),
            since => page.since.map(time),
            earlier => page.earlier,
            accounts => page.accounts,
            versions => page.versions.iter().map(version).collect::<Vec<Value>>(),
        };
        self.render("house_rules.html", &context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::data;

    fn of(policy: &Policy, scored: bool) -> String {
        let reasons = ["It advertises.".to_owned()];
        let rules = Rules {
            policy,
            reasons: &reasons,
            contact: "desk@courier.example",
            authorities: "",
            screened: true,
            scored,
            learned: false,
        };
        text(&data::paper(), &rules)
    }

    #[test]
    fn they_say_what_is_set_and_nothing_else() {
        let usual = of(&Policy::default(), false);
        for part in [
            "- It advertises.",
            "3 readers have reported it",
            "closes 30 days",
            "Within 15 minutes",
            "within 183 days",
            "Readers write to desk@courier.example.",
        ] {
            assert!(usual.contains(part), "{part}: {usual}");
        }
        for part in ["outside this paper", "Authorities", "older than", "fewer than"] {
            assert!(!usual.contains(part), "{part}: {usual}");
        }
        let other = Policy {
            reports_hold: 0,
            edit_within: 0,
            closes_after: None,
            first_held: 1,
            held_after: Some(DAY),
            ..Policy::default()
        };
        let other = of(&other, true);
        for part in ["fewer than 1 comment of", "older than 1 day;", "outside this paper"] {
            assert!(other.contains(part), "{part}: {other}");
        }
        assert!(
            !other.contains("reported it")
                && !other.contains("change your comment")
                && !other.contains("closes")
        );
    }
}
