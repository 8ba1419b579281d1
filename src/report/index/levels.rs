//! The athletes by level, as the page lists them: a heading for each step, and those of whom nothing has come for two weeks on
//! a level of their own, unless a warning sign leads their report. Within a level the newest pain stands first, then the most
//! run against usual.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::contract::{AthleteRow, Index, State};
use super::{SILENT_DAYS, step};
use crate::model::reading::Priority;

/// Weeks that a last week is held against.
const USUAL_WEEKS: usize = 4;

/// The levels from the top: the style sheet's class, the heading, and a word or two for the choice of what is shown.
const LEVELS: [(&str, &str, &str); 12] = [
    ("p0", "Emergency help now", "now"),
    ("p1", "Medical assessment today", "today"),
    ("p2", "See a doctor soon", "soon"),
    ("p3", "Hip pain is open", "open pain"),
    ("unknown", "Not all is known: read these yourself", "not all known"),
    ("silent", "Nothing has come for two weeks or more", "nothing lately"),
    ("failed", "Could not be read", "not read"),
    ("p4", "Training load", "load"),
    ("p5", "Pain that is lately over", "lately over"),
    ("p6", "Habits", "habits"),
    ("none", "No flag", "no flag"),
    ("norun", "No run logged", "no run"),
];

/// Athletes of one level.
pub(super) struct Level<'a> {
    /// The style sheet's class.
    pub class: &'static str,
    pub title: &'static str,
    /// The title in a word or two.
    pub short: &'static str,
    pub rows: Vec<&'a AthleteRow>,
}

/// The levels that anybody stands on.
pub(super) fn levels(index: &Index) -> Vec<Level<'_>> {
    let rows_of = |class: &str| {
        let mut rows: Vec<&AthleteRow> = index.athletes.iter().filter(|row| level(index, row) == class).collect();
        // What is equal keeps its place: by name.
        rows.sort_by_key(|row| (Reverse(row.last_pain), Reverse(of_usual(row))));
        rows
    };
    let levels = LEVELS.into_iter().map(|(class, title, short)| Level { class, title, short, rows: rows_of(class) });
    levels.filter(|level| !level.rows.is_empty()).collect()
}

fn level(index: &Index, row: &AthleteRow) -> &'static str {
    match (row.attention, row.state) {
        (Some(step_of), _) if step_of <= Priority::P2 => step(row).0,
        (_, State::Failed) => "failed",
        _ if nothing_since(index, row).is_some() => "silent",
        (Some(_), _) => step(row).0,
        (None, State::NoRuns) => "norun",
        (None, _) if row.reasons.is_empty() => "none",
        (None, _) => "unknown",
    }
}

/// The last entry of an athlete of whom nothing has come since.
pub(super) fn nothing_since(index: &Index, row: &AthleteRow) -> Option<NaiveDate> {
    row.last_entry.filter(|last| (index.as_of - *last).num_days() >= SILENT_DAYS)
}

/// The last week in hundredths of the mean of the four before it; `None` where one of them is not known.
pub(super) fn of_usual(row: &AthleteRow) -> Option<u64> {
    let (last, before) = row.weekly_distance_m.split_last()?;
    let usual = before.get(before.len().checked_sub(USUAL_WEEKS)?..)?;
    let sum = usual.iter().copied().try_fold(0_u64, |sum, week| Some(sum + week?))?;
    let of_four = (*last)?.checked_mul(100 * USUAL_WEEKS as u64)?;
    of_four.checked_add(sum / 2)?.checked_div(sum)
}
