//! The run log of the made-up athlete as a table: one row for each run and each session of another sport.

use chrono::{NaiveDate, NaiveTime};

use super::plan::{DemoPlan, Surface};

const HEADER: &str = "date,start,distance_km,duration,shoe,sport,notes\n";

/// The table by date and start.
#[must_use]
pub fn run_log(plan: &DemoPlan) -> String {
    let runs = plan.runs.iter().map(|run| {
        let sport = match run.surface {
            Surface::Road => "Running",
            Surface::Trail => "Trail Running",
            Surface::Treadmill => "Treadmill Running",
        };
        let words = (run.spelled.unwrap_or_default(), sport, run.note.unwrap_or_default());
        ((run.date, run.start), row(run.date, run.start, run.distance_m, run.duration_s, words))
    });
    let others = plan.others.iter().map(|other| {
        let text = row(other.date, Some(other.start), Some(other.distance_m), other.duration_s, ("", other.sport, ""));
        ((other.date, Some(other.start)), text)
    });
    let mut rows: Vec<_> = runs.chain(others).collect();
    rows.sort();
    std::iter::once(HEADER.to_owned()).chain(rows.into_iter().map(|(_, text)| text)).collect()
}

fn row(
    date: NaiveDate,
    start: Option<NaiveTime>,
    distance_m: Option<u32>,
    duration_s: u32,
    (shoe, sport, note): (&str, &str, &str),
) -> String {
    let start = start.map(|start| start.format("%H:%M").to_string()).unwrap_or_default();
    let kilometres = distance_m.map(|m| format!("{}.{:02}", m / 1_000, m % 1_000 / 10)).unwrap_or_default();
    let (hours, minutes, seconds) = (duration_s / 3_600, duration_s / 60 % 60, duration_s % 60);
    let note = if note.contains(',') { format!("\"{note}\"") } else { note.to_owned() };
    format!("{date},{start},{kilometres},{hours}:{minutes:02}:{seconds:02},{shoe},{sport},{note}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::plan::plan;

    #[test]
    fn a_row_holds_what_is_known_and_leaves_the_rest_empty() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        let start = NaiveTime::from_hms_opt(6, 5, 0);
        assert_eq!(
            row(date, start, Some(10_040), 3_661, ("Swift", "Running", "wet, cold")),
            "2026-03-04,06:05,10.04,1:01:01,Swift,Running,\"wet, cold\"\n"
        );
        assert_eq!(
            row(date, None, None, 59, ("", "Treadmill Running", "")),
            "2026-03-04,,,0:00:59,,Treadmill Running,\n"
        );
    }

    #[test]
    fn the_table_reads_back_as_the_plan() {
        let plan = plan(5);
        let text = run_log(&plan);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), plan.runs.len() + plan.others.len());
        let read_m: u32 = rows
            .iter()
            .filter(|row| row[5].contains("Running") && !row[2].is_empty())
            .map(|row| row[2].replace('.', "").parse::<u32>().unwrap() * 10)
            .sum();
        assert_eq!(read_m, plan.runs.iter().filter_map(|run| run.distance_m).sum::<u32>());
    }
}
