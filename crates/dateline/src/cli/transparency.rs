//! `dateline transparency`: the yearly account of notices, rulings and appeals, as CSV or as a page; with
//! `--publish` it stands in the paper.

use super::{
    args::Transparency as Args,
    beside::{WHO, failed, say, with_store},
};
use crate::{app::theme_of, clock, config::Sources, failure::Failure, reports::BY_READERS};
use newsroom::{
    Millis, Zone,
    discussion::{Reason, Reasons},
};
use pages::transparency::{Counted, Line, Transparency, csv};
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
    if args.publish {
        let kept: Vec<(&str, &str, u64)> =
            lines.iter().map(|l| (l.what.as_str(), l.code.as_str(), l.number)).collect();
        let kept = serde_json::to_string(&kept).map_err(|e| Failure(e.to_string()))?;
        with_store(&args.data, false, async |store| {
            store.publish_account(from, until, &kept, WHO, now).await.map_err(failed)
        })?;
    }
    if args.html {
        let theme = theme_of(&args.data.data)?;
        let page = Transparency { paper: &paper, from, until, lines: &lines, public: None };
        return say(theme.transparency(&page).map_err(|e| Failure(e.to_string()))?.trim_end());
    }
    say(csv(&lines).trim_end())
}

/// The beginning of a day in the paper's zone.
fn moment(zone: &Zone, day: Option<&str>) -> Result<Option<Millis>, Failure> {
    let Some(day) = day else { return Ok(None) };
    let date: jiff::civil::Date =
        day.parse().map_err(|_| Failure(format!("{day} is no day: write it as 2026-01-31")))?;
    Ok(Some(zone.start_of(date)))
}

/// Codes are words of ours, without a comma. Of rulings there is a line for what was ruled.
fn lines(facts: &Facts, reasons: &Reasons) -> Vec<Line> {
    let line = |what: Counted, code: &str, number: u64| Line {
        what: what.as_str().into(),
        code: code.to_owned(),
        number,
        reason: Reason::parse(code).and_then(|r| reasons.find(r).cloned()),
    };
    // Where nothing was decided nothing took a time, not even none.
    let minutes =
        |what, ms: Option<i64>| ms.map(|ms| line(what, "", ((ms.max(0) + 30_000) / 60_000).unsigned_abs()));
    let mut all = vec![line(Counted::Written, "", facts.comments), line(Counted::Held, "", facts.held)];
    let share = (facts.held * 1_000 + facts.comments / 2).checked_div(facts.comments);
    all.extend(share.map(|share| line(Counted::HeldOfThousand, "", share)));
    all.extend(facts.notices.iter().map(|(code, n)| line(Counted::Reports, code, *n)));
    if facts.notices.is_empty() {
        all.push(line(Counted::Reports, "", 0));
    }
    for (ruling, code, n) in &facts.rulings {
        let what = match ruling.as_str() {
            "show" => Counted::Shown,
            "remove" => Counted::Removed,
            "cut" => Counted::Cut,
            "hold" => Counted::PutOff,
            "warn" => Counted::Warned,
            _ => Counted::TakenBack,
        };
        // A warning that is taken back has a word of its own, and is counted with the others.
        match all.iter_mut().find(|l| l.what == what.as_str() && l.code == *code) {
            Some(line) => line.number += n,
            None => all.push(line(what, code, *n)),
        }
    }
    all.extend([
        line(Counted::ByItself, "", facts.automated),
        line(Counted::Appeals, "", facts.appeals),
        line(Counted::Upheld, "", facts.upheld),
        line(Counted::Kept, "", facts.kept),
    ]);
    all.extend(minutes(Counted::ReportMinutes, facts.notice_decided_within));
    all.extend(minutes(Counted::AppealMinutes, facts.appeal_decided_within));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_back_is_one_number() {
        let ruled = |word: &str, code: &str, n| (word.to_owned(), code.to_owned(), n);
        let facts = Facts {
            rulings: vec![
                ruled("remove", "insult", 4),
                ruled("undo", "", 2),
                ruled("undo", "insult", 1),
                ruled("undo-warn", "", 3),
                ruled("warn", "", 5),
            ],
            ..Facts::default()
        };
        let lines = lines(&facts, &Reasons::default());
        let of = |what: Counted| {
            let of_it = lines.iter().filter(|l| l.what == what.as_str());
            of_it.map(|l| (l.code.as_str(), l.number)).collect::<Vec<_>>()
        };
        assert_eq!(of(Counted::TakenBack), [("", 5), ("insult", 1)]);
        assert_eq!((of(Counted::Warned), of(Counted::Shown)), (vec![("", 5)], vec![]));
    }

    #[test]
    fn of_what_there_was_none_is_said() {
        let said = |facts: &Facts| -> Vec<_> {
            lines(facts, &Reasons::default()).into_iter().map(|l| (l.what, l.number)).collect()
        };
        let has = |all: &[(String, u64)], what: Counted| {
            all.iter().find(|(name, _)| name == what.as_str()).map(|(_, n)| *n)
        };
        let none = said(&Facts::default());
        assert_eq!((has(&none, Counted::Reports), has(&none, Counted::Appeals)), (Some(0), Some(0)));
        assert_eq!((has(&none, Counted::HeldOfThousand), has(&none, Counted::ReportMinutes)), (None, None));
        let some = said(&Facts {
            comments: 512,
            held: 5,
            notice_decided_within: Some(100_000),
            appeal_decided_within: Some(0),
            ..Facts::default()
        });
        assert_eq!(
            (has(&some, Counted::HeldOfThousand), has(&some, Counted::ReportMinutes)),
            (Some(10), Some(2))
        );
        assert_eq!(has(&some, Counted::AppealMinutes), Some(0));
    }
}
