//! Workbooks in `.xlsx`, from Excel and others: the list of sheets, the formats that distinguish dates from numbers,
//! the texts shared by all cells, and the cells. A formula counts with its value when the workbook was saved.

use std::collections::HashMap;
use std::io::BufRead;

use super::grid::{Budget, Grid, MOST_ROWS};
use super::number_format::{self, Calendar, NumberKind};
use super::package::Package;
use super::{WorkbookError, WorkbookSheet};
use crate::import::limits::{MOST_CELLS, XmlBudget};
use crate::import::xml::{Token, Xml, XmlError, append, attributes, local, number};

/// The most sheets of a workbook. One for each week of ten years are half of it.
const MOST_SHEETS: usize = 1_000;

/// The most cell formats; programs allow 64,000.
const MOST_FORMATS: usize = 100_000;

/// The most tags and texts of one part. A million rows of formatted blank cells are half of it.
const WORK: XmlBudget = XmlBudget { points: 0, pieces: 100_000_000 };

/// What all sheets share.
#[derive(Default)]
struct SharedParts {
    strings: Vec<Box<str>>,
    formats: Vec<NumberKind>,
    calendar: Calendar,
}

/// A sheet as listed in the workbook.
struct SheetEntry {
    name: String,
    id: String,
    hidden: bool,
    /// Whether there are further sheets that are not read.
    more_follow: bool,
}

/// The sheets of the workbook whose list is in the part `workbook`, in order.
pub fn sheets(
    package: &mut Package<'_>,
    workbook: &str,
    budget: &mut Budget,
) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    let mut shared = SharedParts::default();
    let Some(input) = package.part(workbook) else { return Ok(Vec::new()) };
    let listed = list(input?, &mut shared.calendar)?;
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let targets = match package.part(&format!("{folder}/_rels/{file}.rels")) {
        Some(input) => targets(input?)?,
        None => HashMap::new(),
    };
    if let Some(input) = package.part(&beside(folder, "styles.xml")) {
        shared.formats = formats(input?)?;
    }
    if let Some(input) = package.part(&beside(folder, "sharedStrings.xml")) {
        shared.strings = strings(input?)?;
    }
    let mut sheets = Vec::new();
    for SheetEntry { name, id, hidden, more_follow } in listed {
        // A sheet that is only a chart has no cells.
        let Some(target) = targets.get(&id).filter(|target| !target.contains("chartsheets/")) else { continue };
        let Some(input) = package.part(&beside(folder, target)) else { continue };
        let mut grid = Grid::default();
        if more_follow {
            grid.cut(format!("a workbook of more than {MOST_SHEETS} sheets"));
        }
        let broken = cells(input?, &shared, &mut grid, budget).err();
        sheets.push(WorkbookSheet { name, hidden, grid, broken });
    }
    Ok(sheets)
}

/// The name of a part that is named relative to a folder, or from the root if it begins with a slash.
fn beside(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{}", target.trim_start_matches("./")),
    }
}

fn list(input: impl BufRead, calendar: &mut Calendar) -> Result<Vec<SheetEntry>, XmlError> {
    let mut xml = Xml::new(input, WORK)?;
    let mut listed = Vec::new();
    loop {
        let tag = match xml.token()? {
            Token::Open(tag) => tag,
            Token::End => return Ok(listed),
            _ => continue,
        };
        match local(tag.name().as_ref()) {
            "workbookPr"
                if attributes(&tag).any(|(name, value)| name == "date1904" && (value == "1" || value == "true")) =>
            {
                *calendar = Calendar::Since1904;
            }
            "sheet" if listed.len() == MOST_SHEETS => {
                listed.last_mut().into_iter().for_each(|last: &mut SheetEntry| last.more_follow = true);
            }
            "sheet" => {
                let mut sheet =
                    SheetEntry { name: String::new(), id: String::new(), hidden: false, more_follow: false };
                for (name, value) in attributes(&tag) {
                    match name {
                        "name" => sheet.name = value.chars().filter(|c| !c.is_control()).take(80).collect(),
                        "id" => sheet.id = value.into_owned(),
                        "state" => sheet.hidden = value != "visible",
                        _ => {}
                    }
                }
                listed.push(sheet);
            }
            _ => {}
        }
    }
}

/// The part for each id.
fn targets(input: impl BufRead) -> Result<HashMap<String, String>, XmlError> {
    let mut xml = Xml::new(input, WORK)?;
    let mut targets = HashMap::new();
    loop {
        match xml.token()? {
            Token::Open(tag) if local(tag.name().as_ref()) == "Relationship" && targets.len() < 10 * MOST_SHEETS => {
                let of = |wanted: &str| {
                    attributes(&tag).find(|(name, _)| *name == wanted).map(|(_, value)| value.into_owned())
                };
                targets.extend(of("Id").zip(of("Target")));
            }
            Token::End => return Ok(targets),
            _ => {}
        }
    }
}

/// The display of each cell format, by its index.
fn formats(input: impl BufRead) -> Result<Vec<NumberKind>, XmlError> {
    let mut xml = Xml::new(input, WORK)?;
    let mut codes: HashMap<u32, NumberKind> = HashMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    loop {
        let tag = match xml.token()? {
            Token::Open(tag) => tag,
            Token::End => return Ok(formats),
            _ => continue,
        };
        let id = || {
            let mut found = attributes(&tag).filter(|(name, _)| *name == "numFmtId");
            found.find_map(|(_, value)| value.parse::<u32>().ok())
        };
        match local(tag.name().as_ref()) {
            "numFmt" if codes.len() < MOST_FORMATS => {
                let code = attributes(&tag)
                    .find(|(name, _)| *name == "formatCode")
                    .map(|(_, code)| number_format::by_code(&code));
                codes.extend(id().zip(code));
            }
            "cellXfs" => in_cells = true,
            "cellStyles" | "dxfs" => in_cells = false,
            "xf" if in_cells && formats.len() < MOST_FORMATS => {
                let id = id().unwrap_or(0);
                formats.push(codes.get(&id).copied().unwrap_or_else(|| number_format::built_in(id)));
            }
            _ => {}
        }
    }
}

