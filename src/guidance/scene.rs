//! The part of a situation that an entry's conditions are tested on: one episode with its warnings and notes,
//! warnings without an episode, or the whole situation for what is not about one episode.

use std::collections::{BTreeSet, HashSet};

use memchr::memmem;

use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Priority, Quality, Region, Timing};
use crate::model::warning_sign::Row;

use super::entry::Condition;
use super::situation::Situation;

/// A warning and its id.
type Sign<'a> = (&'a str, &'a Warning);

/// One scene.
#[derive(Default)]
pub(super) struct Scene<'a> {
    /// The episode, if the scene is about one.
    pub(super) episode: Option<&'a Episode>,
    /// The whole situation, if the scene is about that.
    whole: Option<Situation<'a>>,
    signs: Vec<Sign<'a>>,
    findings: &'a [(&'a str, &'a str)],
    /// When it hurts; empty for pain that has ended.
    timing: BTreeSet<Timing>,
    words: String,
    /// What the notes of the last weeks say, with their ids; only for the whole situation.
    recent: Vec<(&'a str, String)>,
    /// The words of all these notes. Hardly any phrase of daily life begins with one of them, and no other has to be searched
    /// for.
    recent_words: HashSet<String>,
    /// Whether the episode has settled.
    pub(super) settled: bool,
    /// Whether the episode is not the first of its side within a year.
    again: bool,
}

/// What met a condition.
pub(super) struct Reason<'a> {
    /// Ids of warnings, episodes and findings.
    pub(super) ids: Vec<&'a str>,
    /// The most urgent warning among them.
    pub(super) priority: Option<Priority>,
    /// Whether a professional has seen what each of these warnings is about.
    pub(super) seen: bool,
}

/// The scenes of a situation: the whole first, then each episode, then each warning whose episode is not given.
pub(super) fn scenes<'a>(situation: &Situation<'a>) -> Vec<Scene<'a>> {
    let findings = situation.findings;
    let open = situation.episodes.iter().filter(|episode| episode.open);
    let timing = open.flat_map(|episode| episode.timing.iter().copied()).collect();
    let recent: Vec<(&str, String)> = situation.recent.iter().map(|(id, text)| (*id, plain(text))).collect();
    let recent_words = recent.iter().flat_map(|(_, text)| text.split_whitespace()).map(str::to_owned).collect();
    let mut all = vec![Scene {
        whole: Some(*situation),
        signs: situation.warnings.to_vec(),
        findings,
        timing,
        recent,
        recent_words,
        ..Scene::default()
    }];
    let belongs = |warning: &Warning, episode: &Episode| warning.episode.as_deref() == Some(episode.id.as_str());
    for &episode in situation.episodes {
        let signs: Vec<Sign<'a>> =
            situation.warnings.iter().copied().filter(|(_, warning)| belongs(warning, episode)).collect();
        let notes = situation.words.iter().filter(|(id, _)| *id == episode.id).map(|(_, text)| *text);
        let words = notes.chain(signs.iter().map(|(_, warning)| warning.text.as_str())).map(plain).collect();
        let timing = if episode.open { episode.timing.clone() } else { BTreeSet::new() };
        let again = situation.again.contains(&episode.id.as_str());
        all.push(Scene { episode: Some(episode), signs, findings, timing, words, again, ..Scene::default() });
    }
    for &episode in situation.settled {
        let words = situation.words.iter().filter(|(id, _)| *id == episode.id).map(|(_, text)| plain(text)).collect();
        let timing = episode.timing.clone();
        all.push(Scene { episode: Some(episode), findings, timing, words, settled: true, ..Scene::default() });
    }
    for &(id, warning) in situation.warnings {
        if !situation.episodes.iter().any(|episode| belongs(warning, episode)) {
            let words = plain(&warning.text);
            all.push(Scene { signs: vec![(id, warning)], findings, words, ..Scene::default() });
        }
    }
    all
}

