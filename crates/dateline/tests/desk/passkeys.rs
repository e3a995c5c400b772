//! Passkeys of staff over real connections, with a device of the tests' own.

use crate::{
    authenticator::Device,
    browser::{Browser, PASSWORD, account, log, now, to, words},
    support::{Database, Reply, Served},
};
use dateline::staff::{SignInDoor, TriesOf};
use newsroom::{Millis, clock::MINUTE, passkey::Passkeys, staff::Role};
use serde_json::Value;
use store::passkey::{Asked, Door};

/// A paper that asks its people for passkeys.
fn strict(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| config.staff.passkeys = Passkeys::Required)
}

fn device(paper: &Served, seed: u8) -> Device {
    Device::new(paper.app.passkeys.as_ref().map_err(|e| e.words()).unwrap().origin(), seed)
}

fn json(reply: &Reply) -> Value {
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, Some("application/json")),
        "{}",
        reply.text()
    );
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    serde_json::from_slice(&reply.body).unwrap()
}

/// The question for a new passkey of whoever sits here.
fn asked_to_add(browser: &Browser) -> Value {
    json(&browser.post("/desk/passkeys/ask", &[]))
}

/// The door's question.
fn asked_to_enter(browser: &Browser) -> Value {
    json(&browser.send("/desk/sign-in/ask", &[]))
}

fn add(browser: &Browser, device: &mut Device, name: &str) -> Reply {
    let answer = device.make(&asked_to_add(browser));
    browser.post("/desk/passkeys", &[("passkey", &answer), ("passkey_name", name)])
}

fn enter(browser: &Browser, answer: &str) -> Reply {
    browser.send("/desk/sign-in/passkey", &[("passkey", answer)])
}

/// Somebody with a passkey, and out again.
fn somebody<'a>(paper: &'a Served, name: &str, seed: u8) -> (Browser<'a>, Device) {
    let browser = Browser::of(paper, name, Role::Editor);
    let mut key = device(paper, seed);
    assert_eq!(to(&add(&browser, &mut key, "Key")), "/desk/sessions?said=passkey-added");
    assert_eq!(browser.post("/desk/sign-out", &[]).status, 303);
    browser.cookie.take();
    (browser, key)
}

/// Nobody came in.
fn refused(reply: &Reply, why: &str) {
    assert_eq!(reply.status, 422, "{why}: {}", words(&reply.text()));
    assert!(reply.header("set-cookie").is_none(), "{why}");
    let said = words(&reply.text());
    assert!(
        said.contains("This passkey does not open the desk.") || said.contains("sent twice"),
        "{why}: {said}"
    );
}

