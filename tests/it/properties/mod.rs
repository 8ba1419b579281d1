//! What must hold for any log. Logs are made up by proptest, written to files as a runner would keep them and read
//! back through the library; sums are added up here from what was made up, never from what was read.

mod bytes;
mod figures;
mod made_up;
