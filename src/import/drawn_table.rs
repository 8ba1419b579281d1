//! Run logs written as a table in a text: with tabs or other separators below a header, or drawn with bars as in
//! Markdown. The reader of tables interprets the columns, and that of notes the dated lines around a table.

use chrono::NaiveDate;

use super::csv::dates::{self, DayOrder};
use super::csv::{self, CsvOptions, text};
use super::imported::Imported;
use super::journal;
use super::sport_names;
use crate::model::activity::SportFrom;
use crate::model::assumption::AssumptionKind;
use crate::model::sport::Sport;

/// The least number of lines of a table, with its header.
const FEWEST_LINES: usize = 2;

/// The run logs in a text and, read by `notes`, the text around them; `None` if no table in it holds a run.
pub fn read(bytes: &[u8], name: &str, options: &CsvOptions, notes: &dyn Fn(&[u8]) -> Imported) -> Option<Imported> {
    let decoded = text::decode(bytes);
    if is_separated(&decoded.text) {
        let table = csv::read(bytes, name, options);
        return holds_runs(&table).then_some(table);
    }
    let is_org = name.to_lowercase().ends_with(".org");
    let mut blocks = drawn(&decoded.text, is_org);
    let options = &CsvOptions { order: settle_days(&mut blocks), ..options.clone() };
    let mut rest: Vec<&str> = decoded.text.lines().collect();
    let mut found: Option<Imported> = None;
    for TextTable { rows: block, sport, .. } in blocks {
        let (first, last) = (block.first()?.0, block.last()?.0);
        let mut table = csv::read_drawn(block, name, options);
        if !holds_runs(&table) {
            continue;
        }
        if let Some(sport) = sport {
            let untold = table.activities.iter_mut().filter(|one| one.sport_from == SportFrom::Assumed);
            for activity in untold {
                (activity.sport, activity.sport_from) = (Some(sport.clone()), SportFrom::Title);
            }
            table.assumptions.retain(|assumed| assumed.kind != AssumptionKind::NoSportColumn);
        }
        let lines = usize::try_from(first - 1).ok()?..usize::try_from(last).ok()?;
        rest.get_mut(lines)?.fill("");
        found = Some(match found {
            None => table,
            Some(before) => joined(before, table),
        });
    }
    let found = found?;
    let around = rest.join("\n");
    if around.trim().is_empty() {
        return Some(found);
    }
    let around = notes(around.as_bytes());
    Some(if around.refusal.is_none() { joined(found, around) } else { found })
}

fn holds_runs(table: &Imported) -> bool {
    table.refusal.is_none() && !table.activities.is_empty()
}

fn joined(mut one: Imported, other: Imported) -> Imported {
    one.activities.extend(other.activities);
    one.notes.extend(other.notes);
    one.problems.extend(other.problems);
    for assumed in other.assumptions {
        match one.assumptions.iter_mut().find(|known| known.kind == assumed.kind && known.about == assumed.about) {
            Some(known) => known.count += assumed.count,
            None => one.assumptions.push(assumed),
        }
    }
    one
}

/// True if the first line and most others have the same separators.
fn is_separated(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let Some(header) = lines.next() else { return false };
    // A line that begins with a date is a note.
    if header.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    ['\t', ';', ','].into_iter().any(|separator| {
        let wanted = header.matches(separator).count();
        let (mut fitting, mut all) = (0, 0);
        for line in lines.clone() {
            all += 1;
            fitting += usize::from(line.matches(separator).count() >= wanted.min(2));
        }
        wanted >= 2 && all > 0 && fitting * 5 >= all * 4
    })
}

/// A table drawn with bars.
struct TextTable {
    /// Each row with its line, without the line of dashes below the header.
    rows: Vec<(u64, Vec<String>)>,
    /// The sport in a heading above it, such as that of a list of rides after the runs.
    sport: Option<Sport>,
    /// The year in a heading above it.
    year: Option<i32>,
}

