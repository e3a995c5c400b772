//! The schema and its versions. A data directory written by a newer program is refused, not guessed at.

use crate::{
    dialect::Dialect,
    error::{Error, Result},
};

/// Each version's text, in order. Never changed once released; a change is a new file.
const VERSIONS: &[&str] = &[
    include_str!("0001-paper.sql"),
    include_str!("0002-rulings.sql"),
    include_str!("0003-desk.sql"),
    include_str!("0004-sites.sql"),
    include_str!("0005-brought.sql"),
    include_str!("0006-letters.sql"),
    include_str!("0007-feeds.sql"),
    include_str!("0008-vouched.sql"),
    include_str!("0009-prints.sql"),
    include_str!("0010-comment-prints.sql"),
    include_str!("0011-passkeys.sql"),
    include_str!("0012-moderators.sql"),
    include_str!("0013-moved.sql"),
    include_str!("0014-reasons.sql"),
    include_str!("0015-readers.sql"),
    include_str!("0016-reader-passkeys.sql"),
    include_str!("0017-taken-back.sql"),
    include_str!("0018-own-of-sites.sql"),
    include_str!("0019-names.sql"),
    include_str!("0020-settled.sql"),
    include_str!("0021-rules-of-sites.sql"),
    include_str!("0022-came-by-import.sql"),
    include_str!("0023-marks.sql"),
];

/// What this program writes.
pub const VERSION: usize = VERSIONS.len();

/// What must be run on a database of version `has` (0: empty), whole, in one transaction.
pub(crate) fn steps(has: usize, dialect: Dialect) -> Result<Vec<String>> {
    if has > VERSION {
        return Err(Error::Newer { has, knows: VERSION });
    }
    Ok(VERSIONS[has..]
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let version = has + at + 1;
            let mark = if version == 1 {
                "INSERT INTO setting (key, value) VALUES ('schema', '1');".to_owned()
            } else {
                format!("UPDATE setting SET value = '{version}' WHERE key = 'schema';")
            };
            format!("{}\n{mark}", dialect.schema(text))
        })
        .collect())
}

