//! Staff, sessions, tokens, sanctions, secrets: kept the same on both databases.

mod support;

use newsroom::{
    Millis,
    clock::{DAY, HOUR, MINUTE},
    discussion::{Network, name::own_look},
    staff::{Role, Scope},
    touch::Touch,
};
use store::{
    Error,
    reader::{NewKnock, NewReader, NewSession, WayKind},
    sanction::{Against, Whom},
    staff::{Person, Span},
};
use support::Paper;

const NOW: Millis = Millis(1_764_000_000_000);
const SPAN: Span = Span { idle: 12 * HOUR, absolute: 14 * DAY };

async fn person(paper: &Paper, name: &str, role: Role) -> Person {
    let id = paper.store.add_person(name, role, "hash of old", "the admin", NOW).await.expect("added");
    paper.store.person(id).await.expect("read").expect("there")
}

async fn acts(paper: &Paper) -> Vec<(String, String, String)> {
    let log = paper.store.list_log(None, 100).await.expect("log");
    log.into_iter().map(|e| (e.who, e.act, e.what)).collect()
}

async fn a_name_is_one_account_in_any_case(paper: Paper) {
    let ilse = person(&paper, " Ilse Brandt ", Role::Editor).await;
    assert_eq!((ilse.name.as_str(), ilse.role, ilse.disabled_at), ("Ilse Brandt", Role::Editor, None));
    assert!(paper.touched().contains(&Touch::Paper), "the name is reserved from now on");
    let again = paper.store.add_person("ILSE brandt", Role::Admin, "other", "x", NOW).await;
    assert!(matches!(again, Err(Error::Taken("name"))), "{again:?}");
    assert_eq!(paper.store.find_person("ilse BRANDT ").await.expect("read"), Some(ilse.clone()));
    assert_eq!(paper.store.find_person("ilse").await.expect("read"), None);
    assert_eq!(paper.store.password_of(ilse.id).await.expect("read").as_deref(), Some("hash of old"));
    let log = acts(&paper).await;
    assert_eq!(log, [("the admin".into(), "made the account, editor".into(), "staff Ilse Brandt".into())]);
}

async fn only_an_empty_paper_is_set_up(paper: Paper) {
    assert_eq!(paper.store.count_people().await.expect("count"), 0);
    let id = paper.store.add_first_person("Ada", "hash", NOW).await.expect("set up");
    assert_eq!(paper.store.person(id).await.expect("read").map(|p| p.role), Some(Role::Admin));
    let second = paper.store.add_first_person("Eve", "hash", NOW).await;
    assert!(matches!(second, Err(Error::Taken("set-up"))), "{second:?}");
    paper.store.disable_person(id, "x", NOW).await.expect("disabled");
    let third = paper.store.add_first_person("Eve", "hash", NOW).await;
    assert!(matches!(third, Err(Error::Taken("set-up"))), "{third:?}");
    assert_eq!(paper.store.count_people().await.expect("count"), 1);
}

async fn a_disabled_account_is_out_until_changed(paper: Paper) {
    let per = person(&paper, "Per", Role::Reporter).await;
    paper.store.add_session(&per, "d1", "Firefox", SPAN, NOW).await.expect("in");
    paper.store.disable_person(per.id, "Ada", NOW).await.expect("disabled");
    assert_eq!(paper.store.find_session("d1", SPAN, NOW).await.expect("read"), None);
    let refused = paper.store.add_session(&per, "d2", "Firefox", SPAN, NOW).await;
    assert!(matches!(refused, Err(Error::Gone("account"))), "{refused:?}");
    let twice = paper.store.disable_person(per.id, "Ada", NOW).await;
    assert!(matches!(twice, Err(Error::Gone("account"))), "{twice:?}");
    let nobody = paper.store.disable_person(per.id + 99, "Ada", NOW).await;
    assert!(matches!(nobody, Err(Error::Gone("account"))), "{nobody:?}");

    paper.store.change_person(per.id, Role::Editor, "hash of new", "Ada", NOW).await.expect("changed");
    let per = paper.store.person(per.id).await.expect("read").expect("there");
    assert_eq!((per.role, per.disabled_at), (Role::Editor, None));
    assert_eq!(paper.store.password_of(per.id).await.expect("read").as_deref(), Some("hash of new"));
    paper.store.add_session(&per, "d3", "Firefox", SPAN, NOW).await.expect("in again");

    person(&paper, "aaron", Role::Moderator).await;
    paper.store.disable_person(per.id, "Ada", NOW).await.expect("disabled");
    let names: Vec<String> =
        paper.store.list_people().await.expect("list").into_iter().map(|p| p.name).collect();
    assert_eq!(names, ["aaron", "Per"]);
}