fn added_used_and_removed(paper: &Served) {
    let browser = Browser::of(paper, "Ilse Brandt", Role::Editor);
    let page = browser.get("/desk/sessions").text();
    assert!(
        page.contains("Add a passkey") && page.contains("takes script") && page.contains("/assets/passkey-")
    );
    let options = asked_to_add(&browser);
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!((&options["user"]["name"], &options["attestation"]), (&"Ilse Brandt".into(), &"none".into()));
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");

    let mut key = device(paper, 7);
    assert_eq!(to(&add(&browser, &mut key, "Work <laptop>")), "/desk/sessions?said=passkey-added");
    let page = browser.get("/desk/sessions").text();
    assert!(page.contains("Work &lt;laptop&gt;") && page.contains("never"), "{}", words(&page));
    let mut second = device(paper, 8);
    let again = asked_to_add(&browser);
    assert_eq!(again["excludeCredentials"].as_array().map(Vec::len), Some(1), "no device gets two");
    let answer = second.make(&again);
    assert_eq!(second.handle, key.handle, "one handle for all of a person's");
    assert_eq!(browser.post("/desk/passkeys", &[("passkey", &answer)]).status, 303);
    assert!(
        browser.get("/desk/sessions").text().contains("Firefox on Linux</th>"),
        "named after its browser"
    );
    browser.post("/desk/sign-out", &[]);
    browser.cookie.take();

    let door = browser.get("/desk/sign-in").text();
    assert!(door.contains("username webauthn") && door.contains("Sign in with a passkey"));
    let options = asked_to_enter(&browser);
    assert_eq!((&options["rpId"], &options["userVerification"]), (&"localhost".into(), &"required".into()));
    assert!(
        options.get("allowCredentials").is_none_or(|a| a.as_array().is_none_or(Vec::is_empty)),
        "nobody is named"
    );
    let answer = key.answer(&options);
    let reply = browser.send(
        "/desk/sign-in/passkey",
        &[("passkey", &answer), ("next", "/desk/sessions"), ("name", "whoever")],
    );
    assert_eq!(to(&reply), "/desk/sessions");
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.starts_with("dateline_session=") && cookie.contains("HttpOnly"), "{cookie}");
    assert_eq!(browser.get("/desk").status, 200);
    let person = now(paper.app.store.find_person("ilse brandt")).unwrap().unwrap();
    let kept = now(paper.app.store.passkeys_of(person.id)).unwrap();
    assert_eq!((kept[0].counted.uses, kept[1].counted.uses), (1, 0));
    assert!(kept[0].used_at.is_some() && kept[1].used_at.is_none());

    let path = format!("/desk/passkeys/{}/drop", kept[0].id);
    assert_eq!(to(&browser.post(&path, &[])), "/desk/sessions?said=passkey-dropped");
    let thief = Browser::new(paper);
    let answer = key.answer(&asked_to_enter(&thief));
    refused(&enter(&thief, &answer), "a removed one");
    assert_eq!(
        browser.post(&format!("/desk/passkeys/{}/drop", kept[1].id), &[]).status,
        303,
        "a password is left"
    );
    let acts: Vec<String> = log(paper).into_iter().map(|(who, act, _)| format!("{who} {act}")).collect();
    for act in [
        "Ilse Brandt added the passkey Work <laptop>",
        "Ilse Brandt signed in with the passkey Work <laptop>",
        "Ilse Brandt removed the passkey Work <laptop>",
    ] {
        assert_eq!(acts.iter().filter(|a| *a == act).count(), 1, "{act}: {acts:?}");
    }
}

fn an_answer_counts_once_and_for_whom_was_asked(paper: &Served) {
    let (browser, mut key) = somebody(paper, "Ilse", 7);
    let answer = key.answer(&asked_to_enter(&browser));
    let stranger = Browser::new(paper);
    refused(&enter(&stranger, &answer), "without the door's cookie");
    asked_to_enter(&stranger);
    refused(&enter(&stranger, &answer), "with another browser's");
    assert_eq!(to(&enter(&browser, &answer)), "/desk");
    browser.cookie.take();
    refused(&enter(&browser, &answer), "a second time");
    key.uses += 1;

    // Two windows of one browser do not disturb each other.
    let (one, two) = (asked_to_enter(&browser), asked_to_enter(&browser));
    let answer = key.answer(&one);
    assert_eq!(to(&enter(&browser, &answer)), "/desk");
    let answer = key.answer(&two);
    assert_eq!(to(&enter(&browser, &answer)), "/desk");

    // A new one is added once, and in the session that was asked.
    let colleague = Browser::of(paper, "Per", Role::Editor);
    let mut other = device(paper, 9);
    let answer = other.make(&asked_to_add(&browser));
    let reply = colleague.post("/desk/passkeys", &[("passkey", &answer)]);
    assert!(reply.status == 422 && reply.text().contains("Nothing was added"), "{}", words(&reply.text()));
    assert_eq!(browser.post("/desk/passkeys", &[("passkey", &answer)]).status, 303);
    assert_eq!(browser.post("/desk/passkeys", &[("passkey", &answer)]).status, 422);
    let reply = add(&colleague, &mut other, "The same device");
    assert!(reply.status == 422 && reply.text().contains("here already"), "{}", words(&reply.text()));
    let his = now(paper.app.store.find_person("per")).unwrap().unwrap();
    assert_eq!(now(paper.app.store.passkeys_of(his.id)).unwrap(), []);
    // A colleague's cannot be removed by its number.
    let hers = now(paper.app.store.find_person("ilse")).unwrap().unwrap();
    let kept = now(paper.app.store.passkeys_of(hers.id)).unwrap();
    assert_eq!(colleague.post(&format!("/desk/passkeys/{}/drop", kept[0].id), &[]).status, 303);
    assert_eq!(now(paper.app.store.passkeys_of(hers.id)).unwrap().len(), 2);
}

