//! Lines of Markdown, and texts of others with every sign that Markdown or HTML would act on made plain.

use crate::report::plain::{self, NOTE_CHARS};

/// Lines of Markdown as they come together.
#[derive(Default)]
pub(in crate::report) struct Page(String);

impl Page {
    pub(in crate::report) fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    pub(in crate::report) fn para(&mut self, line: &str) {
        self.line(line);
        self.line("");
    }

    pub(in crate::report) fn head(&mut self, level: usize, title: &str) {
        self.para(&format!("{} {title}", "#".repeat(level)));
    }

    pub(in crate::report) fn list(&mut self, items: &[String]) {
        for item in items {
            self.line(&format!("- {item}"));
        }
        if !items.is_empty() {
            self.line("");
        }
    }

    pub(in crate::report) fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line(&format!("|{}", " --- |".repeat(heads.len())));
        for row in rows {
            self.line(&format!("| {} |", row.join(" | ")));
        }
        self.line("");
    }

    pub(in crate::report) fn done(self) -> String {
        let mut text = self.0;
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// A text on one line with every sign that Markdown or HTML would act on made plain.
pub(in crate::report) fn safe(text: &str) -> String {
    let mut out = String::new();
    for c in plain::one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    // A bare address would become a link, and a dash, plus or number in front a list.
    let out = out.replace("://", ":\\//").replace("www.", "www\\.");
    if out.starts_with(['-', '+', '=']) { format!("\\{out}") } else { out }
}

/// A note: whole up to its limit, else cut with the count of what is left.
pub(in crate::report) fn note(words: &str) -> String {
    let line = plain::one_line(words);
    let all = line.chars().count();
    if all <= NOTE_CHARS {
        return safe(&line);
    }
    format!("{} ({} more characters)", safe(&plain::cut(&line, NOTE_CHARS)), all - NOTE_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_and_html_are_made_plain() {
        assert_eq!(safe("<b>*x*</b> a|b `c`"), "&lt;b&gt;\\*x\\*&lt;/b&gt; a\\|b \\`c\\`");
        assert_eq!(safe("# head\n- item"), "\\# head - item");
        assert_eq!(safe("- item"), "\\- item");
        assert_eq!(safe("https://x.org www.x.org"), "https:\\//x.org www\\.x.org");
    }
}
