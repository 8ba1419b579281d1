//! The labelled notes as tests: how well readings agree with the labels. Holds no rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::read;
use crate::model::note::Given;
use crate::model::reading::{Reading, name_of};

const DEV: &str = include_str!("notes_dev.tsv");
const MORE: &str = include_str!("notes_more.tsv");
// Held-out notes. What the reading made of each batch before anything was mended for it is kept here, for it says more of
// notes yet to come than the figures the tests print now:
//
//              notes  hip F1   side  severity  region  qualities F1  recall P0-P1  recall  precision
// unseen         309   0.957  0.886     0.955   0.925         0.949         0.897   0.857      0.891
// second         147   0.938  0.870     0.939   0.870         0.942         0.710   0.684      0.907  (before the first was mended)
// second         147   0.972  0.917     0.973   0.926         0.972         1.000   0.912      0.881  (after)
// third          107   0.933  0.884     0.991   0.884         0.916         0.674   0.691      0.839  (hard: mostly signs)
// fourth          76   0.921  0.864     0.987   0.879         0.871         0.721   0.707      0.820  (hard: mostly signs)
// fifth          200   0.976  0.905     0.980   0.959         0.911         0.558   0.504      0.938  (indirect on purpose)
// sixth          150   0.988  0.967     0.980   0.967         0.989         0.914   0.914      0.970  (before the fifth was mended)
// sixth          150   0.992  0.975     0.980   0.975         0.989         0.957   0.943      0.980  (after)
// seventh        150   0.988  0.976     0.993   0.951         0.971         0.959   0.936      0.990
// eighth         170   0.980  0.973     0.988   0.980         0.963         0.979   0.861      0.907  (signs beside other talk)
// ninth          150   0.996  0.992     0.987   0.992         0.985         0.980   0.912      0.901
//
// Of the phrases in `sign_phrases.tsv` that say an urgent sign, a half not yet looked at: 0.937 were read, and 0.949 once the
// other half was mended.
//
// Of thirty more notes, each with a sign for now or today and read once, 20 raised it, 6 were held back as not understood,
// and 4 were passed over.

/// Written and labelled without a look at the lexicon.
const UNSEEN: &str = include_str!("notes_unseen.tsv");
/// A second such batch.
const UNSEEN_SECOND: &str = include_str!("notes_unseen_second.tsv");
/// A third and a fourth, mostly of warning signs, each written after the language had been mended from those before.
const UNSEEN_THIRD: &str = include_str!("notes_unseen_third.tsv");
const UNSEEN_FOURTH: &str = include_str!("notes_unseen_fourth.tsv");
/// A fifth, worded as indirectly as its writer could.
const UNSEEN_FIFTH: &str = include_str!("notes_unseen_fifth.tsv");
/// A sixth, of the kind of the first table.
const UNSEEN_SIXTH: &str = include_str!("notes_unseen_sixth.tsv");
/// A seventh, likewise.
const UNSEEN_SEVENTH: &str = include_str!("notes_unseen_seventh.tsv");
/// An eighth, half of its signs beside talk of other things.
const UNSEEN_EIGHTH: &str = include_str!("notes_unseen_eighth.tsv");
/// A ninth, of the kind of the first table.
const UNSEEN_NINTH: &str = include_str!("notes_unseen_ninth.tsv");
/// Ways to say a sign, and near-misses.
const PHRASES: &str = include_str!("sign_phrases.tsv");

fn plain(text: &str) -> Reading {
    read(text, &Given::default(), false)
}

fn set(column: &str) -> BTreeSet<String> {
    column.split(',').filter(|name| *name != "-").map(str::to_owned).collect()
}

fn names<T: serde::Serialize>(values: &BTreeSet<T>) -> BTreeSet<String> {
    values.iter().map(name_of).collect()
}

#[derive(Default)]
struct Tally {
    both: usize,
    label_only: usize,
    reading_only: usize,
}

