//! Tests on whole FIT files. They are built here byte by byte, so that the library that decodes them is not its own
//! reference.

use proptest::prelude::*;

use super::*;
use crate::model::activity::{Activity, Distance, DistanceFrom, Start};
use crate::model::problem::{Cost, Problem};
use crate::model::sport::Sport as OurSport;

/// 2026-03-04T06:00:00Z: 1,772,604,000 Unix seconds, less the 631,065,600 from 1970 to FIT's epoch.
const SIX_O_CLOCK: u32 = 1_141_538_400;

/// One field: its number, its base type and its bytes.
type FieldBytes = (u8, u8, Vec<u8>);

fn byte(number: u8, value: u8) -> FieldBytes {
    (number, 0x00, vec![value])
}

fn unsigned(number: u8, value: u32) -> FieldBytes {
    (number, 0x86, value.to_le_bytes().to_vec())
}

fn signed(number: u8, value: i32) -> FieldBytes {
    (number, 0x85, value.to_le_bytes().to_vec())
}

/// A definition and one message that uses it.
fn message(number: u16, fields: &[FieldBytes]) -> Vec<u8> {
    let mut bytes = vec![0x40, 0, 0];
    bytes.extend(number.to_le_bytes());
    bytes.push(u8::try_from(fields.len()).unwrap());
    for (number, base, value) in fields {
        bytes.extend([*number, u8::try_from(value.len()).unwrap(), *base]);
    }
    bytes.push(0);
    bytes.extend(fields.iter().flat_map(|(_, _, value)| value));
    bytes
}

/// FIT's checksum, bit by bit: CRC-16 with the polynomial 0xA001.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 })
    })
}

fn file(messages: &[Vec<u8>]) -> Vec<u8> {
    let contents = messages.concat();
    let mut bytes = vec![14, 0x20, 0, 0];
    bytes.extend(u32::try_from(contents.len()).unwrap().to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes.extend(contents);
    let whole = checksum(&bytes);
    bytes.extend(whole.to_le_bytes());
    bytes
}

fn file_id(kind: u8) -> Vec<u8> {
    message(0, &[byte(0, kind), (1, 0x84, vec![1, 0])])
}

/// A record so many seconds after six, at this latitude and longitude 11, with this running total.
fn record_at(second: u32, lat: f64, metres: u32) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "180 degrees are 2^31 semicircles")]
    let semicircles = |degrees: f64| (degrees / 180.0 * 2_147_483_648.0).round() as i32;
    let fields = [
        unsigned(253, SIX_O_CLOCK + second),
        signed(0, semicircles(lat)),
        signed(1, semicircles(11.0)),
        unsigned(5, metres * 100),
    ];
    message(20, &fields)
}

/// A record as old devices wrote it: three bytes with the speed in the lower twelve bits, and in the upper ones the
/// running total in sixteenths of a metre, which begins anew after 256 metres.
fn packed_record(second: u32, metres: u32) -> Vec<u8> {
    let [low, high, ..] = (metres * 16 % 4_096).to_le_bytes();
    let speed = 0x12C_u16.to_le_bytes();
    let packed = vec![speed[0], speed[1] | low << 4, low >> 4 | high << 4];
    message(20, &[unsigned(253, SIX_O_CLOCK + second), (8, 0x0D, packed)])
}

#[test]
fn distances_packed_with_the_speed_add_up_past_where_they_begin_anew() {
    let records = (0..=9).map(|step| packed_record(step * 20, step * 60));
    let whole = file(&[vec![file_id(4)], records.collect()].concat());
    let imported = read(&whole);
    assert_eq!(imported.problems, []);
    let [activity] = imported.activities.as_slice() else { panic!("{imported:?}") };
    assert_eq!(activity.distance, Some(Distance { m: 540, from: DistanceFrom::Device }));
    assert_eq!(activity.elapsed_s, Some(180));
}

