//! The marks by which runhip knows what it wrote itself. Whoever writes a file puts the mark in, and whoever reads logs
//! leaves a file with a mark alone.

/// The first line of a report or an index as Markdown.
pub const MARKDOWN_REPORT: &str = "<!-- runhip report -->";

/// The first line of a suggested plan: runs that were not run.
pub const SUGGESTED_PLAN: &str = "# A plan suggested by runhip";

/// The first line of a suggested plan as versions before the mark wrote it.
pub const SUGGESTED_PLAN_BEFORE_THE_MARK: &str =
    "# A flag is no forecast of an injury, and a plan without a flag is no promise.";
