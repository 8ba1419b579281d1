//! Nothing is lost: the real program is killed at any moment, run on full disks, in places without write permission,
//! many times at once, and with broken clocks and environments.

mod at_once;
mod full_disk;
mod killed;
mod shut;
mod surroundings;
mod versions;
