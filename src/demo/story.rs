//! The made-up athlete's notes: their text, where each is written, and what it is meant to say. The plan includes the
//! intended reading, so that a test of the whole program does not have to interpret text.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::calendar;
use crate::model::reading::{Quality, Region, Side};
use crate::model::warning_sign::RedFlag;

/// Where a note is written, and in which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `2026-03-04: words` in the journal.
    Line,
    /// `- 2026-03-05 words` in the journal.
    Bullet,
    /// `## 2026-03-06` in the journal, with the text on the lines below it.
    Heading,
    /// The notes column of that day's last run.
    Run,
}

/// What a note is meant to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedReading {
    /// Whether the hip region hurts.
    pub hip: bool,
    /// The side; `None` if `hip` is false.
    pub side: Option<Side>,
    /// The region; `None` if `hip` is false.
    pub region: Option<Region>,
    /// The score of the hip pain.
    pub severity: Option<u8>,
    /// How the pain feels.
    pub qualities: BTreeSet<Quality>,
    /// Warning signs that the text itself asserts.
    pub flags: BTreeSet<RedFlag>,
    /// Whether hip pain is denied.
    pub denies: bool,
    /// Warning signs that are denied.
    pub denied_flags: BTreeSet<RedFlag>,
    /// Whether somebody was consulted about the hip.
    pub consultation: bool,
}

/// One note of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedNote {
    /// The day it is about.
    pub date: NaiveDate,
    /// Where it is written.
    pub place: Place,
    /// The text; lines are separated by `
    /// `.
    pub text: &'static str,
    /// Its intended reading.
    pub intended: ExpectedReading,
}

fn pain(side: Side, region: Region, severity: u8, qualities: &[Quality]) -> ExpectedReading {
    ExpectedReading {
        hip: true,
        side: Some(side),
        region: Some(region),
        severity: Some(severity),
        qualities: qualities.iter().copied().collect(),
        ..ExpectedReading::default()
    }
}

fn denial() -> ExpectedReading {
    ExpectedReading { denies: true, ..ExpectedReading::default() }
}

fn nothing() -> ExpectedReading {
    ExpectedReading::default()
}

/// The six episodes. Denials are on days without a run, so that the days in between are unambiguous.
fn episodes() -> Vec<(usize, usize, Place, &'static str, ExpectedReading)> {
    use Place::{Bullet, Heading, Line, Run};
    use Quality::{Ache, Dull, Sore, Tight};
    use Region::{Buttock, FrontGroin, General, Outer};
    use Side::{Left, Right, Unknown};

    let limping = RedFlag::CannotBearWeight;
    vec![
        (13, 2, Line, "left outer hip ache 3/10 at lunch", pain(Left, Outer, 3, &[Ache])),
        (13, 4, Bullet, "hip fine", denial()),
        (27, 2, Line, "right groin sore 3/10 in the evening", pain(Right, FrontGroin, 3, &[Sore])),
        (27, 4, Line, "right hip 0/10", ExpectedReading { severity: Some(0), ..denial() }),
        (35, 1, Line, "left glute tight 3/10", pain(Left, Buttock, 3, &[Tight])),
        (35, 3, Run, "left glute tight 3/10", pain(Left, Buttock, 3, &[Tight])),
        (35, 5, Bullet, "left glute tight 2/10", pain(Left, Buttock, 2, &[Tight])),
        (36, 0, Line, "hip fine", denial()),
        (53, 2, Line, "right outer hip, dull ache 2/10", pain(Right, Outer, 2, &[Ache, Dull])),
        (53, 4, Line, "hip fine, no pain", denial()),
        (54, 6, Run, "right outer hip ache 1/10", pain(Right, Outer, 1, &[Ache])),
        (55, 0, Bullet, "hip fine", denial()),
        (
            68,
            3,
            Line,
            "left hip 6/10 after the run, limping",
            ExpectedReading { flags: [limping].into(), ..pain(Left, General, 6, &[]) },
        ),
        (
            68,
            4,
            Heading,
            "left hip 5/10\nsaw the physio about the hip",
            ExpectedReading { consultation: true, ..pain(Left, General, 5, &[]) },
        ),
        (68, 6, Bullet, "hip sore 4/10", pain(Unknown, General, 4, &[Sore])),
        (
            69,
            1,
            Line,
            "left hip 3/10, no limp",
            ExpectedReading { denied_flags: [limping].into(), ..pain(Left, General, 3, &[]) },
        ),
        (70, 0, Heading, "hip fine, no pain", denial()),
        (103, 1, Line, "left outer hip ache 3/10 after the run", pain(Left, Outer, 3, &[Ache])),
        (103, 3, Bullet, "left outer hip ache 3/10", pain(Left, Outer, 3, &[Ache])),
        (103, 6, Line, "left outer hip ache 3/10", pain(Left, Outer, 3, &[Ache])),
    ]
}

/// Days off, other aches, and remarks on runs.
fn remarks() -> Vec<(usize, usize, Place, &'static str, ExpectedReading)> {
    use Place::{Bullet, Heading, Line, Run};
    vec![
        (5, 0, Bullet, "off (travel)", nothing()),
        (7, 6, Run, "hilly, felt strong", nothing()),
        (9, 4, Line, "rest", nothing()),
        (16, 4, Bullet, "off (family)", nothing()),
        (19, 0, Line, "sick", nothing()),
        (22, 2, Line, "left knee 3/10 on the way down", nothing()),
        (26, 6, Run, "longest in a while", nothing()),
        (30, 0, Line, "no hip pain", denial()),
        (45, 6, Run, "windy", nothing()),
        (46, 4, Bullet, "calf tight, hips fine", denial()),
        (58, 0, Bullet, "off (rest)", nothing()),
        (61, 4, Heading, "rest\nslept well, legs good", nothing()),
        (69, 4, Bullet, "off (rest)", nothing()),
        (70, 6, Bullet, "off (holiday)", nothing()),
        (79, 0, Line, "right calf sore 2/10", nothing()),
        (87, 4, Line, "no hip pain", denial()),
        (95, 0, Bullet, "off (travel)", nothing()),
        (101, 4, Line, "rest", nothing()),
    ]
}

/// Every note by date. No two are of the same day.
#[must_use]
pub fn notes() -> Vec<PlannedNote> {
    let mut notes: Vec<_> = episodes()
        .into_iter()
        .chain(remarks())
        .map(|(week, weekday, place, text, intended)| PlannedNote {
            date: calendar::day(week, weekday),
            place,
            text,
            intended,
        })
        .collect();
    notes.sort_by_key(|note| note.date);
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_notes_stand_on_one_day() {
        let notes = notes();
        assert!(notes.windows(2).all(|pair| pair[0].date < pair[1].date));
    }

    #[test]
    fn only_hip_pain_has_a_side_and_a_region() {
        for note in notes() {
            assert_eq!(note.intended.hip, note.intended.side.is_some(), "{}", note.date);
            assert_eq!(note.intended.hip, note.intended.region.is_some(), "{}", note.date);
            assert!(!(note.intended.hip && note.intended.denies), "{}", note.date);
        }
    }
}