async fn a_session_ends_when_idle_or_old(paper: Paper) {
    let ilse = person(&paper, "Ilse", Role::Editor).await;
    let id = paper.store.add_session(&ilse, "d1", "Firefox on Linux", SPAN, NOW).await.expect("in");
    let at = |after: i64| paper.store.find_session("d1", SPAN, NOW.plus(after));
    let found = at(MINUTE - 1).await.expect("read").expect("alive");
    assert_eq!((found.session, found.person.name.as_str()), (id, "Ilse"));
    let seen = async || {
        let list = paper.store.list_sessions(ilse.id, SPAN, NOW.plus(MINUTE)).await.expect("list");
        list[0].seen_at
    };
    assert_eq!(seen().await, NOW, "not written down within a minute");
    at(MINUTE).await.expect("read").expect("alive");
    assert_eq!(seen().await, NOW.plus(MINUTE));
    assert!(at(12 * HOUR + MINUTE).await.expect("read").is_none(), "idle since the last use");
    assert!(at(12 * HOUR).await.expect("read").is_some());
    assert!(paper.store.find_session("d2", SPAN, NOW).await.expect("read").is_none());

    let mut used = NOW;
    while used.since(NOW) < 14 * DAY - HOUR {
        used = used.plus(11 * HOUR);
        let alive = paper.store.find_session("d1", SPAN, used).await.expect("read").is_some();
        assert_eq!(alive, used.since(NOW) < 14 * DAY, "{}", used.since(NOW) / HOUR);
    }
    assert!(paper.store.list_sessions(ilse.id, SPAN, NOW.plus(14 * DAY)).await.expect("list").is_empty());
}

async fn sessions_end_one_by_one_and_together(paper: Paper) {
    let ilse = person(&paper, "Ilse", Role::Editor).await;
    let per = person(&paper, "Per", Role::Editor).await;
    let store = &paper.store;
    let mine = store.add_session(&ilse, "d1", "Firefox", SPAN, NOW).await.expect("in");
    let phone = store.add_session(&ilse, "d2", "Safari", SPAN, NOW.plus(1)).await.expect("in");
    store.add_session(&ilse, "d3", "Edge", SPAN, NOW.plus(2)).await.expect("in");
    let his = store.add_session(&per, "d4", "Edge", SPAN, NOW).await.expect("in");

    let foreign = store.end_session(&ilse, his, "ended a session", NOW).await;
    assert!(matches!(foreign, Err(Error::Gone("session"))), "{foreign:?}");
    store.end_session(&ilse, phone, "ended a session", NOW).await.expect("ended");
    let list = store.list_sessions(ilse.id, SPAN, NOW.plus(3)).await.expect("list");
    let browsers: Vec<&str> = list.iter().map(|s| s.browser.as_str()).collect();
    assert_eq!(browsers, ["Edge", "Firefox"]);
    store.end_other_sessions(&ilse, mine, NOW).await.expect("ended");
    assert!(store.find_session("d3", SPAN, NOW.plus(3)).await.expect("read").is_none());
    assert!(store.find_session("d1", SPAN, NOW.plus(3)).await.expect("read").is_some());
    assert!(store.find_session("d4", SPAN, NOW.plus(3)).await.expect("read").is_some());

    let other = store.add_session(&ilse, "d5", "Opera", SPAN, NOW.plus(4)).await.expect("in");
    store.change_password(ilse.id, "hash of new", other, NOW.plus(5)).await.expect("changed");
    assert!(store.find_session("d1", SPAN, NOW.plus(5)).await.expect("read").is_none());
    assert!(store.find_session("d5", SPAN, NOW.plus(5)).await.expect("read").is_some());
    assert_eq!(store.password_of(ilse.id).await.expect("read").as_deref(), Some("hash of new"));
    let log = acts(&paper).await;
    assert_eq!(log[0], ("Ilse".into(), "changed the password".into(), "staff Ilse".into()));
    assert!(!format!("{log:?}").contains("hash of"), "no secret in the log");
}

