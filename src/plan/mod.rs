//! Running that is still to come: the budget of the week, and training plans checked by the rules in advance. It
//! reads no file and defines no rule: logged and planned runs go through the same tables and the same rules.

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
