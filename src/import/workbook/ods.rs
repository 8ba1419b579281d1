//! Workbooks in `.ods`, from `LibreOffice` and others: one part holds all sheets, with a repeat count for equal rows
//! and cells.

use std::collections::HashSet;
use std::io::BufRead;
use std::ops::Range;

use super::grid::{Budget, Grid, MOST_ROWS};
use super::number_format::clock;
use super::package::Package;
use super::{WorkbookError, WorkbookSheet};
use crate::import::limits::{MOST_COLUMNS, XmlBudget};
use crate::import::xml::{Token, Xml, XmlError, append, attributes, local};

/// The most tags and texts of all sheets.
const WORK: XmlBudget = XmlBudget { points: 0, pieces: 100_000_000 };

/// The most equal rows in succession. Nobody ran the same a thousand times.
const MOST_EQUAL_ROWS: u32 = 100_000;

/// The most sheets of a workbook, and styles of sheets.
const MOST_SHEETS: usize = 1_000;

/// The sheets of a workbook, in order.
pub fn sheets(package: &mut Package<'_>, budget: &mut Budget) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")
        && is_protected(manifest?)?
    {
        return Err(WorkbookError::Protected);
    }
    let Some(input) = package.part("content.xml") else { return Ok(Vec::new()) };
    let mut xml = Xml::new(input?, WORK)?;
    let mut sheets = Vec::new();
    if let Err(error) = all_sheets(&mut xml, &mut sheets, budget) {
        match sheets.last_mut() {
            Some(last) => last.broken = Some(error),
            None => return Err(error.into()),
        }
    }
    Ok(sheets)
}

fn is_protected(manifest: impl BufRead) -> Result<bool, XmlError> {
    let mut xml = Xml::new(manifest, WORK)?;
    loop {
        match xml.token()? {
            Token::Open(tag) if local(tag.name().as_ref()) == "encryption-data" => return Ok(true),
            Token::End => return Ok(false),
            _ => {}
        }
    }
}

fn all_sheets<R: BufRead>(
    xml: &mut Xml<R>,
    sheets: &mut Vec<WorkbookSheet>,
    budget: &mut Budget,
) -> Result<(), XmlError> {
    let mut hidden: HashSet<String> = HashSet::new();
    let mut style = String::new();
    loop {
        let tag = match xml.token()? {
            Token::Open(tag) => tag,
            Token::End => return Ok(()),
            _ => continue,
        };
        match local(tag.name().as_ref()) {
            "style" => style = attribute(&tag, "name").unwrap_or_default(),
            "table-properties"
                if hidden.len() < MOST_SHEETS && attribute(&tag, "display").as_deref() == Some("false") =>
            {
                hidden.insert(std::mem::take(&mut style));
            }
            "table" => {
                let name = attribute(&tag, "name").unwrap_or_default();
                let hidden = attribute(&tag, "style-name").is_some_and(|style| hidden.contains(&style));
                let name = name.chars().filter(|c| !c.is_control()).take(80).collect();
                if sheets.len() == MOST_SHEETS {
                    if let Some(last) = sheets.last_mut() {
                        last.grid.cut(format!("a workbook of more than {MOST_SHEETS} sheets"));
                    }
                    return Ok(());
                }
                sheets.push(WorkbookSheet { name, hidden, grid: Grid::default(), broken: None });
                if let Some(sheet) = sheets.last_mut()
                    && !rows(xml, &mut sheet.grid, budget)?
                {
                    return Ok(());
                }
            }
            _ => {}
        }
    }
}

fn attribute(tag: &quick_xml::events::BytesStart<'_>, wanted: &str) -> Option<String> {
    attributes(tag).find(|(name, _)| *name == wanted).map(|(_, value)| value.into_owned())
}

