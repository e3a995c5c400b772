//! Several moderators, editors beside them, and the shift that comes after: who looks at what, what is passed on,
//! what was done and what has waited too long.

use crate::{
    browser::{Browser, PASSWORD, account, log, now, to, value, words},
    queue::{comment, held_first},
    support::Served,
};
use newsroom::{
    Millis,
    clock::{DAY, HOUR},
    discussion::{Reason, State, report::CleanReport},
    staff::Role,
};
use store::comment::{NewComment, NewReport};

const COPY: [(&str, &str); 2] = [("headline", "Night ferry"), ("body", "It leaves at ten.")];

fn state(paper: &Served, id: i64) -> State {
    now(paper.app.store.comment(id)).unwrap().unwrap().state
}

fn open(paper: &Served) -> (Browser<'_>, i64, String) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let id = desk.story(&COPY);
    let path = desk.publish(id, &COPY);
    (desk, id, path)
}

fn ruled_at_a_stroke_and_taken_back_at_a_stroke(paper: &Served) {
    let (desk, path) = held_first(paper);
    let ids: Vec<i64> = (0..4).map(|n| comment(paper, &path, &format!("Number {n}."), "held")).collect();
    let page = desk.get("/desk/queue").text();
    assert!(page.contains(&format!("name=\"tick\" value=\"{}.0\"", ids[0])), "{}", words(&page));
    assert!(page.contains("data-undo hidden"), "nothing to take back");
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    // Bo is quicker with the second.
    assert_eq!(bo.post(&format!("/desk/comments/{}/show", ids[1]), &[("seen", "0")]).status, 303);
    let ticks: Vec<String> = ids[..3].iter().map(|id| format!("{id}.0")).collect();
    let mut fields = vec![("ruling", "remove"), ("reason", "insult")];
    fields.extend(ticks.iter().map(|t| ("tick", t.as_str())));
    let some = desk.post("/desk/queue", &fields);
    assert!(
        some.status == 422 && some.text().contains("Ruled on 2. 1 stayed as they were"),
        "{}",
        words(&some.text())
    );
    let states = || ids.iter().map(|id| state(paper, *id)).collect::<Vec<_>>();
    assert_eq!(states(), [State::Removed, State::Shown, State::Removed, State::Held], "Bo's ruling stands");
    assert!(desk.get("/desk/queue").text().contains("Undo the last 2 rulings"));
    assert!(bo.get("/desk/queue").text().contains("Undo the last ruling<"), "each their own");
    assert_eq!(to(&desk.post("/desk/queue/undo", &[])), format!("/desk/queue?said=undone#c-{}", ids[0]));
    assert_eq!(states(), [State::Held, State::Shown, State::Held, State::Held]);
    let nothing = desk.post("/desk/queue/undo", &[]);
    assert!(nothing.status == 422 && nothing.text().contains("no ruling of yours"), "{}", nothing.status);
    assert_eq!(desk.send("/desk/queue/undo", &[]).status, 403, "no proof");
    assert_eq!(to(&desk.get("/desk/queue/undo")), "/desk/queue");
}

fn what_was_shown_at_once_is_read_once(paper: &Served) {
    let (desk, _, path) = open(paper);
    let ids: Vec<i64> = (0..3).map(|n| comment(paper, &path, &format!("Number {n}."), "shown")).collect();
    let new = || desk.get("/desk/queue?state=new").text();
    let there =
        |page: &str| ids.iter().map(|id| page.contains(&format!("id=\"c-{id}\""))).collect::<Vec<_>>();
    assert_eq!(there(&new()), [true, true, true]);
    assert!(new().contains("New <span class=\"count\">3</span>") && new().contains("Leave it shown"));
    let left = desk.post(&format!("/desk/comments/{}/leave", ids[0]), &[("back", "/desk/queue?state=new")]);
    assert_eq!(to(&left), "/desk/queue?state=new&said=read");
    desk.post(&format!("/desk/comments/{}/remove", ids[1]), &[("reason", "insult")]);
    assert_eq!(there(&new()), [false, false, true]);
    assert_eq!((state(paper, ids[0]), state(paper, ids[1])), (State::Shown, State::Removed));
    assert!(
        !log(paper).iter().any(|(_, _, what)| *what == format!("comment {}", ids[0])),
        "reading rules on nothing"
    );
    let tick = format!("{}.0", ids[2]);
    let all =
        desk.post("/desk/queue", &[("ruling", "leave"), ("tick", &tick), ("back", "/desk/queue?state=new")]);
    assert_eq!(to(&all), "/desk/queue?state=new&said=read");
    assert!(new().contains("Every comment that was shown has been read."));
    let all = desk.get("/desk/queue?state=all").text();
    assert_eq!(there(&all), [true, true, true], "whatever became of them");
}

