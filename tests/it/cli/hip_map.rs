//! The map of the hips in a whole report, for a made-up diary whose painful days were counted by hand.

use crate::place::Place;

/// A run on each Sunday from 5 May 2024 to 30 March 2025, whose week is the last of the log; the first of its last 26 weeks begins
/// on 30 September.
fn place(notes: &str) -> Place {
    let first: chrono::NaiveDate = "2024-05-05".parse().unwrap();
    let mut log = "date,distance_km\n".to_owned();
    for week in 0..48 {
        log.push_str(&format!("{},8\n", first + chrono::Days::new(7 * week)));
    }
    Place::with(&[("log.csv", &log), ("pain.md", notes)])
}

const DIARY: &str = "2024-09-29: left groin 3/10
2024-09-30: right buttock 2/10
2025-01-10: left outer hip 3/10
2025-01-12: left outer hip 4/10
2025-01-12: left hip 3/10 in the evening
2025-01-14: outer side of the left hip hurts, 2/10
2025-02-01: left hip 2/10
2025-02-03: both hips sore, 3/10
2025-02-20: hip sore, 2/10
2025-02-22: left outer hip 0/10
2025-03-01: hips fine
";

#[test]
fn the_painful_days_of_half_a_year_are_counted_by_side_and_spot() {
    let page = place(DIARY).analyze(&["--stdout", "html"]).out;
    let map =
        page.split_once("<figure class=\"chart\" id=\"hips\">").expect("a map").1.split_once("</figure>").unwrap().0;
    // 30 September, 10, 12 and 14 January, 1, 3 and 20 February; the 29th lies before, and 0/10 is no pain.
    assert!(map.contains("Left hip, outer side: 3 of 7 painful days, 30 Sep 2024 – 30 Mar 2025</figcaption>"), "{map}");
    assert!(map.contains("Your left: outer side 3 days. Your right: no day here."), "{map}");
    assert!(map.contains("Your left: outer side 3 days. Your right: buttock 1 day."), "{map}");
    let open = "Not on the map: left hip, no spot named: 2 days; right hip, no spot named: 1 day; neither side nor spot named: 1 day.";
    assert!(map.contains(open), "{map}");
    assert!(!map.contains("groin 1"), "{map}");
}

#[test]
fn without_pain_in_half_a_year_there_is_no_map() {
    for notes in ["2024-09-29: left groin 3/10\n", "2025-03-01: hips fine\n", ""] {
        let page = place(notes).analyze(&["--stdout", "html"]).out;
        assert!(page.contains("</html>") && !page.contains("id=\"hips\""), "{notes}");
        assert!(!place(notes).analyze(&["--stdout", "handout"]).out.contains("id=\"sheet-hips\""), "{notes}");
    }
}

#[test]
fn the_sheet_has_the_same_figures_from_the_examiners_side() {
    let sheet = place(DIARY).analyze(&["--stdout", "handout"]).out;
    let map = sheet.split_once("id=\"sheet-hips\">").expect("a map").1.split_once("</figure>").unwrap().0;
    assert!(
        map.contains("Painful days by spot, 30 Sep 2024 – 30 Mar 2025") && map.contains("Right: buttock 1 day."),
        "{map}"
    );
    assert!(!map.to_lowercase().contains("your "), "{map}");
}
