//! The budget of the week that holds the day of the report: how far in all, how far in one run, and how many rest
//! days.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::base::{WeeklyBase, base};
use crate::model::finding::Finding;
use crate::model::threshold::Settings;
use crate::model::units::{Units, per_cent};
use crate::rules::{InputRun, LONG_RUN_SPIKE, MIN_REST_DAYS, SPIKE_DAYS, SPIKE_RUNS, WEEKLY_JUMP};
use crate::tables;

/// Why nothing is suggested while a warning sign stands.
pub const SIGN_STANDS: &str = "A warning sign stands: no distance is suggested until it has been assessed.";

/// The same once somebody has seen it.
pub const SIGN_WAS_SEEN: &str = "Somebody has seen your hip: go by what they told you. No distance is suggested here.";

/// Why nothing is suggested while a hip hurts.
pub const PAIN_IS_OPEN: &str = "Hip pain is open: let it settle first, then rebuild in small steps.";

/// What the budget is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Week<'a> {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Every week; the last one holds `as_of`.
    pub weeks: &'a [tables::Week],
    /// Every run.
    pub runs: &'a [InputRun<'a>],
    /// The findings of the rules on jumps and spikes.
    pub rises: &'a [&'a Finding],
    /// The thresholds in force.
    pub settings: &'a Settings,
    /// Whether an episode is open.
    pub open_episode: bool,
    /// Whether a warning sign leads the report.
    pub warning_leads: bool,
    /// Whether a professional has seen every sign that leads.
    pub seen: bool,
    /// The unit in which distances are shown.
    pub units: Units,
}

/// What a week has room for. A limit that cannot be justified is null, with the reason among `because`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Budget {
    /// The first day of the week.
    pub week_start: NaiveDate,
    /// Known metres run in it so far.
    pub so_far_m: u64,
    /// Most metres in the week that raise no jump, in whole hundreds; null where no such limit can be given, with the reason
    /// in `because`. After a week that was flagged it builds on the four weeks before, where they were less.
    pub distance_cap_m: Option<u64>,
    /// Most metres of one run that raise no spike on the day of the report, in whole hundreds; null likewise.
    pub longest_run_cap_m: Option<u64>,
    /// Fewest days without a run; null while pain or a warning sign comes first.
    pub min_rest_days: Option<u32>,
    /// What each limit rests on, or why there is none, in sentences.
    pub because: Vec<String>,
}

impl Budget {
    /// The metres of the week that are left; `None` without a limit.
    #[must_use]
    pub fn left_m(&self) -> Option<u64> {
        self.distance_cap_m.map(|most| most.saturating_sub(self.so_far_m))
    }

    /// True if more has been run than the week had room for.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.distance_cap_m.is_some_and(|most| self.so_far_m > most)
    }
}

/// Computes the budget; `None` if there is no week yet.
#[must_use]
pub fn budget(week: &Week<'_>) -> Option<Budget> {
    let (running, before) = week.weeks.split_last()?;
    let mut budget = Budget {
        week_start: running.start,
        so_far_m: running.distance_m.unwrap_or(0),
        distance_cap_m: None,
        longest_run_cap_m: None,
        min_rest_days: None,
        because: Vec::new(),
    };
    if week.warning_leads {
        budget.because.push(if week.seen { SIGN_WAS_SEEN } else { SIGN_STANDS }.to_owned());
        return Some(budget);
    }
    if week.open_episode {
        budget.because.push(PAIN_IS_OPEN.to_owned());
        return Some(budget);
    }
    cap_distance(week, running, before, &mut budget);
    cap_longest_run(week, &mut budget);
    let min_rest_days = week.settings.get(&MIN_REST_DAYS);
    budget.min_rest_days = Some(min_rest_days);
    budget.because.push(format!("Rest days: at least {min_rest_days} a week, the limit set for this report."));
    Some(budget)
}

fn cap_distance(week: &Week<'_>, running: &tables::Week, before: &[tables::Week], budget: &mut Budget) {
    let share = week.settings.in_unit(&WEEKLY_JUMP);
    // The current week is not complete, so its base is the last complete week.
    let before = if before.last().is_some_and(|last| last.end < running.start) { before } else { &[] };
    match base(before, week.rises.iter().copied()) {
        Some(WeeklyBase { metres, is_mean }) => {
            budget.distance_cap_m = Some(in_hundreds(capped(metres, week.settings.get(&WEEKLY_JUMP))));
            let above = format!("Week: {} above {}", per_cent(share), week.units.show(metres));
            budget.because.push(if is_mean {
                format!("{above}, your usual week: the last one rose too fast to build on.")
            } else {
                format!("{above}, your last complete week.")
            });
        }
        None => budget.because.push(
            "Week: the last complete week has no distance to build on, so none is suggested; start with short, easy runs."
                .to_owned(),
        ),
    }
}

