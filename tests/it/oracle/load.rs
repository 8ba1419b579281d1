//! Findings about the load: jumps, spikes, rest, streaks and returns, each by a loop over days.
//!
//! Readings of the contract chosen here:
//! - a jump's measure is the share above the week before, its threshold 0.10 at either severity, its runs those of
//!   the week; it is dated `crossed_on`;
//! - the four weeks before a jump are the 28 days before its Monday; a run-free stretch counts as far as it lies
//!   inside them, unobserved days included, days before the first entry not; an episode day is any day from onset to end;
//! - the statistics date a jump on the first day its total exceeds max(1.10·R, R + 3 km), R the larger of the week before
//!   and the mean of the four before where there are two, R ≥ 5 km;
//! - a spike's three runs are runs with a known distance; its measure is the share above the longest, its threshold
//!   0.10 at either severity, its run itself alone;
//! - a rest finding's measure is the days without a run, its threshold 2, its runs those of the week; it is dated Sunday;
//! - a streak's measure is its length, its threshold 6, its runs all of it; each day from the seventh on is a flag day;
//! - a return's measure is the days without a run, its threshold 14, its run the first after.

use chrono::NaiveDate;

use crate::oracle::episodes::Episode;
use crate::oracle::finding::{Finding, number_ties};
use crate::oracle::log::{Log, before, span};
use crate::oracle::weeks::{Week, comparable, crossing, four_before, share_above, weeks};

fn ids(log: &Log, from: NaiveDate, to: NaiveDate) -> Vec<String> {
    log.runs_in(from, to).iter().map(|run| run.id.clone()).collect()
}

pub fn findings(log: &Log, episodes: &[Episode]) -> Vec<Finding> {
    let weeks = weeks(log);
    let mut findings: Vec<_> = weeks.iter().filter_map(|week| jump(log, week, episodes)).collect();
    findings.extend(spikes(log));
    findings.extend(weeks.iter().filter_map(|week| rest(log, week)));
    findings.extend(streaks(log));
    findings.extend(returns(log));
    for finding in &mut findings {
        finding.current = log.recent(finding.to);
    }
    findings
}

fn jump(log: &Log, this: &Week, episodes: &[Episode]) -> Option<Finding> {
    let last_m = comparable(log, this).ok()?.metres;
    if 100 * this.metres <= 110 * last_m {
        return None;
    }
    let mean = four_before(log, this.start);
    let after_light = mean.is_some_and(|(sum, n)| 100 * this.metres * n <= 110 * sum);
    let large = 100 * this.metres > 120 * last_m && !after_light && this.metres - last_m >= 3_000;
    let ramp = is_ramp(log, this.start, episodes);
    let mut tags = Vec::new();
    if after_light {
        tags.push("after-light-week");
    }
    if ramp {
        tags.push("return-ramp");
    }
    Some(Finding {
        figures: (share_above(this.metres, last_m), Some(0.10), "share"),
        runs: ids(log, this.start, this.end),
        tags,
        flag_days: crossing(log, this, 110 * last_m).into_iter().collect(),
        link_day: if ramp { None } else { link_crossing(log, this, last_m, mean) },
        ..Finding::new("weekly-mileage-jump", if large { "warning" } else { "notice" }, this.start, this.end)
    })
}

fn is_ramp(log: &Log, start: NaiveDate, episodes: &[Episode]) -> bool {
    let window = span(before(start, 28).max(log.log_from()), before(start, 1));
    let painful = window.iter().any(|day| episodes.iter().any(|e| e.onset <= *day && *day <= e.end));
    let idle = window.windows(7).any(|days| days.iter().all(|day| !log.ran_on(*day)));
    painful || idle
}

/// Everything is multiplied by 100 and `n`, so that the mean stays exact.
fn link_crossing(log: &Log, this: &Week, last_m: u64, mean: Option<(u64, u64)>) -> Option<NaiveDate> {
    let (sum, n) = mean.unwrap_or((last_m, 1));
    let reference = sum.max(last_m * n);
    if reference < 5_000 * n {
        return None;
    }
    let limit = (110 * reference).max(100 * (reference + 3_000 * n));
    span(this.start, this.end).into_iter().find(|day| 100 * n * log.metres(this.start, *day) > limit)
}

fn spikes(log: &Log) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in &log.runs {
        let known: Vec<_> = log
            .runs_in(before(run.date, 30), before(run.date, 1))
            .iter()
            .filter_map(|earlier| earlier.distance_m)
            .collect();
        let (Some(distance_m), Some(longest_m)) = (run.distance_m, known.iter().max().copied()) else { continue };
        if known.len() < 3 || 100 * distance_m <= 110 * longest_m {
            continue;
        }
        let severity = if distance_m > 2 * longest_m { "warning" } else { "notice" };
        findings.push(Finding {
            figures: (share_above(distance_m, longest_m), Some(0.10), "share"),
            runs: vec![run.id.clone()],
            link_day: Some(run.date),
            ..Finding::new("long-run-spike", severity, run.date, run.date)
        });
    }
    number_ties(&mut findings);
    findings
}

fn rest(log: &Log, this: &Week) -> Option<Finding> {
    let rest_days = 7 - this.run_days;
    if !this.counts() || rest_days >= 2 {
        return None;
    }
    let severity = if rest_days == 0 { "warning" } else { "notice" };
    Some(Finding {
        figures: (rest_days as f64, Some(2.0), "days"),
        runs: ids(log, this.start, this.end),
        link_day: Some(this.end),
        ..Finding::new("too-few-rest-days", severity, this.start, this.end)
    })
}

