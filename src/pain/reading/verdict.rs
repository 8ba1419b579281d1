//! What the words of a note say of the hip as a whole, and how a table's own columns change that.

use std::ops::Range;

use super::classes::class;
use super::complaint::{self, Complaint, Parsed};
use super::one_leg::names_one_leg;
use super::parts::Group;
use super::rules::{Kind, Match};
use super::scope::Mood;
use super::score::Score;
use super::signs::Signs;
use super::{keeper, language, named_hip, parse, side, words};
use crate::model::note::Given;
use crate::model::reading::{Priority, Reading, Region, Side};
use crate::model::warning_sign::RedFlag;

/// What a location column names.
pub(super) struct Location {
    pub(super) hip: bool,
    pub(super) understood: bool,
    /// Whether no other part is named.
    alone: bool,
    side: Side,
    region: Region,
}

impl Location {
    /// Reads the text of a location column.
    pub(super) fn of(column: &str) -> Self {
        let words = words::split(column);
        let note = parse(&words, &words.items);
        let own_hip = note.groups.iter().any(|group| group.hip);
        let foreign_hip = language::names_foreign_hip(&words);
        let (side, _) = side::side(&note, &[], &[]);
        let (region, _) = side::region(&note, &[], &[]);
        let part = [class::BACK, class::ARM, class::UPPER, class::LOWER];
        let names_a_part = note.terms.iter().any(|term| term.is_part() || term.is_any(&part));
        let plural = note.groups.iter().any(|group| group.plural);
        let side = if plural && side == Side::Unknown { Side::Both } else { side };
        Self {
            hip: own_hip || foreign_hip,
            alone: note.terms.iter().all(|term| term.is(class::HIP) || !term.is_part()),
            // Initials such as "LK" may name any part.
            understood: foreign_hip || names_a_part && language::of(&words, true).understood,
            side,
            region,
        }
    }

    /// The side, where the column names the hip and nothing else.
    pub(super) fn hip_side(&self) -> Option<Side> {
        (self.hip && self.alone).then_some(self.side)
    }

    /// Fills in side and region that the words left open.
    pub(super) fn complete(&self, reading: &mut Reading) {
        if self.side != Side::Unknown {
            reading.side = Some(self.side);
        }
        if self.region != Region::General && reading.region != Some(Region::Radiating) {
            reading.region = Some(self.region);
        }
    }
}

/// What the words say of the hip as a whole.
pub(super) struct Verdict {
    hip: bool,
    severity: Option<f64>,
    denies: bool,
    /// Whether the hip counts only since it is named, beside words that may tell of more than the rules know.
    pub(super) beside_danger: bool,
}

impl Verdict {
    /// Weighs complaints, scores and signs.
    pub(super) fn of(
        note: &Parsed,
        complaints: &[Complaint],
        scores: &[Score],
        signs: &Signs,
        assume_hip: bool,
    ) -> Self {
        let highest = scores.iter().map(|score| score.value).reduce(f64::max);
        let above_zero = highest.is_some_and(|highest| highest > 0.0);
        let clause_scored_zero = |at: usize| {
            let clause = note.clause_of(at);
            scores.iter().any(|score| score.value == 0.0 && clause.contains(&score.at))
        };
        let zero = highest == Some(0.0);
        let ails = if zero {
            complaints.iter().any(|one| one.strong && !clause_scored_zero(one.at)) && !complaint::only_tight(complaints)
        } else {
            !complaints.is_empty()
        };
        let pain_free = complaint::denies_all_pain(note);
        let tight_talk = pain_free
            && !above_zero
            && complaint::only_tight(complaints)
            && complaint::denies_pain_beside(note, complaints);
        let by_sign = !zero && !pain_free && shown_by_sign(note, signs);
        let ails_somehow = !zero && !pain_free && named_hip::ails_somehow(note, scores, signs);
        let told = above_zero
            || (ails && !tight_talk)
            || by_sign
            || gives_way(note, signs, assume_hip)
            || failed_in_a_fall(note, signs);
        let hip = told || ails_somehow;
        let severity = if hip { highest.filter(|highest| *highest > 0.0) } else { highest };
        let denies = !hip && complaint::denies_hip(note, scores);
        let beside_danger = hip && !told && named_hip::speaks_of_danger(note);
        Self { hip, severity, denies, beside_danger }
    }
}

