//! The sentence for each link. It says "preceded by" and what the log cannot tell, never "caused" or "safe". That a
//! link which is not shown may still exist is said once, by whoever prints all links.

use super::claim::{Claim, INFORMATIVE_STRATA, LEVEL};
use super::linked::CameTogether;
use super::preset::Preset;
use super::{Linked, RateRatio};

/// The number of episodes, and the share of those with the flag before them, from which two flags are said to have
/// come together.
const TOGETHER: (u64, f64) = (2, 0.75);

/// Ends the text of a link that stands. A page with several links says it once, after them all.
pub const NO_CAUSE: &str = "; it does not show cause.";

/// The sentences for one test; `close` ends those of a link that stands.
pub(super) fn sentence(linked: &Linked, close: &str) -> String {
    let counts = counts(linked);
    match linked.claim {
        Claim::TimelineOnly => timeline(linked),
        Claim::CountsOnly => {
            format!("{counts} So few episodes allow no more than counts.")
        }
        Claim::CannotBeTested => format!(
            "{counts}{} This cannot be tested with this log: {}.",
            ratio(linked.rate_ratio.as_ref()),
            if linked.informative_strata.is_some_and(|strata| strata < INFORMATIVE_STRATA) {
                "days with and without such a flag before them can be compared in fewer than two half-years"
            } else {
                "even the most extreme outcome could not be told from chance"
            }
        ),
        Claim::NotShown => {
            format!("{counts}{} {}{}", ratio(linked.rate_ratio.as_ref()), not_shown(linked), could_show(linked))
        }
        Claim::MoreOftenThanChance => format!(
            "{counts}{} That is more often than chance explains (adjusted p {}){close}{}{}",
            ratio(linked.rate_ratio.as_ref()),
            p_value(linked.p_step_down.unwrap_or(1.0)),
            overstated(linked),
            came_together(linked)
        ),
    }
}

/// Why a link is not shown.
fn not_shown(linked: &Linked) -> &'static str {
    let held_back = linked.p_step_down.is_some_and(|p| p <= LEVEL);
    match linked.diagnostics.iter().find(|one| !one.passes).map(|one| one.name) {
        _ if !linked.more_than_expected() => "That is not more than expected.",
        Some("null-window") if held_back => {
            "Nothing is said of it: such flags stood there two months before as well, so that something slower may be \
             behind both."
        }
        Some("episode-rate") if held_back => {
            "Nothing is said of it: your pain keeps to one part of the year or half-year, so that something else may be \
             behind both."
        }
        Some(_) if held_back => {
            "Nothing is said of it: you write more notes of any kind after such flags, so that pain may only be noted more."
        }
        _ => "This log cannot tell whether that is more than chance.",
    }
}

/// The smallest ratio that the log would have shown.
fn could_show(linked: &Linked) -> String {
    match linked.detectable_ratio {
        Some(found) if linked.more_than_expected() => {
            format!(" In four of five cases it would have shown a ratio of {} or more.", figure(found))
        }
        _ => String::new(),
    }
}

/// How much such a log overstates a ratio that it shows.
fn overstated(linked: &Linked) -> String {
    match linked.exaggeration {
        Some(one) => format!(
            " A log like this overstates what it shows: a true ratio of {} would usually show as {}.",
            figure(one.true_ratio),
            one.shown.map_or_else(|| "one without limit".to_owned(), figure)
        ),
        None => String::new(),
    }
}

/// The flags of other rules before the same episodes: "It came together with a long-run spike before 3 of 4: the two
/// cannot be parted."
fn came_together(linked: &Linked) -> String {
    let most = |both: &&CameTogether| {
        both.episodes >= TOGETHER.0
            && super::hypergeometric::real(both.episodes) >= TOGETHER.1 * super::hypergeometric::real(linked.exposed)
    };
    linked.came_together.iter().filter(most).fold(String::new(), |text, both| {
        format!(
            "{text} It came together with {} before {} of {}: the two cannot be parted.",
            both.one, both.episodes, linked.exposed
        )
    })
}

