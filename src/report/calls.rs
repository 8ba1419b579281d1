//! What the standing warning signs call for: each call once, with the reasons for it behind it, for every format.

use super::contract::AdviceRow;
use super::shown::Placed;
use super::wording;

/// One call and why.
#[derive(Debug)]
pub struct Call<'a> {
    /// What to do, without a full stop: "Arrange to see a doctor (GP or sports doctor)".
    pub words: &'a str,
    /// Why, in the order of the advice; empty text where the call is the whole line.
    pub reasons: Vec<Reason<'a>>,
}

/// One reason for a call.
#[derive(Debug)]
pub struct Reason<'a> {
    /// A sentence; empty where the call says it all.
    pub text: String,
    /// The place of the line in the report's advice.
    pub at: usize,
    /// The whole line.
    pub line: &'a AdviceRow,
}

/// Gathers lines that open with the same words up to a colon.
#[must_use]
pub fn gather<'a>(lines: &[Placed<'a, AdviceRow>]) -> Vec<Call<'a>> {
    let mut calls: Vec<Call<'a>> = Vec::new();
    for &(at, line) in lines {
        let urgent = line.text.starts_with(wording::urgency(line.priority));
        let (words, why) = match line.text.split_once(": ") {
            Some((words, why)) if urgent => (words, wording::capital(why)),
            _ => (line.text.trim_end_matches('.'), String::new()),
        };
        let reason = Reason { text: why, at, line };
        match calls.iter_mut().find(|call| call.words == words) {
            Some(call) => call.reasons.push(reason),
            None => calls.push(Call { words, reasons: vec![reason] }),
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reading::Priority;
    use crate::report::fixtures;

    fn line(priority: Priority, text: &str) -> AdviceRow {
        fixtures::parts::advice(priority, text, &[])
    }

    #[test]
    fn the_same_call_stands_once_with_each_reason() {
        let lines = [
            line(Priority::P1, "Stop running and get medical assessment today: your note mentions a fall."),
            line(Priority::P2, "Arrange to see a doctor (GP or sports doctor): it has gone on for days."),
            line(Priority::P2, "Keep the leg still."),
            line(Priority::P2, "Arrange to see a doctor (GP or sports doctor): a GP can refer you: ask."),
        ];
        let placed: Vec<_> = lines.iter().enumerate().collect();
        let calls = gather(&placed);
        let told: Vec<(&str, Vec<&str>)> = calls
            .iter()
            .map(|call| (call.words, call.reasons.iter().map(|reason| reason.text.as_str()).collect()))
            .collect();
        assert_eq!(
            told,
            [
                ("Stop running and get medical assessment today", vec!["Your note mentions a fall."]),
                (
                    "Arrange to see a doctor (GP or sports doctor)",
                    vec!["It has gone on for days.", "A GP can refer you: ask."]
                ),
                ("Keep the leg still", vec![""]),
            ]
        );
        assert_eq!(calls.iter().map(|call| call.reasons.len()).sum::<usize>(), lines.len());
        assert_eq!(calls[1].reasons[1].at, 3);
    }
}
