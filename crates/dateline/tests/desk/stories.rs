//! A story's life at the desk, and what its readers see of it.

use crate::{
    browser::{Browser, log, now, to, words},
    support::Served,
};
use newsroom::{ednote::EdNote, staff::Role, story::Status};

const COPY: [(&str, &str); 4] = [
    ("headline", "Two ports agree on joint night ferry"),
    ("body", "The ports of Osk and Lindholm have agreed.\r\n\r\nFrom May, they said."),
    ("section", "World"),
    ("topics", "Ferries, Osk"),
];

fn status(paper: &Served, id: i64) -> Status {
    now(paper.app.store.story(id)).unwrap().unwrap().status
}

fn from_new_to_published_corrected_and_killed(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = format!("/desk/stories/{id}");
    let inbox = desk.get("/desk").text();
    assert!(inbox.contains(&path) && inbox.contains("Two ports agree"), "{}", words(&inbox));
    let preview = desk.get(&format!("{path}/preview"));
    assert!(preview.status == 200 && preview.text().contains("From May, they said."));
    assert_eq!(preview.header("cache-control"), Some("no-store"));

    let public = desk.publish(id, &COPY);
    assert!(public.ends_with("/two-ports-agree-on-joint-night-ferry"), "{public}");
    let page = paper.ask("GET", &public, &[]);
    assert!(page.status == 200 && page.text().contains("From May, they said."));
    assert!(paper.ask("GET", "/", &[]).text().contains("Two ports agree"));
    let screen = desk.get(&format!("{path}?said=published")).text();
    assert!(
        screen.contains("Published. Readers see it now.") && screen.contains(&public),
        "{}",
        words(&screen)
    );

    let changed = [&[("edition", "3"), ("body", "From June, they said.")], &COPY[..1], &COPY[2..]].concat();
    let unsaid = desk.post(&format!("{path}/correct"), &changed);
    assert_eq!(unsaid.status, 422);
    assert!(unsaid.text().contains("From June, they said."), "nothing typed is lost");
    assert!(unsaid.text().contains("Say to the readers"), "{}", words(&unsaid.text()));
    assert!(paper.ask("GET", &public, &[]).text().contains("From May"), "not done");
    let plain = desk.post(&path, &changed);
    assert!(plain.status == 422 && plain.text().contains("changed by a correction or an update"));
    let said = [&changed[..], &[("notice", "The month was wrong: it is June.")]].concat();
    assert_eq!(to(&desk.post(&format!("{path}/correct"), &said)), format!("{path}?said=corrected"));
    let page = paper.ask("GET", &public, &[]).text();
    assert!(page.contains("From June") && page.contains("The month was wrong: it is June."));
    assert!(!page.contains("From May"));
    let nothing = [&[("edition", "4")], &changed[1..]].concat();
    let unchanged = desk.post(&format!("{path}/update"), &nothing);
    assert!(unchanged.status == 422 && unchanged.text().contains("Nothing was changed"));

    let spiked = desk.post(&format!("{path}/spike"), &[]);
    assert!(spiked.status == 422 && spiked.text().contains("cannot be spiked"));
    let kill = |confirm: &str, notice: &str| {
        desk.post(&format!("{path}/kill"), &[("confirm", confirm), ("kill_notice", notice)])
    };
    let careless = kill("kill", "Wrong from end to end.");
    assert_eq!(careless.status, 422);
    assert!(
        careless.text().contains("Type KILL in capitals")
            && careless.text().contains("Wrong from end to end.")
    );
    assert_eq!(kill("KILL", " ").status, 422);
    assert_eq!(status(paper, id), Status::Published);
    assert_eq!(to(&kill("KILL", "Wrong from end to end.")), format!("{path}?said=killed"));
    let gone = paper.ask("GET", &public, &[]);
    assert!(gone.status == 410 && gone.text().contains("Wrong from end to end."));
    assert!(!gone.text().contains("From June"));
    assert!(!paper.ask("GET", "/", &[]).text().contains("Two ports agree"));
    assert_eq!(kill("KILL", "Once more.").status, 422);
    let acts: Vec<String> = log(paper)
        .into_iter()
        .filter(|(who, _, what)| who == "Ilse" && *what == format!("story {id}"))
        .map(|(_, act, _)| act)
        .collect();
    assert_eq!(acts, ["killed it", "corrected it", "published it", "saved it", "began it"]);
}

