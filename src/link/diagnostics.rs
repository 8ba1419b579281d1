//! Whether the log bears out what a claim assumes: one function for each assumption. Where one fails nothing is
//! claimed, however small the p-value. After the diagnostics of self-controlled case series (OHDSI).

use serde::Serialize;

use super::exact::{Stratum, associate, one_sided_mid_p};
use super::history::History;
use super::hypergeometric::real;
use super::strata::{BLOCK_DAYS, Block, Risk, Window};

/// One assumption held against the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// Its name: `null-window`, `episode-rate` or `note-density`.
    pub name: &'static str,
    /// What is taken for granted.
    pub assumes: &'static str,
    /// What is measured, in words.
    pub measures: &'static str,
    /// The figure; null where this log holds too little to measure it, which passes.
    pub measured: Option<f64>,
    /// The bound it is held against.
    pub bound: f64,
    /// Whether the log bears the assumption out. Nothing is claimed where it does not.
    pub passes: bool,
}

/// The bound of diagnostics that are p-values: so small that chance seldom holds a sound log back.
pub const SMALLEST_P: f64 = 0.02;
/// How many times as often notes may be written on days with a flag before them as on other days.
pub const LARGEST_DENSITY: f64 = 1.25;
/// The length of a year in days, for seasons.
const YEAR_DAYS: usize = 365;
/// The number of standard errors from which the density of notes counts as known.
const CLEAR: f64 = 2.0;

/// All diagnostics of one test.
pub(super) fn diagnostics(history: &History, risk: &Risk, exposed: &[bool], late: &[bool]) -> Vec<Diagnostic> {
    vec![
        null_window(&risk.comparable_seeing(late, Window::NULL)),
        episode_rate(risk),
        note_density(history, risk, exposed),
    ]
}

/// Assumes that a flag six to ten weeks before an onset has nothing to do with it. If such flags are more usual there
/// than elsewhere, something slower than the flag, such as a season or a build-up, goes along with pain.
fn null_window(blocks: &[Block]) -> Diagnostic {
    let strata: Vec<Stratum> = blocks.iter().map(Block::stratum).collect();
    let measured = strata.iter().any(Stratum::is_informative).then(|| one_sided_mid_p(&strata));
    Diagnostic {
        name: "null-window",
        assumes: "nothing slower than the flag goes along with pain: flags 43 to 70 days before an onset are no more usual \
                  than elsewhere",
        measures: "one-sided p of such flags",
        measured,
        bound: SMALLEST_P,
        passes: measured.is_none_or(|p| p >= SMALLEST_P),
    }
}

/// Assumes that pain begins as often early as late in a half-year, and in one season as in another.
fn episode_rate(risk: &Risk) -> Diagnostic {
    let contrasts: [&dyn Fn(usize) -> bool; 3] =
        [&|day| day % BLOCK_DAYS >= BLOCK_DAYS / 2, &|day| day % YEAR_DAYS < YEAR_DAYS / 2, &|day| {
            (day + YEAR_DAYS / 4) % YEAR_DAYS < YEAR_DAYS / 2
        }];
    let days = risk.days_at_risk(0);
    let smallest = contrasts
        .iter()
        .filter_map(|within| {
            let found = associate(&split(&days, within, |day| risk.begins(day)));
            (found.informative_strata > 0).then_some(found.p_mid)
        })
        .reduce(f64::min);
    let measured = smallest.map(|p| (p * real(contrasts.len() as u64)).min(1.0));
    Diagnostic {
        name: "episode-rate",
        assumes: "within a half-year pain begins at a steady rate: neither early or late in it nor by season",
        measures: "the smallest of three two-sided p, times three: later against earlier half, one half of each year of the \
                   log against the other, and the same with the years cut a quarter earlier",
        measured,
        bound: SMALLEST_P,
        passes: measured.is_none_or(|p| p >= SMALLEST_P),
    }
}

/// Assumes that a note of any kind is as likely with a flag before it as without. Otherwise pain may only be noted
/// more often there.
fn note_density(history: &History, risk: &Risk, exposed: &[bool]) -> Diagnostic {
    let noted = |day: usize| history.noted.get(day).copied().unwrap_or(false);
    let days: Vec<Vec<usize>> = risk
        .days_at_risk(0)
        .into_iter()
        .map(|days| days.into_iter().filter(|&day| !risk.begins(day)).collect())
        .collect();
    let strata = split(&days, |day| exposed.get(day).copied().unwrap_or(false), noted);
    let density = Density::of(&strata);
    Diagnostic {
        name: "note-density",
        assumes: "notes of any kind stand as often on days with the flag before them as on others",
        measures: "how many times as often they do, where that is more than two standard errors from once",
        measured: density.map(|density| density.ratio),
        bound: LARGEST_DENSITY,
        passes: density.is_none_or(|density| density.ratio <= LARGEST_DENSITY || density.errors_above < CLEAR),
    }
}

