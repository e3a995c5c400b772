//! Accounts, at the admin's hand.

use crate::{
    browser::{Browser, PASSWORD, now, to, words},
    support::Served,
};
use newsroom::staff::Role;

fn an_admin_adds_and_disables(paper: &Served) {
    let admin = Browser::of(paper, "Ada", Role::Admin);
    let add = |name: &str, role: &str, password: &str| {
        admin.post("/desk/staff", &[("name", name), ("role", role), ("password", password)])
    };
    let faulty = add(" ", "king", "short");
    assert_eq!(faulty.status, 422);
    for part in ["A name is needed.", "Choose a role.", "at least 10 are needed"] {
        assert!(faulty.text().contains(part), "{part}");
    }
    assert!(!faulty.text().contains("value=\"short\""), "no password is shown");
    assert_eq!(to(&add("Per Lund", "reporter", PASSWORD)), "/desk/staff?said=person-added");
    let twice = add("PER lund", "editor", PASSWORD);
    assert!(twice.status == 422 && twice.text().contains("already"), "{}", words(&twice.text()));

    let per = Browser::new(paper);
    assert_eq!(per.sign_in("per lund", PASSWORD).status, 303);
    assert_eq!(per.get("/desk").status, 200);
    let id = now(paper.app.store.find_person("per lund")).unwrap().unwrap().id;
    let disable = |id: i64| admin.post(&format!("/desk/staff/{id}/disable"), &[]);
    assert_eq!(to(&disable(id)), "/desk/staff?said=person-disabled");
    assert_eq!(per.get("/desk").status, 303, "signed out at once");
    assert_eq!(per.sign_in("per lund", PASSWORD).status, 422);
    assert_eq!(disable(id).status, 404);
    assert_eq!(disable(999).status, 404);
    let own = now(paper.app.store.find_person("ada")).unwrap().unwrap().id;
    assert_eq!(disable(own).status, 403);
    assert_eq!(admin.get("/desk").status, 200);
    let page = admin.get("/desk/staff").text();
    assert!(page.contains("Per Lund") && page.contains("disabled"), "{}", words(&page));
}

crate::on_both!(crate::paper: an_admin_adds_and_disables);
