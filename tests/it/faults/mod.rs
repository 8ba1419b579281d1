//! Nothing is lost: the real program ended at any moment, on full disks, in places that may not be written, many times at
//! once, with clocks and environments that are not as they should be.

mod at_once;
mod full_disk;
mod killed;
mod shut;
mod surroundings;
mod versions;
