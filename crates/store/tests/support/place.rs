//! A database of its own for one test: a file in a temporary folder, or a schema on the PostgreSQL server
//! that `DATELINE_TEST_POSTGRES` names.

use std::sync::atomic::{AtomicU32, Ordering};
use store::Place;

pub struct Home {
    pub place: Place,
    /// A folder of this test's own.
    pub dir: tempfile::TempDir,
}

pub fn on_sqlite() -> Option<Home> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    Some(Home { place: Place::Sqlite(dir.path().join("paper.sqlite")), dir })
}

/// `None`, and a line that says so, where there is no server.
pub async fn on_postgres() -> Option<Home> {
    let Ok(server) = std::env::var("DATELINE_TEST_POSTGRES") else {
        println!("skipped: no PostgreSQL (DATELINE_TEST_POSTGRES is not set); run scripts/with-postgres");
        return None;
    };
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("t{}_{}_{number}", since.as_nanos(), std::process::id());
    let (client, connection) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    let connection = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE SCHEMA {schema}")).await.expect("a schema");
    drop(client);
    connection.await.expect("ended").expect("in order");
    let joint = if server.contains('?') { '&' } else { '?' };
    let dir = tempfile::tempdir().expect("a temporary folder");
    Some(Home { place: Place::Postgres(format!("{server}{joint}options=-csearch_path%3D{schema}")), dir })
}
