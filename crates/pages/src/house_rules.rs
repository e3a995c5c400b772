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
    words::{Words, counted, fill},
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
    /// In which the page around them speaks.
    pub words: &'a Words,
    /// They are those of the paper itself, and not of another site's pages.
    pub papers: bool,
    /// The paper has made an account of its moderation public.
    pub accounts: bool,
    /// All that were noted down, the latest first: number, from when on.
    pub versions: &'a [(i64, Millis)],
}

/// What the rules are made of.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub words: &'a Words,
    /// Whose pages they are for, where it is another site with days and numbers of its own: `blog.example`.
    pub site: Option<&'a str>,
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

/// Sentences one after another as a language sets them apart.
fn together(words: &Words, sentences: &[&str]) -> String {
    sentences.join(if words.language == Language::Chinese { "" } else { " " })
}

/// How sure the screen must be to hold a comment, as a person says it.
fn how_sure(words: &Words, hold_at: f32) -> String {
    let open = words.open();
    match tenths(hold_at) {
        ..=0.0 => open.rules_screened_any.to_owned(),
        100.0.. => open.rules_screened_sure.to_owned(),
        _ => fill(open.rules_screened_at, &[("share", &share(words, hold_at))]),
    }
}

/// In hundredths, to one place.
fn tenths(share: f32) -> f32 {
    (share * 1000.0).round() / 10.0
}

/// `70 %`, as a language writes it.
fn share(words: &Words, of: f32) -> String {
    let number = format!("{:.1}", tenths(of));
    let number = number.strip_suffix(".0").unwrap_or(&number);
    match words.language {
        Language::English | Language::Chinese => format!("{number}%"),
        _ => format!("{}\u{a0}%", number.replace('.', ",")),
    }
}

/// In the small markup.
pub fn text(paper: &Paper, rules: &Rules<'_>) -> String {
    let (policy, words) = (rules.policy, rules.words);
    let open = words.open();
    let many = |sentence: &str, n: i64| counted(words, sentence, n.unsigned_abs());
    let links = |sentence: &str, n: usize| counted(words, sentence, n as u64);
    let point = |sentence: &str| format!("- {sentence}\n");
    let head = |sentence: &str| format!("\n## {sentence}\n\n");
    let on_site = |here, there| if rules.site.is_some() { there } else { here };
    let mut out = format!("## {}\n\n{}\n\n", open.rules_not_shown, open.rules_reasons);
    for reason in rules.reasons {
        out.push_str(&point(reason));
    }
    let limits = [
        ("characters", words.number(policy.longest_text as u64)),
        ("links", links(open.rules_links, policy.most_links)),
        ("minute", policy.most_per_minute.to_string()),
        ("hour", policy.most_per_hour.to_string()),
    ];
    let limits = limits.each_ref().map(|(place, with)| (*place, with.as_str()));
    out.push_str(&format!("\n{}\n", fill(open.rules_limits, &limits)));

    out.push_str(&head(open.rules_who));
    let mut who = vec![open.rules_people];
    if rules.screened {
        who.push(open.rules_screened);
    }
    let sure = how_sure(words, policy.hold_at);
    if rules.screened && rules.site.is_some() {
        who.push(&sure);
    }
    if rules.screened && rules.learned {
        who.push(open.rules_learned);
    }
    if rules.scored {
        who.push(open.rules_scored);
    }
    out.push_str(&format!("{}\n\n{}\n\n", together(words, &who), open.rules_waits));
    out.push_str(&point(open.rules_waits_discussion));
    if policy.links_held_above < policy.most_links {
        out.push_str(&point(&links(open.rules_waits_links, policy.links_held_above)));
    }
    if policy.first_held > 0 {
        out.push_str(&point(&many(open.rules_waits_new, policy.first_held.into())));
    }
    if let Some(after) = policy.held_after {
        out.push_str(&point(&many(on_site(open.rules_waits_age, open.rules_waits_age_on_site), after / DAY)));
    }
    if policy.reports_hold > 0 {
        out.push_str(&point(&many(open.rules_waits_reports, policy.reports_hold.into())));
    }
    out.push_str(&point(open.rules_waits_sanction));
    if let Some(after) = policy.closes_after {
        out.push_str(&format!(
            "\n{}\n",
            many(on_site(open.rules_closes, open.rules_closes_on_site), after / DAY)
        ));
    }

    out.push_str(&head(open.rules_you_can));
    out.push_str(&point(open.rules_report));
    out.push_str(&point(open.rules_receipt));
    let days = |ms: i64| many(open.rules_days, ms / DAY);
    let times = [("within", &*days(appeal::WITHIN)), ("due", &*days(appeal::DUE))];
    out.push_str(&point(&fill(open.rules_appeal, &times)));
    if policy.edit_within > 0 {
        out.push_str(&point(&many(open.rules_change, policy.edit_within / MINUTE)));
    }
    out.push_str(&point(open.rules_data));

    out.push_str(&head(open.rules_public));
    out.push_str(open.rules_public_words);
    if !rules.contact.is_empty() || !rules.authorities.is_empty() {
        out.push_str(&format!("\n\n## {}\n", open.rules_whom));
        for (sentence, whom) in
            [(open.rules_contact, rules.contact), (open.rules_authorities, rules.authorities)]
        {
            if !whom.is_empty() {
                out.push_str(&format!("\n{}\n", fill(sentence, &[("whom", whom)])));
            }
        }
    }
    let whose = [("paper", paper.name.as_str()), ("site", rules.site.unwrap_or_default())];
    out.push_str(&format!("\n\n{}\n", fill(on_site(open.rules_of, open.rules_of_site), &whose)));
    out
}

