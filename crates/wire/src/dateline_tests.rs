//! The agencies' forms, and sentences that only look like one of them.

use super::*;
use jiff::civil::date;

/// Text, place, date, agency, dash, day.
type Form = (&'static str, &'static str, &'static str, &'static str, &'static str, Option<Date>);

#[test]
fn every_form_is_taken_apart_and_renders_as_it_came() {
    let day = |y, m, d| Some(date(y, m, d));
    let forms: [Form; 17] = [
        ("BEIJING, Jan. 23 (Xinhua) --", "BEIJING", "Jan. 23", "Xinhua", "--", day(2014, 1, 23)),
        ("MOSCOW, March 23 (Xinhua) —", "MOSCOW", "March 23", "Xinhua", "—", day(2013, 3, 23)),
        ("BEIJING (AP) _", "BEIJING", "", "AP", "_", None),
        ("NEW YORK (AP) —", "NEW YORK", "", "AP", "—", None),
        ("GROSSETO, Italy (AP) --", "GROSSETO, Italy", "", "AP", "--", None),
        ("DAMASCUS (Reuters) -", "DAMASCUS", "", "Reuters", "-", None),
        ("Jan 30 (Reuters) -", "", "Jan 30", "Reuters", "-", day(2014, 1, 30)),
        ("(Reuters) -", "", "", "Reuters", "-", None),
        ("MOSCOW, Monday (Reuters) -", "MOSCOW", "Monday", "Reuters", "-", day(2014, 1, 27)),
        ("STOCKHOLM, Aug 29, 2014 (AFP) -", "STOCKHOLM", "Aug 29, 2014", "AFP", "-", day(2014, 8, 29)),
        (
            "Gaza City, Palestinian Territories, May 16, 2021 (AFP) -",
            "Gaza City, Palestinian Territories",
            "May 16, 2021",
            "AFP",
            "-",
            day(2021, 5, 16),
        ),
        ("Berlin (dpa) -", "Berlin", "", "dpa", "-", None),
        ("LINDEN, 30 January (Eastwire) –", "LINDEN", "30 January", "Eastwire", "–", day(2014, 1, 30)),
        ("The Hague, Sept. 3 (Northwire) --", "The Hague", "Sept. 3", "Northwire", "--", day(2013, 9, 3)),
        ("МОСКВА (ТАСС) —", "МОСКВА", "", "ТАСС", "—", None),
        (
            "RIO DE JANEIRO, Feb. 1 (Northwire/Eastwire) --",
            "RIO DE JANEIRO",
            "Feb. 1",
            "Northwire/Eastwire",
            "--",
            day(2014, 2, 1),
        ),
        ("OSK, May 3 —", "OSK", "May 3", "", "—", day(2013, 5, 3)),
    ];
    for (raw, place, printed, agency, dash, on) in forms {
        let text = format!("{raw} The ports agreed.");
        let (found, bytes) = strip(&text, day(2014, 1, 31)).unwrap_or_else(|| panic!("{raw}"));
        let want = Dateline {
            place: place.into(),
            date: printed.into(),
            day: on,
            agency: agency.into(),
            dash: dash.into(),
            raw: raw.into(),
        };
        assert_eq!(found, want);
        assert_eq!(found.render(), raw);
        assert_eq!(&text[bytes..], "The ports agreed.");
    }
}

#[test]
fn sentences_are_no_datelines() {
    for text in [
        "He said (Reuters) - and left.",
        "In Moscow (Reuters) - it rained.",
        "The ports (Northwire) -- both of them -- agreed.",
        "A Minister (Labour) - unnamed - spoke.",
        "NATO — the alliance — said on Monday.",
        "NATO -- the alliance -- said.",
        "May 3 -- a Friday -- was cold.",
        "BEIJING (AP) the story goes on",
        "BEIJING (AP)-based writers",
        "BEIJING (2014) -- it was",
        "Lund, who is 43 (Northwire) -- spoke",
        "BEIJING (AP",
        "(see below) - the rest",
        "()",
        "(AP) ---- rule",
        "One, Two, Three, Four (AP) - counting",
        "",
        "\u{202e}(",
    ] {
        assert_eq!(strip(text, None), None, "{text}");
    }
}

#[test]
fn the_day_is_never_assumed() {
    let day = |text: &str, reference| strip(text, reference).and_then(|(d, _)| d.day);
    assert_eq!(day("OSK, March 5 (Northwire) -- x", None), None);
    assert_eq!(day("OSK (Northwire) -- x", Some(date(2013, 3, 6))), None);
    // Tomorrow already where it was filed; the day after must be last year's.
    assert_eq!(day("OSK, March 7 (N W) -- x", Some(date(2013, 3, 6))), Some(date(2013, 3, 7)));
    assert_eq!(day("OSK, March 8 (N W) -- x", Some(date(2013, 3, 6))), Some(date(2012, 3, 8)));
    assert_eq!(day("OSK, Dec. 31 (N W) -- x", Some(date(2014, 1, 1))), Some(date(2013, 12, 31)));
    assert_eq!(day("OSK, Feb. 29 (N W) -- x", Some(date(2015, 6, 1))), Some(date(2012, 2, 29)));
    assert_eq!(day("OSK, Wednesday (N W) -- x", Some(date(2013, 3, 6))), Some(date(2013, 3, 6)));
    assert_eq!(day("OSK, Thursday (N W) -- x", Some(date(2013, 3, 6))), Some(date(2013, 2, 28)));
    for impossible in ["OSK, Feb. 30 (N W) -- x", "OSK, March 0 (N W) -- x", "OSK, Feb. 29, 2013 (N W) -- x"]
    {
        assert_eq!(strip(impossible, Some(date(2013, 3, 6))), None, "{impossible}");
    }
}

#[test]
fn fields_of_their_own() {
    let field = |text| of_field(text, None).map(|d| (d.place, d.date, d.agency));
    let parts = |a: &str, b: &str, c: &str| Some((a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(field("Gaza City, May 16, 2021 (AFP) -"), parts("Gaza City", "May 16, 2021", "AFP"));
    assert_eq!(field("OSK, March 5 (Northwire)"), parts("OSK", "March 5", "Northwire"));
    assert_eq!(field("Osk"), parts("Osk", "", ""));
    assert_eq!(field("2014-08-29T10:00:00Z"), None, "some feeds put a timestamp there");
}
