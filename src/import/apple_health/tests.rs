//! Tests on whole exports, written as Apple's phone writes them.

use super::*;

/// As Apple writes it: the list of attributes is not closed, and a quotation mark is unpaired.
const DOCTYPE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!-- HealthKit \"Export -->\n\
    <!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n<!ATTLIST HealthData\n  locale CDATA #REQUIRED\n\
    <!ATTLIST Workout\n  duration CDATA #IMPLIED\n]>\n";

fn export(body: &str) -> String {
    format!(
        "{DOCTYPE}<HealthData locale=\"de_DE\">\n<ExportDate value=\"2026-10-05 08:00:00 +0200\"/>\n{body}</HealthData>\n"
    )
}

fn read_text(text: &str) -> Imported {
    read(text.as_bytes())
}

const RUN: &str = "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"50.5\" durationUnit=\"min\" \
    totalDistance=\"10.2\" totalDistanceUnit=\"km\" sourceName=\"Watch\" startDate=\"2026-08-05 17:00:00 +0200\" \
    endDate=\"2026-08-05 17:55:00 +0200\">\n";

#[test]
fn a_run_has_its_clock_distance_times_and_route() {
    let body = format!(
        "<Record type=\"HKQuantityTypeIdentifierStepCount\" value=\"7\"/>\n{RUN}<MetadataEntry key=\"x\" value=\"y\"/>\n\
         <WorkoutRoute sourceName=\"Watch\">\n<MetadataEntry key=\"HKMetadataKeySyncVersion\" value=\"2\"/>\n\
         <FileReference path=\"/workout-routes/route_2026-08-05_5.55pm.gpx\"/>\n</WorkoutRoute>\n</Workout>\n"
    );
    let imported = read_text(&export(&body));
    assert_eq!(imported.dialect.as_deref(), Some("apple-health"));
    assert_eq!(imported.problems, []);
    let [run] = &imported.activities[..] else { panic!("{imported:?}") };
    let Some(Start::Zoned(start)) = run.start else { panic!("{:?}", run.start) };
    assert_eq!(start.to_rfc3339(), "2026-08-05T17:00:00+02:00");
    assert_eq!(run.sport, Some(Sport::Run));
    assert_eq!(run.distance, Some(Distance { m: 10_200, from: DistanceFrom::Row }));
    // 50.5 minutes in motion within 55 minutes.
    assert_eq!((run.moving_s, run.elapsed_s), (Some(3_030), Some(3_300)));
    assert_eq!(run.attached, ["workout-routes/route_2026-08-05_5.55pm.gpx"]);
    // Nine lines before the root, then the root, the date and the record.
    assert_eq!(run.record, Some(DOCTYPE.matches('\n').count() as u64 + 4));
}

#[test]
fn newer_exports_keep_the_distance_in_statistics_and_legs_have_their_own() {
    let body = "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"30\" durationUnit=\"min\" \
        startDate=\"2026-08-05 17:00:00 +0200\" endDate=\"2026-08-05 17:30:00 +0200\">\n\
        <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"3.1\" unit=\"mi\"/>\n\
        <WorkoutStatistics type=\"HKQuantityTypeIdentifierActiveEnergyBurned\" sum=\"300\" unit=\"Cal\"/>\n\
        <WorkoutActivity uuid=\"1\"><WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"1\" \
        unit=\"km\"/></WorkoutActivity>\n</Workout>\n";
    let imported = read_text(&export(body));
    // 3.1 mi of 1,609.344 m.
    assert_eq!(imported.activities[0].distance.map(|distance| distance.m), Some(4_989));
}

#[test]
fn indoors_is_the_treadmill_and_other_workouts_are_other_sports() {
    let indoor = RUN.replace("totalDistance=\"10.2\" totalDistanceUnit=\"km\" ", "");
    let walk = RUN.replace("Running", "Walking").replace(">\n", "/>\n");
    let body = format!("{indoor}<MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/></Workout>\n{walk}");
    let imported = read_text(&export(&body));
    assert_eq!(imported.activities[0].sport, Some(Sport::TreadmillRun));
    assert_eq!(imported.activities[0].distance, None);
    assert_eq!(imported.activities[1].sport, Some(Sport::Other("Walking".into())));
}

#[test]
fn a_run_abroad_is_placed_by_its_own_zone_and_an_offset_of_zero_is_one() {
    let abroad = format!("{RUN}<MetadataEntry key=\"HKTimeZone\" value=\"America/New_York\"/></Workout>\n");
    let london = RUN.replace("+0200", "+0000") + "</Workout>\n";
    let imported = read_text(&export(&(abroad + &london)));
    let starts: Vec<String> = imported
        .activities
        .iter()
        .map(|run| if let Some(Start::Zoned(start)) = run.start { start.to_rfc3339() } else { String::new() })
        .collect();
    // 17:00 in Berlin is 11:00 in New York.
    assert_eq!(starts, ["2026-08-05T11:00:00-04:00", "2026-08-05T17:00:00+00:00"]);
}

