//! `--redact`: a report that can be shared. It does not reveal the runner, and says the same as the report that does.

use chrono::{Days, NaiveDate};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use serde_json::Value;

use crate::place::{Place, each, gpx};

/// A Wednesday in spring. None of the log's months occur among the moved dates, which run from summer to winter.
const AS_OF: &str = "2026-04-15";

/// How many days dates move: from that Wednesday to Wednesday 5 January 2000.
const MOVED: &str = "9597";

/// Names of months as words of their own.
const MONTHS: [&str; 4] = ["Mar", "March", "Apr", "April"];

/// Every word and date that could identify somebody.
const TELLING: &[&str] = &[
    // The runner, the shoes, the files and folders.
    "Zebulon",
    "zebulon",
    "Quackenbush",
    "quackenbush",
    "Vaporblitz",
    "vaporblitz",
    "Old Faithful",
    "old-faithful",
    "secretdiary",
    "hidden-fells",
    "mountains.gpx",
    "private.csv",
    "teatable",
    "brokenthing",
    "photo-of-me",
    // Places, titles, and text of notes and unreadable cells.
    "Grasmere",
    "grasmere",
    "Kirkby",
    "Lonsdale",
    "waddle",
    "Waddle",
    "Drumlin",
    "porridge",
    "grannie",
    "Snafflebit",
    "Snorkel",
    "Pacific",
    "Auckland",
    "+13:00",
    "46800",
    // Times of day.
    "06:37",
    "19:37",
    "0637",
    "T19",
    // The runner's settings.
    "13.7\u{a0}%",
    "13.7 %",
    "0.137",
    "471.3\u{a0}km",
    "471.3 km",
    "471313",
    // Dates.
    "2026",
    "26-04",
    "15.04",
];

fn log() -> Vec<(&'static str, String)> {
    let mut table = "Activity ID,Activity Date,Activity Name,Activity Description,Activity Type,Distance,Elapsed Time,Activity Gear\n"
        .to_owned();
    let days =
        ["Mar 18", "Mar 20", "Mar 22", "Mar 25", "Mar 27", "Mar 29", "Apr 1", "Apr 3", "Apr 5", "Apr 8", "Apr 10"];
    for (number, day) in days.into_iter().enumerate() {
        let km = 5 + number;
        let gear = if number < 6 { "Vaporblitz 3" } else { "Old Faithful" };
        table.push_str(&format!(
            "{number},\"{day}, 2026, 6:37:11 AM\",Morning waddle in Grasmere,\"past Kirkby Lonsdale, left hip 2/10\",Run,{km}.00,3000,{gear}\n"
        ));
    }
    vec![
        (
            "runhip.toml",
            "athlete = \"Zebulon Quackenbush\"\ntimezone = \"Pacific/Auckland\"\nignore = [\"photo-of-me*\"]\n\
             [[shoes]]\nname = \"Vaporblitz 3\"\naliases = [\"grannie\"]\ninitial = \"470km\"\ndue = \"471.313km\"\n[thresholds]\nweekly_jump = 0.137\n\
             [[corrections]]\ndate = 2026-03-30\ntext = \"Snafflebit\"\nreading = \"none\"\n"
                .to_owned(),
        ),
        ("hidden-fells/private.csv", table),
        (
            "secretdiary.md",
            "# Zebulon's right hip\n2026-04-06: right hip 6/10 after porridge at grannie's in Grasmere, limping\n\
             2026-04-07: Drumlin again, hip 3/10, no fever\n2026-04-09: mal à la hanche chez Quackenbush\n\
             2026-04-13: fell on my left hip near Kirkby, cannot put weight on it\n"
                .to_owned(),
        ),
        (
            "teatable.csv",
            "date,distance_km,notes\n2026-04-11,5,\nGrasmere,7,Drumlin\n2026-04-12,porridge,\n".to_owned(),
        ),
        ("mountains.gpx", gpx("2026-04-14T06:37:00Z", (-36.848, 174.763), 30)),
        ("brokenthing.gpx", "<gpx><trk><name>Drumlin</name>".to_owned()),
        ("photo-of-me.csv", "x".to_owned()),
        ("hidden-fells/Snorkel.jpg", "x".to_owned()),
    ]
}