fn streaks(log: &Log) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut row: Vec<NaiveDate> = Vec::new();
    // One day more than the log has, so that a streak at its end is closed.
    for day in span(log.log_from(), log.as_of).into_iter().map(Some).chain([None]) {
        if let Some(day) = day.filter(|day| log.ran_on(*day)) {
            row.push(day);
            continue;
        }
        if row.len() > 6 {
            let (from, to) = (row[0], row[row.len() - 1]);
            findings.push(Finding {
                figures: (row.len() as f64, Some(6.0), "days"),
                runs: ids(log, from, to),
                flag_days: row[6..].to_vec(),
                link_day: Some(to),
                ..Finding::new("long-running-streak", "warning", from, to)
            });
        }
        row.clear();
    }
    findings
}

fn returns(log: &Log) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pair in log.runs.windows(2) {
        let idle_days = (pair[1].date - pair[0].date).num_days() - 1;
        if idle_days >= 14 {
            findings.push(Finding {
                figures: (idle_days as f64, Some(14.0), "days"),
                runs: vec![pair[1].id.clone()],
                ..Finding::new("return-after-break", "info", pair[1].date, pair[1].date)
            });
        }
    }
    findings
}

mod tests {
    use super::*;
    use crate::oracle::log::tiny;

    /// One run a day from a Monday on, of these kilometres; 0 is a day with only a note.
    fn daily(as_of: &str, from: &str, km: &[u32]) -> Log {
        let first: NaiveDate = from.parse().unwrap();
        let lines: Vec<_> = first
            .iter_days()
            .zip(km)
            .map(|(day, km)| if *km == 0 { format!("{day} off") } else { format!("{day} {km}km") })
            .collect();
        tiny(as_of, &lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn of_rule<'a>(findings: &'a [Finding], rule: &str) -> Vec<&'a Finding> {
        findings.iter().filter(|finding| finding.rule == rule).collect()
    }

    #[test]
    fn eleven_tenths_is_no_jump_and_a_hundred_metres_more_is() {
        let weeks = |last: &str| {
            let mut lines = vec!["2026-01-05 10km", "2026-01-12 10km", "2026-01-19 10km", "2026-01-26 10km"];
            lines.push(last);
            of_rule(&findings(&tiny("2026-02-10", &lines), &[]), "weekly-mileage-jump").len()
        };
        assert_eq!(weeks("2026-02-02 11km"), 0);
        assert_eq!(weeks("2026-02-02 11.1km"), 1);
    }

    #[test]
    fn a_jump_of_less_than_three_kilometres_is_a_notice_and_never_linked() {
        let lines = ["2026-01-05 10km", "2026-01-12 8km", "2026-01-15 4.5km"];
        let found = findings(&tiny("2026-01-25", &lines), &[]);
        let jump = of_rule(&found, "weekly-mileage-jump")[0];
        assert_eq!((jump.severity, jump.link_day), ("notice", None));
        assert_eq!(jump.flag_days, ["2026-01-15".parse::<NaiveDate>().unwrap()]);
    }

    #[test]
    fn a_jump_by_a_quarter_is_a_warning_dated_apart_for_the_statistics() {
        let lines = ["2026-01-05 20km", "2026-01-12 22.5km", "2026-01-13 0.4km", "2026-01-14 2.1km"];
        let found = findings(&tiny("2026-01-25", &lines), &[]);
        let jump = of_rule(&found, "weekly-mileage-jump")[0];
        assert_eq!((jump.severity, jump.figures), ("warning", (0.25, Some(0.10), "share")));
        assert_eq!(jump.flag_days, ["2026-01-12".parse::<NaiveDate>().unwrap()]);
        assert_eq!(jump.link_day, Some("2026-01-14".parse().unwrap()), "above 23 km");
    }

    #[test]
    fn six_days_are_no_streak_and_eight_have_two_flag_days() {
        let six = daily("2026-02-01", "2026-01-05", &[5, 5, 5, 5, 5, 5, 0]);
        assert!(of_rule(&findings(&six, &[]), "long-running-streak").is_empty());
        let eight = daily("2026-02-01", "2026-01-05", &[5; 8]);
        let found = findings(&eight, &[]);
        let streak = of_rule(&found, "long-running-streak")[0];
        assert_eq!((streak.flag_days.len(), streak.figures), (2, (8.0, Some(6.0), "days")));
        assert_eq!(of_rule(&found, "too-few-rest-days")[0].severity, "warning");
    }

    #[test]
    fn a_spike_needs_three_runs_before_it() {
        let two = daily("2026-02-01", "2026-01-05", &[5, 5, 12]);
        assert!(of_rule(&findings(&two, &[]), "long-run-spike").is_empty());
        let three = daily("2026-02-01", "2026-01-05", &[5, 5, 5, 11]);
        assert_eq!(of_rule(&findings(&three, &[]), "long-run-spike")[0].severity, "warning");
    }

    #[test]
    fn fourteen_days_between_runs_are_a_break_and_thirteen_are_not() {
        let gap = |second: &str| {
            let log = tiny("2026-02-01", &["2026-01-05 5km", second]);
            of_rule(&findings(&log, &[]), "return-after-break").len()
        };
        assert_eq!((gap("2026-01-19 5km"), gap("2026-01-20 5km")), (0, 1));
    }
}
