//! What the leading warning signs call for, in every format: each call once, followed by the reasons for it.

use crate::model::reading::Priority;

use super::contract::Advice;
use super::shown::NumberedRow;
use super::wording;

/// A call and the reasons for it.
#[derive(Debug)]
pub struct Call<'a> {
    /// What to do, without a full stop: "Arrange to see a doctor (GP or sports doctor)".
    pub words: &'a str,
    /// The urgency that the call states; `None` for a line that is no call of a warning sign.
    pub urgency: Option<Priority>,
    /// The reasons, in the order of the advice; with empty text where the call is the whole line.
    pub reasons: Vec<Reason<'a>>,
}

/// One reason for a call.
#[derive(Debug)]
pub struct Reason<'a> {
    /// The reason as a sentence; empty if the call says it all.
    pub text: String,
    /// The line of advice it comes from.
    pub line: &'a Advice,
}

/// Gathers the lines that make the same call. A line without a call becomes a call of its own, with the whole line as
/// its words.
#[must_use]
pub fn gather<'a>(lines: &[NumberedRow<'a, Advice>]) -> Vec<Call<'a>> {
    let mut calls: Vec<Call<'a>> = Vec::new();
    for &(_, line) in lines {
        let (words, urgency, why) = match &line.text.call {
            Some(call) => (call.as_str(), Some(line.priority), wording::capital(&line.text.why)),
            None => (line.text.why.trim_end_matches('.'), None, String::new()),
        };
        let reason = Reason { text: why, line };
        match calls.iter_mut().find(|call| call.words == words) {
            Some(call) => call.reasons.push(reason),
            None => calls.push(Call { words, urgency, reasons: vec![reason] }),
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures::parts::{advice, call};

    #[test]
    fn the_same_call_stands_once_with_each_reason() {
        let lines = [
            call(Priority::P1, "your note mentions a fall.", &[]),
            call(Priority::P2, "it has gone on for days.", &[]),
            advice(Priority::P2, "Keep the leg still: it helps.", &[]),
            call(Priority::P2, "a GP can refer you: ask.", &[]),
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
                ("Keep the leg still: it helps", vec![""]),
            ]
        );
        assert_eq!(calls.iter().map(|call| call.reasons.len()).sum::<usize>(), lines.len());
        let urgencies: Vec<_> = calls.iter().map(|call| call.urgency).collect();
        assert_eq!(urgencies, [Some(Priority::P1), Some(Priority::P2), None]);
    }
}
