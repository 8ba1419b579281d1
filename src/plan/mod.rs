//! What is still to be run: the budget of the week, and a training plan held against the rules before it is run. Reads no
//! file, and defines no rule: what has been run and what is planned go through the same tables and the same rules.

pub mod base;
pub mod budget;
pub mod changes;
pub mod course;
pub mod edits;
pub mod habits;
pub mod outlook;
mod ramp;
pub mod suggest;

#[cfg(test)]
mod room_tests;
#[cfg(test)]
mod suggest_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
