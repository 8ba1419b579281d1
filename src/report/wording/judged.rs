//! What was judged, in words: weeks, findings, shoes, links, settings.

use super::rise;
use crate::model::finding::Severity;
use crate::model::reading::Priority;
use crate::model::threshold::Origin;
use crate::model::units::Units;
use crate::report::contract::{Claim, Number, ShoeRow, ShoeState, WeekRow};

/// The urgency of a priority, in the guidance's words.
#[must_use]
pub fn urgency(priority: Priority) -> &'static str {
    match priority {
        Priority::P0 => "Get emergency medical help now",
        Priority::P1 => "Stop running and get medical assessment today",
        Priority::P2 => "Arrange to see a doctor (GP or sports doctor)",
        Priority::P3 => "Now, at home",
        Priority::P4 => "Training load",
        Priority::P5 => "Rebuilding, once pain has settled",
        Priority::P6 => "Habits",
    }
}

/// Why the statistics count fewer flags than are shown: the jumps they leave out.
pub const STRICTER_JUMPS: &str = "A jump week counts here only where it is at least 3\u{a0}km and 10\u{a0}% above both the week \
                                  before and the mean of the four weeks before, and follows neither a break nor pain. So \
                                  there are fewer than the weeks flagged above.";

/// What holds for every link, said once behind them all.
pub const NO_CAUSE: &str = "That one thing came before another does not show that it led to it. A link that is not shown, \
                            or a wide range, does not mean that there is none.";

/// A link's text without what [`NO_CAUSE`] says behind all of them.
#[must_use]
pub fn link_text(text: &str) -> String {
    text.strip_suffix(crate::link::NO_CAUSE).map_or_else(|| text.to_owned(), |bare| format!("{bare}."))
}

/// A week's distance, or why there is none; what is not over or holds a run without a distance says so.
#[must_use]
pub fn week_distance(week: &WeekRow, units: Units) -> String {
    let known = match week.distance_m {
        Some(metres) if week.runs_without_distance > 0 => format!("at least {}", units.show(metres)),
        Some(metres) => units.show(metres),
        None if !week.observed => "nothing known".to_owned(),
        None if week.runs > 0 => "distance not known".to_owned(),
        None => "no run".to_owned(),
    };
    if week.complete { known } else { format!("{known} so far") }
}

/// A week's change against the week before. A total that is a lower bound cannot be said to have fallen.
#[must_use]
pub fn week_change(week: &WeekRow) -> String {
    match week.change {
        Some(Number(share)) if week.runs_without_distance > 0 && share <= 0.0 => "–".to_owned(),
        Some(share) if week.runs_without_distance > 0 => format!("at least {}", rise(share)),
        Some(share) => rise(share),
        None => "–".to_owned(),
    }
}

/// How much a finding matters, in one word.
#[must_use]
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Urgent => "urgent",
    }
}

/// Where a pair of shoes stands.
#[must_use]
pub fn shoe_state(shoe: &ShoeRow) -> &'static str {
    match shoe.state {
        ShoeState::Ok => "below its window",
        ShoeState::Due => "in its replacement window",
        ShoeState::Worn => "past its replacement window",
        ShoeState::Retired => "retired",
        ShoeState::Unknown => "at least this; more may be missing",
    }
}

/// What may be said of a link, in a few words.
#[must_use]
pub fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::TimelineOnly => "too few episodes to count",
        Claim::CountsOnly => "counts only",
        Claim::CannotBeTested => "cannot be tested with this log",
        Claim::NotShown => "not shown in this log",
        Claim::MoreOftenThanChance => "more often than chance explains",
    }
}

/// Where a threshold comes from.
#[must_use]
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Guidance => "guidance text",
        Origin::Default => "set by this tool",
        Origin::Config => "your configuration",
    }
}
