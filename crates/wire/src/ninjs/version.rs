//! Which ninjs it is: by what it says of itself, or by its shape.

use super::{Fields, Malformed};
use crate::plain_text::shown;

/// 3 differs from 2 only in the case of its names, which both may have in either, and in plans and events,
/// which are refused: one reader serves both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Major {
    One,
    Two,
}

pub(super) fn of(fields: &Fields<'_>) -> Result<Major, Malformed> {
    let names = ["standard", "$standard"];
    if let Some(standard) = fields.object(&names)? {
        let version = standard.words(&["version"])?;
        let schema = standard.text(&["schema"])?;
        let named = schema
            .rsplit_once("schema_")
            .map(|(_, rest)| rest.trim_end_matches('#').trim_end_matches(".json"));
        let said = if version.is_empty() { named.unwrap_or_default() } else { version };
        match said.split('.').next() {
            Some("1") => return Ok(Major::One),
            Some("2" | "3") => return Ok(Major::Two),
            Some("") | None => {}
            Some(_) => {
                let what = format!("{} is not read here; 1.0 to 3.1 are", shown(said));
                let name = if version.is_empty() { "schema" } else { "version" };
                return Err(standard.fault(name, what));
            }
        }
    }
    let lists =
        ["headlines", "bodies", "descriptions", "subjects", "infosources", "infoSources", "genres", "people"];
    let has_list = fields.has_any(&lists) || fields.is_array("associations") || fields.is_array("renditions");
    let later = has_list || fields.has_any(&["by", "standard", "versionCreated", "pubStatus", "altIds"]);
    Ok(if later { Major::Two } else { Major::One })
}
