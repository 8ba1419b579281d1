//! Reads from the beginning of a written report whom it is about.

use std::fmt;
use std::io::Read;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

/// What the report's athlete is known by; `None` if the report does not say, or is no report.
pub fn read(report: impl Read) -> Option<String> {
    let mut found = None;
    // The rest of the report stays unread, which the parser counts as an error.
    let _ = serde_json::Deserializer::from_reader(report).deserialize_map(Beginning(&mut found));
    found
}

struct Beginning<'a>(&'a mut Option<String>);

#[derive(serde::Deserialize)]
struct Athlete {
    known_by: Option<String>,
}

impl<'de> Visitor<'de> for Beginning<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a report")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "athlete" {
                *self.0 = map.next_value::<Athlete>()?.known_by;
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{fixtures, json};

    #[test]
    fn the_beginning_of_a_report_says_whose_it_is() {
        let mut report = fixtures::warning();
        report.athlete.known_by = Some("ada \"é\"".to_owned());
        let text = json::render(&report);
        assert_eq!(read(text.as_bytes()).as_deref(), Some("ada \"é\""));
        let runs = text.find("\"runs\": [").expect("runs");
        assert_eq!(read(&text.as_bytes()[..runs]).as_deref(), Some("ada \"é\""), "no more is read");
        for text in ["", "[1]", "{\"athlete\": {\"name\": \"ada\"}}", "{\"athlete\": 3}", "{\"athletes\": []}"] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
