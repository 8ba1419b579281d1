//! Charts as plain SVG, one file each over shared scales. A chart is given what it draws and an id, takes its colours
//! from the style sheet and never says anything by colour alone. Across, places are shares of the width; down and in
//! text they are pixels, so that letters keep their size on a phone.

pub mod bands;
pub mod before;
pub mod calendar;
pub mod forest;
pub mod monthly;
pub mod pain;
pub mod scale;
pub mod shoes;
pub mod spark;
pub mod text;
pub mod weekly;

use maud::{Markup, html};

use crate::model::units::Units;
use scale::{Axis, across, number, px};

/// Columns that fit on a phone beside each other.
const NARROW: usize = 3;

/// A chart with its title, legend, drawing and the same figures as a table.
#[derive(Debug)]
pub struct Figure<'a> {
    /// An id that no other chart on the page has.
    pub id: &'a str,
    /// What the chart shows, as a statement.
    pub title: String,
    /// What the marks mean.
    pub legend: Vec<Mark>,
    /// The drawing, an SVG element.
    pub drawing: Markup,
    /// The table's column heads and rows, all of the same length.
    pub table: Option<Table>,
}

/// The figures behind a chart.
#[derive(Debug)]
pub struct Table {
    /// Column heads.
    pub heads: Vec<String>,
    /// The rows below the head, a text a cell.
    pub rows: Vec<Vec<String>>,
}

/// A mark in a legend: the class that draws it, and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The style sheet's class.
    pub class: &'static str,
    /// In a few words.
    pub meaning: String,
}

impl Mark {
    /// A mark and its meaning.
    #[must_use]
    pub fn new(class: &'static str, meaning: impl Into<String>) -> Self {
        Self { class, meaning: meaning.into() }
    }
}

impl Figure<'_> {
    /// The whole figure.
    #[must_use]
    pub fn render(&self) -> Markup {
        html! {
            figure.chart id=(self.id) {
                figcaption id={ (self.id) "-title" } { (self.title) }
                @if !self.legend.is_empty() {
                    ul.legend {
                        @for mark in &self.legend { li { span class={ "key " (mark.class) } {} (mark.meaning) } }
                    }
                }
                (self.drawing)
                @if let Some(table) = &self.table { (table.render()) }
            }
        }
    }
}

impl Table {
    fn heads_for_styles(&self) -> String {
        let plain = |head: &str| head.replace(['"', '\\'], "").replace(char::is_control, " ");
        let heads = self.heads.iter().enumerate().skip(1);
        heads.map(|(at, head)| format!("--h{}:\"{}\"", at + 1, plain(head))).collect::<Vec<_>>().join(";")
    }

    /// A table with fixed column heads.
    #[must_use]
    pub fn new(heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows }
    }

    /// The same with rows and columns exchanged: the first column becomes the heads.
    #[must_use]
    pub fn turned(self) -> Self {
        let mut columns: Vec<Vec<String>> = self.heads.into_iter().map(|head| vec![head]).collect();
        for row in self.rows {
            for (column, cell) in columns.iter_mut().zip(row) {
                column.push(cell);
            }
        }
        let mut lines = columns.into_iter();
        Self { heads: lines.next().unwrap_or_default(), rows: lines.collect() }
    }

    /// The table under a fold.
    #[must_use]
    pub fn render(&self) -> Markup {
        html! {
            details.figures {
                summary { "These figures as a table" }
                (self.bare())
            }
        }
    }

    /// The table itself. One of many columns is stacked on a phone: each row a paragraph, each cell behind its column's
    /// head, which the style sheet takes from the table.
    #[must_use]
    pub fn bare(&self) -> Markup {
        let wide = self.heads.len() > NARROW;
        html! {
            div.scroll tabindex="0" role="group" aria-label="table" {
                table class=[wide.then_some("stacked")] style=[wide.then(|| self.heads_for_styles())] {
                    thead { tr { @for head in &self.heads { th scope="col" { (head) } } } }
                    tbody {
                        @for row in &self.rows { tr { @for cell in row { td { (cell) } } } }
                    }
                }
            }
        }
    }
}

/// Lines and labels of a vertical axis over a plot of which the bottom lies at `base` pixels and the top at `top`. The
/// lowest label carries the unit.
#[must_use]
pub(super) fn grid(axis: Axis, top: f64, base: f64, unit: &str) -> Markup {
    html! {
        text.axis.scale x="-6" y=(px(base + 4.0)) { "0" }
        @for (at, tick) in axis.ticks().iter().enumerate() {
            @let y = px(base - (base - top) * axis.share(*tick));
            line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
            text.axis.scale x="-6" y=(y) dy="4" {
                (number(*tick))
                @if at + 1 == axis.ticks().len() && !unit.is_empty() { " " (unit) }
            }
        }
        line.base x1="0" x2="100%" y1=(px(base)) y2=(px(base)) {}
    }
}

/// Half the width of a triangle.
const HALF: f64 = 4.5;

/// A triangle whose point is at a share of the width and at `y` pixels. One that would stand out of the plot at its edge, on
/// a phone at least, is moved in by what it would stand out.
#[must_use]
pub(super) fn triangle(share: f64, y: f64) -> Markup {
    let aside = (HALF - share * scale::PHONE).max(0.0) - (HALF - (1.0 - share) * scale::PHONE).max(0.0);
    html! { svg x=(across(share)) y=(px(y)) { path.jump d={ "M" (px(aside)) " 0l4.5 8h-9z" } {} } }
}

/// Metres in the report's unit, to draw with.
#[must_use]
pub(super) fn in_units(units: Units, metres: u64) -> f64 {
    scale::real(metres) / units.metres()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_many_columns_hands_its_heads_to_the_styles_and_they_cannot_break_out() {
        let cells = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let wide = Table::new(&["a", "b\"};x", "c\\", "d"], vec![cells(&["1", "2", "3", "4"])]).bare().into_string();
        assert!(
            wide.contains(r#"class="stacked" style="--h2:&quot;b};x&quot;;--h3:&quot;c&quot;;--h4:&quot;d&quot;""#),
            "{wide}"
        );
        let narrow = Table::new(&["a", "b", "c"], vec![cells(&["1", "2", "3"])]).bare().into_string();
        assert!(narrow.contains("<table><thead>"), "{narrow}");
    }

    #[test]
    fn a_triangle_at_an_edge_stays_in_the_plot() {
        // A plot of 240 pixels: 4.5 of them are 1.875 % of it.
        let path = |share| {
            let drawn = triangle(share, 0.0).into_string();
            drawn.split("d=\"M").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned).unwrap()
        };
        assert_eq!([0.0, 0.01, 0.02, 0.5, 0.98, 0.99, 1.0].map(path), ["4.5", "2.1", "0", "0", "0", "-2.1", "-4.5"]);
    }

    #[test]
    fn turning_exchanges_rows_and_columns() {
        let cells = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let turned = Table::new(&["a", "b", "c"], vec![cells(&["1", "2", "3"]), cells(&["4", "5", "6"])]).turned();
        assert_eq!(turned.heads, ["a", "1", "4"]);
        assert_eq!(turned.rows, [["b", "2", "5"], ["c", "3", "6"]]);
    }
}
