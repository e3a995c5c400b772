//! Group commit on PostgreSQL: whatever is waiting becomes one statement over arrays, in one transaction.

use super::{
    BATCH, OnCommit,
    postgres::{Line, Live, prepared, sent},
};
use crate::{
    args,
    comment::{
        post::{self, Batch, Columns, NewComment, Posted},
        print,
    },
    error::{Error, Result},
    write::{Expect, Step},
};
use newsroom::touch::{self, Touch};
use std::{collections::HashSet, sync::Arc};
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::types::{ToSql, Type};

type Waiting = mpsc::Receiver<(NewComment, oneshot::Sender<Result<Posted>>)>;

pub(crate) async fn run(line: Arc<Line>, mut waiting: Waiting, node: i64, on_commit: OnCommit) {
    while let Some(first) = waiting.recv().await {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        let (comments, replies): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        match turn(&line, comments, node).await {
            Ok((fates, touches)) => {
                if !touches.is_empty() {
                    on_commit(&touches);
                }
                replies.into_iter().zip(fates).for_each(|(reply, fate)| drop(reply.send(Ok(fate))));
            }
            Err(e) => {
                replies.into_iter().for_each(|reply| drop(reply.send(Err(Error::Busy(e.to_string())))));
            }
        }
    }
}

async fn turn(line: &Line, comments: Vec<NewComment>, node: i64) -> Result<(Vec<Posted>, Vec<Touch>)> {
    let live = line.live().await?;
    let done = write(&live, comments, node).await;
    if done.is_err() {
        live.client.batch_execute("ROLLBACK").await?;
    }
    done
}

async fn write(live: &Live, comments: Vec<NewComment>, node: i64) -> Result<(Vec<Posted>, Vec<Touch>)> {
    // Where nothing need be asked first, BEGIN travels with all the rest: one way there and back for a batch.
    let asks = comments.iter().any(|c| c.digest.is_some() || c.reader.is_some() || c.parent.is_some());
    if asks {
        live.client.batch_execute("BEGIN").await?;
    }
    let (fresh, living, closed) = futures_util::future::try_join3(
        fresh(live, &comments),
        living(live, &comments),
        closed(live, &comments),
    )
    .await?;
    let mut group = Batch::default();
    let mut columns = Columns::default();
    let mut unsaid = Vec::new();
    for comment in comments {
        let new = |group: &mut Batch| match comment.digest {
            Some(digest) => group.first_of(comment.story, digest) && fresh.contains(&(comment.story, digest)),
            None => true,
        };
        let fate = match comment.reader {
            Some(reader) if !living.contains(&reader) => Posted::Ended,
            _ if comment.parent.is_some() && closed.contains(&comment.root) => Posted::Closed,
            _ if new(&mut group) => Posted::Kept,
            _ => Posted::SaidBefore,
        };
        group.add(&comment, fate);
        if let (Posted::Closed | Posted::Ended, Some(digest)) = (fate, comment.digest) {
            unsaid.push((comment.story, digest));
        }
        if fate == Posted::Kept {
            columns.add(comment);
        }
    }
    let touches: Vec<Touch> = group.touches().collect();
    let mut steps = group.counters().unwrap_or_default().steps;
    // Noted as said by `fresh`, and not said by anybody else of this batch.
    for (story, digest) in unsaid {
        if fresh.contains(&(story, digest)) && group.first_of(story, digest) {
            steps.push(Step { sql: post::FORGET, args: args![story, digest], expect: Expect::Anything });
        }
    }
    if !touches.is_empty() {
        let args = args![node, crate::changes::now(), touch::render(&touches)];
        steps.push(Step { sql: post::CHANGE, args, expect: Expect::Anything });
    }
    steps.push(Step { sql: "COMMIT", args: vec![], expect: Expect::Anything });
    let begin =
        if asks { vec![] } else { vec![Step { sql: "BEGIN", args: vec![], expect: Expect::Anything }] };
    let insert = insert(live, &columns).await?;
    let beside = live.typed(print::INSERT_MANY, &vec![Type::INT8_ARRAY; 9]).await?;
    let begin = prepared(live, &begin).await?;
    let rest = prepared(live, &steps).await?;
    // Polled in this order, so sent in this order.
    let sent = futures_util::future::join4(
        sent(live, &begin),
        insert.run(),
        prints(live, beside, &columns.prints),
        sent(live, &rest),
    );
    let (begun, inserted, printed, done) = sent.await;
    begun.and(inserted).and(printed).and(done)?;
    Ok((group.fates, touches))
}

