//! Reads a training plan from CSV rows: a day or a week, and how far. The columns are data in
//! `dialects/training-plan.toml`; numbers, units and dates are read as in a run log. It does not know which day is
//! today.

use std::collections::BTreeMap;

use super::dialect::{self, DialectMatch, Field};
use super::figures::{self, Figures};
use super::sheet::Sheet;
use super::table::{self, HeaderLine, Row, Source};
use super::{CsvOptions, dates, text, unrecognised, words};
use crate::model::fault::Fault;
use crate::model::problem::{Cost, Place, Problem};
use crate::model::training_plan::{PlannedRow, TrainingPlan, When};

/// The longest planned run in metres, which is more than anybody covers in a day.
pub(in crate::import) const LONGEST_RUN_M: u32 = 400_000;
/// The longest planned week in metres.
pub(in crate::import) const LONGEST_WEEK_M: u32 = 1_000_000;

/// Phrases in faults of run logs that are wrong for a plan, since a plan is refused as a whole.
const LEFT_OUT: [&str; 2] = ["; the row was left out", "; it was left out"];

/// Reads a plan from a table with one row for each day or week.
pub fn read(bytes: &[u8], options: &CsvOptions) -> TrainingPlan {
    let decoded = text::decode(bytes);
    let refuse = |fault: Fault| TrainingPlan { problems: vec![fault.at(Place::File)], ..TrainingPlan::default() };
    if decoded.text.contains('\0') {
        let detail = "it holds binary data".to_owned();
        return refuse(Fault::NotThisFormat { format: "CSV", detail });
    }
    let source = Source::Text(&decoded.text);
    let lines = source.header_lines();
    if let Some(fault) = table::too_wide(&lines) {
        return refuse(fault);
    }
    let named: BTreeMap<Field, String> =
        options.columns.iter().filter_map(|(k, header)| Some((dialect::field_named(k)?, header.clone()))).collect();
    let found = lines.iter().find_map(|line| Some((line, dialect::recognise_plan(&line.cells, &named)?)));
    let Some((header, recognised)) = found else {
        let header = lines.iter().find(|line| line.cells.len() > 1);
        let found = unrecognised::listed(header.map_or(&[], |line| &line.cells));
        return refuse(Fault::ColumnsUnknown {
            missing: "the date or the week, and the distance",
            found,
            examples: Vec::new(),
        });
    };
    rows(source, header, &recognised, options)
}

fn rows(source: Source<'_>, header: &HeaderLine, recognised: &DialectMatch, options: &CsvOptions) -> TrainingPlan {
    let (rows, problems) = source.rows(header);
    let rows: Vec<Row> = rows.into_iter().filter(|row| !row.cell(0).starts_with('#')).collect();
    let sheet = Sheet::new(recognised, &rows, header.delimiter, (dates::year_in(&source.above(header)), options.order));
    let figures = Figures::of_plan(&sheet, options);
    let mut plan = TrainingPlan { problems, ..TrainingPlan::default() };
    for (column, unit, because) in figures.guessed(&sheet) {
        plan.problems.push(Fault::UnitAssumed { column, unit, because }.at(Place::File));
    }
    for row in sheet.rows {
        match entry(&sheet, row, options, &figures) {
            Ok(Entry::Run(run)) => plan.rows.push(run),
            Ok(Entry::Rest) => plan.rest_rows += 1,
            Ok(Entry::Other) => plan.other_rows += 1,
            Err(fault) => plan.problems.push(fault.at(Place::Line(row.line))),
        }
    }
    for problem in plan.problems.iter_mut().filter(|problem| problem.cost >= Cost::Entry) {
        for said in LEFT_OUT {
            problem.what = problem.what.trim_end_matches(said).to_owned();
        }
    }
    plan.problems.sort_by_key(|problem: &Problem| problem.place);
    plan
}

/// What a row of a plan asks for.
enum Entry {
    Run(PlannedRow),
    Rest,
    Other,
}

