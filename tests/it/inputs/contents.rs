//! What must hold for the contents of any file: nothing is dropped silently, every figure is usable, every problem
//! has its place and its wording, and the output is bounded by the input.

use runhip::import::format::FileContents;
use runhip::import::imported::{Imported, Refusal};
use runhip::model::problem::{Place, Problem};

use super::entries;

/// The longest note: about twenty pages.
const LONGEST_TEXT_BYTES: usize = 64 * 1024;

/// The message of a problem fits on a screen.
const LONGEST_PROBLEM_CHARS: usize = 2_000;

/// The most bytes of output for one byte of input. An invalid byte becomes a character of three bytes, or `%FF` in a
/// path. A text may appear both in a row and in its note, and an event's text on each of its days.
const MOST_BYTES_OUT_OF_ONE: usize = 16;

/// A few words of the program's own may be added.
const OWN_BYTES: usize = 4_096;

/// `input_bytes` is the unpacked size of the input; `lines` is its number of lines, if it is text.
pub fn hold(contents: &FileContents, input_bytes: usize, lines: Option<u64>) {
    let imported = &contents.imported;
    refused_or_read(imported);
    for activity in &imported.activities {
        entries::activity(activity);
    }
    for note in &imported.notes {
        entries::note(note);
    }
    for problem in problems(imported) {
        worded(problem);
        placed(problem, input_bytes, lines);
    }
    bounded(imported, input_bytes);
    kept_as_it_is(contents);
}

fn problems(imported: &Imported) -> impl Iterator<Item = &Problem> {
    let failed = match &imported.refusal {
        Some(Refusal::Failed(problem)) => Some(problem),
        _ => None,
    };
    imported.problems.iter().chain(failed)
}

fn refused_or_read(imported: &Imported) {
    let gave = imported.activities.len() + imported.notes.len() + imported.shoes.len();
    match &imported.refusal {
        Some(refusal) => {
            assert_eq!(gave, 0, "refused, and yet something was read");
            if let Refusal::Ignored(reason) = refusal {
                assert!(!reason.trim().is_empty() && !reason.ends_with('.'), "{reason:?}");
            }
        }
        None => assert!(gave + imported.problems.len() > 0, "nothing was read and nothing says why"),
    }
}

fn worded(problem: &Problem) {
    for words in [&problem.what, &problem.hint] {
        assert!(!words.trim().is_empty(), "{problem:?}");
        assert!(words.chars().count() <= LONGEST_PROBLEM_CHARS, "{} characters: {problem:?}", words.len());
        assert!(!words.contains(char::is_control), "{problem:?}");
    }
}

fn placed(problem: &Problem, input_bytes: usize, lines: Option<u64>) {
    match problem.place {
        Place::File => {}
        Place::Line(line) => {
            assert!(line >= 1 && lines.is_none_or(|lines| line <= lines), "{problem:?} in {lines:?} lines");
        }
        Place::Byte(byte) => assert!(byte <= input_bytes as u64, "{problem:?}"),
        Place::Record(record) => assert!((1..=input_bytes as u64).contains(&record), "{problem:?}"),
    }
}

fn bounded(imported: &Imported, input_bytes: usize) {
    let entries = imported.activities.len() + imported.notes.len() + imported.shoes.len() + imported.problems.len();
    // An event of half a year becomes a note on each of its days.
    assert!(entries <= 2 * input_bytes + 8, "{entries} entries out of {input_bytes} bytes");
    let texts: Vec<usize> = imported
        .activities
        .iter()
        .flat_map(entries::texts_of_activity)
        .chain(imported.notes.iter().flat_map(entries::texts_of_note))
        .chain(imported.shoes.iter().map(|shoe| shoe.name.as_str()))
        .map(str::len)
        .collect();
    assert!(texts.iter().all(|&length| length <= LONGEST_TEXT_BYTES), "a text of {:?} bytes", texts.iter().max());
    let all: usize = texts.iter().sum();
    assert!(all <= input_bytes * MOST_BYTES_OUT_OF_ONE + OWN_BYTES, "{all} bytes of text out of {input_bytes}");
}

/// What comes back from the cache is what was read.
fn kept_as_it_is(contents: &FileContents) {
    let kept = postcard::to_stdvec(contents).expect("what was read can be kept");
    let again: FileContents = postcard::from_bytes(&kept).expect("what was kept can be read");
    assert_eq!((&again.format, &again.imported), (&contents.format, &contents.imported));
}
