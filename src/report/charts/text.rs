//! Charts made of characters for a terminal or a mail: one bar for each week, and one row for each year.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::scale::{count, real};
use crate::report::contract::{DayView, WeekRow};

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// One bar for each week, relative to the largest; `·` where nothing is known, a space for no distance.
#[must_use]
pub fn bars(weeks: &[&WeekRow]) -> String {
    bars_of(&weeks.iter().map(|row| row.week.distance_m).collect::<Vec<_>>())
}

/// The same from the distances alone.
#[must_use]
pub fn bars_of(weeks_m: &[Option<u64>]) -> String {
    let most = weeks_m.iter().flatten().copied().max().unwrap_or(0);
    weeks_m
        .iter()
        .map(|week| match *week {
            None => '·',
            Some(0) => ' ',
            Some(metres) => eighth(real(metres) / real(most.max(1))),
        })
        .collect()
}

/// One row for each year, with one character for each of its 52 weeks: a bar by distance, or `·` where nothing is
/// known; and a second string with `x` where a day of the week was painful. Weeks are counted from 1 January.
#[must_use]
pub fn years(days: &[DayView]) -> Vec<(i32, String, String)> {
    #[derive(Clone, Copy, Default)]
    struct Cell {
        seen: bool,
        metres: u64,
        hurt: bool,
    }
    let mut years: BTreeMap<i32, [Cell; 52]> = BTreeMap::new();
    for day in days {
        let row = years.entry(day.date.year()).or_insert([Cell::default(); 52]);
        let cell = &mut row[column(day.date)];
        cell.seen |= day.observed;
        cell.metres += day.distance_m.unwrap_or(0);
        cell.hurt |= day.pain.is_some();
    }
    let most = years.values().flatten().map(|c| c.metres).max().unwrap_or(0);
    let sign = |cell: &Cell| match cell.metres {
        0 if !cell.seen => '·',
        0 => ' ',
        metres => eighth(real(metres) / real(most.max(1))),
    };
    years
        .into_iter()
        .map(|(year, cells)| {
            let hurt: String = cells.iter().map(|c| if c.hurt { 'x' } else { ' ' }).collect();
            (year, cells.iter().map(sign).collect(), hurt.trim_end().to_owned())
        })
        .collect()
}

/// The column of a day, 0 to 51; the last one holds the rest of the year.
fn column(date: NaiveDate) -> usize {
    (date.ordinal0() as usize / 7).min(51)
}

fn eighth(share: f64) -> char {
    let at = (0..8_usize).filter(|step| share > count(*step) / 8.0).count();
    BARS[at.saturating_sub(1).min(7)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_rise_by_eighths() {
        let signs: String = [0.01, 0.125, 0.126, 0.5, 0.51, 1.0].into_iter().map(eighth).collect();
        assert_eq!(signs, "▁▁▂▄▅█");
    }

    #[test]
    fn a_year_has_52_columns_and_shows_pain() {
        let day = |text: &str, metres, hurt: bool| DayView {
            date: text.parse().unwrap(),
            observed: true,
            runs: 1,
            distance_m: Some(metres),
            other_sport: false,
            pain: hurt.then_some(None),
            in_episode: hurt,
        };
        let rows = years(&[day("2024-01-01", 8_000, false), day("2024-12-31", 16_000, true)]);
        assert_eq!(rows.len(), 1);
        let (year, bars, hurt) = &rows[0];
        assert_eq!((*year, bars.chars().count()), (2024, 52));
        assert!(bars.starts_with('▄') && bars.ends_with('█') && bars.contains('·'));
        assert_eq!(hurt.chars().position(|c| c == 'x'), Some(51));
    }
}