fn place(folder: &str) -> Place {
    let place = Place::new();
    for (name, text) in log() {
        place.write(&format!("{folder}/{name}"), text);
    }
    place
}

/// The identifying words that a text contains.
fn telling(text: &str) -> Vec<&'static str> {
    // The seed of the rotations is no date, and the styles of a page name nobody.
    let mut text = text.replace("20260101", "");
    while let Some(from) = text.find("<style") {
        let to = text[from..].find("</style>").map_or(text.len(), |at| from + at + 8);
        text.replace_range(from..to, "");
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let words = MONTHS.into_iter().filter(|month| words.contains(month));
    TELLING.iter().copied().filter(|word| text.contains(word)).chain(words).collect()
}

#[track_caller]
fn assert_shareable(name: &str, text: &str) {
    assert!(text.len() > 400, "{name} is short: {text}");
    assert_eq!(telling(text), [""; 0], "{name} tells whose it is");
}

#[test]
fn no_format_of_a_report_tells_whose_it_is() {
    let place = place("in");
    let analyze = |more: &[&str]| {
        place.run(&[&["analyze", "in", "--as-of", AS_OF, "--redact", "--redact-shift", MOVED], more].concat())
    };
    // Without the option, everything is found, which shows that the scan works.
    let plain = place.run(&["analyze", "in", "--as-of", AS_OF, "--stdout", "json"]).out;
    for word in [
        "Zebulon",
        "Vaporblitz",
        "secretdiary",
        "hidden-fells",
        "Grasmere",
        "porridge",
        "19:37",
        "2026-04-13",
        "0.137",
        "471313",
    ] {
        assert!(telling(&plain).iter().any(|found| word.contains(found)), "{word} is not in the report: {plain}");
    }
    for format in ["html", "md", "json"] {
        assert_shareable(format, &analyze(&["--stdout", format]).out);
    }
    let written = analyze(&["--verbose", "--format", "html,md,json", "--export", "runs.csv"]);
    assert_eq!(written.status, 3, "{}", written.err);
    assert_shareable("summary", &written.out);
    assert_shareable("table", &place.read("runs.csv"));
    analyze(&["--quiet", "--export", "runs.parquet"]);
    let table = std::fs::read(place.path("runs.parquet")).unwrap();
    // Values are compressed, so the cells themselves are checked.
    let frame = ParquetReader::new(std::io::Cursor::new(table)).finish().unwrap();
    let mut cells = 0;
    for column in frame.columns() {
        for cell in column.as_materialized_series().iter() {
            assert_eq!(telling(&cell.to_string()), [""; 0], "a cell of the table tells whose it is");
            cells += 1;
        }
    }
    assert!(cells > 12 * 5, "{cells} cells");
    let names = place.names("reports");
    assert_eq!(names.len(), 6);
    for name in names {
        assert!(name.starts_with("redacted-2000-01-05.") || name.starts_with("redacted-latest."), "{name}");
        assert_shareable(&name, &place.read(&format!("reports/{name}")));
    }
    // A name given by hand is left out too, and there is no comparison with an earlier report.
    place.run(&["analyze", "in", "--as-of", "2026-04-08", "--quiet"]);
    for format in ["html", "md", "json"] {
        assert_shareable(format, &analyze(&["--athlete", "Zebulon", "--stdout", format, "--since", "2026-03-30"]).out);
    }
}