fn a_comment_stands_with_all_that_it_answers(paper: &Served) {
    let (desk, _, path) = open(paper);
    let root = comment(paper, &path, "The very beginning.", "shown");
    let mut last = now(paper.app.store.comment(root)).unwrap().unwrap();
    for n in 1..11 {
        let new = NewComment {
            id: now(paper.app.store.next_id()).unwrap(),
            story: last.story,
            root,
            parent: Some(last.id),
            state: if n == 10 { State::Held } else { State::Shown },
            at: dateline::clock::now(),
            name: format!("Voice {n}"),
            network: String::new(),
            text: format!("Answer <{n}>."),
            staff: false,
            held_why: None,
            rank: 10,
            risks: None,
            digest: None,
            again_after: Millis(0),
            follow: None,
            prints: None,
            reader: None,
            badge: None,
            scored: false,
            vouched: None,
        };
        let id = new.id;
        now(paper.app.store.post(new)).unwrap();
        last = now(paper.app.store.comment(id)).unwrap().unwrap();
    }
    let page = desk.get("/desk/queue").text();
    let at = |n: usize| page.find(&format!("Answer &lt;{n}&gt;."));
    for n in 2..9 {
        assert!(at(n).is_some() && at(n) < at(n + 1), "{n}: {}", words(&page));
    }
    assert!(
        at(1).is_none() && page.contains("<p class=\"note\">…</p>"),
        "the nearest eight, and that there are more"
    );
}

fn the_others_see_who_looks_at_what(paper: &Served) {
    let (desk, path) = held_first(paper);
    let first = comment(paper, &path, "One.", "held");
    let second = comment(paper, &path, "Two.", "held");
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let look = |who: &Browser<'_>, id: i64| who.post(&format!("/desk/comments/{id}/look"), &[]).text();
    assert_eq!(look(&bo, first), "{\"by\":null}");
    let sees = |who: &Browser<'_>| who.get("/desk/queue").text().matches("is looking at this one.").count();
    assert_eq!((sees(&desk), sees(&bo)), (1, 0), "the others, not oneself");
    assert_eq!(look(&desk, first), "{\"by\":\"Bo\"}", "Bo was first");
    assert_eq!(look(&bo, second), "{\"by\":null}");
    assert_eq!(look(&desk, first), "{\"by\":null}", "and has gone on");
    assert_eq!((sees(&desk), sees(&bo)), (1, 1));
    // Whoever ruled, or passed it on, has done with it, though it stays where it was.
    for (id, act) in [(second, "hold"), (first, "doubt")] {
        assert_eq!(look(&bo, id), "{\"by\":null}");
        assert_eq!((look(&desk, id).contains("Bo"), sees(&desk)), (true, 1), "{act}");
        let done = bo.post(&format!("/desk/comments/{id}/{act}"), &[("note", "Look")]);
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(sees(&desk), 0, "{act}");
    }
    assert_eq!(look(&bo, second), "{\"by\":null}");
    let later = dateline::clock::now().plus(HOUR);
    let who = now(paper.app.store.look_at(second, "Ilse", later, later.plus(1))).unwrap();
    assert_eq!(who.as_deref(), Some("Ilse"), "a place ends by itself");
    assert_eq!(look(&desk, 999_999), "{\"by\":null}");
    assert_eq!(bo.send(&format!("/desk/comments/{first}/look"), &[]).status, 403, "no proof");
}

