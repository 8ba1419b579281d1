//! Whether a note names one leg of its writer and no other part of the body. It judges no sign and no complaint.

use super::classes::class;
use super::complaint::Parsed;
use super::parts::Group;
use super::rules::Match;
use crate::model::warning_sign::RedFlag;

/// Whether every part that is named is one leg or foot of the writer. Feet that slid away in a fall do not count as a
/// part.
pub(super) fn names_one_leg(note: &Parsed) -> bool {
    note.groups.iter().filter(|group| !slid_away(note, group)).all(|group| {
        let several = note.terms[group.terms.clone()].iter().any(|term| term.is(class::SEVERAL));
        group.limb && !group.hip && !group.other_person && !several
    })
}

/// "Feet went from under me": whether the part is a leg or foot that is named for the fall.
pub(super) fn slid_away(note: &Parsed, group: &Group) -> bool {
    let in_a_fall =
        |found: &Match| found.asserts(RedFlag::Trauma) && group.terms.clone().all(|at| found.terms.contains(&at));
    group.limb && note.matches.iter().any(in_a_fall)
}
