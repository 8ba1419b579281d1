//! `worn-shoes`: a pair that has reached the guidance's replacement window of 300 to 500 miles, or is past it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{Family, Meta, Outcome, Remedy, Rule, RuleInput};
use crate::model::dates::day;
use crate::model::finding::{Finding, Severity, Subject, Unit};
use crate::model::threshold::{Origin, Threshold};
use crate::model::units::Units;
use crate::tables::ShoeUse;

/// The start of the replacement window: 300 miles.
pub const SHOE_DUE: Threshold = Threshold {
    key: "shoe_due",
    default: 482_803,
    unit: Unit::M,
    origin: Origin::Guidance,
    configurable: true,
    meaning: "the replacement window of shoes begins here",
};

/// The end of the replacement window: 500 miles.
pub const SHOE_WORN: Threshold = Threshold {
    key: "shoe_worn",
    default: 804_672,
    unit: Unit::M,
    origin: Origin::Guidance,
    configurable: true,
    meaning: "the replacement window of shoes ends here",
};

/// A pair first used this soon after the log begins may have been used before.
const SHOE_NEW_DAYS: Threshold = Threshold {
    key: "shoe_new_days",
    default: 30,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "a pair first used this soon after the log begins may have been used before",
};

const META: Meta = Meta {
    id: "worn-shoes",
    title: "Worn shoes",
    family: Family::Shoes,
    counted: ("pair", "pairs"),
    what: "A pair that has reached 300 miles (483 km), the start of the window in which the guidance has shoes replaced, \
           or 500 miles (805 km), its end. The distance is what is known: runs without a distance or a shoe are not in it.",
    why: "The guidance describes worn cushioning as passing more of each step's load on to the joints.",
    example: "290 miles at the start of the log and 15 miles since: due, a notice. 500 miles: worn, a warning.",
    grade: "guidance; mechanical evidence only",
    guidance: &["shoes.replace.300-500-miles", "shoes.worn-risk-002"],
    thresholds: &[&SHOE_DUE, &SHOE_WORN, &SHOE_NEW_DAYS],
    link: None,
    load_rise: false,
    week_totals_suffice: false,
    remedy: Remedy::OtherShoes,
};

/// Where a pair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ShoeState {
    /// Below the window.
    Ok,
    /// In the window.
    Due,
    /// Past it.
    Worn,
    /// No longer in use.
    Retired,
    /// Below the window as far as is known, and more may be missing.
    Unknown,
}

/// The state of a pair on `as_of`, in a log that begins on `log_from`.
#[must_use]
pub fn state(shoe: &ShoeUse, as_of: NaiveDate, log_from: Option<NaiveDate>) -> ShoeState {
    if shoe.limits.to.is_some_and(|to| as_of > to) {
        return ShoeState::Retired;
    }
    if shoe.distance_m >= u64::from(shoe.limits.worn_m) {
        return ShoeState::Worn;
    }
    if shoe.distance_m >= u64::from(shoe.limits.due_m) {
        return ShoeState::Due;
    }
    let new_until = log_from.map(|from| from + Days::new(u64::from(SHOE_NEW_DAYS.default)));
    let may_be_older =
        shoe.limits.initial_m.is_none() && shoe.first_used.zip(new_until).is_some_and(|(first, until)| first <= until);
    if may_be_older || shoe.runs_without_distance > 0 { ShoeState::Unknown } else { ShoeState::Ok }
}

/// A name as part of an id: letters and digits in lower case, and a hyphen for anything else.
#[must_use]
pub fn shoe_slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "shoe".to_owned() } else { slug.to_owned() }
}

/// Judges the known distance of each pair.
pub(super) struct WornShoes;

