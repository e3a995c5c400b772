//! Whose a name is: look-alikes, offices and the paper's own; what becomes of names, comments and data at an account's
//! end; and names that the desk frees. On both databases.
use crate::{
    House,
    accounts::{Reader, everything, story, to},
    browser::{self, Browser, log, words},
    support::{Database, Served},
};
use newsroom::{
    clock::{DAY, MINUTE},
    discussion::{Ruling, account::NAMES_REST},
    staff::Role,
};
use serde_json::Value;
use std::{collections::HashSet, process::Command};
use store::{Error, job::Lane};

fn courier(home: Database) -> House {
    crate::house_with(home, |config| config.paper.name = "The Courier".into())
}

fn reader_of(house: &House, said: &Value) -> i64 {
    let comment = house.paper.wait(house.paper.app.store.comment(said["id"].as_i64().unwrap()));
    comment.unwrap().unwrap().reader.unwrap()
}

fn no_dress_makes_a_reader_staff(house: &House) {
    let (_desk, path) = story(house);
    let nobody = Reader::new(house);
    let door = Reader::new(house);
    let link = door.link("eve@post.example");
    for name in [
        "ᴍᴏᴅᴇʀᴀᴛᴏʀ",
        "ᵐᵒᵈᵉʳᵃᵗᵒʳ",
        "Ⓜⓞⓓⓔⓡⓐⓣⓞⓡ",
        "🅜🅞🅓🅔🅡🅐🅣🅞🅡",
        "Ｅｄｉｔｏｒ",
        "𝔈𝔡𝔦𝔱𝔬𝔯",
        "ⅠⅬSE ᏴRANDT",
        "ɪʟꜱᴇ ʙʀᴀɴᴅᴛ",
        "Redaktion",
        "Moderación",
        "МОДЕРАТОР",
        "Главный редактор",
        "管理员",
        "Courier",
        "Courier editors",
        "Редакция The Courier",
        "Staff of the Courier",
        "Moder@tor",
        "1 Moderator",
        "The Admin",
        "Courier Team",
    ] {
        let (status, said) = nobody.say(&path, name, &format!("As {name}."));
        assert_eq!((status, &said["code"]), (422, &"name-reserved".into()), "{name}: {said}");
        let refused = door.post(&link, &[("name", name)]);
        assert_eq!(
            (refused.status, refused.text().contains("belongs to the newsroom")),
            (422, true),
            "{name}"
        );
    }
    assert!(!nobody.get(&path).text().contains("As Courier"), "nothing of it is shown");
    for name in ["Courier reader", "Edith", "Модест", "Per Courierson", "Couriers"] {
        assert_eq!(nobody.say(&path, name, &format!("Honestly, {name}.")).0, 201, "{name}");
    }
    // Nor does a reader's name serve others in another dress.
    let mette = Reader::with(house, "mette@post.example", "Mette Holm");
    for name in ["ᴍᴇᴛᴛᴇ ʜᴏʟᴍ", "ⓜⓔⓣⓣⓔ ⓗⓞⓛⓜ", "𝑀𝑒𝑡𝑡𝑒 𝐻𝑜𝑙𝑚", "ＭＥＴＴＥ　ＨＯＬＭ", "ᵐᵉᵗᵗᵉ ʰᵒˡᵐ"]
    {
        assert_eq!(nobody.say(&path, name, &format!("I am {name}.")).1["code"], "name-taken", "{name}");
    }
    assert_eq!(mette.say(&path, "", "I am.").0, 201);
    // Nor in other capitals, of whatever script.
    for (n, name) in ["Борис", "Νίκος"].into_iter().enumerate() {
        let holder = Reader::with(house, &format!("holder-{n}@post.example"), name);
        for other in [name.to_lowercase(), name.to_uppercase()] {
            let (_, said) = nobody.say(&path, &other, &format!("Honestly, {other}."));
            assert_eq!(said["code"], "name-taken", "{other}");
            assert_eq!(door.post(&link, &[("name", &other)]).status, 422, "{other}");
        }
        assert_eq!(holder.say(&path, "", &format!("I am {name}.")).0, 201);
        assert_eq!(
            to(&holder.post("/account/name", &[("name", &name.to_uppercase())])),
            "/account?said=name"
        );
    }
}

