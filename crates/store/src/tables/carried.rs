//! Which tables an export carries, and which it does not and why. The test below fails when the schema has a
//! table or a column that neither list knows.

use super::Spec;

/// Parents before what refers to them. A `?` marks what may be null, and `=` what a column that was added later has in
/// the rows of an older export; the key's columns come first.
pub(super) const CARRIED: &[Spec] = &[
    Spec::of("section", 1, "slug text, name text, position int"),
    Spec::of("topic", 1, "slug text, name text"),
    Spec::of(
        "story",
        1,
        "id int, edition int, status text, headline text, kicker text, standfirst text, byline text, \
         dateline_place text, dateline_date text, dateline_day text?, dateline_agency text, dateline_dash text, \
         dateline_raw text, body text, summary text, agency text, language text, section text, day text?, \
         slug text?, created_at int, published_at int?, changed_at int?, embargo_until int?, scheduled_for int?, \
         urgency int, slugline text, ednote text, usage_terms text, source_uri text?, source_version int?, \
         source_digest text?, brought int=0",
    ),
    Spec::of("story_topic", 2, "story_id int, topic text, position int, published_at int?"),
    Spec::of("story_author", 2, "story_id int, author text, name text, published_at int?"),
    // Renditions are made anew from the photo.
    Spec::of(
        "photo",
        1,
        "id int, story_id int, position int, digest text, width int, height int, renditions text, caption text, \
         alt text, agency text, photographer text",
    )
    .counted()
    .without("renditions", "''"),
    Spec::of("notice", 1, "id int, story_id int, kind text, at int, text text").counted(),
    Spec::of("sitemap_month", 1, "month text, stories int, changed_at int"),
    Spec::of(
        "item",
        1,
        "id int, uri text, version int, received_at int, outcome text, story_id int?, note text, bytes blob",
    )
    .counted(),
    Spec::of(
        "discussion",
        1,
        "story_id int, mode text, shown int, held int, removed int, said_at_source int?, pinned_id int?",
    ),
    Spec::of(
        "comment",
        1,
        "id int, story_id int, root_id int, parent_id int?, state text, listed int, at int, name text, \
         network text, text text, replies int, valued int, staff int, reason text?, held_why text?, risks text?, \
         rank int=10, featured int=0, edited_at int?, vouched text?, unread int=0, reader_id int?, badge text?, \
         closed int=0, brought int=0",
    ),
    Spec::of("revision", 1, "id int, comment_id int, at int, act text, text text").counted(),
    Spec::of(
        "ruling",
        1,
        "id int, comment_id int, at int, staff text, ruling text, reason text?, note text, was text?, \
         was_reason text?, was_text text?, story_id int?",
    )
    .counted(),
    // One against where a comment came from means nothing without the key of bans, which stays here.
    Spec::of(
        "sanction",
        1,
        "id int, network text, refuse int, until int, at int, staff text, note text, name text=, domain text=, \
         reach text=, print int?",
    )
    .counted()
    .only("reach = ''"),
    // The print of who reported means nothing under another key; each stays a reporter of its own. So does the
    // network's, but for which reports on a comment came from one.
    Spec::of(
        "report",
        1,
        "id int, comment_id int, at int, reason text, text text, name text, email text, reporter text, \
         decided_at int?, outcome text?, network text=, ruling_id int?",
    )
    .counted()
    .without("reporter", "'exported-' || id")
    .without(
        "network",
        "CASE WHEN network = '' THEN '' ELSE 'exported-' || (SELECT MIN(o.id) FROM report o \
         WHERE o.comment_id = report.comment_id AND o.network = report.network) END",
    ),
    Spec::of(
        "appeal",
        1,
        "id int, comment_id int, at int, due int, text text, first text, decided_at int?, judge text?, outcome text?, \
         ruling_id int?",
    )
    .counted(),
    Spec::of(
        "reason",
        1,
        "code text, label text, ground text, source text, offered int, in_use int, at int",
    ),
    Spec::of("reason_wording", 2, "code text, language text, sentence text, choice text"),
    Spec::of("doubt", 1, "comment_id int, at int, staff text, note text, decided_at int?, ruling_id int?"),
    Spec::of("writer_note", 1, "id int, name text, network text, at int, staff text, text text").counted(),
    Spec::of(
        "tip",
        1,
        "id int, story_id int, comment_id int, at int, staff text, note text, done_at int?, done_by text?",
    )
    .counted(),
    Spec::of("shift_note", 1, "id int, at int, staff text, text text").counted(),
    Spec::of("published_account", 1, "id int, at int, from_at int, until_at int, lines text").counted(),
    Spec::of("house_rules", 1, "id int, at int, text text, site text=").counted(),
    Spec::of("kept_filter", 1, "id int, staff text, name text, query text").counted(),
    Spec::of(
        "staff",
        1,
        "id int, name text, name_folded text, role text, password text, created_at int, disabled_at int?",
    )
    .counted()
    .unless_keys("password", "''"),
    Spec::of(
        "reader",
        1,
        "id int, name text, created_at int, ended_at int?, badge text?, badge_until int?, regard text?, \
         regard_until int?, ending text?",
    ),
    Spec::of("reader_name", 1, "look text, reader_id int, name text=, free_at int?, kept_under text?"),
    // Under another paper's key its digests would open nothing.
    Spec::of(
        "reader_way",
        1,
        "id int, reader_id int, kind text, digest text, label text, created_at int, used_at int",
    )
    .counted()
    .keys(),
    Spec::of("log", 1, "id int, at int, who text, act text, what text").counted(),
    Spec::of("log_seal", 1, "n int, log_id int, hash text"),
    Spec::of(
        "site",
        1,
        "id int, key text, name text, mode text, created_at int, language text?, hold_at int?, closes_after_days int?, \
         first_held int?",
    )
    .counted(),
    Spec::of("site_origin", 2, "site_id int, origin text"),
    Spec::of("outside", 1, "story_id int, site_key text, page text, link text"),
    Spec::of("brought", 1, "digest int, id int"),
    Spec::of("moved", 1, "path text, story_id int"),
    Spec::of(
        "subscription",
        1,
        "id int, email text, kind text, of_id int, at int, asked_at int?, confirmed_at int?, ended_at int?",
    )
    .counted(),
    Spec::of("secret", 1, "name text, value blob").keys().only("name = 'receipts'"),
    Spec::of(
        "token",
        1,
        "id int, name text, scope text, digest text, created_at int, revoked_at int?",
    )
    .counted()
    .keys(),
    Spec::of(
        "passkey",
        1,
        "id int, credential blob, handle blob, staff_id int?, key blob, uses int, backup text, name text, \
         created_at int, used_at int?, way_id int?",
    )
    .counted()
    .keys(),
    Spec::of(
        "site_key",
        1,
        "id int, site_id int, kid text, alg text, value blob, created_at int, until int?",
    )
    .counted()
    .keys(),
    Spec::of("webhook", 1, "id int, url text, events text, created_at int, removed_at int?").keys(),
    Spec::of("webhook_key", 1, "id int, webhook_id int, value blob, until int?").counted().keys(),
];