async fn a_token_is_found_until_revoked_and_its_name_given_again(paper: Paper) {
    let store = &paper.store;
    store.add_token("northwire", Scope::Wire, "t1", "console", NOW).await.expect("added");
    let taken = store.add_token("northwire", Scope::Admin, "t2", "console", NOW).await;
    assert!(matches!(taken, Err(Error::Taken("token"))), "{taken:?}");
    assert_eq!(store.find_token("t1").await.expect("read").map(|t| t.scope), Some(Scope::Wire));
    assert_eq!(store.find_token("t2").await.expect("read"), None);
    store.revoke_token("northwire", "console", NOW.plus(1)).await.expect("revoked");
    assert_eq!(store.find_token("t1").await.expect("read"), None);
    assert_eq!(store.list_tokens().await.expect("list")[0].revoked_at, Some(NOW.plus(1)));
    let twice = store.revoke_token("northwire", "console", NOW).await;
    assert!(matches!(twice, Err(Error::Gone("token"))), "{twice:?}");
    store.add_token("northwire", Scope::Read, "t3", "console", NOW.plus(2)).await.expect("given again");
    assert_eq!(store.find_token("t3").await.expect("read").map(|t| t.scope), Some(Scope::Read));
    assert_eq!(store.list_tokens().await.expect("list").len(), 1);
}

async fn every_sanction_ends(paper: Paper) {
    let store = &paper.store;
    let network = Network::parse("203.0.113.*").expect("mask");
    let of = |after: i64| async move {
        let found = store.list_sanctions(NOW.plus(after)).await.expect("read");
        found.into_iter().map(|s| (s.refuse, s.until.since(NOW))).collect::<Vec<_>>()
    };
    assert_eq!(of(0).await, []);
    store
        .add_sanction(
            store::sanction::Against::Network(network),
            false,
            NOW.plus(7 * DAY),
            "spam",
            "Ilse",
            NOW,
        )
        .await
        .expect("added");
    assert_eq!(paper.touched(), [Touch::Sanctions]);
    let refusing = store
        .add_sanction(
            store::sanction::Against::Network(network),
            true,
            NOW.plus(DAY),
            "",
            "Ilse",
            NOW.plus(1),
        )
        .await
        .expect("added");
    assert_eq!(of(0).await, [(true, DAY), (false, 7 * DAY)], "the latest first");
    assert_eq!(of(DAY).await, [(false, 7 * DAY)]);
    assert_eq!(of(7 * DAY).await, []);
    let first = store.list_sanctions(NOW.plus(DAY)).await.expect("list").remove(0);
    assert_eq!(
        (first.against, first.note.as_str(), first.staff.as_str()),
        (store::sanction::Whom::Network("203.0.113.*".into()), "spam", "Ilse")
    );

    paper.touched();
    store.lift_sanction(refusing, "Ilse", NOW.plus(2)).await.expect("lifted");
    assert_eq!(paper.touched(), [Touch::Sanctions]);
    assert_eq!(of(2).await, [(false, 7 * DAY)]);
    let twice = store.lift_sanction(refusing, "Ilse", NOW.plus(3)).await;
    assert!(matches!(twice, Err(Error::Gone("sanction"))), "{twice:?}");

    let late = NOW.plus(10 * DAY);
    store
        .add_sanction(
            store::sanction::Against::Network(network),
            false,
            late.plus(4_000 * DAY),
            "",
            "Ilse",
            late,
        )
        .await
        .expect("added");
    assert_eq!(of(10 * DAY).await, [(false, 100 * DAY)], "none is for ever");
}

