//! Whether what an earlier run wrote as JSON is of the version that this one writes, and what to say where it is not.

use serde::Deserialize;

#[derive(Deserialize)]
struct Versioned {
    schema_version: u32,
}

/// Checks that `text`, out of a file called `file`, is of version `ours`; `what` is what it should be, such as
/// `a report`.
///
/// # Errors
/// A sentence without its full stop: what is wrong with the file, and what to do.
pub fn check(file: &str, text: &str, what: &str, ours: u32) -> Result<(), String> {
    match serde_json::from_str::<Versioned>(text).map(|version| version.schema_version) {
        Ok(theirs) if theirs == ours => Ok(()),
        Ok(theirs) if theirs > ours => Err(format!(
            "{file} is of version {theirs}, and this program writes version {ours}; install the newer runhip that wrote it"
        )),
        Ok(theirs) => Err(format!(
            "{file} is of version {theirs}, and this program writes version {ours}; nothing to do, from the next day on \
             there is one to compare with"
        )),
        Err(_) => Err(unreadable(file, what)),
    }
}

/// That a file of the right name is not what it should be.
#[must_use]
pub fn unreadable(file: &str, what: &str) -> String {
    format!("{file} is not {what} that can be read; delete it, or put it back from a copy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_version_passes_and_every_other_says_what_to_do() {
        let of = |text| check("a.json", text, "a report", 3);
        assert_eq!(of("{\"schema_version\": 3, \"more\": []}"), Ok(()));
        assert!(
            of("{\"schema_version\": 4}").is_err_and(|why| why.ends_with("; install the newer runhip that wrote it"))
        );
        assert!(
            of("{\"schema_version\": 2}")
                .is_err_and(|why| why.contains("is of version 2") && why.contains("nothing to do"))
        );
        for text in ["", "{}", "{\"schema_version\": \"3\"}", "{\"schema_version\": -1}", "{\"schema_version\": 3"] {
            assert_eq!(of(text), Err(unreadable("a.json", "a report")), "{text}");
        }
    }
}