fn of_two_rulings_at_once_one_is_told(paper: &Served) {
    let (desk, path) = held_first(paper);
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let proofs = [desk.csrf(), bo.csrf()];
    let cookies = [desk.cookie.borrow().clone().unwrap(), bo.cookie.borrow().clone().unwrap()];
    for n in 0..5 {
        let id = comment(paper, &path, &format!("Number {n}."), "held");
        let rule = |at: usize, what: &str| {
            let body = format!("csrf={}&seen=0&reason=insult", proofs[at]);
            let mut line = paper.line();
            line.send(format!(
                "POST /desk/comments/{id}/{what} HTTP/1.1\r\nhost: paper.example\r\ncookie: {}\r\n\
                 content-type: application/x-www-form-urlencoded\r\norigin: http://paper.example\r\n\
                 content-length: {}\r\n\r\n{body}",
                cookies[at],
                body.len()
            ));
            line.reply(false).status
        };
        let both = std::thread::scope(|scope| {
            let one = scope.spawn(|| rule(0, "show"));
            let other = rule(1, "remove");
            [one.join().unwrap(), other]
        });
        let won = both.iter().position(|status| *status == 303).expect("one of them ruled");
        assert_eq!(both[1 - won], 409, "the other is told");
        assert_eq!(state(paper, id), [State::Shown, State::Removed][won]);
        assert_eq!(now(paper.app.store.rulings_of(id)).unwrap().len(), 1);
    }
    assert!(now(paper.app.store.miscounted_discussions()).unwrap().is_empty());
}

fn who_may_no_longer_is_told_and_loses_no_word(paper: &Served) {
    let (_, path) = held_first(paper);
    let id = comment(paper, &path, "One.", "held");
    let bo = account(paper, "Bo", Role::Moderator);
    let desk = Browser::new(paper);
    desk.sign_in("Bo", PASSWORD);
    let remove = format!("/desk/comments/{id}/remove");
    let fields = [("reason", "insult"), ("note", "Dear <salt>, please.")];
    let csrf = desk.csrf();
    let typed = [&[("csrf", csrf.as_str())], &fields[..]].concat();
    let hash = dateline::staff::Passwords::hash_now(PASSWORD).unwrap();
    now(paper.app.store.change_person(bo, Role::Reporter, &hash, "Ilse", dateline::clock::now())).unwrap();
    let door = desk.send(&remove, &typed);
    assert!(
        door.text().contains("Dear &lt;salt&gt;, please."),
        "carried over the door: {}",
        words(&door.text())
    );
    desk.sign_in("Bo", PASSWORD);
    let barred = desk.post(&remove, &fields);
    assert_eq!(barred.status, 403);
    let page = barred.text();
    assert!(
        page.contains("You are signed in as Bo, reporter.") && page.contains("Dear &lt;salt&gt;, please."),
        "{page}"
    );
    assert_eq!(state(paper, id), State::Held);
    for (method, path) in
        [("GET", "/desk/queue"), ("GET", "/desk/shift"), ("POST", "/desk/queue"), ("POST", "/desk/shift")]
    {
        let reply =
            if method == "GET" { desk.get(path) } else { desk.post(path, &[("text", "x"), ("tick", "1")]) };
        assert_eq!(reply.status, 403, "{method} {path}");
    }
    for act in ["look", "leave", "tip"] {
        assert_eq!(desk.post(&format!("/desk/comments/{id}/{act}"), &[("note", "x")]).status, 403, "{act}");
    }
    now(paper.app.store.disable_person(bo, "Ilse", dateline::clock::now())).unwrap();
    assert!(desk.send(&remove, &typed).text().contains("name=\"password\""), "no account, no desk");
    assert_eq!(state(paper, id), State::Held);
}

