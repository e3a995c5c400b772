//! Readers' accounts by letter: in, signed in, out, taken along and erased; on both databases. Providers are tested
//! with a real one, in browser/account.test.js.
use crate::{
    House,
    browser::{self, Browser, encode},
    support::{Reply, Served},
};
use dateline::readers::EntryLink;
use newsroom::{
    clock::{DAY, MINUTE},
    discussion::{Regard, Ruling},
    staff::Role,
};
use serde_json::Value;
use std::cell::RefCell;
use store::tables;

/// A reader's browser: its cookies, and forms from the paper's own pages.
pub struct Reader<'a> {
    house: &'a House,
    cookies: RefCell<Vec<(String, String)>>,
}

impl<'a> Reader<'a> {
    pub fn new(house: &'a House) -> Reader<'a> {
        Reader { house, cookies: RefCell::default() }
    }

    /// The line by which its browser is known.
    pub fn cookie(&self) -> String {
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(n, v)| format!("{n}={v}")).collect();
        format!("cookie: {}", cookies.join("; "))
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
        let mut lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        if !self.cookies.borrow().is_empty() {
            lines.push_str(&format!("{}\r\n", self.cookie()));
        }
        if method == "POST" {
            let length = body.len();
            lines.push_str(&format!(
                "content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n"
            ));
        }
        let mut line = self.house.paper.line();
        line.send(format!("{method} {path} HTTP/1.1\r\nhost: paper.example\r\n{lines}\r\n{body}"));
        let reply = line.reply(false);
        for (_, set) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            cookies.retain(|(n, _)| n != name);
            if !set.contains("Max-Age=0") {
                cookies.push((name.into(), value.into()));
            }
        }
        reply
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.ask("POST", path, &["origin: http://paper.example"], &encode(fields))
    }

    /// Asks for a letter, and the path of the link in it.
    pub fn link(&self, email: &str) -> String {
        let reply = self.post("/account/letter", &[("email", email)]);
        assert_eq!((reply.status, reply.header("location")), (303, Some("/account?said=letter")));
        self.house.paper.finish_jobs();
        let letter = self.house.letters.one();
        assert_eq!(letter.to, [format!("<{email}>")]);
        assert!(letter.header("List-Unsubscribe").is_empty());
        let at = letter.text.find("/account/enter/").unwrap_or_else(|| panic!("{}", letter.text));
        letter.text[at..].split_whitespace().next().unwrap().to_owned()
    }

    /// A new account, signed in.
    pub fn with(house: &'a House, email: &str, name: &str) -> Reader<'a> {
        let reader = Reader::new(house);
        let link = reader.link(email);
        let reply = reader.post(&link, &[("name", name)]);
        assert_eq!((reply.status, to(&reply)), (303, "/account?said=made".to_owned()), "{}", reply.text());
        reader
    }

    /// What the paper answers to a comment, as a program asks.
    pub fn say(&self, path: &str, name: &str, text: &str) -> (u16, Value) {
        let body = encode(&[("name", name), ("text", text)]);
        let reply = self.ask("POST", &format!("{path}/comments"), &["accept: application/json"], &body);
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }
}

pub fn to(reply: &Reply) -> String {
    reply.header("location").unwrap_or_default().to_owned()
}

pub fn story<'a>(house: &'a House) -> (Browser<'a>, String) {
    let desk = Browser::of(&house.paper, "Ilse Brandt", Role::Admin);
    let copy = [("headline", "Night ferry"), ("body", "It leaves at ten."), ("byline", "By Ilse Brandt")];
    let id = desk.story(&copy);
    let path = desk.publish(id, &copy);
    (desk, path)
}

/// Every row of every table that an export with keys has.
pub fn everything(paper: &Served) -> String {
    let rows = tables::all()
        .iter()
        .map(|table| format!("{:?}", paper.wait(paper.app.store.rows(table, None, 9_999, true)).unwrap()));
    rows.collect()
}

