//! What single notes raise only by what stands around them: "again" in an open episode, a bruise where somebody fell, getting up
//! from a bed, a cramp that has gone.

use super::tests::flags_of;
use crate::model::warning_sign::RedFlag;

fn raises(notes: &[(&str, &str)], flag: RedFlag) -> bool {
    flags_of(notes).contains(&flag)
}

#[test]
fn again_in_an_open_episode_is_no_coming_back() {
    let onset = ("2026-03-01", "left hip sore 3/10");
    for words in ["same again, hip 3/10", "same old hip, 3/10", "woken again by the hip, 3/10"] {
        assert!(!raises(&[onset, ("2026-03-03", words)], RedFlag::Recurrent), "{words}");
    }
    for words in ["hip pain keeps coming back", "left hip hurts every time I run"] {
        assert!(raises(&[onset, ("2026-03-03", words)], RedFlag::Recurrent), "{words}");
    }
}

#[test]
fn a_bruise_where_somebody_fell_is_the_falls() {
    assert!(!raises(&[("2026-03-01", "fell on my left hip, big bruise coming up")], RedFlag::SkinColour));
    let later = [("2026-03-01", "fell on my left hip, sore"), ("2026-03-02", "left hip sore, all bruised")];
    assert!(!raises(&later, RedFlag::SkinColour) && raises(&later, RedFlag::Trauma));
    assert!(raises(&[("2026-03-01", "left hip sore, big bruise, no idea from what")], RedFlag::SkinColour));
    assert!(raises(&[("2026-03-01", "fell on my left hip, the skin is pale and mottled")], RedFlag::SkinColour));
}

#[test]
fn a_mild_pain_in_getting_up_counts_on_its_second_day() {
    let once = [("2026-03-01", "left hip 3/10 getting out of bed")];
    assert!(!raises(&once, RedFlag::DailyActivities));
    assert!(raises(&[once[0], ("2026-03-02", "left hip 2/10 getting out of bed")], RedFlag::DailyActivities));
    for words in [
        "left hip 5/10 getting out of bed",
        "left hip hurts getting out of bed",
        "left hip 2/10, can't do my socks getting out of bed",
    ] {
        assert!(raises(&[("2026-03-01", words)], RedFlag::DailyActivities), "{words}");
    }
}

#[test]
fn a_cramp_on_the_stairs_that_has_gone_is_no_pain_under_weight() {
    let gone = "left hip flexor cramped on the stairs for a moment, walked it off, never came back";
    assert!(!raises(&[("2026-03-01", gone)], RedFlag::CannotBearWeight));
    assert!(raises(&[("2026-03-01", "left hip flexor cramps on the stairs each time")], RedFlag::CannotBearWeight));
}
