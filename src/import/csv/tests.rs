//! Whole files of each dialect with a few made-up lines each, and the pitfalls of real ones. Every expected value is
//! worked out by hand from the text above it.

use super::{CsvOptions, read};
use crate::import::imported::{Imported, Refusal};
use crate::model::activity::{Activity, Start};
use crate::model::problem::Cost;
use crate::model::units::Units;

fn plain(text: &str) -> Imported {
    read(text.as_bytes(), "log.csv", &CsvOptions::default())
}

/// One activity as start, sport, metres and elapsed seconds: `2026-03-04 06:30 utc|run|5200|1800`.
fn line(activity: &Activity) -> String {
    let start = match activity.start {
        Some(Start::Zoned(at)) => at.format("%F %R %:z").to_string(),
        Some(Start::Instant(at)) => at.format("%F %R utc").to_string(),
        Some(Start::Local(at)) => at.format("%F %R").to_string(),
        Some(Start::Date(day)) => day.to_string(),
        None => "never".into(),
    };
    let sport = activity.sport.as_ref().map_or("-", |sport| sport.name()).to_owned();
    let metres = activity.distance.map_or("-".into(), |distance| distance.m.to_string());
    let elapsed = activity.elapsed_s.map_or("-".into(), |seconds| seconds.to_string());
    format!("{start}|{sport}|{metres}|{elapsed}")
}

fn lines(imported: &Imported) -> Vec<String> {
    assert_eq!(imported.refusal, None);
    imported.activities.iter().map(line).collect()
}

fn lost(imported: &Imported) -> Vec<String> {
    let losses = imported.problems.iter().filter(|problem| problem.cost == Cost::Entry);
    losses.map(|problem| format!("{}: {}", problem.place, problem.what)).collect()
}

fn dialect(imported: &Imported) -> &str {
    imported.dialect.as_deref().unwrap_or("none")
}

mod any_language;
mod by_hand;
mod exports;
mod numbered;
mod other_tables;
mod pain;
mod people_write;
mod sports;
mod told;
mod weeks;

const STRAVA: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,\
    Max Heart Rate,Activity Private Note,Activity Gear,Filename,Elapsed Time,Moving Time,Distance,\
    \"<span class=\"\"translation_missing\"\" title=\"\"x\"\">Type</span>\"\n";

#[test]
fn strava_counts_the_last_distance_in_metres_and_its_clock_is_utc() {
    let text = format!(
        "{STRAVA}1,\"May 29, 2022, 3:53:35 PM\",Landal,Run,\"left hip\nsore after\",1428,3.32,,stiff,Ghost 15,activities/7.fit.gz,1430.0,1411.0,3322.95,\n\
         2,\"Jan 2, 2024, 12:05:00 AM\",,Ride,,60,0.5,,,,#error#,60.0,50.0,500.4,\n"
    );
    let imported = plain(&text);
    assert_eq!(dialect(&imported), "strava");
    assert_eq!(lines(&imported), ["2022-05-29 15:53 utc|run|3323|1430", "2024-01-02 00:05 utc|Ride|500|60"]);
    let run = &imported.activities[0];
    assert_eq!((run.moving_s, run.record), (Some(1_411), Some(2)));
    assert_eq!(run.shoe.as_deref(), Some("Ghost 15"));
    assert_eq!(run.description.as_deref(), Some("left hip\nsore after"));
    assert_eq!(run.private_note.as_deref(), Some("stiff"));
    assert_eq!(run.attached, ["activities/7.fit.gz"]);
    assert_eq!((imported.activities[1].attached.as_slice(), imported.activities[1].record), (&[][..], Some(4)));
    assert_eq!(imported.problems, []);
}

