//! Whether a sign that a rule found is only supposed, long past or another person's. Whether it is about the hip is
//! decided in `candidate`.

use super::classes::class;
use super::complaint::{Parsed, passed_with_the_seat};
use super::rules::Match;
use super::scope::Mood;
use crate::model::warning_sign::RedFlag;

/// Whether the sign is only supposed, long past, another person's, or gone with what caused it.
pub(super) fn taken_back(note: &Parsed, flag: RedFlag, found: &Match) -> bool {
    let whose = whose(note, flag, found);
    // "came off the bike years ago onto this hip": the fall is past, although the hip is not.
    let long_ago = flag == RedFlag::Trauma && note.moods[found.ends().0].past;
    let passed = flag == RedFlag::NumbnessTingling && passed_with_the_seat(note, found.ends().0);
    found.terms.iter().any(|at| note.moods[*at].supposed) || whose.past || long_ago || whose.other_person || passed
}

/// The mood of the word that says whose sign it is: the first word or, for a blow, the part that was hit ("someone's
/// elbow in my groin").
fn whose(note: &Parsed, flag: RedFlag, found: &Match) -> Mood {
    let own = [class::HIP, class::LEG, class::FOOTY];
    let struck = found.terms.iter().copied().find(|at| flag == RedFlag::Trauma && note.terms[*at].is_any(&own));
    note.moods[struck.unwrap_or(found.ends().0)]
}
