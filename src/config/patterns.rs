//! File patterns as `ignore` takes them, checked one by one and together.

use globset::{Glob, GlobBuilder, GlobSetBuilder};
use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};

/// A valid pattern; `*` does not cross a folder boundary.
///
/// # Errors
/// What is wrong with it. A pattern can be well-formed and still too large to compile, for instance with many nested
/// braces.
pub fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build()?;
    GlobSetBuilder::new().add(glob.clone()).build()?;
    Ok(glob)
}

/// The patterns as written, after checking each of them and all together.
pub(super) fn read(lines: &LineIndex, all: Vec<Spanned<String>>) -> Result<Vec<String>, ConfigError> {
    let mut set = GlobSetBuilder::new();
    let last = all.last().map(|pattern| lines.at(pattern.span().start));
    for pattern in &all {
        let written = pattern.get_ref();
        let refused = |why: globset::Error| {
            let what = format!("{} is not a file pattern: {}", beginning(written), why.kind());
            lines.error(pattern, what)
        };
        set.add(glob(written).map_err(refused)?);
    }
    set.build()
        .map_err(|why| ConfigError { line: last, what: format!("the patterns under ignore are too much: {why}") })?;
    Ok(all.into_iter().map(Spanned::into_inner).collect())
}

/// The beginning of a pattern, enough to find it.
fn beginning(pattern: &str) -> String {
    const SHOWN: usize = 60;
    match pattern.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("\"{}…\"", &pattern[..end]),
        None => format!("\"{pattern}\""),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_pattern_that_its_reader_refuses_is_told_with_its_line() {
        let braces = format!("{}a{}", "{b,".repeat(400), "}".repeat(400));
        for wrong in ["a{", &braces] {
            let text = format!("ignore = [\n  \"old/*.gpx\",\n  \"{wrong}\",\n]\n");
            let told = Config::parse(&text).unwrap_err().to_string();
            assert!(told.starts_with("3: ") && told.contains("is not a file pattern"), "{told}");
        }
    }
}
