//! How far an undated line concerns the body. It casts the widest net, for lines that would otherwise be passed over,
//! and produces no reading: dated notes are read in `reading`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::reading;
use crate::model::concern::Concern;
use crate::model::note::Given;

/// The word tables of the reading, used here for their words alone.
const LEXICON: &str = include_str!("reading/lexicon.tsv");
const LANGUAGES: &str = include_str!("reading/language.tsv");

/// The most words in one phrase of the lexicon.
const LONGEST_PHRASE: usize = 4;

/// Only this many words of a longer line are looked at.
const MOST_WORDS: usize = 400;

/// Classes of the lexicon, and what a word of each means in a line. Of the classes in a row, the one listed first
/// here counts. A part whose name is also an everyday word, such as "back", concerns the body only beside a
/// complaint.
const CLASSES: &[(&str, Word)] = &[
    ("mood", Word::Other),
    ("popword", Word::Other),
    ("hip", Word::Means(Concern::Hip)),
    ("lefthip", Word::Means(Concern::Hip)),
    ("pain", Word::Means(Concern::Hip)),
    ("limpword", Word::Means(Concern::Hip)),
    ("fracture", Word::Means(Concern::Hip)),
    ("q.numb", Word::Means(Concern::Hip)),
    ("q.niggle", Word::Means(Concern::Hip)),
    ("complaint", Word::Complaint),
    ("lower", Word::Means(Concern::Body)),
    ("upper", Word::Means(Concern::Body)),
    ("leg", Word::Means(Concern::Body)),
    ("thigh", Word::Means(Concern::Body)),
    ("gaveway", Word::Means(Concern::Body)),
    ("swellword", Word::Means(Concern::Body)),
    ("painkiller", Word::Means(Concern::Body)),
    ("saddle", Word::Means(Concern::Body)),
    ("aid", Word::Means(Concern::Body)),
    ("strictbowel", Word::Toilet),
    ("footy", Word::Part),
    ("other", Word::Part),
];

/// What a word means in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Concerns the body this much by itself.
    Means(Concern),
    /// A complaint, of whatever part is named.
    Complaint,
    /// A part of the body whose name has other everyday meanings.
    Part,
    /// A word of bladder or bowel, which counts where the reading leaves it open: "hydration bladder" does not.
    Toilet,
    /// Any other word.
    Other,
}

static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (classes, phrases) in rows(LEXICON) {
        let fits = |class: &str| classes.split('+').any(|one| one.trim_start_matches('^') == class);
        let Some((_, word)) = CLASSES.iter().find(|(class, _)| fits(class)) else { continue };
        if *word != Word::Other {
            let phrases = phrases.map(|phrase| phrase.trim_start_matches('~').to_owned());
            phrases.for_each(|phrase| {
                words.entry(phrase).or_insert(*word);
            });
        }
    }
    let english: Vec<&str> = rows(LANGUAGES).filter(|row| row.0 == "english").flat_map(|row| row.1).collect();
    for (kind, phrases) in rows(LANGUAGES) {
        let word = match kind {
            "body" => Word::Means(Concern::Hip),
            "pain" => Word::Complaint,
            _ => continue,
        };
        for phrase in phrases.filter(|phrase| !english.contains(phrase)) {
            words.entry(phrase.to_owned()).or_insert(word);
        }
    }
    words
});

/// Parts of words, for languages that join words and scripts without spaces.
static WORD_PARTS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows(LANGUAGES).filter(|row| row.0.ends_with("-part")).flat_map(|row| row.1).collect());

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    table
        .lines()
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once('\t'))
        .map(|(classes, phrases)| (classes, phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty())))
}

/// How far the words concern the body.
#[must_use]
pub fn of(text: &str) -> Concern {
    let Named { concern: named, part: names_part, toilet } = named(text);
    let read = reading::read(text, &Given::default(), false);
    let tells = read.hip || read.denies_hip_pain || !read.red_flags.is_empty();
    // "It gave way under me" names no part and is a sign all the same.
    let of_no_part = || {
        reading::read_assuming_hip(text, false, None).is_some_and(|hip| {
            !hip.red_flags.is_empty() || hip.hip && (named > Concern::Nothing || hip.severity.is_some())
        })
    };
    // A foot that drags is a sign of the leg, whatever the line says of the hip.
    let of_hip = || reading::read(&format!("hip: {text}"), &Given::default(), false);
    let of_a_part = || names_part && !of_hip().red_flags.is_empty();
    if tells || of_no_part() || of_a_part() {
        Concern::Complaint
    } else if toilet && !of_hip().understood {
        named.max(Concern::Body)
    } else {
        named
    }
}

/// What words say by themselves.
struct Named {
    concern: Concern,
    /// Whether they name a part whose name has other everyday meanings.
    part: bool,
    /// Whether they speak of bladder or bowel.
    toilet: bool,
}

