//! What a JSON of a form that is not read says of the hip, so that it is not passed over. It gives no word a meaning.

use std::collections::HashSet;

use serde_json::Value;

use crate::import::word_key::spaced;
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The most different texts that are judged.
const MOST_JUDGED: usize = 2_000;

/// Longer texts are judged up to here.
const LONGEST_JUDGED: usize = 2_000;

/// The problem of a JSON that complains, by a text in it or by a key with its value: `"lost bladder control": 1`.
pub(super) fn unread(text: &str, complains: &dyn Fn(&str) -> bool) -> Option<Problem> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut said = Said::default();
    said.gather("", &value);
    let mut telling = said.texts.into_iter().filter(|text| complains(text));
    let line = telling.next()?;
    let others = telling.count() as u64;
    Some(Fault::ComplaintUnread { line, others }.at(Place::File))
}

/// The texts of a JSON in their order, each once.
#[derive(Default)]
struct Said {
    texts: Vec<String>,
    seen: HashSet<String>,
}

impl Said {
    fn gather(&mut self, key: &str, value: &Value) {
        if self.texts.len() >= MOST_JUDGED {
            return;
        }
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| self.gather(key, value)),
            Value::Array(list) => list.iter().for_each(|value| self.gather(key, value)),
            Value::String(text) if text.contains(char::is_whitespace) => self.add(text),
            Value::String(text) => self.add(&format!("{}: {text}", spaced(key))),
            Value::Number(number) if key.contains(|c: char| !c.is_alphanumeric()) => {
                self.add(&format!("{}: {number}", spaced(key)));
            }
            Value::Bool(yes) => self.add(&format!("{}: {}", spaced(key), if *yes { "yes" } else { "no" })),
            Value::Number(_) | Value::Null => {}
        }
    }

    fn add(&mut self, text: &str) {
        let letters = text.chars().any(char::is_alphabetic);
        let text: String = text.chars().take(LONGEST_JUDGED).collect();
        if letters && self.seen.insert(text.clone()) {
            self.texts.push(text);
        }
    }
}
