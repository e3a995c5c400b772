//! The theme: the embedded templates, a paper's own in their place, and the one way to render them.

use std::{collections::BTreeMap, fmt};

use minijinja::{
    AutoEscape, Environment, Error, UndefinedBehavior,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde, Value},
};
use serde::Serialize;

use crate::{assets, embedded, sample, words::fill};

/// What is wrong with a template, in words for whoever can mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The template, `story.html`.
    pub template: String,
    /// The line in it, where known; from 1.
    pub line: Option<usize>,
    /// What is wrong, in one sentence.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "template {}, line {line}: {}", self.template, self.what),
            None => write!(f, "template {}: {}", self.template, self.what),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    fn of(template: &str, error: &Error) -> Fault {
        // The innermost cause names the template and line where a paper's editor must look.
        let mut innermost = error;
        let mut what = error.to_string();
        while let Some(cause) = std::error::Error::source(innermost).and_then(|e| e.downcast_ref::<Error>()) {
            innermost = cause;
            what = cause.to_string();
        }
        let name = innermost.name().or(error.name()).unwrap_or(template);
        Fault { template: name.to_owned(), line: innermost.line().or(error.line()), what }
    }
}

/// Templates ready to render. Made once; rendering needs no lock.
pub struct Theme {
    env: Environment<'static>,
    style: String,
    style_source: String,
    own: Vec<String>,
}

/// `{{ w.reply_to|fill(name=name) }}`: a sentence with its places filled in.
fn filled(sentence: String, places: Kwargs) -> Result<String, Error> {
    let mut with: Vec<(&str, String)> = Vec::new();
    for place in places.args() {
        with.push((place, places.get::<Value>(place)?.to_string()));
    }
    let with: Vec<(&str, &str)> = with.iter().map(|(place, text)| (*place, text.as_str())).collect();
    Ok(fill(&sentence, &with))
}

/// `{{ w.came_by|told(way=way) }}`: the same where a place is somebody's name or label, which may run in another
/// direction, or markup already: a time.
fn told(sentence: String, places: Kwargs) -> Result<Value, Error> {
    let mut with: Vec<(&str, String)> = Vec::new();
    for place in places.args() {
        let value = places.get::<Value>(place)?;
        let text = value.to_string();
        with.push((
            place,
            if value.is_safe() { text } else { format!("<bdi>{}</bdi>", crate::markup::escape(&text)) },
        ));
    }
    let with: Vec<(&str, &str)> = with.iter().map(|(place, text)| (*place, text.as_str())).collect();
    Ok(Value::from_safe_string(fill(&crate::markup::escape(&sentence), &with)))
}

/// The reader pages' style sheet; a paper's theme may bring its own under this name.
const STYLE: &str = "reader.css";

impl Theme {
    /// The theme that comes with Dateline.
    pub fn builtin() -> Theme {
        Theme::with(Vec::new()).expect("the embedded templates are compiled by every test run")
    }

    /// The embedded theme with a paper's own templates, as pairs of name and source, in place of those of
    /// the same name. Names are those of [`Theme::names`]; any other may be used from these as a part.
    pub fn with(own: Vec<(String, String)>) -> Result<Theme, Fault> {
        let mut env = Environment::new();
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .expect("only white space differs from the default syntax");
        env.set_syntax(syntax);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_recursion_limit(64);
        env.set_auto_escape_callback(|name| match name.rsplit('.').next() {
            Some("html" | "xml") => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        env.set_formatter(|out, state, value| match value.as_str() {
            // minijinja's own also escapes slashes, which makes every address longer and harder to find.
            Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
                out.write_str(&crate::markup::escape(text)).map_err(minijinja::Error::from)
            }
            _ => minijinja::escape_formatter(out, state, value),
        });
        env.add_filter("fill", filled);
        env.add_filter("told", told);
        let mut sources: BTreeMap<String, String> = BTreeMap::new();
        for (name, source) in embedded::all() {
            sources.insert(name.to_owned(), source.to_owned());
        }
        let own_names = own.iter().map(|(name, _)| name.clone()).collect();
        sources.extend(own);
        let style_source = sources.remove(STYLE).unwrap_or_default();
        let style = assets::squeeze_css(&style_source);
        if style.contains('<') {
            let line = style_source.lines().position(|l| l.contains('<')).map(|at| at + 1);
            let what = "a style sheet may not hold the character <, it stands inside a page".to_owned();
            return Err(Fault { template: STYLE.into(), line, what });
        }
        for (name, source) in sources {
            env.add_template_owned(name.clone(), source).map_err(|e| Fault::of(&name, &e))?;
        }
        env.add_global("style", Value::from_safe_string(style.clone()));
        env.add_global("reader_js", assets::reader_js_path());
        Ok(Theme { env, style, style_source, own: own_names })
    }

    /// Names of all templates that a paper may replace, sorted, with the style sheet `reader.css`.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&str> = embedded::all().map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }

    /// The source of a style sheet or template that comes with Dateline: the start for a paper's own.
    pub fn source_of(name: &str) -> Option<&'static str> {
        embedded::all().find(|(n, _)| *n == name).map(|(_, source)| source)
    }

