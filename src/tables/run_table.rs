//! The runs of a batch of athletes: the frame that days and shoes are made from, and the same frame with further
//! columns from the log, for other programs.

use chrono::NaiveDateTime;
use polars::prelude::*;

use super::exported::Exported;
use super::{Input, as_u32};
use crate::model::log::Entry;
use crate::model::reading::name_of;

/// The columns, in order, each with its type and meaning. The documentation is made from this.
pub const COLUMNS: [(&str, &str, &str); 13] = [
    ("athlete", "text", "the athlete's name, empty where none was given; partition by it when many are put together"),
    ("id", "text", "the run's id in the report"),
    ("local_date", "date", "the runner's calendar day"),
    ("local_start", "timestamp (ms), no zone", "wall-clock start where the run was; null where no time is known"),
    ("utc_offset_s", "32-bit integer", "seconds east of UTC at the start; null where not known"),
    ("sport", "text", "run, trail-run, treadmill-run, track-run or virtual-run"),
    ("distance_m", "32-bit unsigned integer", "whole metres; null where not known, never 0 for it"),
    ("distance_from", "text", "device, row or track; null where there is no distance"),
    ("moving_s", "32-bit unsigned integer", "seconds in motion, as the device gives them; null where not known"),
    ("elapsed_s", "32-bit unsigned integer", "seconds from start to end; null where not known"),
    ("shoe", "text", "the pair's name; null where not known"),
    ("sources", "text", "the files that tell of the run, the owner first, with \" | \" between them"),
    (
        "folder",
        "text",
        "the athlete's folder in the roster, which tells apart two of one name; empty in the export of one runner",
    ),
];

/// Every run, with its athlete's index and the index of its pair among all pairs of the batch.
pub(super) fn frame(inputs: &[Input<'_>]) -> PolarsResult<DataFrame> {
    let runs = || inputs.iter().flat_map(|input| input.runs);
    let athletes = inputs.iter().enumerate().flat_map(|(at, input)| std::iter::repeat_n(as_u32(at), input.runs.len()));
    let mut first_pair = 0;
    let mut pairs = Vec::new();
    for input in inputs {
        let known = |shoe: &usize| *shoe < input.shoes.len();
        pairs.extend(input.runs.iter().map(|run| run.shoe.filter(known).map(|shoe| as_u32(first_pair + shoe))));
        first_pair += input.shoes.len();
    }
    let frame = df![
        "athlete" => athletes.collect::<Vec<u32>>(),
        "local_date" => runs().map(|run| run.date.to_epoch_days()).collect::<Vec<i32>>(),
        "distance_m" => runs().map(|run| run.distance_m).collect::<Vec<Option<u32>>>(),
        "pair" => pairs,
    ]?;
    frame.lazy().with_column(col("local_date").cast(DataType::Date)).collect()
}

/// The table of runs for export, by athlete.
#[derive(Clone, Debug)]
pub struct RunTable {
    pub(super) frame: DataFrame,
    /// For each athlete, the number of rows up to the end of their runs.
    ends: Vec<usize>,
}

impl RunTable {
    /// Adds columns from the log to the runs of a batch; `names` has a name for each athlete.
    pub(super) fn new(runs: &DataFrame, inputs: &[Input<'_>], names: &[&str]) -> PolarsResult<Self> {
        let athletes = inputs.iter().zip(names).flat_map(|(input, &name)| std::iter::repeat_n(name, input.runs.len()));
        let shoe = |input: &Input<'_>, index: Option<usize>| Some(input.shoes.get(index?)?.name.clone());
        let shoes = inputs.iter().flat_map(|input| input.runs.iter().map(move |run| shoe(input, run.shoe)));
        let entries: Vec<Option<&Entry>> = inputs.iter().flat_map(|input| input.runs).map(|run| run.entry).collect();
        let told = entries.iter().copied();
        let text = |of: fn(&Entry) -> &str| told.clone().map(|entry| entry.map_or("", of)).collect::<Vec<&str>>();
        let number = |of: fn(&Entry) -> Option<u32>| told.clone().map(|entry| of(entry?)).collect::<Vec<Option<u32>>>();
        let sources = |entry: Option<&Entry>| entry.map_or_else(String::new, |entry| entry.sources.join(" | "));
        let frame = df![
            "athlete" => athletes.collect::<Vec<&str>>(),
            "id" => text(|entry| &entry.id),
            "local_start" => told.clone().map(|entry| entry?.local_start.map(whole_seconds_ms)).collect::<Vec<Option<i64>>>(),
            "utc_offset_s" => told.clone().map(|entry| entry?.utc_offset_s).collect::<Vec<Option<i32>>>(),
            "sport" => text(|entry| entry.sport.name()),
            "distance_from" => told
                .clone()
                .map(|entry| entry?.distance.map(|distance| name_of(distance.from)))
                .collect::<Vec<Option<&str>>>(),
            "moving_s" => number(|entry| entry.moving_s),
            "elapsed_s" => number(|entry| entry.elapsed_s),
            "shoe" => shoes.collect::<Vec<Option<String>>>(),
            "sources" => told.clone().map(sources).collect::<Vec<String>>(),
            "folder" => vec![""; entries.len()],
        ]?;
        let frame = frame
            .hstack(&[runs.column("local_date")?.clone(), runs.column("distance_m")?.clone()])?
            .lazy()
            .with_column(col("local_start").cast(DataType::Datetime(TimeUnit::Milliseconds, None)))
            .select(COLUMNS.map(|(name, ..)| col(name)))
            .collect()?;
        let ends = inputs.iter().scan(0, |end, input| {
            *end += input.runs.len();
            Some(*end)
        });
        Ok(Self { frame, ends: ends.collect() })
    }

    /// A table without rows.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn empty() -> PolarsResult<Self> {
        Self::new(&frame(&[])?, &[], &[])
    }

    /// The rows of one athlete of the batch.
    #[must_use]
    pub fn of(&self, athlete: usize) -> Self {
        let end = self.ends.get(athlete).copied().unwrap_or_default();
        let begin = athlete.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let length = end.saturating_sub(begin);
        Self { frame: self.frame.slice(i64::try_from(begin).unwrap_or_default(), length), ends: vec![length] }
    }

    /// The rows for export, with the athlete's folder.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn in_folder(&self, folder: &str) -> PolarsResult<Exported> {
        let mut frame = self.frame.clone();
        frame.with_column(StringChunked::full("folder".into(), folder, frame.height()).into_column())?;
        Ok(Exported { frame })
    }

    /// The rows for export.
    #[must_use]
    pub fn exported(&self) -> Exported {
        Exported { frame: self.frame.clone() }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.frame.height()
    }
}

/// Milliseconds of a local time, rounded down to whole seconds since fractions carry no meaning.
fn whole_seconds_ms(wall_clock: NaiveDateTime) -> i64 {
    wall_clock.and_utc().timestamp() * 1_000
}