#[test]
fn strava_is_known_in_other_languages_and_without_a_second_distance() {
    let german = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Dateiname,Distanz,Distanz\n\
                  1,\"29.05.2022, 15:53:35\",Abends,Lauf,,\"3,32\",\"3322,9\"\n";
    assert_eq!(lines(&plain(german)), ["2022-05-29 15:53 utc|run|3323|-"]);
    let russian = "ID,Дата тренировки,Название тренировки,Тип активности,Общее время,Расстояние,Дистанция\n\
                   1,\"26 июл. 2026 г., 12:12:51\",Вечер,Бег,1357.0,\"6,89\",6890.0\n\
                   2,\"5 мар. 2026 г., 07:00:00\",Утро,Бег,1800.0,\"3,50\",\"3500,5\"\n";
    assert_eq!(lines(&plain(russian)), ["2026-07-26 12:12 utc|run|6890|1357", "2026-03-05 07:00 utc|run|3501|1800"]);
    let french = "Date de l'activité,Type d'activité,Temps écoulé,Distance,Temps écoulé,Distance\n\
                  \"29 mai 2022, 15:53:35\",Course à pied,3600,10,,\n";
    assert_eq!(lines(&plain(french)), ["2022-05-29 15:53 utc|run|10000|3600"]);
}

#[test]
fn strava_entries_made_by_hand_are_still_runs() {
    let text = "Activity Date,Activity Type,Elapsed Time,Distance\n\
                \"Oct 30, 2023, 00:00:00 PM\",Run,18:57,4.01\n\"Oct 22, 2023, 00:00:00 PM\",Run,23:43,4.50\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2023-10-30 12:00 utc|run|4010|1137", "2023-10-22 12:00 utc|run|4500|1423"]);
    // The unit is assumed, and that is reported.
    assert!(imported.assumptions.iter().any(|assumed| assumed.about.contains("read in km")));
}

#[test]
fn strava_before_july_2019_was_lower_case_and_in_metres() {
    let text = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
                9,2018-06-17 07:23:33,Morning,Run,,1802,5012.3,false,Ghost,activities/9.gpx\n";
    let imported = plain(text);
    assert_eq!(
        (dialect(&imported), lines(&imported)),
        ("strava", vec!["2018-06-17 07:23 utc|run|5012|1802".to_owned()])
    );
}

#[test]
fn strava_shoes_are_pairs_and_other_tables_are_left_alone() {
    let shoes =
        plain("Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nGhost,Brooks,Ghost 15,Run\n,Asics,Nimbus,\n");
    let names: Vec<&str> = shoes.shoes.iter().map(|shoe| shoe.name.as_str()).collect();
    assert_eq!(names, ["Ghost", "Asics Nimbus"]);
    let bikes = read(b"Bike Name,Bike Brand\nTCR,Giant\n", "export/bikes.csv", &CsvOptions::default());
    assert_eq!(bikes.refusal, Some(Refusal::Ignored("not a run log: gear other than shoes".into())));
}

const GARMIN: &str =
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg Run Cadence,Avg Stride Length,Moving Time,Steps\n";

#[test]
fn garmin_keeps_thousands_apart_from_decimals_and_drops_no_dashes_as_zero() {
    let text = format!(
        "{GARMIN}Running,2025-02-06 17:06:03,false,Evening,\"10.50\",\"1,234\",\"00:52:30\",\"170\",\"1.18\",\"00:52:00\",\"4,808\"\n\
         Track Running,2025-02-08 10:00:00,false,Track,\"5,000\",\"300\",\"00:25:00\",\"--\",\"--\",\"--\",\"--\"\n\
         Treadmill Running,2025-02-09 10:00:00,false,Belt,\"--\",\"300\",\"00:02:15.3\",\"--\",\"--\",\"--\",\"--\"\n\
         Strength Training,2025-02-10 10:00:00,false,Gym,\"0.00\",\"'-12\",\"00:57:59\",\"--\",\"--\",\"--\",\"--\"\n"
    );
    let imported = plain(&text);
    assert_eq!(dialect(&imported), "garmin");
    assert_eq!(
        lines(&imported),
        [
            "2025-02-06 17:06|run|10500|3150",
            "2025-02-08 10:00|track-run|5000|1500",
            "2025-02-09 10:00|treadmill-run|-|135",
            "2025-02-10 10:00|Strength Training|0|3479",
        ]
    );
    assert_eq!(imported.activities[0].moving_s, Some(3_120));
}

