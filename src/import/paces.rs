//! The speeds at which an activity without a named sport is a walk, a run or a ride.

/// Slower than this while moving, it is a walk.
pub const WALK_M_PER_S: f64 = 1.6;
/// Faster than this while moving, over more than `RIDE_M`, it is a ride.
pub const RIDE_M_PER_S: f64 = 5.5;
/// Shorter runs are never taken for rides, since sprints are fast.
pub const RIDE_M: u32 = 3_000;
/// Nobody who records times cycles more slowly than 12 km/h over more than `RIDE_M`, but most people run slower.
pub const SLOWEST_RIDE_M_PER_S: f64 = 12.0 / 3.6;
