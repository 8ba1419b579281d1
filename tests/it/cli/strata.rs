//! `--strata` and `runhip merge` through the whole program.

use crate::place::Place;

/// Runs on four days of each week for two years, and an episode of the hip in every third month.
fn log_of(km: u32) -> (String, String) {
    let (mut runs, mut notes) = ("date,distance_km\n".to_owned(), String::new());
    let mut day = chrono::NaiveDate::from_ymd_opt(2023, 1, 2).unwrap();
    for number in 0..728_u32 {
        if number % 7 % 2 == 0 {
            let longer = if number % 91 > 80 { 6 } else { 0 };
            runs += &format!("{day},{}\n", km + longer);
        }
        if number % 91 == 87 {
            notes += &format!("{day}: left hip 4/10 after the run\n");
        }
        day = day.succ_opt().unwrap();
    }
    (runs, notes)
}

fn with_athletes() -> Place {
    let place = Place::new();
    for (name, km) in [("north/ada", 7), ("north/bo", 9), ("south/cy", 8)] {
        let (runs, notes) = log_of(km);
        place.write(&format!("{name}/runs.csv"), runs);
        place.write(&format!("{name}/notes.md"), notes);
    }
    place
}

#[test]
fn clubs_merged_are_as_one_roster_of_all_and_hold_no_name_and_no_date() {
    let place = with_athletes();
    for (folder, out, file) in [("north", "out-n", "north.csv"), ("south", "out-s", "south.csv")] {
        let ran = place.run(&["roster", folder, "--as-of", "2025-01-10", "--out", out, "--strata", file]);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    let together = ["roster", "north", "south", "--as-of", "2025-01-10", "--out", "all", "--strata", "all.csv"];
    assert_eq!(place.run(&together).status, 0);
    let merged = place.run(&["merge", "south.csv", "north.csv", "--out", "both.csv"]);
    assert_eq!(merged.status, 0, "{}", merged.err);
    assert_eq!(place.read("both.csv"), place.read("all.csv"));
    assert_eq!(place.run(&["merge", "all.csv", "north.csv"]).out, merged.out);
    assert!(merged.out.starts_with("3 athletes together."), "{}", merged.out);
    let index: serde_json::Value = serde_json::from_str(&place.read("all/index-latest.json")).unwrap();
    for link in index["links"].as_array().unwrap() {
        assert!(merged.out.contains(link["text"].as_str().unwrap()), "{link}\n{}", merged.out);
    }
    let strata = place.read("all.csv");
    assert!(strata.starts_with("athlete,rule,block,days,exposed,onsets,exposed_onsets\n"));
    for told in ["ada", "bo", "cy", "2023-", "2024-", "hip"] {
        assert!(!strata.contains(told), "{told}");
    }
    // The table of one athlete's own report equals that athlete's part of the other.
    let alone = ["analyze", "north/ada", "--as-of", "2025-01-10", "--athlete", "ada", "--strata", "ada.csv"];
    assert_eq!(place.run(&alone).status, 0);
    let onsets = |text: &str| text.lines().skip(1).map(|line| line.split_once(',').unwrap().1.to_owned()).collect();
    let (ada, all): (Vec<String>, Vec<String>) = (onsets(&place.read("ada.csv")), onsets(&strata));
    assert!(!ada.is_empty() && ada.iter().all(|row| all.contains(row)));
}

#[test]
fn nothing_that_is_not_a_table_of_strata_is_replaced_or_merged() {
    let place = with_athletes();
    let analyze = |file: &str| place.run(&["analyze", "north/ada", "--as-of", "2025-01-10", "--strata", file]);
    place.write("mine.csv", "date,distance_km\n2024-01-01,5\n");
    assert_eq!(analyze("mine.csv").status, 1);
    assert_eq!(place.read("mine.csv"), "date,distance_km\n2024-01-01,5\n");
    assert!(analyze("strata.txt").err.contains("strata are written as .csv"));
    assert_eq!(analyze("north/ada/runs.csv").status, 1);
    assert_eq!(place.read("north/ada/runs.csv"), log_of(7).0);
    // The program's own file is replaced until somebody changes it.
    assert_eq!((analyze("own.csv").status, analyze("own.csv").status), (0, 0));
    let text = place.read("own.csv");
    place.write("own.csv", format!("{text}0123456789abcdef,long-run-spike,0,10,1,1,1\n"));
    assert_eq!(analyze("own.csv").status, 1);

    let merge = |files: &[&str]| place.run(&[&["merge"], files].concat());
    assert!(merge(&["mine.csv"]).err.contains("does not begin with the line"));
    assert_eq!(merge(&["nowhere.csv"]).status, 1);
    assert_eq!(merge(&["own.csv", "--out", "own.csv"]).status, 1);
    assert_eq!(merge(&["own.csv", "--out", "mine.csv"]).status, 1);
    assert_eq!(merge(&["own.csv"]).status, 0);
    let changed = text.replacen(",0,", ",1,", 1);
    place.write("changed.csv", changed);
    let clash = merge(&["own.csv", "changed.csv"]);
    assert_eq!((clash.status, clash.out.as_str()), (1, ""), "{}", clash.err);
}