fn forged_answers_open_nothing(paper: &Served) {
    let (browser, key) = somebody(paper, "Ilse", 7);
    let try_out = |why: &str, change: &dyn Fn(&mut Device)| {
        let options = asked_to_enter(&browser);
        let mut forger = key.clone();
        forger.uses = 10;
        change(&mut forger);
        let reply = enter(&browser, &forger.answer_as("webauthn.get", &options));
        refused(&reply, why);
        // Each is refused for itself, not for being one of many.
        let near = paper.app.edge.near(dateline::edge::ReaderAddress::new([127, 0, 0, 1].into()));
        paper.app.sign_ins.forget(TriesOf::Address(SignInDoor::Desk, near));
        assert!(words(&reply.text()).contains("does not open the desk"), "{why}");
    };
    try_out("another origin", &|d| d.origin = "https://evil.example".into());
    try_out("another port", &|d| d.origin = "http://localhost:1".into());
    try_out("the origin's name longer", &|d| d.origin += ".evil.example");
    try_out("inside a page of another site", &|d| d.cross_origin = true);
    try_out("another paper's name", &|d| d.name = "evil.example".into());
    try_out("nobody touched it", &|d| d.flags = 0x04);
    try_out("nobody showed to be its holder", &|d| d.flags = 0x01);
    try_out("a copy appeared where none could be", &|d| d.flags = 0x1d);
    try_out("another handle", &|d| d.handle = vec![1; 64]);
    try_out("no such passkey", &|d| d.credential = vec![3; 32]);
    try_out("another key", &|d| {
        *d = Device {
            credential: d.credential.clone(),
            handle: d.handle.clone(),
            uses: 10,
            ..device(paper, 8)
        }
    });
    let options = asked_to_enter(&browser);
    refused(&enter(&browser, &key.answer_as("webauthn.create", &options)), "made for something else");
    let mut altered: Value =
        serde_json::from_str(&key.answer_as("webauthn.get", &asked_to_enter(&browser))).unwrap();
    altered["signature"] = "MEUCIQ".into();
    refused(&enter(&browser, &altered.to_string()), "no signature");
    assert_eq!(browser.get("/desk").status, 303);

    let mut right = key.clone();
    let answer = right.answer(&asked_to_enter(&browser));
    let foreign = browser.send_with(
        "/desk/sign-in/passkey",
        &[("passkey", &answer)],
        &["origin: https://evil.example"],
    );
    assert_eq!(foreign.status, 403);
    assert_eq!(browser.send_with("/desk/sign-in/ask", &[], &["sec-fetch-site: cross-site"]).status, 403);
    assert_eq!(to(&enter(&browser, &answer)), "/desk", "the right one, from here");
    let ilse = now(paper.app.store.find_person("ilse")).unwrap().unwrap();
    now(paper.app.store.disable_person(ilse.id, "test", Millis(2))).unwrap();
    let answer = right.answer(&asked_to_enter(&browser));
    refused(&enter(&browser, &answer), "a disabled account");
}

fn nothing_forged_is_added(paper: &Served) {
    let browser = Browser::of(paper, "Ilse", Role::Editor);
    let ilse = now(paper.app.store.find_person("ilse")).unwrap().unwrap();
    let try_out = |why: &str, change: &dyn Fn(&mut Device)| {
        let mut forger = device(paper, 7);
        change(&mut forger);
        let reply = add(&browser, &mut forger, "Forged");
        assert_eq!(reply.status, 422, "{why}");
        assert!(reply.text().contains("is not a passkey for this paper"), "{why}: {}", words(&reply.text()));
        assert_eq!(now(paper.app.store.passkeys_of(ilse.id)).unwrap(), [], "{why}");
    };
    try_out("another origin", &|d| d.origin = "https://evil.example".into());
    try_out("another paper's name", &|d| d.name = "evil.example".into());
    try_out("nobody showed to be its holder", &|d| d.flags = 0x01);
    try_out("inside a page of another site", &|d| d.cross_origin = true);
    try_out("a name too short", &|d| d.credential = vec![1; 3]);
    for broken in ["", "null", "{}", "[[[[", "{\"attestationObject\":\"AA\"}", "\0", &"x".repeat(20_000)] {
        let reply = browser.post("/desk/passkeys", &[("passkey", broken), ("passkey_name", "Broken")]);
        assert_eq!(reply.status, 422, "{broken:.40}");
        assert!(!reply.text().contains("[[[["), "nothing of it is shown");
    }
    let reply = add(&browser, &mut device(paper, 7), &"x".repeat(61));
    assert!(reply.status == 422 && reply.text().contains("61 characters"));
    assert_eq!(browser.send("/desk/passkeys/ask", &[("csrf", "x")]).status, 403);
    let stranger = Browser::new(paper);
    assert_eq!(stranger.send("/desk/passkeys/ask", &[]).status, 403);
    assert_eq!(stranger.send("/desk/passkeys", &[("passkey", "{}")]).status, 403);
    assert_eq!(to(&browser.get("/desk/passkeys/ask")), "/desk/sessions", "nothing is asked by a GET");
    assert_eq!(to(&stranger.get("/desk/sign-in/passkey")), "/desk/sign-in");
}

