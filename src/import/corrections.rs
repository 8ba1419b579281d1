//! Applies the runner's corrections to runs and notes, and finds those that match nothing. It knows no file format.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::config::Correction;
use crate::model::activity::{Distance, DistanceFrom};
use crate::model::fault::Fault;
use crate::model::log::{Entry, Log};
use crate::model::problem::Place;

/// The runner's corrections of runs, indexed by run id: there may be thousands, but few for each run.
pub(super) struct RunCorrections<'a> {
    all: &'a [Correction],
    by_run: HashMap<&'a str, Vec<usize>>,
    used: BTreeSet<usize>,
}

impl<'a> RunCorrections<'a> {
    pub(super) fn of(all: &'a [Correction]) -> Self {
        let mut by_run: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, correction) in all.iter().enumerate() {
            if let Correction::Run { run, .. } = correction {
                by_run.entry(run).or_default().push(index);
            }
        }
        Self { all, by_run, used: BTreeSet::new() }
    }

    fn of_run(&self, id: &str) -> &[usize] {
        self.by_run.get(id).map_or(&[], Vec::as_slice)
    }

    /// True if the runner corrected the distance of this run.
    pub(super) fn give_distance_of(&self, id: &str) -> bool {
        let gives = |index: &usize| matches!(self.all[*index], Correction::Run { distance_m: Some(_), .. });
        self.of_run(id).iter().any(gives)
    }

    /// Applies the runner's corrections; false if the run is to be left out.
    pub(super) fn correct(&mut self, entry: &mut Entry) -> bool {
        for &index in self.by_run.get(entry.id.as_str()).into_iter().flatten() {
            let Correction::Run { distance_m, shoe, ignore, .. } = &self.all[index] else { continue };
            self.used.insert(index);
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

    /// Reports corrections that match no run or note, because of an error in the id, date or words, in the
    /// configuration at `path`.
    pub(super) fn report_unused(&self, log: &mut Log, path: &str) {
        let mut by_day: HashMap<NaiveDate, Vec<&str>> = HashMap::new();
        for note in &log.notes {
            by_day.entry(note.date).or_default().push(&note.text);
        }
        let runs = self.all.iter().enumerate().filter_map(|(index, correction)| match correction {
            Correction::Run { run, .. } if !self.used.contains(&index) => Some(run.clone()),
            _ => None,
        });
        let notes = self.all.iter().filter_map(|correction| match correction {
            Correction::Note { date, text, .. } => {
                let fits = by_day.get(date).into_iter().flatten().any(|note| note.contains(text.as_str()));
                (!fits).then(|| format!("{date}: {text}"))
            }
            Correction::Run { .. } => None,
        });
        let unused: Vec<_> = runs.chain(notes).map(|which| Fault::CorrectionUnused { which }.at(Place::File)).collect();
        if let Some(row) = log.files.iter_mut().find(|row| row.path == path) {
            row.problems.extend(unused);
        }
    }
}
