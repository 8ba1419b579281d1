//! The labelled notes as tests: how well readings agree with the labels. Holds no rules.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::read;
use crate::model::note::Given;
use crate::model::reading::{Reading, name_of};

const DEV: &str = include_str!("notes_dev.tsv");
const MORE: &str = include_str!("notes_more.tsv");

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

/// Compares readings with labels; asserts the bounds and returns the table as text.
fn measure(rows: &str) -> (String, bool) {
    let (mut hip, mut qualities, mut flags, mut urgent) =
        (Tally::default(), Tally::default(), Tally::default(), Tally::default());
    let (mut count, mut painful, mut sides, mut regions, mut severities) = (0, 0, 0, 0, 0);
    let mut misses = String::new();
    for row in rows.lines().skip(1).filter(|row| !row.is_empty()) {
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
    let bounds = [
        ("hip F1", hip.f1(), 0.97),
        ("side", share(sides, painful), 0.93),
        ("severity", share(severities, count), 0.93),
        ("region", share(regions, painful), 0.93),
        ("qualities F1", qualities.f1(), 0.90),
        ("flags recall P0-P1", urgent.recall(), 1.0),
        ("flags recall", flags.recall(), 0.97),
        ("flags precision", flags.precision(), 0.93),
    ];
    let mut table = format!("{misses}{count} notes\n");
    let mut held = true;
    for (name, value, bound) in bounds {
        let _ = writeln!(table, "{name:20} {value:.3} (at least {bound})");
        held &= value >= bound;
    }
    (table, held)
}

#[test]
fn readings_of_the_labelled_notes_stay_within_the_bounds() {
    let (table, held) = measure(DEV);
    println!("{table}");
    assert!(held, "{table}");
}

#[test]
fn readings_of_further_notes_stay_within_the_bounds() {
    let (table, held) = measure(MORE);
    println!("{table}");
    assert!(held, "{table}");
}