/// Whether a leg gives way or bears no weight in a note about the hip alone, even one that denies pain. With nothing
/// else named the hip is what fails, and a false alarm is the safer mistake.
fn gives_way(note: &Parsed, signs: &Signs, assume_hip: bool) -> bool {
    let on_the_hip_alone = (assume_hip || note.groups.iter().any(|group| group.hip))
        && note.groups.iter().all(|group| group.hip || group.limb);
    on_the_hip_alone
        && signs
            .asserted
            .iter()
            .any(|(flag, all)| matches!(flag, RedFlag::Weakness | RedFlag::CannotBearWeight) && !all.is_empty())
}

/// Whether a leg fails after a fall, in a note that names only that leg, or the side fallen on: a sign even without a
/// word of the hip, and read as the hip's.
fn failed_in_a_fall(note: &Parsed, signs: &Signs) -> bool {
    let fell = [RedFlag::Trauma, RedFlag::CannotBearWeight].iter().all(|flag| signs.asserted.contains_key(flag));
    let of_one_leg = !note.groups.is_empty() && names_one_leg(note);
    fell && (of_one_leg || note.groups.is_empty() && fell_on_a_side(note, signs))
}

/// "Down hard on my right side, could not get up"
fn fell_on_a_side(note: &Parsed, signs: &Signs) -> bool {
    let mut falls = signs.asserted.get(&RedFlag::Trauma).into_iter().flatten().flatten();
    falls.any(|at| note.clause_of(*at).any(|beside| note.terms[beside].is(class::NAMED_SIDE)))
}

/// A clause of at most this many words may add where at the hip it hurts, and still counts as naming the hip alone.
const MOST_WHERE: usize = 8;

