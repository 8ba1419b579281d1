//! Selects the entries that a situation calls for, and their order and wording. Pure: the same situation gives the
//! same advice.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;

use crate::model::episode::Episode;
use crate::model::reading::{Priority, Side};

use super::catalogue::Source;
use super::entry::{Entry, Kind};
use super::scene::{Scene, scenes};
use super::shelf::entries;
use super::situation::Situation;
use super::urgency::{StandingSigns, keeps_away, standing};
use super::wording::{AFTER_A_VISIT, AdviceText, answer};

/// One line of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "AdviceRow"))]
pub struct Advice {
    /// How soon it is to be done.
    pub priority: Priority,
    /// What the line is for.
    pub kind: Kind,
    /// The line. For a warning sign it says what to do, and behind a colon why.
    #[cfg_attr(test, schemars(with = "String"))]
    pub text: AdviceText,
    /// The same in a few words; null where it has none.
    pub short: Option<String>,
    /// It says how long the others hold.
    #[serde(skip)]
    pub holds_until: bool,
    /// Ids of the guidance entries it comes from.
    pub guidance: Vec<String>,
    /// The texts and sections those entries draw on.
    pub sources: Vec<Source>,
    /// Ids of what brought it, each once: findings, warnings and episodes, `note/` and the day for a note of daily life,
    /// `week/` and its first day for a week in which no hip hurts.
    pub because: Vec<String>,
}

/// The advice for a situation, most urgent first, then in the order of the entries. An empty situation gives none.
#[must_use]
pub fn advise(situation: &Situation<'_>) -> Vec<Advice> {
    let scenes = scenes(situation);
    let over_all = standing(&scenes);
    let mut lines: Vec<(&Entry, Advice)> =
        entries().iter().filter_map(|entry| Some((entry, line(entry, &scenes, over_all, situation)?))).collect();
    lines.sort_by(|(a, x), (b, y)| (x.priority, a.order, &a.id).cmp(&(y.priority, b.order, &b.id)));
    take_turns(&mut lines, situation);
    let mut lines = each_fact_once(lines);
    if let (Some(room), None) = (situation.room, over_all.urgency)
        && let Some((_, line)) = lines.iter_mut().find(|(entry, _)| entry.room)
    {
        line.text.why.push(' ');
        line.text.why.push_str(room);
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// How many of the alternating lines appear in one week.
const A_WEEK: usize = 2;

/// If nothing hurts, keeps only two of the alternating lines, and two others the next week.
fn take_turns(lines: &mut Vec<(&Entry, Advice)>, situation: &Situation<'_>) {
    let taking = lines.iter().filter(|(entry, _)| entry.turn).count();
    if situation.quiet.is_none() || taking <= A_WEEK {
        return;
    }
    let week = situation.as_of.map_or(0, |day| day.num_days_from_ce().div_euclid(7));
    let first = usize::try_from(week).unwrap_or(0) * A_WEEK % taking;
    let mut place = 0;
    lines.retain(|(entry, _)| {
        if !entry.turn {
            return true;
        }
        place += 1;
        (place - 1 + taking - first) % taking < A_WEEK
    });
}

/// Leaves out reasons and prevention lines if all of their facts are in lines before them.
fn each_fact_once(lines: Vec<(&Entry, Advice)>) -> Vec<(&Entry, Advice)> {
    let mut printed: BTreeSet<&str> = BTreeSet::new();
    let mut kept = Vec::new();
    for (entry, advice) in lines {
        let droppable = matches!(entry.kind, Kind::Prevention | Kind::Why);
        if droppable && entry.covers.iter().all(|fact| printed.contains(fact.as_str())) {
            continue;
        }
        printed.extend(entry.covers.iter().map(String::as_str));
        kept.push((entry, advice));
    }
    kept
}

/// The line of an entry, if a scene calls for it.
fn line(entry: &Entry, scenes: &[Scene<'_>], over_all: StandingSigns, situation: &Situation<'_>) -> Option<Advice> {
    let mut because: Vec<String> = Vec::new();
    let mut raised: Option<Priority> = None;
    let mut seen = true;
    let mut about: Vec<&Episode> = Vec::new();
    for scene in scenes {
        let excluded = entry.unless.iter().any(|condition| scene.fulfils(condition).is_some());
        if excluded || keeps_away(entry, scene, over_all) {
            continue;
        }
        let before = because.len();
        for reason in entry.when.iter().filter_map(|condition| scene.calls(condition)) {
            raised = raised.into_iter().chain(reason.priority).min();
            seen &= reason.seen;
            for id in reason.ids {
                if !because.iter().any(|known| known == id) {
                    because.push(id.to_owned());
                }
            }
        }
        if because.len() > before {
            about.extend(scene.episode);
        }
    }
    if because.is_empty() {
        return None;
    }
    // The warning has the urgency in this case, the entry only that of such a sign in general.
    let priority = raised.filter(|_| entry.kind == Kind::Warning).unwrap_or(entry.priority);
    let open = scenes.iter().filter(|scene| scene.episode.is_some_and(|episode| episode.open)).count();
    let side = common_side(&about);
    let mut text = answer(entry, priority, side, over_all.urgency.is_some());
    if entry.kind == Kind::Warning && seen {
        text.call = Some(AFTER_A_VISIT.to_owned());
    }
    if entry.figures
        && let Some((_, figures)) = situation.figures.iter().find(|(rule, _)| entry.answers(rule))
    {
        text.why = format!("{figures} {}", text.why);
    }
    let of_the_body = matches!(entry.kind, Kind::Relief | Kind::Spasm | Kind::MayFit | Kind::Rebuild);
    if of_the_body && !about.is_empty() && about.len() < open && !entry.text.contains("{side}") {
        text.why.insert_str(0, which_hip(side));
    }
    Some(Advice {
        priority,
        kind: entry.kind,
        text,
        short: entry.short.clone(),
        holds_until: entry.holds_until,
        guidance: vec![entry.id.clone()],
        sources: entry.sources(),
        because,
    })
}

fn common_side(about: &[&Episode]) -> Side {
    match about {
        [first, rest @ ..] if rest.iter().all(|other| other.side == first.side) => first.side,
        _ => Side::Unknown,
    }
}

/// The beginning of a line that is about one hip while the other hurts too.
fn which_hip(side: Side) -> &'static str {
    match side {
        Side::Left => "Left hip: ",
        Side::Right => "Right hip: ",
        Side::Both | Side::Unknown => "",
    }
}
