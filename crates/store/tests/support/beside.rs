//! What another node writes meanwhile, on PostgreSQL: SQLite has one writer, and no in between.

use super::Paper;

/// Somebody else's transaction, of another node.
pub async fn beside(paper: &Paper) -> tokio_postgres::Client {
    let store::Place::Postgres(url) = &paper.home.place else { panic!("it is on PostgreSQL") };
    let (client, connection) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    tokio::spawn(connection);
    client
}

/// Until a session waits for this one's locks.
pub async fn waited_for(watch: &tokio_postgres::Client, of: i32) {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))";
    while watch.query_one(sql, &[&of]).await.expect("PostgreSQL answers").get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
}

/// Until this session holds something that it has not committed.
pub async fn waiting_on(watch: &tokio_postgres::Client, pid: i32) {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND state = 'idle in transaction'";
    while watch.query_one(sql, &[&pid]).await.expect("PostgreSQL answers").get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
}
