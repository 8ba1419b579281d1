//! Which entries a situation calls for, in what order and wording. Pure: the same situation gives the same advice.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::episode::Episode;
use crate::model::reading::{Priority, Side};

use super::catalogue::Source;
use super::entry::{Entry, Kind};
use super::scene::{Scene, scenes};
use super::shelf::entries;
use super::situation::Situation;
use super::urgency::{StandingSigns, keeps_away, standing};
use super::wording::{AdviceText, answer};

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
    /// Ids of the guidance entries it comes from.
    pub guidance: Vec<String>,
    /// The texts and sections those entries draw on.
    pub sources: Vec<Source>,
    /// Ids of the findings, warnings and episodes that brought it, each once.
    pub because: Vec<String>,
}

/// The advice for a situation, most urgent first, then in the order of the entries. Nothing known, nothing advised.
#[must_use]
pub fn advise(situation: &Situation<'_>) -> Vec<Advice> {
    let scenes = scenes(situation);
    let over_all = standing(&scenes);
    let mut lines: Vec<(&Entry, Advice)> =
        entries().iter().filter_map(|entry| Some((entry, line(entry, &scenes, over_all)?))).collect();
    lines.sort_by(|(a, x), (b, y)| (x.priority, a.order, &a.id).cmp(&(y.priority, b.order, &b.id)));
    each_fact_once(lines)
}

/// Leaves out reasons and prevention lines all of whose facts stand in a line before them.
fn each_fact_once(lines: Vec<(&Entry, Advice)>) -> Vec<Advice> {
    let mut printed: BTreeSet<&str> = BTreeSet::new();
    let mut kept = Vec::new();
    for (entry, advice) in lines {
        let droppable = matches!(entry.kind, Kind::Prevention | Kind::Why);
        if droppable && entry.covers.iter().all(|fact| printed.contains(fact.as_str())) {
            continue;
        }
        printed.extend(entry.covers.iter().map(String::as_str));
        kept.push(advice);
    }
    kept
}

/// The line an entry gives, if a scene calls for it.
fn line(entry: &Entry, scenes: &[Scene<'_>], over_all: StandingSigns) -> Option<Advice> {
    let mut because: Vec<String> = Vec::new();
    let mut raised: Option<Priority> = None;
    let mut about: Vec<&Episode> = Vec::new();
    for scene in scenes {
        let excluded = entry.unless.iter().any(|condition| scene.fulfils(condition).is_some());
        if excluded || keeps_away(entry, scene, over_all) {
            continue;
        }
        let before = because.len();
        for reason in entry.when.iter().filter_map(|condition| scene.calls(condition)) {
            raised = raised.into_iter().chain(reason.priority).min();
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
    // The warning knows how urgent it is here; the entry only how urgent such a sign is in general.
    let priority = raised.filter(|_| entry.kind == Kind::Warning).unwrap_or(entry.priority);
    let open = scenes.iter().filter(|scene| scene.episode.is_some_and(|episode| episode.open)).count();
    let side = common_side(&about);
    let mut text = answer(entry, priority, side, over_all.urgency.is_some());
    let of_the_body = matches!(entry.kind, Kind::Relief | Kind::Spasm | Kind::MayFit | Kind::Rebuild);
    if of_the_body && !about.is_empty() && about.len() < open && !entry.text.contains("{side}") {
        text.why.insert_str(0, which_hip(side));
    }
    Some(Advice {
        priority,
        kind: entry.kind,
        text,
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

/// The opening of a line that is about one hip while the other hurts too.
fn which_hip(side: Side) -> &'static str {
    match side {
        Side::Left => "Left hip: ",
        Side::Right => "Right hip: ",
        Side::Both | Side::Unknown => "",
    }
}
