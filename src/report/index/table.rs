//! The index as a flat table for other programs: one row for each athlete with what the JSON has on them.

use super::contract::{AthleteRow, StandingLink, WEEKS};
use crate::model::reading::name_of;
use crate::tables::exported::{Exported, Values};

/// The columns before those of the weeks, in order, with type and meaning. The documentation is made from this.
pub const BEFORE_WEEKS: [(&str, &str, &str); 16] = [
    ("folder", "text", "the athlete's folder or archive, as a path below the one given"),
    ("athlete", "text", "the athlete's name"),
    ("state", "text", "read, no-runs or failed"),
    ("attention", "text", "how soon somebody should look: P0 the soonest, P6 the least, or none"),
    ("reasons", "text", "why, each in a few words, with \" | \" between them"),
    ("as_of", "date", "the day that the athlete's figures speak of; null where nothing was read"),
    ("last_entry", "date", "the day of the last run, note or other entry; null where there is none"),
    ("runs", "64-bit integer", "runs up to that day; null where nothing was read"),
    ("notes", "64-bit integer", "notes up to that day; null where nothing was read"),
    (
        "warning_signs",
        "text",
        "the warning signs that lead the report, each as sign/day of the note, with \" | \" between them",
    ),
    ("open_episode", "text", "the newest open episode of hip pain, as first day/side; null where none is open"),
    ("last_pain", "date", "the last day with hip pain in the notes; null where no note tells of any"),
    ("findings", "text", "the findings of the last 28 days, each as rule/day, with \" | \" between them"),
    (
        "links",
        "text",
        "the rules whose flags came before this athlete's pain more often than chance, with \" | \" between them",
    ),
    ("longest_run_m", "64-bit integer", "metres of the longest run of the last complete week; null where not known"),
    ("rest_days", "64-bit integer", "days of that week without a run; null where not known"),
];
/// The names, type and meaning of the columns of the weeks.
pub const OF_WEEKS: (&str, &str, &str) = (
    "week_1_m … week_26_m",
    "64-bit integer",
    "metres of the last complete week, of the week before it, and so on; null where a week is not wholly known",
);
/// The columns after those of the weeks.
pub const BEHIND_WEEKS: [(&str, &str, &str); 3] = [
    ("weeks_from", "date", "the first day of the earliest of those weeks; null where there is none"),
    ("since_last", "text", "what has changed since the earlier index; null where nothing was compared, as in a shard"),
    ("missing", "text", "that runs or notes of the last time seem to be missing; null where none do"),
];

/// The rows of these athletes; `standing` are the links of single athletes that hold.
///
/// # Errors
/// Only if polars itself fails.
pub fn rows(athletes: &[&AthleteRow], standing: &[StandingLink]) -> Result<Exported, String> {
    let text = |of: &dyn Fn(&AthleteRow) -> Option<String>| Values::Text(athletes.iter().map(|row| of(row)).collect());
    let day = |of: &dyn Fn(&AthleteRow) -> Option<chrono::NaiveDate>| {
        Values::Day(athletes.iter().map(|row| of(row)).collect())
    };
    let whole = |of: &dyn Fn(&AthleteRow) -> Option<u64>| {
        Values::Whole(athletes.iter().map(|row| of(row).and_then(|number| i64::try_from(number).ok())).collect())
    };
    let joined = |all: &[String]| Some(all.join(" | "));
    let links = |row: &AthleteRow| {
        let of = standing.iter().filter(|link| link.folder == row.folder);
        Some(of.map(|link| link.rule).collect::<Vec<_>>().join(" | "))
    };
    let before = [
        text(&|row| Some(row.folder.clone())),
        text(&|row| Some(row.name.clone())),
        text(&|row| Some(row.state.name().to_owned())),
        text(&|row| Some(row.attention.map_or("none", name_of).to_owned())),
        text(&|row| joined(&row.reasons)),
        day(&|row| row.as_of),
        day(&|row| row.last_entry),
        whole(&|row| row.runs),
        whole(&|row| row.notes),
        text(&|row| joined(&row.warning_signs)),
        text(&|row| row.open_episode.clone()),
        day(&|row| row.last_pain),
        text(&|row| joined(&row.findings)),
        text(&links),
        whole(&|row| row.longest_run_m),
        whole(&|row| row.rest_days.map(u64::from)),
    ];
    let behind = [day(&|row| row.weeks_from), text(&|row| row.since_last.clone()), text(&|row| row.missing.clone())];
    let names = |of: &[(&str, &str, &str)]| of.iter().map(|(name, ..)| (*name).to_owned()).collect::<Vec<_>>();
    let mut columns: Vec<(String, Values)> = names(&BEFORE_WEEKS).into_iter().zip(before).collect();
    for back in 1..=WEEKS {
        let metres = |row: &AthleteRow| *row.weekly_distance_m.get(row.weekly_distance_m.len().checked_sub(back)?)?;
        columns.push((format!("week_{back}_m"), whole(&metres)));
    }
    columns.extend(names(&BEHIND_WEEKS).into_iter().zip(behind));
    Exported::of_columns(columns).map_err(|error| error.to_string())
}
