//! Names of sports in many languages, as whole names and in parts.

use super::*;

#[test]
fn case_and_separators_do_not_matter() {
    for word in ["trail_running", "Trail Running", "TrailRun", "TRAIL-RUN", " trail run\n", "Course en sentier"] {
        assert_eq!(sport(word), Some(Sport::TrailRun), "{word}");
    }
}

#[test]
fn running_is_known_in_many_languages() {
    for word in [
        "Laufen",
        "COURSE À PIED",
        "Carrera",
        "Corsa",
        "Corrida",
        "Hardlopen",
        "Löpning",
        "бег",
        "跑步",
        "ランニング",
        "Koşu",
        "9",
    ] {
        assert_eq!(sport(word), Some(Sport::Run), "{word}");
    }
    assert_eq!(sport("Laufband"), Some(Sport::TreadmillRun));
    assert_eq!(sport("indoor_running"), Some(Sport::TreadmillRun));
    assert_eq!(sport("VirtualRun"), Some(Sport::VirtualRun));
    assert_eq!(sport("track_running"), Some(Sport::TrackRun));
}

#[test]
fn other_sports_keep_their_word() {
    assert_eq!(sport(" Mountain Biking "), Some(Sport::Other("Mountain Biking".into())));
    assert_eq!(sport("Running Club Yoga"), Some(Sport::Other("Running Club Yoga".into())));
    assert_eq!(sport("10"), Some(Sport::Other("Walk".into())));
}

#[test]
fn a_note_that_is_a_sports_name_is_known_for_one() {
    for words in ["Walking", "Marche à pied", "BIKING", "Running", " Vélo\n"] {
        assert!(is_name(words), "{words}");
    }
    for words in ["Walking hurts", "left hip 3/10", "walked home, hip sore"] {
        assert!(!is_name(words), "{words}");
    }
}

#[test]
fn a_source_that_does_not_know_names_nothing() {
    for word in ["", "  ", "unknown", "...", "--", "Uncategorized"] {
        assert_eq!(sport(word), None, "{word}");
    }
}

#[test]
fn every_line_of_the_table_can_be_used_and_no_name_has_two_meanings() {
    let mut meanings: HashMap<(bool, String), &str> = HashMap::new();
    for (kind, name) in listed() {
        let within = kind.starts_with(['~', '+']);
        assert!(if within { part_of(kind).is_some() } else { kind_of(kind).is_some() }, "{kind}");
        if !kind.starts_with('+') {
            let known = Some(key(name)).filter(|known| !known.is_empty()).unwrap_or_else(|| name.into());
            assert_eq!(*meanings.entry((within, known.to_string())).or_insert(kind), kind, "{name}");
        }
    }
    assert!(meanings.len() > 900);
}

#[test]
fn a_word_that_nobody_knows_is_cut_and_loses_its_control_characters() {
    assert_eq!(sport("Zum\u{1b}[2Jba\u{0}"), Some(Sport::Other("Zum[2Jba".into())));
    assert_eq!(sport(&"ä".repeat(1_000)), Some(Sport::Other("ä".repeat(80))));
}

#[test]
fn a_name_of_two_parts_counts_by_the_part_that_is_known() {
    for (word, meant) in [
        ("Laufen im Stadion", Sport::TrackRun),
        ("Laufbandeinheit", Sport::TreadmillRun),
        ("Sesión en cinta", Sport::TreadmillRun),
        ("Corrida em montanha", Sport::TrailRun),
        ("Course en salle de sport", Sport::TreadmillRun),
        ("Løb i skoven", Sport::Run),
        ("HALF_MARATHON", Sport::Run),
        ("OutdoorRunning", Sport::Run),
        ("周末跑步", Sport::Run),
    ] {
        assert_eq!(sport(word), Some(meant), "{word}");
    }
    for word in [
        "Rollskilanglauf",
        "Eislauf",
        "Bike Run",
        "Indoor Track Cycling",
        "Pattinaggio in pista",
        "Carrera de bicicletas",
    ] {
        assert_eq!(sport(word), Some(Sport::Other(word.into())), "{word}");
    }
}

#[test]
fn every_name_of_running_is_one_by_its_words_too_or_has_none() {
    for (kind, name) in listed() {
        if let Some(running) = Sport::run_named(kind) {
            let by_parts = Parts::of(name).named();
            // A run with walking breaks is recognised as a run by its whole name.
            let walks = ["walk", "marche"].iter().any(|word| key(name).contains(word));
            assert!(walks || by_parts.as_ref().is_none_or(Sport::is_running), "{name}: {by_parts:?}, not {running:?}");
        }
    }
}

#[test]
fn names_that_nobody_knows_are_told_from_those_of_other_sports() {
    for word in [
        "Ride",
        "VirtualRide",
        "E-Bike Ride",
        "Natation en piscine",
        "силовая тренировка",
        "Styrketrening",
        "Workout",
        "",
        "--",
        "Other",
    ] {
        assert!(is_known(word), "{word}");
    }
    for word in ["Hügelig", "Krabi", "Type 7", "example type"] {
        assert!(!is_known(word), "{word}");
    }
    assert!(is_unspecific("Other") && is_unspecific("generic") && !is_unspecific("Ride"));
}

#[test]
fn a_title_tells_the_sport_where_its_words_agree() {
    assert_eq!(in_title("Radtour um den See", true), Some(Sport::Other("Radtour".into())));
    assert_eq!(in_title("Evening run", true), Some(Sport::Run));
    assert_eq!(in_title("Treadmill_07-15-00", true), Some(Sport::TreadmillRun));
    for words in ["Ride to the run", "Lakeside", "2026-03-04", "8 km + core"] {
        assert_eq!(in_title(words, true), None, "{words}");
    }
    assert_eq!(in_title("Core", false), Some(Sport::Other("Core".into())));
}
