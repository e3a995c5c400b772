//! `tables/NAME.jsonl`: every row with its number, so that the paper can be made of it again.

use super::rows;
use crate::{cli::beside::failed, failure::Failure};
use serde_json::{Map, Value, json};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};
use store::{Store, tables};

/// Rows read at once; one may carry an item of many megabytes.
const AT_ONCE: u32 = 200;

/// Gives the number of rows of each table.
pub async fn write(store: &Store, to: &Path, keys: bool) -> Result<Map<String, Value>, Failure> {
    let mut counts = Map::new();
    for table in tables::all().iter().filter(|t| keys || !t.keys) {
        let path = to.join(format!("{}.jsonl", table.name));
        let cannot = |e: std::io::Error| Failure(format!("{}: {e}", path.display()));
        let mut file = BufWriter::new(File::create(&path).map_err(cannot)?);
        let (mut count, mut last, mut lines) = (0u64, None, String::new());
        loop {
            let some = store.rows(table, last.as_deref(), AT_ONCE, keys).await.map_err(failed)?;
            let Some(end) = some.last() else { break };
            lines.clear();
            some.iter().for_each(|row| rows::write(table, row, &mut lines));
            file.write_all(lines.as_bytes()).map_err(cannot)?;
            count += some.len() as u64;
            last = Some(end.clone());
        }
        file.flush().map_err(cannot)?;
        counts.insert(table.name.to_owned(), count.into());
    }
    Ok(counts)
}

/// Which tables are not in it, and why.
pub fn left_out(keys: bool) -> Value {
    let keyed =
        tables::all().iter().filter(|t| t.keys && !keys).map(|t| (t.name, "a key: --with-keys writes it"));
    tables::LEFT_OUT.iter().copied().chain(keyed).map(|(name, why)| (name.to_owned(), json!(why))).collect()
}
