//! `runhip cache`: says where read files are cached and how large the cache is, and clears it.

use super::arguments::{Cache, CacheAction};
use super::{Failure, RunStatus, setup, terminal};
use crate::import::{cache_size, clear_cache};
use crate::model::limits::size_in_words;
use crate::report::wording::counted;
use crate::whole_file::why_not;

pub(super) fn run(options: &Cache) -> Result<RunStatus, Failure> {
    let Some(folder) = setup::cache_folder().map(|cache| cache.path) else {
        return Err(Failure::NoCacheFolder);
    };
    let in_words =
        |(count, bytes): (u64, u64)| format!("{}, {}", counted(count, "cache", "caches"), size_in_words(bytes));
    let text = match options.action {
        CacheAction::Path => folder.display().to_string(),
        CacheAction::Size => in_words(cache_size(&folder)),
        CacheAction::Clear => {
            let cleared = clear_cache(&folder)
                .map_err(|error| Failure::CacheNotCleared { folder: folder.clone(), why: why_not(&error) })?;
            format!("removed {}", in_words(cleared))
        }
    };
    terminal::say(&format!("{text}\n"))?;
    Ok(RunStatus::Complete)
}
