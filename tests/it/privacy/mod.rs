//! What a report must never contain, whatever it was made from: a coordinate, an absolute path, a network address,
//! markup or terminal codes from others, and words that claim a cause, a forecast or a clearance.

mod elsewhere;
mod redact;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::place::{AS_OF, Place, QUIET_LOG, gpx};

const SECRET_PLACE: (f64, f64) = (51.477_813, -12.345_678);

/// Everything that a run of the program prints or writes, by name. Paths are given absolutely, as scripts do.
fn outputs(place: &Place, folders: &[&str], as_of: &str) -> Vec<(&'static str, String)> {
    let paths: Vec<String> = folders.iter().map(|folder| place.path(folder).to_str().unwrap().to_owned()).collect();
    let run = |more: &[&str]| {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        place.run(&[&["analyze"], paths.as_slice(), &["--as-of", as_of, "--timezone", "UTC"], more].concat())
    };
    let summary = run(&["--verbose", "--color", "never", "--out", "out"]);
    assert!(matches!(summary.status, 0 | 3), "{}", summary.err);
    let mut all = vec![
        // The last line names the report in the place given by `--out`.
        ("summary", summary.out.rsplit_once("\nReport: ").unwrap().0.to_owned()),
        ("problems", summary.err),
        ("check", place.run(&["check", &paths[0], "--timezone", "UTC"]).out),
    ];
    for format in ["html", "md", "md-full", "json"] {
        let text = run(&["--stdout", format]).out;
        assert!(text.len() > 500, "{format} is short: {text}");
        all.push((format, text));
    }
    all
}

/// A folder of logs, and all output about it.
struct Told {
    outputs: Vec<(&'static str, String)>,
    coordinates: BTreeSet<i64>,
    /// The absolute path of the folder.
    root: String,
    /// The text of the notes.
    notes: String,
}

impl Told {
    fn of(place: &Place, folders: &[&str], as_of: &str, notes: &[&str]) -> Self {
        Self {
            outputs: outputs(place, folders, as_of),
            coordinates: coordinates(place, folders[0]),
            root: place.path(".").canonicalize().unwrap().to_str().unwrap().to_owned(),
            notes: notes.iter().map(|name| place.read(&format!("{}/{name}", folders[0]))).collect(),
        }
    }
}

/// The made-up runner. This and the next are made once, since each test checks the same output in its own way.
static DEMO: LazyLock<Told> = LazyLock::new(|| {
    let place = Place::new();
    let said = place.run(&["demo", "demo"]).out;
    let as_of = said.trim_end().rsplit(' ').next().unwrap();
    Told::of(&place, &["demo"], as_of, &["pain.md", "runs.csv"])
});

static HOSTILE: LazyLock<Told> = LazyLock::new(|| Told::of(&hostile(), &["in"], AS_OF, &[]));

/// A malicious folder, or one from apps that behave like that.
fn hostile() -> Place {
    let place = Place::with(&[
        (
            "log.csv",
            "date,distance_km,shoe,sport,notes\n\
             2025-03-04,5,<script>alert(1)</script>,run,\"<img src=x onerror=alert(2)> left hip 3/10\"\n\
             2025-03-06,5,\u{1b}[31mRed\u{7},run,\u{202e}gnihton\n\
             2025-03-08,51.477813;-12.345678,Ghost,run,\n\
             2025-03-10,5,Ghost,\"\"\"><svg onload=alert(3)>\",\n",
        ),
        ("track-log.csv", "2025-03-04,51.477813,-12.345678\n2025-03-05,51.478713,-12.345678\n"),
        ("cells.csv", "latitude,longitude\n51.477813,-12.345678\n"),
        ("pain.md", "2025-03-20: right hip 4/10 `rm -rf` | <b>bold</b> [x](javascript:alert(4))\n"),
        ("runhip.toml", "athlete = \"<script>alert(5)</script>\"\n"),
        (
            "activities.csv",
            "Activity ID,Activity Date,Activity Name,Activity Type,Distance,Filename\n\
             1,\"Mar 11, 2025, 6:00:00 AM\",A,Run,5.00,/media/card/secret/1.gpx\n\
             4,\"Mar 10, 2025, 6:00:00 AM\",D,Run,5.00,/srv/secret/4.gpx\n\
             2,\"Mar 12, 2025, 6:00:00 AM\",B,Run,5.00,C:\\Users\\ada\\secret\\2.gpx\n\
             3,\"Mar 13, 2025, 6:00:00 AM\",C,Run,5.00,../../secret/3.gpx\n",
        ),
        ("empty.gpx", ""),
        ("broken.tcx", "<TrainingCenterDatabase><Position><LatitudeDegrees>51.477813</Lat"),
        ("<script>alert(6)<script>.gpx", "<gpx>"),
    ]);
    let whole = gpx("2025-03-14T06:00:00Z", SECRET_PLACE, 40);
    place.write("in/whole.gpx", &whole);
    place.write("in/cut.gpx", &whole[..whole.len() / 2]);
    place.write("in/odd.gpx", gpx("2025-03-15T06:00:00Z", SECRET_PLACE, 40).replacen("lat=\"51.", "lat=\"951.", 5));
    place.write("in/mismatch.gpx", whole.replace("</trkseg>", "</trk>"));
    place.write("in/leap.gpx", gpx("2025-03-16T06:00:00Z", SECRET_PLACE, 40).replacen("51.4787", "52.4787", 1));
    place
}

/// Numbers with at least three decimals, without their sign.
fn fine_numbers(text: &str) -> impl Iterator<Item = (&str, f64)> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|token| {
        let token = token.trim_matches('.');
        let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Some((token, token.parse().ok()?)).filter(|_| decimals >= 3)
    })
}

