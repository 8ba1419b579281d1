//! Charts as plain SVG, one file each over shared scales. A chart is given what it draws and an id, takes its colours
//! from the style sheet and never says anything by colour alone. Horizontal places are shares of the width; vertical
//! places and text are in pixels, so that letters keep their size on a phone.

pub mod calendar;
pub mod forest;
pub mod heart;
pub mod hips;
mod letters;
pub mod monthly;
mod room;
pub mod scale;
pub mod shoes;
pub mod spark;
pub mod text;

use maud::{Markup, html};

use crate::model::units::Units;

/// The most columns that fit side by side on a phone.
const NARROW: usize = 3;

/// A chart with its title, legend and drawing, and the same figures as a table.
#[derive(Debug)]
pub struct Figure<'a> {
    /// An id that is unique on the page.
    pub id: &'a str,
    /// What the chart shows, as a statement.
    pub title: String,
    /// What the marks mean.
    pub legend: Vec<Mark>,
    /// The drawing, an SVG element.
    pub drawing: Markup,
    /// The same figures as a table.
    pub table: Option<Table>,
}

/// The figures behind a chart.
#[derive(Debug)]
pub struct Table {
    /// Column heads.
    pub heads: Vec<String>,
    /// The rows below the head, one text for each cell; the first cell of each row is its head.
    pub rows: Vec<Vec<String>>,
    /// What the table holds, in a few words.
    pub caption: String,
}

/// A mark in a legend: the class that draws it, and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The style sheet's class.
    pub class: &'static str,
    /// Its meaning in a few words.
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
    /// Renders the whole figure.
    #[must_use]
    pub fn render(&self) -> Markup {
        html! {
            figure.chart id=(self.id) {
                figcaption id={ (self.id) "-title" } { (self.title) }
                (render_legend(&self.legend))
                (self.drawing)
                @if let Some(table) = &self.table { (table.render()) }
            }
        }
    }
}

/// Renders a legend as a row of marks; nothing without marks.
#[must_use]
pub(super) fn render_legend(marks: &[Mark]) -> Markup {
    html! {
        @if !marks.is_empty() {
            ul.legend { @for mark in marks { li { span class={ "key " (mark.class) } {} (mark.meaning) } } }
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
        Self { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows, caption: String::new() }
    }

    /// The same table with a caption.
    #[must_use]
    pub fn named(self, caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), ..self }
    }

    /// The same table with rows and columns exchanged: the first column becomes the head.
    #[must_use]
    pub fn turned(self) -> Self {
        let mut columns: Vec<Vec<String>> = self.heads.into_iter().map(|head| vec![head]).collect();
        for row in self.rows {
            for (column, cell) in columns.iter_mut().zip(row) {
                column.push(cell);
            }
        }
        let mut lines = columns.into_iter();
        Self { heads: lines.next().unwrap_or_default(), rows: lines.collect(), caption: self.caption }
    }

    /// Renders the table, folded.
    #[must_use]
    pub fn render(&self) -> Markup {
        html! {
            details.figures {
                summary { "These figures as a table" }
                (self.bare())
            }
        }
    }

    /// Renders the table itself. A table of many columns is stacked on a phone: each row a paragraph, each cell after
    /// the head of its column, which the style sheet takes from the table.
    #[must_use]
    pub fn bare(&self) -> Markup {
        let wide = self.heads.len() > NARROW;
        html! {
            @let name = if self.caption.is_empty() { "Table" } else { &self.caption };
            div.scroll tabindex="0" role="group" aria-label=(name) {
                table class=[wide.then_some("stacked")] style=[wide.then(|| self.heads_for_styles())] {
                    @if !self.caption.is_empty() { caption { (self.caption) } }
                    thead { tr { @for head in &self.heads { th scope="col" { (head) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                @for (at, cell) in row.iter().enumerate() {
                                    @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Metres in the report's unit, for drawing.
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
    fn turning_exchanges_rows_and_columns() {
        let cells = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let turned = Table::new(&["a", "b", "c"], vec![cells(&["1", "2", "3"]), cells(&["4", "5", "6"])]).turned();
        assert_eq!(turned.heads, ["a", "1", "4"]);
        assert_eq!(turned.rows, [["b", "2", "5"], ["c", "3", "6"]]);
    }
}