#[test]
fn garmin_without_a_unit_is_read_by_strides_then_configuration_then_pace() {
    // 170 steps a minute of 1.15 m for 50 minutes are 9.8 km: 6.1 can only be miles.
    let miles = format!("{GARMIN}Running,2025-02-06 17:06:03,false,Run,6.10,1,00:50:00,170,1.15,--,--\n");
    assert_eq!(lines(&plain(&miles)), ["2025-02-06 17:06|run|9817|3000"]);
    let open = format!("{GARMIN}Running,2025-02-06 17:06:03,false,Run,6.10,1,00:50:00,--,--,--,--\n");
    assert_eq!(lines(&plain(&open)), ["2025-02-06 17:06|run|6100|3000"]);
    let options = CsvOptions { default_unit: Some(Units::Mi), ..CsvOptions::default() };
    let configured = read(open.as_bytes(), "Activities.csv", &options);
    assert_eq!(lines(&configured), ["2025-02-06 17:06|run|9817|3000"]);
    assert_eq!(configured.problems, []);
}

#[test]
fn garmin_decimal_commas_are_decided_by_the_column() {
    let text = "Aktivitetstype,Dato,Favoritt,Tittel,Distanse,Kalorier,Tid\n\
                Løping,2026-07-01 18:23:45,false,A,\"5,02\",412,00:28:15\nLøping,2026-07-02 18:23:45,false,B,\"10,125\",412,00:58:15\n";
    assert_eq!(lines(&plain(text)), ["2026-07-01 18:23|run|5020|1695", "2026-07-02 18:23|run|10125|3495"]);
}

#[test]
fn runkeeper_names_its_unit_in_the_header() {
    let text = "Activity Id,Date,Type,Route Name,Distance (mi),Duration,Average Pace,Notes,GPX File\n\
                a,2014-09-08 10:06:23,Running,,3.10,25:10,8:07,\"hip, fine\",2014-09-08-100623.gpx\n\
                b,2014-09-09 10:06:23,Running,,0.00,1:02:30,,,\n";
    let imported = plain(text);
    assert_eq!(dialect(&imported), "runkeeper");
    // 3.10 × 1,609.344 = 4,988.97. A run of an hour without a distance has no known distance.
    assert_eq!(lines(&imported), ["2014-09-08 10:06|run|4989|1510", "2014-09-09 10:06|run|-|3750"]);
    assert_eq!(imported.activities[0].attached, ["2014-09-08-100623.gpx"]);
    assert_eq!(imported.activities[0].description.as_deref(), Some("hip, fine"));
}

#[test]
fn polar_flow_ends_where_its_samples_begin() {
    let text = "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm),Notes,\n\
                Ada,RUNNING,03-04-2018,11:17:03,00:30:08,4.48,156,warm,\n\
                Sample rate,Time,HR (bpm),Speed (km/h),\n1,00:00:00,95,3.7,\n,00:00:01,96,3.9,\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2018-04-03 11:17|run|4480|1808"]);
    assert_eq!(imported.problems, []);
}

#[test]
fn samsung_health_gives_the_runners_own_offset() {
    let text = "com.samsung.shealth.exercise,7006003,17\n\
                title,com.samsung.health.exercise.exercise_type,com.samsung.health.exercise.start_time,\
                com.samsung.health.exercise.time_offset,com.samsung.health.exercise.duration,com.samsung.health.exercise.distance\n\
                ,1002,2026-06-14 22:40:00.000,UTC+0200,1800000,5000,\n,1001,2026-06-15 22:40:00.000,UTC+0200,60000,80,\n";
    let imported = plain(text);
    assert_eq!(lines(&imported)[0], "2026-06-15 00:40 +02:00|run|5000|1800");
    assert!(imported.activities[1].sport.as_ref().is_some_and(|sport| !sport.is_running()));
}

