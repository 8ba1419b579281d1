//! The program as a runner uses it: the real binary on folders that each test makes. Nothing depends on the clock or
//! the machine's time zone: dates are in 2025, the day of the report is given, and so is the zone for files without
//! offset or coordinates.

mod cache;
mod commands;
mod configuration;
mod diaries;
mod errors;
mod explain;
mod exports;
mod formats;
mod gone;
mod guide;
mod hip_map;
mod local_day;
mod long_log;
mod notes;
mod odd_inputs;
mod odd_notes;
mod one_run;
mod output;
mod planned;
mod repeats;
mod sports;
mod status;
mod strata;
mod thresholds;
mod triage;