#[test]
fn no_format_of_a_roster_tells_who_is_in_it() {
    let place = place("in/Zebulon Quackenbush");
    for (name, text) in
        [("Drumlin/log.csv", "date,distance_km\n2026-04-10,5\n"), ("porridge.txt", "x"), ("Snorkel/x.jpg", "x")]
    {
        place.write(&format!("in/{name}"), text);
    }
    place.write("in/Kirkby/runhip.toml", "nonsense-of-Lonsdale = 1\n");
    place.write("in/Waddle/runs.gpx", "<gpx");
    // An index of last week, which a redacted one does not use.
    place.run(&["roster", "in", "--as-of", "2026-04-08", "--quiet"]);
    let earlier = place.names("reports");
    let roster = |more: &[&str]| {
        place.run(&[&["roster", "in", "--as-of", AS_OF, "--redact", "--redact-shift", MOVED], more].concat())
    };
    for format in ["html", "md", "json"] {
        assert_shareable(format, &roster(&["--stdout", format]).out);
    }
    let written = roster(&["--verbose", "--format", "html,md,json", "--export", "runs.csv"]);
    assert_eq!(written.status, 3);
    assert_shareable("summary", &written.out);
    assert_shareable("table", &place.read("runs.csv"));
    let names: Vec<String> = place.names("reports").into_iter().filter(|name| !earlier.contains(name)).collect();
    assert_eq!(names.len(), 6 + 2 * 6);
    for name in names {
        assert!(name.starts_with("redacted-athlete-") || name.starts_with("redacted-index-"), "{name}");
        assert_shareable(&name, &place.read(&format!("reports/{name}")));
    }
    let index: Value = serde_json::from_str(&place.read("reports/redacted-index-latest.json")).unwrap();
    assert_eq!((&index["redacted"], &index["as_of"]), (&true.into(), &"2000-01-05".into()));
    let mut athletes = each(&index["athletes"], "name");
    athletes.sort();
    assert_eq!(athletes, ["Athlete 1", "Athlete 2", "Athlete 3", "Athlete 4", "Athlete 5"]);
}

/// How many runs each of `Athlete 1` to `Athlete 8` has in a redacted roster. The folders of the eight are in the
/// order of their number of runs.
fn runs_by_number(place: &Place, shift: &str) -> Vec<usize> {
    let out = format!("reports-{shift}");
    let shown =
        ["roster", "team", "--as-of", AS_OF, "--redact", "--redact-shift", shift, "--out", &out, "--format", "json"];
    assert_eq!(place.run(&shown).status, 0);
    let runs = |number: usize| {
        let report = place.read(&format!("{out}/redacted-athlete-{number}-latest.json"));
        serde_json::from_str::<Value>(&report).unwrap()["runs"].as_array().unwrap().len()
    };
    (1..=8).map(runs).collect()
}

#[test]
fn the_numbers_of_redacted_athletes_do_not_follow_the_alphabet() {
    let place = Place::with(&[]);
    for (runs, name) in (1..=8).zip(["Ash", "Beech", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Oak"]) {
        let rows: Vec<String> = (1..=runs).map(|day| format!("2026-03-{day:02},run,5\n")).collect();
        place.write(&format!("team/{name}/log.csv"), format!("date,sport,km\n{}", rows.concat()));
    }
    let numbers = runs_by_number(&place, "3500");
    assert_eq!(numbers, runs_by_number(&place, "3500"), "the same shift, the same numbers");
    let alphabet: Vec<usize> = (1..=8).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, alphabet, "each of them once");
    // There are 40,320 orders, one for each shift; two alphabetical ones of three are practically impossible.
    let others = [runs_by_number(&place, "3507"), runs_by_number(&place, "3514")];
    assert!(numbers != alphabet || others.iter().all(|order| *order != alphabet));
    assert!(others.iter().any(|order| *order != numbers), "another shift, other numbers");
}

