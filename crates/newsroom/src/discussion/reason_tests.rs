use super::*;

fn draft(code: &str) -> ReasonDraft {
    let wording = Wording { sentence: "It is libel.".into(), choice: String::new() };
    ReasonDraft {
        code: code.into(),
        label: "Libel".into(),
        ground: "law".into(),
        source: "§ 186 StGB".into(),
        offered: true,
        in_use: true,
        wordings: vec![(Language::English, wording)],
    }
}

fn fields(draft: &ReasonDraft, known: &Reasons, of: Option<Reason>) -> Vec<String> {
    let faults = read(draft, known, of, Language::English).unwrap_err();
    faults.into_iter().map(|(field, _)| field).collect()
}

#[test]
fn codes_are_what_they_were() {
    let codes: Vec<String> = Reasons::default().all().iter().map(|r| r.reason.code().to_owned()).collect();
    let known = "advertising insult hate threat personal-data off-topic repetition unlawful other";
    assert_eq!(codes.join(" "), known);
    for code in &codes {
        assert_eq!(Reason::parse(code).map(|r| r.code().to_owned()).as_ref(), Some(code));
    }
    assert_eq!(Reason::parse("hate"), Some(Reason::HATE));
    let longest = "a".repeat(LONGEST_CODE);
    assert_eq!(Reason::parse(&longest).unwrap().code(), longest);
    for bad in ["", "a", "Hate", "9-lives", "-x", "hate speech", "häss", "a\u{0}b", &"a".repeat(31)] {
        assert_eq!(Reason::parse(bad), None, "{bad}");
    }
}

#[test]
fn the_paper_changes_some_and_adds_its_own() {
    let own = read(&draft("libel"), &Reasons::default(), None, Language::English).unwrap();
    let mut insult = Reasons::default().find(Reason::INSULT).unwrap().clone();
    insult.in_use = false;
    let reasons = Reasons::with(vec![own, insult]);
    assert_eq!(reasons.all().len(), 10);
    assert_eq!(reasons.usable("libel"), Reason::parse("libel"));
    assert!(reasons.is_law(Reason::parse("libel").unwrap()) && reasons.is_law(Reason::UNLAWFUL));
    assert_eq!(reasons.usable("insult"), None, "retired");
    assert_eq!(reasons.label(&Reason::INSULT), "Insult", "and not forgotten");
    assert!(!reasons.offered().any(|r| r.reason == Reason::INSULT));
    assert_eq!(reasons.label(&Reason::parse("long-gone").unwrap()), "long-gone");
}

#[test]
fn what_is_wrong_is_named() {
    let known = Reasons::default();
    assert_eq!(fields(&draft("hate"), &known, None), ["code"]);
    assert_eq!(fields(&draft("No!"), &known, None), ["code"]);
    assert_eq!(fields(&ReasonDraft { label: " ".into(), ..draft("libel") }, &known, None), ["label"]);
    assert_eq!(fields(&ReasonDraft { ground: "whim".into(), ..draft("libel") }, &known, None), ["ground"]);
    assert_eq!(fields(&ReasonDraft { source: String::new(), ..draft("libel") }, &known, None), ["source"]);
    assert_eq!(fields(&ReasonDraft { wordings: vec![], ..draft("libel") }, &known, None), ["sentence-en"]);
    let long = Wording { sentence: "x".repeat(501), choice: "x".repeat(121) };
    let long = ReasonDraft { wordings: vec![(Language::Chinese, long)], ..draft("insult") };
    assert_eq!(fields(&long, &known, Some(Reason::INSULT)), ["sentence-zh-Hans", "choice-zh-Hans"]);
    // A default has its words already, and the unlawful needs no one law.
    let bare = ReasonDraft { source: String::new(), wordings: vec![], ..draft("") };
    assert!(read(&bare, &known, Some(Reason::UNLAWFUL), Language::Russian).is_ok());
}

#[test]
fn one_stays_in_use_and_one_is_offered() {
    let off = |r: &HouseReason| HouseReason { in_use: r.reason == Reason::HATE, ..r.clone() };
    let only = Reasons::with(Reasons::default().all().iter().map(off).collect());
    let retired = ReasonDraft { in_use: false, ..ReasonDraft::of(only.find(Reason::HATE).unwrap()) };
    assert_eq!(fields(&retired, &only, Some(Reason::HATE)), ["in_use", "offered"]);
    let kept = ReasonDraft { offered: false, in_use: true, ..retired };
    assert_eq!(fields(&kept, &only, Some(Reason::HATE)), ["offered"]);
}
