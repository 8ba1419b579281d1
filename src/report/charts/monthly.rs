//! The whole log by month: a bar each, with the number of flagged weeks and the days with hip pain.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::scale::{Axis, PHONE, WIDE, across, count, px};
use super::{Figure, Mark, Table, grid, in_units, triangle};
use crate::model::units::Units;
use crate::report::contract::{DayView, FindingRow};
use crate::report::wording;

const TOP: f64 = 24.0;
const BASE: f64 = 160.0;

/// One calendar month of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// How many runs.
    pub runs: u64,
    /// Known metres.
    pub distance_m: u64,
    /// Days seen on which something is known.
    pub observed: u64,
    /// Days with hip pain.
    pub painful: u64,
    /// Weekly jumps that begin in it.
    pub jumps: u64,
    /// Some run has no distance, so the metres are a lower bound.
    pub at_least: bool,
}

/// The months of some days, oldest first, with the jumps that begin in each.
#[must_use]
pub fn months(days: &[DayView], jumps: &[&FindingRow]) -> Vec<Month> {
    let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
    for day in days {
        let first = day.date.with_day(1).unwrap_or(day.date);
        let month = months.entry(first).or_insert(Month {
            first,
            runs: 0,
            distance_m: 0,
            observed: 0,
            painful: 0,
            jumps: 0,
            at_least: false,
        });
        month.runs += u64::from(day.runs);
        month.distance_m = month.distance_m.saturating_add(day.distance_m.unwrap_or(0));
        month.observed += u64::from(day.observed);
        month.painful += u64::from(day.pain.is_some());
        month.at_least |= day.runs > 0 && day.distance_m.is_none();
    }
    for finding in jumps {
        if let Some(month) = finding.from.with_day(1).and_then(|first| months.get_mut(&first)) {
            month.jumps += 1;
        }
    }
    months.into_values().collect()
}

/// True where nothing is known of a month.
fn blank(month: &Month) -> bool {
    month.observed == 0 && month.runs == 0
}

/// Neighbours in which nothing is known, with the place of the first.
fn blanks(months: &[Month]) -> Vec<(usize, &[Month])> {
    let mut at = 0;
    let mut found = Vec::new();
    for stretch in months.chunk_by(|a, b| blank(a) && blank(b)) {
        if stretch.iter().all(blank) {
            found.push((at, stretch));
        }
        at += stretch.len();
    }
    found
}

/// `Nov 2026`.
fn name(first: NaiveDate) -> String {
    format!("{} {}", wording::month_short(first), first.year())
}

/// The months newest first, each with its name; neighbours in which nothing is known are one, named for the first and
/// the last of them.
#[must_use]
pub fn stretches(months: &[Month], name: impl Fn(NaiveDate) -> String) -> Vec<(String, Month)> {
    let mut stretches: Vec<(String, Month)> = months
        .chunk_by(|a, b| blank(a) && blank(b))
        .filter_map(|stretch| {
            let (first, last) = (stretch.first()?, stretch.last()?);
            let apart = if stretch.len() > 1 { format!(" – {}", name(last.first)) } else { String::new() };
            Some((name(first.first) + &apart, *first))
        })
        .collect();
    stretches.reverse();
    stretches
}

/// The chart; `None` without months.
#[must_use]
pub fn draw(id: &str, months: &[Month], units: Units) -> Option<Markup> {
    let first = months.first()?;
    let all = count(months.len());
    let most = months.iter().map(|m| m.distance_m).max().unwrap_or(0);
    let axis = Axis::holding(in_units(units, most), 3);
    let tall = |month: &Month| (BASE - TOP) * axis.share(in_units(units, month.distance_m));
    let drawing = html! {
        svg.plot role="img" aria-labelledby={ (id) "-title" } height="200" {
            (grid(axis, TOP, BASE, units.sign()))
            g.run {
                @for (at, month) in months.iter().enumerate().filter(|(_, m)| !blank(m)) {
                    rect x=(across((count(at) + 0.1) / all)) width=(across(0.8 / all)) y=(px(BASE - tall(month))) height=(px(tall(month))) {
                        title { (name(month.first)) ": " (words(month, units)) }
                    }
                }
            }
            g.blank {
                // Outlines of single months of many years would run into one dark bar.
                @for (at, stretch) in blanks(months) {
                    rect x=(across((count(at) + 0.1) / all)) width=(across((count(stretch.len()) - 0.2) / all)) y=(px(BASE - 14.0)) height="14" {
                        title {
                            (name(stretch[0].first))
                            @if let [_, .., last] = stretch { " – " (name(last.first)) }
                            ": " (wording::NOTHING_KNOWN)
                        }
                    }
                }
            }
            @for (at, month) in months.iter().enumerate() {
                @let x = count(at) / all;
                @if month.jumps > 0 { (triangle(x + 0.5 / all, BASE - tall(month) - 11.0)) }
                @if month.painful > 0 { rect.cap x=(across(x)) width=(across(1.0 / all)) y=(px(BASE + 3.0)) height="4" {} }
                @if month.first.month() == 1 {
                    line.tick x1=(across(x)) x2=(across(x)) y1=(px(BASE)) y2=(px(BASE + 10.0)) {}
                    @if let Some(class) = year_class(month.first.year(), x, all) {
                        text class=(class) x=(across(x)) y=(px(BASE + 24.0)) { (month.first.year()) }
                    }
                }
            }
        }
    };
    let any = |holds: fn(&Month) -> bool| months.iter().any(holds);
    let legend = [
        (true, "k-run", "month"),
        (any(|m| m.jumps > 0), "k-jump", "holds a flagged week"),
        (any(|m| m.painful > 0), "k-cap", "holds days with hip pain"),
        (any(blank), "k-blank", "no entry"),
    ]
    .into_iter()
    .filter(|(there, ..)| *there)
    .map(|(_, class, meaning)| Mark::new(class, meaning))
    .collect();
    let jumpy = months.iter().filter(|m| m.jumps > 0).count();
    let painful = months.iter().filter(|m| m.painful > 0).count();
    let title = format!(
        "{} since {} {}: {jumpy} with a flagged week, {painful} with hip pain",
        wording::counted(months.len() as u64, "month", "months"),
        wording::month(first.first),
        first.first.year()
    );
    let rows = stretches(months, name)
        .into_iter()
        .map(|(name, m)| {
            vec![name, distance(&m, units), m.runs.to_string(), m.jumps.to_string(), m.painful.to_string()]
        })
        .collect();
    let table = Table::new(&["Month", "Distance", "Runs", "Flagged weeks", "Painful days"], rows);
    Some(Figure { id, title, legend, drawing, table: Some(table) }.render())
}

