//! Says that the name of a pair may be a misspelling of another's.

use crate::report::contract::ShoeRow;

use super::{counted, name};

/// `"Plovr Trail" (2 runs) may be "Plover Trail"`, with what to do if it is.
#[must_use]
pub fn perhaps(shoe: &ShoeRow) -> Option<String> {
    let other = name(shoe.perhaps.as_ref()?);
    let this = name(&shoe.name);
    let runs = counted(shoe.runs, "run", "runs");
    Some(format!(
        "\"{this}\" ({runs}) may be \"{other}\" spelled otherwise; if it is, add it to the aliases of that pair in runhip.toml."
    ))
}
