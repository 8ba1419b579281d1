//! Which words of a note are denied, another person's, long past or only feared. Works clause by clause; of the body
//! it knows only which words are parts.

use std::ops::Range;

use super::classes::class;
use super::keeper;
use super::rules::rules;
use super::term::Term;

/// How a term is meant.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a word")]
pub(super) struct Mood {
    /// The position of the word that denies it.
    pub(super) denied_by: Option<usize>,
    /// Whether it is said of another person.
    pub(super) other_person: bool,
    /// Whether it is about somebody of whom only the name is known, in a note that does not say who writes.
    pub(super) named: bool,
    /// Whether it is about a time long gone.
    pub(super) past: bool,
    /// Whether it is feared, supposed or guarded against.
    pub(super) supposed: bool,
}

/// The range of terms of each clause.
pub(super) fn clauses(terms: &[Term]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=terms.len() {
        if at == terms.len() || terms[at].clause != terms[start].clause {
            found.push(start..at);
            start = at;
        }
    }
    if terms.is_empty() { Vec::new() } else { found }
}

/// Starts a new clause at "but" and its like, and voids figures of speech.
pub(super) fn prepare(terms: &mut [Term]) {
    let mut added = 0;
    for term in terms.iter_mut() {
        added += u32::from(term.is(class::BUT));
        term.clause += added;
    }
    let idioms = rules().figures_of_speech(terms);
    for idiom in idioms {
        let (mut first, mut last) = idiom.ends();
        match idiom.meaning {
            "first" => last = first,
            "last" => first = last,
            _ => {}
        }
        for term in &mut terms[first..=last] {
            // A turning voids only the side, and the way back only "back": "limped back" is still a limp.
            term.void |= match idiom.meaning {
                "turning" => term.is_any(&[class::LEFT, class::RIGHT]) && !term.is(class::NAMED_SIDE),
                "way" => term.is(class::BACK),
                "overnight" => term.is(class::NIGHT_WORD),
                _ => true,
            };
        }
    }
    void_names(terms);
}

/// Voids a part of the body that is a name on a map: "down Groin Point boardwalk", "raced the Buttock Hill 5". Where
/// every word has a capital, as in a title, capitals say nothing.
fn void_names(terms: &mut [Term]) {
    let in_small_letters = |term: &Term| !term.capital && term.number.is_none() && !term.is(class::AND);
    for at in 0..terms.len().saturating_sub(1) {
        let (term, next) = (&terms[at], &terms[at + 1]);
        let same_sentence = |other: &&Term| other.sentence == term.sentence;
        let before = at.checked_sub(1).map(|before| &terms[before]).filter(same_sentence);
        let told = [class::COMPLAINT, class::WELL, class::GONE, class::EASED_OFF, class::PARTLY, class::NEG, class::BE];
        let says_nothing = !next.is_any(&told) && !next.is_part() && next.number.is_none();
        let named = term.is_part()
            && term.capital
            && next.capital
            && next.clause == term.clause
            && says_nothing
            && (before.is_some_and(|before| !before.is_any(&[class::LEFT, class::RIGHT, class::BOTH])))
            && terms.iter().filter(same_sentence).filter(|term| in_small_letters(term)).count() >= 2;
        if named {
            terms[at].void = true;
        }
    }
}

/// How each term is meant.
pub(super) fn moods(terms: &[Term], clauses: &[Range<usize>]) -> Vec<Mood> {
    let mut moods = vec![Mood::default(); terms.len()];
    for (number, clause) in clauses.iter().enumerate() {
        deny(terms, clauses, number, &mut moods);
        deny_backwards(terms, clause, &mut moods);
        lend_to_others(terms, clause, &mut moods);
        set_past(terms, clause, &mut moods);
        set_feared(terms, clause, &mut moods);
    }
    carry_over(terms, clauses, &mut moods);
    if keeper::is_kept_for_another(terms) {
        for mood in &mut moods {
            mood.other_person = false;
        }
    }
    moods
}

