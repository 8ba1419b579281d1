//! Labels that never overlap: each takes up a box in the plot, on a phone and on a wide page, and a label that finds
//! no free place is left out there. Labels are served in the order of asking.

use maud::{Markup, html};

use super::letters;
use super::scale::{across, px};

/// Pixels kept free beside a label.
const GAP: f64 = 3.0;
/// How far letters reach above and below their base line, in shares of the font size.
const ABOVE: f64 = 0.95;
const BELOW: f64 = 0.25;

/// Classes of labels that the style sheet centres, because a chart has hundreds of them.
const CENTRED: [&str; 2] = ["fig", "low"];

/// Which part of a label is at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its first letter.
    Start,
    /// Its middle.
    Middle,
    /// Its last letter.
    End,
}

/// A text in a plot.
#[derive(Clone, Debug)]
pub struct Label {
    /// The text.
    pub words: String,
    /// The style sheet's class.
    pub class: &'static str,
    /// The horizontal position as a share of the width.
    pub at: f64,
    /// Pixels to the right of that position.
    pub aside: f64,
    /// Pixels from the top to the base line.
    pub y: f64,
    /// Which part of the text is at the position.
    pub anchor: Anchor,
    /// The font size in pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn touches(&self, other: &Self) -> bool {
        self.left < other.right + GAP
            && other.left < self.right + GAP
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

impl Label {
    fn area(&self, pixels: f64) -> Area {
        let wide = letters::width(&self.words, self.size, self.bold);
        let at = self.at * pixels + self.aside;
        let left = match self.anchor {
            Anchor::Start => at,
            Anchor::Middle => at - wide / 2.0,
            Anchor::End => at - wide,
        };
        Area { left, right: left + wide, top: self.y - ABOVE * self.size, bottom: self.y + BELOW * self.size }
    }

    fn draw(&self, shown: &str) -> Markup {
        let class = [self.class, shown].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let anchor = match self.anchor {
            Anchor::Start => None,
            Anchor::Middle if CENTRED.contains(&self.class) => None,
            Anchor::Middle => Some("middle"),
            Anchor::End => Some("end"),
        };
        let aside = (self.aside != 0.0).then(|| px(self.aside));
        html! { text class=(class) x=(across(self.at)) dx=[aside] y=(px(self.y)) text-anchor=[anchor] { (self.words) } }
    }
}

/// The boxes already taken by labels at one width of the plot.
#[derive(Clone, Debug)]
struct Room {
    pixels: f64,
    left: f64,
    right: f64,
    taken: Vec<Area>,
}

impl Room {
    /// Takes the first of these labels that fits, and returns its index.
    fn take(&mut self, candidates: &[Label]) -> Option<usize> {
        let fits = |area: &Area| {
            area.left >= -self.left
                && area.right <= self.pixels + self.right
                && self.taken.iter().all(|taken| !taken.touches(area))
        };
        let areas = candidates.iter().map(|label| label.area(self.pixels));
        let (at, area) = areas.enumerate().find(|(_, area)| fits(area))?;
        self.taken.push(area);
        Some(at)
    }
}

/// The boxes taken by labels in a plot, on a phone and on a wide page.
#[derive(Clone, Debug)]
pub struct Rooms {
    phone: Room,
    wide: Room,
}

impl Rooms {
    /// Plots of these widths in pixels, with `left` and `right` pixels beside them into which a label may reach.
    #[must_use]
    pub fn new(phone: f64, wide: f64, left: f64, right: f64) -> Self {
        let room = |pixels| Room { pixels, left, right, taken: Vec::new() };
        Self { phone: room(phone), wide: room(wide) }
    }

    /// Draws a label on a phone only, over whatever stands there.
    pub fn put_on_phone(&mut self, label: &Label) -> Markup {
        self.phone.taken.push(label.area(self.phone.pixels));
        label.draw("narrow")
    }

    /// Draws a label in any case, over whatever stands there.
    pub fn put_always(&mut self, label: &Label) -> Markup {
        for room in [&mut self.phone, &mut self.wide] {
            room.taken.push(label.area(room.pixels));
        }
        label.draw("")
    }

    /// Draws the first of several forms of a label that fits; on a phone this may be another one, or none.
    pub fn put(&mut self, candidates: &[Label]) -> Markup {
        let (phone, wide) = (self.phone.take(candidates), self.wide.take(candidates));
        let draw = |at: Option<usize>, shown| at.and_then(|at| candidates.get(at)).map(|label| label.draw(shown));
        if phone == wide {
            return html! { @if let Some(label) = draw(phone, "") { (label) } };
        }
        html! {
            @if let Some(label) = draw(phone, "narrow") { (label) }
            @if let Some(label) = draw(wide, "wide") { (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(words: &str, at: f64, y: f64) -> Label {
        Label { words: words.into(), class: "axis", at, aside: 0.0, y, anchor: Anchor::Middle, size: 10.0, bold: false }
    }

    fn put(rooms: &mut Rooms, candidates: &[Label]) -> String {
        rooms.put(candidates).into_string()
    }

    #[test]
    fn who_asks_second_for_the_same_place_gets_another_or_none() {
        let mut rooms = Rooms::new(240.0, 450.0, 0.0, 0.0);
        assert_eq!(
            put(&mut rooms, &[label("12", 0.5, 20.0)]),
            "<text class=\"axis\" x=\"50%\" y=\"20\" text-anchor=\"middle\">12</text>"
        );
        assert_eq!(put(&mut rooms, &[label("13", 0.5, 20.0)]), "");
        assert!(put(&mut rooms, &[label("13", 0.5, 20.0), label("13", 0.5, 40.0)]).contains("y=\"40\""));
    }

    #[test]
    fn a_wide_page_has_room_where_a_phone_has_none() {
        let mut rooms = Rooms::new(240.0, 450.0, 0.0, 0.0);
        put(&mut rooms, &[label("12", 0.5, 20.0)]);
        // Two digits of 6.4 pixels and the gap make 15.8 pixels from middle to middle; 5 % of the widths are 12 and
        // 22.5.
        assert_eq!(
            put(&mut rooms, &[label("13", 0.55, 20.0)]),
            "<text class=\"axis wide\" x=\"55%\" y=\"20\" text-anchor=\"middle\">13</text>"
        );
    }

    #[test]
    fn no_label_stands_out_of_the_plot() {
        let mut rooms = Rooms::new(240.0, 450.0, 5.0, 0.0);
        assert_eq!(put(&mut rooms, &[label("1234", 0.0, 20.0)]), "");
        assert!(put(&mut rooms, &[Label { anchor: Anchor::Start, ..label("1234", 0.0, 20.0) }]).contains("1234"));
        assert!(put(&mut rooms, &[Label { anchor: Anchor::End, ..label("1234", 1.0, 20.0) }]).contains("1234"));
    }
}
