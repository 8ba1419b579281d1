//! What must hold for any log. Proptest makes up logs, which are written to files as a runner would keep them and
//! read back through the library. Expected sums are computed from what was made up, never from what was read.

mod bytes;
mod figures;
mod made_up;
