//! Unusual notes: huge, in other scripts and encodings, with markup and terminal commands, and contradicting each
//! other. Each is read or listed; none is lost.

use crate::place::{Place, QUIET_LOG, each, file};

/// One note in a journal beside a quiet log.
fn note(text: impl AsRef<[u8]>) -> Place {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write("in/pain.md", [b"2025-03-26: ", text.as_ref(), b"\n"].concat());
    place
}

#[test]
fn a_sign_at_the_end_of_a_note_of_sixty_thousand_letters_is_found() {
    let place = note(format!("{}left hip 6/10, the leg gave way.", "Easy miles along the canal. ".repeat(2_200)));
    let report = place.json(&[]);
    assert_eq!(each(&report["pain"], "hip"), ["true"]);
    assert_eq!(each(&report["warnings"], "flag"), ["weakness"]);
    assert_eq!(report["pain"][0]["severity"], 6);
}

#[test]
fn what_is_cut_from_a_note_of_a_megabyte_is_said_and_withholds_the_all_clear() {
    let place = note(format!("{}left hip 6/10, the leg gave way.", "Easy miles along the canal. ".repeat(40_000)));
    let ran = place.analyze(&[]);
    assert!(ran.err.contains("longer than twenty pages; the rest was left out"), "{}", ran.err);
    assert!(!ran.out.contains("No warning sign was found"), "{}", ran.out);
}

#[test]
fn notes_in_other_scripts_are_listed_as_not_understood() {
    for text in
        ["左髋疼得走不了", "болит бедро", "ألم في الورك", "股関節が痛い", "엉덩이가 아프다", "कूल्हे में दर्द", "כאב בירך"]
    {
        let place = note(text);
        let report = place.json(&[]);
        assert_eq!(each(&report["pain"], "understood"), ["false"], "{text}");
        assert_eq!(report["pain"][0]["text"], text);
        assert!(!place.analyze(&[]).out.contains("No warning sign was found"), "{text}");
    }
}

#[test]
fn a_note_in_latin_1_is_read() {
    let report = note(b"caf\xe9 stop, left hip 4/10 and \x93sore\x94").json(&[]);
    assert_eq!(each(&report["pain"], "severity"), ["4"]);
    assert!(report["pain"][0]["text"].as_str().unwrap().starts_with("café stop"), "{report}");
}

#[test]
fn control_characters_do_not_hide_a_sign_and_do_not_reach_the_terminal() {
    let place = note("left hip \u{1b}[2J\u{1b}[31mgave way\u{1b}[0m \u{7}\u{8}6/10 \u{202e}txen");
    let ran = place.analyze(&["--format", "html,md,json"]);
    assert!(!ran.out.contains(['\u{1b}', '\u{7}', '\u{8}', '\u{202e}']), "{:?}", ran.out);
    assert!(ran.out.contains("gave way"), "{}", ran.out);
    for name in ["reports/in-latest.html", "reports/in-latest.md"] {
        assert!(!place.read(name).contains(['\u{1b}', '\u{7}', '\u{8}']), "{name}");
    }
    let report: serde_json::Value = serde_json::from_str(&place.read("reports/in-latest.json")).unwrap();
    assert_eq!(each(&report["pain"], "hip"), ["true"]);
}

#[test]
fn markup_in_a_note_stays_text() {
    let place = note("left hip 4/10 <script>alert(1)</script> <img src=x onerror=alert(1)> | a | b |\n| - | - |");
    place.analyze(&["--format", "html,md"]);
    let html = place.read("reports/in-latest.html");
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "the note became markup");
    assert!(html.contains("&lt;script&gt;alert(1)"), "the note is not lost");
    let page = place.read("reports/in-latest.md");
    assert!(!page.contains("<script>") && !page.contains("<img src"), "{page}");
}

#[test]
fn of_notes_at_odds_on_one_day_the_later_line_counts_and_takes_back_no_sign_for_today() {
    for day in [
        "2025-03-26: hip fine\n2025-03-26: left hip 7/10, limping\n",
        "2025-03-26: left hip 7/10, limping\n2025-03-26: hip fine\n",
    ] {
        let report = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", day)]).json(&[]);
        assert_eq!(report["pain"].as_array().unwrap().len(), 2, "{day}");
        let episode = &report["episodes"][0];
        // The later line is newer, but it does not take back something that needs assessment today.
        let open = !day.ends_with("hip fine\n");
        assert_eq!((&episode["peak_severity"], &episode["open"]), (&7.into(), &open.into()), "{day}");
        assert!(report["warnings"].as_array().unwrap().iter().any(|row| row["flag"] == "cannot-bear-weight"), "{day}");
        let limp =
            report["warnings"].as_array().unwrap().iter().find(|row| row["flag"] == "cannot-bear-weight").unwrap();
        assert!(limp["cleared_on"].is_null() && limp["leads"] == true, "{day}");
    }
}

#[test]
fn fail_on_urgent_answers_to_signs_for_now_and_today_and_to_no_other() {
    for (text, status) in [
        ("left leg suddenly gave way, hip 5/10", 4),
        ("wet myself on the run without noticing", 4),
        ("limping, left hip 5/10", 4),
        ("heard a pop in my hip", 4),
        ("hip pain and a fever", 4),
        ("left hip sore on the stairs", 0),
        ("left hip kept me awake", 0),
        ("left hip 2/10", 0),
    ] {
        assert_eq!(note(text).analyze(&["--quiet", "--fail-on", "urgent"]).status, status, "{text}");
    }
}

#[test]
fn a_hip_with_something_unknown_said_of_it_withholds_the_all_clear_and_is_listed() {
    let place = note("can barely flerb, hip there round the loop");
    let ran = place.analyze(&["--format", "md"]);
    assert!(!ran.out.contains("No warning sign was found"), "{}", ran.out);
    assert!(ran.out.contains("1 note was not understood"), "{}", ran.out);
    assert!(place.read("reports/in-latest.md").contains("can barely flerb, hip there"));
}

#[test]
fn the_day_a_note_was_written_tells_how_long_since_monday_is() {
    // 26 March 2025 is a Wednesday.
    let flags = |text: &str| each(&note(text).json(&[])["warnings"], "flag");
    assert_eq!(flags("left hip has hurt since Saturday"), ["persistent"]);
    assert!(flags("left hip has hurt since Monday").is_empty());
    assert_eq!(file(&note("left hip 2/10").json(&[]), "pain.md")["notes"], 1);
}