/// What the versions after `has` changed in rows that were there: for rows that come in as that version had them.
pub(crate) fn changes_since(has: usize) -> impl Iterator<Item = &'static str> {
    let later = VERSIONS.get(has..).unwrap_or_default();
    later.iter().flat_map(|text| {
        let starts = text.match_indices("\nUPDATE ").map(|(at, _)| &text[at + 1..]);
        starts.map(|from| from.split_once(';').map_or(from, |(change, _)| change))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]
mod tests {
    use super::*;

    #[test]
    fn warnings_that_were_taken_back_are_told_from_rulings() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let steps = steps(0, Dialect::Sqlite).unwrap();
        let (before, since) = steps.split_at(16);
        for step in before {
            db.execute_batch(step).unwrap();
        }
        for (comment, word) in
            [(7, "warn"), (8, "remove"), (7, "undo"), (8, "warn"), (8, "undo"), (8, "undo"), (9, "undo")]
        {
            let row =
                "INSERT INTO ruling (comment_id, at, staff, ruling, note) VALUES (?1, 1, 'ilse', ?2, '')";
            db.execute(row, rusqlite::params![comment, word]).unwrap();
        }
        for step in since {
            db.execute_batch(step).unwrap();
        }
        let mut rows = db.prepare("SELECT ruling FROM ruling ORDER BY id").unwrap();
        let words = rows.query_map([], |row| row.get::<_, String>(0)).unwrap().map(|word| word.unwrap());
        let want = ["warn", "remove", "undo-warn", "warn", "undo-warn", "undo", "undo"];
        assert_eq!(words.collect::<Vec<_>>(), want);
    }

    #[test]
    fn what_was_settled_by_its_moment_has_its_rulings_number() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let steps = steps(0, Dialect::Sqlite).unwrap();
        let (before, since) = steps.split_at(19);
        before.iter().for_each(|step| db.execute_batch(step).unwrap());
        // Ilse holds and removes at 5; Bo warns, keeps and shows at 6; Ilse takes her second removal back at 8.
        for (comment, at, who, word) in [
            (7, 5, "ilse", "hold"),
            (7, 5, "ilse", "remove"),
            (7, 6, "bo", "warn"),
            (7, 6, "bo", "remove"),
            (7, 6, "bo", "show"),
            (7, 7, "ilse", "remove"),
            (7, 8, "ilse", "undo"),
            (8, 5, "cem", "remove"),
        ] {
            let row = "INSERT INTO ruling (comment_id, at, staff, ruling, note) VALUES (?1, ?2, ?3, ?4, '')";
            db.execute(row, rusqlite::params![comment, at, who, word]).unwrap();
        }
        db.execute_batch(
            "INSERT INTO report (comment_id, at, reason, text, name, email, reporter, decided_at, outcome) VALUES
             (7, 1, 'insult', '', '', '', 'a', 5, 'remove'), (7, 1, 'insult', '', '', '', 'b', 6, 'warn'),
             (7, 1, 'insult', '', '', '', 'c', NULL, NULL), (9, 1, 'insult', '', '', '', 'd', 5, 'withdrawn');
             INSERT INTO appeal (comment_id, at, due, text, first, decided_at, judge, outcome) VALUES
             (7, 5, 9, '', 'ilse', 6, 'bo', 'kept'), (7, 7, 9, '', 'ilse', 8, 'ilse', 'upheld'),
             (7, 9, 9, '', 'ilse', NULL, NULL, NULL);
             INSERT INTO doubt (comment_id, at, staff, note, decided_at) VALUES (7, 2, 'bo', '', 5), (8, 2, 'bo', '', NULL);",
        )
        .unwrap();
        since.iter().for_each(|step| db.execute_batch(step).unwrap());
        let numbers = |sql: &str| {
            let mut rows = db.prepare(sql).unwrap();
            let numbers = rows.query_map([], |row| row.get::<_, Option<i64>>(0)).unwrap();
            numbers.map(|number| number.unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(numbers("SELECT ruling_id FROM report ORDER BY id"), [Some(2), Some(3), None, None]);
        assert_eq!(numbers("SELECT ruling_id FROM appeal ORDER BY id"), [Some(4), Some(7), None]);
        assert_eq!(numbers("SELECT ruling_id FROM doubt ORDER BY comment_id"), [Some(2), None]);
    }

    #[test]
    fn what_an_earlier_program_imported_is_known_as_such_and_not_new() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let steps = steps(0, Dialect::Sqlite).unwrap();
        let at = VERSIONS.iter().position(|text| text.contains("ADD COLUMN brought")).unwrap();
        steps[..at].iter().for_each(|step| db.execute_batch(step).unwrap());
        db.execute_batch(
            "INSERT INTO comment (id, story_id, root_id, state, listed, at, name, network, text, replies, valued, staff, unread)
             VALUES (9, 1, 9, 'shown', 1, 6, 'Bo', '', 'x', 0, 0, 0, 1), (10, 1, 10, 'shown', 1, 6, 'Eve', '', 'x', 0, 0, 0, 1);
             INSERT INTO brought (digest, id) VALUES (-5, 1), (7, 10);",
        )
        .unwrap();
        steps[at..].iter().for_each(|step| db.execute_batch(step).unwrap());
        let mut rows = db.prepare("SELECT id, unread, brought FROM comment ORDER BY id").unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        let rows: Vec<(i64, i64, i64)> = rows.map(|row| row.unwrap()).collect();
        assert_eq!(rows, [(9, 1, 0), (10, 0, 1)]);
    }

    #[test]
    fn what_later_versions_changed_in_rows_is_known_by_version() {
        assert_eq!(changes_since(VERSION).count(), 0);
        for (has, changes) in [(21, 2), (20, 2), (19, 5), (18, 7), (17, 7), (16, 8), (3, 8), (2, 9)] {
            assert_eq!(changes_since(has).count(), changes, "since {has}");
        }
        let all: Vec<&str> = changes_since(0).collect();
        assert!(all.iter().all(|change| !change.contains("--") && !change.contains('{')), "{all:?}");
        let said: usize = VERSIONS.iter().map(|text| text.matches("UPDATE ").count()).sum();
        assert_eq!(all.len(), said, "none is passed over");
    }

    #[test]
    fn accounts_from_before_say_what_they_have_and_what_they_lack() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let steps = steps(0, Dialect::Sqlite).unwrap();
        let at = VERSIONS.iter().position(|text| text.contains("reader_name_free")).unwrap();
        steps[..at].iter().for_each(|step| db.execute_batch(step).unwrap());
        db.execute_batch(
            "INSERT INTO reader (id, name, created_at, ended_at) VALUES (1, 'Mette', 5, NULL), (2, 'Per', 5, NULL), (3, '', 5, 7);
             INSERT INTO reader (id, name, created_at, ended_at) VALUES (4, '', 5, 7);
             INSERT INTO comment (id, story_id, root_id, state, listed, at, name, network, text, replies, valued, staff, unread, reader_id)
             VALUES (9, 1, 9, 'shown', 1, 6, 'Bo', '', 'x', 0, 0, 0, 0, 3), (10, 1, 10, 'shown', 1, 6, 'Eve', '', 'x', 0, 0, 0, 0, 4),
             (11, 1, 11, 'shown', 1, 6, 'Mette', '', 'x', 0, 0, 0, 0, 1);
             INSERT INTO reader_name (look, reader_id) VALUES ('rnette', 1), ('per', 2), ('peter', 2), ('bo', 3);",
        )
        .unwrap();
        steps[at..].iter().for_each(|step| db.execute_batch(step).unwrap());
        let mut names = db.prepare("SELECT look, name, free_at FROM reader_name ORDER BY look").unwrap();
        let rows: Vec<(String, String, Option<i64>)> = names
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let named = |look: &str, name: &str, free_at| (look.to_owned(), name.to_owned(), free_at);
        assert_eq!(
            rows,
            [
                named("bo", "", Some(7 + newsroom::discussion::account::NAMES_REST)),
                named("per", "", None),
                named("peter", "", None),
                named("rnette", "Mette", None),
            ]
        );
        let mut endings =
            db.prepare("SELECT id, ending FROM reader WHERE ending IS NOT NULL ORDER BY id").unwrap();
        let rows: Vec<(i64, String)> = endings
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        assert_eq!(rows, [(3, "leave".into()), (4, "erase".into())], "what was left undone is known again");
    }
}
