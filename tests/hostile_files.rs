//! Files made to do harm, and disks that misbehave: the real program refuses each with a reason, soon, in little memory,
//! and reads the rest.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

#[path = "hostile/defects.rs"]
mod defects;
#[path = "hostile/disk.rs"]
mod disk;
#[path = "hostile/markup.rs"]
mod markup;
#[path = "hostile/packed.rs"]
mod packed;
#[path = "cli/place.rs"]
mod place;
#[path = "hostile/size.rs"]
mod size;
#[path = "hostile/watched.rs"]
mod watched;