/// Whatever comes first: nobody goes by a name that is not theirs, and nobody waits for one who waits for them.
fn renaming_freeing_and_ending_at_once(house: &House) {
    let store = &house.paper.app.store;
    let now = dateline::clock::now();
    let holder = Reader::with(house, "ada@post.example", "Ada");
    let id = house.paper.wait(store.reader_of_name("Ada", now)).unwrap().unwrap();
    for round in 0..12 {
        let (one, two) = (format!("Ada {round}"), format!("Bea {round}"));
        for name in [&one, &two] {
            house.paper.wait(store.rename_reader(id, name, now)).unwrap();
        }
        let instead = format!("Account {id}");
        let freed = newsroom::discussion::name::own_look(&one);
        let all = house.paper.wait(async {
            let (back, free, end) = tokio::join!(
                store.rename_reader(id, &one, now),
                store.free_name(id, &freed, &instead, "Bo", now),
                async {
                    match round {
                        11 => store.end_reader(id, false, now).await,
                        _ => store.rename_reader(id, &two, now).await,
                    }
                }
            );
            [back, free, end]
        });
        for done in all {
            assert!(matches!(done, Ok(()) | Err(Error::Gone(_) | Error::Taken(_))), "{round}: {done:?}");
        }
        let name = house.paper.wait(store.reader(id)).unwrap().unwrap().name;
        let names = house.paper.wait(store.names_of(id)).unwrap();
        assert!(
            name.is_empty() || names.iter().any(|held| held.is_of(&name)),
            "{round}: {name} of {names:?}"
        );
        let said = if name.is_empty() { "null".to_owned() } else { format!("\"{name}\"") };
        assert_eq!(holder.get("/account/me").text(), format!("{{\"name\":{said}}}"));
    }
}

fn names_rest_after_an_end_and_are_free_then(house: &House) {
    let (_desk, path) = story(house);
    let store = &house.paper.app.store;
    let per = Reader::with(house, "per@post.example", "Per Lund");
    assert_eq!(per.say(&path, "", "Per said this.").0, 201);
    assert_eq!(to(&per.post("/account/name", &[("name", "Per the Younger")])), "/account?said=name");
    assert_eq!(
        to(&per.post("/account/erase", &[("comments", "keep"), ("sure", "yes")])),
        "/account?said=erased"
    );
    house.paper.finish_jobs();
    let other = Reader::new(house);
    let link = other.link("other@post.example");
    let now = dateline::clock::now();
    let sweep = |at| house.paper.wait(store.free_rested_names(at)).unwrap();
    sweep(now.plus(NAMES_REST - MINUTE));
    for name in ["Per Lund", "Per the Younger"] {
        assert_eq!(other.say(&path, name, &format!("As {name}.")).1["code"], "name-taken");
        let refused = other.post(&link, &[("name", name)]);
        assert_eq!((refused.status, refused.text().contains("has that name already")), (422, true), "{name}");
    }
    // Without the sweep, too, a name is nobody's once its rest is over.
    let held = |at| house.paper.wait(store.reader_of_name("Per Lund", at)).unwrap();
    assert!(held(now).is_some() && held(now.plus(NAMES_REST + MINUTE)).is_none());
    sweep(now.plus(NAMES_REST + MINUTE));
    assert_eq!(other.say(&path, "Per the Younger", "It is free.").0, 201);
    assert_eq!(to(&other.post(&link, &[("name", "Per Lund")])), "/account?said=made");
    assert!(other.get(&path).text().contains("Per said this."), "what was written stays");
}