/// The words that a text is made of: earlier rules stay in the language of their day.
fn words_of(text: &str) -> Option<&'static Words> {
    let head = text.strip_prefix("## ")?.lines().next()?;
    Language::ALL.into_iter().map(Words::of).find(|words| words.open().rules_not_shown == head)
}

impl Theme {
    pub fn house_rules(&self, page: &HouseRules<'_>) -> Result<String, Fault> {
        let around = page.words;
        let title = format!("{} \u{2013} {}", around.discussion_rules, page.paper.name);
        let other = words_of(page.text).map(|words| words.language).filter(|l| *l != around.language);
        let lang = other.map_or_else(String::new, |l| format!(" lang=\"{}\" dir=\"ltr\"", l.tag()));
        let path = if page.earlier || !page.papers { "" } else { "/discussion-rules" };
        let time = |at: Millis| Value::from(Serde(Time::of(page.paper, at)));
        let version =
            |(id, at): &(i64, Millis)| context! { id, time => time(*at), here => Some(*at) == page.since };
        let context = context! {
            frame => Value::from(Serde(Frame::speaking(around, page.paper, title, String::new(), path))),
            html => Value::from_safe_string(markup::body_html(page.text)),
            lang => Value::from_safe_string(lang),
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
        of_site(None, policy, scored)
    }

    fn of_site(site: Option<&str>, policy: &Policy, scored: bool) -> String {
        let reasons = ["It advertises.".to_owned()];
        let rules = Rules {
            words: data::voice().words,
            site,
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

    fn page(text: &str, language: &str) -> String {
        let mut paper = data::paper();
        paper.language = language.into();
        let page = HouseRules {
            paper: &paper,
            text,
            since: None,
            earlier: true,
            words: Words::of_paper(&paper),
            papers: true,
            accounts: false,
            versions: &[],
        };
        Theme::builtin().house_rules(&page).unwrap()
    }

    #[test]
    fn earlier_rules_say_in_which_language_they_stand() {
        let english = of(&Policy::default(), true);
        assert!(page(&english, "de-AT").contains("<div class=\"body\" lang=\"en\" dir=\"ltr\">"));
        for around in ["en-GB", "fr", ""] {
            assert!(page(&english, around).contains("<div class=\"body\">"), "{around}");
        }
        assert!(page("## Something <else>", "de").contains("<div class=\"body\">"), "nobody knows");
    }

    #[test]
    fn every_language_has_each_rule_once() {
        let policy = Policy {
            first_held: 2,
            held_after: Some(3 * DAY),
            links_held_above: 1,
            most_links: 5,
            ..Policy::default()
        };
        let points = |text: &str| {
            text.lines().map(|l| l.split(' ').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
        };
        let in_english = of(&policy, true);
        for language in Language::ALL {
            let mut paper = data::paper();
            paper.language = language.tag().into();
            let reasons = ["-".to_owned()];
            let rules = Rules {
                words: Words::of(language),
                site: None,
                policy: &policy,
                reasons: &reasons,
                contact: "desk@courier.example",
                authorities: "",
                screened: true,
                scored: true,
                learned: false,
            };
            let of_site = text(&paper, &Rules { site: Some("blog.example"), ..rules });
            assert!(!of_site.contains(['{', '}', '|']), "{of_site}");
            assert_eq!(of_site.lines().count(), text(&paper, &rules).lines().count());
            let said = text(&paper, &rules);
            let marks = |t: &str| {
                points(t).into_iter().filter(|p| ["-", "##"].contains(&p.as_str())).collect::<Vec<_>>()
            };
            assert_eq!(marks(&said), marks(&in_english), "{said}");
            assert!(!said.contains(['{', '}', '|']), "{said}");
            assert!(words_of(&said).is_some_and(|words| words.language == language));
            if language != Language::English {
                assert!(!said.contains("comment ") && !said.contains(" the "), "{said}");
            }
        }
    }

    #[test]
    fn those_of_another_site_say_its_days_and_numbers() {
        let own = newsroom::discussion::OwnPolicy {
            hold_at: Some(655),
            closes_after_days: Some(1),
            first_held: Some(2),
        };
        let paper = Policy { held_after: Some(3 * DAY), ..Policy::default() };
        let said = of_site(Some("blog.example"), &paper.with(own), false);
        for part in [
            "at least 65.5% sure",
            "closes 1 day after its first comment",
            "fewer than 2 comments of",
            "when the discussion is older than 3 days;",
            "for the pages of blog.example.",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let papers = of(&paper, false);
        for part in ["% sure", "fewer than", "its first comment", "the pages of"] {
            assert!(!papers.contains(part), "{part}: {papers}");
        }
        let german = Words::of(Language::German);
        assert_eq!(
            (share(german, 0.655).as_str(), share(german, 0.8).as_str()),
            ("65,5\u{a0}%", "80\u{a0}%")
        );
    }

    #[test]
    fn the_ends_of_the_scale_are_said_as_a_person_would() {
        for language in Language::ALL {
            let words = Words::of(language);
            let said = |at: u16| how_sure(words, f32::from(at) / 1000.0);
            let ends = [said(0), said(1000)];
            for end in &ends {
                assert!(!end.contains(['%', '{']) && !end.contains(char::is_numeric), "{end}");
            }
            assert!(ends[0] != ends[1], "{ends:?}");
            for (at, number) in [(1, ["0.1", "0,1"]), (999, ["99.9", "99,9"]), (800, ["80", "80"])] {
                let said = said(at);
                assert!(said.contains('%') && number.iter().any(|n| said.contains(n)), "{said}");
            }
        }
        let english =
            |hold_at| of_site(Some("blog.example"), &Policy { hold_at, ..Policy::default() }, false);
        assert!(english(0.0).contains("for whatever it sees in it, however unsure it is."));
        assert!(english(1.0).contains("only where it is entirely sure."));
    }

    #[test]
    fn they_say_what_is_set_and_nothing_else() {
        let usual = of(&Policy::default(), false);
        for part in [
            "- It advertises.",
            "reported from 3 networks",
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
