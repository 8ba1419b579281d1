//! Rows for export: a frame of named columns, to which rows of other tables can be appended.

use std::borrow::Cow;

use chrono::NaiveDate;
use polars::prelude::*;

/// Rows to export.
#[derive(Clone, Debug)]
pub struct Exported {
    pub(super) frame: DataFrame,
}

/// The values of a column, one for each row.
#[derive(Clone, Debug)]
pub enum Values {
    /// Texts.
    Text(Vec<Option<String>>),
    /// Days.
    Day(Vec<Option<NaiveDate>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
}

impl Exported {
    /// Rows from columns of equal length, each with its name.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn of_columns(columns: Vec<(String, Values)>) -> PolarsResult<Self> {
        let column = |(name, values): (String, Values)| {
            let name = PlSmallStr::from_string(name);
            Ok(match values {
                Values::Text(texts) => Column::new(name, texts),
                Values::Whole(numbers) => Column::new(name, numbers),
                Values::Day(days) => {
                    let days: Vec<Option<i32>> = days.iter().map(|day| day.map(|day| day.to_epoch_days())).collect();
                    Column::new(name, days).cast(&DataType::Date)?
                }
            })
        };
        let columns = columns.into_iter().map(column).collect::<PolarsResult<Vec<_>>>()?;
        let rows = columns.first().map_or(0, Column::len);
        Ok(Self { frame: DataFrame::new(rows, columns)? })
    }

    /// A table with the same columns and no rows.
    #[must_use]
    pub fn none_alike(&self) -> Self {
        Self { frame: self.frame.clear() }
    }

    /// Appends the rows of another table with the same columns.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn append(&mut self, other: &Self) -> PolarsResult<()> {
        self.frame.vstack_mut(&other.frame).map(drop)
    }

    /// The table with `change` applied to every text.
    ///
    /// # Errors
    /// Only if polars itself fails.
    pub fn with_texts(&self, change: for<'a> fn(&'a str) -> Cow<'a, str>) -> PolarsResult<Self> {
        let mut frame = self.frame.clone();
        let texts: Vec<&Column> = self.frame.columns().iter().filter(|one| *one.dtype() == DataType::String).collect();
        for column in texts {
            frame.with_column(column.str()?.apply_values(change).into_column())?;
        }
        Ok(Self { frame })
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.frame.height()
    }
}
