//! Questions for passkeys from many places at once: nobody's flood closes another's door. On both databases.

use crate::{
    authenticator::Device,
    browser::{Browser, now},
    reader_passkeys::Reader,
    support::{Database, Reply, Served},
};
use newsroom::staff::Role;
use serde_json::Value;
use store::passkey::{Asked, Door};

/// Behind a proxy that is believed, so that a test can come from anywhere.
fn behind_a_proxy(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| {
        config.identity.passkeys = true;
        config.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
    })
}

const DESK: &str = "/desk/sign-in/ask";
const READERS: &str = "/account/passkey/ask";

fn asks(paper: &Served, path: &str, from: &str) -> Reply {
    let forwarded = format!("x-forwarded-for: {from}");
    Browser::new(paper).send_with(path, &[], &["origin: http://paper.example", &forwarded])
}

fn a_network_asks_so_much_and_leaves_the_others_alone(paper: &Served) {
    for (network, other) in [("203.0.113.", "203.0.114.1"), ("2001:db8:4a:", "2001:db8:4b::1")] {
        let address = |n: usize| match network.ends_with('.') {
            true => format!("{network}{n}"),
            false => format!("{network}{n}::1"),
        };
        for n in 1..=4 {
            for _ in 0..30 {
                assert_eq!(asks(paper, READERS, &address(n)).status, 200);
            }
            let much = asks(paper, READERS, &address(n));
            assert_eq!((much.status, much.header("retry-after")), (429, Some("60")), "{}", address(n));
        }
        assert_eq!(
            asks(paper, READERS, &address(5)).status,
            429,
            "of the network {network} enough were asked"
        );
        assert_eq!(asks(paper, READERS, other).status, 200, "{other}");
        assert_eq!(asks(paper, DESK, &address(1)).status, 200, "the desk is asked apart");
    }
}

fn strangers_beside_whoever_is_in_close_no_door_to_them(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let reader = Reader::new(paper);
    let origin = paper.app.passkeys.as_ref().map_err(|e| e.words()).unwrap().origin();
    let mut key = Device::new(origin, 8);
    let answer = key.make(&reader.question("/account/passkey/new/ask", &[("name", "Mette")]));
    let made = reader.post("/account/passkey/new", &[("name", "Mette"), ("passkey", &answer)]);
    assert_eq!(made.status, 303);
    // At their own address, and all around it.
    for entrance in [DESK, READERS] {
        for n in 1..=5 {
            let from = format!("127.0.0.{n}");
            let asked = (0..31).filter(|_| asks(paper, entrance, &from).status == 200).count();
            assert!(
                asked <= 30 && asks(paper, entrance, &from).status == 429,
                "{entrance} from {from}: {asked}"
            );
        }
        assert_eq!(
            asks(paper, entrance, "127.0.0.9").status,
            429,
            "{entrance}: of the network enough were asked"
        );
    }
    for n in 0..30 {
        assert_eq!(desk.post("/desk/passkeys/ask", &[]).status, 200, "{n}");
        assert_eq!(reader.post("/account/passkeys/ask", &[]).status, 200, "{n}");
    }
    assert_eq!(desk.post("/desk/passkeys/ask", &[]).status, 429, "a bound is theirs too");
    assert_eq!(reader.post("/account/passkeys/ask", &[]).status, 429, "a bound is theirs too");
}

fn strangers_push_out_their_like_alone(paper: &Served) {
    let store = &paper.app.store;
    let at = dateline::clock::now();
    let ask = |door: Door, word: &str, most: u32| {
        let challenge = word.as_bytes().to_vec();
        let (holder, state, until) = (word.to_owned(), b"state".to_vec(), at.plus(60_000));
        now(store.ask_for_passkey(Asked { door, challenge, holder, state, until }, most, at)).unwrap();
    };
    let open = |word: &str| now(store.take_challenge(word.as_bytes(), word, at)).unwrap().is_some();
    ask(Door::Desk, "Ilse, who is in", 3);
    ask(Door::DeskEntrance, "Bo, who comes", 3);
    ask(Door::Account, "Mette, who is in", 3);
    for n in 0..7 {
        ask(Door::AccountEntrance, &format!("reader {n}"), 3);
    }
    assert!(open("Bo, who comes"), "readers fill their own entrance");
    let left: Vec<usize> = (0..7).filter(|n| open(&format!("reader {n}"))).collect();
    assert_eq!(left, [4, 5, 6], "the latest");
    for n in 0..7 {
        ask(Door::DeskEntrance, &format!("stranger {n}"), 3);
    }
    assert!(open("Ilse, who is in") && open("Mette, who is in"), "whoever is in has a list of their own");
}

/// What is asked at each door stands in that door's list, and in no other.
fn each_door_has_a_list_of_its_own(paper: &Served) {
    let store = &paper.app.store;
    let at = dateline::clock::now();
    let flood = |door: Door| {
        let challenge = format!("{door:?}").into_bytes();
        let (holder, state, until) = (String::new(), b"state".to_vec(), at.plus(60_000));
        now(store.take_challenge(&challenge, &holder, at)).unwrap();
        now(store.ask_for_passkey(Asked { door, challenge, holder, state, until }, 1, at)).unwrap();
    };
    let flood_all_but = |own: Door| {
        let all = [Door::DeskEntrance, Door::Desk, Door::AccountEntrance, Door::Account];
        all.into_iter().filter(|door| *door != own).for_each(&flood);
    };
    let asked = |reply: Reply| -> Value { serde_json::from_slice(&reply.body).unwrap() };
    let device =
        |seed| Device::new(paper.app.passkeys.as_ref().map_err(|e| e.words()).unwrap().origin(), seed);
    let (mut hers, mut readers) = (device(7), device(8));

    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let add = |key: &mut Device, flood: &dyn Fn(Door)| {
        let answer = key.make(&asked(desk.post("/desk/passkeys/ask", &[])));
        flood(Door::Desk);
        desk.post("/desk/passkeys", &[("passkey", &answer)]).status
    };
    assert_eq!(add(&mut device(6), &flood), 422);
    assert_eq!(add(&mut hers, &flood_all_but), 303);
    assert_eq!(desk.post("/desk/sign-out", &[]).status, 303);
    let mut enter = |flood: &dyn Fn(Door)| {
        let answer = hers.answer(&asked(desk.send("/desk/sign-in/ask", &[])));
        flood(Door::DeskEntrance);
        desk.send("/desk/sign-in/passkey", &[("passkey", &answer)]).status
    };
    assert_eq!((enter(&flood), enter(&flood_all_but)), (422, 303));

    let reader = Reader::new(paper);
    let mut make = |flood: &dyn Fn(Door)| {
        let answer = readers.make(&reader.question("/account/passkey/new/ask", &[("name", "Mette")]));
        flood(Door::AccountEntrance);
        reader.post("/account/passkey/new", &[("name", "Mette"), ("passkey", &answer)]).status
    };
    assert_eq!((make(&flood), make(&flood_all_but)), (422, 303));
    let more = |seed, flood: &dyn Fn(Door)| {
        let answer = device(seed).make(&reader.question("/account/passkeys/ask", &[]));
        flood(Door::Account);
        reader.post("/account/passkeys", &[("passkey", &answer)]).status
    };
    assert_eq!((more(9, &flood), more(10, &flood_all_but)), (422, 303));
}

crate::on_both!(super::behind_a_proxy:
    a_network_asks_so_much_and_leaves_the_others_alone,
    strangers_beside_whoever_is_in_close_no_door_to_them,
    strangers_push_out_their_like_alone,
    each_door_has_a_list_of_its_own,
);
