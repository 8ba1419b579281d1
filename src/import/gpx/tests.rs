//! Tests on whole GPX files: the pitfalls of real exports in a few lines each, with the `gpx` crate as reference.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::model::activity::{Activity, Distance, DistanceFrom, Start};
use crate::model::problem::{Cost, Problem};
use crate::model::sport::Sport;

/// One degree of latitude: 6,371,008.8 m × π / 180 = 111,195.08 m.
const DEGREE_M: u32 = 111_195;

fn gpx(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"test\">\n{inside}\n</gpx>\n")
}

/// A line with one point, `minutes` after 06:00 UTC.
fn point(lat: &str, lon: &str, minutes: u32) -> String {
    format!("<trkpt lat=\"{lat}\" lon=\"{lon}\"><ele>3</ele><time>2026-03-04T06:{minutes:02}:00Z</time></trkpt>\n")
}

/// A segment of 0.005 degrees northwards in two minutes: 556 m in a single step.
fn segment() -> String {
    format!("<trkseg>\n{}{}</trkseg>", point("48", "11", 0), point("48.005", "11", 2))
}

fn only(document: &str) -> Activity {
    let imported = read(document.as_bytes());
    assert_eq!((imported.refusal, imported.activities.len()), (None, 1));
    imported.activities.into_iter().next().unwrap()
}

