//! What stands around an emergency takes nothing from it: places, times and talk before and behind, without a comma.

use super::plain;
use crate::model::reading::Priority;

fn is_urgent(text: &str) -> bool {
    plain(text).counted_flags().any(|flag| flag.row().priority <= Priority::P1)
}

const EMERGENCIES: [&str; 20] = [
    "I fell on my hip",
    "fell hard on my left hip",
    "slipped and landed on my hip",
    "tumbled down the bank onto my left hip",
    "car hit me on the hip",
    "cannot put weight on my left hip",
    "hip is so sore I cannot stand",
    "hopped home as my hip won't take weight",
    "my hip gave way",
    "hip popped and I went down",
    "felt a pop in my groin",
    "groin hurts with every step",
    "my leg buckled and hip hurts",
    "left foot won't lift and hip aches",
    "wet myself without noticing",
    "can't pass water and my back is agony",
    "bladder leaked when I ran and back is agony",
    "hip is swollen and I have a fever",
    "fever of 39.2 and my hip is throbbing",
    "limping badly on my right hip",
];

const BEFORE: [&str; 40] = [
    "in the rain",
    "in the snow",
    "on wet leaves",
    "on the night run",
    "last night",
    "at the track",
    "with the kids",
    "in new shoes",
    "on the trail",
    "on the hills",
    "on leg day",
    "in the pool",
    "after the race",
    "at mile 9",
    "at altitude",
    "after the gel",
    "during intervals",
    "on the treadmill",
    "coming off the bike",
    "with the dog",
    "by the river",
    "on the stairs",
    "in bed",
    "at the office",
    "on the ferry",
    "with my brother",
    "while chatting",
    "on the cool down",
    "pace fell and",
    "the wheels came off when",
    "felt great until",
    "legs were dead and",
    "no rain today but",
    "hips fine for 5k then",
    "day off because",
    "sore from the gym and",
    "picking up my gel",
    "taking a selfie",
    "knee ok and",
    "don't laugh but",
];

const BEHIND: [&str; 16] = [
    "so I stopped",
    "at the 5k mark",
    "but I jogged home",
    "this morning",
    "during the race",
    "what a day",
    "and the kids laughed",
    "with 2k to go",
    "so no parkrun",
    "after the shower",
    "so home by taxi",
    "but the dog was happy",
    "for no reason",
    "just like that",
    "and then it rained",
    "and lost my shoe",
];

/// Whole sentences, none of which says how the hip is.
const SENTENCES: [&str; 28] = [
    "Coffee was good.",
    "Pace was good.",
    "The race was good.",
    "Weather was lovely.",
    "Food was great after.",
    "Dogs were happy.",
    "Felt strong.",
    "Loved it.",
    "Perfect.",
    "Great to be out.",
    "Good company.",
    "Happy with that.",
    "Legs good.",
    "Watch worked ok.",
    "Splits 5:02, 5:01, 4:58.",
    "Home by eight.",
    "Rained all day.",
    "Kids slept well.",
    "Shoes are fine.",
    "Nice and easy.",
    "New route along the canal.",
    "Tired but smiling.",
    "The cake was worth it.",
    "A bath can't have hurt.",
    "Knee was odd, no pain.",
    "Knee had a weirdness (no pain, just odd) for the first mile.",
    "Achilles quiet, no pain.",
    "Someone tell me it's not a stress fracture.",
];

#[test]
fn a_sentence_on_something_else_takes_nothing_from_an_emergency() {
    for emergency in EMERGENCIES {
        for sentence in SENTENCES {
            for text in [format!("{emergency}. {sentence}"), format!("{sentence} {emergency}.")] {
                assert!(is_urgent(&text), "{text}");
            }
        }
    }
}

#[test]
fn what_eases_or_gives_way_beside_it_takes_nothing_from_an_emergency() {
    for text in [
        "Right hip: limping until it warms up, fever since Monday.",
        "Limped the first few yards and it got worse, hip.",
        "Trousers gave out and so did my hip.",
        "Pulled on trousers then gave way, left leg, hip again.",
        "Came down right on the point of my hip.",
        "Certain my hip will give way again, third time.",
        "He tackled me going down on a hip, hard.",
        "Fell on my hip. Helmet in one piece.",
        "Left hip did not hurt to lift but now I cannot lift it.",
    ] {
        assert!(is_urgent(text), "{text}");
    }
}

#[test]
fn whoever_says_that_all_is_fine_after_a_fall_is_believed_and_listed() {
    for text in ["Fell on my hip. Fine now.", "Fell on my hip, was ok.", "Slipped and landed on my hip. All good."] {
        let read = plain(text);
        assert!(!read.understood && !is_urgent(text), "{text}");
    }
}

#[test]
fn an_emergency_stands_whatever_is_said_around_it() {
    for emergency in EMERGENCIES {
        let before = BEFORE.iter().map(|before| format!("{before} {emergency}"));
        let behind = BEHIND.iter().map(|behind| format!("{emergency} {behind}"));
        for text in before.chain(behind) {
            assert!(is_urgent(&text), "{text}");
        }
    }
}