impl Rule for WornShoes {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let mut findings = Vec::new();
        let mut flagged = 0;
        let assessed = seen.shoes.iter().filter(|shoe| shoe.distance_m > 0 || shoe.runs > 0).count() as u64;
        let slugs = own_slugs(seen.shoes.iter().map(|shoe| shoe.limits.name.as_str()));
        // Thousands of pairs may have reached a limit, so the runs are searched once for all of them.
        let reached = seen.shoes.iter().flat_map(|shoe| [shoe.due_on, shoe.worn_on].map(|on| (on, shoe)));
        let mut by_day: BTreeMap<(NaiveDate, &str), Vec<&str>> =
            reached.filter_map(|(on, shoe)| Some(((on?, shoe.limits.name.as_str()), Vec::new()))).collect();
        let any = !by_day.is_empty();
        for run in seen.runs.iter().filter(|_| any) {
            if let Some(runs) = run.shoe.and_then(|shoe| by_day.get_mut(&(run.date, shoe))) {
                runs.push(run.id);
            }
        }
        for (shoe, slug) in seen.shoes.iter().zip(slugs) {
            let steps = [
                ("due", Severity::Notice, shoe.limits.due_m, shoe.due_on),
                ("worn", Severity::Warning, shoe.limits.worn_m, shoe.worn_on),
            ];
            flagged += u64::from(shoe.due_on.is_some() || shoe.worn_on.is_some());
            findings.extend(steps.into_iter().filter_map(|(name, severity, limit_m, on)| {
                let on = on?;
                Some(Finding {
                    id: format!("{}/{slug}/{name}", META.id),
                    rule: META.id,
                    severity,
                    from: on,
                    to: on,
                    dated: on,
                    measured: Some(as_figure(shoe.distance_m)),
                    threshold: Some(f64::from(limit_m)),
                    unit: Unit::M,
                    runs: by_day
                        .get(&(on, shoe.limits.name.as_str()))
                        .into_iter()
                        .flatten()
                        .map(|&run| run.to_owned())
                        .collect(),
                    tags: vec![name.to_owned()],
                    subject: Some(Subject::Shoes(shoe.limits.name.clone())),
                    figures: Vec::new(),
                })
            }));
        }
        let mut outcome = Outcome::of(findings, assessed, "no run names a shoe and no pair is set as the default");
        outcome.flagged = flagged;
        outcome
    }

    fn figures(&self, finding: &Finding, units: Units) -> Option<String> {
        Some(format!("{}: {}", finding.shoes()?, units.show(super::whole(Some(finding.measured?)))))
    }

    fn sentence(&self, finding: &Finding, units: Units) -> String {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole metres, never negative")]
        let shown = |metres: Option<f64>| units.show(metres.unwrap_or_default().max(0.0) as u64);
        format!(
            "{}: reached {}, the {} of the replacement window, on {}; at least {} by now.",
            finding.shoes().unwrap_or("A pair"),
            shown(finding.threshold),
            if finding.has_tag("worn") { "end" } else { "start" },
            day(finding.from),
            shown(finding.measured),
        )
    }

    fn day_before(&self, finding: &Finding, onset: NaiveDate, seen: &RuleInput<'_>) -> Option<NaiveDate> {
        // Only the pair that the runner wore last can be related to the onset.
        (finding.shoes() == seen.shoes_by(onset)).then_some(finding.dated)
    }
}

#[expect(clippy::cast_precision_loss, reason = "metres on a shoe are far below 2^53")]
fn as_figure(metres: u64) -> f64 {
    metres as f64
}