impl<'a> Scene<'a> {
    /// The most urgent standing warning. One that a professional has seen counts as less urgent.
    pub(super) fn urgency(&self) -> Option<Priority> {
        self.signs.iter().map(|(_, warning)| warning.urgency()).min()
    }

    /// Whether a standing sign has this property.
    pub(super) fn has_sign(&self, holds: impl Fn(&Row) -> bool) -> bool {
        self.signs.iter().any(|(_, warning)| holds(&warning.flag.row()))
    }

    pub(super) fn has_quality(&self, qualities: &[Quality]) -> bool {
        self.episode.is_some_and(|episode| episode.qualities.iter().any(|one| qualities.contains(one)))
    }

    pub(super) fn has_timing(&self, timing: &[Timing]) -> bool {
        self.timing.iter().any(|one| timing.contains(one))
    }

    /// Whether the episode is in one of these regions. `General` holds only if no other region is known.
    pub(super) fn has_region(&self, regions: &[Region]) -> bool {
        self.episode.is_some_and(|episode| {
            regions.iter().any(|region| {
                episode.region == *region || *region != Region::General && episode.regions.contains(region)
            })
        })
    }

    /// Like [`Self::fulfils`], but only in the scene where the condition belongs: one that is not about an episode is
    /// tested once, on the whole situation.
    pub(super) fn calls(&self, condition: &Condition) -> Option<Reason<'a>> {
        let belongs_here = condition.asks_of_an_episode() != self.whole.is_some() && condition.settled == self.settled;
        if belongs_here { self.fulfils(condition) } else { None }
    }

    /// What meets the condition here; `None` if one of its keys does not hold, or it has none.
    pub(super) fn fulfils(&self, condition: &Condition) -> Option<Reason<'a>> {
        if *condition == Condition::default() {
            return None;
        }
        let findings = self.findings_of(&condition.rules);
        let signs = self.signs_of(condition);
        let asks_signs = !(condition.flags.is_empty() && condition.priorities.is_empty() && condition.seen.is_none());
        let holds = (condition.rules.is_empty() || !findings.is_empty())
            && self.is_at_the_stage_of(condition)
            && (!asks_signs || !signs.is_empty())
            && (!condition.episode || self.episode.is_some())
            && (condition.regions.is_empty() || self.has_region(&condition.regions))
            && (condition.qualities.is_empty() || self.has_quality(&condition.qualities))
            && (condition.timing.is_empty() || self.has_timing(&condition.timing))
            && (condition.words.is_empty() || self.says(&condition.words))
            && condition.over_days.is_none_or(|days| self.lasts_over(days));
        if !holds {
            return None;
        }
        let mut ids: Vec<&'a str> = if asks_signs {
            signs.iter().map(|(id, _)| *id).collect()
        } else if let Some(episode) = self.episode {
            vec![episode.id.as_str()]
        } else if condition.words.is_empty() {
            Vec::new()
        } else {
            self.signs.iter().map(|(id, _)| *id).collect()
        };
        ids.extend(findings);
        if let Some(whole) = self.whole {
            ids.extend(whole.quiet.filter(|_| condition.quiet));
            ids.extend(self.notes_of(&condition.life));
        }
        if let Some(whole) = self.whole.filter(|_| condition.always) {
            ids.extend(whole.findings.iter().map(|(_, id)| *id));
            ids.extend(whole.warnings.iter().map(|(id, _)| *id));
            ids.extend(whole.episodes.iter().chain(whole.settled).map(|episode| episode.id.as_str()));
        }
        let priority = if asks_signs { signs.iter().map(|(_, warning)| warning.urgency()).min() } else { None };
        let seen = asks_signs && signs.iter().all(|(_, warning)| warning.seen_on.is_some());
        Some(Reason { ids, priority, seen })
    }

    /// Whether the condition's keys on the stage of the pain, habits and daily life hold.
    fn is_at_the_stage_of(&self, condition: &Condition) -> bool {
        let open = self.episode.is_some_and(|episode| episode.open);
        (!condition.settled || self.settled)
            && (!condition.mild || open && self.signs.is_empty())
            && (!condition.again || open && self.again)
            && match self.whole {
                Some(whole) => {
                    (!condition.quiet || whole.quiet.is_some())
                        && (condition.habits.is_empty()
                            || condition.habits.iter().any(|habit| whole.habits.contains(habit)))
                        && (condition.life.is_empty() || self.notes_of(&condition.life).next().is_some())
                }
                None => !condition.quiet && condition.habits.is_empty() && condition.life.is_empty(),
            }
    }

    fn findings_of(&self, rules: &[String]) -> Vec<&'a str> {
        self.findings.iter().filter(|(rule, _)| rules.iter().any(|named| named == rule)).map(|(_, id)| *id).collect()
    }

    /// The warnings that match the flags, priorities and `seen` of the condition, as far as it names any.
    fn signs_of(&self, condition: &Condition) -> Vec<Sign<'a>> {
        let fits = |warning: &Warning| {
            (condition.flags.is_empty() || condition.flags.contains(&warning.flag))
                && (condition.priorities.is_empty() || condition.priorities.contains(&warning.priority))
                && condition.seen.is_none_or(|seen| seen == warning.seen_on.is_some())
        };
        self.signs.iter().copied().filter(|(_, warning)| fits(warning)).collect()
    }

    /// The ids of the recent notes that contain one of the phrases.
    fn notes_of(&self, phrases: &[String]) -> impl Iterator<Item = &'a str> {
        let begins = |phrase: &&String| self.recent_words.contains(phrase.split(' ').next().unwrap_or_default());
        let possible: Vec<&String> = phrases.iter().filter(begins).collect();
        let notes: &[(&'a str, String)] = if possible.is_empty() { &[] } else { &self.recent };
        notes.iter().filter(move |(_, text)| speaks_of(text, possible.iter().copied())).map(|(id, _)| *id)
    }

    fn says(&self, phrases: &[String]) -> bool {
        speaks_of(&self.words, phrases)
    }

    fn lasts_over(&self, days: i64) -> bool {
        self.episode.is_some_and(|episode| (episode.end - episode.onset).num_days() + 1 > days)
    }
}

