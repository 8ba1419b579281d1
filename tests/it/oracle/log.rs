//! The data of the oracle: runs, notes and shoes as the plan means them, and which days are observed. Nothing is read
//! from text or files.

use chrono::{Days, NaiveDate, NaiveTime};
use runhip::demo::{DemoPlan, ExpectedReading};

/// Metres in 300 and 500 statute miles, rounded.
pub const DUE_M: u64 = 482_803;
pub const WORN_M: u64 = 804_672;

#[derive(Clone, Debug)]
pub struct Run {
    pub id: String,
    pub date: NaiveDate,
    pub distance_m: Option<u64>,
    pub shoe: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Note {
    pub date: NaiveDate,
    pub means: ExpectedReading,
}

#[derive(Clone, Debug)]
pub struct Shoe {
    pub name: String,
    pub to: Option<NaiveDate>,
    pub initial_m: Option<u64>,
    pub due_m: u64,
    pub worn_m: u64,
}

#[derive(Clone, Debug)]
pub struct Log {
    pub as_of: NaiveDate,
    pub runs: Vec<Run>,
    pub notes: Vec<Note>,
    pub shoes: Vec<Shoe>,
    /// Days with any entry, each once, in order.
    pub entry_days: Vec<NaiveDate>,
}

/// Days from `from` to `to`, both included.
pub fn span(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    from.iter_days().take_while(|day| *day <= to).collect()
}

pub fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date - Days::new(days)
}

pub fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date + Days::new(days)
}

/// The id of a run, without the offset that the report may add.
pub fn run_id(date: NaiveDate, start: Option<NaiveTime>) -> String {
    match start {
        Some(start) => date.and_time(start).format("%Y%m%dT%H%M%S").to_string(),
        None => date.format("%Y%m%d").to_string(),
    }
}

impl Log {
    /// The plan's own runs. A run with a track also has a row in the table, and the row's distance counts.
    pub fn of(plan: &DemoPlan) -> Self {
        let runs = plan
            .runs
            .iter()
            .map(|run| Run {
                id: run_id(run.date, run.start),
                date: run.date,
                distance_m: run.distance_m.map(u64::from),
                shoe: Some(run.shoe.to_owned()),
            })
            .collect();
        let notes = plan.notes.iter().map(|note| Note { date: note.date, means: note.intended.clone() }).collect();
        let shoes = plan
            .shoes
            .iter()
            .map(|shoe| Shoe {
                name: shoe.name.to_owned(),
                to: shoe.to,
                initial_m: shoe.initial_km.map(|km| u64::from(km) * 1_000),
                due_m: shoe.due_km.map_or(DUE_M, |km| u64::from(km) * 1_000),
                worn_m: shoe.worn_km.map_or(WORN_M, |km| u64::from(km) * 1_000),
            })
            .collect();
        Self::new(plan.as_of, runs, notes, shoes, plan.others.iter().map(|other| other.date).collect())
    }

    pub fn new(
        as_of: NaiveDate,
        runs: Vec<Run>,
        notes: Vec<Note>,
        shoes: Vec<Shoe>,
        other_days: Vec<NaiveDate>,
    ) -> Self {
        let mut entry_days = other_days;
        entry_days.extend(runs.iter().map(|run| run.date));
        entry_days.extend(notes.iter().map(|note| note.date));
        entry_days.sort();
        entry_days.dedup();
        Self { as_of, runs, notes, shoes, entry_days }
    }

    pub fn log_from(&self) -> NaiveDate {
        self.entry_days.first().copied().unwrap_or(self.as_of)
    }

    /// True inside the log, unless in a stretch of 14 days or more without an entry. Days before the first entry and
    /// after `as_of` are not observed.
    pub fn observed(&self, day: NaiveDate) -> bool {
        if day < self.log_from() || day > self.as_of {
            return false;
        }
        let (earlier, later) = self.entry_days.split_at(self.entry_days.partition_point(|entry| *entry < day));
        if later.first() == Some(&day) {
            return true;
        }
        let (previous, next) = (earlier.last(), later.first());
        let first_blank = previous.map_or(self.log_from(), |entry| after(*entry, 1));
        let last_blank = next.map_or(self.as_of, |entry| before(*entry, 1));
        (last_blank - first_blank).num_days() + 1 < 14
    }

