//! The text of the made-up athlete's journal, in all the forms a journal may have.

use std::fmt::Write as _;

use super::story::{Place, PlannedNote};

/// The journal with all its notes, by date.
#[must_use]
pub fn journal(notes: &[PlannedNote]) -> String {
    let mut text = String::new();
    for note in notes {
        // Writing to a string cannot fail.
        let _ = match note.place {
            Place::Line => writeln!(text, "{}: {}", note.date, note.text),
            Place::Bullet => writeln!(text, "- {} {}", note.date, note.text),
            Place::Heading => writeln!(text, "\n## {}\n\n{}\n", note.date, note.text),
            Place::Run => Ok(()),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::ExpectedReading;

    #[test]
    fn each_shape_is_written_as_a_runner_would() {
        let note = |day, place, text| PlannedNote {
            date: chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap(),
            place,
            text,
            intended: ExpectedReading::default(),
        };
        let text = journal(&[
            note(4, Place::Line, "left hip 4/10"),
            note(5, Place::Bullet, "off (travel)"),
            note(6, Place::Heading, "rest\nslept well"),
            note(7, Place::Run, "not here"),
        ]);
        assert_eq!(
            text,
            "2026-03-04: left hip 4/10\n- 2026-03-05 off (travel)\n\n## 2026-03-06\n\nrest\nslept well\n\n"
        );
    }
}
