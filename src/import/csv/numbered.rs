//! Columns that number the runs of a table, and runs written in several numbered parts. It reads no figure of a run.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Field;
use super::sheet::Sheet;
use super::table::Row;
use crate::import::imported::Imported;
use crate::model::activity::{Activity, Start};
use crate::model::assumption::{Assumed, AssumptionKind};

/// The least number of different numbers in a column that counts.
const FEWEST_COUNTED: usize = 3;
/// Columns that may hold the number of the run under another name.
const MAY_NUMBER: [Field; 2] = [Field::Title, Field::Sport];

/// True if the cells of a fact are numbers that go up or down with the rows, some of them repeated: they number
/// the runs and are neither names nor codes of sports.
pub fn counts_runs(sheet: &Sheet<'_>, field: Field) -> bool {
    let cells = sheet.rows.iter().filter_map(|row| sheet.cell(row, field));
    let Some(numbers) = cells.map(number).collect::<Option<Vec<u64>>>() else { return false };
    let different = numbers.iter().collect::<BTreeSet<_>>().len();
    let up = || numbers.windows(2).all(|pair| pair[0] <= pair[1]);
    let down = || numbers.windows(2).all(|pair| pair[0] >= pair[1]);
    different >= FEWEST_COUNTED && (up() || down())
}

fn number(cell: &str) -> Option<u64> {
    cell.trim_start_matches('#').trim().parse().ok()
}

/// Adds up the rows of each run, where one column numbers the runs and another their parts, and reports it.
pub fn join_parts(sheet: &Sheet<'_>, imported: &mut Imported) {
    let Some(field) = MAY_NUMBER.into_iter().find(|field| counts_runs(sheet, *field)) else { return };
    let place = |row: &Row| Some((number(sheet.cell(row, field)?)?, number(sheet.cell(row, Field::Lap)?)?));
    let places: BTreeMap<u64, (u64, u64)> = sheet.rows.iter().filter_map(|row| Some((row.line, place(row)?))).collect();
    if !sheet.has(Field::Lap) || places.len() < sheet.rows.len() {
        return;
    }
    let before = imported.activities.len();
    let mut joined: Vec<Activity> = Vec::with_capacity(before);
    let mut last: Option<(u64, u64)> = None;
    for activity in std::mem::take(&mut imported.activities) {
        let here = activity.record.and_then(|line| places.get(&line)).copied();
        let goes_on = last.zip(here).is_some_and(|((run, part), (same, next))| run == same && part < next);
        match joined.last_mut().filter(|run| goes_on && day(run) == day(&activity)) {
            Some(run) => add(run, activity),
            None => joined.push(activity),
        }
        last = here;
    }
    imported.activities = joined;
    let parts = (before - imported.activities.len()) as u64;
    if parts > 0 {
        imported.assumptions.push(Assumed::new(AssumptionKind::PartRows, "", parts));
    }
}

fn day(activity: &Activity) -> Option<chrono::NaiveDate> {
    Some(match activity.start? {
        Start::Date(day) => day,
        Start::Local(time) => time.date(),
        Start::Zoned(time) => time.date_naive(),
        Start::Instant(time) => time.date_naive(),
    })
}

/// Adds a part to its run. A value missing in one part is unknown for the whole.
fn add(run: &mut Activity, part: Activity) {
    run.distance = run.distance.zip(part.distance).and_then(|(mut whole, part)| {
        whole.m = whole.m.checked_add(part.m)?;
        Some(whole)
    });
    let sum = |one: Option<u32>, other: Option<u32>| one.zip(other).and_then(|(one, other)| one.checked_add(other));
    run.elapsed_s = sum(run.elapsed_s, part.elapsed_s);
    run.moving_s = sum(run.moving_s, part.moving_s);
    let words = [run.description.take(), part.description].into_iter().flatten().collect::<Vec<_>>().join("; ");
    run.description = Some(words).filter(|words| !words.is_empty());
}