#[test]
fn control_characters_that_xml_forbids_cost_nothing() {
    let body = format!("<Record sourceName=\"Anna\u{b}s &#11; Watch\"/>\n{RUN}</Workout>\n");
    let imported = read_text(&export(&body));
    assert_eq!((imported.activities.len(), imported.problems.len()), (1, 0));
}

#[test]
fn what_stands_before_a_break_is_kept() {
    let whole = export(&format!("{RUN}</Workout>\n{RUN}<MetadataEntry key=\"a\" value=\"b\"/>\n</Workout>\n"));
    let cut = whole.rfind("<MetadataEntry").unwrap() + 9;
    let imported = read_text(&whole[..cut]);
    assert_eq!(imported.activities.len(), 2);
    assert_eq!(imported.problems.len(), 1);
    assert!(imported.problems[0].what.contains("breaks off"), "{:?}", imported.problems);
    assert_eq!(imported.problems[0].place, Place::Line(whole[..cut].matches('\n').count() as u64 + 1));
}

#[test]
fn a_workout_without_a_date_is_a_lost_entry_and_an_export_without_workouts_is_left_alone() {
    let undated = RUN.replace("2026-08-05 17:00:00 +0200", "yesterday") + "</Workout>\n";
    let imported = read_text(&export(&undated));
    assert!(imported.activities.is_empty() && imported.refusal.is_none());
    assert_eq!(imported.problems[0].what, "\"yesterday\" is not a date; the row was left out");
    let empty = read_text(&export("<Record/>\n"));
    assert_eq!(empty.refusal, Some(Refusal::Ignored("it holds no workouts".into())));
    assert!(matches!(read_text(DOCTYPE).refusal, Some(Refusal::Failed(_))));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(body in r#"(<Workout |</Workout>|<HealthData|startDate="2026|duration="|/>|[<>"&;a-z =]){0,20}"#, cut in 0_usize..400) {
        let whole = export(&body);
        let _ = read(&whole.as_bytes()[..whole.len() - cut.min(whole.len())]);
    }
}

#[test]
fn a_path_that_no_file_has_is_cut_so_that_it_is_told_of_as_missing() {
    let route = format!("<WorkoutRoute><FileReference path=\"/{}\"/></WorkoutRoute>", "ä".repeat(2_000));
    let imported = read_text(&export(&format!("{RUN}{route}</Workout>\n")));
    assert_eq!(imported.activities[0].attached, ["ä".repeat(500)]);
}

#[test]
fn as_many_workouts_as_may_be_are_read_without_a_word_and_one_more_is_told_of() {
    let most = format!("{}/>\n", RUN.trim_end().trim_end_matches('>')).repeat(MOST_WORKOUTS);
    let imported = read_text(&export(&most));
    assert_eq!((imported.activities.len(), &imported.problems[..]), (MOST_WORKOUTS, &[][..]));
    let imported = read_text(&export(&format!("{most}{RUN}</Workout>\n")));
    assert_eq!(imported.activities.len(), MOST_WORKOUTS);
    let told: Vec<_> = imported.problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(told, ["it holds more than 100000 workouts; the rest was left out"]);
}

#[test]
fn routes_beyond_those_of_a_workout_or_of_a_file_are_told_of_by_their_name() {
    let routes = |count: usize, name: &str| {
        let route = format!("<WorkoutRoute><FileReference path=\"/{name}\"/></WorkoutRoute>");
        format!("{RUN}{}</Workout>\n", route.repeat(count))
    };
    let told = |body: &str| {
        let imported = read_text(&export(body));
        let whats: Vec<_> = imported.problems.into_iter().map(|problem| problem.what).collect();
        (imported.activities.last().unwrap().attached.len(), whats)
    };
    assert_eq!(told(&routes(100, "a.gpx")), (100, vec![]));
    let of_one = "it holds more than 100 routes of one workout; the rest was left out";
    assert_eq!(told(&routes(101, "a.gpx").repeat(2)), (100, vec![of_one.to_owned()]));
    // A hundred names of a thousand bytes are 100 kB; a hundred workouts reach ten million bytes.
    let of_all = "it holds more than 10 MB of names of routes; the rest was left out";
    let full = routes(100, &"x".repeat(1_000)).repeat(100);
    assert_eq!(told(&full), (100, vec![]));
    assert_eq!(told(&(full + &routes(1, "a.gpx"))), (0, vec![of_all.to_owned()]));
}
