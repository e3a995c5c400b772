//! PostgreSQL: a few pipelined connections for reads, a few for writes, one that commits posts in groups.
//!
//! All connections live on one thread of their own, so that a request that is given up by its reader
//! never leaves a transaction half way.

use super::{OnCommit, postgres_writer};
use crate::{
    comment::post::{self, NewComment, Posted},
    dialect::Dialect,
    error::{Error, Result},
    schema,
    value::Value,
    write::{Outcome, Write},
};
use futures_util::{StreamExt, future::join_all, pin_mut};
use newsroom::touch;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::{Mutex as Turn, mpsc, oneshot};
use tokio_postgres::{Client, Config, NoTls, Row, Statement, types::Type};

const READERS: usize = 4;
const WRITERS: usize = 4;

pub(crate) struct Postgres {
    readers: Vec<Arc<Line>>,
    next: AtomicUsize,
    writers: Arc<Writers>,
    posts: mpsc::Sender<(NewComment, oneshot::Sender<Result<Posted>>)>,
    runtime: tokio::runtime::Handle,
}

struct Writers {
    lines: Vec<Turn<Arc<Line>>>,
    next: AtomicUsize,
    node: i64,
    on_commit: OnCommit,
}

/// One connection that is made anew when it was lost, with the statements prepared on it.
pub(crate) struct Line {
    config: Config,
    runtime: tokio::runtime::Handle,
    /// A transaction is open on it, which another connection would not know of.
    once: bool,
    live: Turn<Option<Arc<Live>>>,
    now: RwLock<Option<Arc<Live>>>,
}

pub(crate) struct Live {
    pub client: Client,
    statements: Mutex<HashMap<(usize, usize), Statement>>,
}

impl Postgres {
    pub async fn open(url: &str, node: i64, on_commit: OnCommit) -> Result<Postgres> {
        let config: Config =
            url.parse().map_err(|e| Error::Broken(format!("the database's address: {e}")))?;
        let runtime = thread_of_its_own()?;
        let line = || Arc::new(Line::to(&config, &runtime, false));
        let first = line();
        migrate(&first.live().await?.client).await?;
        let writers = Arc::new(Writers {
            lines: (0..WRITERS).map(|_| Turn::new(line())).collect(),
            next: AtomicUsize::new(0),
            node,
            on_commit: on_commit.clone(),
        });
        let (posts, waiting) = mpsc::channel(super::QUEUE);
        runtime.spawn(postgres_writer::run(line(), waiting, node, on_commit));
        let mut readers = vec![first];
        readers.extend((1..READERS).map(|_| line()));
        Ok(Postgres { readers, next: AtomicUsize::new(0), writers, posts, runtime })
    }

    /// Its one reader stays in the transaction that this begins.
    pub async fn as_of_now(&self) -> Result<Postgres> {
        let (config, runtime) = (&self.readers[0].config, &self.runtime);
        let reader = Arc::new(Line::to(config, runtime, true));
        // The moment is that of the first read.
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT count(*) FROM setting";
        reader.live().await?.client.batch_execute(begin).await?;
        let writers = Arc::new(Writers {
            lines: vec![Turn::new(Arc::new(Line::to(config, runtime, false)))],
            next: AtomicUsize::new(0),
            node: 0,
            on_commit: Arc::new(|_| {}),
        });
        let (posts, _) = mpsc::channel(1);
        let runtime = runtime.clone();
        Ok(Postgres { readers: vec![reader], next: AtomicUsize::new(0), writers, posts, runtime })
    }

    pub async fn all(&self, sql: &'static str, args: &[Value]) -> Result<Vec<Row>> {
        let at = self.next.fetch_add(1, Ordering::Relaxed) % self.readers.len();
        let live = self.readers[at].live().await?;
        let statement = live.statement(sql, args).await?;
        let rows = live.client.query_raw(&statement, args.iter().map(Value::pg)).await?;
        pin_mut!(rows);
        let mut out = Vec::new();
        while let Some(row) = rows.next().await {
            out.push(row?);
        }
        Ok(out)
    }

    pub async fn commit(&self, write: Write) -> Result<Outcome> {
        let writers = self.writers.clone();
        // On a task of its own: a caller who gives up must not leave the transaction open.
        let task = self.runtime.spawn(async move { writers.commit(write).await });
        task.await.unwrap_or_else(|e| Err(Error::Broken(format!("a write ended badly: {e}"))))
    }

    pub async fn post(&self, comment: NewComment) -> Result<Posted> {
        let (reply, answer) = oneshot::channel();
        self.posts
            .try_send((comment, reply))
            .map_err(|_| Error::Busy("more comments are waiting than can be written".into()))?;
        answer.await.unwrap_or_else(|_| Err(Error::Busy("the database's writer has stopped".into())))
    }
}

impl Writers {
    async fn commit(&self, write: Write) -> Result<Outcome> {
        let at = self.next.fetch_add(1, Ordering::Relaxed) % self.lines.len();
        let line = self.lines[at].lock().await;
        let live = line.live().await?;
        live.client.batch_execute("BEGIN").await?;
        let done = self.steps(&live, &write).await;
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = live.client.batch_execute(end).await;
        let outcome = done?;
        ended?;
        if !write.touches.is_empty() {
            (self.on_commit)(&write.touches);
        }
        Ok(outcome)
    }