/// A session from so many seconds after six, that long, with that distance.
fn session_at(second: u32, seconds: u32, metres: u32, sport: u8, detail: u8) -> Vec<u8> {
    message(
        18,
        &[
            unsigned(2, SIX_O_CLOCK + second),
            unsigned(7, seconds * 1_000),
            unsigned(8, (seconds - 10) * 1_000),
            unsigned(9, metres * 100),
            byte(5, sport),
            byte(6, detail),
        ],
    )
}

/// An activity message whose local clock is so many seconds ahead of UTC.
fn clocks(ahead_s: i32) -> Vec<u8> {
    message(34, &[unsigned(253, SIX_O_CLOCK + 600), unsigned(5, (SIX_O_CLOCK + 600).wrapping_add_signed(ahead_s))])
}

/// A run of 556 m in three minutes.
fn run() -> Vec<u8> {
    let records = [record_at(0, 48.0, 0), record_at(180, 48.005, 560)].concat();
    file(&[file_id(4), records, session_at(0, 190, 560, 1, 0), clocks(46_800)])
}

fn only(bytes: &[u8]) -> Activity {
    let imported = read(bytes);
    assert_eq!((imported.refusal, imported.activities.len()), (None, 1));
    imported.activities.into_iter().next().unwrap()
}

fn failure(bytes: &[u8]) -> Problem {
    match read(bytes).refusal {
        Some(Refusal::Failed(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

fn reason(bytes: &[u8]) -> String {
    match read(bytes).refusal {
        Some(Refusal::Ignored(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_watch_that_knows_no_date_is_not_placed_in_1990() {
    // 17,217,864 s are 199 days after the device was switched on. The first second that is a date is 2^28:
    // 1998-07-03.
    let run = |start: u32| {
        let fields = [unsigned(2, start), unsigned(7, 190_000), unsigned(9, 56_000), byte(5, 1), byte(6, 0)];
        match only(&file(&[file_id(4), message(18, &fields)])).start {
            Some(Start::Instant(moment)) => moment.date_naive().to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(run(17_217_864), "1970-07-19");
    assert_eq!(run((1 << 28) - 1), "1978-07-04");
    assert_eq!(run(1 << 28), "1998-07-03");
}

#[test]
fn a_session_becomes_an_activity() {
    let imported = read(&run());
    assert_eq!((imported.problems, imported.dialect.as_deref()), (vec![], Some("garmin")));
    let activity = &imported.activities[0];
    assert!(matches!(activity.start, Some(Start::Zoned(moment)) if moment.to_rfc3339() == "2026-03-04T19:00:00+13:00"));
    assert_eq!(activity.sport, Some(OurSport::Run));
    assert_eq!(activity.distance, Some(Distance { m: 560, from: DistanceFrom::Device }));
    // 0.005 degrees of latitude are 555.98 m.
    assert_eq!(activity.track_m, Some(556));
    assert_eq!((activity.moving_s, activity.elapsed_s), (Some(180), Some(190)));
    assert!((activity.position.unwrap().lat - 48.0).abs() < 1e-6);
}

#[test]
fn an_offset_is_a_quarter_of_an_hour_or_none() {
    for (difference, offset) in [
        (46_800, Some(46_800)),
        (46_803, Some(46_800)),
        (-16_201, Some(-16_200)),
        (20_700, Some(20_700)),
        (0, None),
        (40, None),
        (450, None),
        (54_000, None),
        (-1_000_000, None),
    ] {
        assert_eq!(session::offset_s(difference), offset, "{difference}");
    }
    let without = file(&[file_id(4), session_at(0, 190, 560, 1, 0)]);
    assert!(matches!(only(&without).start, Some(Start::Instant(moment)) if moment.timestamp() == 1_772_604_000));
}

#[test]
fn ways_of_running_are_told_apart() {
    for (sport, detail, expected) in [
        (1, 1, OurSport::TreadmillRun),
        (1, 45, OurSport::TreadmillRun),
        (4, 1, OurSport::TreadmillRun),
        (1, 2, OurSport::Run),
        (1, 3, OurSport::TrailRun),
        (1, 4, OurSport::TrackRun),
        (1, 58, OurSport::VirtualRun),
        (2, 0, OurSport::Other("cycling".into())),
        (0, 0, OurSport::Other("generic".into())),
    ] {
        let activity = only(&file(&[file_id(4), session_at(0, 190, 560, sport, detail)]));
        assert_eq!(activity.sport, Some(expected), "{sport} {detail}");
    }
    assert_eq!(only(&file(&[file_id(4), session_at(0, 190, 560, 255, 255)])).sport, None);
}

#[test]
fn several_sessions_share_the_records_by_time_wherever_they_stand() {
    let records =
        [record_at(0, 48.0, 0), record_at(90, 48.002, 300), record_at(200, 48.01, 400), record_at(290, 48.015, 950)]
            .concat();
    let sessions = [session_at(0, 100, 0, 2, 0), session_at(200, 100, 560, 1, 0)].concat();
    for messages in [[file_id(4), records.clone(), sessions.clone()], [file_id(4), sessions, records]] {
        let imported = read(&file(&messages));
        let seen: Vec<_> = imported.activities.iter().map(|a| (a.distance.map(|d| d.m), a.track_m, a.record)).collect();
        // 0.002 and 0.005 degrees are 222.4 and 556.0 m; the ride's session has no distance, its records have 300 m.
        assert_eq!(seen, [(Some(300), Some(222), Some(1)), (Some(560), Some(556), Some(2))]);
        assert_eq!(imported.problems, []);
    }
}

#[test]
fn without_a_session_the_records_count() {
    let cut = file(&[file_id(4), record_at(0, 48.0, 0), record_at(180, 48.005, 560)]);
    let activity = only(&cut);
    assert_eq!(activity.distance, Some(Distance { m: 560, from: DistanceFrom::Device }));
    assert_eq!((activity.elapsed_s, activity.sport), (Some(180), None));
    assert_eq!(reason(&file(&[file_id(4), record_at(0, 48.0, 0)])), "it holds no activity");
    assert!(reason(&file(&[file_id(6), record_at(0, 48.0, 0), record_at(180, 48.005, 560)])).contains("course"));
    assert!(reason(&file(&[file_id(2)])).contains("settings"));
}

#[test]
fn a_pause_is_not_walked_through() {
    let pause = message(21, &[unsigned(253, SIX_O_CLOCK + 60), byte(0, 0), byte(1, 4)]);
    let messages = [
        file_id(4),
        record_at(0, 48.0, 0),
        record_at(60, 48.001, 111),
        pause,
        record_at(600, 48.1, 111),
        record_at(660, 48.101, 222),
        session_at(0, 660, 222, 1, 0),
    ];
    assert_eq!(only(&file(&messages)).track_m, Some(222));
}

#[test]
fn bad_checksums_and_trailing_bytes_are_put_up_with() {
    let mut wrong = run();
    let last = wrong.len() - 1;
    wrong[last] ^= 0xff;
    let imported = read(&wrong);
    assert_eq!(
        (imported.activities, imported.problems),
        (read(&run()).activities, vec![Fault::ChecksumWrong.at(Place::Byte(0))])
    );

    let mut header = run();
    header[12] ^= 0xff;
    let imported = read(&header);
    assert_eq!((imported.activities.len(), imported.problems[0].cost), (1, Cost::Nothing));

    let trailing = [run(), vec![0; 7]].concat();
    let imported = read(&trailing);
    assert_eq!(imported.problems, [Fault::TrailingBytes { count: 7 }.at(Place::Byte(run().len() as u64))]);
}

#[test]
fn chained_files_are_read_one_after_the_other() {
    let imported = read(&[run(), file(&[file_id(2)]), run()].concat());
    assert_eq!(imported.activities.iter().map(|activity| activity.record).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(imported.problems, []);
}

#[test]
fn a_second_file_that_is_no_more_than_a_header_or_has_a_broken_one_costs_itself() {
    let settings = file(&[file_id(2)]);
    // Only the header of a file that declares contents.
    let imported = read(&[run(), settings[..14].to_vec()].concat());
    assert_eq!((imported.activities.len(), imported.problems.len()), (1, 1));
    assert!(imported.problems[0].what.starts_with("the file breaks off"), "{:?}", imported.problems);
    let mut broken = settings.clone();
    broken[8..12].copy_from_slice(b".FAT");
    let imported = read(&[run(), broken].concat());
    let behind = Fault::TrailingBytes { count: settings.len() as u64 };
    assert_eq!((imported.activities.len(), imported.problems), (1, vec![behind.at(Place::Byte(run().len() as u64))]));
}

#[test]
fn a_recording_that_was_never_finished_declares_no_size() {
    let mut unfinished = file(&[file_id(4), record_at(0, 48.0, 0), record_at(180, 48.005, 560)]);
    unfinished.truncate(unfinished.len() - 2);
    unfinished[4..8].fill(0);
    assert_eq!(only(&unfinished).track_m, Some(556));
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let whole = run();
    let session = whole.len() - 2 - clocks(0).len();
    let imported = read(&whole[..session]);
    assert_eq!(imported.activities[0].moving_s, Some(180));
    assert_eq!(
        imported.problems,
        [Fault::BrokenOff { detail: "its end is missing".into() }.at(Place::Byte(session as u64))]
    );
    for end in 0..whole.len() {
        let imported = read(&whole[..end]);
        assert!(imported.refusal.is_some() || imported.activities.len() == 1, "{end}");
    }
}

#[test]
fn what_is_not_fit_fails() {
    for bytes in [&b""[..], b"hello", b"\x0e\x10\0\0\0\0\0\0.FAT\0\0", b"PK\x03\x04"] {
        assert_eq!(failure(bytes).cost, Cost::File);
    }
}

/// So many messages of one definition, each with one field of one byte.
fn many(number: u16, field: u8, count: usize) -> Vec<u8> {
    let mut bytes = message(number, &[byte(field, 1)]);
    bytes.truncate(bytes.len() - 2);
    bytes.extend([0, 1].repeat(count));
    bytes
}

fn told(imported: &Imported) -> Vec<&str> {
    imported.problems.iter().map(|problem| problem.what.as_str()).collect()
}

#[test]
fn of_more_sessions_than_any_sport_has_the_first_are_kept() {
    let sessions: Vec<Vec<u8>> = (0..=100).map(|hour| session_at(hour * 3_600, 600, 1_000, 1, 0)).collect();
    let imported = read(&file(&[file_id(4), sessions.concat()]));
    assert_eq!(imported.activities.len(), 100);
    assert_eq!(told(&imported), ["it holds more than 100 sessions; the rest was left out"]);
}

#[test]
fn of_more_points_than_can_be_held_the_first_are_kept() {
    // A file of ten megabytes in which every two bytes are a record.
    let records = many(20, 3, 5_000_001);
    let imported = read(&file(&[file_id(4), record_at(0, 48.0, 0), record_at(180, 48.005, 560), records]));
    assert_eq!(imported.activities[0].distance, Some(Distance { m: 560, from: DistanceFrom::Device }));
    assert!(told(&imported).contains(&"it holds more than 5000000 points; the rest was left out"), "{imported:?}");
}

#[test]
fn of_more_files_in_one_than_anybody_chains_the_first_are_kept() {
    let imported = read(&run().repeat(1_001));
    assert_eq!(imported.activities.len(), 1_000);
    let what = "it holds more than 1000 files in one; the rest was left out";
    assert_eq!(told(&imported).into_iter().filter(|told| *told == what).count(), 1);
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = [run(), run()].concat();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let imported = read(&bytes);
        prop_assert!(imported.refusal.is_some() || !imported.activities.is_empty());
    }

    #[test]
    fn no_bytes_behind_a_header_make_it_panic(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = vec![12, 0x20, 0, 0, 0, 0, 0, 0];
        bytes.extend(b".FIT");
        bytes.extend(noise);
        let _ = read(&bytes);
    }
}