fn not_before_it_is_fit(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&[("headline", "Ports")]);
    let path = format!("/desk/stories/{id}");
    let bare = desk.post(&format!("{path}/publish"), &[("edition", "2"), ("headline", "Ports")]);
    assert!(bare.status == 422 && bare.text().contains("The story has no body."), "{}", words(&bare.text()));
    let fields = [&[("edition", "2"), ("embargo", "2199-01-01T09:00")], &COPY[..]].concat();
    let early = desk.post(&format!("{path}/publish"), &fields);
    assert!(early.status == 422 && early.text().contains("under embargo until 09:00, 1 January 2199"));
    assert!(early.text().contains("From May, they said."), "nothing typed is lost");
    let faulty = desk.post(&path, &[("edition", "2"), ("headline", &"x".repeat(301)), ("embargo", "soon")]);
    assert_eq!(faulty.status, 422);
    assert!(
        faulty.text().contains("301 characters; 300 at most") && faulty.text().contains("value=\"soon\"")
    );
    assert_eq!(status(paper, id), Status::Draft);
    assert_eq!(to(&desk.post(&format!("{path}/spike"), &[])), format!("{path}?said=spiked"));
    assert_eq!(status(paper, id), Status::Spiked);
    let late = desk.post(&format!("{path}/publish"), &[&[("edition", "3")], &COPY[..]].concat());
    assert!(late.status == 422 && late.text().contains("A spiked story cannot be published."));
    assert!(desk.get("/desk?tab=spiked").text().contains(&path));
}

fn scheduled_ahead_and_taken_off(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = format!("/desk/stories/{id}");
    let at = |edition: &str, when: &str| {
        let fields = [&[("edition", edition), ("schedule", when)], &COPY[..]].concat();
        desk.post(&format!("{path}/schedule"), &fields)
    };
    for (when, words) in [
        ("", "Say when it is to be published."),
        ("tomorrow", "is no date and time"),
        ("2001-01-01T09:00", "must lie ahead"),
    ] {
        let refused = at("2", when);
        assert!(refused.status == 422 && refused.text().contains(words), "{when}");
    }
    assert_eq!(to(&at("2", "2199-05-01T06:00")), format!("{path}?said=scheduled"));
    let list = desk.get("/desk?tab=scheduled").text();
    assert!(list.contains(&path) && list.contains("06:00, 1 May 2199"), "{}", words(&list));
    let jobs = now(paper.app.store.count_jobs()).unwrap().0;
    assert!(jobs >= 1, "somebody will publish it");
    let off = desk.post(&format!("{path}/unschedule"), &[&[("edition", "3")], &COPY[..]].concat());
    assert_eq!(to(&off), format!("{path}?said=unscheduled"));
    assert_eq!(status(paper, id), Status::Draft);
    assert_eq!(now(paper.app.store.story(id)).unwrap().unwrap().scheduled_for, None);
}

fn of_two_who_save_neither_loses_a_word(paper: &Served) {
    let ilse = Browser::of(paper, "Ilse", Role::Editor);
    let per = Browser::of(paper, "Per", Role::Reporter);
    let id = ilse.story(&COPY);
    let path = format!("/desk/stories/{id}");
    let theirs = [("edition", "2"), ("headline", "Two ports agree at last"), ("body", "Agreed.")];
    assert_eq!(per.post(&path, &theirs).status, 303);
    let mine = [("edition", "2"), ("headline", "Ports to share a ferry"), ("body", "Agreed.")];
    let conflict = ilse.post(&path, &mine);
    assert_eq!(conflict.status, 409);
    let html = conflict.text();
    assert!(html.contains("Per saved this story at"), "{}", words(&html));
    assert!(html.contains("Two ports agree at last") && html.contains("value=\"Ports to share a ferry\""));
    assert_eq!(now(paper.app.store.story(id)).unwrap().unwrap().copy.headline, "Two ports agree at last");
    assert!(html.contains("name=\"edition\" value=\"3\""), "saved once more it replaces theirs");
    let again = [&[("edition", "3")], &mine[1..]].concat();
    assert_eq!(ilse.post(&path, &again).status, 303);
    assert_eq!(now(paper.app.store.story(id)).unwrap().unwrap().copy.headline, "Ports to share a ferry");
    // Publishing from an old page is a conflict too.
    let old = ilse.post(&format!("{path}/publish"), &[&[("edition", "2")], &COPY[..]].concat());
    assert_eq!((old.status, status(paper, id)), (409, Status::Draft));
    // Saving what is there already is no change.
    assert_eq!(ilse.post(&path, &[&[("edition", "4")], &mine[1..]].concat()).status, 303);
    assert_eq!(now(paper.app.store.story(id)).unwrap().unwrap().edition, 4);
}