/// True if a text in the form of [`plain`] contains one of the phrases, which have the same form without the spaces
/// around it.
fn speaks_of<'p>(words: &str, phrases: impl IntoIterator<Item = &'p String>) -> bool {
    phrases.into_iter().any(|phrase| holds_whole(words.as_bytes(), phrase.as_bytes()))
}

fn holds_whole(words: &[u8], phrase: &[u8]) -> bool {
    let mut from = 0;
    while let Some(found) = words.get(from..).and_then(|rest| memmem::find(rest, phrase)) {
        let (at, end) = (from + found, from + found + phrase.len());
        if words[..at].ends_with(b" ") && words[end..].starts_with(b" ") {
            return true;
        }
        from = at + 1;
    }
    false
}

/// Whether a phrase is in the form in which notes are searched for it.
#[cfg(test)]
pub(super) fn can_be_found(phrase: &str) -> bool {
    plain(phrase).trim() == phrase && !phrase.is_empty()
}

/// The words of a text in lower case, with one space before, between and after them, so that a search finds whole
/// words.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_whatever_case_and_punctuation() {
        let says = |text, phrase: &str| speaks_of(&plain(text), &[phrase.to_owned()]);
        assert!(says("So HOT, and dry.", "hot"));
        assert!(says("hot", "hot"));
        assert!(!says("one shot at the hotel", "hot"));
        assert!(says("the hotel was hot", "hot"));
        assert!(says("it stops below-the knee!", "below the knee"));
        assert_eq!(plain("…"), "  ");
    }

    #[test]
    fn a_condition_without_keys_never_holds() {
        let situation = Situation { findings: &[("worn-shoes", "worn-shoes/a/due")], ..Situation::default() };
        assert!(scenes(&situation)[0].fulfils(&Condition::default()).is_none());
        let always = Condition { always: true, ..Condition::default() };
        assert_eq!(scenes(&situation)[0].fulfils(&always).unwrap().ids, ["worn-shoes/a/due"]);
    }
}