fn a_question_is_open_for_five_minutes(paper: &Served) {
    let (browser, mut key) = somebody(paper, "Ilse", 7);
    let store = &paper.app.store;
    let options = asked_to_enter(&browser);
    let answer = key.answer(&options);
    let challenge = dateline::passkey::Entering::read(&answer).unwrap().challenge;
    let holder = {
        let cookie = browser.asked.borrow().clone().unwrap();
        dateline::staff::AskedToken::of_cookies(&cookie).unwrap().digest()
    };
    // The same question, put five minutes ago.
    let at = dateline::clock::now();
    let state = now(store.take_challenge(&challenge, &holder, at)).unwrap().unwrap();
    let asked = |until| Asked {
        door: Door::DeskEntrance,
        challenge: challenge.clone(),
        holder: holder.clone(),
        state: state.clone(),
        until,
    };
    now(store.ask_for_passkey(asked(at), 10, at.plus(-5 * MINUTE))).unwrap();
    let late = enter(&browser, &answer);
    refused(&late, "late");
    assert!(words(&late.text()).contains("That took too long"));
    now(store.ask_for_passkey(asked(at.plus(5 * MINUTE)), 10, at)).unwrap();
    assert_eq!(to(&enter(&browser, &answer)), "/desk", "in time it opens, and what was over is swept");

    // Of too many questions the oldest goes.
    let questions: Vec<Value> = (0..3).map(|_| asked_to_enter(&browser)).collect();
    let last = asked_to_enter(&browser);
    let answer = key.answer(&last);
    let challenge = dateline::passkey::Entering::read(&answer).unwrap().challenge;
    let state = now(store.take_challenge(&challenge, &holder, at)).unwrap().unwrap();
    let asked = Asked { door: Door::DeskEntrance, challenge, holder, state, until: at.plus(5 * MINUTE) };
    now(store.ask_for_passkey(asked, 3, at)).unwrap();
    assert_eq!(to(&enter(&browser, &answer)), "/desk");
    let answer = key.answer(&questions[2]);
    assert_eq!(to(&enter(&browser, &answer)), "/desk", "still among the last three numbers");
    let answer = key.answer(&questions[0]);
    refused(&enter(&browser, &answer), "the oldest");
}

