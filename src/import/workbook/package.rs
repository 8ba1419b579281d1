//! The parts of a workbook, which is a zip archive: found by name, and read one after another within a limit on the
//! whole. It knows no kind of workbook.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::limits::LimitedReader;
use crate::model::limits::Limits;

/// The most parts of a workbook. One with a hundred sheets and pictures has a thousand.
const MOST_PARTS: usize = 20_000;

/// Why a part cannot be read.
pub enum PackageError {
    /// It is larger than may be read.
    TooLarge(String),
    /// It needs a password.
    Protected,
    /// It is damaged, or not an archive.
    Broken(String),
}

/// A workbook's archive.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names in lower case with forward slashes, since programs differ in both.
    parts: HashMap<String, usize>,
    left: u64,
    too_large: String,
}

impl<'a> Package<'a> {
    /// Opens an archive that may unpack to at most `allowance` bytes.
    pub fn open(bytes: &'a [u8], allowance: u64, limits: &Limits) -> Result<Self, PackageError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| PackageError::Broken("it is no workbook, or its end is missing".to_owned()))?;
        if zip.len() > MOST_PARTS {
            return Err(PackageError::Broken(format!("it has more than {MOST_PARTS} parts")));
        }
        let parts = (0..zip.len())
            .filter_map(|index| Some((folded(zip.by_index_data(index).ok()?.name().ok()?.as_ref()), index)));
        Ok(Self { parts: parts.collect(), left: allowance, too_large: limits.too_large(allowance), zip })
    }

    /// True if it has the part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&folded(name))
    }

    /// The first part, by name, whose name ends so.
    pub fn name_ending(&self, end: &str) -> Option<String> {
        self.parts.keys().filter(|name| name.ends_with(end)).min().cloned()
    }

    /// Opens a part; `None` if there is none of that name.
    pub fn part(&mut self, name: &str) -> Option<Result<impl BufRead + use<'_, 'a>, PackageError>> {
        let index = *self.parts.get(&folded(name))?;
        let too_large = || PackageError::TooLarge(self.too_large.clone());
        Some(match self.zip.by_index(index) {
            Ok(part) => match self.left.checked_sub(part.size()) {
                Some(left) => {
                    self.left = left;
                    let limited = LimitedReader::new(part, self.left.saturating_add(1), self.too_large.clone());
                    Ok(BufReader::with_capacity(1 << 16, limited))
                }
                None => Err(too_large()),
            },
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                Err(PackageError::Protected)
            }
            Err(_) => Err(PackageError::Broken("one of its parts is damaged".to_owned())),
        })
    }
}

fn folded(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}