/// Every latitude and longitude in the tracks of a folder, in thousandths of a degree, without their sign.
fn coordinates(place: &Place, folder: &str) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    for name in place.names(folder) {
        if place.path(&format!("{folder}/{name}")).is_dir() {
            found.extend(coordinates(place, &format!("{folder}/{name}")));
        } else if name.contains(".gpx") {
            let text = place.read(&format!("{folder}/{name}"));
            for mark in ["lat=\"", "lon=\""] {
                let cells = text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
                found.extend(cells.map(thousandths));
            }
        }
    }
    found
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn thousandths(degrees: f64) -> i64 {
    (degrees.abs() * 1_000.0).floor() as i64
}

fn assert_no_coordinate(name: &str, text: &str, coordinates: &BTreeSet<i64>) {
    for (token, number) in fine_numbers(text) {
        let at = thousandths(number);
        let near = (at - 1..=at + 1).any(|one| coordinates.contains(&one));
        assert!(!near, "{name} holds {token}, which is a coordinate of the input");
    }
}

#[test]
fn the_scan_for_coordinates_finds_one() {
    let place = hostile();
    let all = coordinates(&place, "in");
    assert!(all.contains(&51_477) && all.contains(&12_345));
    let seen = |text: &str| fine_numbers(text).any(|(_, number)| all.contains(&thousandths(number)));
    assert!(seen("at -12.345678, near") && seen("(51.477813)") && seen("51.477"));
    assert!(!seen("51.4, 12 and 0.123"));
}

#[test]
fn no_report_holds_a_coordinate() {
    assert!(DEMO.coordinates.len() > 10, "the demo has tracks");
    for (name, text) in &DEMO.outputs {
        assert_no_coordinate(name, text, &DEMO.coordinates);
    }
    let place = hostile();
    let known = coordinates(&place, "in");
    // A cell that cannot be read is quoted to the runner who wrote it, whatever it holds.
    place.write("in/log.csv", "date,distance_km\n2025-03-04,5\n");
    for (name, text) in outputs(&place, &["in"], AS_OF) {
        assert_no_coordinate(name, &text, &known);
    }
}

