//! `runhip guide`, the completions and the manual pages, used as a runner would.

use runhip::guidance::{self, Kind, Means, Topic};
use runhip::model::reading::name_of;

const TOPICS: [&str; 14] = [
    "warning-signs",
    "spasm-now",
    "relief",
    "prevention",
    "conditions",
    "stretching",
    "strength",
    "nutrition",
    "sitting",
    "stress",
    "sleep",
    "who-to-see",
    "daily-checklist",
    "weekly-checklist",
];

/// The program's output as one line, so that wrapping does not matter.
fn printed(arguments: &[&str]) -> String {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_runhip")).args(arguments).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(!text.contains('\u{1b}'), "colour where there is no terminal");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn guide(arguments: &[&str]) -> String {
    printed(&[&["guide"], arguments].concat())
}

/// The position of a text in another; fails if it is not there.
#[track_caller]
fn place(text: &str, part: &str) -> usize {
    text.find(part).unwrap_or_else(|| panic!("\"{part}\" is not in: {text}"))
}

#[test]
fn without_a_topic_all_are_listed_with_the_warning_signs_first() {
    let list = guide(&[]);
    let places: Vec<usize> = TOPICS.iter().map(|topic| place(&list, &format!(" {topic} "))).collect();
    assert!(places.is_sorted(), "{list}");
    assert_eq!(TOPICS.len(), Topic::ALL.len());
    assert!(list.contains("not medical advice") && list.contains("not complete"));
}

#[test]
fn every_topic_ends_with_its_sources_and_what_the_guide_is_not() {
    for topic in TOPICS {
        let page = guide(&[topic]);
        let sources = place(&page, " Sources ");
        assert!(page[..sources].contains("[1"), "{topic} cites nothing");
        assert!(page[sources..].contains("[1]"), "{topic}");
        assert!(place(&page, "This list of warning signs is not complete") > sources, "{topic}");
        assert!(page.ends_with("and does not replace being examined."), "{topic}");
        assert!(!page.contains(['{', '}', '|']), "{topic}: {page}");
    }
}

#[test]
fn every_line_of_a_topic_is_on_its_page_unless_another_says_the_same() {
    for topic in Topic::ALL {
        let page = guide(&[name_of(topic)]);
        for entry in guidance::by_topic(topic) {
            let text = guidance::text_for(entry, runhip::model::reading::Side::Unknown).replace('\u{a0}', " ");
            // A sign is listed under its urgency and does not repeat it.
            let said = if entry.kind == Kind::Warning { &text[place(&text, " if ")..] } else { &text };
            let repeated = matches!(entry.kind, Kind::Prevention | Kind::Why);
            assert!(repeated || page.contains(said), "{} is not in {topic:?}: {page}", entry.id);
        }
    }
}

#[test]
fn nothing_to_do_stands_before_the_line_on_warning_signs() {
    let mut with_something_to_do = Vec::new();
    for topic in Topic::ALL {
        if guidance::by_topic(topic).all(|entry| entry.means.is_empty()) {
            continue;
        }
        let name = name_of(topic);
        let page = guide(&[name]);
        let line = place(&page, "! First: no control over bowel or bladder");
        assert!(line < 40, "{name}: {page}");
        assert!(place(&page, "see runhip guide warning-signs before anything below") > line);
        with_something_to_do.push(name);
    }
    for topic in
        ["spasm-now", "relief", "prevention", "stretching", "strength", "nutrition", "stress", "daily-checklist"]
    {
        assert!(with_something_to_do.iter().any(|name| **name == *topic), "{topic} asks for nothing");
    }
}

#[test]
fn warning_signs_stand_under_how_soon_and_speak_of_no_note() {
    let page = guide(&["warning-signs"]);
    let now = place(
        &page,
        "Get emergency medical help now - if you lose control of your bowel or bladder, or cannot pass water.",
    );
    let today = place(&page, "Stop running and get medical assessment today - if the leg is weak or gives way.");
    let soon = place(&page, "Arrange to see a doctor (GP or sports doctor) - if ");
    assert!(now < today && today < soon);
    assert!(place(&page, "you cannot lift the foot") < today);
    let pop = place(&page, "- if you feel or hear a pop or snap in the hip.");
    assert!(today < pop && pop < soon);
    assert!(!page.contains("your note"), "{page}");
    let exercise = guidance::by_topic(Topic::WarningSigns).find(|entry| entry.means.contains(&Means::Exercise));
    assert!(exercise.is_none());
}

