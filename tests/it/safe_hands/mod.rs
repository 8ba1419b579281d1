//! Nothing of the runner's is overwritten, mixed up or left behind, and the program never ends without a message: the
//! real program, tested as by bad luck or a malicious person.

mod kept;
mod left_behind;
mod limits;
mod links;
mod modes;
mod never_over;
mod side_by_side;
mod strangers;