impl Tally {
    fn add(&mut self, label: &BTreeSet<String>, reading: &BTreeSet<String>) {
        self.both += label.intersection(reading).count();
        self.label_only += label.difference(reading).count();
        self.reading_only += reading.difference(label).count();
    }

    fn recall(&self) -> f64 {
        share(self.both, self.both + self.label_only)
    }

    fn precision(&self) -> f64 {
        share(self.both, self.both + self.reading_only)
    }

    fn f1(&self) -> f64 {
        share(2 * self.both, 2 * self.both + self.label_only + self.reading_only)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

const URGENT: [&str; 8] =
    ["bowel-bladder", "saddle-numbness", "weakness", "trauma", "cannot-bear-weight", "pop", "fever", "skin-colour"];

const NAMES: [&str; 8] =
    ["hip F1", "side", "severity", "region", "qualities F1", "flags recall P0-P1", "flags recall", "flags precision"];

/// What is asked of notes as runners write them.
const BOUNDS: [f64; 8] = [0.97, 0.93, 0.93, 0.93, 0.90, 1.0, 0.97, 0.93];

/// Of notes worded as indirectly as can be.
const BOUNDS_INDIRECT: [f64; 8] = [0.97, 0.93, 0.93, 0.93, 0.90, 0.95, 0.90, 0.93];

/// Compares readings with labels; asserts the bounds and returns the table as text.
fn measure(rows: &str, bounds: [f64; 8]) -> (String, bool) {
    let (mut hip, mut qualities, mut flags, mut urgent) =
        (Tally::default(), Tally::default(), Tally::default(), Tally::default());
    let (mut count, mut painful, mut sides, mut regions, mut severities) = (0, 0, 0, 0, 0);
    let mut misses = String::new();
    let mut by_flag: BTreeMap<String, Tally> = BTreeMap::new();
    let data = rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    for row in data.skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [text, label_hip, side, severity, region, label_qualities, label_flags] = columns[..] else {
            panic!("not seven columns: {row}")
        };
        let reading = plain(text);
        count += 1;
        let yes = |yes: bool| if yes { set("y") } else { set("-") };
        hip.add(&yes(label_hip == "y"), &yes(reading.hip));
        let read_side = reading.side.map_or("-".to_owned(), |side| name_of(&side));
        let read_region = reading.region.map_or("-".to_owned(), |region| name_of(&region));
        let read_severity = reading.severity.map_or("-".to_owned(), |severity| severity.to_string());
        let right = |hits: &mut usize, label: &str, found: &str| *hits += usize::from(label == found);
        right(&mut severities, severity, &read_severity);
        if label_hip == "y" {
            painful += 1;
            right(&mut sides, side, &read_side);
            right(&mut regions, region, &read_region);
        }
        let read_qualities = names(&reading.qualities);
        qualities.add(&set(label_qualities), &read_qualities);
        let mut read_flags = names(&reading.red_flags);
        // The labels of the first table know no saddle numbness.
        if !label_flags.contains("saddle") {
            read_flags.remove("saddle-numbness");
        }
        flags.add(&set(label_flags), &read_flags);
        for flag in set(label_flags).union(&read_flags) {
            let only = |names: &BTreeSet<String>| names.iter().filter(|name| *name == flag).cloned().collect();
            by_flag.entry(flag.clone()).or_default().add(&only(&set(label_flags)), &only(&read_flags));
        }
        let only_urgent = |names: &BTreeSet<String>| {
            names.iter().filter(|name| URGENT.contains(&name.as_str())).cloned().collect::<BTreeSet<_>>()
        };
        urgent.add(&only_urgent(&set(label_flags)), &only_urgent(&read_flags));
        let agree = (label_hip == "y") == reading.hip
            && side == read_side
            && severity == read_severity
            && region == read_region
            && set(label_qualities) == read_qualities
            && set(label_flags) == read_flags
            && reading.understood;
        if !agree {
            let _ = writeln!(
                misses,
                "{row}\n    read {} {read_side} {read_severity} {read_region} {read_qualities:?} {read_flags:?} understood {}",
                reading.hip, reading.understood
            );
        }
    }
    let measured = [
        hip.f1(),
        share(sides, painful),
        share(severities, count),
        share(regions, painful),
        qualities.f1(),
        urgent.recall(),
        flags.recall(),
        flags.precision(),
    ];
    let mut table = format!("{misses}{count} notes\n");
    let mut held = true;
    for ((name, value), bound) in NAMES.into_iter().zip(measured).zip(bounds) {
        let _ = writeln!(table, "{name:20} {value:.3} (at least {bound})");
        held &= value >= bound;
    }
    for (flag, tally) in by_flag {
        let (labelled, read) = (tally.both + tally.label_only, tally.both + tally.reading_only);
        let _ = writeln!(
            table,
            "{flag:24} labelled {labelled:2}, missed {}, wrongly read {} of {read}",
            tally.label_only, tally.reading_only
        );
    }
    (table, held)
}

fn held(rows: &str, bounds: [f64; 8]) {
    let (table, held) = measure(rows, bounds);
    println!("{table}");
    assert!(held, "{table}");
}

#[test]
fn readings_of_the_labelled_notes_stay_within_the_bounds() {
    held(DEV, BOUNDS);
}

#[test]
fn readings_of_further_notes_stay_within_the_bounds() {
    held(MORE, BOUNDS);
}

#[test]
fn readings_of_unseen_notes_stay_within_the_bounds() {
    held(UNSEEN, BOUNDS);
    held(UNSEEN_SECOND, BOUNDS);
}

#[test]
fn readings_of_unseen_warning_signs_stay_within_the_bounds() {
    held(UNSEEN_THIRD, BOUNDS);
    held(UNSEEN_FOURTH, BOUNDS);
}

#[test]
fn readings_of_the_later_batches_stay_within_the_bounds() {
    held(UNSEEN_FIFTH, BOUNDS_INDIRECT);
    held(UNSEEN_SIXTH, BOUNDS);
    held(UNSEEN_SEVENTH, BOUNDS);
    held(UNSEEN_EIGHTH, BOUNDS);
    held(UNSEEN_NINTH, BOUNDS);
}

#[test]
fn the_usual_ways_to_say_an_urgent_sign_are_read_and_near_misses_are_not() {
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for row in PHRASES.lines().filter(|row| !row.starts_with('#')) {
        let (flag, phrase) = row.split_once('\t').unwrap_or_else(|| panic!("not two columns: {row}"));
        let flags = names(&plain(&format!("left hip 4/10. {phrase}")).red_flags);
        let read = flags.contains(flag.trim_start_matches("not:"));
        let right = read != flag.starts_with("not:");
        let (all, hits) = tally.entry(flag).or_default();
        *all += 1;
        *hits += usize::from(right);
        if !right {
            let _ = writeln!(wrong, "{row}");
        }
    }
    assert_eq!(tally.len(), 14, "seven signs, each with its near-misses");
    for (flag, (all, hits)) in tally {
        let bound = if flag.starts_with("not:") { 0.92 } else { 0.95 };
        println!("{flag:24} {hits} of {all}");
        assert!(all >= 30 && share(hits, all) >= bound, "{flag}: {hits} of {all}\n{wrong}");
    }
}

#[test]
fn a_hip_that_is_labelled_painful_is_read_or_said_to_be_not_understood() {
    for rows in [
        DEV,
        MORE,
        UNSEEN,
        UNSEEN_SECOND,
        UNSEEN_THIRD,
        UNSEEN_FOURTH,
        UNSEEN_FIFTH,
        UNSEEN_SIXTH,
        UNSEEN_SEVENTH,
        UNSEEN_EIGHTH,
        UNSEEN_NINTH,
    ] {
        for row in rows.lines().filter(|row| !row.starts_with('#')).skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            if columns.get(1) == Some(&"y") {
                let reading = plain(columns[0]);
                assert!(reading.hip || !reading.understood, "passed over: {row}");
            }
        }
    }
}