fn a_moderator_sets_a_discussion_from_the_queue(paper: &Served) {
    let (_, path) = held_first(paper);
    let id = comment(paper, &path, "One.", "held");
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let page = bo.get("/desk/queue").text();
    assert!(page.contains("Discussion: held first"), "{}", words(&page));
    let story = now(paper.app.store.comment(id)).unwrap().unwrap().story;
    let back = format!("/desk/queue#c-{id}");
    let set = |mode: &str| {
        bo.post(&format!("/desk/stories/{story}/discussion"), &[("mode", mode), ("back", &back)])
    };
    assert_eq!(to(&set("closed")), format!("/desk/queue?said=discussion#c-{id}"));
    assert!(bo.get("/desk/queue").text().contains("Discussion: closed"));
    assert!(!paper.ask("GET", &path, &[]).text().contains("<textarea"), "no form any more");
    let odd = set("ajar");
    assert!(
        odd.status == 422 && odd.text().contains("Choose whether the discussion is open"),
        "{}",
        odd.status
    );
    let rolf = Browser::of(paper, "Rolf", Role::Reporter);
    assert_eq!(rolf.post(&format!("/desk/stories/{story}/discussion"), &[("mode", "open")]).status, 403);
    assert!(log(paper).contains(&("Bo".into(), "closed its discussion".into(), format!("story {story}"))));
}

fn what_a_comment_points_out_reaches_the_editors(paper: &Served) {
    let (desk, story, path) = open(paper);
    let id = comment(paper, &path, "It was <2002>, not 2001.", "shown");
    let bo = Browser::of(paper, "Bo", Role::Moderator);
    let tip = |id: i64, note: &str| bo.post(&format!("/desk/comments/{id}/tip"), &[("note", note)]);
    assert_eq!(to(&tip(id, "The <year>.")), "/desk/queue?said=passed-on");
    assert_eq!(tip(999_999, "x").status, 404);
    assert_eq!(tip(id, &"x".repeat(501)).status, 422);
    assert_eq!(state(paper, id), State::Shown, "nothing is decided");
    assert!(bo.get("/desk/queue?state=all").text().contains("Passed on to the editors by Bo"));
    let inbox = desk.get("/desk").text();
    assert!(inbox.contains(&format!("/desk/stories/{story}#tips")), "{}", words(&inbox));
    let page = desk.get(&format!("/desk/stories/{story}")).text();
    for part in ["The &lt;year&gt;.", "It was &lt;2002&gt;, not 2001.", "Old salt wrote:"] {
        assert!(page.contains(part), "{part}: {}", words(&page));
    }
    let at = page.find(&format!("/desk/stories/{story}/tips/")).unwrap();
    let done = page[at..].split('"').next().unwrap();
    assert_eq!(bo.post(done, &[]).status, 403, "the editors say so");
    assert_eq!(to(&desk.post(done, &[])), format!("/desk/stories/{story}?said=tip-done#tips"));
    assert_eq!(
        desk.post(&format!("/desk/stories/{}/tips/1/done", story + 1), &[]).status,
        404,
        "of another story"
    );
    assert!(desk.get(&format!("/desk/stories/{story}")).text().contains("Dealt with by Ilse"));
    assert!(!desk.get("/desk").text().contains("#tips"));
    assert!(!paper.ask("GET", &path, &[]).text().contains("&lt;year&gt;"), "readers see nothing of it");
}