/// Counts days as strata, with `within` in place of exposure and `begins` in place of onsets.
fn split(days: &[Vec<usize>], within: impl Fn(usize) -> bool, begins: impl Fn(usize) -> bool) -> Vec<Stratum> {
    days.iter()
        .map(|days| {
            let mut stratum = Stratum::default();
            for &day in days {
                stratum.days += 1;
                stratum.exposed_days += u64::from(within(day));
                stratum.onsets += u64::from(begins(day));
                stratum.exposed_onsets += u64::from(within(day) && begins(day));
            }
            stratum
        })
        .collect()
}

/// The Mantel–Haenszel ratio of days with notes, and by how many standard errors their number exceeds the expected
/// one.
#[derive(Clone, Copy)]
struct Density {
    ratio: f64,
    errors_above: f64,
}

impl Density {
    fn of(strata: &[Stratum]) -> Option<Self> {
        let (mut concordant, mut discordant, mut above, mut variance) = (0.0, 0.0, 0.0, 0.0);
        for s in strata.iter().filter(|s| s.is_informative()) {
            let (n, exposed, noted, both) =
                (real(s.days), real(s.exposed_days), real(s.onsets), real(s.exposed_onsets));
            // Notes are common, unlike onsets, so days with and without a note are compared as shares, not as odds.
            concordant += both * (n - exposed) / n;
            discordant += (noted - both) * exposed / n;
            above += both - noted * exposed / n;
            variance += noted * exposed * (n - exposed) * (n - noted) / (n * n * (n - 1.0).max(1.0));
        }
        (discordant > 0.0 && variance > 0.0)
            .then(|| Self { ratio: concordant / discordant, errors_above: above / variance.sqrt() })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::{Days, NaiveDate};

    use super::super::testing::block;
    use super::*;

    fn history(length: usize, onsets: &[u64]) -> History {
        let first_day = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap();
        let day = |n: u64| first_day + Days::new(n);
        History {
            first_day,
            observed: vec![true; length],
            episodes: onsets.iter().map(|&n| (day(n), day(n))).collect(),
            ..History::default()
        }
    }

    fn risk(history: &History) -> Risk {
        Risk::of(history, Window::before(14), &BTreeSet::new())
    }

    #[test]
    fn flags_long_before_every_onset_hold_a_claim_back() {
        // Two of ten days exposed, all three onsets on them: 0.2³ / 2 = 0.004.
        let exposed_onset = || block("xx........", "x.........");
        let failed = null_window(&[exposed_onset(), exposed_onset(), exposed_onset()]);
        assert!((failed.measured.unwrap() - 0.004).abs() < 1e-12 && !failed.passes);
        let passed = null_window(&[exposed_onset(), exposed_onset()]);
        assert!((passed.measured.unwrap() - 0.02).abs() < 1e-12 && passed.passes);
        let unmeasured = null_window(&[block("xx", "..")]);
        assert!(unmeasured.measured.is_none() && unmeasured.passes);
    }

    #[test]
    fn pain_that_keeps_to_one_part_of_the_half_year_holds_a_claim_back() {
        // On day 30 of each of eight half-years: always in the earlier half. The share of earlier days is below a half,
        // so twice its eighth power, times three, is far below the bound.
        let early: Vec<u64> = (0..8).map(|block| 182 * block + 30).collect();
        let log = history(8 * 182, &early);
        let found = episode_rate(&risk(&log));
        assert!(!found.passes && found.measured.unwrap() < 0.01, "{found:?}");
        // Early and late in turn.
        let mixed: Vec<u64> = (0..8).map(|block| 182 * block + if block % 4 < 2 { 30 } else { 150 }).collect();
        let log = history(8 * 182, &mixed);
        assert!(episode_rate(&risk(&log)).passes);
        // Always in spring.
        let spring: Vec<u64> = (0..8).map(|year| 365 * year + 100).collect();
        let log = history(8 * 365, &spring);
        assert!(!episode_rate(&risk(&log)).passes);
        let none = history(400, &[]);
        assert!(episode_rate(&risk(&none)).measured.is_none());
    }

    #[test]
    fn notes_that_crowd_behind_flags_hold_a_claim_back() {
        let mut log = history(364, &[]);
        let exposed: Vec<bool> = (0..364).map(|day| day % 4 < 2).collect();
        // A note on every exposed day and on half of the others: twice as often.
        log.noted = (0..364).map(|day| day % 4 != 3).collect();
        let found = note_density(&log, &risk(&log), &exposed);
        assert!((found.measured.unwrap() - 2.0).abs() < 0.02 && !found.passes, "{found:?}");
        // A note on every second day, whatever came before.
        log.noted = (0..364).map(|day| day % 2 == 0).collect();
        let found = note_density(&log, &risk(&log), &exposed);
        assert!((found.measured.unwrap() - 1.0).abs() < 0.02 && found.passes, "{found:?}");
        log.noted = vec![];
        let found = note_density(&log, &risk(&log), &exposed);
        assert!(found.measured.is_none() && found.passes);
    }
}