impl TextTable {
    fn column_of_days(&self) -> Option<usize> {
        let ((_, header), rows) = self.rows.split_first()?;
        csv::column_of_days(header, rows)
    }
}

/// The sports and years in the headings above a line, with their levels.
#[derive(Default)]
struct HeadingsAbove(Vec<(u8, Option<Sport>, Option<i32>)>);

impl HeadingsAbove {
    fn pass(&mut self, level: u8, words: &str) {
        self.0.retain(|(above, ..)| *above < level);
        let words = words.trim_matches(['*', ' ', ':']);
        self.0.push((level, sport_names::in_title(words, true), journal::year_in(words)));
    }

    fn sport(&self) -> Option<Sport> {
        self.0.iter().rev().find_map(|(_, sport, _)| sport.clone())
    }

    fn year(&self) -> Option<i32> {
        self.0.iter().rev().find_map(|(.., year)| *year)
    }
}

fn drawn(text: &str, is_org: bool) -> Vec<TextTable> {
    let mut blocks: Vec<TextTable> = Vec::new();
    let mut above = HeadingsAbove::default();
    let mut open: Vec<(u64, Vec<String>)> = Vec::new();
    let mut ruled = false;
    for (line, number) in text.lines().zip(1..).chain(std::iter::once(("", 0))) {
        match cells(line) {
            Some(cells) if cells.iter().all(|cell| is_rule(cell)) => ruled |= open.len() == 1,
            Some(cells) => open.push((number, cells)),
            None => {
                if ruled && open.len() >= FEWEST_LINES {
                    let rows = std::mem::take(&mut open);
                    blocks.push(TextTable { rows, sport: above.sport(), year: above.year() });
                }
                open.clear();
                ruled = false;
            }
        }
        if let Some((level, words)) = journal::heading(line, is_org) {
            above.pass(level, words);
        }
    }
    blocks
}

/// Adds the year of the heading above each table to days without one, and returns the order of day and month in all
/// the tables.
fn settle_days(tables: &mut [TextTable]) -> Option<DayOrder> {
    let columns: Vec<Option<usize>> = tables.iter().map(TextTable::column_of_days).collect();
    let days = tables.iter().zip(&columns).flat_map(|(table, column)| {
        table.rows.iter().skip(1).filter_map(move |(_, cells)| cells.get((*column)?)).map(String::as_str)
    });
    let order = dates::settle(days);
    for (table, column) in tables.iter_mut().zip(columns) {
        let (Some(year), Some(column)) = (table.year, column) else { continue };
        for cell in table.rows.iter_mut().skip(1).filter_map(|(_, cells)| cells.get_mut(column)) {
            with_year(cell, year, order);
        }
    }
    Some(order).filter(|order| *order != DayOrder::Unsettled)
}

/// The cells of a line with bars; `None` without bars.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if !line.contains('|') {
        return None;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    // A bar after a backslash belongs to the text.
    let parted = inner.replace("\\|", "\u{0}");
    Some(parted.split('|').map(|cell| plain(&cell.replace('\u{0}', "|"))).collect())
}

/// A cell without marks for bold, italics, code and links.
fn plain(cell: &str) -> String {
    let cell = cell.trim().trim_matches(['*', '_', '`']).trim();
    if let Some(day) = org_day(cell) {
        return day.to_owned();
    }
    match cell.strip_prefix("[[").and_then(|inner| inner.strip_suffix("]]")) {
        Some(link) => link.rsplit('|').next().unwrap_or(link).to_owned(),
        None => cell.to_owned(),
    }
}

/// The day in a time stamp of Org, such as `[2026-10-19 Mon]` or `<2026-10-19 Mon 07:05>`.
fn org_day(cell: &str) -> Option<&str> {
    let pairs = [('[', ']'), ('<', '>')];
    let inner = pairs.into_iter().find_map(|(open, close)| cell.strip_prefix(open)?.strip_suffix(close))?;
    let day = inner.split_whitespace().next()?;
    day.parse::<chrono::NaiveDate>().is_ok().then_some(day)
}

