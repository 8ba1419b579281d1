//! The athletes by level, as the page lists them: one level for each urgency, and one for athletes with no entry for
//! two weeks, unless a warning sign leads their report. Within a level, the newest pain comes first, then the most
//! distance against usual.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::contract::{AthleteRow, Index, State};
use super::{SILENT_DAYS, step};
use crate::model::reading::Priority;

/// The number of weeks that the last week is compared with.
const USUAL_WEEKS: usize = 4;

/// The levels from the top: the style sheet's class, the heading, and a short name for the choice of what is shown.
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

/// The athletes of one level.
pub(super) struct Level<'a> {
    /// The style sheet's class.
    pub class: &'static str,
    pub title: &'static str,
    /// A short form of the title.
    pub short: &'static str,
    pub rows: Vec<&'a AthleteRow>,
}

/// The levels that have athletes.
pub(super) fn levels(index: &Index) -> Vec<Level<'_>> {
    let rows_of = |class: &str| {
        let mut rows: Vec<&AthleteRow> = index.athletes.iter().filter(|row| level(index, row) == class).collect();
        // Rows that are equal keep their order, which is by name.
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

/// The day of the last entry, for an athlete with none for two weeks; `None` for the others.
pub(super) fn nothing_since(index: &Index, row: &AthleteRow) -> Option<NaiveDate> {
    row.last_entry.filter(|last| (index.as_of - *last).num_days() >= SILENT_DAYS)
}

/// The last week as a percentage of the mean of the four before it; `None` if one of them is not known.
pub(super) fn of_usual(row: &AthleteRow) -> Option<u64> {
    let (last, before) = row.weekly_distance_m.split_last()?;
    let usual = before.get(before.len().checked_sub(USUAL_WEEKS)?..)?;
    let sum = usual.iter().copied().try_fold(0_u64, |sum, week| Some(sum + week?))?;
    let of_four = (*last)?.checked_mul(100 * USUAL_WEEKS as u64)?;
    of_four.checked_add(sum / 2)?.checked_div(sum)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{day, full, row};
    use super::*;

    /// The classes of the levels with the names on each.
    fn told(index: &Index) -> Vec<(&'static str, Vec<String>)> {
        let names = |level: Level<'_>| (level.class, level.rows.iter().map(|row| row.name.clone()).collect());
        levels(index).into_iter().map(names).collect()
    }

    #[test]
    fn each_athlete_stands_on_one_level_and_signs_come_first() {
        let index = full();
        let told = told(&index);
        let classes: Vec<&str> = told.iter().map(|(class, _)| *class).collect();
        assert_eq!(classes, ["p0", "p1", "p2", "p3", "unknown", "failed", "p4", "p5", "none", "norun"]);
        assert_eq!(told.iter().map(|(_, names)| names.len()).sum::<usize>(), index.athletes.len());
    }

    #[test]
    fn who_is_silent_stands_apart_unless_a_sign_leads() {
        let mut index = full();
        let long_ago = Some(day("2026-11-04"));
        for name in ["Two", "Four"] {
            let one = index.athletes.iter_mut().find(|row| row.name == name).expect("an athlete");
            one.last_entry = long_ago;
        }
        let told = told(&index);
        let on = |class: &str| told.iter().find(|(one, _)| *one == class).map(|(_, names)| names.clone());
        assert_eq!(on("silent"), Some(vec!["Four".to_owned()]), "14 days");
        assert_eq!(on("p2"), Some(vec!["Two".to_owned()]));
        assert_eq!(on("p4"), None);
    }

    #[test]
    fn within_a_level_the_newest_pain_and_then_the_steepest_week_comes_first() {
        let weeks = |last: u64| [vec![Some(20_000); 4], vec![Some(last)]].concat();
        let with = |name: &str, pain: Option<&str>, last| AthleteRow {
            last_pain: pain.map(day),
            weekly_distance_m: weeks(last),
            ..row(name, None, &[])
        };
        let mut index = full();
        index.athletes = vec![
            with("A", None, 20_000),
            with("B", None, 30_000),
            with("C", Some("2026-10-01"), 10_000),
            with("D", Some("2026-11-01"), 10_000),
        ];
        assert_eq!(told(&index), [("none", ["D", "C", "B", "A"].map(str::to_owned).to_vec())]);
        assert_eq!(of_usual(&index.athletes[1]), Some(150), "30 of usually 20 km");
        index.athletes[1].weekly_distance_m[2] = None;
        assert_eq!(of_usual(&index.athletes[1]), None, "a week is not known");
    }
}
