//! The table of options as the configuration section of `--help` and as `docs/configuration.md`.

use super::{sources::variable, table::KNOWN};
use std::fmt::Write;

/// For the end of `dateline --help`.
pub fn help() -> String {
    let mut out = String::from(
        "Configuration: flags over DATELINE_* variables over dateline.toml in the data directory.\n",
    );
    for known in KNOWN {
        let _ = write!(
            out,
            "\n  {} ({})\n      {}",
            known.key,
            variable(known.key),
            known.about.replace('`', "")
        );
        if !known.default.is_empty() {
            let _ = write!(out, " Default: {}.", known.default);
        }
    }
    out
}

/// The whole text of `docs/configuration.md`.
pub fn reference() -> String {
    let mut out = String::from(
        "# Configuration\n\n\
         <!-- Made from crates/dateline/src/config/table.rs; `UPDATE_DOCS=1 cargo test -p dateline --test configuration` writes it anew. -->\n\n\
         Nothing needs to be configured. Every option may be given as a `DATELINE_*` variable or in `dateline.toml` in the\n\
         data directory; a variable wins over the file, and a flag (`--listen`, `--database`) over both. Names that are not\n\
         in this table are refused. In the file, `paper.name` is `name` under `[paper]`, and a list may be written as one:\n\
         `sections = [\"World\", \"Culture\"]`. In a variable, a list has commas between its parts. The data directory itself is\n\
         `--data` or `DATELINE_DATA`.\n\n\
         | option | variable | default | what it does |\n|---|---|---|---|\n",
    );
    for known in KNOWN {
        let default = if known.default.is_empty() { String::new() } else { format!("`{}`", known.default) };
        let _ =
            writeln!(out, "| `{}` | `{}` | {default} | {} |", known.key, variable(known.key), known.about);
    }
    out
}
