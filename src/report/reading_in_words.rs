//! The reading of a note in our own words, without any words of the note.

use super::wording;
use crate::model::reading::{Reading, Region, Timing, Tongue, name_of};

/// The pain that was read, such as `left hip, outer side, 4/10, ache, after a run`, or that there is none.
#[must_use]
pub fn pain(reading: &Reading) -> String {
    let mut read: Vec<String> = Vec::new();
    if reading.hip {
        read.push(reading.side.map_or("hip", wording::hip_short).to_owned());
        if let Some(region) = reading.region.filter(|region| *region != Region::General) {
            read.push(wording::region(region).to_owned());
        }
        if let Some(score) = reading.severity {
            read.push(format!("{}/10", wording::plain_number(score)));
        }
        read.extend(reading.qualities.iter().map(|quality| name_of(quality).to_owned()));
        read.extend(reading.timing.iter().map(|timing| when(*timing).to_owned()));
    } else if reading.denies_hip_pain {
        read.push("no hip pain".to_owned());
    } else if reading.understood {
        read.push("nothing about hip pain".to_owned());
    }
    if let Some(tongue) = reading.tongue {
        read.push(speaks_of(tongue));
    } else if !reading.understood {
        read.push("not all of it could be understood".to_owned());
    }
    read.join(", ")
}

/// The pain, the warning signs that the note asserts and those that it denies.
#[must_use]
pub fn in_words(reading: &Reading) -> String {
    let mut text = pain(reading);
    for (lead, flags) in [("signs", &reading.red_flags), ("said not to be there", &reading.denied_flags)] {
        if !flags.is_empty() {
            text.push_str(&format!("; {lead}: {}", wording::signs(flags)));
        }
    }
    if reading.consultation {
        text.push_str("; seen by a doctor or therapist");
    }
    text
}

/// Why a note that was not understood does not count.
#[must_use]
pub fn not_read(reading: &Reading) -> String {
    reading.tongue.map_or_else(|| "read it yourself".to_owned(), speaks_of)
}

fn speaks_of(tongue: Tongue) -> String {
    format!("speaks of {} in {}: not read", if tongue.hip { "the hip" } else { "pain" }, tongue.name)
}

fn when(timing: Timing) -> &'static str {
    match timing {
        Timing::DuringRun => "while running",
        Timing::AfterRun => "after a run",
        Timing::Lying => "lying on it",
        Timing::WeightBearing => "with weight on it",
        Timing::RestSitting => "at rest or sitting",
        Timing::Night => "at night",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::note::Given;
    use crate::pain::reading;

    fn words(note: &str) -> String {
        in_words(&reading::read_on(note, &Given::default(), false, None))
    }

    #[test]
    fn a_reading_is_told_without_a_word_of_the_note() {
        assert_eq!(
            words("left outer hip 4/10 after the long run with Zebedee"),
            "left hip, outer side, 4/10, after a run"
        );
        assert_eq!(words("hips fine in Auckland"), "no hip pain");
        assert!(words("right hip 8/10, limping, no fever").contains("; said not to be there: fever"));
        assert!(words("right hip 8/10, limping, no fever").contains("; signs: "));
        let two = words("right hip 8/10, limping, numb and tingling");
        assert!(
            two.contains("trouble standing on it, a limp, or a leg that looks wrong; numbness or tingling"),
            "{two}"
        );
    }
}