#[test]
fn a_redacted_report_keeps_every_warning_sign_and_says_what_was_read() {
    let place = place("in");
    let of = |more: &[&str]| -> Value {
        let ran = place.run(&[&["analyze", "in", "--as-of", AS_OF, "--stdout", "json"], more].concat());
        serde_json::from_str(&ran.out).unwrap()
    };
    let (whole, redacted) = (of(&[]), of(&["--redact", "--redact-shift", MOVED]));
    let signs = |report: &Value| -> Vec<(String, Value, Value)> {
        let rows = report["warnings"].as_array().unwrap().iter();
        rows.map(|row| (row["flag"].to_string(), row["priority"].clone(), row["leads"].clone())).collect()
    };
    assert!(signs(&whole).iter().any(|(_, _, leads)| *leads == true));
    assert_eq!(signs(&whole), signs(&redacted));
    for row in redacted["warnings"].as_array().unwrap().iter().chain(redacted["pain"].as_array().unwrap()) {
        assert!(row["text"].as_str().unwrap().starts_with("Read as: "), "{row}");
    }
    let pain = redacted["pain"].as_array().unwrap();
    let limping = pain.iter().find(|row| row["severity"] == 6).unwrap();
    let says = limping["text"].as_str().unwrap();
    assert!(says.starts_with("Read as: right hip, 6/10") && says.contains("; signs: "), "{says}");
    assert!(pain.iter().any(|row| row["text"].as_str().unwrap().contains("not all of it could be understood")));
    assert_eq!(redacted["redacted"], true);
    assert!(redacted["disclaimer"].as_str().unwrap().starts_with("Redacted for sharing: "));
    assert_eq!(
        (&whole["redacted"], redacted["athlete"]["name"].as_str()),
        (&false.into(), Some("Redacted for sharing"))
    );
}

/// Fields with text or names, which are not compared.
const WORDS: [&str; 18] = [
    "text",
    "message",
    "name",
    "shoe",
    "sources",
    "source",
    "path",
    "id",
    "finding",
    "runs",
    "because",
    "episode",
    "disclaimer",
    "reason",
    "problems",
    "spans",
    "local_start",
    "utc_offset_s",
];

/// Fails if the two differ in more than text, names and dates moved by so many days.
fn assert_same(at: &str, plain: &Value, redacted: &Value, moved: u64) {
    match (plain, redacted) {
        (Value::Object(plain), Value::Object(redacted)) => {
            assert!(plain.keys().eq(redacted.keys()), "{at}");
            let compared = plain.iter().filter(|(key, value)| {
                !(WORDS.contains(&key.as_str())
                    && (at != "/athlete" || *key == "name")
                    && !(at.is_empty() && value.is_array()))
                    && !["redacted", "known_by", "seal"].contains(&key.as_str())
                    && !(at.starts_with("/import/assumptions") && *key == "files")
            });
            for (key, value) in compared {
                assert_same(&format!("{at}/{key}"), value, &redacted[key], moved);
            }
        }
        (Value::Array(plain), Value::Array(redacted)) => {
            assert_eq!(plain.len(), redacted.len(), "{at}");
            for (number, (one, other)) in plain.iter().zip(redacted).enumerate() {
                assert_same(&format!("{at}/{number}"), one, other, moved);
            }
        }
        (Value::String(plain), Value::String(redacted)) => {
            let day = |text: &str| text.parse::<NaiveDate>().ok();
            match day(plain) {
                Some(day) => assert_eq!((day - Days::new(moved)).to_string(), *redacted, "{at}"),
                None => assert_eq!(plain, redacted, "{at}"),
            }
        }
        _ => assert_eq!(plain, redacted, "{at}"),
    }
}