/// Tables that no export has, each with its reason. An export says so, too.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("id_block", "next_id in paper.json says it"),
    ("setting", "of this database only: its version, work under way"),
    ("session", "who is signed in here"),
    ("passkey_challenge", "what browsers were asked within the last minutes"),
    ("reader_session", "who is signed in here"),
    ("reader_knock", "who is at the door here, for half an hour"),
    ("job", "work under way here; what is derived is made anew"),
    ("change", "what this database's nodes tell each other"),
    ("looking", "who of the moderators has what before them just now"),
    ("recent_text", "guards against the same again for some minutes"),
    ("print_key", "keys that live for a week, of prints that die with them"),
    ("ban_key", "by which addresses under a sanction are known here"),
    ("door_key", "links under it let somebody in here, and soon end"),
    ("comment_print", "prints under such keys"),
    ("spent_proof", "work that was taken within the last minutes"),
    (
        "valued",
        "who marked a comment here, by their browser's word or prints of this paper's keys; how many is in comment.valued",
    ),
    ("letter", "letters sent or under way from here"),
    ("digest_line", "letters under way from here"),
    ("delivery", "webhooks told or under way from here"),
    ("search_doc", "derived; made anew"),
    ("search_terms", "derived; made anew"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dialect::Dialect, schema, tables, value::Value};
    use std::collections::BTreeMap;

    #[test]
    fn every_table_of_the_schema_is_carried_whole_or_left_out_with_a_reason() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        for step in schema::steps(0, Dialect::Sqlite).unwrap() {
            db.execute_batch(&step).unwrap();
        }
        let mut columns = db
            .prepare(
                "SELECT m.name, c.name, c.\"notnull\" = 0 AND c.pk = 0, c.dflt_value FROM sqlite_master m, pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search_terms_%'",
            )
            .unwrap();
        let mut schema: BTreeMap<String, BTreeMap<String, (bool, Option<String>)>> = BTreeMap::new();
        let rows = columns.query_map([], |r| Ok((r.get(0)?, r.get(1)?, (r.get(2)?, r.get(3)?)))).unwrap();
        for (table, column, is) in rows.map(Result::unwrap) {
            schema.entry(table).or_default().insert(column, is);
        }
        // What the schema gives to the rows that are there is what an older export's rows have.
        let before = |value: &Value| match value {
            Value::Int(v) => v.unwrap().to_string(),
            Value::Text(v) => format!("'{}'", v.as_ref().unwrap()),
            Value::Bytes(_) => panic!("bytes"),
        };
        for (name, reason) in LEFT_OUT {
            assert!(schema.remove(*name).is_some() && !reason.is_empty(), "{name}");
        }
        for table in tables::all() {
            let has = schema.remove(table.name).unwrap_or_else(|| panic!("there is no table {}", table.name));
            let carried: BTreeMap<String, (bool, Option<String>)> = table
                .columns
                .iter()
                .map(|c| (c.name.to_owned(), (c.nullable, c.before.as_ref().map(before))))
                .collect();
            assert_eq!(carried, has, "{}", table.name);
        }
        assert!(schema.is_empty(), "neither carried nor left out: {:?}", schema.keys());
    }

    #[test]
    fn which_network_a_report_or_a_mark_came_from_is_found_by_index() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        for step in schema::steps(0, Dialect::Sqlite).unwrap() {
            db.execute_batch(&step).unwrap();
        }
        let report = tables::all().iter().find(|t| t.name == "report").unwrap();
        let texts = &report.sqlite;
        let [known, apart] = crate::comment::REPORT_NETWORKS;
        let plan = |sql: &str| -> Vec<String> {
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let rows =
                plan.query_map(rusqlite::params_from_iter(vec![1; plan.parameter_count()]), |row| row.get(3));
            rows.unwrap().map(Result::unwrap).collect()
        };
        let by =
            |line: &String, index: &str| line.contains(&format!("INDEX {index} (comment_id=? AND network"));
        for sql in texts.first.iter().chain(&texts.after).chain([&known]) {
            let lines = plan(sql);
            assert!(lines.iter().any(|l| by(l, "report_network")), "{sql}: {lines:#?}");
        }
        let lines = plan(crate::comment::VALUED_NETWORK);
        assert!(lines.iter().any(|l| by(l, "valued_network")), "{lines:#?}");
        // Those that wait, each step by both columns: neither decided ones nor all of one network are walked.
        let lines = plan(apart);
        let searched: Vec<_> = lines.iter().filter(|l| l.contains("INDEX")).collect();
        assert!(searched.len() == 3 && searched.iter().all(|l| by(l, "report_open_network")), "{lines:#?}");
        assert!(!lines.iter().any(|l| l.contains("SCAN report") || l.contains("SCAN r ")), "{lines:#?}");
    }
}
