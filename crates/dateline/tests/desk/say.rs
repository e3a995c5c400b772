//! The staff write under a story, signed in at the desk, and see to a reader's account.

use crate::{
    browser::{Browser, encode, log, now, to, words},
    queue::comment,
    support::Served,
};
use newsroom::{discussion::State, staff::Role};
use store::reader::{NewKnock, NewReader, NewSession, WayKind};

fn staff_speak_with_their_badge(paper: &Served) {
    let ilse = Browser::of(paper, "Ilse Brandt", Role::Editor);
    let copy = [
        ("headline", "Night ferry"),
        ("body", "It leaves at ten."),
        ("byline", "By Ilse Brandt and Per Lund"),
    ];
    let id = ilse.story(&copy);
    let draft = ilse.get(&format!("/desk/stories/{id}/say"));
    assert_eq!(draft.status, 404, "nobody talks under a draft");
    let path = ilse.publish(id, &copy);
    assert!(ilse.get(&format!("/desk/stories/{id}")).text().contains("Comment as staff"));
    let say = format!("/desk/stories/{id}/say");
    assert!(words(&ilse.get(&say).text()).contains("signed Ilse Brandt, author of the story"));
    let said = ilse.post(&say, &[("text", "I was on board."), ("name", "Somebody else")]);
    assert!(to(&said).starts_with(&format!("{path}#comment-")), "{}", said.text());
    let root: i64 = to(&said).rsplit('-').next().unwrap().parse().unwrap();

    let moderator = Browser::of(paper, "Moderator Bo", Role::Moderator);
    let reply = format!("/desk/comments/{root}/reply");
    assert!(moderator.get("/desk/queue?state=shown").text().contains(&reply), "the way there");
    let form = words(&moderator.get(&reply).text());
    assert!(
        form.contains("Ilse Brandt wrote:I was on board.") && form.contains("Moderator Bo, staff"),
        "{form}"
    );
    let empty = moderator.post(&reply, &[("text", " ")]);
    assert_eq!((empty.status, empty.text().contains("The comment is empty.")), (422, true));
    assert!(to(&moderator.post(&reply, &[("text", "Please stay polite.")])).contains("/comments/"));
    let again = moderator.post(&reply, &[("text", "Please stay polite.")]);
    assert_eq!((again.status, again.text().contains("has been said here already")), (422, true));
    let page = paper.ask("GET", &format!("{path}/comments/{root}"), &[]).text();
    let head = |name: &str| {
        let at = page
            .find(&format!("<b class=\"name\" dir=\"auto\">{name}</b>"))
            .unwrap_or_else(|| panic!("{page}"));
        words(page[at..].split("</header>").next().unwrap())
    };
    assert!(head("Ilse Brandt").contains("Staff Author of the story"), "{}", head("Ilse Brandt"));
    assert!(head("Moderator Bo").contains("Staff") && !head("Moderator Bo").contains("Author"));
    assert!(!page.contains("Somebody else"));

    // The form of the readers makes nobody staff.
    let body = encode(&[("name", "Ilse Brandt"), ("text", "Me too."), ("staff", "yes")]);
    let refused = ilse.send(&format!("{path}/comments"), &[("name", "Ilse Brandt"), ("text", "Me too.")]);
    assert_eq!((refused.status, refused.text().contains("belongs to the newsroom")), (422, true), "{body}");
    assert_eq!(Browser::new(paper).send(&say, &[("text", "x")]).status, 403);
    assert_eq!(Browser::new(paper).get(&reply).status, 303);
    assert_eq!(moderator.send(&reply, &[("text", "no proof")]).status, 403);
    assert_eq!(moderator.get("/desk/comments/999/reply").status, 404);
    ilse.post(&format!("/desk/stories/{id}/discussion"), &[("mode", "closed")]);
    let closed = ilse.post(&say, &[("text", "Still there?")]);
    assert_eq!((closed.status, closed.text().contains("discussion is closed")), (422, true));
}

