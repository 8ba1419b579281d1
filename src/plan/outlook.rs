//! Checks a plan by the rules in advance: planned runs are appended to the log, the same tables are built, and the
//! same rules judge them on the day after the plan ends. Findings that the log alone would not have are the plan's
//! flags. It defines no rule of its own.

use chrono::{Days, NaiveDate};

use super::course::{Course, History, Run};
use crate::error::Error;
use crate::model::finding::Finding;
use crate::rules::{self, InputRun, LOAD_RULES, RuleInput};
use crate::tables::{self, BLANK_DAYS, TableRun, Tables, Week};

/// The rules' findings for a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The findings that the plan brings about, by day, then rule.
    pub flags: Vec<Finding>,
    /// The weeks of the plan, from the one with its first day to come, with runs done and planned.
    pub weeks: Vec<Week>,
}

/// Checks versions of one plan against one history.
#[derive(Clone, Debug)]
pub struct PlanEvaluator<'a> {
    history: History<'a>,
    anyway: Vec<Finding>,
}

impl<'a> PlanEvaluator<'a> {
    /// Prepares the findings of the history alone, with the days of the plan as days without a run.
    ///
    /// # Errors
    /// The tables could not be built.
    pub fn new(history: History<'a>, course: &Course) -> Result<Self, Error> {
        let (anyway, _) = look(&history, &course.emptied(), false)?;
        Ok(Self { history, anyway })
    }

    /// The history that plans are checked against.
    #[must_use]
    pub fn history(&self) -> &History<'a> {
        &self.history
    }

    /// The flags and weeks of a plan over the same days.
    ///
    /// # Errors
    /// The tables could not be built.
    pub fn outlook(&self, course: &Course) -> Result<Outlook, Error> {
        let (mut found, mut weeks) = look(&self.history, course, false)?;
        if course.totals.iter().any(|total| course.open_m(&self.history, total) > 0) {
            // A total says nothing of single days: spread over them it gives the distance of the week and no more.
            let (of_weeks, spread) = look(&self.history, course, true)?;
            found.retain(|finding| !week_total_suffices(finding) && self.rests_on_days(course, finding));
            found.extend(of_weeks.into_iter().filter(week_total_suffices).map(|mut finding| {
                if course.has_total(&self.history, finding.from) {
                    // The plan does not say on which day the week passes the limit.
                    finding.dated = finding.to;
                }
                finding
            }));
            for (week, spread) in weeks.iter_mut().zip(spread) {
                week.distance_m = spread.distance_m;
                week.baseline = spread.baseline;
                week.four_before = spread.four_before;
            }
        }
        let mut flags: Vec<Finding> = found.into_iter().filter(|finding| self.arises(finding)).collect();
        flags.sort_by_key(|finding| finding.dated);
        Ok(Outlook { flags, weeks })
    }

    /// True if the finding would be absent or different without the plan.
    fn arises(&self, finding: &Finding) -> bool {
        let same = |known: &&Finding| {
            known.id == finding.id
                && (known.from, known.to) == (finding.from, finding.to)
                // The final distance on a pair does not change when it reached a limit.
                && (finding.shoes().is_some() || known.measured == finding.measured)
        };
        !self.anyway.iter().any(|known| same(&known))
    }

    /// True if the days that the finding depends on hold no week with only a total.
    fn rests_on_days(&self, course: &Course, finding: &Finding) -> bool {
        let rule = rules::by_id(finding.rule);
        let Some(back) = rule.and_then(|rule| rule.days_behind(finding, self.history.settings)) else { return true };
        let from = finding.from - Days::new(u64::from(back));
        !course.totals.iter().any(|total| {
            course.open_m(&self.history, total) > 0 && total.start <= finding.from && total.start + Days::new(6) >= from
        })
    }
}

/// Whether the finding's rule needs only the distance of weeks, so that it can judge a week's total.
fn week_total_suffices(finding: &Finding) -> bool {
    rules::by_id(finding.rule).is_some_and(|rule| rule.meta().week_totals_suffice)
}