fn a_shift_is_handed_over_and_what_waits_too_long_is_red(paper: &Served) {
    let (desk, path) = held_first(paper);
    let ids: Vec<i64> = (0..4).map(|n| comment(paper, &path, &format!("Number {n}."), "held")).collect();
    let empty = words(&desk.get("/desk/shift").text());
    assert!(empty.contains("0 rulings.") && !empty.contains("was removed"), "{empty}");
    for id in &ids[..2] {
        desk.post(&format!("/desk/comments/{id}/show"), &[]);
    }
    desk.post(&format!("/desk/comments/{}/remove", ids[2]), &[("reason", "off-topic")]);
    let report = |id: i64, at: Millis| {
        let report = CleanReport {
            reason: Reason::HATE,
            text: String::new(),
            name: String::new(),
            email: String::new(),
        };
        let new = NewReport {
            comment: id,
            at,
            report: &report,
            reporters: &[format!("one {id} {}", at.0)],
            networks: &[],
        };
        now(paper.app.store.add_report(&new)).unwrap();
    };
    let present = dateline::clock::now();
    report(ids[0], present.plus(-HOUR));
    assert!(!desk.get("/desk/queue").text().contains("waited for more than"), "in time");
    report(ids[1], present.plus(-2 * DAY));
    report(ids[1], present.plus(-3 * DAY));
    let told = "1 reported comment has waited for more than 24 hours.";
    let page = desk.get("/desk/queue").text();
    assert!(page.contains(told), "{}", words(&page));
    let shift = words(&desk.get("/desk/shift").text());
    for part in [
        told,
        "3 rulings.",
        "33 % was removed",
        "Off topic1",
        "Ilse3",
        "Reported comments2",
        "Comments that wait1",
    ] {
        assert!(shift.contains(part), "{part}: {shift}");
    }
    let later = words(&desk.get("/desk/shift?since=2999-01-01T00:00").text());
    assert!(later.contains("0 rulings."), "{later}");
    assert_eq!(desk.get("/desk/shift?since=%3Cb%3E").status, 200, "what is no time is the usual one");

    assert_eq!(desk.post("/desk/shift", &[("text", " ")]).status, 422);
    let note = desk.post("/desk/shift", &[("text", "The ferry is <hot>.\nSlowed.")]);
    assert_eq!(to(&note), "/desk/shift?said=shift-noted");
    assert!(desk.get("/desk/shift").text().contains("The ferry is &lt;hot&gt;."));
    desk.post(&format!("/desk/comments/{}/show", ids[1]), &[]);
    assert!(!desk.get("/desk/queue").text().contains("waited for more than"), "decided");
}

fn words_are_found_in_capitals_of_any_script(paper: &Served) {
    let (desk, path) = held_first(paper);
    for text in ["Привет, паром!", "ÜBERSEE ist weit.", "Nothing of it, 100%."] {
        comment(paper, &path, text, "held");
    }
    let found = |asked: &str| {
        let query: String = asked.bytes().map(|b| format!("%{b:02X}")).collect();
        let page = desk.get(&format!("/desk/queue?words={query}")).text();
        ["Привет", "ÜBERSEE", "Nothing"].map(|word| page.contains(&format!("<p>{word}")))
    };
    assert_eq!(found("привет"), [true, false, false]);
    assert_eq!(found("ПАРОМ"), [true, false, false]);
    assert_eq!(found("übersee"), [false, true, false]);
    assert_eq!(found("OLD SALT"), [true, true, true], "in names, too");
    assert_eq!(found("100%"), [false, false, true]);
    assert_eq!(found("1%0"), [false, false, false], "words are no pattern");
}

