//! Group commit: one thread that makes one transaction of whatever is waiting, and answers after it is
//! durable. At 32 writers that is some six times what a commit for each would be.

use super::{BATCH, OnCommit, QUEUE, sqlite::PATIENCE};
use crate::{
    comment::{
        post::{self, Batch, NewComment, Posted},
        print,
    },
    error::{Error, Result},
    write::{Outcome, Write},
};
use newsroom::touch::{self, Touch};
use rusqlite::{Connection, params_from_iter};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

type Reply<T> = oneshot::Sender<Result<T>>;

enum Order {
    Write(Write, Reply<Outcome>),
    /// Boxed, for it is many times as large as the rest.
    Post(Box<NewComment>, Reply<Posted>),
    EmptyLog(Reply<bool>),
}

pub(crate) struct Writer {
    queue: Option<mpsc::Sender<Order>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub fn start(db: Connection, node: i64, on_commit: OnCommit) -> Result<Writer> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || run(&db, waiting, node, &on_commit))?;
        Ok(Writer { queue: Some(queue), thread: Some(thread) })
    }

    pub async fn commit(&self, write: Write) -> Result<Outcome> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::Write(write, reply))?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    pub async fn post(&self, comment: NewComment) -> Result<Posted> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::Post(Box::new(comment), reply))?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// All of the log into the file, and nothing left in it; `false` where somebody reads what is only there.
    pub async fn empty_log(&self) -> Result<bool> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::EmptyLog(reply))?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    fn send(&self, order: Order) -> Result<()> {
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.try_send(order).map_err(|e| match e {
            mpsc::error::TrySendError::Full(_) => {
                Error::Busy("more changes are waiting than can be written".into())
            }
            mpsc::error::TrySendError::Closed(_) => stopped(),
        })
    }
}

impl Drop for Writer {
    /// What was accepted is written before the program ends.
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn stopped() -> Error {
    Error::Busy("the database's writer has stopped".into())
}

fn run(db: &Connection, mut waiting: mpsc::Receiver<Order>, node: i64, on_commit: &OnCommit) {
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        turn(db, batch, node, on_commit);
    }
    // A file that was closed in order needs no recovery at the next start.
    let _ = db.execute_batch("PRAGMA optimize");
    let _ = empty_log(db);
}

/// As long as this those who read for a moment are waited for when the log is emptied: whoever writes waits, too.
const MOMENT: Duration = Duration::from_millis(50);

fn empty_log(db: &Connection) -> Result<bool> {
    db.busy_timeout(MOMENT)?;
    let busy = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    db.busy_timeout(PATIENCE)?;
    Ok(!busy?)
}

/// One transaction: every write by itself (its failure undoes only itself), then all posts together.
fn turn(db: &Connection, batch: Vec<Order>, node: i64, on_commit: &OnCommit) {
    let mut writes = Vec::new();
    let mut posts = Vec::new();
    let mut logs = Vec::new();
    for order in batch {
        match order {
            Order::Write(write, reply) => writes.push((write, reply)),
            Order::Post(comment, reply) => posts.push((comment, reply)),
            Order::EmptyLog(reply) => logs.push(reply),
        }
    }
    let mut touches: Vec<Touch> = Vec::new();
    let done = transaction(db, |db| {
        let mut outcomes = Vec::with_capacity(writes.len());
        for (write, _) in &writes {
            let outcome = within_savepoint(db, write);
            if db.is_autocommit() {
                // A full disk undoes the whole transaction behind our back.
                return Err(outcome.err().unwrap_or_else(stopped));
            }
            if outcome.is_ok() {
                for touch in &write.touches {
                    if !touches.contains(touch) {
                        touches.push(touch.clone());
                    }
                }
            }
            outcomes.push(outcome);
        }
        let mut group = Batch::default();
        for (comment, _) in &posts {
            let fate = if !lives(db, comment)? {
                Posted::Ended
            } else if in_closed(db, comment)? {
                Posted::Closed
            } else if said_before(db, comment, &mut group)? {
                Posted::SaidBefore
            } else {
                insert(db, comment)?;
                Posted::Kept
            };
            group.add(comment, fate);
        }
        if let Some(write) = group.counters() {
            apply(db, &write)?;
        }
        touches.extend(group.touches().filter(|t| !touches.contains(t)).collect::<Vec<_>>());
        if !touches.is_empty() {
            db.prepare_cached(post::CHANGE)?.execute((
                node,
                crate::changes::now(),
                touch::render(&touches),
            ))?;
        }
        Ok((outcomes, group.fates))
    });
    match done {
        Ok((outcomes, fates)) => {
            if !touches.is_empty() {
                on_commit(&touches);
            }
            for ((_, reply), outcome) in writes.into_iter().zip(outcomes) {
                let _ = reply.send(outcome);
            }
            for ((_, reply), fate) in posts.into_iter().zip(fates) {
                let _ = reply.send(Ok(fate));
            }
        }
        Err(e) => {
            let again = || Error::Busy(e.to_string());
            writes.into_iter().for_each(|(_, reply)| drop(reply.send(Err(again()))));
            posts.into_iter().for_each(|(_, reply)| drop(reply.send(Err(again()))));
        }
    }
    for reply in logs {
        let _ = reply.send(empty_log(db));
    }
}

