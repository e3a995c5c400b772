//! Signing in, the first account, the proof in forms, and sessions that end.

use crate::{
    browser::{Browser, PASSWORD, account, log, now, to, value, words},
    support::Served,
};
use dateline::http::desk::invite;
use newsroom::staff::Role;

fn the_set_up_link_makes_the_first_admin_once(paper: &Served) {
    let browser = Browser::new(paper);
    let link = now(invite(&paper.app)).unwrap().expect("nobody works here yet");
    let path = link.strip_prefix(&paper.app.paper.address).unwrap();
    assert!(path.starts_with("/desk/set-up/"), "{link}");
    assert_eq!(browser.get("/desk/set-up/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status, 404);
    let form = browser.get(path);
    assert_eq!((form.status, form.header("cache-control")), (200, Some("no-store")));
    assert_eq!(form.header("referrer-policy"), Some("same-origin"));

    let short = browser.send(path, &[("name", "Ada <b>"), ("password", "short")]);
    assert_eq!(short.status, 422);
    assert!(short.text().contains("at least 10 are needed") && short.text().contains("Ada &lt;b&gt;"));
    assert!(short.header("set-cookie").is_none());
    let foreign = browser.send_with(
        path,
        &[("name", "Eve"), ("password", PASSWORD)],
        &["origin: https://evil.example"],
    );
    assert_eq!(foreign.status, 403);

    let made = browser.send(path, &[("name", " Ada "), ("password", PASSWORD)]);
    assert_eq!(to(&made), "/desk");
    assert_eq!(browser.get("/desk/staff").status, 200, "an admin");
    assert_eq!(browser.get(path).status, 404, "void once used");
    let again = browser.send(path, &[("name", "Eve"), ("password", PASSWORD)]);
    assert_eq!(again.status, 404);
    assert_eq!(now(invite(&paper.app)).unwrap(), None);
    assert_eq!(now(paper.app.store.count_people()).unwrap(), 1);
}

fn only_the_right_password_opens(paper: &Served) {
    account(paper, "Ilse", Role::Editor);
    let browser = Browser::new(paper);
    assert_eq!(to(&browser.get("/desk")), "/desk/sign-in");
    assert_eq!(
        to(&browser.get("/desk/queue?state=shown")),
        "/desk/sign-in?next=%2Fdesk%2Fqueue%3Fstate%3Dshown"
    );
    let wrong = browser.sign_in("Ilse", "night ferry at six");
    let unknown = browser.sign_in("Elsa", PASSWORD);
    for reply in [&wrong, &unknown] {
        assert_eq!(reply.status, 422);
        assert!(reply.text().contains("There is no account with this name and password."));
        assert!(reply.header("set-cookie").is_none() && !reply.text().contains("ferry"));
    }
    assert!(wrong.text().contains("value=\"Ilse\""), "the name stays");

    let broken = browser.sign_in("Il\0se\u{1}", "\0");
    assert_eq!(broken.status, 422, "no fault of ours");

    let right = browser
        .send("/desk/sign-in", &[("name", " ilse"), ("password", PASSWORD), ("next", "/desk/sessions")]);
    assert_eq!(to(&right), "/desk/sessions");
    let cookie = right.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/desk"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "the address is not https");
    let inbox = browser.get("/desk");
    assert_eq!((inbox.status, inbox.header("cache-control")), (200, Some("no-store")));
    assert_eq!(inbox.header("x-robots-tag"), Some("noindex"));
    let policy = inbox.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(to(&browser.get("/desk/sign-in?next=/desk/queue")), "/desk/queue");

    let old = browser.cookie.borrow().clone();
    browser.sign_in("Ilse", PASSWORD);
    assert_ne!(*browser.cookie.borrow(), old, "another token at each sign-in");
    let thief = Browser::new(paper);
    *thief.cookie.borrow_mut() = old;
    assert_eq!(thief.get("/desk").status, 303, "the token before it is worthless");
    let acts: Vec<String> = log(paper).into_iter().map(|(_, act, _)| act).collect();
    assert_eq!(acts.iter().filter(|a| *a == "signed in").count(), 2, "{acts:?}");
}

fn it_leads_nowhere_but_to_the_desk(paper: &Served) {
    account(paper, "Ilse", Role::Editor);
    account(paper, "Mod", Role::Moderator);
    for next in
        ["https://evil.example/", "//evil.example/desk", "/", "/desk/\r\nx: y", "/desk\\@evil.example"]
    {
        let browser = Browser::new(paper);
        let fields = [("name", "Ilse"), ("password", PASSWORD), ("next", next)];
        assert_eq!(to(&browser.send("/desk/sign-in", &fields)), "/desk", "{next}");
    }
    let moderator = Browser::new(paper);
    assert_eq!(to(&moderator.sign_in("mod", PASSWORD)), "/desk/queue", "where the work is");
    assert_eq!(to(&moderator.get("/desk")), "/desk/queue");
}

fn tries_are_counted_by_name_and_address(paper: &Served) {
    account(paper, "Ilse", Role::Editor);
    let browser = Browser::new(paper);
    for n in 0..5 {
        assert_eq!(browser.sign_in("Ilse", &format!("wrong word number {n}")).status, 422);
    }
    let sixth = browser.sign_in("Ilse", PASSWORD);
    assert_eq!((sixth.status, sixth.header("retry-after")), (429, Some("60")));
    assert!(sixth.text().contains("Please wait 60 seconds.") && sixth.header("set-cookie").is_none());
    assert_eq!(browser.sign_in("Per", PASSWORD).status, 429, "the address has to wait, whoever it names");
}

fn forms_need_the_proof_and_our_own_origin(paper: &Served) {
    let browser = Browser::of(paper, "Ilse", Role::Editor);
    let csrf = browser.csrf();
    let no_stories = || now(paper.app.store.count_stories_by_status()).unwrap() == [0; 5];
    for headers in [&["origin: https://evil.example"][..], &["origin: null"], &["sec-fetch-site: same-site"]]
    {
        let reply = browser.send_with("/desk/stories", &[("csrf", &csrf)], headers);
        assert_eq!(reply.status, 403, "{headers:?}");
        assert!(no_stories());
    }
    for wrong in ["", "x", &csrf[1..], &format!("{csrf}x")] {
        let reply = browser.send_with("/desk/stories", &[("csrf", wrong)], &[]);
        assert_eq!(reply.status, 403, "{wrong}");
        assert!(reply.text().contains("Not sent from the desk") && no_stories());
    }
    assert_eq!(browser.send("/desk/stories", &[("csrf", &csrf)]).status, 303);
    assert!(!no_stories());
    assert_eq!(to(&browser.get("/desk/stories/1/kill")), "/desk/stories/1", "nothing is done by a GET");
    assert_eq!(to(&browser.get("/desk/stories")), "/desk");
    assert_eq!(paper.ask("DELETE", "/desk/stories/1", &[]).status, 405);
}

fn what_was_typed_outlives_the_session(paper: &Served) {
    let browser = Browser::of(paper, "Ilse", Role::Editor);
    let id = browser.story(&[("headline", "First")]);
    let path = format!("/desk/stories/{id}");
    let typed = [("edition", "2"), ("headline", "Two \"ports\" agree"), ("body", "One.\r\n\r\nTwo <b>.")];
    let signed_in = browser.cookie.borrow_mut().take();

    let door = browser.send(&path, &typed);
    assert_eq!(door.status, 403);
    let html = door.text();
    assert!(html.contains("What you typed is kept") && html.contains("name=\"carry.headline\""), "{html}");
    assert!(html.contains("Two &quot;ports&quot; agree") && html.contains("Two &lt;b&gt;."), "{html}");
    assert_eq!(value(&html, "next"), path);
    let carried = [
        ("name", "Ilse"),
        ("password", PASSWORD),
        ("next", path.as_str()),
        ("carry.edition", "2"),
        ("carry.headline", "Two \"ports\" agree"),
        ("carry.body", "One.\r\n\r\nTwo <b>."),
    ];
    let resumed = browser.send("/desk/sign-in", &carried);
    assert_eq!(resumed.status, 200);
    let html = resumed.text();
    assert!(html.contains(&format!("action=\"{path}\"")) && !html.contains(PASSWORD), "{html}");
    let csrf = value(&html, "csrf");
    let sent = browser.send(&path, &[&[("csrf", csrf.as_str())], &typed[..]].concat());
    assert_eq!(to(&sent), format!("{path}?said=saved"));
    let story = now(paper.app.store.story(id)).unwrap().unwrap();
    assert_eq!(story.copy.headline, "Two \"ports\" agree");
    assert_eq!(story.copy.body, "One.\n\nTwo <b>.");

    // An act with nothing typed is not done by signing in.
    browser.cookie.borrow_mut().take();
    let spike = format!("{path}/spike");
    let door = browser.send(&spike, &[("csrf", &csrf)]);
    assert_eq!((door.status, value(&door.text(), "next")), (403, spike.clone()));
    let fields = [("name", "Ilse"), ("password", PASSWORD), ("next", spike.as_str())];
    assert_eq!(to(&browser.send("/desk/sign-in", &fields)), path);
    assert_eq!(now(paper.app.store.story(id)).unwrap().unwrap().status, newsroom::story::Status::Draft);

    // A page of an earlier session, sent from our own origin, is shown again and not done.
    let other = Browser { cookie: signed_in.into(), ..Browser::new(paper) };
    let stale =
        other.send(&path, &[("csrf", &csrf), ("edition", "3"), ("headline", "Typed in the other window")]);
    assert_eq!(stale.status, 403);
    assert!(stale.text().contains("Typed in the other window") && stale.text().contains("Send it now"));
    assert_eq!(now(paper.app.store.story(id)).unwrap().unwrap().edition, 3, "nothing saved");
}

fn sessions_are_listed_and_ended(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let phone = Browser::new(paper);
    assert_eq!(phone.sign_in("ilse", PASSWORD).status, 303);
    let colleague = Browser::of(paper, "Per", Role::Editor);
    let page = desk.get("/desk/sessions").text();
    assert_eq!(page.matches("Firefox on Linux").count(), 2, "{}", words(&page));
    assert_eq!(page.matches("this one").count(), 1);
    let at = page.find("/desk/sessions/").unwrap();
    let end = page[at..].split('"').next().unwrap();
    assert!(end.ends_with("/end"), "{end}");
    // A colleague's session cannot be ended by its number.
    assert_eq!(colleague.post(end, &[]).status, 303);
    assert_eq!(phone.get("/desk/sessions").status, 200);
    assert_eq!(to(&desk.post(end, &[])), "/desk/sessions?said=session-ended");
    assert_eq!(phone.get("/desk/sessions").status, 303);

    phone.sign_in("ilse", PASSWORD);
    assert_eq!(to(&desk.post("/desk/sessions/end-others", &[])), "/desk/sessions?said=others-ended");
    assert_eq!((phone.get("/desk").status, desk.get("/desk").status), (303, 200));
    assert_eq!(colleague.get("/desk").status, 200);

    let out = desk.post("/desk/sign-out", &[]);
    assert_eq!(to(&out), "/desk/sign-in?said=signed-out");
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert!(desk.get("/desk/sign-in?said=signed-out").text().contains("You are signed out."));
    assert_eq!(desk.get("/desk").status, 303);
}

fn a_changed_password_ends_the_other_sessions(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let phone = Browser::new(paper);
    phone.sign_in("Ilse", PASSWORD);
    let change =
        |current: &str, new: &str| desk.post("/desk/password", &[("current", current), ("password", new)]);
    let wrong = change("night ferry at six", "a new word or two");
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("This is not your present password."));
    let short = change(PASSWORD, "short");
    assert!(short.status == 422 && short.text().contains("at least 10 are needed"));
    assert_eq!(phone.get("/desk").status, 200);
    assert_eq!(to(&change(PASSWORD, "a new word or two")), "/desk/sessions?said=password-changed");
    assert_eq!((phone.get("/desk").status, desk.get("/desk").status), (303, 200));
    assert_eq!(phone.sign_in("Ilse", PASSWORD).status, 422);
    assert_eq!(phone.sign_in("Ilse", "a new word or two").status, 303);
}

crate::on_both!(crate::paper:
    the_set_up_link_makes_the_first_admin_once,
    only_the_right_password_opens,
    it_leads_nowhere_but_to_the_desk,
    tries_are_counted_by_name_and_address,
    forms_need_the_proof_and_our_own_origin,
    what_was_typed_outlives_the_session,
    sessions_are_listed_and_ended,
    a_changed_password_ends_the_other_sessions,
);
