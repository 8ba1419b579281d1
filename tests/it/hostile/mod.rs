//! Files made to do harm, and disks that misbehave: the real program refuses each with a reason, soon, in little memory,
//! and reads the rest.

mod defects;
mod disk;
mod markup;
mod packed;
mod size;
mod watched;