#[test]
fn no_report_holds_an_absolute_path() {
    let hostile = hostile();
    hostile.write("more/log.csv", "date,distance_km\n2025-03-05,5\n");
    let both = Told::of(&hostile, &["in", "more"], AS_OF, &[]);
    for told in [&*DEMO, &*HOSTILE, &both] {
        for (name, text) in &told.outputs {
            for path in
                [told.root.as_str(), "/tmp/", "/home/", "/media/", "/srv/", "C:\\\\", "C:\\U", "Users", "secret"]
            {
                assert!(!text.contains(path), "{name} holds {path}");
            }
        }
    }
}

#[test]
fn pages_lead_nowhere_and_load_nothing() {
    for told in [&*DEMO, &*HOSTILE] {
        let (_, page) = told.outputs.iter().find(|(name, _)| *name == "html").unwrap();
        let page = page.to_lowercase();
        // The only attribute with this beginning is the page's own rule that nothing may be loaded.
        assert!(page.contains("http-equiv=\"content-security-policy\" content=\"default-src 'none'"));
        let page = page.replacen("http-equiv", "", 1);
        for mark in ["http", "url(", "@import", "=\"//"] {
            assert!(!page.contains(mark), "the page holds {mark}");
        }
        for tag in ["link", "script", "img", "iframe", "object", "embed", "form", "video", "audio", "base"] {
            assert!(!page.contains(&format!("<{tag}")), "the page holds <{tag}");
        }
        let elsewhere = page.split("href=\"").skip(1).filter(|target| !target.starts_with('#'));
        assert_eq!(elsewhere.count(), 0, "a link leads out of the page");
    }
}

#[test]
fn markup_and_terminal_codes_in_the_input_come_out_harmless() {
    for (name, text) in &HOSTILE.outputs {
        let name = *name;
        assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{name} holds a control character");
        if name == "html" {
            assert!(text.contains("&lt;script&gt;alert(1)"), "the shoe is named");
            for tag in ["<script", "<img", "<svg onload", "<b>", "href=\"javascript"] {
                assert!(!text.contains(tag), "{name} holds {tag}");
            }
        }
        if name == "md" {
            for tag in ["<script", "<img", "<svg", "<b>"] {
                let live = text.lines().filter(|line| line.contains(tag) && !line.contains('`'));
                assert_eq!(live.collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
            }
            assert!(!text.contains("[x](javascript"), "{name} holds a link");
        }
    }
}

/// The text without the style sheet, where `safe` may be a keyword.
fn words(name: &str, text: &str) -> String {
    let mut text = text.to_lowercase();
    while let (true, Some(from)) = (name == "html", text.find("<style")) {
        let to = text[from..].find("</style>").map_or(text.len(), |at| from + at + 8);
        text.replace_range(from..to, " ");
    }
    text
}

#[test]
fn no_sentence_of_ours_claims_a_cause_a_forecast_or_a_clearance() {
    let notes = DEMO.notes.to_lowercase();
    let many = Place::with(&[
        ("log.csv", QUIET_LOG),
        (
            "pain.md",
            "2025-03-05: left hip 8/10 after a fall\n2025-03-06: left hip popped, numb and swollen, fever\n\
             2025-03-07: both hips cramp at night\n2025-03-20: right groin 4/10\n2025-03-21: nichts\n",
        ),
    ]);
    let few = Place::with(&[("log.csv", "date,distance_km\n2025-03-30,5\n")]);
    let all = [outputs(&many, &["in"], AS_OF), outputs(&few, &["in"], AS_OF)];
    let all = || DEMO.outputs.iter().chain(all.iter().flatten());
    for phrase in
        ["caused", "predicts", "predict", "your risk", "guarantee", "harmless", "nothing serious", "diagnosed"]
    {
        assert!(!notes.contains(phrase), "the notes say {phrase} themselves");
        for (name, text) in all() {
            assert!(!words(name, text).contains(phrase), "{name} says {phrase}");
        }
    }
    for word in ["safe", "safely", "cleared"] {
        let stands = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|one| one == word);
        assert!(!stands(&notes), "the notes say {word} themselves");
        for (name, text) in all() {
            assert!(!stands(&words(name, text)), "{name} says {word}");
        }
    }
}
