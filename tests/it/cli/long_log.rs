//! A log in which another sport comes decades before the first run.

use crate::place::Place;

/// A ride in 1991, and runs from 2008 on with years in between.
fn place() -> Place {
    let mut log = "date,sport,distance_km,notes\n1991-04-03,ride,0,\n".to_owned();
    for (year, months) in [(2008, 3..=8), (2016, 1..=12), (2024, 10..=12), (2025, 1..=3)] {
        for month in months {
            log.push_str(&format!("{year}-{month:02}-05,run,8,\n{year}-{month:02}-12,run,9,\n"));
        }
    }
    Place::with(&[("log.csv", &log)])
}

#[test]
fn the_span_beside_the_runs_is_theirs() {
    let place = place();
    for format in ["md", "html"] {
        let ran = place.analyze(&["--stdout", format]);
        // Twelve in 2008, twenty-four in 2016 and twelve since October 2024.
        assert!(ran.out.contains("48 runs"), "{}", ran.out);
        let head = &ran.out[ran.out.find("48 runs").unwrap()..][..120];
        assert!(head.contains("5 Mar 2008 – 12 Mar 2025"), "{head}");
    }
}

#[test]
fn months_begin_with_the_first_run_or_pain() {
    let ran = place().analyze(&["--stdout", "html"]);
    // March 2008 to March 2025.
    assert!(ran.out.contains("205 months since March 2008"), "{}", ran.out);
    let md = place().analyze(&["--stdout", "md-full"]).out;
    let months = &md[md.find("The whole log by month").unwrap()..];
    assert!(!months.contains("| 1991") && !months.contains("2007"), "{months}");
    let diary = Place::with(&[("log.csv", "date,sport,distance_km\n1991-04-03,ride,0\n2025-03-05,run,8\n")]);
    diary.write("in/pain.md", "2024-05-20: left hip 3/10\n");
    let ran = diary.analyze(&["--stdout", "html"]);
    assert!(ran.out.contains("11 months since May 2024"), "{}", ran.out);
}