fn each_role_stays_in_its_room(paper: &Served) {
    let editor = Browser::of(paper, "Ilse", Role::Editor);
    let reporter = Browser::of(paper, "Per", Role::Reporter);
    let moderator = Browser::of(paper, "Mod", Role::Moderator);
    let id = reporter.story(&COPY);
    let path = format!("/desk/stories/{id}");
    let fields = [&[("edition", "2"), ("schedule", "2199-05-01T06:00")], &COPY[..]].concat();
    for act in ["publish", "schedule", "unschedule", "correct", "update", "kill"] {
        let reply = reporter.post(&format!("{path}/{act}"), &fields);
        assert_eq!(reply.status, 403, "{act}");
        assert!(reply.text().contains("This takes the role admin or editor."), "{}", words(&reply.text()));
        assert_eq!(moderator.post(&format!("{path}/{act}"), &fields).status, 403);
    }
    assert_eq!(status(paper, id), Status::Draft);
    for place in [path.as_str(), "/desk?tab=published", &format!("{path}/preview")] {
        assert_eq!(moderator.get(place).status, 403, "{place}");
    }
    assert_eq!(moderator.post("/desk/stories", &[]).status, 403);
    assert_eq!(reporter.get("/desk/queue").status, 403);
    assert_eq!(editor.get("/desk/staff").status, 403);
    editor.publish(id, &COPY);
    let late = reporter.post(&path, &[("edition", "3"), ("headline", "Mine after all")]);
    assert_eq!(late.status, 422, "a reporter edits only what is unpublished");
    let screen = reporter.get(&path).text();
    assert!(screen.contains("<fieldset class=\"copy\" disabled>"));
}

fn two_of_one_headline_have_two_addresses(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let (first, second) = (desk.story(&COPY), desk.story(&COPY));
    let one = desk.publish(first, &COPY);
    assert_eq!(desk.publish(second, &COPY), format!("{one}-2"));
}

fn hostile_words_stay_words_and_notes_stay_inside(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let evil = "</textarea><script>alert(1)</script>\u{202e}";
    let fields =
        [("headline", evil), ("body", evil), ("slugline", evil), ("section", evil), ("topics", evil)];
    let id = desk.story(&fields);
    let old = now(paper.app.store.story(id)).unwrap().unwrap();
    let mut noted = old.clone();
    noted.ednote = EdNote::new("Hold until the mayor confirms.");
    now(paper.app.store.save_story(Some(&old), &noted, "wire", "received a note", newsroom::Millis(5)))
        .unwrap();
    let pages =
        [format!("/desk/stories/{id}"), format!("/desk/stories/{id}/preview"), "/desk?q=%3Cscript%3E".into()];
    for page in &pages {
        let html = desk.get(page).text();
        assert!(!html.contains("<script>alert"), "{page}");
        assert_eq!(
            html.contains("Hold until the mayor"),
            !page.contains('?') && !page.ends_with("preview"),
            "{page}"
        );
    }
    for (path, status) in [
        ("/desk/stories/999999", 404),
        ("/desk/stories/abc", 400),
        ("/desk/stories/-1", 404),
        ("/desk?tab=unheard-of&before=x-y", 200),
        ("/desk?q=%FF%00", 200),
        ("/desk/queue?after=99999999999999999999", 200),
    ] {
        assert_eq!(desk.get(path).status, status, "{path}");
    }
    let long = "x".repeat(600_000);
    let refused =
        desk.post(&format!("/desk/stories/{id}"), &[("edition", "3"), ("headline", "A"), ("body", &long)]);
    assert!(refused.status == 422 && refused.text().contains("600000 bytes; 500000 at most"));
    let huge = desk.send(&format!("/desk/stories/{id}"), &[("body", &"x".repeat(7 << 20))]);
    assert_eq!(huge.status, 413);
}

crate::on_both!(crate::paper:
    from_new_to_published_corrected_and_killed,
    not_before_it_is_fit,
    scheduled_ahead_and_taken_off,
    of_two_who_save_neither_loses_a_word,
    each_role_stays_in_its_room,
    two_of_one_headline_have_two_addresses,
    hostile_words_stay_words_and_notes_stay_inside,
);