fn deny(terms: &[Term], clauses: &[Range<usize>], number: usize, moods: &mut [Mood]) {
    let clause = clauses[number].clone();
    // A list continues over commas: "no swelling, heat or fever".
    let mut active = clause.start.checked_sub(1).and_then(|before| {
        let runs_on = moods[before].denied_by.is_some() || terms[before].is(class::NEG);
        let negator = moods[before].denied_by.or(Some(before));
        (runs_on && list_runs_on(terms, clauses, number)).then_some(negator).flatten()
    });
    for at in clause.clone() {
        let term = &terms[at];
        if term.is(class::NEG) {
            // "wasn't ... no" is still a denial, by the outermost word; "cant tie a shoe without pain" asserts the
            // pain.
            let twice = term.is(class::WITHOUT)
                && active.is_some_and(|by| {
                    !terms[by + 1..at].iter().any(|between| between.is_any(&[class::COMPLAINT, class::WELL]))
                });
            active = (!twice).then_some(at);
            continue;
        }
        let new_predicate = term.is(class::AND) && !term.is(class::OR_WORD) && !bare_end(terms, at + 1..clause.end);
        // "he can't sit: he wet himself" tells what follows; "no symptoms: numbness" denies it.
        let after_a_colon = term.is(class::COLON) && terms[at..clause.end].iter().any(tells_of_somebody);
        if term.is_any(&[class::SCOPE_END, class::PICTURE]) || new_predicate || after_a_colon {
            active = None;
        }
        moods[at].denied_by = active;
    }
}

/// Whether this clause is a bare item of a list with "or" before its end.
fn list_runs_on(terms: &[Term], clauses: &[Range<usize>], number: usize) -> bool {
    let sentence = terms[clauses[number].start].sentence;
    for clause in clauses[number..].iter().take(6) {
        let items = &terms[clause.clone()];
        if items[0].sentence != sentence || items.len() > 4 || items.iter().any(|term| term.is(class::SCORE)) {
            return false;
        }
        if items.iter().any(|term| term.is(class::OR_WORD)) {
            return !items.iter().any(|term| term.is_any(&[class::I_WORD, class::BUT]));
        }
        if items.iter().any(|term| term.is_any(&[class::HIP, class::I_WORD, class::BUT, class::NEG])) {
            return false;
        }
    }
    false
}

/// Whether somebody is told of, not a thing named.
fn tells_of_somebody(term: &Term) -> bool {
    term.is_any(&[
        class::I_WORD,
        class::ME_WORD,
        class::MY,
        class::PERSON,
        class::NAME,
        class::POSSESSIVE,
        class::PRONOUN,
        class::HAPPENED,
    ])
}

/// Whether what follows "and" is a bare noun or two up to the clause's end.
fn bare_end(terms: &[Term], rest: Range<usize>) -> bool {
    rest.len() <= 2
        && !rest.is_empty()
        && !terms[rest]
            .iter()
            .any(|term| term.is_any(&[class::HIP, class::I_WORD, class::FALL_VERB, class::SCORE, class::LIMP_WORD]))
}

/// "swelling: none", "limp nil".
fn deny_backwards(terms: &[Term], clause: &Range<usize>, moods: &mut [Mood]) {
    let Some(last) = clause.clone().next_back() else { return };
    if clause.len() <= 4 && clause.len() > 1 && terms[last].is(class::POSTNEG) && !terms[last - 1].is(class::NEG) {
        for mood in &mut moods[clause.start..last] {
            mood.denied_by = Some(last);
        }
    }
}

fn lend_to_others(terms: &[Term], clause: &Range<usize>, moods: &mut [Mood]) {
    // Where the words about another person or an animal begin, and whether it is an animal.
    let mut lent: Option<(usize, bool)> = None;
    for at in clause.clone() {
        let term = &terms[at];
        let next = (at + 1 < clause.end).then(|| &terms[at + 1]);
        let owns = next.is_some_and(is_possessive_s);
        let befell = term.is_any(&[class::ME_WORD, class::BEFELL]);
        if term.is(class::I_WORD) || befell {
            // "my husband had to carry me", "she ran into me": it happened to the writer.
            if lent.is_some() && befell {
                let since =
                    (clause.start..at).rev().take_while(|before| moods[*before].other_person).last().unwrap_or(at);
                if !terms[since..at].iter().any(Term::is_part) {
                    for mood in &mut moods[since..at] {
                        mood.other_person = false;
                    }
                }
            }
            lent = None;
        } else if let Some((since, animal)) = lent
            && hands_back(terms, since, at, clause.end, animal)
        {
            lent = None;
        } else if term.is(class::POSSESSIVE)
            || term.is(class::KINS) && terms[at + 1..clause.end].iter().take(2).any(Term::is_part)
        {
            lent = Some((at, false));
        } else if term.is(class::PERSON) {
            let says = next.is_some_and(|next| next.is(class::SAY_VERB));
            let opens =
                at - clause.start <= 1 || (at - clause.start == 2 && terms[at - 1].is_any(&[class::DET, class::MY]));
            let accompanies = terms[clause.start..at].iter().rev().take(2).any(|term| term.is(class::WITH_WORD));
            let suffers = next.is_some_and(|next| next.is_any(&[class::POSSESSIVE, class::PERSON, class::OWNS]));
            // "as if somebody had kicked me": a comparison, nobody is there.
            let likened = terms[clause.start..at].last().is_some_and(|before| before.is(class::THAN));
            if says || likened {
                lent = None;
            } else if owns || suffers || (opens && !accompanies) {
                lent = Some((at, false));
            }
        } else if term.is(class::ANIMAL) && at - clause.start <= 1 && next.is_some_and(|next| next.is(class::BE)) {
            lent = Some((at, true));
        } else if owns && term.capital && term.classes.is_empty() && term.number.is_none() {
            // A name: "Dave's hip".
            lent = Some((at, false));
        }
        moods[at].other_person = lent.is_some();
    }
}