/// The tables of the history alone, up to and including its last day.
///
/// # Errors
/// The tables could not be built.
pub fn past(history: &History<'_>) -> Result<Tables, Error> {
    let nothing = Course { runs: Vec::new(), totals: Vec::new(), from: history.as_of, until: history.as_of };
    build(history, &nothing, &history.runs.iter().collect::<Vec<_>>(), history.as_of, false)
}

/// The findings of the load rules on history and plan, and the weeks of the plan.
fn look(history: &History<'_>, course: &Course, spread: bool) -> Result<(Vec<Finding>, Vec<Week>), Error> {
    // A week is judged on the day after it ends.
    let as_of = course.until + Days::new(1);
    let mut runs: Vec<&Run> = history.runs.iter().chain(&course.runs).collect();
    runs.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let tables = build(history, course, &runs, as_of, spread)?;
    let seen_runs: Vec<InputRun<'_>> = runs
        .iter()
        .map(|run| InputRun {
            id: &run.id,
            date: run.date,
            distance_m: run.distance_m,
            shoe: run.pair.and_then(|pair| history.pairs.get(pair)).map(|pair| pair.name.as_str()),
        })
        .collect();
    let seen = RuleInput {
        as_of,
        runs: &seen_runs,
        days: &tables.days,
        weeks: &tables.weeks,
        shoes: &tables.shoes,
        episodes: history.episodes,
        warnings: &[],
        settings: history.settings,
    };
    let found = LOAD_RULES.iter().copied().flat_map(|rule| rule.check(&seen).findings().to_vec()).collect();
    let first = history.week_of(history.open_from().max(course.from));
    let weeks = tables.weeks.into_iter().filter(|week| (first..=course.until).contains(&week.start)).collect();
    Ok((found, weeks))
}

fn build(
    history: &History<'_>,
    course: &Course,
    runs: &[&Run],
    as_of: NaiveDate,
    spread: bool,
) -> Result<Tables, Error> {
    let mut table_runs: Vec<TableRun<'_>> = runs
        .iter()
        .map(|run| TableRun { date: run.date, distance_m: run.distance_m, shoe: run.pair, entry: None })
        .collect();
    if spread {
        for total in &course.totals {
            table_runs.extend(spread_out(history, course.open_m(history, total), total.start));
        }
    }
    // From the plan's first day on, a day without a planned run is known to have none. Of the days before it nothing
    // is known, as in any blank of a log.
    let first = course.from.max(history.as_of + Days::new(1));
    let planned_days = first.iter_days().take_while(|&day| day <= as_of);
    let note_days: Vec<NaiveDate> = history.note_days.iter().copied().chain(planned_days).collect();
    tables::build(&tables::Input {
        runs: &table_runs,
        other_sport_days: history.other_sport_days,
        note_days: &note_days,
        shoes: history.pairs,
        week_start: history.week_start,
        as_of,
        blank_days: history.settings.get(&BLANK_DAYS),
    })
    .map_err(|error| Error::Tables { why: error.to_string() })
}

/// Spreads metres without a day over the open days of their week.
fn spread_out(history: &History<'_>, open_m: u32, start: NaiveDate) -> Vec<TableRun<'static>> {
    if open_m == 0 {
        return Vec::new();
    }
    let end = start + Days::new(6);
    let first = start.max(history.open_from()).min(end);
    let days: Vec<NaiveDate> = first.iter_days().take_while(|&day| day <= end).collect();
    let count = u32::try_from(days.len()).unwrap_or(7).max(1);
    let (each, rest) = (open_m / count, open_m % count);
    days.iter()
        .enumerate()
        .map(|(index, &date)| {
            let more = if index == 0 { rest } else { 0 };
            TableRun { date, distance_m: Some(each + more), shoe: None, entry: None }
        })
        .collect()
}
