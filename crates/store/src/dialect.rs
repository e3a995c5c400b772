//! Every difference between the two databases, by name. All other SQL is one text that both read:
//! `$1` in ascending order of first appearance, RETURNING, ON CONFLICT, CTEs, row values.

/// Which database a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A statement of which each database has its own wording.
#[derive(Clone, Copy, Debug)]
pub struct Both {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Both {
    pub fn of(self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

impl Dialect {
    /// Makes texts sort by their bytes, as SQLite sorts them anyway.
    pub(crate) fn by_bytes(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " COLLATE \"C\"",
        }
    }

    /// Has a table that gives out its numbers go on after the highest; SQLite does by itself.
    pub(crate) fn recount(self, table: &str) -> Option<String> {
        match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(format!(
                "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))"
            )),
        }
    }

    /// Fills in the words of the schema that differ: `{pk}`, `{serial}`, `{blob}`, and the search table.
    pub(crate) fn schema(self, text: &str) -> String {
        let words: [(&str, &str); 4] = match self {
            // INTEGER PRIMARY KEY is SQLite's row id itself; BIGINT would be a second index.
            Dialect::Sqlite => [
                ("{pk}", "INTEGER PRIMARY KEY"),
                ("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT"),
                ("{blob}", "BLOB"),
                ("{search}", SEARCH_SQLITE),
            ],
            Dialect::Postgres => [
                ("{pk}", "BIGINT PRIMARY KEY"),
                ("{serial}", "BIGSERIAL PRIMARY KEY"),
                ("{blob}", "BYTEA"),
                ("{search}", SEARCH_POSTGRES),
            ],
        };
        words.iter().fold(text.to_owned(), |text, (word, with)| text.replace(word, with))
    }
}

// The terms come from our own analyser, so neither database may analyse them again. Contentless: the
// words are kept once, in the story or comment itself.
const SEARCH_SQLITE: &str = "CREATE VIRTUAL TABLE search_terms USING fts5 (terms, content='', contentless_delete=1, \
     tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\", detail=full);";
const SEARCH_POSTGRES: &str = "CREATE TABLE search_terms (rowid BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);
CREATE INDEX search_terms_gin ON search_terms USING GIN (terms) WITH (fastupdate = off);";

/// Puts a document's terms, separated by spaces, under its number.
pub const SEARCH_ADD: Both = Both {
    sqlite: "INSERT INTO search_terms (rowid, terms) VALUES ($1, $2)",
    postgres: "INSERT INTO search_terms (rowid, terms) \
               SELECT $1, string_agg(quote_literal(t.word) || ':' || least(t.at, 16383), ' ')::tsvector \
               FROM (SELECT $2::text AS line) l, unnest(string_to_array(l.line, ' ')) WITH ORDINALITY AS t (word, at) \
               WHERE t.word <> '' HAVING count(*) > 0",
};

/// A part of going through the index anew, of so many pages, which leaves out the words of what was taken from it;
/// below zero it begins with all there is. PostgreSQL sweeps by itself.
pub const SEARCH_SWEEP: &str = "INSERT INTO search_terms (search_terms, rank) VALUES ('merge', $1)";

/// FTS5's record of the parts that the index is made of; a pass that does nothing leaves it as it is.
pub const SEARCH_SHAPE: &str = "SELECT block FROM search_terms_data WHERE id = 10";

/// Whether FTS5 has marked documents as deleted, whose words are still in it: such marks have the numbers from here on.
pub const SEARCH_UNSWEPT: &str = "SELECT count(*) FROM search_terms_data WHERE id >= 9007199254740992";

/// Numbers of the documents that match, greatest (newest) first: query, below which number, how many.
pub const SEARCH_FIND: Both = Both {
    sqlite: "SELECT rowid FROM search_terms WHERE search_terms MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
    postgres: "SELECT rowid FROM search_terms WHERE terms @@ to_tsquery('simple', $1) AND rowid < $2 \
               ORDER BY rowid DESC LIMIT $3",
};