fn the_desk_frees_a_name(house: &House) {
    let (_desk, path) = story(house);
    let squatter = Reader::with(house, "squatter@post.example", "Minister Lund");
    let id = reader_of(house, &squatter.say(&path, "", "Who takes a name, has it.").1);
    assert_eq!(to(&squatter.post("/account/name", &[("name", "Mayor Holm")])), "/account?said=name");
    let moderator = Browser::of(&house.paper, "Bo", Role::Moderator);
    let page = format!("/desk/readers/{id}");
    let text = words(&moderator.get(&page).text());
    assert!(
        text.contains("Mayor Holm , by which it goes") || text.contains("Mayor Holm, by which it goes"),
        "{text}"
    );
    assert!(text.contains("Minister Lund"), "{text}");
    let free = |name: &str| {
        moderator.post(&format!("{page}/free"), &[("look", &newsroom::discussion::name::own_look(name))])
    };
    let nobodys = free("Nobody at all");
    assert_eq!((nobodys.status, nobodys.text().contains("no such name any more")), (422, true));
    let rolf = Browser::of(&house.paper, "Rolf", Role::Reporter);
    assert_eq!(rolf.post(&format!("{page}/free"), &[("look", "rnayorholrn")]).status, 403);
    let stranger = Reader::new(house);
    assert_eq!(stranger.post(&format!("{page}/free"), &[("look", "rnayorholrn")]).status, 403);

    // One that it had: it goes by its own as before.
    assert_eq!(stranger.say(&path, "Minister Lund", "It is I.").1["code"], "name-taken");
    assert_eq!(to(&free("Minister Lund")), format!("{page}?said=name-freed"));
    assert_eq!(stranger.say(&path, "Minister Lund", "It is I, the minister.").0, 201);
    assert_eq!(squatter.get("/account/me").text(), r#"{"name":"Mayor Holm"}"#);
    // The one by which it goes: it goes by its number, and its comments come in under that.
    assert_eq!(to(&free("Mayor Holm")), format!("{page}?said=name-freed"));
    assert_eq!(squatter.get("/account/me").text(), format!("{{\"name\":\"Account {id}\"}}"));
    assert_eq!(squatter.say(&path, "", "What happened?").0, 201);
    assert!(stranger.get(&path).text().contains(&format!("Account {id}")));
    let mayor = Reader::with(house, "mayor@town.example", "Mayor Holm");
    assert_eq!(mayor.say(&path, "", "I am the mayor.").0, 201);
    let refused = squatter.post("/account/name", &[("name", "Mayor Holm")]);
    assert_eq!(refused.status, 422, "it is another's now");
    // Its number stays its own, and is none of the names that it may have.
    let number = free(&format!("Account {id}"));
    assert_eq!((number.status, number.text().contains("That is its number")), (422, true));
    for name in ["Somebody", "Somebody B", "Somebody C", "Somebody D", "ΝΙΚΟΝ", "SOMEBODY d", "Νικον"]
    {
        assert_eq!(to(&squatter.post("/account/name", &[("name", name)])), "/account?said=name", "{name}");
    }
    // All Latin: it looks like one of them, and is one more.
    for name in ["One More", "NIKON"] {
        assert_eq!(squatter.post("/account/name", &[("name", name)]).status, 422, "{name}");
        assert_eq!(stranger.say(&path, "NIKON", "It is I.").1["code"], "name-taken");
    }
    let acts = log(&house.paper);
    for name in ["Minister Lund", "Mayor Holm"] {
        let line = ("Bo".to_owned(), format!("freed the name “{name}”"), format!("account {id}"));
        assert!(acts.contains(&line), "{acts:?}");
    }
    // Of an account that has ended, too.
    assert_eq!(
        to(&mayor.post("/account/erase", &[("comments", "keep"), ("sure", "yes")])),
        "/account?said=erased"
    );
    let ended = house.paper.wait(house.paper.app.store.reader_of_name("Mayor Holm", dateline::clock::now()));
    let page = format!("/desk/readers/{}", ended.unwrap().unwrap());
    assert!(words(&moderator.get(&page).text()).contains("free by itself on"));
    assert_eq!(
        to(&moderator.post(&format!("{page}/free"), &[("look", "rnayorholrn")])),
        format!("{page}?said=name-freed")
    );
    assert_eq!(stranger.say(&path, "Mayor Holm", "Free again.").0, 201);
}

/// Each mix of its capitals looks different, and is kept from others.
fn a_name_has_twenty_spellings_and_words_of_its_own_for_more(house: &House) {
    let small = "νανονινενυν";
    let spelled = |mix: u32| -> String {
        let one = |(n, c): (usize, char)| match mix >> n & 1 {
            0 => c,
            _ => c.to_uppercase().next().unwrap(),
        };
        small.chars().enumerate().map(one).collect()
    };
    let mut looks = HashSet::new();
    let mut spellings =
        (0..2_048).map(spelled).filter(|name| looks.insert(newsroom::discussion::name::look(name)));
    let holder = Reader::with(house, "nikon@post.example", &spellings.next().unwrap());
    let rename = |name: &str| holder.post("/account/name", &[("name", name)]);
    let (had, more): (Vec<String>, String) =
        (spellings.by_ref().take(19).collect(), spellings.next().unwrap());
    for name in &had {
        assert_eq!(to(&rename(name)), "/account?said=name", "{name}");
    }
    let refused = rename(&more);
    let text = refused.text();
    assert_eq!((refused.status, text.contains("in 20 spellings in all")), (422, true), "{text}");
    assert!(!text.contains("names in all"), "it has one name, and may have others: {text}");
    assert_eq!(to(&rename(&had[3])), "/account?said=name", "what it had, it can have again");
    assert_eq!(to(&rename("Bo Lund")), "/account?said=name");
}

/// `dateline check` beside the running paper: its exit code and what it says.
fn check(paper: &Served) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    if let Some(url) = &paper.app.config.database.url {
        command.env("DATELINE_DATABASE", url);
    }
    let out = command.args(["check", "--data"]).arg(paper.data.path()).output().unwrap();
    (out.status.code(), String::from_utf8(out.stdout).unwrap() + &String::from_utf8_lossy(&out.stderr))
}

