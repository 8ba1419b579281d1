//! The name of a pair of shoes from the equipment that a source names: one form for all spellings, without pods,
//! watches and bikes. It knows no pair.

use unicode_normalization::UnicodeNormalization as _;

use super::csv::words;
use crate::model::shoe::Shoe;

/// The pair among the equipment of an activity; `None` if none of it is a pair of shoes.
#[must_use]
pub fn shoe(written: &str) -> Option<String> {
    let items = || written.split([',', ';', '|', '+', '\n']).map(str::trim).filter(|item| !item.is_empty());
    if !items().any(words::is_not_a_shoe) {
        return Some(spelling(written)).filter(|name| !name.is_empty());
    }
    let pairs: Vec<String> = items().filter(|item| !words::is_not_a_shoe(item)).map(spelling).collect();
    (!pairs.is_empty()).then(|| pairs.join(", "))
}

/// One form for texts that look alike: composed letters, plain spaces, letters and digits of normal width.
fn spelling(name: &str) -> String {
    Shoe::tidy(&name.nfkc().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_shoe_is_left_out_wherever_it_stands() {
        for written in
            ["Rincon 4, Stryd pod", "Stryd pod; Rincon 4", "Rincon 4 + Brustgurt", "Forerunner 255 | Rincon 4"]
        {
            assert_eq!(shoe(written).as_deref(), Some("Rincon 4"), "{written}");
        }
        for written in ["Stryd", "Road bike", "  ", "Fahrrad, Brustgurt"] {
            assert_eq!(shoe(written), None, "{written}");
        }
        // A comma alone does not separate items.
        assert_eq!(shoe("Rincon 4, blue").as_deref(), Some("Rincon 4, blue"));
    }

    #[test]
    fn spellings_that_look_alike_are_one() {
        for written in ["Rincón 4", "Rinco\u{301}n\u{a0}4", "Rincón  4 ", "Ｒｉｎｃóｎ\u{3000}４", "\tRincón\u{202f}4"]
        {
            assert_eq!(shoe(written).as_deref(), Some("Rincón 4"), "{written}");
        }
    }
}
