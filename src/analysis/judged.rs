//! The second half of the analysis: from an athlete's runs, tables and notes to the report.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::prepared::{PreparedAthlete, up_to};
use super::{advice, linking, redaction, thresholds};
use crate::model::episode::{Episode, Warning};
use crate::model::finding::{Finding, Severity, Unit};
use crate::model::ledger::Totals;
use crate::model::log::{Entry, Log};
use crate::model::threshold::{Origin, Settings, Threshold};
use crate::pain::episodes::{self};
use crate::pain::{ReadNote, warnings};
use crate::plan::budget;
use crate::report::build;
use crate::report::contract::{Report, View};
use crate::report::facts::{Facts, NoteAsRead, RuleResult};
use crate::rules::{self, CURRENT_DAYS, InputRun, RuleInput};
use crate::tables::Tables;

/// So many logged days without a run after a painful day make an episode an injury.
pub const INJURY_DAYS: Threshold = Threshold {
    key: "injury_days",
    default: 7,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "an episode is an injury where a painful day is followed by so many logged days without a run (Yamato 2015)",
};

impl PreparedAthlete<'_> {
    /// Makes the report from the athlete's tables.
    #[must_use]
    pub fn judge(mut self, tables: &Tables) -> Report {
        let readings = std::mem::take(&mut self.readings);
        let noted: Vec<NoteAsRead<'_>> = readings.into_iter().filter_map(|one| one.beside(&self.log)).collect();
        let mut report = judge(&self, &noted, tables);
        if self.request.redact_as.is_some() {
            redaction::finish(&mut report, &noted);
        }
        report
    }
}

/// Makes the report of a log whose notes have been read.
fn judge(prepared: &PreparedAthlete<'_>, noted: &[NoteAsRead<'_>], tables: &Tables) -> Report {
    let PreparedAthlete { log, settings, request, pairs, worn, .. } = prepared;
    let as_of = request.as_of;
    let (runs, other) = (up_to(&log.runs, as_of), up_to(&log.other, as_of));

    let seen_runs: Vec<InputRun<'_>> = runs
        .iter()
        .zip(worn)
        .map(|(run, pair)| InputRun {
            id: &run.id,
            date: run.local_date,
            distance_m: run.distance.map(|distance| distance.m),
            shoe: pair.map(|index| pairs[index].limits.name.as_str()),
        })
        .collect();

    let read: Vec<ReadNote<'_>> = noted
        .iter()
        .map(|noted| ReadNote {
            date: noted.note.date,
            text: &noted.note.text,
            file: &noted.note.source,
            reading: &noted.reading,
        })
        .collect();
    let mut groups =
        episodes::group(&read, as_of, settings, |day| stopped_running(tables, day, settings.get(&INJURY_DAYS)));
    let grouped: Vec<Episode> = groups.iter().map(|group| group.episode.clone()).collect();
    let mut seen = RuleInput {
        as_of,
        runs: &seen_runs,
        days: &tables.days,
        weeks: &tables.weeks,
        shoes: &tables.shoes,
        episodes: &grouped,
        warnings: &[],
        settings,
    };
    let mut judged: Vec<RuleResult> =
        rules::LOAD_RULES.iter().copied().map(|rule| RuleResult { rule, outcome: rule.check(&seen) }).collect();
    let raised = warnings::raise(&read, &mut groups, &load_days(&judged), settings);
    seen.warnings = &raised;
    judged.extend(rules::SIGN_RULES.iter().copied().map(|rule| RuleResult { rule, outcome: rule.check(&seen) }));

    let episodes: Vec<Episode> = groups.iter().map(|group| group.episode.clone()).collect();
    let standing = standing(&raised, &episodes, as_of, settings);
    let current = current_findings(&judged, tables, &episodes, &raised, &standing, settings, as_of);
    let links = linking::Links::new(&seen, &episodes, &judged);
    let rises: Vec<&Finding> =
        judged.iter().filter(|one| one.rule.meta().load_rise).flat_map(|one| one.outcome.findings()).collect();
    let plan = budget::budget(&budget::Week {
        as_of,
        weeks: &tables.weeks,
        runs: &seen_runs,
        rises: &rises,
        settings,
        open_episode: episodes.iter().any(|episode| episode.open),
        warning_leads: standing.iter().any(|&stands| stands),
        seen: raised.iter().zip(&standing).filter(|(_, stands)| **stands).all(|(sign, _)| sign.seen_on.is_some()),
        units: request.units,
    });

    let advice = advice::advise(&advice::AdviceInputs {
        as_of,
        judged: &judged,
        current: &current,
        raised: &raised,
        standing: &standing,
        episodes: &episodes,
        groups: &groups,
        notes: &read,
        tables,
        has_other_sports: !other.is_empty(),
        room: plan.as_ref(),
        units: request.units,
        settings,
    });

    build::report(&Facts {
        as_of,
        athlete: request.athlete.as_deref(),
        view: View { units: request.units, since: request.since, until: request.until, ..View::default() },
        log,
        totals: totals(log, &runs, &other),
        settings,
        thresholds: &thresholds().collect::<Vec<_>>(),
        runs: &runs,
        pairs: worn,
        tables,
        recent: linking::recent(&seen),
        judged: &judged,
        current: &current,
        warnings: &raised,
        standing: &standing,
        notes: noted,
        episodes: &episodes,
        before: &links.before,
        links: &links.rows,
        advice: &advice,
        plan,
    })
}

