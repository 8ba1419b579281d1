//! Where output goes: standard output, standard error, files and their names.

use crate::place::{AS_OF, Place, QUIET_LOG, gpx};

fn quiet_place() -> Place {
    Place::with(&[("log.csv", QUIET_LOG)])
}

#[test]
fn a_report_is_written_dated_and_as_the_latest() {
    let place = quiet_place();
    let ran = place.analyze(&["--athlete", "Ada Lovelace", "--format", "html,md,json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let names = place.names("reports");
    assert_eq!(
        names,
        [
            "ada-lovelace-2025-03-31.html",
            "ada-lovelace-2025-03-31.json",
            "ada-lovelace-2025-03-31.md",
            "ada-lovelace-latest.html",
            "ada-lovelace-latest.json",
            "ada-lovelace-latest.md",
        ]
    );
    for ending in ["html", "json", "md"] {
        let dated = place.read(&format!("reports/ada-lovelace-2025-03-31.{ending}"));
        assert_eq!(dated, place.read(&format!("reports/ada-lovelace-latest.{ending}")));
        assert!(dated.len() > 500);
    }
    assert!(ran.out.ends_with(
        "\nReport: reports/ada-lovelace-2025-03-31.html, reports/ada-lovelace-2025-03-31.md, \
         reports/ada-lovelace-2025-03-31.json\n"
    ));
}

#[test]
fn an_older_report_stays_and_the_latest_moves_on() {
    let place = quiet_place();
    for day in ["2025-03-24", "2025-03-31"] {
        assert_eq!(place.run(&["analyze", "in", "--as-of", day, "--format", "json", "--quiet"]).status, 0);
    }
    assert_eq!(place.names("reports"), ["in-2025-03-24.json", "in-2025-03-31.json", "in-latest.json"]);
    assert!(place.read("reports/in-2025-03-24.json").contains("\"as_of\": \"2025-03-24\""));
    assert_eq!(place.read("reports/in-latest.json"), place.read("reports/in-2025-03-31.json"));
}

#[test]
fn file_names_come_from_the_athlete_else_the_path_in_plain_letters() {
    for (arguments, slug) in [
        (&["in"][..], "in"),
        (&["in/log.csv"], "log-csv"),
        (&["in", "--athlete", "Ren\u{e9}e & Co. (2025)"], "renee-co-2025"),
        (&["in", "--athlete", "../../etc"], "etc"),
        (&["in", "--athlete", "\u{8d70}\u{308b}"], "zou-ru-ms9x7ib5"),
    ] {
        let place = quiet_place();
        let ran = place.run(&[&["analyze"], arguments, &["--as-of", AS_OF, "--quiet"]].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert_eq!(place.names("reports")[0], format!("{slug}-2025-03-31.html"));
        assert_eq!(place.names("."), ["in", "reports"]);
    }
}

#[test]
fn only_the_output_folder_is_written_to() {
    let place = quiet_place();
    place.analyze(&["--out", "deep/er"]);
    assert_eq!(place.names("."), ["deep", "in"]);
    assert_eq!(place.names("in"), ["log.csv"]);
    assert_eq!(place.names("deep/er").len(), 4);
    assert_eq!(place.read("in/log.csv"), QUIET_LOG);
}

#[test]
fn a_format_on_standard_output_is_all_there_is_and_no_file_is_written() {
    let place = quiet_place();
    let written = quiet_place();
    written.analyze(&["--format", "html,md,json"]);
    for (format, beginning) in [("json", "{\n"), ("html", "<!DOCTYPE html>"), ("md", "<!-- runhip report -->\n")] {
        let ran = place.analyze(&["--stdout", format]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(ran.out.starts_with(beginning), "{format}: {}", &ran.out[..80]);
        assert_eq!(ran.out, written.read(&format!("reports/in-latest.{format}")), "{format}");
        assert_eq!(place.names("."), ["in"]);
    }
}

#[test]
fn the_summary_is_for_standard_output_and_problems_for_standard_error() {
    let place = Place::with(&[("log.csv", &format!("{QUIET_LOG}2025-03-31,x\n"))]);
    let ran = place.analyze(&[]);
    assert!(ran.out.starts_with("31 March 2025\n"), "{}", ran.out);
    assert!(ran.out.contains("not medical advice"), "{}", ran.out);
    assert!(!ran.out.contains("is not a number"));
    assert!(ran.err.contains("is not a number") && !ran.err.contains("31 March"));
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "no colour where there is no terminal");

    let quiet = place.analyze(&["--quiet"]);
    assert_eq!((quiet.out.as_str(), quiet.err, quiet.status), ("", ran.err, 3));
    assert!(place.analyze(&["--color", "always"]).out.contains("\u{1b}["));
}

#[test]
fn verbose_adds_to_the_summary() {
    let place = quiet_place();
    let (short, long) = (place.analyze(&[]).out, place.analyze(&["--verbose"]).out);
    assert!(long.lines().count() > short.lines().count() + 3, "{long}");
}

#[test]
fn since_and_until_limit_what_is_shown_and_change_no_figure() {
    let place = quiet_place();
    let (all, some) = (place.json(&[]), place.json(&["--since", "2025-03-17", "--until", "2025-03-23"]));
    assert_eq!(all["weeks"], some["weeks"]);
    assert_eq!(all["findings"], some["findings"]);
    let page = place.analyze(&["--since", "2025-03-17", "--until", "2025-03-23", "--stdout", "md-full"]).out;
    assert!(page.contains("17–23 Mar 2025") && !page.contains("10–16 Mar 2025"), "{page}");
}

#[test]
fn the_same_command_gives_the_same_bytes_whatever_the_number_of_jobs() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", "2025-03-26: left hip 3/10\n")]);
    for day in 10..30 {
        let name = format!("in/{day}.gpx");
        place.write(&name, gpx(&format!("2025-03-{day}T06:00:00Z"), (48.1, 11.5 + f64::from(day)), 40 + day));
        place.write(&format!("in/again/{day}.gpx"), place.read(&name));
    }
    for format in ["html", "md", "json"] {
        let once = place.analyze(&["--stdout", format, "--jobs", "1"]).out;
        for jobs in ["1", "2", "7"] {
            assert_eq!(place.analyze(&["--stdout", format, "--jobs", jobs]).out, once, "{format}, {jobs} jobs");
        }
    }
}

#[test]
fn it_runs_without_a_day_too() {
    let place = quiet_place();
    let ran = place.run(&["analyze", "in", "--format", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(place.names("reports").len(), 2);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_the_output_in_silence() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    let place = quiet_place();
    // More than a pipe holds, so that the program is still writing when the reader closes it.
    for number in 0..3_000 {
        place.write(&format!("in/{number:04}-with-a-name-that-fills-a-pipe.jpg"), "x");
    }
    for arguments in [&["check", "in"][..], &["analyze", "in", "--as-of", AS_OF, "--stdout", "json"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_runhip"))
            .args(arguments)
            .current_dir(place.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(!line.is_empty());
    }
}