    pub fn all_observed(&self, from: NaiveDate, to: NaiveDate) -> bool {
        span(from, to).into_iter().all(|day| self.observed(day))
    }

    pub fn runs_in(&self, from: NaiveDate, to: NaiveDate) -> Vec<&Run> {
        self.runs.iter().filter(|run| from <= run.date && run.date <= to).collect()
    }

    pub fn ran_on(&self, day: NaiveDate) -> bool {
        self.runs.iter().any(|run| run.date == day)
    }

    /// Known metres from `from` to `to`.
    pub fn metres(&self, from: NaiveDate, to: NaiveDate) -> u64 {
        self.runs_in(from, to).iter().filter_map(|run| run.distance_m).sum()
    }

    /// Days on which hip pain is denied.
    pub fn denials(&self) -> Vec<NaiveDate> {
        self.notes.iter().filter(|note| note.means.denies).map(|note| note.date).collect()
    }

    /// Whether a day is one of the 28 up to `as_of`.
    pub fn recent(&self, day: NaiveDate) -> bool {
        (self.as_of - day).num_days() < 28
    }
}

/// A small log from lines such as `2026-01-05 10.2km`, `2026-01-05 ?km`, `2026-01-05 off`, `2026-01-05 left 3` and
/// `2026-01-05 fine`, for the oracle's own tests.
pub fn tiny(as_of: &str, lines: &[&str]) -> Log {
    use runhip::model::reading::Side;

    let (mut runs, mut notes): (Vec<Run>, Vec<Note>) = (Vec::new(), Vec::new());
    for line in lines {
        let mut words = line.split(' ');
        let date: NaiveDate = words.next().unwrap().parse().unwrap();
        let word = words.next().unwrap();
        if let Some(km) = word.strip_suffix("km") {
            let distance_m = km.parse::<f64>().ok().map(|km| (km * 1_000.0).round() as u64);
            runs.push(Run { id: run_id(date, None), date, distance_m, shoe: Some("A".into()) });
            continue;
        }
        let side = match word {
            "left" => Some(Side::Left),
            "right" => Some(Side::Right),
            "both" => Some(Side::Both),
            "hip" => Some(Side::Unknown),
            _ => None,
        };
        let severity = words.next().map(|score| score.parse().unwrap());
        let means = ExpectedReading {
            hip: side.is_some(),
            side,
            severity,
            denies: word == "fine",
            ..ExpectedReading::default()
        };
        notes.push(Note { date, means });
    }
    let shoes = vec![Shoe { name: "A".into(), to: None, initial_m: Some(0), due_m: DUE_M, worn_m: WORN_M }];
    Log::new(as_of.parse().unwrap(), runs, notes, shoes, Vec::new())
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

mod tests {
    use super::*;

    #[test]
    fn thirteen_blank_days_are_observed_and_fourteen_are_not() {
        let log = tiny("2026-02-03", &["2026-01-01 5km", "2026-01-15 5km", "2026-01-30 5km"]);
        assert!(log.observed(date("2026-01-02")) && log.observed(date("2026-01-14")));
        assert!(!log.observed(date("2026-01-16")) && !log.observed(date("2026-01-29")));
        assert!(log.observed(date("2026-02-03")), "four trailing days are few");
        assert!(!log.observed(date("2025-12-31")) && !log.observed(date("2026-02-04")));
    }

    #[test]
    fn fourteen_trailing_blank_days_are_not_observed() {
        let log = tiny("2026-01-15", &["2026-01-01 5km"]);
        assert!(log.observed(date("2026-01-01")) && !log.observed(date("2026-01-02")));
    }
}
