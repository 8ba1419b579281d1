//! Parses the pages people read: the list of pages, their fenced blocks, the code in their sentences, their headings.

use std::path::{Path, PathBuf};

/// A page and its path in the repository.
pub struct Page {
    pub name: String,
    pub text: String,
}

/// A fenced block: the word after the fence, and its lines with their numbers in the page.
pub struct Block<'a> {
    pub kind: &'a str,
    pub lines: Vec<(usize, &'a str)>,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Every page at the top of the repository and under docs/, by name.
pub fn pages() -> Vec<Page> {
    let mut names = Vec::new();
    for folder in ["", "docs"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if Path::new(&name).extension().is_some_and(|ending| ending == "md") {
                names.push(if folder.is_empty() { name } else { format!("{folder}/{name}") });
            }
        }
    }
    names.sort();
    names.into_iter().map(|name| Page { text: std::fs::read_to_string(root().join(&name)).unwrap(), name }).collect()
}

impl Page {
    /// The fenced blocks, in order.
    pub fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = Vec::new();
        let mut open = false;
        for (number, line) in (1..).zip(self.text.lines()) {
            match (open, line.trim_start().strip_prefix("```")) {
                (false, Some(kind)) => blocks.push(Block { kind: kind.trim(), lines: Vec::new() }),
                (true, None) => blocks.last_mut().unwrap().lines.push((number, line)),
                _ => {}
            }
            open ^= line.trim_start().starts_with("```");
        }
        assert!(!open, "{} ends inside a block", self.name);
        blocks
    }

    /// The lines outside blocks, with their numbers.
    pub fn prose(&self) -> Vec<(usize, &str)> {
        let mut open = false;
        let outside = (1..).zip(self.text.lines()).filter(|(_, line)| {
            let fence = line.trim_start().starts_with("```");
            open ^= fence;
            !open && !fence
        });
        outside.collect()
    }

    /// The text between single backticks outside blocks; a code span never continues on the next line.
    pub fn code(&self) -> Vec<&str> {
        self.prose().into_iter().flat_map(|(_, line)| line.split('`').skip(1).step_by(2)).collect()
    }
}