fn a_count_that_goes_back_is_refused_and_noted(paper: &Served) {
    let (browser, mut key) = somebody(paper, "Ilse", 7);
    key.uses = 40;
    let answer = key.answer(&asked_to_enter(&browser));
    assert_eq!(to(&enter(&browser, &answer)), "/desk");
    for uses in [41, 12, 0] {
        let copy = Device { uses, ..key.clone() };
        browser.cookie.take();
        let reply = enter(&browser, &copy.answer_as("webauthn.get", &asked_to_enter(&browser)));
        assert_eq!((reply.status, reply.header("set-cookie")), (422, None), "{uses}");
        assert!(words(&reply.text()).contains("as if there were a copy"), "{}", words(&reply.text()));
    }
    let noted = log(paper)
        .into_iter()
        .filter(|(_, act, _)| act.starts_with("was refused with the passkey Key"))
        .count();
    assert_eq!(noted, 3);
    let answer = key.answer(&asked_to_enter(&browser));
    assert_eq!(to(&enter(&browser, &answer)), "/desk", "the device itself counts on");
    paper.finish_jobs();
    let (_, faults) = now(paper.app.store.sealed_log()).unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

fn tries_and_questions_are_counted(paper: &Served) {
    let (browser, mut key) = somebody(paper, "Ilse", 7);
    for _ in 0..5 {
        let forged = Device { name: "evil.example".into(), ..key.clone() }
            .answer_as("webauthn.get", &asked_to_enter(&browser));
        refused(&enter(&browser, &forged), "forged");
    }
    let answer = key.answer(&asked_to_enter(&browser));
    let sixth = enter(&browser, &answer);
    assert_eq!((sixth.status, sixth.header("retry-after")), (429, Some("60")));
    assert_eq!(
        browser.sign_in("Ilse", PASSWORD).status,
        429,
        "passwords and passkeys share the address's tries"
    );
    let last = (0..40).map(|_| browser.send("/desk/sign-in/ask", &[])).last().unwrap();
    assert_eq!((last.status, last.header("retry-after")), (429, Some("60")));
}

fn an_old_session_adds_none(paper: &Served) {
    account(paper, "Ilse", Role::Editor);
    let person = now(paper.app.store.find_person("ilse")).unwrap().unwrap();
    let token = dateline::staff::SessionToken::random().unwrap();
    let began = dateline::clock::now().plus(-15 * MINUTE);
    now(paper.app.store.add_session(&person, &token.digest(), "Firefox", dateline::staff::SPAN, began))
        .unwrap();
    let browser = Browser::new(paper);
    *browser.cookie.borrow_mut() = token.cookie(false).split(';').next().map(str::to_owned);
    let page = browser.get("/desk/sessions").text();
    assert!(words(&page).contains("Sign out and in again to add a passkey."), "{}", words(&page));
    assert!(!page.contains("id=\"new-passkey\""));
    let reply = browser.post("/desk/passkeys/ask", &[]);
    assert_eq!(reply.status, 422);
    assert_eq!(browser.post("/desk/passkeys", &[("passkey", "{}")]).status, 422);
}

fn where_required_a_password_leads_to_a_passkey_alone(paper: &Served) {
    let browser = Browser::of(paper, "Ilse", Role::Admin);
    for path in ["/desk", "/desk/queue", "/desk/staff", "/desk/stories/1"] {
        assert_eq!(to(&browser.get(path)), "/desk/sessions", "{path}");
    }
    let made = browser.post("/desk/stories", &[]);
    assert!(made.status == 403 && made.text().contains("A passkey is needed first"));
    assert_eq!(now(paper.app.store.count_stories_by_status()).unwrap(), [0; 5]);
    let own = browser.get("/desk/sessions");
    assert!(own.status == 200 && words(&own.text()).contains("This paper asks its people for a passkey."));
    let older = Browser::new(paper);
    assert_eq!(older.sign_in("Ilse", PASSWORD).status, 303);

    let mut key = device(paper, 7);
    assert_eq!(add(&browser, &mut key, "Key").status, 303);
    assert_eq!(browser.get("/desk/staff").status, 200, "open at once");
    assert!(!browser.get("/desk/sessions").text().contains("asks its people"));
    // A session that began with the password stays where it is, and adds none.
    assert_eq!(to(&older.get("/desk")), "/desk/sessions");
    assert!(older.get("/desk/sessions").text().contains("in again with the passkey"));
    assert_eq!(older.post("/desk/passkeys/ask", &[]).status, 422);
    let thief = Browser::new(paper);
    let refused = thief.sign_in("Ilse", PASSWORD);
    assert!(refused.status == 422 && refused.header("set-cookie").is_none());
    assert!(
        words(&refused.text()).contains("asks for the passkey that you have"),
        "{}",
        words(&refused.text())
    );
    assert!(!words(&thief.sign_in("Ilse", "night ferry at six").text()).contains("passkey that you have"));
    let answer = key.answer(&asked_to_enter(&thief));
    assert_eq!(to(&enter(&thief, &answer)), "/desk");
    assert_eq!(thief.get("/desk").status, 200);

    // The last one stays, of two each may go.
    let person = now(paper.app.store.find_person("ilse")).unwrap().unwrap();
    let drop_first = || {
        let kept = now(paper.app.store.passkeys_of(person.id)).unwrap();
        browser.post(&format!("/desk/passkeys/{}/drop", kept[0].id), &[])
    };
    assert!(!browser.get("/desk/sessions").text().contains("/drop\""));
    let last = drop_first();
    assert!(last.status == 409 && last.text().contains("Your last way in"), "{}", words(&last.text()));
    assert_eq!(add(&browser, &mut device(paper, 8), "Other").status, 303);
    assert_eq!((drop_first().status, drop_first().status), (303, 409));

    // The way back.
    assert_eq!(now(paper.app.store.drop_passkeys(&person, "command line", Millis(9))).unwrap(), 1);
    assert_eq!(browser.get("/desk").status, 303);
    assert_eq!(to(&browser.sign_in("Ilse", PASSWORD)), "/desk");
    assert_eq!(to(&browser.get("/desk")), "/desk/sessions");
}

fn without_a_password_the_last_one_stays(paper: &Served) {
    let id = now(paper.app.store.add_person("Brought", Role::Editor, "", "test", Millis(1))).unwrap();
    let person = now(paper.app.store.person(id)).unwrap().unwrap();
    let token = dateline::staff::SessionToken::random().unwrap();
    let began = dateline::clock::now();
    now(paper.app.store.add_session(&person, &token.digest(), "Firefox", dateline::staff::SPAN, began))
        .unwrap();
    let browser = Browser::new(paper);
    *browser.cookie.borrow_mut() = token.cookie(false).split(';').next().map(str::to_owned);
    assert_eq!(add(&browser, &mut device(paper, 7), "Key").status, 303);
    let kept = now(paper.app.store.passkeys_of(id)).unwrap();
    assert_eq!(browser.post(&format!("/desk/passkeys/{}/drop", kept[0].id), &[]).status, 409);
    assert_eq!(now(paper.app.store.passkeys_of(id)).unwrap().len(), 1);
}

fn what_was_typed_outlives_a_sign_in_with_a_passkey(paper: &Served) {
    let (browser, mut key) = somebody(paper, "Ilse", 7);
    let door = browser.send("/desk/stories/7", &[("headline", "Two \"ports\" agree")]);
    assert!(door.status == 403 && door.text().contains("id=\"door\""));
    let answer = key.answer(&asked_to_enter(&browser));
    let fields = [
        ("passkey", answer.as_str()),
        ("next", "/desk/stories/7"),
        ("carry.headline", "Two \"ports\" agree"),
    ];
    let resumed = browser.send("/desk/sign-in/passkey", &fields);
    assert_eq!(resumed.status, 200);
    assert!(
        resumed.text().contains("Two &quot;ports&quot; agree") && !resumed.text().contains("clientDataJSON")
    );
    browser.cookie.take();
    let fields = [("passkey", "{}"), ("next", "https://evil.example"), ("carry.headline", "Kept <b>")];
    let again = browser.send("/desk/sign-in/passkey", &fields);
    assert!(again.status == 422 && again.text().contains("Kept &lt;b&gt;") && !again.text().contains("evil"));
}

fn a_paper_without_a_name_says_why(paper: &Served) {
    let browser = Browser::of(paper, "Ilse", Role::Editor);
    let page = browser.get("/desk/sessions").text();
    assert!(words(&page).contains("browsers keep none for an IP address"), "{}", words(&page));
    assert!(!page.contains("passkey-add") && !page.contains("/assets/passkey-"));
    let door = Browser::new(paper).get("/desk/sign-in").text();
    assert!(!door.contains("passkey") && !door.contains("webauthn"));
    let reply = browser.send("/desk/sign-in/ask", &[]);
    assert_eq!((reply.status, reply.header("set-cookie")), (422, None));
    assert_eq!(browser.post("/desk/passkeys/ask", &[]).status, 422);
}

crate::on_both!(crate::paper:
    added_used_and_removed,
    an_answer_counts_once_and_for_whom_was_asked,
    forged_answers_open_nothing,
    nothing_forged_is_added,
    a_question_is_open_for_five_minutes,
    a_count_that_goes_back_is_refused_and_noted,
    tries_and_questions_are_counted,
    an_old_session_adds_none,
    without_a_password_the_last_one_stays,
    what_was_typed_outlives_a_sign_in_with_a_passkey,
);

mod required {
    use super::where_required_a_password_leads_to_a_passkey_alone;
    crate::on_both!(super::super::strict: where_required_a_password_leads_to_a_passkey_alone);
}

mod nameless {
    use super::a_paper_without_a_name_says_why;
    crate::on_both!(super::super::nameless_paper: a_paper_without_a_name_says_why);
}

fn nameless_paper(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| config.paper.address = Some("http://192.0.2.7".into()))
}