fn timeline(linked: &Linked) -> String {
    match (linked.episodes_total, linked.episodes_usable) {
        (0, _) => "No hip-pain episode is in this log.".to_owned(),
        (_, 0) => "No hip-pain episode in this log can be used for counting; see the timeline.".to_owned(),
        (_, 1) => "One hip-pain episode can be used: too few for counts; see the timeline.".to_owned(),
        (_, usable) => format!("{usable} hip-pain episodes can be used: too few for counts; see the timeline."),
    }
}

fn counts(linked: &Linked) -> String {
    let usable = if linked.episodes_total == linked.episodes_usable { "" } else { "usable " };
    let (exposed, episodes) = (linked.exposed, linked.episodes_usable);
    let were = if exposed == 1 { "was" } else { "were" };
    format!(
        "{exposed} of {episodes} {usable}hip-pain episodes {were} preceded by {}; \
         {:.1} would be expected from how often you had {}.",
        within(&linked.preset),
        linked.expected.unwrap_or(0.0),
        linked.preset.such
    )
}

/// The exposure in words: `a jump week within 14 days`.
pub(super) fn within(preset: &Preset) -> String {
    let same_day = if preset.window.to_days == 0 { ", the day itself included" } else { "" };
    format!("{} within {} days{same_day}", preset.one, preset.window.from_days)
}

pub(super) fn ratio(ratio: Option<&RateRatio>) -> String {
    let Some(RateRatio { estimate, low, high, .. }) = ratio.copied() else { return String::new() };
    match (estimate, low, high) {
        (Some(estimate), low, Some(high)) => {
            format!(" Rate ratio {} ({}–{}).", figure(estimate), figure(low.unwrap_or(0.0)), figure(high))
        }
        (Some(estimate), low, None) => {
            format!(" Rate ratio {} ({} or more).", figure(estimate), figure(low.unwrap_or(0.0)))
        }
        (None, Some(low), _) => format!(" Rate ratio {} or more, without an upper limit.", figure(low)),
        (None, None, _) => String::new(),
    }
}

/// Formats a ratio: two significant figures below 10, whole numbers above, "over 1000" beyond.
pub(crate) fn figure(value: f64) -> String {
    let shown = match value {
        v if v > 1000.0 => return "over 1000".to_owned(),
        v if v >= 9.95 => return format!("{v:.0}"),
        v if v >= 0.995 => format!("{v:.1}"),
        v if v >= 0.0995 || v == 0.0 => format!("{v:.2}"),
        v if v >= 0.001 => format!("{v:.3}"),
        _ => return "under 0.001".to_owned(),
    };
    // 0.60 is written 0.6; 1.0 keeps its zero, to show the precision.
    let bare = shown.trim_end_matches('0').trim_end_matches('.');
    if value < 0.995 { bare.to_owned() } else { shown }
}

