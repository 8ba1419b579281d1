//! At which speeds an activity whose sport nobody names is a walk, a run or a ride. It judges none.

/// Slower than this in motion, it is a walk.
pub const WALK_M_PER_S: f64 = 1.6;
/// Faster than this in motion over more than `RIDE_M`, it is a ride.
pub const RIDE_M_PER_S: f64 = 5.5;
/// No run is taken for a ride that is shorter: sprints are fast.
pub const RIDE_M: u32 = 3_000;
/// Slower than 12 km/h over more than `RIDE_M` nobody cycles who writes down the time, and most people run.
pub const SLOWEST_RIDE_M_PER_S: f64 = 12.0 / 3.6;