/// How far the words by themselves concern the body.
fn named(text: &str) -> Named {
    let folded: String = text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let (mut most, mut complaint, mut part, mut toilet) = (Concern::Nothing, None, None, false);
    let mut beside = false;
    for from in 0..words.len() {
        for length in 1..=LONGEST_PHRASE.min(words.len() - from) {
            let known = match words.get(from..from + length) {
                Some([word]) => WORDS.get(*word),
                Some(several) => WORDS.get(&several.join(" ")),
                None => None,
            };
            match known {
                Some(Word::Means(concern)) => most = most.max(*concern),
                Some(Word::Complaint) => complaint = Some(from),
                Some(Word::Part) => part = Some(from),
                Some(Word::Toilet) => toilet = true,
                Some(Word::Other) | None => {}
            }
        }
        beside |= complaint.zip(part).is_some_and(|(one, other): (usize, usize)| one.abs_diff(other) <= BESIDE);
    }
    if !folded.is_ascii() && WORD_PARTS.iter().any(|part| folded.contains(part)) {
        most = most.max(Concern::Hip);
    }
    // "Tight schedule" and "back from the sea" say nothing of the body, "tight back" does.
    let is_subject = complaint.is_some() && words.len() <= FEW_WORDS;
    let concern = if beside || is_subject { most.max(Concern::Body) } else { most };
    Named { concern, part: part.is_some(), toilet }
}

/// A complaint at most this many words from a part is a complaint of that part.
const BESIDE: usize = 3;

/// In a line of at most this many words, a complaint is the subject.
const FEW_WORDS: usize = 6;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;
    use crate::model::warning_sign::{RedFlag, Scope};

    #[test]
    fn words_concern_the_body_as_far_as_they_say() {
        for (text, concern) in [
            ("Kept since the autumn, newest at the end.", Concern::Nothing),
            ("back from holiday with a tight schedule and new shoes", Concern::Nothing),
            ("core values of the team", Concern::Nothing),
            ("calves tired", Concern::Body),
            ("lower back stiff", Concern::Body),
            ("stiff all over", Concern::Complaint),
            ("hip openers, ten minutes", Concern::Hip),
            ("Hüfte zwickt", Concern::Hip),
            ("my left hip popped and gave way", Concern::Complaint),
            ("right groin 6/10, limping", Concern::Complaint),
            ("cannot put weight on it", Concern::Complaint),
            ("Bladder/bowel changes: yes", Concern::Body),
            ("new hydration bladder, half a litre", Concern::Nothing),
        ] {
            assert!(of(text) == concern || concern == Concern::Hip && of(text) > concern, "{text}: {:?}", of(text));
        }
    }

    /// A line without a day gets no second look, so the net has to hold every way of saying a sign.
    #[test]
    fn every_way_to_say_a_sign_is_in_the_net() {
        let phrases = include_str!("../../tests/data/notes/sign_phrases.tsv").lines();
        let phrases = phrases.filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
        let tables = [
            include_str!("../../tests/data/notes/first_table.tsv"),
            include_str!("../../tests/data/notes/further.tsv"),
            include_str!("../../tests/data/notes/batch_9.tsv"),
        ];
        let notes = tables.iter().flat_map(|table| table.lines().skip(1));
        let notes = notes.flat_map(|row| {
            let text = row.split('\t').next().unwrap_or_default();
            row.rsplit('\t').next().into_iter().flat_map(|signs| signs.split(',')).map(move |sign| (sign, text))
        });
        let mut missed = Vec::new();
        let mut signs = BTreeSet::new();
        for (label, text) in phrases.chain(notes) {
            let of_hip = format!("hip: {text}");
            let read = [text, &of_hip].map(|text| reading::read(text, &Given::default(), false).red_flags);
            let Some(sign) = RedFlag::named(label).filter(|sign| read.iter().any(|read| read.contains(sign))) else {
                continue;
            };
            signs.insert(sign);
            if of(text) == Concern::Nothing {
                missed.push(text);
            }
        }
        assert_eq!(missed, Vec::<&str>::new());
        let of_notes = RedFlag::iter().filter(|sign| sign.row().scope != Scope::Episode);
        assert_eq!(of_notes.filter(|sign| !signs.contains(sign)).collect::<Vec<_>>(), Vec::<RedFlag>::new());
    }

    #[test]
    fn every_class_is_one_of_the_lexicon() {
        for (class, _) in CLASSES {
            assert!(
                rows(LEXICON).any(|(classes, _)| classes.split('+').any(|one| one.trim_start_matches('^') == *class)),
                "{class}"
            );
        }
    }

    #[test]
    fn every_word_for_the_hip_is_in_the_net() {
        for (classes, phrases) in rows(LEXICON).filter(|row| row.0.split('+').next() == Some("hip")) {
            for phrase in phrases.map(|phrase| phrase.trim_start_matches('~')) {
                assert!(
                    phrase.split(' ').count() > LONGEST_PHRASE || named(phrase).concern >= Concern::Hip,
                    "{classes}: {phrase}"
                );
            }
        }
    }
}
