//! The marks by which runhip recognises files it wrote itself. Writers put the mark in, and readers of logs leave a
//! file with a mark alone.

/// The first line of a report or an index in Markdown.
pub const MARKDOWN_REPORT: &str = "<!-- runhip report -->";

/// The first line of a suggested plan, which holds runs that were not run.
pub const SUGGESTED_PLAN: &str = "# A plan suggested by runhip";

/// The first line of a suggested plan from versions that wrote no mark.
pub const SUGGESTED_PLAN_BEFORE_THE_MARK: &str =
    "# A flag is no forecast of an injury, and a plan without a flag is no promise.";