fn a_search_goes_on_where_its_window_ends(paper: &Served) {
    let (desk, path) = held_first(paper);
    let first = comment(paper, &path, "The first.", "held");
    let story = now(paper.app.store.comment(first)).unwrap().unwrap().story;
    let mut posts = Vec::new();
    for n in 0..2_010 {
        let id = now(paper.app.store.next_id()).unwrap();
        posts.push(NewComment {
            id,
            story,
            root: id,
            parent: None,
            state: State::Held,
            at: dateline::clock::now(),
            name: "Many".into(),
            network: String::new(),
            text: if n == 2_009 { "A needle.".into() } else { format!("Hay {n}.") },
            staff: false,
            held_why: None,
            rank: 10,
            risks: None,
            digest: None,
            again_after: Millis(0),
            follow: None,
            prints: None,
            reader: None,
            badge: None,
            scored: false,
            vouched: None,
        });
    }
    now(async {
        for part in posts.chunks(500) {
            let all = part.iter().map(|new| paper.app.store.post(new.clone()));
            futures_util::future::try_join_all(all).await.unwrap();
        }
    });
    for narrowed in ["words=needle".to_owned(), format!("story={story}&words=needle")] {
        let page = desk.get(&format!("/desk/queue?{narrowed}")).text();
        assert!(!page.contains("A needle.") && page.contains("Look through the next"), "{}", words(&page));
        let on = page.split("class=\"older\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
        let page = desk.get(&on.replace("&amp;", "&")).text();
        assert!(page.contains("A needle.") && !page.contains("Look through the next"), "{}", words(&page));
    }
    let page = desk.get("/desk/queue").text();
    assert!(page.contains("Waiting <span class=\"count\">1,000+</span>"), "nobody counts further");
    assert_eq!(value(&page, "seen"), "0");
}

fn the_rules_are_dated_and_the_account_public_when_the_paper_says_so(paper: &Served) {
    let read = |path: &str| paper.ask("GET", path, &[]);
    let page = read("/discussion-rules").text();
    for part in [
        "It insults somebody.",
        "People who work here decide",
        "within 183 days",
        "Readers write to desk@paper.example",
    ] {
        assert!(page.contains(part), "{part}: {}", words(&page));
    }
    assert!(!page.contains("As of") && !page.contains("Authorities"), "not noted down yet: {}", words(&page));
    assert!(!page.contains("/transparency"), "nothing is public yet");
    paper.wait(dateline::discussion_rules::keep(&paper.app)).unwrap();
    paper.wait(dateline::discussion_rules::keep(&paper.app)).unwrap();
    assert!(read("/discussion-rules").text().contains("As of"));
    let then = now(paper.app.store.rules_then("")).unwrap();
    assert_eq!(then.len(), 1, "the same is noted down once");
    now(paper.app.store.keep_rules("", "## Other <rules>", dateline::clock::now())).unwrap();
    let page = read("/discussion-rules").text();
    assert!(page.contains("Earlier rules") && page.contains("It insults somebody."), "{}", words(&page));
    let early = read(&format!("/discussion-rules/{}", then[0].id)).text();
    assert!(early.contains("As they were from"), "{}", words(&early));
    for nothing in [
        "/discussion-rules/999",
        "/discussion-rules/x",
        "/transparency",
        "/transparency/1",
        "/transparency/1.csv",
    ] {
        assert_eq!(read(nothing).status, 404, "{nothing}");
    }
    let (_, path) = held_first(paper);
    let story = read(&path).text();
    assert!(
        !story.contains("<textarea") || story.contains("href=\"/discussion-rules\""),
        "linked from the form"
    );

    let lines = r#"[["comments written","",12],["rulings: removed","insult",3]]"#;
    let publish = || now(paper.app.store.publish_account(Millis(0), Millis(DAY), lines, "test", Millis(1)));
    publish().unwrap();
    publish().unwrap();
    assert!(read("/discussion-rules").text().contains("href=\"/transparency\""));
    let page = read("/transparency").text();
    assert!(
        page.contains("From 1 January 1970 to 2 January 1970") && page.contains("<td>12</td>"),
        "{}",
        words(&page)
    );
    assert!(page.contains("Other accounts") && page.contains("href=\"/transparency/1\""), "{}", words(&page));
    let csv = read("/transparency/1.csv");
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        csv.text(),
        "what,code,number,reason,ground,source\ncomments written,,12,,,\nrulings: removed,insult,3,Insult,rule,\n"
    );
    assert_eq!(read("/transparency/9.csv").status, 404);
}

crate::on_both!(crate::paper:
    ruled_at_a_stroke_and_taken_back_at_a_stroke,
    what_was_shown_at_once_is_read_once,
    a_comment_stands_with_all_that_it_answers,
    the_others_see_who_looks_at_what,
    of_two_rulings_at_once_one_is_told,
    who_may_no_longer_is_told_and_loses_no_word,
    a_moderator_sets_a_discussion_from_the_queue,
    what_a_comment_points_out_reaches_the_editors,
    a_shift_is_handed_over_and_what_waits_too_long_is_red,
    words_are_found_in_capitals_of_any_script,
    a_search_goes_on_where_its_window_ends,
    the_rules_are_dated_and_the_account_public_when_the_paper_says_so,
);