pub(super) fn p_value(p: f64) -> String {
    if p < 0.001 { "below 0.001".to_owned() } else { format!("{p:.3}") }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::diagnostics::Diagnostic;
    use super::super::power::Exaggeration;
    use super::super::testing::{JUMP, SPIKE};
    use super::*;

    fn linked(claim: Claim) -> Linked {
        Linked {
            preset: JUMP,
            episodes_total: 7,
            episodes_usable: 7,
            excluded: BTreeMap::new(),
            exposed: 5,
            expected: Some(3.06),
            exposed_share: Some(0.4),
            informative_strata: Some(3),
            rate_ratio: Some(RateRatio::new(Some(2.93), Some(0.602), Some(19.2))),
            mantel_haenszel: Some(2.8),
            p_exact: Some(0.2),
            p_rotation: None,
            p_one_sided: Some(0.1),
            p_step_down: Some(0.012),
            detectable_ratio: Some(6.4),
            exaggeration: Some(Exaggeration { true_ratio: 2.0, shown: Some(5.21) }),
            diagnostics: Vec::new(),
            came_together: Vec::new(),
            run_days_only: false,
            p_holm: Some(0.4),
            best_attainable_p: Some(0.001),
            seed: None,
            sensitivity: Vec::new(),
            null_window: None,
            claim,
            text: String::new(),
            bare_text: String::new(),
            strata: Vec::new(),
            pairs: BTreeSet::new(),
        }
    }

    fn told(linked: &Linked) -> String {
        sentence(linked, NO_CAUSE)
    }

    #[test]
    fn the_sentence_says_counts_expectation_ratio_and_what_the_log_can_tell() {
        assert_eq!(
            told(&linked(Claim::NotShown)),
            "5 of 7 hip-pain episodes were preceded by a jump week within 14 days; 3.1 would be expected from how often \
             you had such weeks. Rate ratio 2.9 (0.6–19). This log cannot tell whether that is more than chance. In four \
             of five cases it would have shown a ratio of 6.4 or more."
        );
    }

    #[test]
    fn each_claim_has_its_words() {
        let fewer = Linked { exposed: 2, expected: Some(2.4), ..linked(Claim::NotShown) };
        assert!(told(&fewer).ends_with("That is not more than expected."));
        let counts =
            Linked { exposed: 1, episodes_total: 5, episodes_usable: 3, preset: SPIKE, ..linked(Claim::CountsOnly) };
        assert!(told(&counts).starts_with(
            "1 of 3 usable hip-pain episodes was preceded by a long-run spike within 7 days, the day itself included; 3.1"
        ));
        assert!(!told(&counts).contains("Rate ratio"));
        assert!(told(&linked(Claim::MoreOftenThanChance)).ends_with(
            "(adjusted p 0.012); it does not show cause. A log like this overstates what it shows: a true ratio of 2.0 \
             would usually show as 5.2."
        ));
        let plain = Linked { exaggeration: None, ..linked(Claim::MoreOftenThanChance) };
        assert!(sentence(&plain, ".").ends_with("(adjusted p 0.012)."));
        assert!(told(&linked(Claim::CannotBeTested)).contains("even the most extreme outcome"));
        let one_block = Linked { informative_strata: Some(1), ..linked(Claim::CannotBeTested) };
        assert!(told(&one_block).contains("fewer than two half-years"));
    }

    #[test]
    fn flags_that_came_together_are_said() {
        let both = |episodes| CameTogether { rule: SPIKE.label, episodes, one: SPIKE.one };
        let with = |came_together| Linked { exposed: 4, came_together, ..linked(Claim::MoreOftenThanChance) };
        let said = " It came together with a long-run spike before 3 of 4: the two cannot be parted.";
        assert!(told(&with(vec![both(3)])).ends_with(said));
        assert!(!told(&with(vec![both(2)])).contains("together"));
    }

    #[test]
    fn a_claim_that_is_held_back_says_why() {
        let failing = |name| Diagnostic { name, assumes: "", measures: "", measured: None, bound: 0.02, passes: false };
        let with = |name| told(&Linked { diagnostics: vec![failing(name)], ..linked(Claim::NotShown) });
        assert!(with("null-window").contains("two months before"));
        assert!(with("episode-rate").contains("one part of the year"));
        assert!(with("note-density").contains("noted more"));
        let weak =
            Linked { p_step_down: Some(0.3), diagnostics: vec![failing("null-window")], ..linked(Claim::NotShown) };
        assert!(told(&weak).contains("cannot tell whether"));
    }

    #[test]
    fn ratios_are_shown_with_two_figures() {
        let shown = [19.6, 9.96, 2.93, 1.0, 0.996, 0.964, 0.602, 0.0123, 0.0, 266.5, 5000.0, 0.0001].map(figure);
        let expected =
            ["20", "10", "2.9", "1.0", "1.0", "0.96", "0.6", "0.012", "0", "266", "over 1000", "under 0.001"];
        assert_eq!(shown, expected);
        let open = |estimate, low, high| ratio(Some(&RateRatio::new(estimate, low, high)));
        assert_eq!(open(None, Some(1.34), None), " Rate ratio 1.3 or more, without an upper limit.");
        assert_eq!(open(Some(0.0), None, Some(2.5)), " Rate ratio 0 (0–2.5).");
        assert_eq!(open(None, None, None), "");
    }
}