fn cap_longest_run(week: &Week<'_>, budget: &mut Budget) {
    let days = week.settings.get(&SPIKE_DAYS);
    let from = week.as_of - Days::new(u64::from(days));
    let recent: Vec<&InputRun<'_>> = week.runs.iter().filter(|run| (from..week.as_of).contains(&run.date)).collect();
    let longest = recent.iter().filter_map(|run| run.distance_m).max().filter(|&metres| metres > 0);
    match longest.filter(|_| recent.len() >= week.settings.get(&SPIKE_RUNS) as usize) {
        Some(metres) => {
            let share = week.settings.in_unit(&LONG_RUN_SPIKE);
            let most = capped(u64::from(metres), week.settings.get(&LONG_RUN_SPIKE));
            budget.longest_run_cap_m = Some(in_hundreds(most));
            budget.because.push(format!(
                "Longest run: {} above the {} of the last {days} days.",
                per_cent(share),
                week.units.show(u64::from(metres))
            ));
        }
        None => budget
            .because
            .push(format!("Longest run: too few runs in the last {days} days to build on, so none is suggested.")),
    }
}

/// Rounded down to whole hundreds of metres, so that the distance shown with one decimal can be run without a flag.
fn in_hundreds(metres: u64) -> u64 {
    metres - metres % 100
}

/// The most whole metres that exceed `base` by no more than `share` ten-thousandths.
pub(super) fn capped(base: u64, share: u32) -> u64 {
    base * (10_000 + u64::from(share)) / 10_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Baseline;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn week_of(start: &str, distance_m: Option<u64>, complete: bool) -> tables::Week {
        let start = day(start);
        tables::Week {
            start,
            end: start + Days::new(6),
            complete,
            observed: complete,
            distance_m,
            runs: 3,
            runs_without_distance: 0,
            rest_days: None,
            longest_run_m: None,
            baseline: Baseline::None,
            four_before: None,
        }
    }

    fn budget_of(weeks: &[tables::Week], runs: &[InputRun<'_>], open_episode: bool) -> Budget {
        budget(&Week {
            as_of: day("2026-03-11"),
            weeks,
            runs,
            rises: &[],
            settings: &Settings::default(),
            open_episode,
            warning_leads: false,
            seen: false,
            units: Units::Km,
        })
        .expect("a budget")
    }

    fn run(date: &str, metres: u32) -> InputRun<'static> {
        InputRun { id: "", date: day(date), distance_m: Some(metres), shoe: None }
    }

    #[test]
    fn the_caps_are_the_most_that_raises_no_flag() {
        let weeks = [week_of("2026-03-02", Some(40_005), true), week_of("2026-03-09", Some(12_000), false)];
        let runs = [run("2026-02-09", 15_000), run("2026-03-03", 9_999), run("2026-03-05", 5_000)];
        let budget = budget_of(&weeks, &runs, false);
        // 110 % of 40,005 m is 44,005.5 m; 9 February is 30 days before 11 March.
        assert_eq!((budget.so_far_m, budget.distance_cap_m), (12_000, Some(44_000)));
        assert_eq!((budget.left_m(), budget.is_over()), (Some(32_000), false));
        assert_eq!(budget.longest_run_cap_m, Some(16_500));
        assert_eq!(budget.because.len(), 3);
    }

    #[test]
    fn no_figure_without_grounds() {
        let weeks = [week_of("2026-03-02", None, true), week_of("2026-03-09", None, false)];
        let budget = budget_of(&weeks, &[run("2026-02-08", 15_000), run("2026-03-03", 9_999)], false);
        assert_eq!((budget.distance_cap_m, budget.longest_run_cap_m), (None, None));
    }

    #[test]
    fn with_open_pain_there_is_an_order_and_no_figure() {
        let weeks = [week_of("2026-03-02", Some(40_000), true), week_of("2026-03-09", Some(12_000), false)];
        let budget = budget_of(&weeks, &[], true);
        assert_eq!((budget.distance_cap_m, budget.longest_run_cap_m), (None, None));
        assert!(budget.because[0].contains("settle"));
    }
}
