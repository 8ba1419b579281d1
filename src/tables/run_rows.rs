//! The runs of a table that the user supplies. Its columns are those of the exported table, of which a few are
//! required; each row is turned into an entry and its athlete.

use chrono::NaiveDate;

use super::cells::{Row, UnusableTable};
use crate::model::activity::{Distance, DistanceFrom, SportFrom};
use crate::model::log::{Entry, FIRST_DAY, LocalDayBy, id_base};
use crate::model::reading::name_of;
use crate::model::sport::Sport;

/// How a row names the athlete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// The folder, if the table names it.
    pub folder: Option<String>,
    /// The name, if the table names it.
    pub name: Option<String>,
}

/// The columns that say whose a row is. One of them is required.
pub const WHOSE: [&str; 2] = ["athlete", "folder"];
/// The further columns of a run that are read.
pub const COLUMNS: [&str; 11] = [
    "local_date",
    "distance_m",
    "id",
    "local_start",
    "utc_offset_s",
    "sport",
    "distance_from",
    "moving_s",
    "elapsed_s",
    "shoe",
    "sources",
];
/// The required ones of these columns.
pub const NEEDED: [&str; 2] = ["local_date", "distance_m"];

/// The sport of an entry that is no run.
const NO_RUN: &str = "other";

/// The athlete that a row belongs to.
///
/// # Errors
/// If the row names none.
pub fn whose(row: &Row<'_>) -> Result<Whose, UnusableTable> {
    let whose = Whose { folder: row.text("folder")?, name: row.text("athlete")? };
    if whose == Whose::default() {
        return Err(row.fault("athlete", "it names nobody; write whose run or note it is into each row"));
    }
    Ok(whose)
}

/// The entry in a row: a run, or an activity of another sport.
///
/// # Errors
/// The first cell that cannot be used.
pub fn entry(row: &Row<'_>) -> Result<Entry, UnusableTable> {
    let local_date = day(row, "local_date")?;
    let whole = "a whole number of seconds, 0 or more";
    let local_start = row.moment("local_start")?;
    let utc_offset_s = row.whole::<i32>("utc_offset_s", "a whole number of seconds east of UTC")?;
    let sport = match row.text("sport")? {
        None => Sport::Run,
        Some(word) if word == NO_RUN => Sport::Other(word),
        Some(word) => Sport::run_named(&word).ok_or_else(|| {
            row.fault(
                "sport",
                format!("\"{word}\" is not run, trail-run, treadmill-run, track-run, virtual-run or {NO_RUN}"),
            )
        })?,
    };
    let distance_m =
        row.whole::<u32>("distance_m", "a whole number of metres; leave the cell empty where none is known")?;
    if distance_m == Some(0) {
        return Err(row.fault("distance_m", "0 is no distance; leave the cell empty where none is known"));
    }
    let from = match row.text("distance_from")? {
        None => DistanceFrom::Row,
        Some(word) => [DistanceFrom::Device, DistanceFrom::Row, DistanceFrom::Track]
            .into_iter()
            .find(|from| name_of(*from) == word)
            .ok_or_else(|| row.fault("distance_from", format!("\"{word}\" is not device, row or track")))?,
    };
    let sources = row.text("sources")?.unwrap_or_default();
    Ok(Entry {
        id: row.text("id")?.unwrap_or_default(),
        local_date,
        local_start,
        utc_offset_s,
        day_by: LocalDayBy::LocalDate,
        sport,
        sport_from: SportFrom::Name,
        distance: distance_m.map(|m| Distance { m, from }),
        moving_s: row.whole("moving_s", whole)?,
        elapsed_s: row.whole("elapsed_s", whole)?,
        shoe: row.text("shoe")?,
        sources: sources.split(" | ").filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        members: 1,
    })
}

/// A day that a run may have.
pub(super) fn day(row: &Row<'_>, column: &'static str) -> Result<NaiveDate, UnusableTable> {
    let day = row.day(column)?.ok_or_else(|| row.fault(column, "it is empty; write the day into each row"))?;
    if day < FIRST_DAY {
        return Err(row.fault(column, format!("{day} is before {FIRST_DAY}, from which on entries are read")));
    }
    Ok(day)
}

/// Sorts the entries of one athlete and gives ids to those without, as a log read from files would.
pub fn in_order(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| (entry.local_date, entry.local_start));
    let mut before = String::new();
    let mut times = 1;
    for entry in entries.iter_mut().filter(|entry| entry.id.is_empty()) {
        let base = id_base(entry.local_date, entry.local_start, entry.utc_offset_s);
        times = if base == before { times + 1 } else { 1 };
        entry.id = if times == 1 { base.clone() } else { format!("{base}-{times}") };
        before = base;
    }
    entries.sort_by(|a, b| (a.local_date, &a.id).cmp(&(b.local_date, &b.id)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::cells::Cell;

    #[test]
    fn runs_without_ids_are_named_by_their_starts_as_the_log_behind_them_would() {
        let start = NaiveDate::from_ymd_opt(2026, 3, 4).and_then(|day| day.and_hms_opt(6, 30, 0)).expect("a moment");
        let columns = ["local_date", "local_start", "utc_offset_s", "distance_m"];
        let with = |cells: [Cell<'_>; 3]| {
            let cells = [&[Cell::Day(start.date())][..], &cells].concat();
            entry(&Row { number: 1, columns: &columns, cells: &cells }).expect("an entry")
        };
        let mut entries = vec![
            with([Cell::Moment(start), Cell::Whole(46_800), Cell::Whole(5_000)]),
            with([Cell::Moment(start), Cell::Whole(46_800), Cell::Whole(6_000)]),
            with([Cell::Moment(start), Cell::Unknown, Cell::Unknown]),
            with([Cell::Unknown, Cell::Unknown, Cell::Whole(7_000)]),
        ];
        in_order(&mut entries);
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["20260304", "20260304T063000", "20260304T063000+1300", "20260304T063000+1300-2"]);
    }
}