#[test]
fn apple_health_and_zepp_keep_their_units_and_clocks() {
    let apple = "workoutActivityType,duration,durationUnit,totalDistance,totalDistanceUnit,startDate,endDate\n\
                 HKWorkoutActivityTypeRunning,15.5,min,2.0,mi,2026-08-05 17:00:00 +0200,\n";
    assert_eq!(lines(&plain(apple)), ["2026-08-05 17:00 +02:00|run|3219|930"]);
    let zepp = "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n\
                1,2026-01-01 18:03:16+0000,1800,3.4,2.2,5321,2.77,310\n8,2026-01-02 18:03:16+0000,1800,3.4,2.2,-1.0,2.77,310\n";
    assert_eq!(
        lines(&plain(zepp)),
        ["2026-01-01 18:03 utc|run|5321|1800", "2026-01-02 18:03 utc|treadmill-run|-|1800"]
    );
}

#[test]
fn a_table_with_strange_columns_is_refused_with_a_way_out_and_others_are_left_alone() {
    let strange = plain("Wann,Wie weit,Wo\n2026-03-04,10.2,Park\n2026-03-05,5.1,Wald\n");
    let Some(Refusal::Failed(problem)) = strange.refusal else { panic!("{strange:?}") };
    assert_eq!(
        problem.what,
        "no column could be taken for the date and the distance or the duration; the columns are Wann, Wie weit, Wo"
    );
    let finnish = |header: &str| {
        let rows = "2026-08-10,Juoksu,3.95,35:20\n2026-08-12,Juoksu,5.95,45:20\n";
        match plain(&format!("{header}\n{rows}")).refusal {
            Some(Refusal::Failed(problem)) => (problem.what, problem.hint),
            other => panic!("{other:?}"),
        }
    };
    let at = "say which is which under [csv.columns] in runhip.toml";
    for (header, missing, likely) in [
        (
            "Päivä,Urheilu,Matka,Kesto",
            "the date and the distance or the duration",
            ", likely date = \"Päivä\", distance = \"Matka\", duration = \"Kesto\" and sport = \"Urheilu\"",
        ),
        (
            "Date,Urheilu,Matka,Kesto",
            "the distance or the duration",
            ", likely distance = \"Matka\", duration = \"Kesto\" and sport = \"Urheilu\"",
        ),
        ("Päivä,Sport,Distance,Kesto", "the date", ", likely date = \"Päivä\" and duration = \"Kesto\""),
    ] {
        let columns = header.replace(',', ", ");
        let told = finnish(header);
        assert_eq!(told.0, format!("no column could be taken for {missing}; the columns are {columns}"));
        assert_eq!(told.1, format!("{at}{likely}; runhip init lists the keys"));
    }
    for (text, reason) in [
        ("name,address\nAda,London\n", "not a run log: no column holds dates"),
        ("born,who\n1915-12-10,Ada\n", "not a run log: dates, but no column of figures"),
        (
            "time,lat,lon\n2026-03-04T06:30:00Z,48.1,11.5\n",
            "not a run log: points on a map; export the tracks as GPX, TCX or FIT",
        ),
        ("", "an empty file"),
        ("hello\nworld\n", "not a run log: a single column"),
    ] {
        assert_eq!(plain(text).refusal, Some(Refusal::Ignored(reason.into())), "{text}");
    }
    assert!(matches!(plain("date,km\n\0\0\0").refusal, Some(Refusal::Failed(_))));
}

#[test]
fn no_bytes_make_it_panic() {
    for seed in 0..400_u32 {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
        let mut bytes = STRAVA.as_bytes().to_vec();
        bytes.extend_from_slice(
            b"1,\"May 29, 2022, 3:53:35 PM\",a,Run,\"b\",1428,3.32,,,,x,1.0,2.0,3322.9,\n2026-03-04,1:2,\"3,4\";5\n",
        );
        for _ in 0..40 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = state as usize % bytes.len();
            bytes[at] = b"\",;\n\r-:.0 9\xc3\xe9zA/"[(state >> 24) as usize % 16];
        }
        let imported = read(&bytes, "activities.csv", &CsvOptions::default());
        assert!(imported.activities.iter().filter_map(|a| a.distance).all(|d| d.m <= 1_000_000));
    }
}
