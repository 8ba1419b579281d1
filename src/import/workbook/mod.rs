//! Workbooks of spreadsheet programs, `.xlsx` and `.ods`: every sheet is read as a table, row by row, in bounded
//! memory. The reader of tables interprets it; other kinds are refused with a remedy.

mod grid;
mod number_format;
mod ods;
mod ooxml;
mod package;
#[cfg(test)]
mod tests;

use self::grid::{Budget, Grid};
use self::package::{Package, PackageError};
use super::csv::{self, CsvOptions};
use super::imported::{Imported, Refusal};
use super::xml::XmlError;
use crate::model::fault::Fault;
use crate::model::limits::Limits;
use crate::model::problem::{Cost, Place, Problem};

/// Old workbooks, and protected ones of any age, begin with this and contain a file system.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The name, in UTF-16, of the part that holds a protected workbook.
const PROTECTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// One sheet of a workbook.
pub struct WorkbookSheet {
    /// Its name on the tab.
    pub name: String,
    /// True if the spreadsheet program hides it.
    pub hidden: bool,
    /// Its cells.
    pub grid: Grid,
    /// Why it was not read to its end, if so.
    pub broken: Option<XmlError>,
}

/// Why a workbook cannot be read.
pub enum WorkbookError {
    /// The archive or one of its parts cannot be read.
    Package(PackageError),
    /// It needs a password.
    Protected,
    /// It is of another kind.
    Kind(&'static str),
    /// The contents are not valid XML.
    Xml(XmlError),
}

impl From<PackageError> for WorkbookError {
    fn from(error: PackageError) -> Self {
        Self::Package(error)
    }
}

impl From<XmlError> for WorkbookError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl WorkbookError {
    fn fault(self) -> Fault {
        match self {
            Self::Package(PackageError::TooLarge(why)) => Fault::TooLarge { why },
            Self::Package(PackageError::Protected) | Self::Protected => {
                Fault::WorkbookUnread { why: "it is protected by a password".to_owned() }
            }
            Self::Package(PackageError::Broken(detail)) => Fault::NotThisFormat { format: "workbook", detail },
            Self::Kind(kind) => Fault::WorkbookUnread { why: format!("it is {kind}") },
            Self::Xml(error) => error.refusal("workbook"),
        }
    }
}

/// Reads one workbook, which may unpack to at most `allowance` bytes.
pub fn read(bytes: &[u8], name: &str, (allowance, limits): (u64, &Limits), options: &CsvOptions) -> Imported {
    if name.rsplit('/').next().is_some_and(|name| name.starts_with("~$")) {
        return Imported::ignored("a lock file of a spreadsheet program");
    }
    match sheets(bytes, allowance, limits) {
        Ok(sheets) => together(sheets, options),
        Err(error) => Imported::failed(error.fault().at(Place::File)),
    }
}

fn sheets(bytes: &[u8], allowance: u64, limits: &Limits) -> Result<Vec<WorkbookSheet>, WorkbookError> {
    if bytes.starts_with(&COMPOUND_FILE) {
        let protected = memchr::memmem::find(bytes, PROTECTED).is_some();
        return Err(if protected {
            WorkbookError::Protected
        } else {
            WorkbookError::Kind("a workbook of the old kind (.xls)")
        });
    }
    let mut package = Package::open(bytes, allowance, limits)?;
    let mut budget = Budget::of(limits.held_bytes);
    if package.has("encrypted-package") {
        Err(WorkbookError::Protected)
    } else if package.has("content.xml") {
        ods::sheets(&mut package, &mut budget)
    } else if package.has("xl/workbook.bin") {
        Err(WorkbookError::Kind("a binary workbook (.xlsb)"))
    } else if let Some(workbook) = package.name_ending("workbook.xml") {
        ooxml::sheets(&mut package, &workbook, &mut budget)
    } else {
        Err(WorkbookError::Kind("no workbook of a kind that is read"))
    }
}

/// The contents of all sheets, each problem with the name of its sheet.
fn together(sheets: Vec<WorkbookSheet>, options: &CsvOptions) -> Imported {
    let mut all = Imported::default();
    let mut reasons = Vec::new();
    let mut left = Vec::new();
    let mut failed = Vec::new();
    let mut read_any = false;
    for sheet in sheets {
        let WorkbookSheet { name, hidden, grid, broken } = sheet;
        let own = |fault: Fault, place| Problem { sheet: Some(name.clone()), ..fault.at(place) };
        if hidden {
            if !grid.is_empty() {
                all.problems.push(own(Fault::SheetHidden, Place::File));
            }
            continue;
        }
        all.problems.extend(grid.faults().map(|fault| own(fault, Place::File)));
        all.problems.extend(broken.map(|error| own(error.fault(), Place::File)));
        if grid.is_empty() {
            continue;
        }
        let mut imported = csv::read_sheet(grid.into_rows(), &name, options);
        match imported.refusal.take() {
            None => read_any = true,
            Some(Refusal::Ignored(reason)) => {
                reasons.push(format!("{name}: {reason}"));
                left.push(own(Fault::SheetIgnored { reason }, Place::File));
            }
            Some(Refusal::Failed(problem)) => failed.push(Problem { sheet: Some(name.clone()), ..problem }),
        }
        all.dialect = all.dialect.or(imported.dialect);
        all.activities.append(&mut imported.activities);
        all.notes.append(&mut imported.notes);
        all.shoes.append(&mut imported.shoes);
        all.assumptions.append(&mut imported.assumptions);
        all.problems.extend(imported.problems.into_iter().map(|one| Problem { sheet: Some(name.clone()), ..one }));
    }
    if read_any {
        all.problems.append(&mut left);
        // A sheet that cannot be used is a loss of this workbook, but the others are kept.
        all.problems.extend(failed.into_iter().map(|problem| Problem { cost: Cost::Entry, ..problem }));
    } else if failed.is_empty() {
        let lost = all.problems.iter().any(|problem| problem.cost >= Cost::Entry);
        let reason = if reasons.is_empty() { "a workbook without an entry".to_owned() } else { reasons.join("; ") };
        all.refusal = (!lost).then_some(Refusal::Ignored(reason));
    } else {
        let first = failed.remove(0);
        all.problems.extend(failed);
        all.refusal = Some(Refusal::Failed(first));
    }
    all
}
