//! What the runner has put right of runs and notes, applied, and what of it fits nothing. Knows no file format.

use std::collections::BTreeSet;

use super::source;
use crate::config::Correction;
use crate::model::activity::{Distance, DistanceFrom};
use crate::model::ledger::LedgerRow;
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

/// Corrections that fit no note are a slip in the date or the words.
pub(super) fn report_unused_notes(log: &mut Log, corrections: &[Correction]) {
    for correction in corrections {
        let Correction::Note { date, text, .. } = correction else { continue };
        if !log.notes.iter().any(|note| note.date == *date && note.text.contains(text.as_str())) {
            report_unused(log, format!("{date}: {text}"));
        }
    }
}

pub(super) fn report_unused(log: &mut Log, which: String) {
    let is_configuration = |row: &&mut LedgerRow| row.reason.as_deref() == Some(source::CONFIGURATION);
    if let Some(row) = log.files.iter_mut().find(is_configuration) {
        row.problems.push(Fault::CorrectionUnused { which }.at(Place::File));
    }
}