#[test]
fn a_region_leaves_out_other_places_but_never_a_warning_sign() {
    let all = guide(&["warning-signs"]);
    for region in ["outer", "front-groin", "buttock", "radiating", "general"] {
        let page = guide(&["warning-signs", "--region", region]);
        let signs = |text: &str| text.matches("- if ").count();
        assert_eq!(signs(&page), signs(&all), "{region}");
    }
    let buttock = guide(&["spasm-now", "--region", "buttock"]);
    assert!(buttock.contains("Buttock: on your back") && !buttock.contains("Groin: sit tall"));
    assert!(buttock.contains("2 lines about other places left out"), "{buttock}");
    let down_the_leg = guide(&["stretching", "--region", "radiating"]);
    assert!(!down_the_leg.contains("Buttock: on your back") && !down_the_leg.contains("Pigeon"), "{down_the_leg}");
    let groin = guide(&["stretching", "--region", "front-groin"]);
    assert!(groin.contains("Lunge stretch") && !groin.contains("Frog stretch"), "{groin}");
    let outer = guide(&["conditions", "--region", "outer"]);
    assert!(outer.contains("Hip bursitis") && !outer.contains("Piriformis"), "{outer}");
}

#[test]
fn the_side_is_named_in_the_steps() {
    let left = guide(&["spasm-now", "--side", "left"]);
    assert!(left.contains("rest the ankle of the left side on the knee of the right side"));
    let right = guide(&["spasm-now", "--side", "right"]);
    assert!(right.contains("rest the ankle of the right side on the knee of the left side"));
    for page in [guide(&["spasm-now"]), guide(&["spasm-now", "--side", "both"])] {
        assert!(page.contains("rest the ankle of the sore side on the knee of the other side"));
    }
}

#[test]
fn a_cramp_is_met_step_by_step() {
    let page = guide(&["spasm-now"]);
    let steps =
        [" 1. When a cramp grips, stop and sit", "Stretch gently", "Cold is for the start of a cramp", "mild heat"];
    let places: Vec<usize> = steps.iter().map(|step| place(&page, step)).collect();
    assert!(places.is_sorted(), "{page}");
    assert!(places[3] < place(&page, "Good to know"));
}

#[test]
fn an_addition_of_runhip_is_labelled() {
    let page = guide(&["relief"]);
    let line = place(&page, "No ice and no heat on skin that is numb or tingles");
    let label = place(&page, "Added by runhip: The whole line: none of the four texts warns of it.");
    assert!(line < label && label - line < 120);
}

#[test]
fn what_is_no_topic_is_refused() {
    let mut runhip = assert_cmd::Command::new(env!("CARGO_BIN_EXE_runhip"));
    let output = runhip.args(["guide", "knees"]).assert().code(2);
    assert!(String::from_utf8_lossy(&output.get_output().stderr).contains("warning-signs"));
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let commands = ["analyze", "check", "note", "guide", "explain", "init", "demo", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for command in commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
        // For other shells, clap completes no values.
        let topics = script.contains("spasm-now") && script.contains("who-to-see");
        assert!(topics || !matches!(shell, "bash" | "zsh"), "{shell} does not complete topics");
    }
    let page = printed(&["man"]);
    assert!(page.contains(".SH EXAMPLES .nf \\&First steps:"), "{page}");
    assert!(page.contains(".TH runhip 1") && page.contains(".SH \"EXIT STATUS\""), "{page}");
    for command in commands {
        assert!(page.contains(&format!("runhip\\-{command}(1)")), "{command}: {page}");
        let own = printed(&["man", command]);
        assert!(own.contains(&format!("runhip\\-{command}")), "{own}");
    }
}