fn an_account_by_letter_from_the_link_to_the_end(house: &House) {
    let (_desk, path) = story(house);
    let reader = Reader::new(house);
    let before = reader.get(&path);
    assert!(before.text().contains("href=\"/account\""), "the way there stands by the form");
    assert!(before.header("set-cookie").is_none() && reader.cookies.borrow().is_empty());
    assert!(reader.get("/account").text().contains("Send me a link"));
    assert_eq!(reader.get("/account/me").text(), r#"{"name":null}"#);

    let link = reader.link("Mette@post.example");
    let asked = reader.get(&link);
    assert_eq!((asked.status, asked.header("cache-control")), (200, Some("no-store")));
    assert!(asked.text().contains("M***@post.example") && asked.text().contains("Make the account"));
    assert!(reader.cookies.borrow().is_empty(), "looking signs nobody in");
    for (name, words) in [("…", "needs letters"), ("I1se Brandt", "belongs to the newsroom")] {
        let refused = reader.post(&link, &[("name", name)]);
        assert_eq!((refused.status, refused.text().contains(words)), (422, true), "{name}");
    }
    let made = reader.post(&link, &[("name", "Mette Holm")]);
    assert_eq!((made.status, to(&made)), (303, "/account?said=made".to_owned()), "{}", made.text());
    let set: Vec<&String> = made.headers.iter().filter(|(n, _)| n == "set-cookie").map(|(_, v)| v).collect();
    assert!(set[0].contains("HttpOnly") && set[0].contains("SameSite=Lax"), "{set:?}");
    assert_eq!(reader.get("/account/me").text(), r#"{"name":"Mette Holm"}"#);
    let page = reader.get("/account").text();
    for words in ["Mette Holm", "By letter to M***@post.example", "this browser", "Take it along"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("/remove"), "the last way in stays");

    let (status, said) = reader.say(&path, "Whatever stood there", "From an account.");
    assert_eq!((status, &said["state"]), (201, &"shown".into()), "{said}");
    let nobody = Reader::new(house);
    let thread = nobody.get(&path).text();
    assert!(
        thread.contains("Mette Holm") && thread.contains("<span class=\"vouched\">Account</span>"),
        "{thread}"
    );
    assert!(!thread.contains("Whatever stood there"));
    assert_eq!(thread, reader.get(&path).text(), "the page is everybody's, signed in or not");
    let id = said["id"].as_i64().unwrap();
    let api = nobody.ask("GET", &format!("/api/v1/comments/{id}"), &[], "");
    if api.status == 200 {
        assert!(api.text().contains("\"vouched\":\"account\""), "{}", api.text());
    }

    let own = reader.get("/account").text();
    assert!(own.contains("From an account.") && own.contains("/receipt/"), "{own}");
    let data: Value = serde_json::from_slice(&reader.get("/account/data").body).unwrap();
    assert_eq!(data["account"]["name"], "Mette Holm");
    assert_eq!(data["account"]["ways"][0]["label"], "M***@post.example");
    assert_eq!(data["comments"][0]["comment"]["text"], "From an account.");
    assert_eq!(nobody.get("/account/data").status, 401);

    // Elsewhere, by another letter; ended from the first browser.
    let other = Reader::new(house);
    let link = other.link("METTE@post.example");
    assert!(other.get(&link).text().contains("Sign in as"), "case alone makes no other address");
    assert_eq!(to(&other.post(&link, &[])), "/account?said=in");
    assert_eq!(other.get("/account/me").text(), r#"{"name":"Mette Holm"}"#);
    let page = reader.get("/account").text();
    let at = page.find("/account/sessions/").unwrap();
    let end = page[at..].split('"').next().unwrap().to_owned();
    assert_eq!(to(&other.post("/account/sessions/end-others", &[])), "/account?said=others");
    assert!(end.ends_with("/end") && reader.get("/account/me").text().contains("null"));
    assert_eq!(reader.post(&end, &[]).status, 401, "ended");
    assert_eq!(other.post("/account/sign-out", &[]).status, 303);
    assert!(other.cookies.borrow().is_empty() && other.get("/account/me").text().contains("null"));
}

fn the_name_is_its_own(house: &House) {
    let (_desk, path) = story(house);
    let nobody = Reader::new(house);
    assert_eq!(nobody.say(&path, "Mette Holm", "Before there was an account.").0, 201);
    let mette = Reader::with(house, "mette@post.example", "Mette Holm");
    for name in ["Mette Holm", "mette  holm!", "Меtte Hоlm", "M3tte Holm"] {
        let (status, said) = nobody.say(&path, name, &format!("As {name}."));
        assert_eq!(
            (status, &said["code"], &said["field"]),
            (422, &"name-taken".into(), &"name".into()),
            "{name}"
        );
        assert!(said["detail"].as_str().unwrap().contains("Sign in"), "{said}");
    }
    assert_eq!(nobody.say(&path, "Mette", "Another name.").0, 201);
    let other = Reader::new(house);
    let link = other.link("per@post.example");
    let refused = other.post(&link, &[("name", "Mette HoIm")]);
    assert_eq!((refused.status, refused.text().contains("has that name already")), (422, true));
    assert_eq!(to(&other.post(&link, &[("name", "Per Lund")])), "/account?said=made");
    // Signed in as somebody else is not signed in as her, whatever the form says.
    assert_eq!(other.say(&path, "Mette Holm", "Not hers.").0, 201);
    assert!(nobody.get(&path).text().contains("Per Lund"));

    // The old name stays hers, for what she wrote under it still stands.
    assert_eq!(to(&mette.post("/account/name", &[("name", "Mette H.")])), "/account?said=name");
    assert_eq!(nobody.say(&path, "Mette Holm", "Now?").1["code"], "name-taken");
    let refused = other.post("/account/name", &[("name", "Mette Holm")]);
    assert_eq!((refused.status, refused.text().contains("has that name already")), (422, true));
    for n in 0..3 {
        assert_eq!(
            mette.post("/account/name", &[("name", &format!("Name number {}", ["a", "b", "c"][n]))]).status,
            303
        );
    }
    let refused = mette.post("/account/name", &[("name", "One too many")]);
    assert_eq!((refused.status, refused.text().contains("5 names in all")), (422, true));
    assert_eq!(mette.post("/account/name", &[("name", "Mette Holm")]).status, 303, "one that it had");
    // A name that somebody of the staff took later.
    browser::account(&house.paper, "Per Lund", Role::Editor);
    let (status, said) = other.say(&path, "", "Me again.");
    assert_eq!((status, &said["code"], &said["field"]), (422, &"name-reserved".into(), &Value::Null));
    let detail = said["detail"].as_str().unwrap();
    assert!(detail.contains("Change it at /account") && !detail.contains("sign with another"), "{said}");
    let by_name = nobody.say(&path, "Per Lund", "As he.").1;
    assert!(!by_name["detail"].as_str().unwrap().contains("account"), "{by_name}");
    assert_eq!(to(&other.post("/account/name", &[("name", "Per L.")])), "/account?said=name");
    assert_eq!(other.say(&path, "", "Me, as Per L.").0, 201);
    assert_eq!(mette.ask("POST", "/account/name", &["origin: https://evil.example"], "name=x").status, 403);
}

fn links_open_once_and_only_for_whom_they_are(house: &House) {
    let reader = Reader::new(house);
    let link = reader.link("mette@post.example");
    for forged in [format!("{link}0"), link.replacen("/enter/", "/enter/9", 1), "/account/enter/x".into()] {
        assert_eq!(reader.get(&forged).status, 404, "{forged}");
        assert_eq!(reader.post(&forged, &[("name", "Eve")]).status, 404, "{forged}");
    }
    let foreign = reader.ask("POST", &link, &["origin: https://evil.example"], "name=Eve");
    assert_eq!(foreign.status, 403);
    // Of another knock that had this number before a restore.
    let number: i64 = link.rsplit('/').next().unwrap().split('-').next().unwrap().parse().unwrap();
    let knock = house.paper.wait(house.paper.app.store.knock(number, dateline::clock::now()));
    let right = EntryLink::of(&knock.unwrap().unwrap());
    assert_eq!(right.path(&house.paper.app.doors), link);
    let earlier = EntryLink { at: right.at.plus(-MINUTE), ..right }.path(&house.paper.app.doors);
    assert_eq!((reader.get(&earlier).status, reader.post(&earlier, &[("name", "Eve")]).status), (410, 410));
    assert!(reader.cookies.borrow().is_empty(), "nobody came in");
    assert_eq!(reader.post(&link, &[("name", "Mette")]).status, 303);
    let again = Reader::new(house);
    assert_eq!((again.get(&link).status, again.post(&link, &[]).status), (410, 410), "once");
    assert!(again.cookies.borrow().is_empty());
    // Too old, by the database's own record.
    let old = again.link("bo@post.example");
    let id: i64 = old.rsplit('/').next().unwrap().split('-').next().unwrap().parse().unwrap();
    let later = dateline::clock::now().plus(31 * MINUTE);
    assert!(house.paper.wait(house.paper.app.store.knock(id, later)).unwrap().is_none());
    assert!(house.paper.wait(house.paper.app.store.knock(id, later.plus(-2 * MINUTE))).unwrap().is_some());
    house.paper.wait(house.paper.app.store.forget_knocks(later)).unwrap();
    assert_eq!(again.get(&old).status, 410);
    for wrong in ["", "bo", "bo@post.example\r\nBcc: all@post.example"] {
        let refused = again.post("/account/letter", &[("email", wrong)]);
        assert_eq!((refused.status, refused.text().contains("no mail address")), (422, true), "{wrong:?}");
    }
    // Nobody's letter box is filled by a stranger, and nobody learns who has an account.
    for _ in 0..3 {
        let reply = again.post("/account/letter", &[("email", "mette@post.example")]);
        assert_eq!(to(&reply), "/account?said=letter");
    }
    let many = again.post("/account/letter", &[("email", "mette@post.example")]);
    assert_eq!((many.status, many.header("retry-after")), (429, Some("60")), "{}", many.text());
    house.paper.finish_jobs();
    assert_eq!(house.letters.empty().len(), 3);
    // The desk's door, where the same address may sit, is as it was.
    let desk = again.post("/desk/sign-in", &[("name", "Ilse Brandt"), ("password", "nothing at all")]);
    assert_eq!(desk.status, 422, "{}", desk.text());
    for odd in ["dateline_reader=", "dateline_reader=short", "dateline_reader=%00"] {
        let reply = house.paper.ask("GET", "/account/me", &[&format!("cookie: {odd}")]);
        assert_eq!(reply.text(), r#"{"name":null}"#, "{odd}");
    }
}

fn a_way_is_added_only_where_it_was_asked_for(house: &House) {
    let mette = Reader::with(house, "mette@post.example", "Mette");
    let link = mette.link("work@post.example");
    // Whoever else opens the link gets no account of it, and gives none away.
    let per = Reader::with(house, "per@post.example", "Per");
    for other in [&per, &Reader::new(house)] {
        let page = other.get(&link);
        assert!(page.text().contains("Open this where you are signed in"), "{}", page.text());
        assert_eq!(other.post(&link, &[("name", "Eve")]).status, 403);
    }
    assert!(mette.get(&link).text().contains("Another way into your account"));
    assert_eq!(to(&mette.post(&link, &[])), "/account?said=way");
    let page = mette.get("/account").text();
    assert!(page.contains("w***@post.example") && page.contains("m***@post.example"), "{page}");
    let elsewhere = Reader::new(house);
    let in_by_work = elsewhere.link("work@post.example");
    assert_eq!(to(&elsewhere.post(&in_by_work, &[])), "/account?said=in");
    // Removed, with the sessions that came by it; the last one stays.
    let ways = |page: &str| -> Vec<String> {
        let found = page.match_indices("/account/ways/").map(|(at, _)| page[at..].split('"').next().unwrap());
        found.map(str::to_owned).collect()
    };
    let found = ways(&page);
    assert_eq!(found.len(), 2);
    assert_eq!(to(&mette.post(&found[1], &[])), "/account?said=no-way");
    assert!(elsewhere.get("/account/me").text().contains("null"));
    let last = mette.post(&found[0], &[]);
    assert_eq!((last.status, last.text().contains("it stays")), (422, true));
    assert_eq!(per.post(&found[0], &[]).status, 422, "nor anybody else's");
    assert!(mette.get("/account/me").text().contains("Mette"));
    // What was a way of hers is free for another account.
    let free = elsewhere.link("work@post.example");
    assert!(elsewhere.get(&free).text().contains("A new account"));
}

fn what_the_desk_gives_an_account(house: &House) {
    let (_desk, path) = story(house);
    let mette = Reader::with(house, "mette@post.example", "Mette");
    let store = &house.paper.app.store;
    let (_, said) = mette.say(&path, "", "Plain.");
    let id = said["id"].as_i64().unwrap();
    let reader = house.paper.wait(store.comment(id)).unwrap().unwrap().reader.unwrap();
    let now = dateline::clock::now();
    let give = |badge| house.paper.wait(store.give_badge(reader, badge, "Ilse Brandt", now)).unwrap();
    give(Some(("Professor of hydrology", now.plus(DAY))));
    mette.say(&path, "", "With a badge.");
    let page = mette.get(&path).text();
    assert_eq!(page.matches("Professor of hydrology").count(), 1, "{page}");
    assert!(mette.get("/account").text().contains("Professor of hydrology"));
    give(Some(("Over", now.plus(-1))));
    mette.say(&path, "", "It has ended.");
    assert!(!mette.get(&path).text().contains("Over<"));

    let regard = |r: Option<Regard>| {
        house
            .paper
            .wait(store.regard_reader(reader, r.map(|r| (r, now.plus(DAY))), "Ilse Brandt", now))
            .unwrap();
    };
    regard(Some(Regard::HeldFirst));
    assert_eq!(mette.say(&path, "", "Held.").1["state"], "held");
    regard(Some(Regard::Refused));
    let (status, said) = mette.say(&path, "", "Refused.");
    assert_eq!((status, &said["code"]), (422, &"account-refused".into()));
    regard(Some(Regard::AtOnce));
    assert_eq!(
        mette.say(&path, "", "See https://a.example https://b.example https://c.example").1["state"],
        "shown"
    );
    regard(None);
    assert_eq!(
        mette.say(&path, "", "See https://a.example https://b.example https://d.example").1["state"],
        "held"
    );
    let log = browser::log(&house.paper);
    for act in ["gave the badge “Professor of hydrology”", "refuses comments until", "shows comments at once"]
    {
        assert!(
            log.iter().any(|(who, did, what)| {
                who == "Ilse Brandt" && did.starts_with(act) && *what == format!("account {reader}")
            }),
            "{act}: {log:?}"
        );
    }
}

fn erased_with_its_comments_but_not_under_a_decision(house: &House) {
    let (_desk, path) = story(house);
    let store = &house.paper.app.store;
    let leave = |reader: &Reader<'_>, comments: &str| {
        let unsure = reader.post("/account/erase", &[("comments", comments)]);
        assert_eq!((unsure.status, unsure.text().contains("Tick that you are sure")), (422, true));
        assert_eq!(reader.post("/account/erase", &[("sure", "yes")]).status, 422);
        let erased = reader.post("/account/erase", &[("comments", comments), ("sure", "yes")]);
        assert_eq!(to(&erased), "/account?said=erased", "{}", erased.text());
        assert!(reader.cookies.borrow().is_empty() && reader.get("/account/me").text().contains("null"));
    };
    // The comments stay, and so does the name's reserve.
    let per = Reader::with(house, "per@post.example", "Per Marked");
    per.say(&path, "", "Per said this.");
    leave(&per, "keep");
    house.paper.finish_jobs();
    let page = per.get(&path).text();
    assert!(
        page.contains("Per said this.") && page.contains("Per Marked") && !page.contains("class=\"vouched\""),
        "{page}"
    );
    assert_eq!(per.say(&path, "Per Marked", "Not he.").1["code"], "name-taken");
    let back = per.link("per@post.example");
    assert!(per.get(&back).text().contains("A new account"), "nothing is known of the way any more");

    // All of it goes; what is reported waits for the decision.
    let mette = Reader::with(house, "mette@post.example", "Mette Marked");
    let (_, first) = mette.say(&path, "", "Mette said this.");
    let (_, second) = mette.say(&path, "", "And this, which is reported.");
    let report = format!("{path}/comments/{}/report", second["id"]);
    let reported = per.ask("POST", &report, &["accept: application/json"], "reason=insult&text=Look");
    assert_eq!(reported.status, 201, "{}", reported.text());
    leave(&mette, "erase");
    house.paper.finish_jobs();
    let page = mette.get(&path).text();
    assert!(!page.contains("Mette said this.") && page.contains("which is reported"), "{page}");
    let second = second["id"].as_i64().unwrap();
    let now = dateline::clock::now();
    house.paper.wait(store.rule(second, Ruling::Show, None, "", "Ilse Brandt", now)).unwrap();
    let tomorrow = dateline::clock::now().plus(DAY + MINUTE);
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, tomorrow)).unwrap();
    for (what, heap) in [("a table", everything(&house.paper)), ("the page", mette.get(&path).text())] {
        assert!(
            !heap.contains("Mette Marked") && !heap.contains("which is reported"),
            "left in {what}: {heap}"
        );
    }
    assert!(first["id"].is_i64());
    assert_eq!(per.say(&path, "Mette Marked", "The name is free again.").0, 201);
    assert!(house.paper.wait(store.thread_faults()).unwrap().is_empty());
    assert!(house.paper.wait(store.miscounted_discussions()).unwrap().is_empty());
}

fn nothing_of_the_address_is_kept(house: &House) {
    let reader = Reader::with(house, "Marked.Address@post.example", "Mette");
    reader.link("marked.second@post.example");
    house.paper.finish_jobs();
    let heap = everything(&house.paper).to_lowercase();
    assert!(heap.contains("m***@post.example"), "the mask is what is kept");
    assert!(!heap.contains("marked.address") && !heap.contains("marked.second"), "{heap}");
    let letters = house.paper.wait(house.paper.app.store.list_letters(None, 9)).unwrap();
    assert!(letters.iter().all(|l| l.recipient.is_empty() && l.mask.starts_with(['m', 'M'])), "{letters:?}");
}

crate::on_both!(crate::house:
    an_account_by_letter_from_the_link_to_the_end,
    the_name_is_its_own,
    links_open_once_and_only_for_whom_they_are,
    a_way_is_added_only_where_it_was_asked_for,
    what_the_desk_gives_an_account,
    erased_with_its_comments_but_not_under_a_decision,
    nothing_of_the_address_is_kept,
);
