//! The true states that logs are made of, with their rates.

use super::log::{Scenario, Writing};

/// Nothing links flags to pain, everything is even, and pain is written down whenever it is there.
pub const PLAIN: Scenario = Scenario {
    name: "no link",
    onset_per_day: 0.011,
    trend: (1.0, 1.0),
    unrest: (0.12, 0.12),
    season: 0.0,
    recurrence: 1.0,
    rest_and_ramp: false,
    blanks: false,
    ratio: 1.0,
    writing: Writing::EveryDay,
    phases: false,
    build_ups: None,
    stops: 0.0,
    other_notes: 1.0 / 3.0,
};

/// All of them: those without a link first.
pub fn scenarios() -> Vec<Scenario> {
    let mut all = without_link();
    all.extend(with_link());
    all
}

/// Nothing but how runners run, hurt and write.
fn without_link() -> Vec<Scenario> {
    let trend = Scenario { name: "trend", trend: (0.3, 1.7), unrest: (0.05, 0.19), ..PLAIN };
    let clusters = Scenario { name: "trend, clusters", onset_per_day: 0.006, recurrence: 6.0, ..trend };
    let ramp =
        Scenario { name: "pain, rest, ramp", recurrence: 4.0, onset_per_day: 0.007, rest_and_ramp: true, ..PLAIN };
    let phases = Scenario { name: "phases", phases: true, ..PLAIN };
    let run_days = Scenario { name: "run days", writing: Writing::RunDays, ..PLAIN };
    let next_run = Scenario { name: "next run", writing: Writing::NextRun, ..PLAIN };
    let build_ups = Scenario { name: "build-ups", onset_per_day: 0.018, build_ups: Some((0.8, 0.3)), ..PLAIN };
    let stops = Scenario { name: "stops", onset_per_day: 0.014, stops: 0.7, ..PLAIN };
    vec![
        PLAIN,
        trend,
        Scenario { name: "clusters", trend: (1.0, 1.0), unrest: (0.12, 0.12), ..clusters },
        clusters,
        Scenario { name: "steep trend, clusters", trend: (0.1, 2.4), unrest: (0.02, 0.22), ..clusters },
        Scenario { name: "season", season: 0.25, ..PLAIN },
        Scenario { name: "strong season", season: 0.5, ..PLAIN },
        ramp,
        Scenario { name: "missing weeks", onset_per_day: 0.014, blanks: true, ..PLAIN },
        Scenario { name: "ramp, missing weeks", onset_per_day: 0.01, blanks: true, ..ramp },
        phases,
        run_days,
        Scenario { name: "run days, phases", phases: true, ..run_days },
        next_run,
        Scenario { name: "next run, phases", phases: true, ..next_run },
        Scenario { name: "mostly run days, ph.", writing: Writing::MostlyRunDays, ..phases },
        Scenario { name: "pain on runs, phases", writing: Writing::PainOnRuns, ..phases },
        build_ups,
        Scenario { name: "build-ups, run days", writing: Writing::RunDays, build_ups: Some((0.5, 0.15)), ..build_ups },
        stops,
        Scenario { name: "stops, run days, ph.", phases: true, writing: Writing::RunDays, ..stops },
    ]
}

/// Pain begins more often on days exposed to a jump.
fn with_link() -> Vec<Scenario> {
    let few = Scenario { onset_per_day: 0.009, ..PLAIN };
    let run_days = Scenario { writing: Writing::RunDays, ..few };
    vec![
        Scenario { name: "ratio 1.5", ratio: 1.5, ..few },
        Scenario { name: "ratio 2", ratio: 2.0, ..few },
        Scenario { name: "ratio 3", ratio: 3.0, ..few },
        Scenario { name: "ratio 5", ratio: 5.0, ..few },
        Scenario { name: "ratio 3, 10 episodes", ratio: 3.0, onset_per_day: 0.0125, ..PLAIN },
        Scenario { name: "ratio 3, trend", ratio: 3.0, trend: (0.3, 1.7), unrest: (0.05, 0.19), ..few },
        Scenario { name: "ratio 3, missing weeks", onset_per_day: 0.014, ratio: 3.0, blanks: true, ..few },
        Scenario { name: "ratio 3, run days", ratio: 3.0, ..run_days },
        Scenario { name: "ratio 5, run days", ratio: 5.0, ..run_days },
    ]
}
