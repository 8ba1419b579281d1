//! Which lines of advice are shown where, and why each is there.

use super::anchors::{episode_anchor, finding_anchor, warning_anchor};
use super::{NumberedRow, ShownReport};
use crate::guidance::Kind;
use crate::model::reading::Priority;
use crate::report::contract::{Advice, FindingRow, FindingSubject, WarningRow};
use crate::report::wording;
use crate::rules;

/// The heading of [`ShownReport::for_the_examiner`].
pub const FOR_THE_EXAMINER: &str = "For whoever examines you";

/// The number of advice lines shown before the rest is folded.
pub const ADVICE_UP_FRONT: usize = 5;

/// Why a line of advice is there, in words, with a link to the place that says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The reason in a few words.
    pub text: String,
    /// The anchor of that place, if it is shown.
    pub anchor: Option<String>,
}

impl<'a> ShownReport<'a> {
    /// Advice lines for warning signs (P0 to P2).
    #[must_use]
    pub fn urgent_advice(&self) -> Vec<NumberedRow<'a, Advice>> {
        self.report.advice.iter().enumerate().filter(|(_, a)| a.priority <= Priority::P2).collect()
    }

    /// Advice lines that are not for warning signs.
    #[must_use]
    pub fn other_advice(&self) -> Vec<NumberedRow<'a, Advice>> {
        self.report.advice.iter().enumerate().filter(|(_, a)| a.priority > Priority::P2).collect()
    }

    /// The advice lines that say what to do, for the first screen: none for warning signs, none that explains and,
    /// beside a sign for now or today, only what holds until the runner is examined.
    #[must_use]
    pub fn to_do(&self) -> Vec<NumberedRow<'a, Advice>> {
        let urgency = self.urgency();
        let told = |line: &Advice| is_to_do(line.kind, urgency) && !self.is_for_the_examiner(line);
        self.other_advice().into_iter().filter(|(_, line)| told(line)).collect()
    }

    /// The first `number` of these lines, with at least one exercise if there is any.
    #[must_use]
    pub fn first_of(lines: &[NumberedRow<'a, Advice>], number: usize) -> Vec<NumberedRow<'a, Advice>> {
        let mut first: Vec<_> = lines.iter().take(number).copied().collect();
        let is_exercise = |line: &Advice| line.kind == Kind::Rebuild;
        if let Some(exercise) = lines.iter().skip(number).find(|(_, line)| is_exercise(line))
            && let Some(last) = first.last_mut()
            && number > 1
            && !lines.iter().take(number).any(|(_, line)| is_exercise(line))
        {
            *last = *exercise;
        }
        first
    }

    /// What to tell whoever examines the runner about the running so far; empty if no sign calls for an
    /// examination.
    #[must_use]
    pub fn for_the_examiner(&self) -> Vec<NumberedRow<'a, Advice>> {
        self.other_advice().into_iter().filter(|(_, line)| self.is_for_the_examiner(line)).collect()
    }

    /// While a sign leads, a line on the load is background for the examiner, and no advice on training.
    fn is_for_the_examiner(&self, line: &Advice) -> bool {
        line.kind == Kind::Load && self.urgency().is_some()
    }

    /// The heading of [`Self::to_do`].
    #[must_use]
    pub fn to_do_head(&self) -> &'static str {
        if self.urgency() <= Some(Priority::P1) && self.urgency().is_some() {
            "Until you are seen"
        } else {
            "What to do"
        }
    }

    /// The reasons for a line of advice. An id that the report does not have is shown as it is.
    #[must_use]
    pub fn reasons(&self, advice: &Advice) -> Vec<Reason> {
        advice.because.iter().map(|id| self.reason(id)).collect()
    }

    /// The signs behind a finding, with a link to them.
    fn signs_of_day(&self, finding: &FindingRow) -> Reason {
        let mut signs =
            self.report.warnings.iter().enumerate().filter(|(_, sign)| sign.warning.note_date == finding.from);
        let anchor = signs.next().map(|(at, _)| warning_anchor(at));
        let words = match &finding.subject {
            FindingSubject::Signs(flags) if !flags.is_empty() => {
                flags.iter().map(|flag| flag.words()).collect::<Vec<_>>().join("; ")
            }
            _ => self.title(finding.rule),
        };
        Reason { text: format!("{words}, noted {}", wording::day(finding.from)), anchor }
    }

    fn reason(&self, id: &str) -> Reason {
        let placed = self.report.findings.iter().enumerate().find(|(_, f)| f.id == id);
        if let Some((_, finding)) = placed.filter(|(_, finding)| finding.is_sign()) {
            return self.signs_of_day(finding);
        }
        if let Some((at, finding)) = placed {
            let shown = self.findings.iter().any(|(other, _)| *other == at);
            return Reason { text: self.brief(finding), anchor: shown.then(|| finding_anchor(at)) };
        }
        if let Some((at, episode)) = self.report.episodes.iter().enumerate().find(|(_, e)| e.id == id) {
            let shown = self.episodes.iter().any(|(other, _)| *other == at);
            let text = format!("{}, {}", wording::place(episode), wording::episode_days(episode));
            return Reason { text, anchor: shown.then(|| episode_anchor(at)) };
        }
        let dated = |prefix: &str| id.strip_prefix(prefix)?.parse().ok().map(wording::day);
        if let Some(day) = dated("note/") {
            return Reason { text: format!("your note of {day}"), anchor: None };
        }
        if let Some(day) = dated("week/") {
            return Reason { text: format!("no hip pain in the week of {day}"), anchor: None };
        }
        let named = |w: &WarningRow| {
            let sign = &w.warning;
            let flag = crate::model::reading::name_of(sign.flag);
            let day = sign.note_date;
            [format!("{flag}/{day}"), format!("{}/{day}", rules::WARNING_SIGN), flag.to_owned()]
                .iter()
                .any(|name| name == id)
        };
        match self.report.warnings.iter().enumerate().find(|(_, w)| named(w)) {
            Some((at, sign)) => Reason {
                text: format!("{}, noted {}", sign.warning.flag.words(), wording::day(sign.warning.note_date)),
                anchor: Some(warning_anchor(at)),
            },
            None => Reason { text: wording::name(id), anchor: None },
        }
    }
}

/// Whether a line says what to do beside signs of that urgency. The guidance keeps ice for sharp pain, a pop or a
/// fall even in an emergency, but the first lines are then only about getting help.
fn is_to_do(kind: Kind, urgency: Option<Priority>) -> bool {
    match kind {
        Kind::MayFit | Kind::Why | Kind::Notice | Kind::Background | Kind::Disclaimer => false,
        Kind::Relief | Kind::Spasm => urgency != Some(Priority::P0),
        Kind::Prevention | Kind::Rebuild | Kind::Restart | Kind::Habit => {
            !matches!(urgency, Some(Priority::P0 | Priority::P1))
        }
        Kind::Warning | Kind::Care | Kind::Stop | Kind::Load => true,
    }
}

/// Whether a line is about what the pain may fit, which explains and gives no advice.
#[must_use]
pub fn may_fit(line: &Advice) -> bool {
    line.kind == Kind::MayFit
}
