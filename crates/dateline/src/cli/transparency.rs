//! `dateline transparency`: the yearly account of notices, rulings and appeals, as CSV or as a page.

use super::{
    args::Transparency as Args,
    beside::{failed, say, with_store},
};
use crate::{app::theme_of, clock, config::Sources, failure::Failure, reports::BY_READERS};
use newsroom::{
    Millis, Zone,
    discussion::{Reason, Reasons},
};
use pages::transparency::{Line, Transparency};
use std::net::SocketAddr;
use store::transparency::Transparency as Facts;

pub(super) fn run(args: Args) -> Result<(), Failure> {
    let config = Sources::read(&args.data.data)?.settle()?;
    let paper = config.paper(SocketAddr::from(([127, 0, 0, 1], 8080)));
    let now = clock::now();
    let until = moment(&paper.zone, args.until.as_deref())?.unwrap_or(now);
    let from = moment(&paper.zone, args.from.as_deref())?.unwrap_or(now.plus(-365 * newsroom::clock::DAY));
    if from >= until {
        return Err(Failure("the time begins after its end: give --from a day before --until".into()));
    }
    let (facts, reasons) = with_store(&args.data, false, async |store| {
        let facts = store.transparency(from, until, BY_READERS).await.map_err(failed)?;
        Ok((facts, store.reasons().await.map_err(failed)?))
    })?;
    let lines = lines(&facts, &reasons);
    if args.html {
        let theme = theme_of(&args.data.data)?;
        let page = Transparency { paper: &paper, from, until, lines: &lines };
        return say(theme.transparency(&page).map_err(|e| Failure(e.to_string()))?.trim_end());
    }
    say("what,code,number,reason,ground,source")?;
    for Line { what, code, number, reason } in &lines {
        let ground = reason.as_ref().map_or("", |r| r.ground.as_str());
        let (label, source) = reason.as_ref().map_or(("", ""), |r| (r.label.as_str(), r.source.as_str()));
        say(&format!("{what},{code},{number},{},{ground},{}", cell(label), cell(source)))?;
    }
    Ok(())
}

/// What the paper has worded itself, as one cell: quoted where it must be, and never a formula to a spreadsheet.
fn cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// The beginning of a day in the paper's zone.
fn moment(zone: &Zone, day: Option<&str>) -> Result<Option<Millis>, Failure> {
    let Some(day) = day else { return Ok(None) };
    let date: jiff::civil::Date =
        day.parse().map_err(|_| Failure(format!("{day} is no day: write it as 2026-01-31")))?;
    Ok(Some(zone.start_of(date)))
}

/// Nothing that is counted is left out for being none; codes are words of ours, without a comma.
fn lines(facts: &Facts, reasons: &Reasons) -> Vec<Line> {
    let line = |what: &'static str, code: &str, number: u64| Line {
        what,
        code: code.to_owned(),
        number,
        reason: Reason::parse(code).and_then(|r| reasons.find(r).cloned()),
    };
    let minutes = |ms: Option<i64>| ms.map_or(0, |ms| (ms / 60_000).unsigned_abs());
    let mut all =
        vec![line("comments written", "", facts.comments), line("comments held at first", "", facts.held)];
    all.extend(facts.notices.iter().map(|(code, n)| line("reports by readers", code, *n)));
    for (ruling, code, n) in &facts.rulings {
        let what = match ruling.as_str() {
            "show" => "rulings: shown",
            "remove" => "rulings: removed",
            "cut" => "rulings: a passage cut",
            "hold" => "rulings: held",
            _ => "rulings taken back",
        };
        all.push(line(what, code, *n));
    }
    all.extend([
        line("held by the paper itself for readers' reports", "", facts.automated),
        line("appeals", "", facts.appeals),
        line("appeals upheld", "", facts.upheld),
        line("appeals refused", "", facts.kept),
        line("median minutes from report to ruling", "", minutes(facts.notice_decided_within)),
        line("median minutes from appeal to ruling", "", minutes(facts.appeal_decided_within)),
    ]);
    all
}
