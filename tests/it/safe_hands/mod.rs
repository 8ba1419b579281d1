//! Nothing of the runner's overwritten, read across or left behind, and no end without a word: the real program, tried as bad
//! luck or somebody with bad intent would.

mod kept;
mod left_behind;
mod limits;
mod links;
mod modes;
mod never_over;
mod side_by_side;
mod strangers;