async fn a_secret_is_made_once(paper: Paper) {
    let (a, b) =
        tokio::join!(paper.store.secret("receipts", [1; 32]), paper.store.secret("receipts", [2; 32]));
    let first = a.expect("made");
    assert_eq!(first, b.expect("read"), "all get the first");
    assert_eq!(paper.store.secret("receipts", [3; 32]).await.expect("read"), first);
    assert_eq!(paper.store.secret("other", [4; 32]).await.expect("made"), [4; 32]);
}

async fn settings_change_and_the_schemas_version_does_not(paper: Paper) {
    let store = &paper.store;
    assert_eq!(store.setting("note").await.expect("read"), None);
    store.set_setting("note", "one").await.expect("set");
    store.set_setting("note", "two").await.expect("set");
    assert_eq!(store.setting("note").await.expect("read").as_deref(), Some("two"));
    // What PostgreSQL cannot keep is marked as lost on both, and looking for it finds nothing.
    store.set_setting("nul", "a\0b").await.expect("set");
    assert_eq!(store.setting("nul").await.expect("read").as_deref(), Some("a\u{fffd}b"));
    assert_eq!(store.find_person("Il\0se").await.expect("read"), None);
    store.set_setting("schema", "99").await.expect("answered");
    assert_ne!(store.setting("schema").await.expect("read").as_deref(), Some("99"));
}

async fn names_that_were_folded_otherwise_are_folded_anew(paper: Paper) {
    let store = &paper.store;
    let account = async |digest: &str, name: &str, look: &str| {
        let knock =
            NewKnock { kind: WayKind::Mail, digest, label: "m***@post.example", name: "", reader: None };
        let knock = store.add_knock(&knock, NOW).await.expect("knocks");
        let new = NewReader { name, look, session: NewSession { digest, browser: "Firefox" } };
        store.add_reader(&new, &knock, NOW).await.expect("made")
    };
    let tom = account("a", "Том Кент", "тот, кто был").await;
    let bo = account("b", "Bo", "bo").await;
    // Two that were told apart, and are not any more: the second keeps what it has.
    let mette = account("c", "Mette", &own_look("Mette")).await;
    let other = account("d", "", "ᴍᴇᴛᴛᴇ").await;
    let until = NOW.plus(DAY);
    store.add_sanction(Against::Name("ᴘᴇʀ"), true, until, "", "ilse", NOW).await.expect("in force");
    for _ in 0..2 {
        store.fold_names_anew().await.expect("folded");
        let of = async |name: &str| store.reader_of_name(name, NOW).await.expect("read");
        assert_eq!(
            (of("ТОМ КЕНТ").await, of("Bo").await, of("Mette").await),
            (Some(tom), Some(bo), Some(mette))
        );
        let kept = async |id: i64| -> Vec<String> {
            store.names_of(id).await.expect("read").into_iter().map(|held| held.look).collect()
        };
        assert_eq!(kept(tom).await, [own_look("Том Кент")], "not as it was kept before");
        assert_eq!((kept(bo).await, kept(mette).await), (vec![own_look("Bo")], vec![own_look("Mette")]));
        assert_eq!(kept(other).await, ["ᴍᴇᴛᴛᴇ"]);
        let measures = store.sanctions_in_force(NOW).await.expect("read");
        assert!(matches!(&measures[..], [one] if one.against == Whom::Name("per".into())), "{measures:?}");
    }
}

on_both!(
    names_that_were_folded_otherwise_are_folded_anew,
    a_name_is_one_account_in_any_case,
    only_an_empty_paper_is_set_up,
    a_disabled_account_is_out_until_changed,
    a_session_ends_when_idle_or_old,
    sessions_end_one_by_one_and_together,
    a_token_is_found_until_revoked_and_its_name_given_again,
    every_sanction_ends,
    a_secret_is_made_once,
    settings_change_and_the_schemas_version_does_not,
);
