//! `runhip plan` as a runner uses it, on made-up logs and on the samples.

mod held;
mod read;
mod samples;
mod suggested;

use serde_json::Value;

use crate::place::{AS_OF, Place, Ran};

/// Four weeks of 8, 8 and 14 km, from Monday 3 to Sunday 30 March 2025, and a note that nothing hurts.
const LOG: &str = "date,distance_km,notes\n\
    2025-03-04,8,\n2025-03-06,8,\n2025-03-09,14,\n2025-03-11,8,\n2025-03-13,8,\n2025-03-16,14,\n\
    2025-03-18,8,\n2025-03-20,8,\n2025-03-23,14,\n2025-03-25,8,\n2025-03-27,8,\n2025-03-30,14,hip fine\n";

fn with_log() -> Place {
    Place::with(&[("log.csv", LOG)])
}

/// Checks the plan `text` against `in` as of Monday 31 March 2025.
fn plan(place: &Place, text: &str, more: &[&str]) -> Ran {
    place.write("plan.csv", text);
    run(place, &[&["plan.csv"], more].concat())
}

fn run(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["plan", "--log", "in", "--as-of", AS_OF], arguments].concat())
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
}