/// Whether a sign at the hip itself, such as a blow or a swelling, makes the note one of hip pain.
fn shown_by_sign(note: &Parsed, signs: &Signs) -> bool {
    // "Limped the last mile. R hip."
    let small = [class::HIP, class::LEFT, class::RIGHT, class::BOTH, class::DET];
    let says_where = |at: usize| {
        note.matches.iter().any(|found| {
            let (first, last) = found.ends();
            found.kind == Kind::Region && (first..=last).contains(&at)
        })
    };
    let names_hip_alone = note.clauses.iter().any(|clause| {
        let says_no_more = |at: usize| note.terms[at].is_any(&small) || clause.len() <= MOST_WHERE && says_where(at);
        note.names_hip(clause) && clause.clone().all(says_no_more)
    });
    // "both hands on the banister": what the runner holds on with, not a part that hurts.
    let holds_on = |group: &Group| {
        let hands = note.terms[group.terms.clone()].iter().all(|term| term.is_any(&[class::ARM, class::BOTH]));
        // "have to lift the leg with my hands"
        let lift_the_leg = || {
            let mut borne = signs.asserted.get(&RedFlag::CannotBearWeight).into_iter().flatten();
            borne.any(|terms| group.terms.clone().any(|at| terms.contains(&at)))
        };
        let held = || {
            let mut here = note.clause_of(group.terms.start);
            here.any(|at| note.terms[at].is(class::SUPPORT) && !note.terms[at].is_part())
        };
        hands && (lift_the_leg() || held())
    };
    let no_other_part = note.groups.iter().all(|group| group.hip || group.limb || holds_on(group));
    // "Fine now", "was ok after": said of the runner, where "pace was fine" and "felt strong" say nothing of the hip.
    let is_unharmed = |clause: &Range<usize>| {
        let others = [
            class::OWNER,
            class::THING,
            class::UNKNOWN,
            class::PERSON,
            class::ANIMAL,
            class::RACE,
            class::OTHER,
            class::LEG,
        ];
        note.says(clause.clone(), &[class::UNHARMED]) && !clause.clone().any(|at| note.terms[at].is_any(&others))
    };
    let well_after = |at: usize| {
        note.clauses.iter().filter(|clause| clause.end > at).any(|clause| {
            // "hip good until I fell on it": well before, not after.
            note.names_hip(clause) && note.says(clause.start.max(at + 1)..clause.end, &[class::WELL])
                // "woke me twice, fine on the run": well then, which does not mean well since.
                || clause.start > at
                    && clause.len() <= 4
                    && is_unharmed(clause)
                    && !note.says(clause.clone(), &[class::IN_RUN, class::RUN_VERB])
                // "numb on the plane, gone by the time I ran"
                || clause.start > at
                    && note.says(clause.clone(), &[class::GONE])
                    && note.says(clause.clone(), &[class::BEFORE_RUN])
        })
    };
    // "Had to hop to the car, left hip": with no other part named, what is wrong is the hip.
    let hip_alone = note.groups.iter().any(|group| group.hip && !group.other_person)
        && no_other_part
        && !note.groups.iter().filter(|group| group.hip).all(|group| {
            let clause = note.clause_of(group.terms.start);
            note.says(clause.clone(), &[class::WELL, class::GONE]) || clause.clone().any(|at| note.moods[at].past)
        });
    let at_the_hip = signs.asserted.iter().filter(|(flag, _)| flag.row().at_the_hip).flat_map(|(_, all)| all);
    let hip_blamed = names_hip_alone
        && no_other_part
        && note.matches.iter().any(|found| found.meaning == "stopped" && !note.denied(found));
    // "Bladder accidents. R hip.", "can't sit long, R glute": the hip is why the note was written.
    let hip_named_for_it = names_hip_alone
        && signs.asserted.iter().any(|(flag, all)| match flag {
            RedFlag::DailyActivities => all.iter().flatten().next().is_some_and(|at| {
                note.clause_of(*at).any(|at| note.terms[at].is_any(&[class::CANT_NEG, class::BARELY]))
            }),
            RedFlag::Persistent => false,
            _ => true,
        })
        && no_other_part;
    let shown = at_the_hip.clone().any(|terms| {
        let Some(first) = terms.first() else { return false };
        let last = terms.last().unwrap_or(first);
        (note.names_hip(&note.clause_of(*first)) || names_hip_alone || hip_alone) && !well_after(*last)
    });
    // "Can't tie my shoes without the hip biting": the hip stopped the runner from something.
    let stops_daily_life = || {
        signs.asserted.get(&RedFlag::DailyActivities).into_iter().flatten().any(|terms| {
            let Some(first) = terms.first() else { return false };
            let clause = note.clause_of(*first);
            note.names_hip(&clause)
                && !note.says(clause.clone(), &[class::WELL])
                && clause.clone().any(|at| note.terms[at].is_any(&[class::CANT_NEG, class::BARELY]))
        })
    };
    shown || hip_blamed || hip_named_for_it || stops_daily_life()
}

/// Decides whether the note is one of hip pain. Columns override words: a row under a hip column is hip pain unless
/// it is scored zero or denies pain, and under another part's column it is hip pain only where the words name the
/// hip.
pub(super) fn decide_hip(
    reading: &mut Reading,
    verdict: &Verdict,
    note: &Parsed,
    given: &Given,
    location: Option<&Location>,
    assume_hip: bool,
) {
    let given_score = given.severity.filter(|score| score.is_finite());
    let named = verdict.hip && note.groups.iter().any(|group| group.hip);
    match location {
        Some(location) if !location.hip => {
            reading.hip = named;
            reading.severity = verdict.severity.filter(|_| named);
            reading.denies_hip_pain = verdict.denies;
        }
        _ if assume_hip => {
            // "no knee: 0" beside the score says nothing of what is scored.
            let mut stand = note.groups.iter().filter(|group| group.hip || note.stands(group.terms.start)).peekable();
            let only_other =
                location.is_none() && stand.peek().is_some() && !stand.any(|group| group.hip || group.limb);
            let zero = given_score == Some(0.0);
            let denied = given_score.is_none() && !verdict.hip && (verdict.denies || verdict.severity == Some(0.0));
            reading.hip = verdict.hip && given_score.is_none() || !(only_other || zero || denied);
            reading.severity = if only_other { None } else { given_score.or(verdict.severity) };
            reading.denies_hip_pain = !reading.hip && !only_other;
            if zero && !only_other {
                reading.hip = false;
            }
        }
        _ => {
            reading.hip = verdict.hip;
            reading.severity = verdict.severity;
            reading.denies_hip_pain = verdict.denies;
        }
    }
}