fn reason(document: &str) -> String {
    match read(document.as_bytes()).refusal {
        Some(Refusal::Ignored(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

fn failure(document: &[u8]) -> Problem {
    match read(document).refusal {
        Some(Refusal::Failed(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

fn instant(start: Option<Start>) -> String {
    match start {
        Some(Start::Instant(moment)) => moment.to_rfc3339(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_track_becomes_an_activity() {
    let activity = only(&gpx(&format!(
        "<trk><name> Morning &amp; more </name><desc>left hip <![CDATA[<4/10>]]></desc><type>running</type>{}</trk>",
        segment()
    )));
    assert_eq!(instant(activity.start), "2026-03-04T06:00:00+00:00");
    assert_eq!(activity.sport, Some(Sport::Run));
    // 0.005 degrees of latitude are 555.975 m.
    assert_eq!(activity.distance, Some(Distance { m: 556, from: DistanceFrom::Track }));
    assert_eq!(activity.track_m, Some(556));
    assert_eq!((activity.elapsed_s, activity.moving_s), (Some(120), None));
    assert_eq!(activity.title.as_deref(), Some("Morning & more"));
    assert_eq!(activity.description.as_deref(), Some("left hip <4/10>"));
    assert_eq!(activity.position.map(|position| (position.lat, position.lon)), Some((48.0, 11.0)));
}

#[test]
fn a_degree_of_latitude_has_its_known_length() {
    let points = "<trkpt lat='10' lon='20'/><trkpt lat='11' lon='20'/>";
    let activity = only(&gpx(&format!(
        "<trk><time>2026-03-04T06:00:00Z</time><trkseg>{points}</trkseg><trkseg>{points}</trkseg></trk>"
    )));
    assert_eq!(activity.track_m, Some(2 * DEGREE_M));
}

#[test]
fn an_offset_is_kept_and_z_is_none() {
    let zoned = only(&gpx(&segment_with_time("2026-03-04T19:00:00+13:00")));
    assert!(matches!(zoned.start, Some(Start::Zoned(moment)) if moment.to_rfc3339() == "2026-03-04T19:00:00+13:00"));
    for time in ["2026-03-04T06:00:00Z", "2026-03-04T06:00:00.000", "2026-03-04 06:00:00+00:00"] {
        assert_eq!(instant(only(&gpx(&segment_with_time(time))).start), "2026-03-04T06:00:00+00:00");
    }
}

fn segment_with_time(time: &str) -> String {
    format!("<trk><trkseg><trkpt lat=\"48\" lon=\"11\"><time>{time}</time></trkpt></trkseg></trk>")
}

#[test]
fn prefixes_encodings_and_blanks_change_nothing() {
    let plain = gpx(&format!("<trk><name>Läufer</name>{}</trk>", segment()));
    let expected = only(&plain);
    let prefixed = plain.replace("</", "</g:").replace('<', "<g:").replace("<g:/g:", "</g:").replace("<g:?", "<?");
    assert_eq!(only(&prefixed), expected);
    assert_eq!(only(&format!("\u{feff}\n \t{plain}")), expected);
    let latin = plain.replace("1.0\"?", "1.0\" encoding=\"ISO-8859-1\"?").replace('ä', "\u{1}");
    let latin: Vec<u8> = latin.bytes().map(|byte| if byte == 1 { 0xe4 } else { byte }).collect();
    assert_eq!(read(&latin[..]).activities, std::slice::from_ref(&expected));
    let utf_16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf_16[..]).activities, [expected]);
}

#[test]
fn undeclared_prefixes_and_document_types_are_passed_over() {
    let document = format!(
        "<!DOCTYPE gpx [<!ENTITY hip \"x\"> <!ELEMENT a (b)>]>{}",
        gpx(&format!("<x:odd>?</x:odd><trk><name>a&hip;\u{b}b</name>{}</trk>", segment()))
    );
    assert_eq!(only(&document).title.as_deref(), Some("a&hip;\u{b}b"));
}

#[test]
fn times_of_the_track_count_only_without_times_of_points() {
    let timeless = "<trkseg><trkpt lat=\"48\" lon=\"11\"/><trkpt lat=\"48.01\" lon=\"11\"/></trkseg>";
    let runkeeper = format!("<trk><time>2026-03-04T05:00:00Z</time>{timeless}</trk>");
    assert_eq!(instant(only(&gpx(&runkeeper)).start), "2026-03-04T05:00:00+00:00");
    let both = format!("<trk><time>2026-03-04T05:00:00Z</time>{}</trk>", segment());
    assert_eq!(instant(only(&gpx(&both)).start), "2026-03-04T06:00:00+00:00");

    let planned = format!("<metadata><time>2026-03-04T05:00:00Z</time></metadata><trk>{timeless}</trk>");
    assert_eq!(reason(&gpx(&planned)), "a planned route: its track has no times");
    let treadmill = format!(
        "<metadata><time>2026-03-04T05:00:00Z</time></metadata><trk><extensions><distance>5000</distance></extensions>{timeless}</trk>"
    );
    assert_eq!(instant(only(&gpx(&treadmill)).start), "2026-03-04T05:00:00+00:00");
    let apple = gpx(&treadmill).replace("creator=\"test\"", "creator=\"Apple Health Export\"");
    assert_eq!(reason(&apple), "a planned route: its track has no times");
}

#[test]
fn the_devices_distance_beats_the_track() {
    let imported = read(
        gpx(&format!(
            "<trk><extensions><s:Stats><s:Distance>600.4</s:Distance><s:MovingTime>1:50</s:MovingTime></s:Stats></extensions>{}</trk>",
            segment()
        ))
        .as_bytes(),
    );
    let activity = &imported.activities[0];
    assert_eq!(activity.distance, Some(Distance { m: 600, from: DistanceFrom::Device }));
    assert_eq!((activity.track_m, activity.moving_s), (Some(556), Some(110)));
    assert_eq!(imported.problems, [Fault::DistancesDiffer { device_m: 600, track_m: 556 }.at(Place::Record(1))]);
}

#[test]
fn distances_of_segments_add_up_and_those_of_points_say_nothing() {
    let one = "<trkseg><trkpt lat=\"48\" lon=\"11\"><time>2026-03-04T06:00:00Z</time>\
               <extensions><distance>77</distance></extensions></trkpt><extensions><distance>1000.6</distance></extensions></trkseg>";
    let activity = only(&gpx(&format!("<trk>{one}{one}</trk>")));
    assert_eq!(activity.distance, Some(Distance { m: 2_001, from: DistanceFrom::Device }));
}

#[test]
fn a_treadmill_run_needs_no_points() {
    let totals = "<extensions><distance>5012.3</distance><moving_time>1800.4</moving_time><elapsed_time>1860</elapsed_time>\
                  <start_time>2026-03-04T06:00:00+13:00</start_time></extensions>";
    for document in [gpx(totals), gpx(&format!("<trk><type>treadmill_running</type></trk>{totals}"))] {
        let activity = only(&document);
        assert!(matches!(activity.start, Some(Start::Zoned(_))));
        assert_eq!(activity.distance, Some(Distance { m: 5_012, from: DistanceFrom::Device }));
        assert_eq!((activity.moving_s, activity.elapsed_s, activity.track_m), (Some(1_800), Some(1_860), None));
    }
}

#[test]
fn each_track_is_an_activity_and_timeless_ones_beside_them_are_counted() {
    let timeless = "<trk><trkseg><trkpt lat=\"48\" lon=\"11\"/></trkseg></trk>";
    let imported = read(gpx(&format!("<trk>{0}</trk>{timeless}<trk>{0}</trk>", segment())).as_bytes());
    assert_eq!(imported.activities.iter().map(|activity| activity.record).collect::<Vec<_>>(), [Some(1), Some(3)]);
    assert_eq!(imported.problems, [Fault::TracksWithoutTime { count: 1 }.at(Place::File)]);
}

#[test]
fn files_without_a_recording_are_left_alone_with_a_reason() {
    let point = "lat=\"48\" lon=\"11\"><time>2026-03-04T06:00:00Z</time>";
    assert_eq!(reason(&gpx(&format!("<rte><rtept {point}</rtept></rte>"))), "a planned route, not a recording");
    assert_eq!(reason(&gpx(&format!("<wpt {point}</wpt>"))), "waypoints without a track");
    assert_eq!(reason(&gpx("<trk><name/><trkseg/></trk>")), "it holds no track points");
    assert_eq!(reason("<gpx/>"), "it holds no track points");
}

#[test]
fn what_is_not_gpx_fails() {
    for (document, detail) in [
        (&b""[..], "it holds no XML"),
        (b"hello", "it holds no XML"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it holds no XML"),
        (b"<html><trk/></html>", "its root is <html>, not <gpx>"),
        (b"<gpx><trk>", "its end is missing"),
        (b"\n<gp", "a tag, comment or quotation is not closed"),
    ] {
        let problem = failure(document);
        assert_eq!(problem.cost, Cost::File);
        assert!(problem.what.contains(detail), "{}", problem.what);
    }
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let whole = gpx(&format!("<trk><name>x</name>{}</trk>", segment()));
    let cut = &whole[..whole.find("</trkseg>").unwrap()];
    let imported = read(cut.as_bytes());
    assert_eq!(imported.activities[0].track_m, Some(556));
    assert_eq!(imported.problems, [Fault::BrokenOff { detail: "its end is missing".into() }.at(Place::Line(6))]);
    // Cut at every byte: never a panic, and once the time of one point is there, so is the activity.
    let first_time = whole.find("</time>").unwrap() + "</time>".len();
    for end in 0..whole.len() {
        let imported = read(&whole.as_bytes()[..end]);
        assert_eq!(imported.activities.len(), usize::from(end >= first_time), "{end}");
    }
}

#[test]
fn wrong_nesting_keeps_what_came_before() {
    let imported = read(gpx(&format!("<trk>{}</trkseg></trk>", segment())).as_bytes());
    assert_eq!(imported.activities.len(), 1);
    assert_eq!(imported.problems[0].cost, Cost::Entry);
    let deep = format!("<trk>{}{}", segment(), "<extensions>".repeat(1_000_000));
    let imported = read(gpx(&deep).as_bytes());
    assert_eq!(imported.activities[0].track_m, Some(556));
    assert!(imported.problems[0].what.contains("deeper"));
}

#[test]
fn one_bad_point_of_each_kind_is_counted_at_its_line() {
    let mut points = String::new();
    for (lat, lon, time) in [
        ("48", "11", "2026-03-04T06:00:00Z"),
        ("NaN", "11", "2026-03-04T06:00:01Z"),
        ("48,1,2", "11", "2026-03-04T06:00:02Z"),
        ("90.5", "11", "2026-03-04T06:00:03Z"),
        ("0.0", "-0", "2026-03-04T06:00:04Z"),
        ("48.0001", "11", "yesterday"),
        ("48.0002", "11", "2026-03-04T05:59:59Z"),
        ("48.0003", "11", "2026-03-04T06:00:10Z"),
    ] {
        let _ = writeln!(points, "<trkpt lat=\"{lat}\" lon=\"{lon}\"><time>{time}</time></trkpt>");
    }
    points.push_str("<trkpt><time>2026-03-04T06:00:11Z</time></trkpt>\n");
    let imported = read(gpx(&format!("<trk><trkseg>\n{points}</trkseg></trk>")).as_bytes());
    assert_eq!(
        imported.problems,
        [
            Fault::PointsWithoutPlace { count: 4 }.at(Place::Line(5)),
            Fault::PointsAtNullIsland { count: 1 }.at(Place::Line(8)),
            Fault::PointsWithoutTime { count: 1 }.at(Place::Line(9)),
            Fault::PointsBackInTime { count: 1 }.at(Place::Line(10)),
        ]
    );
    // 0.0003 degrees of latitude are 33.36 m.
    assert_eq!((imported.activities[0].track_m, imported.activities[0].elapsed_s), (Some(33), Some(10)));
}

#[test]
fn runkeeper_names_the_sport_in_its_title() {
    let titled = |creator: &str| {
        let document = gpx(&format!("<trk><name><![CDATA[Running 6/17/16 7:41 pm]]></name>{}</trk>", segment()));
        only(&document.replace("creator=\"test\"", &format!("creator=\"{creator}\""))).sport
    };
    assert_eq!(titled("Runkeeper - http://www.runkeeper.com"), Some(Sport::Run));
    assert_eq!(titled("somebody"), None);
}

#[test]
fn the_creator_tells_the_dialect() {
    let dialect = |creator: &str| read(gpx("").replace("\"test\"", &format!("\"{creator}\"")).as_bytes()).dialect;
    assert_eq!(dialect("StravaGPX Android"), Some("strava".into()));
    assert_eq!(dialect("Garmin Connect"), Some("garmin".into()));
    assert_eq!(dialect("gpx.py -- https://github.com/tkrajina/gpxpy"), None);
}

/// The points of one generated segment: coordinates, and the time as seconds and nanoseconds.
type Points = Vec<(f64, f64, Option<(i64, u32)>)>;

fn tracks() -> impl Strategy<Value = Vec<Vec<Points>>> {
    let time = proptest::option::weighted(0.9, (0_i64..4_000_000_000, 0_u32..1_000_000_000));
    let point = (-90.0..=90.0_f64, -180.0..180.0_f64, time);
    let segment = proptest::collection::vec(point, 0..12);
    proptest::collection::vec(proptest::collection::vec(segment, 0..4), 0..4)
}

/// The file that the `gpx` crate writes for these points.
fn written(tracks: &[Vec<Points>]) -> Vec<u8> {
    let mut file = ::gpx::Gpx { version: ::gpx::GpxVersion::Gpx11, ..Default::default() };
    for segments in tracks {
        let mut track = ::gpx::Track::new();
        track.name = Some("a <b> & \"c\"".into());
        for points in segments {
            let mut segment = ::gpx::TrackSegment::new();
            for (lat, lon, time) in points {
                let mut waypoint = ::gpx::Waypoint::new((*lon, *lat).into());
                waypoint.elevation = Some(1.5);
                waypoint.time = time.map(|(seconds, nanos)| {
                    let moment = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap();
                    moment.replace_nanosecond(nanos).unwrap().into()
                });
                segment.points.push(waypoint);
            }
            track.segments.push(segment);
        }
        file.tracks.push(track);
    }
    let mut bytes = Vec::new();
    ::gpx::write(&file, &mut bytes).unwrap();
    bytes
}

/// Track, segment, latitude, longitude and time.
type Read = (u64, u64, f64, f64, Option<(i64, u32)>);

/// Every point as the `gpx` crate reads them.
fn by_reference(bytes: &[u8]) -> Vec<Read> {
    let file = ::gpx::read(bytes).unwrap();
    let mut points = Vec::new();
    for (track, t) in file.tracks.iter().zip(1..) {
        for (segment, s) in track.segments.iter().zip(1..) {
            for waypoint in &segment.points {
                let time = waypoint.time.map(time::OffsetDateTime::from);
                let time = time.map(|time| (time.unix_timestamp(), time.nanosecond()));
                points.push((t, s, waypoint.point().y(), waypoint.point().x(), time));
            }
        }
    }
    points
}

fn by_us(bytes: &[u8]) -> Vec<Read> {
    let mut points = Vec::new();
    read_with(bytes, |point| {
        let Fix::At(position) = point.fix else { panic!("{point:?}") };
        let time = match point.clock {
            Clock::At(time) => time.utc().map(|moment| (moment.timestamp(), moment.timestamp_subsec_nanos())),
            Clock::Missing => None,
            Clock::Unreadable => panic!("{point:?}"),
        };
        points.push((point.track, point.segment, position.lat, position.lon, time));
    });
    points
}

proptest! {
    #[test]
    fn every_point_is_as_the_gpx_crate_reads_it(tracks in tracks()) {
        let bytes = written(&tracks);
        prop_assert_eq!(by_us(&bytes), by_reference(&bytes));
    }

    /// A comment in each point makes the reader use its slow path.
    #[test]
    fn the_short_way_and_the_long_way_agree(tracks in tracks()) {
        let short = String::from_utf8(written(&tracks)).unwrap();
        let long = short.replace("</time>", "</time><!-- -->");
        prop_assert_eq!(read(short.as_bytes()), read(long.as_bytes()));
        prop_assert_eq!(by_us(short.as_bytes()), by_us(long.as_bytes()));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes[..]);
    }

    /// Whole files with a few bytes changed, which get further into the reader than random bytes.
    #[test]
    fn no_damage_makes_it_panic(damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = gpx(&format!("<trk><name>x</name>{0}{0}</trk>", segment())).into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let imported = read(&bytes[..]);
        prop_assert!(imported.refusal.is_some() || !imported.activities.is_empty());
    }
}

#[test]
fn a_closing_tag_with_a_blank_ends_its_point_and_not_the_next() {
    let track = gpx(&format!("<trk>{}</trk>", segment()));
    // 0.005 degrees of 111,195 m; without the second point there would be no step.
    let odd = track.replacen("</trkpt>", "</trkpt >", 1);
    assert_ne!(odd, track);
    assert_eq!(only(&odd).track_m, Some(556));
    assert_eq!(only(&odd), only(&track));
}

#[test]
fn of_more_points_than_may_be_read_the_first_are_kept_and_the_row_says_so() {
    let points: String = (0..5).map(|minute| point(&format!("48.00{minute}"), "11", minute)).collect();
    let document = gpx(&format!("<trk><trkseg>\n{points}</trkseg></trk>"));
    let read = |points| read_within(XmlBudget { points, ..XmlBudget::default() }, document.as_bytes(), |_| {});
    assert_eq!(read(5).problems, []);
    let imported = read(3);
    // Two steps of a thousandth of a degree, in the first two minutes.
    assert_eq!(imported.activities[0].track_m, Some(222));
    assert_eq!(imported.activities[0].elapsed_s, Some(120));
    let problem = &imported.problems[0];
    // The lines before are the declaration, the root, and the segment with its first three points.
    assert_eq!((problem.place, problem.cost), (Place::Line(7), Cost::Entry));
    assert_eq!(problem.what, "it holds more than 3 points; the rest was left out");
}

#[test]
fn the_sport_is_known_behind_more_texts_than_are_kept() {
    // 160 descriptions of 64 KiB are more than ten million bytes.
    let described = format!("<trk><desc>{}</desc>{}</trk>", "x".repeat(64 * 1024), segment());
    let ride = format!("<trk><type>cycling {}</type>{}</trk>", "x".repeat(1_000), segment());
    let imported = read(gpx(&(described.repeat(160) + &ride)).as_bytes());
    assert!(imported.problems.iter().any(|problem| problem.what.contains("more than 10 MB of notes")));
    assert_eq!(imported.activities[159].sport, None);
    let Some(Sport::Other(word)) = &imported.activities[160].sport else { panic!("no sport") };
    assert_eq!((word.starts_with("cycling"), word.len()), (true, 80));
}

#[test]
fn as_many_tracks_as_may_be_are_read_without_a_word_and_one_more_is_told_of() {
    let most = "<trk/>\n".repeat(MOST_TRACKS - 1) + &format!("<trk>{}</trk>", segment());
    let imported = read(gpx(&most).as_bytes());
    assert_eq!((imported.activities.len(), &imported.problems[..]), (1, &[][..]));
    let told: Vec<_> = read(gpx(&(most + "<trk/>")).as_bytes()).problems.into_iter().map(|one| one.what).collect();
    assert_eq!(told, ["it holds more than 100000 tracks; the rest was left out"]);
}
