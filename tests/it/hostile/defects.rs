//! Defects of track files that apps have written and people have kept, each reproduced here: one bad part never costs
//! the rest of the file, and a file that is no recording is skipped with a reason.

use crate::place::{Place, each, file, gpx};

const START: &str = "2025-03-04T06:00:00Z";

/// Two kilometres in ten minutes.
fn track() -> String {
    gpx(START, (48.1, 11.5), 20)
}

/// Reads a document under this name: its row in the ledger, and the metres of its runs.
fn read(name: &str, document: impl AsRef<[u8]>) -> (serde_json::Value, Vec<String>) {
    let place = Place::new();
    place.write(&format!("in/{name}"), document);
    place.write("in/pain.md", "2025-03-04: hips fine\n");
    let report = place.json(&[]);
    (file(&report, name).clone(), each(&report["runs"], "distance_m"))
}

/// It is read without a problem, as a run of two kilometres.
fn read_whole(name: &str, document: impl AsRef<[u8]>) {
    let (row, metres) = read(name, document);
    assert_eq!((&row["outcome"], row["problems"].as_array().map(Vec::len)), (&"read".into(), Some(0)), "{row}");
    assert_eq!(metres, ["2000"], "{row}");
}

/// It is skipped for this reason.
fn left(name: &str, document: impl AsRef<[u8]>, reason: &str) {
    let (row, metres) = read(name, document);
    assert_eq!((&row["outcome"], &row["reason"], metres.len()), (&"ignored".into(), &reason.into(), 0), "{row}");
}

/// The track with each time changed.
fn with_times(change: impl Fn(usize, &str) -> String) -> String {
    let track = track();
    let mut parts = track.split("<time>");
    let mut text = parts.next().unwrap().to_owned();
    for (number, part) in parts.enumerate() {
        let (time, rest) = part.split_once("</time>").unwrap();
        text.push_str(&change(number, time));
        text.push_str(rest);
    }
    text
}

fn timed(time: &str) -> String {
    format!("<time>{time}</time>")
}

#[test]
fn marks_versions_and_namespaces_that_are_not_as_they_should_be_change_nothing() {
    let track = track();
    read_whole("a.gpx", format!("\u{feff}{track}"));
    // A byte order mark, no declared encoding and no version.
    read_whole(
        "a.gpx",
        format!("\u{feff}{}", track.replace(" encoding=\"UTF-8\"", "").replace(" version=\"1.1\"", "")),
    );
    read_whole("a.gpx", track.replace("version=\"1.1\"", "version=\"1.0\"").replace("GPX/1/1", "GPX/1/0"));
    read_whole("a.gpx", track.replace("?>", " standalone=\"no\" ?>"));
    // An extension in the wrong namespace, and one with an undeclared prefix.
    for prefix in ["gpxtpx", "nowhere"] {
        let extension = format!(
            "</time><extensions><{prefix}:TrackPointExtension><{prefix}:hr>150</{prefix}:hr></{prefix}:TrackPointExtension></extensions>"
        );
        let declared = "xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:gpxtpx=\"http://example.org/wrong\"";
        let document = track.replace("xmlns=\"http://www.topografix.com/GPX/1/1\"", declared);
        read_whole("a.gpx", document.replace("</time>", &extension));
    }
    // Every field of the standard, in each point.
    let all = "</time><magvar>1</magvar><geoidheight>2</geoidheight><name>n</name><cmt>c</cmt><sym>s</sym><fix>3d</fix>\
               <sat>5</sat><hdop>1</hdop><ageofdgpsdata>4</ageofdgpsdata><dgpsid>6</dgpsid>";
    read_whole("a.gpx", track.replace("</time>", all));
    let utf_16: Vec<u8> = track.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    read_whole("a.gpx", [&[0xff, 0xfe], &utf_16[..]].concat());
}

#[test]
fn times_in_every_way_that_apps_write_them_are_read() {
    let tail = |tail: &str| with_times(|_, time| timed(&time.replace('Z', tail)));
    // Microseconds, seven digits, milliseconds with an offset, and no zone at all.
    for written in [".123456Z", ".1234567Z", ".123+01:00", ""] {
        read_whole("a.gpx", tail(written));
    }
}