/// Counts what became of the activities, without those after the day of the report.
fn totals(log: &Log, runs: &[&Entry], other: &[&Entry]) -> Totals {
    let all = || log.runs.iter().chain(&log.other);
    let members: u64 = all().map(|entry| entry.members).sum();
    let (runs_out, other_sport) = (runs.len() as u64, other.len() as u64);
    Totals {
        activities_in: members + log.left_out,
        duplicates_merged: members - all().count() as u64,
        other_sport,
        left_out: log.left_out + (log.runs.len() + log.other.len()) as u64 - runs_out - other_sport,
        runs_out,
    }
}

/// True if each of so many days after `day` is observed and has no run, and a run is known before them: somebody who
/// only keeps notes has not stopped running.
fn stopped_running(tables: &Tables, day: NaiveDate, run_free_days: u32) -> bool {
    tables.days.iter().take_while(|known| known.date <= day).any(|known| known.runs > 0)
        && (1..=run_free_days).all(|after| {
            let day = day + Days::new(u64::from(after));
            tables
                .days
                .binary_search_by_key(&day, |known| known.date)
                .is_ok_and(|index| tables.days[index].observed && tables.days[index].runs == 0)
        })
}

/// The days of jumps and spikes in load; groin pain soon after one needs a doctor.
fn load_days(judged: &[RuleResult]) -> Vec<warnings::LoadDay> {
    judged
        .iter()
        .filter(|one| one.rule.meta().load_rise)
        .flat_map(|one| one.outcome.findings())
        .map(|finding| warnings::LoadDay { date: finding.dated, is_warning: finding.severity >= Severity::Warning })
        .collect()
}

/// For each warning, whether it leads the report.
fn standing(raised: &[Warning], episodes: &[Episode], as_of: NaiveDate, settings: &Settings) -> Vec<bool> {
    raised
        .iter()
        .map(|warning| {
            let episode = warning.episode.as_ref().and_then(|id| episodes.iter().find(|episode| episode.id == *id));
            warnings::leads(warning, episode, as_of, settings)
        })
        .collect()
}

/// Ids of the current findings: those that are recent, of an open episode, of a shoe in use, or of a leading sign.
fn current_findings(
    judged: &[RuleResult],
    tables: &Tables,
    episodes: &[Episode],
    raised: &[Warning],
    standing: &[bool],
    settings: &Settings,
    as_of: NaiveDate,
) -> BTreeSet<String> {
    let recent = |day: NaiveDate| (as_of - day).num_days() < i64::from(settings.get(&CURRENT_DAYS));
    let in_use: BTreeSet<&str> = tables
        .shoes
        .iter()
        .filter(|shoe| shoe.last_used.is_some_and(recent))
        .map(|shoe| shoe.limits.name.as_str())
        .collect();
    let is_current = |finding: &Finding| {
        let open = episodes.iter().any(|episode| episode.open && Some(episode.id.as_str()) == finding.episode());
        let in_use = finding.shoes().is_some_and(|shoe| in_use.contains(shoe));
        let leads = advice::is_sign(finding)
            && raised.iter().zip(standing).any(|(warning, &stands)| {
                stands && warning.note_date == finding.from && warning.episode.as_deref() == finding.episode()
            });
        recent(finding.to) || open || in_use || leads
    };
    judged
        .iter()
        .flat_map(|one| one.outcome.findings())
        .filter(|finding| is_current(finding))
        .map(|finding| finding.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{self, BLANK_DAYS, TableRun};

    #[test]
    fn only_who_has_run_can_stop_running() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        let noted: Vec<NaiveDate> = (1..=20).map(day).collect();
        let stopped = |runs: &[u32]| {
            let runs: Vec<TableRun<'_>> = runs
                .iter()
                .map(|&on| TableRun { date: day(on), distance_m: Some(5_000), shoe: None, entry: None })
                .collect();
            let input = tables::Input {
                runs: &runs,
                other_sport_days: &[],
                note_days: &noted,
                shoes: &[],
                week_start: chrono::Weekday::Mon,
                as_of: day(20),
                blank_days: BLANK_DAYS.default,
            };
            stopped_running(&tables::build(&input).expect("tables"), day(4), INJURY_DAYS.default)
        };
        assert!(stopped(&[3]) && stopped(&[4, 12]));
        assert!(!stopped(&[3, 11]));
        // A log of notes alone, and one whose runs begin later.
        assert!(!stopped(&[]) && !stopped(&[12]));
    }
}
