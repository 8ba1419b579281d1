//! Malicious files and failing disks: the real program refuses each with a reason, quickly and in little memory, and
//! reads the rest.

mod defects;
mod disk;
mod markup;
mod packed;
mod size;
mod watched;
