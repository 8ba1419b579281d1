//! The smallest change that removes each flag of a plan. Changes build on one another in the order of days, because a
//! shorter week is also what the week after it is held against; each is tried on the rules before it is offered, and
//! none makes a week longer.

use super::course::Course;
use super::edits::{Edit, carry_out, edits};
use super::outlook::{Judge, Outlook};
use crate::model::finding::Finding;

/// What becomes of a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These edits remove it, once the answers before it are carried out.
    Edits(Vec<Edit>),
    /// It is gone once the answers before it are carried out.
    WithThose,
    /// No change of the plan answers it.
    NotByThePlan,
}

/// A flag and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The flag.
    pub flag: Finding,
    /// True where the plan as written does not raise it, and a change before it does.
    pub follows: bool,
    /// What removes it.
    pub answer: Answer,
}

/// The answers, and the plan with all of them carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// In the order in which to carry them out.
    pub answers: Vec<Answered>,
    /// The plan afterwards.
    pub course: Course,
    /// What the rules still make of it.
    pub outlook: Outlook,
}

/// Works out the answers to every flag of `outlook`, which is what the judge makes of `course`.
///
/// # Errors
/// A sentence, only where the tables could not be built.
pub fn changes(judge: &Judge<'_>, course: &Course, outlook: &Outlook) -> Result<Changed, String> {
    let mut done = Changed { answers: Vec::new(), course: course.clone(), outlook: outlook.clone() };
    let mut unanswered: Vec<String> = Vec::new();
    loop {
        let next = done
            .outlook
            .flags
            .iter()
            .filter(|flag| !unanswered.contains(&flag.id))
            .min_by_key(|flag| (judge.history().week_of(flag.dated), precedence(flag.rule), flag.dated));
        let Some(flag) = next.cloned() else { break };
        let tried = match edits(judge, &done.course, &done.outlook, &flag)? {
            Some(edits) => {
                let changed = carry_out(judge, &done.course, &edits);
                let outlook = judge.outlook(&changed)?;
                let gone = outlook.flags.iter().all(|left| left.id != flag.id);
                gone.then_some((edits, changed, outlook))
            }
            None => None,
        };
        let follows = !outlook.flags.iter().any(|known| known.id == flag.id)
            || done.answers.iter().any(|known| known.flag.id == flag.id);
        let answer = if let Some((edits, course, outlook)) = tried {
            (done.course, done.outlook) = (course, outlook);
            Answer::Edits(edits)
        } else {
            unanswered.push(flag.id.clone());
            Answer::NotByThePlan
        };
        // Of a flag that the plan raises as written, that is what is told; changes before it may have moved its figures.
        let as_written = outlook.flags.iter().find(|known| known.id == flag.id).filter(|_| !follows).cloned();
        done.answers.push(Answered { flag: as_written.unwrap_or(flag), follows, answer });
    }
    let answered = |flag: &&Finding| !done.answers.iter().any(|known| known.flag.id == flag.id);
    let with_those: Vec<Finding> = outlook.flags.iter().filter(answered).cloned().collect();
    done.answers.extend(with_those.into_iter().map(|flag| Answered {
        flag,
        follows: false,
        answer: Answer::WithThose,
    }));
    Ok(done)
}

/// Of the flags of one week those come first whose answer may spare another.
fn precedence(rule: &str) -> u8 {
    match rule {
        "long-running-streak" => 0,
        "too-few-rest-days" => 1,
        "long-run-spike" => 2,
        "weekly-mileage-jump" => 3,
        _ => 4,
    }
}
