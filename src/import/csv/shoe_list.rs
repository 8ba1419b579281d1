//! Turns rows of a list of shoes into pairs. Such lists have no distances.

use super::dialect::Field;
use super::sheet::Sheet;
use crate::import::imported::Imported;
use crate::model::shoe::Shoe;

/// Every pair, named by its nickname, else by brand and model. A row without any of them is no pair.
pub fn read(sheet: &Sheet<'_>) -> Imported {
    let mut imported = Imported { dialect: Some(sheet.dialect().name.clone()), ..Imported::default() };
    for row in sheet.rows {
        let made = [Field::ShoeBrand, Field::ShoeModel].iter().filter_map(|field| sheet.text(row, *field));
        let made = made.collect::<Vec<_>>().join(" ");
        let name = sheet.text(row, Field::Shoe).unwrap_or(made);
        if !name.is_empty() {
            imported.shoes.push(Shoe { name, ..Shoe::default() });
        }
    }
    imported
}
