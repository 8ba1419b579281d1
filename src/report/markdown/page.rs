//! Lines of Markdown, and texts from outside with every character escaped that Markdown or HTML would act on.

use crate::report::plain::{self, NOTE_CHARS};

/// Lines of Markdown under construction.
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

    /// Adds a fold; its title must be text of ours.
    pub(in crate::report) fn folded(&mut self, title: &str, part: impl FnOnce(&mut Self)) {
        self.para(&format!("<details><summary>{title}</summary>"));
        part(self);
        self.para("</details>");
    }

    pub(in crate::report) fn done(self) -> String {
        let mut text = self.0;
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// A text on one line, with every character escaped that Markdown or HTML would act on.
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
    plain_front(unlinked(&out))
}

/// Breaks up addresses so that none becomes a link: GitHub's dialect turns `http://`, `www.` and anything with an `@`
/// into links.
fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([':', '.', '@']) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let tail = before.len().checked_sub(3).and_then(|from| before.get(from..));
        out.push_str(match &mark[..1] {
            ":" if mark.starts_with("://") => ":\\",
            "." if tail.is_some_and(|tail| tail.eq_ignore_ascii_case("www")) => "\\.",
            // A backslash does not help here: mail addresses are searched after it is removed. A word joiner breaks
            // them up.
            "@" if mark[1..].starts_with(char::is_alphanumeric) => "@&#8288;",
            other => other,
        });
        rest = &mark[1..];
    }
    out.push_str(rest);
    out
}

/// Escapes a first dash, plus or number, which would make a list, and an equals sign, which would make the line above
/// a heading.
fn plain_front(text: String) -> String {
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if digits > 0 && rest.starts_with(['.', ')']) && (rest.len() == 1 || rest[1..].starts_with(' ')) {
        return format!("{number}\\{rest}");
    }
    text
}

/// A note, shortened beyond its limit with the number of characters left out.
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
        assert_eq!(safe("1. item"), "1\\. item");
        assert_eq!(safe("12) item"), "12\\) item");
        assert_eq!((safe("1.5 km"), safe("2026-03-04")), ("1.5 km".to_owned(), "2026-03-04".to_owned()));
    }

    #[test]
    fn typed_addresses_become_no_links() {
        assert_eq!(safe("https://x.org www.x.org"), "https:\\//x.org www\\.x.org");
        assert_eq!(safe("FTP://x WWW.x.org, é.www.x"), "FTP:\\//x WWW\\.x.org, é.www\\.x");
        assert_eq!(safe("<http://x.org>"), "&lt;http:\\//x.org&gt;");
        assert_eq!(safe("mailto:a@x.org, @ada"), "mailto:a@&#8288;x.org, @&#8288;ada");
        assert_eq!(safe("left hip @ 4/10; 3:15"), "left hip @ 4/10; 3:15");
        assert_eq!(safe("[a](http://x.org)"), "\\[a\\](http:\\//x.org)");
    }
}
