//! What came before episodes more often than its usual frequency explains: windows, strata, the exact test, rotation,
//! and what may be claimed. It takes labels with their flag days, and does not know which rule or file raised a flag.
//!
//! The design is self-controlled and stratified in time: a runner's days before an onset are compared with the same
//! runner's other days of the same half-year, so that neither a habit nor a drift over the years looks like a link.

#[cfg(not(feature = "internals"))]
pub(crate) mod claim;
mod comparison;
#[cfg(not(feature = "internals"))]
pub(crate) mod diagnostics;
#[cfg(not(feature = "internals"))]
pub(crate) mod enough;
pub mod exact;
#[cfg(not(feature = "internals"))]
pub(crate) mod history;
#[cfg(not(feature = "internals"))]
pub(crate) mod holm;
mod hypergeometric;
#[cfg(not(feature = "internals"))]
pub(crate) mod linked;
#[cfg(not(feature = "internals"))]
pub(crate) mod opportunity;
#[cfg(not(feature = "internals"))]
pub(crate) mod pooled;
#[cfg(not(feature = "internals"))]
pub(crate) mod power;
#[cfg(not(feature = "internals"))]
pub(crate) mod preset;
#[cfg(not(feature = "internals"))]
pub(crate) mod rotation;
#[cfg(not(feature = "internals"))]
pub(crate) mod step_down;
#[cfg(not(feature = "internals"))]
pub(crate) mod strata;
mod stratum;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(not(feature = "internals"))]
pub(crate) mod together;
mod wording;

#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod claim;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod diagnostics;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod enough;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod history;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod holm;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod linked;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod opportunity;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod pooled;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod power;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod preset;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod rotation;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod step_down;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod strata;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod together;

#[cfg(not(feature = "internals"))]
pub(crate) use comparison::link;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub use comparison::link;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub use linked::{FlagDays, Linked, NullWindow, RateRatio, SENSITIVITY_DAYS, WindowCount};
#[cfg(not(feature = "internals"))]
pub(crate) use linked::{FlagDays, Linked, RateRatio};
use linked::{rate_ratio, sum};
pub(crate) use wording::figure;
