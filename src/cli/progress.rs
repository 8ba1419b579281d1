//! A progress bar on standard error for long imports.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::ProgressMode;

/// No bar is shown for imports shorter than this.
const PATIENCE: Duration = Duration::from_millis(500);

/// A progress bar that appears once reading takes long.
pub(super) struct ReadingProgress {
    drawn: ProgressBar,
    begun: Instant,
    patience: Duration,
}

impl ReadingProgress {
    /// A bar on standard error that counts `what`; with `auto` only if that is a terminal.
    pub fn new(show: ProgressMode, what: &str) -> Self {
        let wanted = match show {
            ProgressMode::Auto => stderr().is_terminal(),
            ProgressMode::Always => true,
            ProgressMode::Never => false,
        };
        let bar = if wanted { ProgressBar::new(0) } else { ProgressBar::hidden() };
        bar.set_draw_target(ProgressDrawTarget::hidden());
        if wanted {
            let template = format!("reading {{bar:30}} {{pos}} of {{len}} {what}, {{eta}} left");
            let style = ProgressStyle::with_template(&template);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        let patience = if show == ProgressMode::Always { Duration::ZERO } else { PATIENCE };
        let patience = if wanted { patience } else { Duration::MAX };
        Self { drawn: bar, begun: Instant::now(), patience }
    }

    /// Shows that `done` of `all` files have been read.
    pub fn show(&self, done: usize, all: usize) {
        if self.begun.elapsed() < self.patience {
            return;
        }
        if self.drawn.is_hidden() {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.drawn.set_length(all as u64);
        self.drawn.set_position(done as u64);
    }
}

impl Drop for ReadingProgress {
    fn drop(&mut self) {
        self.drawn.finish_and_clear();
    }
}