/// The texts that cells refer to by number, without their pronunciation.
fn strings(input: impl BufRead) -> Result<Vec<Box<str>>, XmlError> {
    let mut xml = Xml::new(input, WORK)?;
    let mut strings = Vec::new();
    let mut text = String::new();
    loop {
        match xml.token()? {
            Token::Open(tag) if local(tag.name().as_ref()) == "si" => {
                if strings.len() == MOST_CELLS {
                    return Ok(strings);
                }
                rich_text(&mut xml, &mut text)?;
                strings.push(text.as_str().into());
            }
            Token::End => return Ok(strings),
            _ => {}
        }
    }
}

/// All text inside the innermost open element, up to its end.
fn rich_text<R: BufRead>(xml: &mut Xml<R>, into: &mut String) -> Result<(), XmlError> {
    into.clear();
    let (mut depth, mut in_text) = (1_u32, false);
    while depth > 0 {
        match xml.token()? {
            Token::Open(tag) => match local(tag.name().as_ref()) {
                "rPh" => xml.skip()?,
                name => {
                    in_text = name == "t";
                    depth += 1;
                }
            },
            Token::Close => {
                in_text = false;
                depth -= 1;
            }
            Token::Text(text) if in_text => append(into, &text),
            Token::End => break,
            _ => {}
        }
    }
    // Excel writes characters that XML does not allow in the form `_x000D_`; only line ends matter here.
    if into.contains("_x00") {
        *into = into.replace("_x000D_", "").replace("_x000A_", "\n");
    }
    Ok(())
}

/// The type of a cell's value.
#[derive(Clone, Copy, PartialEq)]
enum CellType {
    Number,
    SharedText,
    Text,
    Boolean,
    Error,
}

/// Adds the cells of one sheet to the grid.
fn cells(input: impl BufRead, shared: &SharedParts, grid: &mut Grid, budget: &mut Budget) -> Result<(), XmlError> {
    let mut xml = Xml::new(input, WORK)?;
    let (mut row, mut column) = (0_u32, 0_usize);
    let mut rows_begun = false;
    let mut text = String::new();
    loop {
        let tag = match xml.token()? {
            Token::Open(tag) => tag,
            Token::End => return Ok(()),
            _ => continue,
        };
        match local(tag.name().as_ref()) {
            "row" => {
                let written =
                    attributes(&tag).find(|(name, _)| *name == "r").and_then(|(_, value)| value.parse::<u32>().ok());
                let next = if rows_begun { row.saturating_add(1) } else { 0 };
                row = written.and_then(|row| row.checked_sub(1)).unwrap_or(next).min(MOST_ROWS);
                (rows_begun, column) = (true, 0);
            }
            "c" => {
                let (mut held, mut shown) = (CellType::Number, NumberKind::Number);
                for (name, value) in attributes(&tag) {
                    match name {
                        "r" => column = column_of(&value).unwrap_or(column),
                        "s" => {
                            let format = value.parse::<usize>().ok().and_then(|index| shared.formats.get(index));
                            shown = format.copied().unwrap_or_default();
                        }
                        "t" => {
                            held = match &*value {
                                "s" => CellType::SharedText,
                                "b" => CellType::Boolean,
                                "e" => CellType::Error,
                                "inlineStr" | "str" | "d" => CellType::Text,
                                _ => CellType::Number,
                            }
                        }
                        _ => {}
                    }
                }
                value(&mut xml, &mut text)?;
                let room = match held {
                    CellType::Text => grid.put(row, column, &text, budget),
                    CellType::SharedText => {
                        let of_number = text.trim().parse::<usize>().ok().and_then(|index| shared.strings.get(index));
                        grid.put(row, column, of_number.map_or("", |text| text), budget)
                    }
                    CellType::Number => {
                        let words = number(&text).map(|value| number_format::in_words(value, shown, shared.calendar));
                        grid.put(row, column, words.as_deref().unwrap_or(&text), budget)
                    }
                    CellType::Boolean => {
                        grid.put(row, column, if text.trim() == "1" { "true" } else { "false" }, budget)
                    }
                    // A formula with an error has no value.
                    CellType::Error => true,
                };
                if !room {
                    return Ok(());
                }
                column += 1;
            }
            _ => {}
        }
    }
}

/// The value of the innermost open cell, up to its end, without its formula.
fn value<R: BufRead>(xml: &mut Xml<R>, into: &mut String) -> Result<(), XmlError> {
    into.clear();
    let mut part = String::new();
    loop {
        match xml.token()? {
            Token::Open(tag) => match local(tag.name().as_ref()) {
                "v" => {
                    xml.text(&mut part)?;
                    append(into, &part);
                }
                "is" => {
                    rich_text(xml, &mut part)?;
                    append(into, &part);
                }
                _ => xml.skip()?,
            },
            Token::Close | Token::End => return Ok(()),
            _ => {}
        }
    }
}

/// The column of a reference such as `AB12`, counted from 0.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let column = letters.fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        let columns = ["A1", "z9", "AA1", "XFD1048576", "7", ""].map(column_of);
        assert_eq!(columns, [Some(0), Some(25), Some(26), Some(16_383), None, None]);
    }
}
