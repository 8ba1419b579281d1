//! Names, keys, cells and notes with control characters are shown without their effect.

use crate::place::{Place, QUIET_LOG, Ran};

/// An escape that sets a colour, one that sets a window title, a bell, an escape in one byte, an override, an isolate
/// and marks.
const ACTS: &str = "\u{1b}[35mred\u{1b}]0;title\u{7}\u{9b}2J\u{202e}evil\u{2066}x\u{200f}\u{61c}";

fn acts(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn assert_harmless(what: &str, text: &str) {
    // The program's own escapes: red, yellow, bold, dim and their end.
    let own = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m", "\u{1b}[33m", "\u{1b}[4m", "\u{1b}[32m"];
    let mut text = text.to_owned();
    for style in own {
        text = text.replace(style, "");
    }
    if let Some(at) = text.find(acts) {
        let from = text[..at].char_indices().rev().nth(60).map_or(0, |(from, _)| from);
        panic!("{what}: {:?}", text[from..].chars().take(120).collect::<String>());
    }
}

#[track_caller]
fn assert_both_harmless(what: &str, ran: &Ran) {
    assert_harmless(&format!("{what}, standard output"), &ran.out);
    assert_harmless(&format!("{what}, standard error"), &ran.err);
}

/// A log in which every text not chosen by the runner has control characters.
fn hostile() -> Place {
    let place = Place::new();
    let cell = ACTS.replace('\u{7}', "");
    place.write(
        "in/log.csv",
        format!("date,distance_km,shoe,sport,notes\n2025-03-{cell},5,,,\n{}", QUIET_LOG.split_once('\n').unwrap().1)
            .replace(
                "2025-03-30,5",
                &format!("2025-03-30,5,\"{cell}\",\"run {cell}\",\"left hip 4/10 {cell} cannot put weight on it\""),
            ),
    );
    place.write("in/pain.md", format!("2025-03-29: left hip 3/10, {ACTS} night pain\n{ACTS} my hip hurts\n"));
    place.write(&format!("in/a{}.gpx", ACTS.replace('/', "")), "<gpx");
    place.write(&format!("in/b\n{ACTS}.csv"), format!("{ACTS},b\n1,2\n"));
    place.write("in/deep.json", format!("{{\"{cell}\": 3}}"));
    place
}

#[test]
fn no_command_lets_a_text_of_others_act() {
    let place = hostile();
    for more in [
        &[][..],
        &["--verbose"],
        &["--quiet"],
        &["--athlete", ACTS],
        &["--stdout", "json"],
        &["--stdout", "md"],
        &["--stdout", "html"],
    ] {
        let ran = place.run(&[&["--color", "always", "analyze", "in", "--as-of", "2025-03-31"], more].concat());
        assert!(ran.status == 3 || ran.status == 0, "{}", ran.err);
        assert_both_harmless(&format!("analyze {more:?}"), &ran);
    }
    for name in place.names("reports") {
        assert_harmless(&name, &name);
        assert_harmless(&name, &place.read(&format!("reports/{name}")));
    }
    let json: serde_json::Value = serde_json::from_str(&place.read("reports/in-latest.json")).unwrap();
    let notes = json["pain"].to_string();
    assert!(notes.contains('\u{202e}') && notes.contains('\u{9b}'), "the text itself is kept: {notes}");
    let check = place.run(&["--color", "always", "check", "in"]);
    assert_both_harmless("check", &check);
    assert!(check.out.contains("%1B") && check.out.contains("%E2%80%AE"), "{}", check.out);
    // The output has one line for each; no name or cell adds a line.
    assert!(
        check.out.lines().all(|line| !line.starts_with("\u{202e}evil") && !line.starts_with("evil")),
        "{}",
        check.out
    );
    let plan =
        ["--color", "always", "plan", "--log", "in", "--as-of", "2025-03-31", "--target", "8km", "--by", "2025-06-01"];
    for more in [&["--suggest"][..], &["--suggest", "--stdout", "json"]] {
        assert_both_harmless("plan", &place.run(&[&plan[..], more].concat()));
    }
    place.write("plan.csv", format!("date,distance_km\n2025-04-{ACTS},5\n"));
    assert_both_harmless("plan of a file", &place.run(&["--color", "always", "plan", "plan.csv", "--log", "in"]));
}

#[test]
fn no_roster_lets_a_text_of_others_act() {
    let place = hostile();
    let folder = format!("team/{}", ACTS.replace('/', ""));
    for athlete in [folder.as_str(), "team/bo", "team/cy"] {
        place.write(&format!("{athlete}/log.csv"), place.read("in/log.csv"));
    }
    place.write("team/bo/runhip.toml", "athlete = \"\\u001b[35mBo\\u202e\"\n");
    place.write("team/cy/runhip.toml", "\"\\u202e\\u001b[35mkey\" = 1\n");
    for more in
        [&[][..], &["--verbose"], &["--stdout", "json"], &["--stdout", "md"], &["--stdout", "html"], &["--quiet"]]
    {
        let ran = place.run(&[&["--color", "always", "roster", "team", "--as-of", "2025-03-31"], more].concat());
        assert_eq!(ran.status, 3, "{}", ran.err);
        assert_both_harmless(&format!("roster {more:?}"), &ran);
    }
    for name in place.names("reports") {
        assert_harmless(&name, &place.read(&format!("reports/{name}")));
    }
}

#[test]
fn what_stops_the_program_is_told_harmlessly_and_in_one_line() {
    let place = hostile();
    place.write("runhip.toml", format!("notes = 'pain{}.md'\n", ACTS.replace(|c: char| c.is_control(), "")));
    let named = format!("no{ACTS}\n/such.csv");
    for arguments in [
        &["analyze", &named, "--as-of", "2025-03-31"][..],
        &["analyze", "in", "--config", &named],
        &["analyze", "in", "--export", &named],
        &["explain", &named],
        &["man", &named],
        &["note", "--file", &named, "hip fine"],
        &["note", "--date", "2025-03-30", ACTS],
        &[&format!("--{ACTS}")],
        &[ACTS],
        &["analyze", "in", "--as-of", ACTS],
        &["demo", "in", "--seed", ACTS],
    ] {
        let ran = place.run(&[&["--color", "always"], arguments].concat());
        assert_both_harmless(&format!("{arguments:?}"), &ran);
        assert!(ran.status > 0 || ran.err.is_empty(), "{}", ran.err);
        // No name adds a line of its own.
        assert!(ran.status != 1 || ran.err.lines().last().unwrap().starts_with("runhip: "), "{}", ran.err);
        assert!(!ran.err.lines().any(|line| line.starts_with("/such")), "{}", ran.err);
    }
}

#[test]
fn cells_of_a_csv_are_no_formulas_unless_asked_for() {
    let place = Place::with(&[(
        "-log.csv",
        "date,distance_km,shoe\n2025-03-28,5,=1+1\n2025-03-29,5,-5\n2025-03-30,5,\"@SUM(A1,2)\"\n2025-03-31,5,Ghost\n",
    )]);
    let cells = |more: &[&str]| -> Vec<Vec<String>> {
        let ran = place.analyze(&[&["--quiet", "--athlete", "+Ada", "--export", "runs.csv"], more].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        let text = place.read("runs.csv");
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        rows.records().map(|row| [0, 10, 11].map(|at| row.as_ref().unwrap()[at].to_owned()).to_vec()).collect()
    };
    let guarded = cells(&[]);
    assert_eq!(guarded.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["'=1+1", "-5", "'@SUM(A1,2)", "Ghost"]);
    assert!(guarded.iter().all(|row| row[0] == "'+Ada" && row[2] == "'-log.csv"), "{guarded:?}");
    let raw = cells(&["--raw-cells"]);
    assert_eq!(raw.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["=1+1", "-5", "@SUM(A1,2)", "Ghost"]);
    assert!(raw.iter().all(|row| row[0] == "+Ada" && row[2] == "-log.csv"), "{raw:?}");
    // The table of a roster is protected too.
    place.write("team/=ada/log.csv", QUIET_LOG);
    for (more, name) in [(&[][..], "\n'=ada,"), (&["--raw-cells"], "\n=ada,")] {
        place.run(&[&["roster", "team", "--as-of", "2025-03-31", "--quiet", "--export", "all.csv"], more].concat());
        assert!(place.read("all.csv").contains(name), "{}", place.read("all.csv"));
    }
}

#[test]
fn typed_addresses_and_marks_in_notes_stay_text_in_markdown() {
    let place = Place::with(&[
        ("log.csv", QUIET_LOG),
        (
            "pain.md",
            "2025-03-30: left hip 4/10 see http://evil.example/a www.evil.example a@evil.example <https://evil.example> \
             <b>bold</b> [here](http://evil.example) ![x](http://evil.example/x.png) `code` # head\n",
        ),
    ]);
    let page = place.analyze(&["--stdout", "md-full"]).out;
    let note = page.lines().find(|line| line.contains("evil.example")).unwrap();
    assert!(
        note.contains(
            "see http:\\//evil.example/a www\\.evil.example a@&#8288;evil.example &lt;https:\\//evil.example&gt; \
             &lt;b&gt;bold&lt;/b&gt; \\[here\\](http:\\//evil.example) \\!\\[x\\](http:\\//evil.example/x.png) \\`code\\` \\# head"
        ),
        "{note}"
    );
    for page in [page, place.analyze(&["--stdout", "md"]).out] {
        assert!(page.contains("evil.example"), "{page}");
        assert!(!page.contains("://evil") && !page.contains("www.evil") && !page.contains("@evil"), "{page}");
    }
}