/// The slugs of these names, in their order; where several names share one, the later ones get `-2`, `-3` ….
fn own_slugs<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    // The last number tried for each slug: names in another script may all have the same.
    let mut ties: BTreeMap<String, u64> = BTreeMap::new();
    names
        .map(|name| {
            let slug = shoe_slug(name);
            let mut own = slug.clone();
            let tie = ties.entry(slug.clone()).or_insert(1);
            while !taken.insert(own.clone()) {
                *tie += 1;
                own = format!("{slug}-{tie}");
            }
            own
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;
    use crate::tables::ShoeLimits;

    fn log_with(initial_m: Option<u32>, to: Option<&str>) -> Log {
        let mut log = Log::new("2026-06-30");
        let to = to.map(|text| log.day(text));
        log.shoes.push(ShoeLimits { name: "Ghost 15".into(), initial_m, due_m: 482_803, worn_m: 804_672, to });
        log
    }

    #[test]
    fn the_window_begins_and_ends_to_the_metre() {
        for (run_m, expected) in [(2_802, 0), (2_803, 1)] {
            let mut log = log_with(Some(480_000), None);
            let date = log.day("2026-03-04");
            log.run_in(date, Some(run_m), Some(0));
            let outcome = log.check(&WornShoes);
            assert_eq!(outcome.findings().len(), expected, "{run_m}");
            if let Some(found) = outcome.findings().first() {
                assert_eq!(found.id, "worn-shoes/ghost-15/due");
                assert_eq!((found.severity, found.from), (Severity::Notice, date));
            }
        }
        let mut log = log_with(Some(480_000), None);
        for (date, metres) in [("2026-03-04", 3_000), ("2026-03-05", 321_671), ("2026-03-06", 1)] {
            let date = log.day(date);
            log.run_in(date, Some(metres), Some(0));
        }
        let outcome = log.check(&WornShoes);
        assert_eq!(outcome.findings().len(), 2);
        assert_eq!(outcome.flagged, 1);
        assert_eq!(outcome.findings()[1].id, "worn-shoes/ghost-15/worn");
        assert_eq!(outcome.findings()[1].from, log.day("2026-03-06"));
    }

    #[test]
    fn a_sentence_keeps_to_one_unit() {
        let mut log = log_with(Some(480_000), None);
        let date = log.day("2026-03-04");
        log.run_in(date, Some(10_000), Some(0));
        let outcome = log.check(&WornShoes);
        let told = |units| WornShoes.sentence(&outcome.findings()[0], units).replace('\u{a0}', " ");
        assert_eq!(
            told(Units::Km),
            "Ghost 15: reached 483 km, the start of the replacement window, on 4 Mar 2026; at least 490 km by now."
        );
        // 490,000 m are 304.47 mi.
        assert_eq!(
            told(Units::Mi),
            "Ghost 15: reached 300 mi, the start of the replacement window, on 4 Mar 2026; at least 304 mi by now."
        );
    }

    #[test]
    fn where_a_pair_stands() {
        let shoe = |initial_m, distance_m, runs_without_distance, first: &str, to: Option<&str>| ShoeUse {
            limits: ShoeLimits {
                name: "A".into(),
                initial_m,
                due_m: 100,
                worn_m: 200,
                to: to.map(|text| text.parse().expect("a date")),
            },
            distance_m,
            runs: 1,
            runs_without_distance,
            first_used: Some(first.parse().expect("a date")),
            last_used: None,
            due_on: None,
            worn_on: None,
        };
        let at = |shoe: &ShoeUse| {
            state(shoe, "2026-06-30".parse().expect("a date"), Some("2026-01-01".parse().expect("a date")))
        };
        assert_eq!(at(&shoe(Some(0), 99, 0, "2026-01-02", None)), ShoeState::Ok);
        assert_eq!(at(&shoe(Some(0), 100, 0, "2026-01-02", None)), ShoeState::Due);
        assert_eq!(at(&shoe(Some(0), 200, 0, "2026-01-02", None)), ShoeState::Worn);
        assert_eq!(at(&shoe(Some(0), 200, 0, "2026-01-02", Some("2026-06-29"))), ShoeState::Retired);
        assert_eq!(at(&shoe(Some(0), 200, 0, "2026-01-02", Some("2026-06-30"))), ShoeState::Worn);
        assert_eq!(at(&shoe(None, 99, 0, "2026-01-31", None)), ShoeState::Unknown);
        assert_eq!(at(&shoe(None, 99, 0, "2026-02-01", None)), ShoeState::Ok);
        assert_eq!(at(&shoe(Some(0), 99, 1, "2026-02-01", None)), ShoeState::Unknown);
    }

    #[test]
    fn pairs_whose_names_share_a_slug_have_ids_of_their_own() {
        let mut log = Log::new("2026-06-30");
        for (index, name) in ["#", "*", "-", "Shoe 2"].into_iter().enumerate() {
            log.shoes.push(ShoeLimits { name: name.into(), initial_m: None, due_m: 1, worn_m: 2, to: None });
            let date = log.day("2026-03-04");
            log.run_in(date, Some(1), Some(index));
        }
        let outcome = log.check(&WornShoes);
        let ids: Vec<&str> = outcome.findings().iter().map(|found| found.id.as_str()).collect();
        assert_eq!(
            ids,
            ["worn-shoes/shoe/due", "worn-shoes/shoe-2/due", "worn-shoes/shoe-3/due", "worn-shoes/shoe-2-2/due"]
        );
    }

    #[test]
    fn slugs_hold_letters_digits_and_hyphens() {
        assert_eq!(shoe_slug("  Ghost 15 (blue)"), "ghost-15-blue");
        assert_eq!(shoe_slug("/// "), "shoe");
    }
}
