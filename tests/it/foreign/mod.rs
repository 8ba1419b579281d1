//! Input from others: names, settings and texts that neither the coach nor the runner wrote, and that may be
//! malicious.

mod names;
mod settings;
mod texts;