    async fn steps(&self, live: &Live, write: &Write) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for step in &write.steps {
            let statement = live.statement(step.sql, &step.args).await?;
            let args: Vec<_> = step.args.iter().map(Value::pg).collect();
            let (rows, returned) = if statement.columns().is_empty() {
                (live.client.execute(&statement, &args).await?, None)
            } else {
                let rows = live.client.query(&statement, &args).await?;
                let first = rows.first().map(|r| r.try_get::<_, Option<i64>>(0)).transpose()?.flatten();
                (rows.len() as u64, first)
            };
            step.judge(rows)?;
            outcome.rows.push(rows);
            outcome.returned.push(returned);
        }
        if !write.touches.is_empty() {
            let args = crate::args![self.node, crate::changes::now(), touch::render(&write.touches)];
            let statement = live.statement(post::CHANGE, &args).await?;
            let args: Vec<_> = args.iter().map(Value::pg).collect();
            live.client.execute(&statement, &args).await?;
        }
        Ok(outcome)
    }
}

impl Line {
    fn to(config: &Config, runtime: &tokio::runtime::Handle, once: bool) -> Line {
        let (config, runtime) = (config.clone(), runtime.clone());
        Line { config, runtime, once, live: Turn::new(None), now: RwLock::new(None) }
    }

    pub async fn live(&self) -> Result<Arc<Live>> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(live) = now.filter(|l| !l.client.is_closed()) {
            return Ok(live);
        }
        let mut turn = self.live.lock().await;
        if let Some(live) = turn.as_ref().filter(|l| !l.client.is_closed()) {
            return Ok(live.clone());
        }
        if self.once && turn.is_some() {
            return Err(Error::Busy(
                "the connection to PostgreSQL was lost, and with it the moment read".into(),
            ));
        }
        let config = self.config.clone();
        let connected = self.runtime.spawn(async move {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(async move {
                if let Err(e) = connection.await {
                    tracing::warn!(error = %e, "a connection to PostgreSQL ended");
                }
            });
            Ok::<Client, tokio_postgres::Error>(client)
        });
        let client = connected.await.map_err(|e| Error::Broken(e.to_string()))??;
        let live = Arc::new(Live { client, statements: Mutex::new(HashMap::new()) });
        *turn = Some(live.clone());
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some(live.clone());
        Ok(live)
    }
}

impl Live {
    /// Prepared once for each connection; the text's own address is its key.
    pub async fn statement(&self, sql: &'static str, args: &[Value]) -> Result<Statement> {
        self.typed(sql, &args.iter().map(Value::pg_type).collect::<Vec<_>>()).await
    }

    pub async fn typed(&self, sql: &'static str, types: &[Type]) -> Result<Statement> {
        let key = (sql.as_ptr() as usize, sql.len());
        let kept = self.statements.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(statement) = kept {
            return Ok(statement);
        }
        let statement = self.client.prepare_typed(sql, types).await?;
        self.statements.lock().unwrap_or_else(PoisonError::into_inner).insert(key, statement.clone());
        Ok(statement)
    }
}

async fn migrate(client: &Client) -> Result<()> {
    client.batch_execute("BEGIN").await?;
    let done = async {
        // Two nodes that start at once must not both make the tables.
        client.batch_execute("SELECT pg_advisory_xact_lock(7261)").await?;
        let exists =
            client.query_one("SELECT to_regclass('setting') IS NOT NULL", &[]).await?.get::<_, bool>(0);
        let has = match exists {
            false => 0,
            true => client
                .query_opt("SELECT value FROM setting WHERE key = 'schema'", &[])
                .await?
                .and_then(|row| row.get::<_, String>(0).parse().ok())
                .ok_or_else(|| Error::Broken("the database is not a dateline's".into()))?,
        };
        for step in schema::steps(has, Dialect::Postgres)? {
            client.batch_execute(&step).await?;
        }
        Ok(())
    }
    .await;
    client.batch_execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    done
}

/// The thread ends with the last task on it, when the program does.
fn thread_of_its_own() -> Result<tokio::runtime::Handle> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("postgres".into())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

/// Steps with their statements, ready to be sent.
pub(crate) async fn prepared<'a>(
    live: &Live,
    steps: &'a [crate::write::Step],
) -> Result<Vec<(&'a crate::write::Step, Statement)>> {
    let mut ready = Vec::with_capacity(steps.len());
    for step in steps {
        ready.push((step, live.statement(step.sql, &step.args).await?));
    }
    Ok(ready)
}

/// Sends several statements at once and waits for all; the first fault is told.
pub(crate) async fn sent(live: &Live, steps: &[(&crate::write::Step, Statement)]) -> Result<()> {
    let sent = steps.iter().map(|(step, statement)| async move {
        let args: Vec<_> = step.args.iter().map(Value::pg).collect();
        live.client.execute(statement, &args).await
    });
    for done in join_all(sent).await {
        done?;
    }
    Ok(())
}
