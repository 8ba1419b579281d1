//! A made-up index that the renderers are tried on: each step of the ladder, an athlete who could not be read, one without a
//! run, and one whose every text is hostile.