fn a_readers_account_at_the_desk(paper: &Served) {
    let moderator = Browser::of(paper, "Bo", Role::Moderator);
    let store = &paper.app.store;
    let new =
        NewKnock { kind: WayKind::Mail, digest: "d", label: "m***@post.example", name: "", reader: None };
    let at = dateline::clock::now();
    let knock = now(store.add_knock(&new, at)).unwrap();
    let session = NewSession { digest: "s", browser: "Firefox" };
    let id =
        now(store.add_reader(&NewReader { name: "Mette", look: "rnette", session }, &knock, at)).unwrap();
    let page = format!("/desk/readers/{id}");
    let text = moderator.get(&page).text();
    assert!(text.contains("by letter") && !text.contains("post.example"), "nobody's address: {text}");
    let refuse = |path: &str, fields: &[(&str, &str)], why: &str| {
        let reply = moderator.post(&format!("{page}/{path}"), fields);
        assert_eq!(
            (reply.status, reply.text().contains(why)),
            (422, true),
            "{why}: {}",
            words(&reply.text())
        );
    };
    refuse("badge", &[("words", "Professor"), ("days", "0")], "from 1 to 730");
    refuse("badge", &[("words", "Professor")], "from 1 to 730");
    refuse("badge", &[("words", &"x".repeat(61)), ("days", "9")], "60 characters");
    for papers in [
        "Staff",
        "St\u{430}ff",
        "the editor",
        "Author of the story",
        "AUTH0R of the st\u{43e}ry!",
        "Redaktion",
    ] {
        refuse("badge", &[("words", papers), ("days", "9")], "a badge of the paper");
    }
    refuse("regard", &[("regard", "sometimes"), ("days", "9")], "Choose how");
    refuse("regard", &[("regard", "refused"), ("days", "731")], "from 1 to 730");
    let set = |path: &str, fields: &[(&str, &str)]| {
        assert_eq!(
            to(&moderator.post(&format!("{page}/{path}"), fields)),
            format!("{page}?said=account-set")
        );
        words(&moderator.get(&page).text())
    };
    let shown = set("badge", &[("words", "Professor of <hydrology>"), ("days", "9")]);
    assert!(shown.contains("Professor of &lt;hydrology&gt; until"), "{shown}");
    assert!(set("regard", &[("regard", "at-once"), ("days", "9")]).contains("They are shown at once"));
    assert!(!set("regard", &[("regard", "")]).contains("They are"));
    assert!(!set("badge", &[("words", "")]).contains("hydrology"));
    assert!(log(paper).iter().any(|(who, act, what)| {
        who == "Bo" && act == "took the badge away" && *what == format!("account {id}")
    }));
    now(store.end_reader(id, false, at)).unwrap();
    refuse("badge", &[("words", "Professor"), ("days", "9")], "has ended");
    assert!(moderator.get(&page).text().contains("An account that has ended"));
    assert_eq!(moderator.get("/desk/readers/999999").status, 404);
    let reporter = Browser::of(paper, "Rolf", Role::Reporter);
    assert_eq!(reporter.get(&page).status, 403);
    assert_eq!(reporter.post(&format!("{page}/regard"), &[("regard", "refused"), ("days", "9")]).status, 403);
}

fn a_name_that_became_the_newsrooms_keeps_the_text_as_it_is(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let copy = [("headline", "Night ferry"), ("body", "It leaves at ten.")];
    let path = desk.publish(desk.story(&copy), &copy);
    let (first, second) = (
        comment(paper, &path, "It leaves at ten.", "shown"),
        comment(paper, &path, "It lands at four.", "shown"),
    );
    let by = now(paper.app.store.comment(first)).unwrap().unwrap().name;
    let edit = |id: i64, text: &str| {
        let reader = Browser::new(paper);
        reader.send(&format!("{}/edit", paper.app.receipts.path(id)), &[("text", text)])
    };
    assert_eq!(edit(first, "It leaves at nine.").status, 303);
    // Somebody of that name joins the paper.
    Browser::of(paper, &by, Role::Editor);
    let refused = edit(second, "It lands at five.");
    let said = words(&refused.text());
    assert_eq!(refused.status, 422, "{said}");
    assert!(said.contains("belongs to the newsroom by now, so its text stays as it is"), "{said}");
    assert!(!said.contains("sign with another") && !said.contains("/account"), "{said}");
    assert_eq!(now(paper.app.store.comment(second)).unwrap().unwrap().text, "It lands at four.");
    // As it says: the way out that is left.
    let reader = Browser::new(paper);
    let gone = reader.send(&format!("{}/withdraw", paper.app.receipts.path(second)), &[]);
    assert_eq!(gone.status, 303, "{}", words(&gone.text()));
    assert_eq!(now(paper.app.store.comment(second)).unwrap().unwrap().state, State::Withdrawn);
}

crate::on_both!(crate::paper:
    staff_speak_with_their_badge,
    a_readers_account_at_the_desk,
    a_name_that_became_the_newsrooms_keeps_the_text_as_it_is,
);
