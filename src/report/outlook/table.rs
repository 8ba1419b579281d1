//! A suggested plan as CSV: comment lines that say what it is, then one row for each run, which `runhip plan` reads
//! back to the metre.

use super::{NO_PROMISE, PlanReport, SuggestionRow};
use crate::model::own_file::SUGGESTED_PLAN;
use crate::model::units::Units;
use crate::report::plain;
use crate::report::terminal_page::wrap;

/// The width of a comment line in columns.
const WIDTH: usize = 96;
/// The most comment lines: the header must be among the first lines of a table to be found.
const MOST_LINES: usize = 9;

/// The plan as CSV; `None` if there is none.
#[must_use]
pub fn render(report: &PlanReport) -> Option<String> {
    let suggestion = report.suggestion.as_ref().filter(|suggestion| suggestion.possible)?;
    let mut text = format!("{SUGGESTED_PLAN}\n");
    let mut lines = vec![NO_PROMISE.to_owned()];
    lines.extend(wrap(&plain::one_line(&report.disclaimer), WIDTH));
    let room = MOST_LINES.saturating_sub(lines.len());
    lines.extend(whole_sentences(&plain::one_line(&suggestion.text), room));
    for line in lines {
        text.push_str(&format!("# {}\n", line.replace('"', "'")));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let shoes = suggestion.runs.iter().any(|run| run.shoe.is_some());
    write(&mut writer, suggestion, report.units, shoes).ok()?;
    text.push_str(&String::from_utf8(writer.into_inner().ok()?).ok()?);
    Some(text)
}

/// As many whole sentences from the beginning as fit into this many lines.
fn whole_sentences(text: &str, most_lines: usize) -> Vec<String> {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1).chain(std::iter::once(text.len()));
    let parts = ends.map(|end| wrap(&text[..end], WIDTH)).take_while(|lines| lines.len() <= most_lines);
    parts.last().unwrap_or_default()
}

fn write(
    writer: &mut csv::Writer<Vec<u8>>,
    suggestion: &SuggestionRow,
    units: Units,
    shoes: bool,
) -> Result<(), csv::Error> {
    let distance = format!("distance_{}", units.sign());
    let columns = ["date", &distance, "type", "shoe"];
    let width = if shoes { 4 } else { 3 };
    writer.write_record(&columns[..width])?;
    for run in &suggestion.runs {
        let date = run.date.to_string();
        let metres = figure(run.distance_m, units);
        let shoe = plain::clean(run.shoe.as_deref().unwrap_or(""));
        let shoe = plain::cell(&shoe);
        let row = [date.as_str(), metres.as_str(), run.kind.as_str(), &shoe];
        writer.write_record(&row[..width])?;
    }
    Ok(())
}

/// The distance with the fewest decimals that give the same metres when read back.
fn figure(metres: u32, units: Units) -> String {
    let value = f64::from(metres) / units.metres();
    (1..=4)
        .map(|decimals| format!("{value:.decimals$}"))
        .find(|text| {
            text.parse::<f64>()
                .is_ok_and(|again| (again * units.metres()).round().total_cmp(&f64::from(metres)).is_eq())
        })
        .unwrap_or_else(|| format!("{value:.6}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_left_out_by_sentences() {
        // Two sentences of 42 columns and a space between them nearly fill a line of 96.
        let text = ["Nine words that fill up half of a line go."; 5].join(" ");
        let lines = whole_sentences(&text, 2);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.join(" "), ["Nine words that fill up half of a line go."; 4].join(" "));
        assert!(whole_sentences(&text, 0).is_empty());
    }

    #[test]
    fn figures_are_short_and_give_the_same_metres_again() {
        assert_eq!(figure(14_300, Units::Km), "14.3");
        assert_eq!(figure(21_097, Units::Km), "21.097");
        // 8.9 mi are 14,323.16 m.
        assert_eq!(figure(14_323, Units::Mi), "8.9");
        for metres in (1_u32..60_000).step_by(7) {
            for units in [Units::Km, Units::Mi] {
                let read: f64 = figure(metres, units).parse().expect("a number");
                assert_eq!(crate::model::units::whole_metres(read * units.metres()), Some(metres));
            }
        }
    }
}