fn a_long_erasure_goes_by_parts_and_is_never_given_up(house: &House) {
    let (_desk, path) = story(house);
    let store = &house.paper.app.store;
    let mette = Reader::with(house, "mette@post.example", "Mette Marked");
    let mut last = Value::Null;
    for n in 0..150 {
        let (status, said) = mette.say(&path, "", &format!("Marked remark {n}."));
        assert_eq!(status, 201, "{said}");
        last = said;
    }
    let id = reader_of(house, &last);
    house.paper.finish_jobs();
    // Erased two days ago, and whoever took the job has died of it ever since.
    let now = dateline::clock::now();
    let ended = now.plus(-2 * DAY);
    house.paper.wait(store.end_reader(id, true, ended)).unwrap();
    assert!(mette.get("/account/me").text().contains("null"));
    for n in 0..12 {
        let at = ended.plus(n * 10 * MINUTE);
        let taken = house.paper.wait(store.claim_jobs_of(Lane::House, at, 16)).unwrap();
        assert_eq!(taken.len(), 1, "try {n} is not the last");
        let put_off = store.put_off_job(taken[0].id, "the disk was full", at.plus(MINUTE));
        house.paper.wait(put_off).unwrap();
    }
    assert_eq!(house.paper.wait(store.count_jobs()).unwrap(), (1, 0), "none is given up");
    let (code, said) = check(&house.paper);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains(&format!("account {id} was erased at {}", ended.rfc3339()))
            && said.contains("not done; its job failed: the disk was full"),
        "{said}"
    );

    let parts = || {
        let figures = house.paper.app.figures.render().unwrap();
        let line = figures.lines().find(|l| l.contains("kind=\"end-reader\"") && l.contains("done"));
        line.map_or(0, |l| l.rsplit(' ').next().unwrap().parse::<u32>().unwrap())
    };
    assert_eq!(parts(), 0);
    house.paper.finish_jobs();
    assert_eq!(parts(), 3, "some at a time");
    let (code, said) = check(&house.paper);
    assert_eq!(code, Some(0), "{said}");
    let heap = everything(&house.paper) + &mette.get(&path).text();
    assert!(!heap.contains("Marked remark") && !heap.contains("Mette Marked"), "{heap}");
    assert!(house.paper.wait(store.miscounted_discussions()).unwrap().is_empty());
}

fn an_erasure_whose_job_was_lost_is_taken_up_again(house: &House) {
    let (_desk, path) = story(house);
    let store = &house.paper.app.store;
    let mette = Reader::with(house, "mette@post.example", "Mette Marked");
    let (_, first) = mette.say(&path, "", "Marked, and reported.");
    mette.say(&path, "", "Marked, and no more.");
    let nobody = Reader::new(house);
    let report = format!("{path}/comments/{}/report", first["id"]);
    let reported = nobody.ask("POST", &report, &["accept: application/json"], "reason=insult&text=Look");
    assert_eq!(reported.status, 201, "{}", reported.text());
    house.paper.finish_jobs();
    let id = reader_of(house, &first);
    let now = dateline::clock::now();
    let long_ago = now.plus(-2 * DAY);
    house.paper.wait(store.end_reader(id, true, long_ago)).unwrap();
    let lost = house.paper.wait(store.claim_jobs_of(Lane::House, now, 16)).unwrap();
    house.paper.wait(store.finish_jobs(&lost.iter().map(|job| job.id).collect::<Vec<_>>())).unwrap();
    assert!(nobody.get(&path).text().contains("and no more"));
    assert_eq!(check(&house.paper).0, Some(1));
    let take_up = || house.paper.wait(store.end_readers_without_job(dateline::clock::now())).unwrap();
    take_up();
    take_up();
    assert_eq!(house.paper.wait(store.count_jobs()).unwrap().0, 1, "one job, however often it is looked");
    house.paper.finish_jobs();
    let page = nobody.get(&path).text();
    assert!(!page.contains("and no more") && page.contains("and reported"), "{page}");
    // What waits for the moderators' word is no fault of the paper.
    let (code, said) = check(&house.paper);
    assert_eq!(code, Some(0), "{said}");
    let first = first["id"].as_i64().unwrap();
    house.paper.wait(store.rule(first, Ruling::Show, None, "", "Ilse Brandt", now)).unwrap();
    let later = dateline::clock::now().plus(DAY);
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, later)).unwrap();
    let heap = everything(&house.paper) + &nobody.get(&path).text();
    assert!(!heap.contains("Marked, and") && !heap.contains("Mette Marked"), "{heap}");
}

