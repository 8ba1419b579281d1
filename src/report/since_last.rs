//! What has changed since an earlier report of the same athlete, in one sentence. Only what the JSON contract holds is
//! compared, so that any program that writes it will do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::contract::{EpisodeRow, Report, SCHEMA_VERSION, SinceLast};
use super::shown::ShownReport;
use super::{versions, wording};
use crate::error::Error;
use crate::model::reading::name_of;

/// The sentence on what has changed, or on why that is not told although there is an earlier report.
#[must_use]
pub fn told(report: &Report) -> Option<String> {
    let since = report.since_last.as_ref().map(|since| since.text.clone());
    since.or_else(|| Some(format!("What changed is not told: {}.", report.not_compared.as_ref()?)))
}

/// Changes named before the rest is only counted.
const FEW: usize = 4;

/// Fewer runs than these tell nothing of whose they are.
const TELLING_RUNS: usize = 5;

/// What an earlier report held, as far as it is compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    as_of: NaiveDate,
    athlete: Athlete,
    #[serde(default, rename = "runs")]
    log: Vec<Run>,
    findings: Vec<Finding>,
    warnings: Vec<Warning>,
    episodes: Vec<Episode>,
}

#[derive(Clone, Debug, Deserialize)]
struct Athlete {
    runs: u64,
    known_by: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Run {
    local_date: NaiveDate,
    distance_m: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
struct Finding {
    id: String,
    current: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Warning {
    flag: String,
    note_date: NaiveDate,
    leads: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Episode {
    id: String,
    open: bool,
}

impl Earlier {
    /// Reads the JSON of a report called `file`.
    ///
    /// # Errors
    /// Why it cannot be compared with, and what to do.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        const WHAT: &str = "a report";
        versions::check(file, text, WHAT, SCHEMA_VERSION)?;
        serde_json::from_str(text).map_err(|_| Error::NotEarlier { file: file.to_owned(), what: WHAT })
    }

    /// This report, called `file`, where it is of the same person as `report`.
    ///
    /// # Errors
    /// Why it is not compared with: it is known by another name, or most of its runs are not in this log.
    pub fn of_the_same(self, report: &Report, file: &str) -> Result<Self, Error> {
        let names = self.athlete.known_by.as_ref().zip(report.athlete.known_by.as_ref());
        if names.is_some_and(|(then, now)| then != now) {
            return Err(Error::AnotherPersons { file: file.to_owned() });
        }
        let mut now: BTreeMap<NaiveDate, Vec<Option<u32>>> = BTreeMap::new();
        for run in &report.runs {
            now.entry(run.local_date).or_default().push(run.distance_m);
        }
        let there =
            |run: &&Run| now.get(&run.local_date).is_some_and(|runs| runs.iter().any(|m| about(*m, run.distance_m)));
        let found = self.log.iter().filter(there).count();
        if self.log.len() >= TELLING_RUNS && 2 * found < self.log.len() {
            return Err(Error::OtherRuns { file: file.to_owned(), found, runs: self.log.len() });
        }
        Ok(self)
    }

    /// What has changed from then to `report`.
    #[must_use]
    pub fn compare(&self, report: &Report) -> SinceLast {
        let mut changes = self.signs(report);
        changes.extend(self.episodes(report));
        changes.extend(self.flags(report));
        let news = !changes.is_empty();
        if changes.len() > FEW {
            let more = changes.len() - FEW;
            changes.truncate(FEW);
            changes.push(format!("{more} more"));
        }
        let runs = match report.athlete.runs.saturating_sub(self.athlete.runs) {
            0 => "no new run".to_owned(),
            new => wording::counted(new, "new run", "new runs"),
        };
        changes.extend(self.still_standing(report));
        changes.push(if news { runs } else { format!("{runs}, no new flag and no new sign") });
        let text = format!("Since the report of {}: {}.", wording::day(self.as_of), changes.join("; "));
        SinceLast { as_of: self.as_of, news, text }
    }

    /// That signs of the earlier report lead this one too, so that nothing else is taken for the all-clear.
    fn still_standing(&self, report: &Report) -> Option<String> {
        let leading = report.warnings.iter().filter(|sign| sign.leads);
        let old: Vec<_> =
            leading.map(|sign| &sign.warning).filter(|sign| self.led(name_of(sign.flag), sign.note_date)).collect();
        match &old[..] {
            [] => None,
            [one] => Some(format!("the warning sign of {} still stands", wording::day_month(one.note_date))),
            several => Some(format!("{} warning signs still stand", several.len())),
        }
    }

    fn led(&self, flag: &str, day: NaiveDate) -> bool {
        self.warnings.iter().any(|sign| sign.leads && sign.flag == flag && sign.note_date == day)
    }

    fn signs(&self, report: &Report) -> Vec<String> {
        let mut leading: Vec<_> = report.warnings.iter().filter(|sign| sign.leads).map(|sign| &sign.warning).collect();
        leading.sort_by_key(|sign| (sign.priority, sign.note_date));
        let new = leading.iter().filter(|sign| !self.led(name_of(sign.flag), sign.note_date));
        let mut changes: Vec<String> = new
            .map(|sign| format!("a new warning sign, {} ({})", sign.flag.words(), wording::day_month(sign.note_date)))
            .collect();
        if leading.is_empty() && self.warnings.iter().any(|sign| sign.leads) {
            changes.push("no warning sign leads the report any more".to_owned());
        }
        changes
    }

    fn episodes(&self, report: &Report) -> Vec<String> {
        let was = |id: &str| self.episodes.iter().find(|episode| episode.id == id).map(|episode| episode.open);
        let place = |episode: &EpisodeRow| wording::hip_short(episode.side);
        report
            .episodes
            .iter()
            .filter_map(|episode| match (was(&episode.id), episode.open) {
                (None, true) => Some(format!("{} pain since {}", place(episode), wording::day_month(episode.onset))),
                (None, false) => Some(format!("{} pain noted for {}", place(episode), wording::episode_days(episode))),
                (Some(false), true) => Some(format!("{} pain is back", place(episode))),
                (Some(true), false) => {
                    Some(format!("{} pain of {} has ended", place(episode), wording::day_month(episode.onset)))
                }
                (Some(_), _) => None,
            })
            .collect()
    }

    fn flags(&self, report: &Report) -> Vec<String> {
        let was = |id: &str| self.findings.iter().any(|finding| finding.current && finding.id == id);
        let shown = ShownReport::new(report);
        let new = shown.current().into_iter().filter(|(_, flag)| !flag.is_sign() && !was(&flag.id));
        new.map(|(_, flag)| shown.brief(flag)).collect()
    }
}

/// Whether two distances can be one run's: a version that reads tracks better gives some metres more or less.
fn about(one: Option<u32>, other: Option<u32>) -> bool {
    one.zip(other).is_none_or(|(one, other)| u64::from(one.abs_diff(other)) * 50 <= u64::from(one.max(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{fixtures, json};

    fn changed(edit: impl Fn(&mut serde_json::Value)) -> SinceLast {
        let report = fixtures::warning();
        let mut then: serde_json::Value = serde_json::from_str(&json::render(&report)).unwrap();
        then["as_of"] = "2026-03-01".into();
        edit(&mut then);
        Earlier::read("then.json", &then.to_string()).expect("a report").compare(&report)
    }

    #[test]
    fn the_same_report_holds_nothing_new() {
        let same = changed(|_| {});
        assert!(!same.news);
        // Of the three signs of the made-up runner those of 17 and 20 January lead; that of November is cleared.
        assert_eq!(
            same.text,
            "Since the report of 1 Mar 2026: 2 warning signs still stand; no new run, no new flag and no new sign."
        );
        // Had the sign of 17 January not led then, it would be new, and that of 20 January alone the old one.
        let one = changed(|then| then["warnings"][1]["leads"] = false.into());
        assert_eq!(
            one.text,
            "Since the report of 1 Mar 2026: a new warning sign, pain that is getting worse (17 Jan); the warning sign of 20 Jan \
             still stands; no new run."
        );
    }

    #[test]
    fn what_the_earlier_report_lacked_is_named_the_signs_first() {
        let report = fixtures::warning();
        let signs = report.warnings.iter().filter(|sign| sign.leads).count();
        assert!(signs > 0 && report.episodes.iter().any(|episode| episode.open), "the fixture has both");
        let bare = changed(|then| {
            for list in ["warnings", "episodes", "findings"] {
                then[list] = serde_json::Value::Array(Vec::new());
            }
            then["athlete"]["runs"] = (report.athlete.runs - 2).into();
        });
        assert!(bare.news);
        assert!(bare.text.starts_with("Since the report of 1 Mar 2026: a new warning sign, "), "{}", bare.text);
        assert!(bare.text.ends_with("; 2 new runs."), "{}", bare.text);
    }

    #[test]
    fn an_episode_that_closed_or_opened_again_is_said() {
        let of = |report: &Report| report.episodes.iter().position(|episode| episode.open).expect("an open one");
        let at = of(&fixtures::warning());
        let back = changed(|then| then["episodes"][at]["open"] = false.into());
        assert!(back.news && back.text.contains("pain is back"), "{}", back.text);
        let report = fixtures::warning();
        let closed = report.episodes.iter().position(|episode| !episode.open);
        if let Some(closed) = closed {
            let ended = changed(|then| then["episodes"][closed]["open"] = true.into());
            assert!(ended.news && ended.text.contains("has ended"), "{}", ended.text);
        }
    }

    #[test]
    fn only_the_same_persons_report_is_compared_with() {
        let mut report = fixtures::warning();
        report.athlete.known_by = Some("Ana".to_owned());
        let then: serde_json::Value = serde_json::from_str(&json::render(&report)).unwrap();
        let why = |edit: &dyn Fn(&mut serde_json::Value)| {
            let mut then = then.clone();
            edit(&mut then);
            let earlier = Earlier::read("ana.json", &then.to_string()).expect("a report");
            earlier.of_the_same(&report, "ana.json").err().map(|error| error.to_string())
        };
        assert_eq!(why(&|_| ()), None);
        assert_eq!(
            why(&|then| then["athlete"]["known_by"] = "ana".into()).as_deref(),
            Some("ana.json is not compared: it is another person's")
        );
        // A report of a version that did not say.
        assert_eq!(why(&|then| then["athlete"]["known_by"] = serde_json::Value::Null), None);
        let runs = report.runs.len();
        assert!(runs >= 2 * TELLING_RUNS, "the fixture has {runs} runs");
        let other = |of: usize, m: u32| {
            why(&move |then| {
                for run in then["runs"].as_array_mut().unwrap().iter_mut().take(of) {
                    run["distance_m"] =
                        (u32::try_from(run["distance_m"].as_u64().unwrap_or(5_000)).unwrap() + m).into();
                }
            })
        };
        assert_eq!(other(runs, 1), None, "some metres more are the same runs");
        assert_eq!(other(runs / 2, 90_000), None);
        let most = other(runs / 2 + 1, 90_000).expect("another's");
        assert!(most.contains("runs are in this log, so it is another person's, or files are missing"), "{most}");
    }

    #[test]
    fn another_version_or_no_report_is_not_compared_with() {
        let report = json::render(&fixtures::warning());
        let why = |text: &str| Earlier::read("a.json", text).err().map(|error| error.to_string());
        assert_eq!(why(&report), None);
        let newer = report.replacen("\"schema_version\": 1", "\"schema_version\": 2", 1);
        assert!(why(&newer).is_some_and(|why| why.starts_with("a.json is of version 2")));
        for text in ["{\"schema_version\": 1}", "", &report[..report.len() / 2]] {
            assert!(why(text).is_some_and(|why| why.starts_with("a.json is not a report that can be read")));
        }
    }
}