fn transaction<T>(db: &Connection, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let done = act(db).and_then(|out| {
        db.prepare_cached("COMMIT")?.execute([])?;
        Ok(out)
    });
    if done.is_err() && !db.is_autocommit() {
        let _ = db.execute_batch("ROLLBACK");
    }
    done
}

fn within_savepoint(db: &Connection, write: &Write) -> Result<Outcome> {
    db.prepare_cached("SAVEPOINT one")?.execute([])?;
    let outcome = apply(db, write);
    if outcome.is_err() && !db.is_autocommit() {
        db.prepare_cached("ROLLBACK TO one")?.execute([])?;
    }
    if !db.is_autocommit() {
        db.prepare_cached("RELEASE one")?.execute([])?;
    }
    outcome
}

fn apply(db: &Connection, write: &Write) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for step in &write.steps {
        let mut statement = db.prepare_cached(step.sql)?;
        let (rows, returned) = if statement.column_count() == 0 {
            (statement.execute(params_from_iter(&step.args))? as u64, None)
        } else {
            let mut rows = statement.query(params_from_iter(&step.args))?;
            let (mut count, mut first) = (0, None);
            while let Some(row) = rows.next()? {
                if count == 0 {
                    first = row.get::<_, Option<i64>>(0)?;
                }
                count += 1;
            }
            (count, first)
        };
        step.judge(rows)?;
        outcome.rows.push(rows);
        outcome.returned.push(returned);
    }
    Ok(outcome)
}

fn said_before(db: &Connection, comment: &NewComment, group: &mut Batch) -> Result<bool> {
    let Some(digest) = comment.digest else { return Ok(false) };
    if !group.first_of(comment.story, digest) {
        return Ok(true);
    }
    let mut statement = db.prepare_cached(post::RECENT)?;
    Ok(statement.execute((comment.story, digest, comment.at.0, comment.again_after.0))? == 0)
}

/// Whether the account that it is written from, if it is, has not ended.
fn lives(db: &Connection, comment: &NewComment) -> Result<bool> {
    match comment.reader {
        Some(reader) => Ok(db.prepare_cached(post::LIVES)?.exists([reader])?),
        None => Ok(true),
    }
}

fn in_closed(db: &Connection, comment: &NewComment) -> Result<bool> {
    match comment.parent {
        Some(_) => Ok(db.prepare_cached(post::CLOSED)?.exists([comment.root])?),
        None => Ok(false),
    }
}

fn insert(db: &Connection, c: &NewComment) -> Result<()> {
    db.prepare_cached(post::INSERT)?.execute(rusqlite::params![
        c.id,
        c.story,
        c.root,
        c.parent,
        c.state.as_str(),
        c.listed(),
        c.at.0,
        c.name,
        c.network,
        c.text,
        c.staff,
        c.held_why,
        c.risks,
        c.rank,
    ])?;
    if let Some(prints) = &c.prints {
        let row = prints.row(c.id, c.at);
        db.prepare_cached(print::INSERT)?.execute(params_from_iter(row))?;
    }
    Ok(())
}