#[test]
fn tracks_whose_points_have_no_times_or_few_are_told_apart() {
    left("a.gpx", with_times(|_, _| String::new()), "a planned route: its track has no times");
    // Only the first five of twenty-one, then every other one, then all but the two ends.
    let kept: [fn(usize) -> bool; 3] = [|n| n < 5, |n| n % 2 == 0, |n| n > 0 && n < 20];
    for keep in kept {
        let some = with_times(|number, time| if keep(number) { timed(time) } else { String::new() });
        read_whole("a.gpx", some);
    }
}

#[test]
fn clocks_that_stand_still_run_back_or_were_never_set_are_told_of() {
    // Two points at the same second are fine.
    read_whole("a.gpx", with_times(|n, time| timed(if n == 5 { "2025-03-04T06:02:00Z" } else { time })));
    let back = with_times(|n, time| timed(if n == 5 { "2025-03-04T06:01:59Z" } else { time }));
    let (row, metres) = read("a.gpx", back);
    assert_eq!(
        (metres, each(&row["problems"], "what")),
        (vec!["2000".into()], vec!["time runs back at 1 point".into()])
    );
    for year in ["1970", "1989", "2097"] {
        let (row, metres) = read("a.gpx", with_times(|_, time| timed(&time.replace("2025", year))));
        assert_eq!(metres.len(), 0, "{row}");
        let what = each(&row["problems"], "what").concat();
        assert_eq!(what, format!("the day {year}-03-04 cannot be right; the entry was left out"));
    }
}

#[test]
fn points_that_cannot_be_right_cost_themselves() {
    let track = track();
    let point = track.find("<trkpt lat=\"48.1008993\"").unwrap();
    let end = point + track[point..].find('>').unwrap();
    for (bad, what) in [
        ("<trkpt", "1 point without a usable position left out"),
        ("<trkpt lat=\"95\" lon=\"11.5\"", "1 point without a usable position left out"),
        ("<trkpt lat=\"0.0\" lon=\"0.0\"", "1 point at latitude 0, longitude 0 left out"),
    ] {
        let (row, metres) = read("a.gpx", format!("{}{bad}{}", &track[..point], &track[end..]));
        assert_eq!((metres, each(&row["problems"], "what")), (vec!["2000".to_owned()], vec![what.to_owned()]), "{bad}");
    }
}

#[test]
fn files_that_hold_no_recording_are_left_alone_with_a_reason() {
    left("a.gpx", "<gpx><trk><name></name><trkseg></trkseg></trk></gpx>", "it holds no track points");
    left("a.gpx", "<gpx><wpt lat=\"1\" lon=\"2\"/></gpx>", "waypoints without a track");
    left(
        "a.xml",
        "<xml\u{2202}></xml>",
        "XML of a kind that runhip does not read; export the activities as GPX, TCX or FIT",
    );
}

#[test]
fn a_tcx_with_undeclared_prefixes_no_zone_and_sports_of_its_own_is_read() {
    let activity = |sport: &str, day: u32, metres: u32| {
        format!(
            "<Activity Sport=\"{sport}\"><Id>2025-03-{day:02}T06:00:00</Id><Lap StartTime=\"2025-03-{day:02}T06:00:00\">\
             <TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>\
             <Extensions><ns3:LX><ns3:AvgSpeed>3</ns3:AvgSpeed></ns3:LX></Extensions></Lap>\
             <Creator xsi:type=\"Device_t\"><Name>Watch</Name></Creator></Activity>"
        )
    };
    // Spaces before the declaration, as Strava writes them.
    let document = format!(
        "          <?xml version=\"1.0\"?><TrainingCenterDatabase><Activities>{}{}{}</Activities></TrainingCenterDatabase>",
        activity("Running", 4, 2_000),
        activity("Walking", 5, 900),
        activity("Nordic skiing", 6, 5_000)
    );
    // The name as Google's Takeout cut it off, with its sports.
    let (row, metres) = read("2025-03-04T06_00_00+01_00_PT10M_Running,W.tcx", document);
    assert_eq!((&row["outcome"], &row["activities"], metres), (&"read".into(), &3.into(), vec!["2000".to_owned()]));
    assert_eq!(row["problems"].as_array().map(Vec::len), Some(0), "{row}");
}
