//! The name of an account, as its holder types it.

use newsroom::discussion::name::clean_line;

/// Longest name, in characters: as long as a reader's may be.
const LONGEST: usize = 60;

/// The name in one clean line, or why it will not do, in words.
pub fn fit_name(typed: &str) -> Result<String, String> {
    let start: String = typed.chars().take(1_000).collect();
    let name = clean_line(&start);
    match name.chars().count() {
        0 => Err("A name is needed.".into()),
        has if has > LONGEST => Err(format!("The name has {has} characters; {LONGEST} at most.")),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::fit_name;

    #[test]
    fn one_clean_line() {
        assert_eq!(fit_name("  Ilse\u{202e} \t Brandt\n"), Ok("Ilse Brandt".into()));
        assert!(fit_name(" \u{200b} ").is_err());
        assert!(fit_name(&"x".repeat(61)).is_err_and(|why| why.contains("61 characters")));
    }
}