/// The (story, digest) pairs that may be said now.
async fn fresh(live: &Live, comments: &[NewComment]) -> Result<HashSet<(i64, i64)>> {
    let mut seen = HashSet::new();
    let (mut stories, mut digests, mut times) = (Vec::new(), Vec::new(), Vec::new());
    let mut again_after = 0;
    for c in comments {
        if let Some(digest) = c.digest
            && seen.insert((c.story, digest))
        {
            stories.push(c.story);
            digests.push(digest);
            times.push(c.at.0);
            again_after = c.again_after.0;
        }
    }
    if stories.is_empty() {
        return Ok(seen);
    }
    let types = [Type::INT8_ARRAY, Type::INT8_ARRAY, Type::INT8_ARRAY, Type::INT8];
    let statement = live.typed(post::RECENT_MANY, &types).await?;
    let rows = live.client.query(&statement, &[&stories, &digests, &times, &again_after]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// The accounts among them that have not ended, kept from ending until these are written.
async fn living(live: &Live, comments: &[NewComment]) -> Result<HashSet<i64>> {
    let readers: Vec<i64> = comments.iter().filter_map(|c| c.reader).collect();
    if readers.is_empty() {
        return Ok(HashSet::new());
    }
    let statement = live.typed(post::LIVE_MANY, &[Type::INT8_ARRAY]).await?;
    let rows = live.client.query(&statement, &[&readers]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// The closed threads among those that they answer in; none is closed or opened until these are written.
async fn closed(live: &Live, comments: &[NewComment]) -> Result<HashSet<i64>> {
    let roots: Vec<i64> = comments.iter().filter(|c| c.parent.is_some()).map(|c| c.root).collect();
    if roots.is_empty() {
        return Ok(HashSet::new());
    }
    let statement = live.typed(post::THREADS, &[Type::INT8_ARRAY]).await?;
    let rows = live.client.query(&statement, &[&roots]).await?;
    let mut closed = HashSet::new();
    for row in &rows {
        if row.try_get::<_, i64>(1)? != 0 {
            closed.insert(row.try_get(0)?);
        }
    }
    Ok(closed)
}

struct Insert<'a> {
    live: &'a Live,
    statement: tokio_postgres::Statement,
    columns: &'a Columns,
}

async fn insert<'a>(live: &'a Live, columns: &'a Columns) -> Result<Insert<'a>> {
    let mut types = vec![Type::INT8_ARRAY; 7];
    types.extend(vec![Type::TEXT_ARRAY; 4]);
    types.extend([Type::INT8_ARRAY, Type::TEXT_ARRAY, Type::TEXT_ARRAY]);
    Ok(Insert { live, statement: live.typed(post::INSERT_MANY, &types).await?, columns })
}

/// Where they came from, in rows of their own.
async fn prints(live: &Live, beside: tokio_postgres::Statement, columns: &[Vec<i64>; 9]) -> Result<()> {
    if columns[0].is_empty() {
        return Ok(());
    }
    let columns: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|c| c as &(dyn ToSql + Sync)).collect();
    live.client.execute(&beside, &columns).await?;
    Ok(())
}

impl Insert<'_> {
    async fn run(&self) -> Result<()> {
        let Columns { ints, parents, texts, held_why, risks, .. } = self.columns;
        let [id, story, root, listed, at, staff, rank] = ints;
        let [state, name, network, text] = texts;
        if id.is_empty() {
            return Ok(());
        }
        self.live
            .client
            .execute(
                &self.statement,
                &[
                    id, story, root, listed, at, staff, rank, state, name, network, text, parents, held_why,
                    risks,
                ],
            )
            .await?;
        Ok(())
    }
}