/// Adds the heading's year to a cell that holds only a day without a year.
fn with_year(cell: &mut String, year: i32, order: DayOrder) {
    let in_order =
        || dates::without_year(cell, order).and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    if let Some(day) = journal::day_in_year(cell, year).or_else(in_order) {
        *cell = day.to_string();
    }
}

fn is_rule(cell: &str) -> bool {
    let dashes = cell.trim_matches(':');
    dashes.contains('-') && dashes.bytes().all(|c| matches!(c, b'-' | b'+'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concern::{Concern, ConcernClassifier};

    fn read(text: &str) -> Option<Imported> {
        let notes = |bytes: &[u8]| journal::read(bytes, "log.md", ConcernClassifier(|_| Concern::Nothing));
        super::read(text.as_bytes(), "log.md", &CsvOptions::default(), &notes)
    }

    fn metres(imported: &Imported) -> Vec<u32> {
        imported.activities.iter().filter_map(|one| one.distance).map(|distance| distance.m).collect()
    }

    #[test]
    fn a_table_with_tabs_is_a_run_log() {
        let text = "Date\tTimeOfDay\tType\tDistance\tDistanceUnit\tDuration\tEquipment\tNotes\n\
                    2026-03-04\t18:15\tRun\t4\tMile\t0:36:00\tRincon 4\tleft hip 2/10\n2026-03-06\t\tBike\t20\tMile\t1:05:00\t\t\n";
        let imported = read(text).expect("a table");
        // 4 × 1,609.344.
        assert_eq!(metres(&imported)[0], 6_437);
        assert_eq!(imported.activities[0].shoe.as_deref(), Some("Rincon 4"));
        assert!(imported.activities[1].sport.as_ref().is_some_and(|sport| !sport.is_running()));
    }

    #[test]
    fn a_table_with_bars_is_one_and_the_lines_around_it_stay_notes() {
        let text = "# March\n\n| Day | **Distance** (km) | Time | Notes |\n|:---|---:|:-:|---|\n| 2026-03-04 | 8.2 | 45:10 | flat \\| windy |\n\
                    | 2026-03-05 | 5 | 28:00 | |\n\n2026-03-06: left hip 3/10\n";
        let imported = read(text).expect("a table");
        assert_eq!(metres(&imported), [8_200, 5_000]);
        assert_eq!(imported.activities[0].description.as_deref(), Some("flat | windy"));
        assert_eq!(imported.activities[0].record, Some(5));
        let notes: Vec<(Option<u64>, &str)> =
            imported.notes.iter().map(|note| (note.line, note.text.as_str())).collect();
        assert_eq!(notes, [(Some(8), "left hip 3/10")]);
    }

    #[test]
    fn notes_and_other_tables_stay_what_they_are() {
        for text in [
            "2026-03-04: ran 8 km, left hip, stiff\n2026-03-05: rest\n",
            "| Day | Side | Pain |\n|---|---|---|\n| 2026-03-04 | left | 3 |\n",
            "Shoes | km\nRincon | 400\n",
            "some words, with commas, and more\nof them, here, too\n",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_table_of_org_is_a_run_log_with_its_stamps_as_days() {
        let text = "* Autumn\n\n| Day              |  mi |    Time | Notes          |\n\
                    |------------------+-----+---------+----------------|\n\
                    | [2026-03-02 Mon] | 4.0 |   37:20 | easy           |\n\
                    | <2026-03-04 Wed 18:30> | 5.0 | 46:10 | right hip 2/10 |\n\
                    |------------------+-----+---------+----------------|\n\
                    | Total            | 9.0 | 1:23:30 |                |\n";
        let imported = read(text).expect("a table");
        // 4 and 5 times 1,609.344.
        assert_eq!(metres(&imported), [6_437, 8_047]);
    }

    #[test]
    fn days_without_a_year_are_of_the_year_of_the_heading() {
        let text = "## 2025\n\n| Date | km | Type |\n|---|---|---|\n| Sun 2nd Nov | 5 | Easy |\n| Sat 1 November | 8 | Long |\n\n\
                    ## 2026\n\n| Date | km | Type |\n|---|---|---|\n| 3 Jan | 6 | Easy |\n";
        let imported = read(text).expect("tables");
        let days: Vec<String> = imported.activities.iter().map(|one| format!("{:?}", one.start)).collect();
        for (found, day) in days.iter().zip(["2025-11-02", "2025-11-01", "2026-01-03"]) {
            assert!(found.contains(day), "{found}");
        }
        assert_eq!(metres(&imported), [5_000, 8_000, 6_000]);
    }

    #[test]
    fn a_decimal_below_a_heading_with_a_year_is_no_day_of_it() {
        let rows =
            "| Date | km | Time |\n|---|---|---|\n| 2026-05-02 | 3.9 | 21:10 |\n| 2026-05-04 | 11.2 | 1:02:00 |\n";
        for heading in ["# May 2026", "## 2026-05", "# Week 3 (2026-05-02)", "# Spring marathon 2026"] {
            let imported = read(&format!("{heading}\n\n{rows}")).expect("a table");
            assert_eq!(metres(&imported), [3_900, 11_200], "{heading}");
            assert!(imported.problems.is_empty(), "{heading}: {:?}", imported.problems);
        }
        let by_values = "# 2026\n\n| Wann | km |\n|---|---|\n| 2. Mai | 3.9 |\n| 4. Mai | 11.2 |\n";
        assert_eq!(
            read(by_values).map_or(Vec::new(), |imported| metres(&imported)),
            Vec::<u32>::new(),
            "no date is named"
        );
    }

    #[test]
    fn one_day_above_twelve_tells_the_order_for_all_tables_of_a_text() {
        let text = "## Week 2 of 2026\n\n| Date | km |\n|---|---|\n| 05/03 | 5 |\n| 05/07 | 6 |\n\n\
                    ## Week 3 of 2026\n\n| Date | km |\n|---|---|\n| 05/12 | 7 |\n| 05/14 | 8 |\n";
        let imported = read(text).expect("tables");
        assert_eq!(metres(&imported), [5_000, 6_000, 7_000, 8_000]);
        let starts: Vec<String> = imported.activities.iter().map(|one| format!("{:?}", one.start)).collect();
        for (found, day) in starts.iter().zip(["2026-05-03", "2026-05-07", "2026-05-12", "2026-05-14"]) {
            assert!(found.contains(day), "{found}");
        }
    }

    #[test]
    fn a_table_below_the_name_of_another_sport_holds_no_runs() {
        let table = "| Day | km |\n|---|---|\n| 2026-03-0% | 10 |\n| 2026-03-1% | 12 |\n";
        let of = |heading: &str, digit: &str| format!("{heading}\n\n{}\n", table.replace('%', digit));
        let imported = read(&(of("# Running", "2") + &of("## Bike", "4"))).expect("tables");
        let running: Vec<bool> =
            imported.activities.iter().map(|one| one.sport.as_ref().is_none_or(Sport::is_running)).collect();
        assert_eq!(running, [true, true, false, false]);
    }

    #[test]
    fn a_bullet_is_no_heading_and_a_heading_counts_for_what_lies_below_it() {
        let table = "| Day | km |\n|---|---|\n| 2026-03-02 | 10 |\n| 2026-03-04 | 12 |\n";
        let runs = |text: &str| {
            let imported = read(text).expect("a table");
            imported.activities.iter().filter(|one| one.sport.as_ref().is_none_or(Sport::is_running)).count()
        };
        assert_eq!(runs(&format!("# March\n\n* swim on Tuesdays\n\n{table}")), 2);
        assert_eq!(runs(&format!("# Bike\n\n## Week 2\n\n{table}")), 0);
        assert_eq!(runs(&format!("## Bike\n\nnothing\n\n# Running\n\n{table}")), 2);
    }
}