/// Pixels of a year's label, the gap to the next included.
const LABEL: f64 = 36.0;

/// How the label of a year at a share `x` of the width is shown in a chart of so many months, so that no two touch: on a
/// phone there is room for fewer of them.
fn year_class(year: i32, x: f64, months: f64) -> Option<&'static str> {
    let fits = |pixels: f64| {
        let every = [1, 2, 5, 10, 20, 50].into_iter().find(|every| 12.0 * f64::from(*every) * pixels >= LABEL * months);
        year % every.unwrap_or(100) == 0 && x * pixels + LABEL <= pixels
    };
    match (fits(PHONE), fits(WIDE)) {
        (true, true) => Some("axis"),
        (true, false) => Some("axis narrow"),
        (false, true) => Some("axis wide"),
        (false, false) => None,
    }
}

fn distance(month: &Month, units: Units) -> String {
    match (month.observed, month.at_least) {
        (0, _) if month.runs == 0 => wording::NOTHING_KNOWN.to_owned(),
        (_, true) => format!("at least {}", units.show(month.distance_m)),
        _ => units.show(month.distance_m),
    }
}

fn words(month: &Month, units: Units) -> String {
    let mut words = vec![distance(month, units), wording::counted(month.runs, "run", "runs")];
    if month.jumps > 0 {
        words.push(wording::counted(month.jumps, "flagged week", "flagged weeks"));
    }
    if month.painful > 0 {
        words.push(wording::counted(month.painful, "painful day", "painful days"));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_which_nothing_is_known_are_one_row() {
        let month = |text: &str, observed| Month {
            first: text.parse().unwrap(),
            runs: 0,
            distance_m: 0,
            observed,
            painful: 0,
            jumps: 0,
            at_least: false,
        };
        let months = [
            month("2025-11-01", 9),
            month("2025-12-01", 0),
            month("2026-01-01", 0),
            month("2026-02-01", 0),
            month("2026-03-01", 1),
            month("2026-04-01", 31),
            month("2026-05-01", 0),
        ];
        let names: Vec<String> =
            stretches(&months, |first| first.format("%Y-%m").to_string()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["2026-05", "2026-04", "2026-03", "2025-12 – 2026-02", "2025-11"]);
        let outlines: Vec<(usize, usize)> = blanks(&months).iter().map(|(at, stretch)| (*at, stretch.len())).collect();
        assert_eq!(outlines, [(1, 3), (6, 1)]);
    }

    #[test]
    fn labels_of_years_never_touch_however_long_the_log_is() {
        for months in [7_u32, 30, 60, 225, 428, 1_200] {
            let all = f64::from(months);
            for (pixels, hidden) in [(PHONE, "axis wide"), (WIDE, "axis narrow")] {
                let places: Vec<f64> = (0..months / 12)
                    .filter_map(|nth| {
                        let x = f64::from(12 * nth) / all;
                        let class = year_class(1991 + i32::try_from(nth).unwrap(), x, all)?;
                        (class != hidden).then_some(x * pixels)
                    })
                    .collect();
                assert!(places.windows(2).all(|two| two[1] - two[0] >= 32.0), "{months}: {places:?}");
                assert!(places.iter().all(|x| x + 32.0 <= pixels), "{months}: {places:?}");
                assert!(!places.is_empty() || months < 24, "{months}");
            }
        }
        // Nineteen years from 2008: 24 pixels a year where there is room for 36, so every second one, and on a phone, where it
        // is 12, every fifth.
        let shown = |year: i32| year_class(year, f64::from(12 * (year - 2008)) / 228.0, 228.0);
        assert_eq!([2010, 2012, 2015, 2017].map(shown), [Some("axis"), Some("axis wide"), Some("axis narrow"), None]);
    }

    #[test]
    fn days_add_up_by_calendar_month() {
        let day = |text: &str, runs, distance_m| DayView {
            date: text.parse().unwrap(),
            observed: true,
            runs,
            distance_m,
            other_sport: false,
            pain: (runs == 0).then_some(None),
            in_episode: false,
        };
        let days = [
            day("2026-01-31", 1, Some(5_000)),
            day("2026-02-01", 2, Some(9_000)),
            day("2026-02-02", 1, None),
            day("2026-02-03", 0, Some(0)),
        ];
        let months = months(&days, &[]);
        let figures: Vec<_> = months.iter().map(|m| (m.runs, m.distance_m, m.painful, m.at_least)).collect();
        assert_eq!(figures, [(1, 5_000, 0, false), (3, 9_000, 1, true)]);
    }
}
