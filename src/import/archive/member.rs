//! One member of an archive as its table of contents describes it, and whether to read it. It reads nothing.

use globset::GlobSet;
use zip::read::ZipFileEntry;

use crate::config::FILE_NAME;
use crate::import::format;
use crate::import::imported::Imported;
use crate::import::limits::LONGEST_NAME_BYTES;
use crate::import::source::{LISTED_UNDER_IGNORE, escaped_bytes};
use crate::model::fault::Fault;
use crate::model::problem::Place;

/// A file packed in an archive.
pub struct Member {
    /// Its position in the table of contents.
    pub index: usize,
    /// Its name with forward slashes, as the ledger shows it. It never leads out of the archive.
    pub name: String,
    /// Its size in bytes according to the table; no more than that is ever unpacked.
    pub bytes: u64,
    /// How many bytes of the archive it takes up.
    pub packed_bytes: u64,
    /// What is wrong with its name, if that prevents reading it.
    misnamed: Option<&'static str>,
    encrypted: bool,
    link: bool,
}

/// What to do with a member.
pub enum MemberAction {
    /// Read it as a file of its format.
    File,
    /// Open it as an archive.
    Archive,
    /// Do not read it, for the reason given.
    Left(Box<Imported>),
}

impl MemberAction {
    /// Not read, for the reason given.
    pub fn left(imported: Imported) -> Self {
        Self::Left(Box::new(imported))
    }
}

impl Member {
    /// The member at `index`, as the table of contents describes it.
    pub fn of(entry: &ZipFileEntry<'_>, index: usize) -> Self {
        let written = entry.name().unwrap_or_else(|_| escaped_bytes(entry.name_raw()).into());
        Self {
            index,
            bytes: entry.size(),
            packed_bytes: entry.compressed_size(),
            encrypted: entry.encrypted(),
            link: entry.is_symlink(),
            ..Self::named(&written)
        }
    }

    /// A member with only its name known.
    pub fn named(written: &str) -> Self {
        let slashed = written.replace('\\', "/");
        let absolute = slashed.starts_with('/') || slashed.as_bytes().get(1) == Some(&b':');
        let leads_out = absolute || slashed.split('/').any(|part| part == "..");
        let parts: Vec<String> = slashed
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".")
            .map(|part| if part == ".." { "%2E%2E".to_owned() } else { escaped_bytes(part.as_bytes()) })
            .collect();
        let mut name = parts.join("/");
        let misnamed = if leads_out {
            Some("its name leads out of the archive")
        } else {
            (name.len() > LONGEST_NAME_BYTES).then_some("its name is longer than a file may have")
        };
        name.truncate(name.floor_char_boundary(LONGEST_NAME_BYTES));
        Self { index: 0, name, bytes: 0, packed_bytes: 0, misnamed, encrypted: false, link: false }
    }

    /// Marks it as needing a password.
    pub fn with_encryption(self, encrypted: bool) -> Self {
        Self { encrypted, ..self }
    }

    /// The last part of its name.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// What to do with it, regardless of its size.
    pub fn handling(&self, relative: &str, ignored: &GlobSet) -> MemberAction {
        let left = |reason: &str| MemberAction::left(Imported::ignored(reason));
        let refused = |why: String| MemberAction::left(Imported::failed(Fault::Refused { why }.at(Place::File)));
        if let Some(why) = self.misnamed {
            return refused(why.to_owned());
        }
        if ignored.is_match(relative) {
            return left(LISTED_UNDER_IGNORE);
        }
        if self.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            return left("a hidden file");
        }
        if self.file_name() == FILE_NAME {
            return left("a configuration inside an archive does not count; give it with --config");
        }
        if self.link {
            return left("a link");
        }
        let archive = super::is_archive_name(&self.name);
        if !archive && !format::is_readable_name(&self.name) {
            return left("not a kind of file that runhip reads");
        }
        if self.encrypted {
            return MemberAction::left(Imported::failed(Fault::Encrypted.at(Place::File)));
        }
        if archive { MemberAction::Archive } else { MemberAction::File }
    }
}