/// The meaning of those `open` rows that count even in a note without a hip.
const ALONE: &str = "alone";

/// The meaning of rules whose words tell of an emergency that no sign covers: the note counts as not understood, whatever
/// else was read.
const UNNAMED: &str = "unnamed";

/// The words of a possible sign outside any known way of saying it: beside a hip that hurts ("can barely frobnicate,
/// hip 4/10"), and in any note for words of the toilet, the saddle and falls.
pub(super) fn leaves_a_frame_open(note: &Parsed, reading: &Reading, signs: &Signs) -> Option<Vec<usize>> {
    let counts = |flag: &&RedFlag| flag.row().priority <= Priority::P1 && reading.counts(**flag);
    if signs.asserted.keys().any(|flag| counts(&flag)) {
        return None;
    }
    let known = |at: usize| {
        note.matches.iter().any(|found| {
            let urgent = found.sign.is_some_and(|sign| sign.row().priority <= Priority::P1);
            let explained = found.kind == Kind::Flag && found.terms.contains(&at);
            (found.kind == Kind::Flag && urgent || found.kind == Kind::Deny || explained)
                && (reading.hip || found.sign.is_some_and(RedFlag::stands_alone))
                && note.is_near_its_topic(found)
                && note.terms[found.ends().0].clause == note.terms[at].clause
        })
    };
    note.matches.iter().find_map(|found| {
        let unnamed = found.meaning == UNNAMED;
        let open = found.kind == Kind::Open
            && (reading.hip || unnamed || found.meaning == ALONE)
            && note.is_near_its_topic(found)
            && !found.terms.iter().any(|at| {
                let mood = note.moods[*at];
                let denied_from_outside = mood.denied_by.is_some_and(|by| !found.terms.contains(&by));
                !unnamed && known(*at) || denied_from_outside || mood.supposed || mood.other_person || mood.past
            });
        open.then(|| found.terms.clone())
    })
}

/// The words of an urgent sign of somebody of whom only the name is known, or in a note of nothing but what befell
/// another, which a helper may have written: not taken for the runner's, and not passed over.
pub(super) fn leaves_a_name_open(note: &Parsed) -> Option<Vec<usize>> {
    let all_of_another = || !keeper::tells_of_the_writer(&note.terms) && !keeper::tells_of_another_run(&note.terms);
    let urgent = |found: &&Match| {
        let sign = found.sign.filter(|sign| found.kind == Kind::Flag && sign.row().priority <= Priority::P1);
        let any = |meant: fn(&Mood) -> bool| found.terms.iter().any(|at| meant(&note.moods[*at]));
        // Children have fevers all winter.
        let of_another = || any(|mood| mood.other_person) && sign != Some(RedFlag::Fever) && all_of_another();
        sign.is_some() && !note.denied(found) && (any(|mood| mood.named) || of_another())
    };
    note.matches.iter().find(urgent).map(|found| found.terms.clone())
}

/// Whether a leg or foot does something unknown in a note about the hip: "my leg is not doing what I ask of it" may
/// be a warning sign in words that no table lists.
pub(super) fn leaves_the_leg_open(note: &Parsed) -> bool {
    let known = [
        class::WELL,
        class::COMPLAINT,
        class::GONE,
        class::HIP,
        class::OTHER,
        class::SCORE,
        class::RADIATING,
        class::SELF,
    ];
    note.groups.iter().any(|group| {
        let clause = note.clause_of(group.terms.start);
        let singular = group
            .terms
            .clone()
            .any(|at| note.terms[at].is_any(&[class::LEG, class::FOOTY]) && !note.terms[at].is(class::SEVERAL));
        let said = clause.clone().any(|at| {
            let (term, mood) = (&note.terms[at], note.moods[at]);
            term.is_any(&known) || term.void || mood.past || mood.supposed || mood.other_person
        });
        let read = note.matches.iter().any(|found| {
            matches!(found.kind, Kind::Flag | Kind::Deny | Kind::Region) && clause.contains(&found.ends().0)
        });
        singular && !group.other_person && clause.len() >= 4 && !said && !read
    })
}
