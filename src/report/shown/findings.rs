//! Findings by family, the most important first, and what came before which episode.

use std::cmp::Reverse;

use super::{NumberedRow, ShownReport};
use crate::model::finding::Severity;
use crate::report::contract::{EpisodeRow, FindingRow, FindingSubject, RuleOutcome, RuleRow, ShoeState};
use crate::report::plain;
use crate::report::wording;
use crate::rules::{self, Family};

/// The least number of times a rule has to be assessed before its flags can be a habit.
const FEWEST_FOR_A_HABIT: u64 = 8;

/// The most findings of one kind that are shown before the rest is folded.
const LEADING: usize = 5;

/// The flags of one rule before an episode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForerunnerLine {
    /// The title of the rule.
    pub title: String,
    /// How long before: `2 and 9 days before`.
    pub days: String,
    /// The index in the report of the finding nearest to the onset, if it is shown.
    pub nearest: Option<usize>,
}

impl<'a> ShownReport<'a> {
    /// The findings of a family in two groups: the most important ones (current, before one of the newest episodes,
    /// or large and within half a year), and the rest, newest first.
    #[must_use]
    pub fn of_family(&self, family: Family) -> (Vec<NumberedRow<'a, FindingRow>>, Vec<NumberedRow<'a, FindingRow>>) {
        let recent = crate::report::charts::scale::earlier(self.report.as_of, 182);
        let mut all: Vec<_> = self.findings.iter().copied().filter(|(_, f)| Family::of(f.rule) == family).collect();
        all.sort_by_key(|(at, f)| {
            (
                Reverse(f.current),
                Reverse(self.leading.contains(f.id.as_str())),
                Reverse(f.severity),
                Reverse(f.from),
                *at,
            )
        });
        let leads = |f: &FindingRow| {
            if self.is_superseded(f) {
                return false;
            }
            f.current || self.leading.contains(f.id.as_str()) || (f.severity >= Severity::Warning && f.to >= recent)
        };
        let (mut first, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, f)| leads(f));
        let room = LEADING.max(first.iter().filter(|(_, f)| f.current).count()).min(first.len());
        rest.extend(first.split_off(room));
        first.sort_by_key(|(at, f)| (Reverse(f.from), *at));
        rest.sort_by_key(|(at, f)| (Reverse(f.from), *at));
        (first, rest)
    }

    /// The current findings by severity, the newest of each first.
    #[must_use]
    pub fn current(&self) -> Vec<NumberedRow<'a, FindingRow>> {
        let news = |f: &FindingRow| f.current && !self.is_superseded(f);
        let mut all: Vec<_> = self.findings.iter().copied().filter(|(_, f)| news(f)).collect();
        all.sort_by_key(|(at, f)| (Reverse(f.severity), Reverse(f.from), *at));
        all
    }

    /// The current findings that are news: not those of signs, which are shown in words of their own, and not what is
    /// flagged in most weeks.
    #[must_use]
    pub fn fresh(&self) -> Vec<NumberedRow<'a, FindingRow>> {
        let usual: Vec<&str> = self.habitual().map(|rule| rule.rule).collect();
        self.current().into_iter().filter(|(_, f)| !f.is_sign() && !usual.contains(&f.rule)).collect()
    }

    /// The rules on distance and rest that flag more than half of what they assess.
    fn habitual(&self) -> impl Iterator<Item = &'a RuleRow> {
        let of_training = |rule: &&RuleRow| matches!(Family::of(rule.rule), Family::Distance | Family::Rest);
        let usual = |rule: &&RuleRow| rule.assessed >= FEWEST_FOR_A_HABIT && 2 * rule.flagged > rule.assessed;
        self.report.rules.iter().filter(of_training).filter(usual)
    }

    /// Whether the flags of a rule are frequent enough to be a habit.
    #[must_use]
    pub fn is_habitual(&self, rule: &str) -> bool {
        self.habitual().any(|one| one.rule == rule)
    }

    /// What is flagged in most weeks, each said once: `Too few rest days in 583 of 626 weeks: that is how you train.`
    #[must_use]
    pub fn habits(&self) -> Vec<String> {
        self.habitual()
            .map(|rule| {
                let looked = rules::by_id(rule.rule).map_or_else(
                    || rule.assessed.to_string(),
                    |known| wording::counted(rule.assessed, known.meta().counted.0, known.meta().counted.1),
                );
                format!("{} in {} of {looked}: that is how you train.", rule.title, rule.flagged)
            })
            .collect()
    }

    /// Whether another finding replaces this one: a pair past its window was in it before, which is no news.
    fn is_superseded(&self, finding: &FindingRow) -> bool {
        let FindingSubject::Pair { name, state: ShoeState::Due } = &finding.subject else { return false };
        let past = FindingSubject::Pair { name: name.clone(), state: ShoeState::Worn };
        self.findings.iter().any(|(_, other)| other.subject == past)
    }

    /// The episodes that a finding came before.
    #[must_use]
    pub fn episodes_after(&self, finding: &str) -> Vec<NumberedRow<'a, EpisodeRow>> {
        let before = |e: &EpisodeRow| e.preceded_by.iter().any(|p| p.finding == finding);
        self.episodes.iter().copied().filter(|(_, e)| before(e)).collect()
    }

    /// The sentence where no flag came before an episode, or where too little is known of the running before it.
    #[must_use]
    pub fn nothing_before(&self, episode: &EpisodeRow) -> &'static str {
        if self.report.athlete.runs == 0 || episode.load.last_7_days_m.is_none() {
            "Of the running before it too little is known to look for flags."
        } else {
            "No flag came before it."
        }
    }

    /// What came before an episode, one line for each rule, in the order of their nearest flags.
    #[must_use]
    pub fn came_before(&self, episode: &EpisodeRow) -> Vec<ForerunnerLine> {
        let mut sorted: Vec<_> = episode.preceded_by.iter().collect();
        sorted.sort_by_key(|p| (p.days_before, &p.finding));
        let mut rules: Vec<&str> = Vec::new();
        for earlier in &sorted {
            if !rules.contains(&earlier.rule) {
                rules.push(earlier.rule);
            }
        }
        rules
            .into_iter()
            .map(|rule| {
                let of_rule: Vec<_> = sorted.iter().filter(|p| p.rule == rule).collect();
                let mut days: Vec<i64> = of_rule.iter().map(|p| p.days_before).collect();
                days.dedup();
                let nearest = of_rule.first().and_then(|p| self.findings.iter().find(|(_, f)| f.id == p.finding));
                ForerunnerLine {
                    title: self.title(rule),
                    days: wording::days_before(&days),
                    nearest: nearest.map(|(at, _)| *at),
                }
            })
            .collect()
    }

    /// An episode in one line: where, when, how severe, and what came before it.
    #[must_use]
    pub fn episode_in_short(&self, episode: &EpisodeRow) -> String {
        let peak = episode.peak_severity.map_or_else(String::new, |peak| format!(", up to {}", wording::score(peak)));
        let visit = if episode.consulted { ", seen by somebody" } else { "" };
        let before: Vec<String> = self
            .came_before(episode)
            .iter()
            .map(|group| format!("{} {}", plain::one_line(&group.title).to_lowercase(), group.days))
            .collect();
        let before = if before.is_empty() { String::new() } else { format!(" Came before: {}.", before.join("; ")) };
        format!("{}, {}{peak}{visit}.{before}", wording::place(episode), wording::episode_days(episode))
    }

    /// The rules of a family, in registry order.
    #[must_use]
    pub fn rules(&self, family: Family) -> Vec<&'a RuleRow> {
        self.report.rules.iter().filter(|r| Family::of(r.rule) == family).collect()
    }
}

/// How frequent a rule's flags are, or why it could not be assessed, as a sentence.
#[must_use]
pub fn how_usual(rule: &RuleRow) -> String {
    let looked = match rules::by_id(rule.rule) {
        Some(known) => wording::counted(rule.assessed, known.meta().counted.0, known.meta().counted.1),
        None => format!("{} looked at", rule.assessed),
    };
    match rule.outcome {
        RuleOutcome::Found => format!("{} of {looked} flagged.", rule.flagged),
        RuleOutcome::Clear => format!("None of {looked} flagged."),
        RuleOutcome::NotAssessed => match &rule.reason {
            Some(reason) => format!("Not assessed: {}", plain::one_line(reason)),
            None => "Not assessed.".to_owned(),
        },
    }
}

/// The same for the place beside a heading; empty if the rule found nothing.
#[must_use]
pub fn how_usual_in_short(rule: &RuleRow) -> String {
    if rule.outcome == RuleOutcome::Found { how_usual(rule) } else { String::new() }
}