#[test]
fn every_figure_and_judgement_is_that_of_the_report_itself() {
    let place = Place::new();
    let said = place.run(&["demo", "demo"]).out;
    let as_of = said.trim_end().rsplit(' ').next().unwrap();
    for more in [&[][..], &["--week-start", "sunday", "--since", "2026-06-01"]] {
        let of = |option: &[&str]| -> Value {
            let ran = place.run(&[&["analyze", "demo", "--as-of", as_of, "--stdout", "json"], more, option].concat());
            serde_json::from_str(&ran.out).unwrap()
        };
        let (plain, redacted) = (of(&[]), of(&["--redact", "--redact-shift", "9814"]));
        // From Wednesday 18 November 2026 back to Wednesday 5 January 2000: 26 years, 10 months and 13 days.
        assert_eq!((plain["as_of"].as_str(), redacted["as_of"].as_str()), (Some("2026-11-18"), Some("2000-01-05")));
        let moved = 9_814;
        assert_eq!("2000-01-05".parse::<NaiveDate>().unwrap() + Days::new(moved), "2026-11-18".parse().unwrap());
        assert_eq!(moved % 7, 0);
        for list in ["runs", "weeks", "shoes", "findings", "warnings", "pain", "episodes", "links", "advice"] {
            assert!(!plain[list].as_array().unwrap().is_empty(), "the demo has {list}");
        }
        assert_same("", &plain, &redacted, moved);
    }
}

/// The day of a redacted report made with this secret in the state folder of the user.
fn moved_as_of(secret: &str, more: &[&str]) -> NaiveDate {
    let place = place("in");
    place.write("home/.local/state/runhip/redaction-secret", secret);
    let arguments = ["in", "--as-of", AS_OF, "--redact", "--stdout", "json"];
    let ran: crate::place::Ran =
        place.command().env("HOME", place.path("home")).args(more).args(arguments).output().unwrap().into();
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
    assert_eq!(report["athlete"].get("known_by").unwrap_or(&Value::Null), &Value::Null);
    report["as_of"].as_str().unwrap().parse().unwrap()
}

#[cfg(unix)]
#[test]
fn dates_move_by_a_secret_of_the_users_and_not_by_the_day() {
    let (ones, twos) = ("1".repeat(64), "2".repeat(64));
    let day = AS_OF.parse::<NaiveDate>().unwrap();
    let weeks = |as_of: NaiveDate| {
        let days = (day - as_of).num_days();
        assert_eq!(days % 7, 0);
        days / 7
    };
    let of = |secret: &str, more: &[&str]| weeks(moved_as_of(secret, more));
    let (zebulon, ada) = (of(&ones, &["analyze"]), of(&ones, &["analyze", "--athlete", "Ada"]));
    assert_ne!(zebulon, ada);
    assert_ne!(of(&twos, &["analyze"]), zebulon);
    assert_eq!(of(&ones, &["analyze"]), zebulon, "two reports of a person agree");
    for weeks in [zebulon, ada] {
        assert!((418..=2_087).contains(&weeks), "{weeks}");
    }
}

#[cfg(unix)]
#[test]
fn the_secret_is_drawn_once_and_nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let place = place("in");
    let as_of = |state: &str| {
        let ran: crate::place::Ran = place
            .command()
            .env("HOME", place.path("home"))
            .env("XDG_STATE_HOME", place.path(state))
            .args(["analyze", "in", "--as-of", AS_OF, "--redact", "--stdout", "json"])
            .output()
            .unwrap()
            .into();
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
        report["as_of"].to_string()
    };
    let first = as_of("state");
    assert_eq!(place.names("state/runhip"), ["redaction-secret"]);
    let mode = std::fs::metadata(place.path("state/runhip/redaction-secret")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(as_of("state"), first);
    // If no secret can be kept, no report is made, and the message says what to do.
    place.write("blocked", "x");
    let ran: crate::place::Ran = place
        .command()
        .env("HOME", place.path("home"))
        .env("XDG_STATE_HOME", place.path("blocked"))
        .args(["analyze", "in", "--as-of", AS_OF, "--redact"])
        .output()
        .unwrap()
        .into();
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("--redact-shift"), "{}", ran.err);
    assert!(!place.path("reports/redacted-latest.html").exists());
}