/// How many times a row or a cell is repeated.
fn repeated(tag: &quick_xml::events::BytesStart<'_>, what: &str) -> u32 {
    attribute(tag, what).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

/// Adds the rows of the innermost open table to the grid, up to its end. False if there is no room for more.
fn rows<R: BufRead>(xml: &mut Xml<R>, grid: &mut Grid, budget: &mut Budget) -> Result<bool, XmlError> {
    let (mut row, mut depth) = (0_u32, 1_u32);
    while depth > 0 {
        match xml.token()? {
            Token::Open(tag) => match local(tag.name().as_ref()) {
                "table-row" => {
                    let times = repeated(&tag, "number-rows-repeated");
                    let cells = cells(xml)?;
                    let filled = if cells.is_empty() { 0 } else { times.min(MOST_EQUAL_ROWS) };
                    if !cells.is_empty() && times > filled {
                        grid.cut(format!("more than {MOST_EQUAL_ROWS} equal rows"));
                    }
                    for nth in 0..filled {
                        for (columns, text) in &cells {
                            for column in columns.clone() {
                                if !grid.put(row.saturating_add(nth), column, text, budget) {
                                    return Ok(false);
                                }
                            }
                        }
                    }
                    row = row.saturating_add(times).min(MOST_ROWS);
                }
                // Drawings and notes of the sheet contain tables of their own.
                "shapes" | "forms" | "named-expressions" => xml.skip()?,
                _ => depth += 1,
            },
            Token::Close => depth -= 1,
            Token::End => break,
            _ => {}
        }
    }
    Ok(true)
}

/// The filled cells of the innermost open row, up to its end, each with its columns.
fn cells<R: BufRead>(xml: &mut Xml<R>) -> Result<Vec<(Range<usize>, String)>, XmlError> {
    let mut cells = Vec::new();
    let mut column = 0_usize;
    loop {
        match xml.token()? {
            Token::Open(tag) => match local(tag.name().as_ref()) {
                "table-cell" | "covered-table-cell" => {
                    let times = repeated(&tag, "number-columns-repeated") as usize;
                    let mut value = None;
                    for (name, written) in attributes(&tag) {
                        value = match name {
                            "value" | "boolean-value" => Some(written.into_owned()),
                            "date-value" => Some(day_and_time(&written)),
                            "time-value" => Some(duration(&written).unwrap_or_else(|| written.into_owned())),
                            _ => continue,
                        };
                    }
                    let text = paragraphs(xml)?;
                    let text = value.unwrap_or(text);
                    // One cell beyond the last column shows that there are more.
                    if !text.is_empty() && column <= MOST_COLUMNS {
                        cells.push((column..column.saturating_add(times).min(MOST_COLUMNS + 1), text));
                    }
                    column = column.saturating_add(times);
                }
                _ => xml.skip()?,
            },
            Token::Close | Token::End => return Ok(cells),
            _ => {}
        }
    }
}

/// The paragraphs of the innermost open cell, up to its end, without comments on it.
fn paragraphs<R: BufRead>(xml: &mut Xml<R>) -> Result<String, XmlError> {
    let mut text = String::new();
    let (mut depth, mut in_paragraph) = (1_u32, 0_u32);
    while depth > 0 {
        match xml.token()? {
            Token::Open(tag) => match local(tag.name().as_ref()) {
                "annotation" => xml.skip()?,
                name => {
                    match name {
                        "p" if !text.is_empty() => append(&mut text, "\n"),
                        "s" | "tab" => append(&mut text, " "),
                        "line-break" => append(&mut text, "\n"),
                        _ => {}
                    }
                    in_paragraph += u32::from(name == "p" || in_paragraph > 0);
                    depth += 1;
                }
            },
            Token::Close => {
                depth -= 1;
                in_paragraph = in_paragraph.saturating_sub(1);
            }
            Token::Text(piece) if in_paragraph > 0 => append(&mut text, &piece),
            Token::End => break,
            _ => {}
        }
    }
    Ok(text)
}

/// `2026-03-04T06:30:00` in the form of tables; midnight is the day alone.
fn day_and_time(written: &str) -> String {
    match written.split_once('T') {
        Some((day, time)) if time.starts_with("00:00:00") => day.to_owned(),
        Some((day, time)) => format!("{day} {}", time.split('.').next().unwrap_or(time)),
        None => written.to_owned(),
    }
}

/// A duration such as `PT01H02M03S` in the form `H:MM:SS`.
fn duration(written: &str) -> Option<String> {
    let (sign, rest) = written.strip_prefix('-').map_or((1.0, written), |rest| (-1.0, rest));
    let mut rest = rest.strip_prefix("PT")?.replace(',', ".");
    let mut seconds = 0.0;
    for (unit, unit_s) in [('H', 3_600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((figures, behind)) = rest.split_once(unit) {
            seconds += figures.parse::<f64>().ok()? * unit_s;
            rest = behind.to_owned();
        }
    }
    (rest.is_empty() && f64::is_finite(seconds)).then(|| clock(sign * seconds / 86_400.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_days_are_written_as_tables_have_them() {
        let written = ["PT00H45M30S", "PT45H30M00S", "PT1H2M3.6S", "-PT1H", "P1D", "PT"].map(duration);
        assert_eq!(
            written,
            [
                Some("0:45:30".into()),
                Some("45:30:00".into()),
                Some("1:02:04".into()),
                Some("-1:00:00".into()),
                None,
                Some("0:00:00".into())
            ]
        );
        let days = ["2026-03-04", "2026-03-04T00:00:00", "2026-03-04T06:30:00.5"].map(day_and_time);
        assert_eq!(days, ["2026-03-04", "2026-03-04", "2026-03-04 06:30:00"]);
    }
}