/// Whether a clause that began with somebody else turns back to its writer at this word: "kids in the car and
/// limping", "mum came for tea then the leg buckled", "dog was pulling so fell". In "mum fell and limps" it does not.
fn hands_back(terms: &[Term], since: usize, at: usize, end: usize, animal: bool) -> bool {
    if terms[at].is(class::PICTURE) {
        return true;
    }
    let so = terms[at].is(class::SO_WORD);
    let and = terms[at].is(class::AND) && !terms[at].is(class::OR_WORD);
    let rest = &terms[at + 1..end];
    let named = |term: &Term| term.is_any(&[class::PERSON, class::POSSESSIVE, class::ANIMAL]);
    if !so && !and || rest.iter().take(2).any(named) {
        return false;
    }
    // The clause says only where they were.
    let only_placed = terms[since + 1..at].first().is_some_and(|next| next.is(class::WHEREABOUTS));
    let own_part = rest.iter().take(3).any(Term::is_part) && !terms[since..at].iter().any(Term::is_part);
    let fell_over_it = animal && (so || rest.first().is_some_and(|next| next.is(class::FALL_VERB)));
    only_placed || own_part || fell_over_it
}

fn is_possessive_s(term: &Term) -> bool {
    term.is(class::S_ENDING) && term.span.len() >= 2
}

fn set_past(terms: &[Term], clause: &Range<usize>, moods: &mut [Mood]) {
    let items = &terms[clause.clone()];
    let in_year = items.windows(2).any(|pair| pair[0].is(class::BACK_IN) && pair[1].is(class::YEAR));
    // "worse than last year", "same as last month" are about now.
    let compared = |at: usize| {
        items[..at]
            .iter()
            .rev()
            .take(2)
            .any(|term| term.is(class::THAN))
            // "the same pain from last year", "my groin pain from last year is back"
            || items[..at].iter().rev().take(1).any(|term| term.is(class::FROM))
                && items.iter().any(|term| term.is(class::BACK_AGAIN))
    };
    // "a fever in January; today …", "in the spring, all clear now"
    let spoken: Vec<&Term> = items.iter().filter(|term| !term.is(class::DET) || term.is(class::BACK_IN)).collect();
    let said = |pair: &&[&Term], time: u16| pair[0].is(class::BACK_IN) && pair[1].is(time);
    // A season may be scenery: "in the autumn mud".
    let in_season = spoken.windows(2).next_back().is_some_and(|pair| said(&pair, class::SEASON));
    let in_month = (in_season || spoken.windows(2).any(|pair| said(&pair, class::MONTH_NAME)))
        && !items.iter().any(|term| term.is(class::SINCE))
        && terms[clause.end..].iter().any(|term| term.is(class::CURRENT));
    let past = in_year || in_month || items.iter().enumerate().any(|(at, term)| term.is(class::PAST) && !compared(at));
    if past && !items.iter().any(|term| term.is(class::CURRENT)) {
        // "fell on the hip I broke years ago", "the hip I bashed last month is sore": only what was said of then is past. So it is in
        // "the race was two weeks ago and the hip is sore".
        let hurts = |told: &[Term]| told.iter().any(|term| term.is_any(&[class::FALL_VERB, class::COMPLAINT]));
        let behind = items.windows(2).position(|pair| pair[0].is(class::HIP) && pair[1].is(class::I_WORD));
        let told_to = items.iter().rposition(|term| term.is(class::PAST)).map_or(items.len(), |at| at + 1);
        let cannot = |told: &[Term]| told.iter().any(|term| term.is(class::CANT_NEG));
        let rest = &items[told_to..];
        let turns = rest.first().is_some_and(|next| next.is(class::AND)) && (!hurts(&items[..told_to]) || cannot(rest));
        let goes_on = (behind.is_some() || turns) && (hurts(rest) || cannot(rest));
        let from = behind.filter(|at| goes_on || hurts(&items[..*at])).map_or(0, |at| at + 1);
        let to = if goes_on { told_to } else { items.len() };
        for mood in &mut moods[clause.start + from..clause.start + to] {
            mood.past = true;
        }
    }
}

