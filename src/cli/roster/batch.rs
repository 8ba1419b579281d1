//! Athletes held in memory together, so that their tables are built at once. Their number depends on the size of
//! their logs; the result for one does not depend on the others.

use super::athlete::{self, AthleteResult, ReadAthlete, RosterRun};
use super::folders::AthleteFolder;
use super::tables::Logs;
use crate::analysis::{AthleteTables, PreparedAthlete, build_tables};
use crate::cli::Failure;
use crate::error::Error;

/// The number of entries, files and days that all batches at work hold together, from which they take no further
/// athlete. A year of running has about 500, and a hundred thousand take some 50 MB.
const MOST_ROWS: usize = 100_000;

/// Athletes who have been read, in order: ready to be judged, or with a result already.
struct Batch<'a>(Vec<Result<ReadAthlete<'a>, Box<AthleteResult>>>);

/// Reads and judges these athletes, from `logs` if they are in a table, in as many batches as it takes. The results are in
/// the order of the athletes.
///
/// # Errors
/// For each athlete, if nothing can be written any more.
pub(super) fn results(
    places: &[AthleteFolder],
    logs: Option<&Logs>,
    job: &RosterRun<'_>,
    step: &impl Fn(),
) -> Vec<Result<AthleteResult, Failure>> {
    let mut made = Vec::with_capacity(places.len());
    while let Some(rest) = places.get(made.len()..).filter(|rest| !rest.is_empty()) {
        let batch = Batch::read(rest, logs, job, step);
        made.extend(batch.judge(job, step));
    }
    made
}

impl<'a> Batch<'a> {
    /// Reads the first of these athletes: at least one, and as many as the batch can hold.
    fn read(places: &'a [AthleteFolder], logs: Option<&Logs>, job: &RosterRun<'_>, step: &impl Fn()) -> Self {
        let most_rows = MOST_ROWS / job.threads;
        let mut rows = 0;
        let mut batch = Vec::with_capacity(places.len());
        for place in places {
            let read = athlete::read(place, logs, job);
            rows += read.as_ref().map_or(0, |ready| ready.prepared.rows());
            batch.push(read);
            step();
            if rows >= most_rows {
                break;
            }
        }
        Self(batch)
    }

    /// Builds the tables of all, and makes and writes the report of each.
    fn judge(self, job: &RosterRun<'_>, step: &impl Fn()) -> Vec<Result<AthleteResult, Failure>> {
        let ready = self.0.iter().filter_map(|one| one.as_ref().ok());
        let prepared: Vec<&PreparedAthlete<'_>> = ready.map(|one| &one.prepared).collect();
        let mut built = built(&prepared, job.options.export.is_some()).into_iter();
        let none = || Err(Error::Tables { why: "there are none for this athlete".to_owned() });
        let judge = |one: Result<ReadAthlete<'_>, Box<AthleteResult>>| {
            let judged = match one {
                Ok(ready) => ready.judge(built.next().unwrap_or_else(none), job),
                Err(made) => Ok(*made),
            };
            step();
            judged
        };
        self.0.into_iter().map(judge).collect()
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
