//! Checks that JSON from an earlier run has the version that this program writes, and says what to do where it has
//! not.

use serde::Deserialize;

use crate::error::Error;

#[derive(Deserialize)]
struct VersionHeader {
    schema_version: u32,
}

/// Checks that `text`, from a file called `file`, has version `ours`; `what` says what it should be, such as `a
/// report`.
///
/// # Errors
/// What is wrong with the file, and what to do.
pub fn check(file: &str, text: &str, what: &'static str, ours: u32) -> Result<(), Error> {
    let file = file.to_owned();
    match serde_json::from_str::<VersionHeader>(text).map(|version| version.schema_version) {
        Ok(theirs) if theirs == ours => Ok(()),
        Ok(theirs) if theirs > ours => Err(Error::EarlierTooNew { file, theirs, ours }),
        Ok(theirs) => Err(Error::EarlierTooOld { file, theirs, ours }),
        Err(_) => Err(Error::NotEarlier { file, what }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_version_passes_and_every_other_says_what_to_do() {
        let of = |text| check("a.json", text, "a report", 3);
        assert_eq!(of("{\"schema_version\": 3, \"more\": []}"), Ok(()));
        assert!(of("{\"schema_version\": 4}").is_err_and(|why| {
            why.to_string()
                == "a.json is of version 4, and this program writes version 3; install the newer runhip that wrote it"
        }));
        assert!(of("{\"schema_version\": 2}").is_err_and(|why| {
            why.to_string()
                == "a.json is of version 2, and this program writes version 3; nothing to do, from the next day on there \
                    is one to compare with"
        }));
        for text in ["", "{}", "{\"schema_version\": \"3\"}", "{\"schema_version\": -1}", "{\"schema_version\": 3"] {
            let why = of(text).expect_err(text);
            assert_eq!(why, Error::NotEarlier { file: "a.json".to_owned(), what: "a report" });
            assert_eq!(
                why.to_string(),
                "a.json is not a report that can be read; delete it, or put it back from a copy"
            );
        }
    }
}