/// Carries over whom or what time a sentence is about to its next clause: "stress fracture in her hip, can't put
/// weight on the leg", "back then every step hurt, then I was on crutches".
fn carry_over(terms: &[Term], clauses: &[Range<usize>], moods: &mut [Mood]) {
    for pair in clauses.windows(2) {
        let [before, clause] = pair else { continue };
        let (first, last) = (clause.start, before.end - 1);
        let has = |range: &Range<usize>, classes: &[u16]| terms[range.clone()].iter().any(|term| term.is_any(classes));
        let same_sentence = terms[first].sentence == terms[last].sentence;
        let anothers_part = moods[last].other_person
            && before.clone().any(|at| terms[at].is_part() && moods[at].other_person)
            && !has(before, &[class::WELL]);
        // "Coach off injured, groin tear at football. We ran without him": the injury follows the person.
        let anothers_injury = moods[last].other_person
            && before.clone().any(|at| terms[at].is(class::COMPLAINT) && moods[at].other_person)
            && terms[clause.end..].iter().any(|term| term.is_any(&[class::THEM, class::POSSESSIVE]))
            && !has(
                clause,
                &[class::I_WORD, class::ME_WORD, class::MY, class::LEFT, class::RIGHT, class::SCORE, class::CURRENT],
            );
        if same_sentence && anothers_injury {
            clause.clone().for_each(|at| moods[at].other_person = true);
        }
        let own =
            [class::I_WORD, class::ME_WORD, class::BEFELL, class::HIP, class::RUN_VERB, class::PICTURE, class::SCORE];
        // "My wife has a bad back, cannot feel her bum": the hip named is not the runner's own.
        let theirs = has(clause, &[class::POSSESSIVE]) && !has(clause, &[class::I_WORD, class::ME_WORD, class::MY]);
        if same_sentence && anothers_part && (theirs || !has(clause, &own)) {
            clause.clone().for_each(|at| moods[at].other_person = true);
        }
        // "Bruised hip, he is home": the person follows the injury.
        let named_after = terms[first].is(class::PERSON) && terms.get(first + 1).is_some_and(|next| next.is(class::BE));
        // Not the doctor who tells of it: "Doctor stuck his head in: fracture, he is off to find me a stick".
        let opening = terms.iter().position(|term| term.sentence == terms[last].sentence);
        let told_by_one = opening.is_some_and(|at| terms[at].is(class::PROFESSIONAL));
        let named_earlier = !told_by_one && moods[..before.start].iter().any(|mood| mood.other_person);
        if same_sentence && named_after && named_earlier && !has(before, &own[..3]) {
            before.clone().for_each(|at| moods[at].other_person = true);
        }
        // "Nine years ago today I was on the ward, catheter in": the number is passed over only there, since what began
        // three weeks ago may go on.
        let of_an_anniversary = before.clone().take(3).any(|at| terms[at].is(class::ANNIVERSARY));
        let told_of_then = moods[last].past
            && (of_an_anniversary || opening.is_some_and(|at| terms[at].is_any(&[class::PAST, class::BACK_IN])));
        let goes_on = same_sentence || has(clause, &[class::UNTIL]) && clause.len() <= 4;
        if told_of_then && goes_on && !has(clause, &[class::CURRENT, class::BUT]) {
            clause.clone().for_each(|at| moods[at].past = true);
        }
    }
}

fn set_feared(terms: &[Term], clause: &Range<usize>, moods: &mut [Mood]) {
    let Some(fear) = clause.clone().find(|at| terms[*at].is(class::FEAR)) else { return };
    let settles = |at: usize| terms[at + 1..clause.end].iter().any(|term| term.is(class::SETTLE_VERB));
    for at in fear + 1..clause.end {
        let names_the_hip = terms[at + 1..clause.end].iter().take(2).any(|term| term.is(class::HIP));
        if terms[at].is(class::COMPLAINT) && !settles(at) && !names_the_hip {
            moods[at].supposed = true;
        }
    }
}
