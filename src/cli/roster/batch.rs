//! Athletes held in memory together, so that their tables are built at once. Their number depends on the size of
//! their logs; the result for one does not depend on the others.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::athlete::{self, AthleteResult, ReadAthlete, RosterRun};
use super::folders::AthleteFolder;
use super::side_by_side::side_by_side;
use super::tables::Logs;
use crate::analysis::{AthleteTables, PreparedAthlete, build_tables};
use crate::cli::Failure;
use crate::error::Error;

/// The most athletes of a batch.
const MOST_ATHLETES: usize = 128;
/// The number of entries, files and days from which a batch takes no further athlete. A year of running has about
/// 500, and a hundred thousand take some 50 MB.
const MOST_ROWS: usize = 100_000;

/// Athletes who have been read, in order: ready to be judged, or with a result already.
pub(super) struct Batch<'a>(Vec<Result<ReadAthlete<'a>, Box<AthleteResult>>>);

impl<'a> Batch<'a> {
    /// Reads the first of these athletes, from `logs` if they are in a table: at least one, and as many as the batch
    /// can hold.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn read(
        places: &'a [AthleteFolder],
        logs: Option<&Logs>,
        job: &RosterRun<'_>,
        step: &(impl Fn() + Sync),
    ) -> Result<Self, Failure> {
        let rows = AtomicUsize::new(0);
        let has_room = |_: &&AthleteFolder| rows.load(Ordering::Relaxed) < MOST_ROWS;
        let read = |place: &'a AthleteFolder| {
            let read = athlete::read(place, logs, job);
            if let Ok(ready) = &read {
                rows.fetch_add(ready.prepared.rows(), Ordering::Relaxed);
            }
            step();
            read
        };
        let places = places.iter().take(MOST_ATHLETES).take_while(has_room);
        side_by_side(places, job.pool.current_num_threads(), read).map(Self)
    }

    /// Builds the tables of all, and makes and writes the report of each.
    ///
    /// # Errors
    /// If no thread can be started; for each athlete, if nothing can be written any more.
    pub fn judge(
        self,
        job: &RosterRun<'_>,
        step: &(impl Fn() + Sync),
    ) -> Result<Vec<Result<AthleteResult, Failure>>, Failure> {
        let mut made = Vec::with_capacity(self.0.len());
        let mut ready = Vec::with_capacity(self.0.len());
        for (at, one) in self.0.into_iter().enumerate() {
            match one {
                Ok(one) => ready.push((at, one)),
                Err(one) => {
                    made.push((at, Ok(*one)));
                    step();
                }
            }
        }
        let prepared: Vec<&PreparedAthlete<'_>> = ready.iter().map(|(_, one)| &one.prepared).collect();
        let built = built(&prepared, job.options.export.is_some());
        let judge = |((at, one), built): ((usize, ReadAthlete<'_>), Result<AthleteTables, Error>)| {
            let judged = one.judge(built, job);
            step();
            (at, judged)
        };
        made.extend(side_by_side(ready.into_iter().zip(built), job.pool.current_num_threads(), judge)?);
        made.sort_by_key(|(at, _)| *at);
        Ok(made.into_iter().map(|(_, one)| one).collect())
    }
}

/// The tables of each athlete. If they cannot be built together they are built one by one, so that an error affects
/// only its athlete.
fn built(prepared: &[&PreparedAthlete<'_>], exported: bool) -> Vec<Result<AthleteTables, Error>> {
    match (build_tables(prepared, exported), prepared) {
        (Ok(built), _) => built.into_iter().map(Ok).collect(),
        (Err(error), [_]) => vec![Err(error)],
        (Err(_), many) => many.iter().flat_map(|&one| built(&[one], exported)).collect(),
    }
}
