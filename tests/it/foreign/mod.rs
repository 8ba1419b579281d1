//! What others send: names, settings and texts that a coach or a runner did not write, and that may be meant ill.

mod names;
mod settings;
mod texts;
