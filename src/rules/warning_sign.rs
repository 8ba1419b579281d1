//! `warning-sign`: a sign in the notes that asks for a doctor, as a finding.
//!
//! `pain` reads the signs and decides whether they stand; here they only become findings, so that `--fail-on` and the
//! summary see them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Family, Meta, Outcome, Remedy, Rule, RuleInput, number_ties};
use crate::model::dates::day;
use crate::model::episode::Warning;
use crate::model::finding::{Finding, Severity, Subject, Unit};
use crate::model::reading::{Priority, Side, name_of};
use crate::model::units::Units;
use crate::model::warning_sign::RedFlag;

/// The id of the rule, in ids of findings and in the JSON.
pub(super) const ID: &str = "warning-sign";

const META: Meta = Meta {
    id: ID,
    title: "Warning sign",
    family: Family::Signs,
    counted: ("episode", "episodes"),
    what: "Words in a note, or what the notes of an episode add up to, that the guidance wants seen by a doctor: at once \
           (P0), today (P1) or soon (P2).",
    why: "Some hip pain is not a training matter. These signs come before all other advice and are not lowered by \
          anything else in the log.",
    example: "\"limping since the tempo, groin 6/10\": pain on weight-bearing, to be assessed today.",
    grade: "clinical",
    guidance: &["redflag.other-symptoms-000", "redflag.some-need-evaluation-002"],
    thresholds: &[],
    link: None,
    load_rise: false,
    week_totals_suffice: false,
    remedy: Remedy::None("A warning sign is for a doctor to assess, not for a plan."),
};

/// Turns the warning signs of the notes into findings.
pub(super) struct WarningSign;

impl Rule for WarningSign {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let mut by_note: BTreeMap<(NaiveDate, Option<&str>), Vec<&Warning>> = BTreeMap::new();
        for warning in seen.warnings {
            by_note.entry((warning.note_date, warning.episode.as_deref())).or_default().push(warning);
        }
        let mut findings: Vec<Finding> = by_note
            .into_iter()
            .map(|((date, episode), warnings)| {
                let urgent = warnings.iter().any(|warning| warning.priority <= Priority::P1);
                let mut tags: Vec<String> = warnings.iter().map(|warning| name_of(warning.flag).to_owned()).collect();
                tags.sort_unstable();
                Finding {
                    id: format!("{}/{date}", META.id),
                    rule: META.id,
                    severity: if urgent { Severity::Urgent } else { Severity::Warning },
                    from: date,
                    to: date,
                    dated: date,
                    measured: u32::try_from(tags.len()).ok().map(f64::from),
                    threshold: None,
                    unit: Unit::Count,
                    runs: Vec::new(),
                    tags,
                    subject: episode.map(|id| Subject::Episode {
                        id: id.to_owned(),
                        side: seen
                            .episodes
                            .iter()
                            .find(|known| known.id == id)
                            .map_or(Side::Unknown, |known| known.side),
                    }),
                    figures: Vec::new(),
                }
            })
            .collect();
        number_ties(&mut findings);
        let flagged: BTreeSet<&str> = seen.warnings.iter().filter_map(|warning| warning.episode.as_deref()).collect();
        let flagged = flagged.len() as u64;
        // An emergency can be in a note without an episode: it is found, although no episode is flagged.
        let outcome = Outcome::of(findings, seen.episodes.len() as u64, "no hip-pain episode in the notes");
        Outcome { flagged, ..outcome }
    }

    fn sentence(&self, finding: &Finding, _units: Units) -> String {
        format!(
            "Note of {}: {}.",
            day(finding.from),
            finding
                .tags
                .iter()
                .filter_map(|tag| RedFlag::named(tag))
                .map(RedFlag::words)
                .collect::<Vec<_>>()
                .join("; ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    #[test]
    fn the_signs_of_a_note_make_one_finding_as_urgent_as_the_worst() {
        let mut log = Log::new("2026-03-31");
        log.episode(&["2026-03-20"]);
        let warning = |flag, priority, note_date: &str| Warning {
            flag,
            priority,
            note_date: note_date.parse().expect("a date"),
            text: "limping".into(),
            episode: Some("2026-03-20/left".into()),
            cleared_on: None,
            seen_on: None,
        };
        log.warnings = vec![
            warning(RedFlag::NightOrSleep, Priority::P2, "2026-03-20"),
            warning(RedFlag::CannotBearWeight, Priority::P1, "2026-03-20"),
            warning(RedFlag::Persistent, Priority::P2, "2026-03-23"),
        ];
        let outcome = log.check(&WarningSign);
        assert_eq!(outcome.findings().len(), 2);
        assert_eq!(outcome.findings()[0].severity, Severity::Urgent);
        assert_eq!(outcome.findings()[0].tags, ["cannot-bear-weight", "night-or-sleep"]);
        assert_eq!(
            WarningSign.sentence(&outcome.findings()[0], Units::Km),
            "Note of 20 Mar 2026: trouble standing on it, a limp, or a leg that looks wrong; pain at night or in bed."
        );
        assert_eq!(outcome.findings()[1].severity, Severity::Warning);
        assert_eq!((outcome.flagged, outcome.assessed), (1, 1), "two notes of one episode");
    }
}