    /// Renders every template with every sample. Empty when the theme is whole.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = sample::all().filter_map(|s| (s.render)(self).err()).collect();
        let opened = self.style_source.matches('{').count();
        if opened != self.style_source.matches('}').count() {
            let what = "its curly brackets do not pair".to_owned();
            faults.push(Fault { template: STYLE.into(), line: None, what });
        }
        // A misspelt name would be ignored in silence.
        let used: String = self.env.templates().map(|(_, t)| t.source().to_owned()).collect();
        for name in &self.own {
            if !Theme::names().contains(&name.as_str()) && !used.contains(name.as_str()) {
                let what = format!("no page uses it; the names are {}", Theme::names().join(", "));
                faults.push(Fault { template: name.clone(), line: None, what });
            }
        }
        faults.dedup();
        faults
    }

    /// The style of the reader's pages as it stands between `<style>` and `</style>`.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The source expression that lets the inline style through a content security policy,
    /// `'sha256-…'` with its quotes.
    pub fn style_hash(&self) -> String {
        assets::csp_hash(&self.style)
    }

    /// Renders a template. Its context stays inside the crate; `minijinja::Value`s in it keep their safety.
    pub(crate) fn render<T: Serialize>(&self, template: &str, context: &T) -> Result<String, Fault> {
        let render = || self.env.get_template(template)?.render(Serde(context));
        render().map_err(|e| Fault::of(template, &e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, source: &str) -> Vec<(String, String)> {
        vec![(name.into(), source.into())]
    }

    #[test]
    fn every_template_renders_with_every_sample() {
        assert_eq!(Theme::builtin().check(), vec![]);
    }

    #[test]
    fn a_papers_own_template_takes_its_place() {
        let theme = Theme::with(own("error.html", "Own {{ page.status }}")).expect("compiles");
        let found = sample::all().find(|s| s.file == "error.html").expect("sample");
        assert_eq!((found.render)(&theme).expect("renders"), "Own 404");
    }

    #[test]
    fn what_is_told_of_somebody_is_escaped_once_and_set_apart() {
        let source =
            "{% set at %}<time>9</time>{% endset %}{{ '<{name}> since {at}'|told(name=page.status, at=at) }}";
        let theme = Theme::with(own("error.html", source)).expect("compiles");
        let found = sample::all().find(|s| s.file == "error.html").expect("sample");
        assert_eq!((found.render)(&theme).expect("renders"), "&lt;<bdi>404</bdi>&gt; since <time>9</time>");
        let source = "{{ '{name}'|told(name='<b>{name}') }}";
        let theme = Theme::with(own("error.html", source)).expect("compiles");
        assert_eq!((found.render)(&theme).expect("renders"), "<bdi>&lt;b&gt;{name}</bdi>");
    }

    #[test]
    fn faults_say_where() {
        let fault = Theme::with(own("error.html", "a\n{% if %}")).err().expect("fault");
        assert_eq!((fault.template.as_str(), fault.line), ("error.html", Some(2)));
        let theme = Theme::with(own("error.html", "a\n{{ page.sttaus }}")).expect("compiles");
        let faults = theme.check();
        assert!(faults.iter().any(|f| f.template == "error.html" && f.line == Some(2)), "{faults:?}");
        let theme = Theme::with(own("eror.html", "x")).expect("compiles");
        assert!(theme.check().iter().any(|f| f.template == "eror.html"));
        assert!(Theme::with(own("reader.css", "a{}</style>")).is_err());
    }

    #[test]
    fn a_template_that_calls_itself_ends_in_a_fault() {
        let theme = Theme::with(own("error.html", "{% include 'error.html' %}")).expect("compiles");
        assert!(!theme.check().is_empty());
    }
}
