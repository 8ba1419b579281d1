//! What the runner has put right of runs and notes, applied, and what of it fits nothing. Knows no file format.

use std::collections::BTreeSet;

use crate::config::Correction;
use crate::model::activity::{Distance, DistanceFrom};
use crate::model::log::{Entry, Log};
use crate::model::problem::{Fault, Place};

/// Applies what the runner has put right; false where the run is to be left out.
pub(super) fn correct(entry: &mut Entry, corrections: &[Correction], used: &mut BTreeSet<usize>) -> bool {
    for (index, correction) in corrections.iter().enumerate() {
        let Correction::Run { run, distance_m, shoe, ignore } = correction else { continue };
        if *run != entry.id {
            continue;
        }
        used.insert(index);
        if *ignore {
            return false;
        }
        if let Some(m) = *distance_m {
            entry.distance = Some(Distance { m, from: DistanceFrom::Row });
        }
        if shoe.is_some() {
            entry.shoe.clone_from(shoe);
        }
    }
    true
}

/// Reports corrections that fit no run or no note, which are slips in the id, the date or the words, with the configuration
/// at `path` that makes them. `used` are those that fitted a run.
pub(super) fn report_unused(log: &mut Log, path: &str, corrections: &[Correction], used: &BTreeSet<usize>) {
    let runs = corrections.iter().enumerate().filter_map(|(index, correction)| match correction {
        Correction::Run { run, .. } if !used.contains(&index) => Some(run.clone()),
        _ => None,
    });
    let notes = corrections.iter().filter_map(|correction| match correction {
        Correction::Note { date, text, .. } => {
            let fits = log.notes.iter().any(|note| note.date == *date && note.text.contains(text.as_str()));
            (!fits).then(|| format!("{date}: {text}"))
        }
        Correction::Run { .. } => None,
    });
    let unused: Vec<_> = runs.chain(notes).map(|which| Fault::CorrectionUnused { which }.at(Place::File)).collect();
    if let Some(row) = log.files.iter_mut().find(|row| row.path == path) {
        row.problems.extend(unused);
    }
}