fn entry(sheet: &Sheet<'_>, row: &Row, options: &CsvOptions, figures: &Figures) -> Result<Entry, Fault> {
    let when = when(sheet, row)?;
    let kind = sheet.text(row, Field::Sport).or_else(|| sheet.text(row, Field::Title));
    let texts: Vec<String> = [Field::Sport, Field::Title].iter().filter_map(|field| sheet.text(row, *field)).collect();
    if texts.iter().any(|text| words::is_other_sport(text)) {
        return Ok(Entry::Other);
    }
    let cell = sheet.find(row, Field::Distance).map(|(_, cell)| cell.to_owned());
    let rest_written = cell.as_deref().is_some_and(words::is_rest);
    if rest_written {
        return Ok(Entry::Rest);
    }
    if cell.as_deref().is_some_and(is_negative) {
        return Err(too_odd(cell, "it is below zero"));
    }
    let distance_m = match figures::distance(sheet, row, options)? {
        Some(written) => {
            let odd = |why| too_odd(Some(written.cell.to_owned()), why);
            let metres =
                written.in_metres(sheet, None, figures).map_err(|_| odd("it is further than any week of running"))?.m;
            match when {
                When::Day(_) if metres > LONGEST_RUN_M => return Err(odd("it is further than anyone runs in a day")),
                When::Week(_) if metres > LONGEST_WEEK_M => return Err(odd("it is further than any week of running")),
                _ => Some(metres),
            }
        }
        None => None,
    };
    // A week with distance 0 is a week without a run; a day without a distance is one only if no run is named.
    let no_run = match distance_m {
        Some(metres) => metres == 0 && matches!(when, When::Day(_)),
        None => texts.iter().all(|text| words::is_rest(text)),
    };
    if no_run {
        return Ok(Entry::Rest);
    }
    if distance_m.is_none() && matches!(when, When::Week(_)) {
        return Err(too_odd(cell, "a week needs one"));
    }
    let shoe = sheet.cell(row, Field::Shoe).map(str::to_owned);
    Ok(Entry::Run(PlannedRow { when, distance_m, kind, shoe, line: row.line }))
}

fn too_odd(cell: Option<String>, why: &'static str) -> Fault {
    Fault::PlannedDistance { cell: cell.unwrap_or_default(), why }
}

fn is_negative(cell: &str) -> bool {
    let mut signs = cell.trim().chars();
    signs.next().is_some_and(|c| matches!(c, '-' | '−')) && signs.next().is_some_and(|c| c.is_ascii_digit())
}

/// The day or week of a row: a week by its column, by a word before its date, or as `2026-W50`.
fn when(sheet: &Sheet<'_>, row: &Row) -> Result<When, Fault> {
    if let Some(cell) = sheet.cell(row, Field::Date) {
        if let Some(monday) = dates::monday_of_week(cell) {
            return Ok(When::Week(monday));
        }
        let date = sheet.date(row)?.date;
        return Ok(if says_week(cell) { When::Week(date) } else { When::Day(date) });
    }
    let Some(cell) = sheet.cell(row, Field::Week) else {
        return Err(Fault::BadDate { cell: String::new() });
    };
    if let Some(monday) = dates::monday_of_week(cell) {
        return Ok(When::Week(monday));
    }
    if !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit()) && cell.len() <= 2 {
        let what = format!("week {cell} of which year is not said");
        return Err(Fault::PlannedEntry {
            what,
            hint: "write the week by a day in it, such as 2026-12-07, or as 2026-W50",
        });
    }
    Ok(When::Week(sheet.date_in(row, Field::Week)?.date))
}