fn nothing_said_during_an_end_keeps_the_name(house: &House) {
    let (_desk, path) = story(house);
    let mette = Reader::with(house, "mette@post.example", "Mette Marked");
    assert_eq!(mette.say(&path, "", "Marked before.").0, 201);
    let (cookie, paper) = (mette.cookie(), &house.paper);
    let say = |thread: usize, n: usize| {
        let body =
            browser::encode(&[("name", "x"), ("text", &format!("Marked number {n} of line {thread}."))]);
        let mut line = paper.line();
        line.send(format!(
            "POST {path}/comments HTTP/1.1\r\nhost: paper.example\r\n{cookie}\r\naccept: application/json\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ));
        let reply = line.reply(false);
        assert!(matches!(reply.status, 201 | 401 | 422), "{}: {}", reply.status, reply.text());
        reply.status
    };
    let statuses: Vec<u16> = std::thread::scope(|threads| {
        let lines: Vec<_> = (0..4)
            .map(|thread| {
                threads.spawn({
                    let say = &say;
                    move || (0..25).map(|n| say(thread, n)).collect::<Vec<u16>>()
                })
            })
            .collect();
        let erased = mette.post("/account/erase", &[("comments", "erase"), ("sure", "yes")]);
        assert_eq!(to(&erased), "/account?said=erased", "{}", erased.text());
        house.paper.finish_jobs();
        lines.into_iter().flat_map(|line| line.join().unwrap()).collect()
    });
    house.paper.finish_jobs();
    assert_eq!(statuses.len(), 100);
    let heap = everything(&house.paper) + &mette.get(&path).text();
    assert!(!heap.contains("Mette Marked"), "the name went with the account: {heap}");
    assert!(house.paper.wait(house.paper.app.store.miscounted_discussions()).unwrap().is_empty());
}

fn all_is_taken_along_however_much_it_is(house: &House) {
    let (_desk, path) = story(house);
    let mette = Reader::with(house, "mette@post.example", "Mette Holm");
    let empty: Value = serde_json::from_slice(&mette.get("/account/data").body).unwrap();
    assert_eq!(empty["comments"], Value::Array(vec![]));
    let ids: Vec<i64> = (0..120)
        .map(|n| {
            let (status, said) = mette.say(&path, "", &format!("Remark {n}, \"quoted\"."));
            assert_eq!(status, 201, "{said}");
            said["id"].as_i64().unwrap()
        })
        .collect();
    assert_eq!(to(&mette.post("/account/name", &[("name", "Mette H. Lund")])), "/account?said=name");
    let reply = mette.get("/account/data");
    assert_eq!((reply.status, reply.header("content-length")), (200, None), "it is sent as it is written");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let data: Value = serde_json::from_slice(&reply.body).unwrap();
    let names: Vec<&str> =
        data["account"]["names"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>(), ["Mette Holm", "Mette H. Lund"].iter().collect());
    let told: Vec<i64> =
        data["comments"].as_array().unwrap().iter().map(|c| c["comment"]["id"].as_i64().unwrap()).collect();
    assert_eq!(told, ids.into_iter().rev().collect::<Vec<_>>(), "each once, the newest first");
    assert_eq!(Reader::new(house).get("/account/data").status, 401);
}

crate::on_both!(super::courier:
    no_dress_makes_a_reader_staff,
    names_rest_after_an_end_and_are_free_then,
    the_desk_frees_a_name,
    a_name_has_twenty_spellings_and_words_of_its_own_for_more,
    a_long_erasure_goes_by_parts_and_is_never_given_up,
    an_erasure_whose_job_was_lost_is_taken_up_again,
    nothing_said_during_an_end_keeps_the_name,
    renaming_freeing_and_ending_at_once,
    all_is_taken_along_however_much_it_is,
);