fn says_week(cell: &str) -> bool {
    let front = cell.find(|c: char| c.is_ascii_digit()).map_or("", |at| &cell[..at]);
    words::is_week(front)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::Units;

    fn plan(text: &str) -> TrainingPlan {
        read(text.as_bytes(), &CsvOptions::default())
    }

    /// Each row as `day 2026-12-07 8000` and each problem that cost one as `3: what`.
    fn said(text: &str) -> (Vec<String>, Vec<String>) {
        let plan = plan(text);
        let rows = plan.rows.iter().map(|row| {
            let (word, day) = match row.when {
                When::Day(day) => ("day", day),
                When::Week(day) => ("week", day),
            };
            let metres = row.distance_m.map_or("?".to_owned(), |metres| metres.to_string());
            format!("{word} {day} {metres}")
        });
        let lost = plan.problems.iter().filter(|problem| problem.cost >= Cost::Entry);
        (rows.collect(), lost.map(|problem| format!("{}: {}", problem.place, problem.what)).collect())
    }

    #[test]
    fn days_weeks_and_both_are_read() {
        let (rows, lost) = said(
            "date,distance_km,type\n2026-12-07,8,easy\nweek of 2026-12-14,42.5,\n2026-W52,40 km,\n21 Dec 2026,6.2 mi,long\n",
        );
        assert_eq!(
            rows,
            ["day 2026-12-07 8000", "week 2026-12-14 42500", "week 2026-12-21 40000", "day 2026-12-21 9978"]
        );
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn a_column_of_weeks_makes_weeks_and_other_languages_and_marks_are_read() {
        let (rows, lost) = said("Woche;Umfang (km)\n07.12.2026;42,5\n14.12.2026;46\n");
        assert_eq!(rows, ["week 2026-12-07 42500", "week 2026-12-14 46000"]);
        assert!(lost.is_empty(), "{lost:?}");
        let (rows, _) = said("Datum\tStrecke\tEinheit\n07.12.2026\t5,5\tmi\n");
        assert_eq!(rows, ["day 2026-12-07 8851"]);
    }

    #[test]
    fn the_configuration_gives_a_unit_that_nothing_names() {
        let options = CsvOptions { default_unit: Some(Units::Mi), ..CsvOptions::default() };
        let rows = read(b"date,distance\n2026-12-07,10\n", &options).rows;
        assert_eq!(rows[0].distance_m, Some(16_093));
    }

    #[test]
    fn rest_other_sports_and_runs_without_a_distance_are_told_apart() {
        let plan = plan(
            "date,distance_km,type\n2026-12-07,,rest\n2026-12-08,0,\n2026-12-09,,\n2026-12-10,40,bike\n2026-12-11,,tempo\n\
             2026-12-12,,yoga\n2026-12-13,18,long run\n",
        );
        assert_eq!((plan.rest_rows, plan.other_rows), (3, 2));
        let metres: Vec<Option<u32>> = plan.rows.iter().map(|row| row.distance_m).collect();
        assert_eq!(metres, [None, Some(18_000)]);
    }

    #[test]
    fn what_cannot_be_a_day_or_a_distance_is_named_with_its_line() {
        let (_, lost) = said(
            "date,distance_km\n2026-12-32,8\n2026-12-08,-8\n2026-12-09,4000\n2026-12-10,far\nweek of 2026-12-14,1200\n\n,5\n",
        );
        let wanted = [
            "line 2: \"2026-12-32\" is not a date",
            "line 3: \"-8\" is no distance to plan: it is below zero",
            "line 4: \"4000\" is no distance to plan: it is further than any week of running",
            "line 5: \"far\" in column \"distance_km\" is not a number",
            "line 6: \"1200\" is no distance to plan: it is further than any week of running",
            "line 8: an entry has no date",
        ];
        assert_eq!(lost, wanted);
        let (_, lost) = said("date,distance_km\n2026-12-09,401\n");
        assert_eq!(lost, ["line 2: \"401\" is no distance to plan: it is further than anyone runs in a day"]);
        let (_, lost) = said("week,km\n3,40\n");
        assert_eq!(lost, ["line 2: week 3 of which year is not said"]);
    }

    #[test]
    fn a_table_without_the_columns_says_which_it_lacks() {
        let (_, lost) = said("name,score\nA,3\n");
        assert!(lost[0].contains("the date or the week, and the distance"), "{lost:?}");
    }

    #[test]
    fn comments_above_and_among_the_rows_are_passed_over() {
        let (rows, lost) = said("# a plan, with commas\n# of mine\ndate,distance_km\n# rest\n2026-12-07,8\n");
        assert_eq!(rows, ["day 2026-12-07 8000"]);
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn a_header_that_is_not_known_is_told_of_in_a_line_or_two() {
        let header: Vec<String> = (0..100).map(|at| format!("{}{at}", "x".repeat(60))).collect();
        let problem = plan(&format!("{}\n1,2\n", header.join(","))).problems.remove(0);
        assert!(problem.what.starts_with("no column could be taken for the date or the week, and the distance; the"));
        assert_eq!(problem.what.matches("xxx").count() / 13, 30, "{}", problem.what);
    }
}
