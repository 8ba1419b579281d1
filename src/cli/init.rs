//! `runhip init`: writes a configuration with every setting explained, all of them commented out.

use super::arguments::Init;
use super::target::{self, Replaceable};
use super::{Failure, RunStatus, output, terminal};
use crate::config::FILE_NAME;

/// The file that is written. A test reads it with every setting uncommented.
const TEMPLATE: &str = include_str!("runhip.toml");

pub(super) fn run(options: &Init) -> Result<RunStatus, Failure> {
    let path = options.dir.join(FILE_NAME);
    target::check(&path, Replaceable::Nothing)?;
    output::prepare(&options.dir)?;
    output::write_new(&path, TEMPLATE.as_bytes())?;
    terminal::say(&format!("{} written. Every line in it is optional.\n", path.display()))?;
    Ok(RunStatus::Complete)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_template_is_valid_as_written_and_with_every_setting_switched_on() {
        Config::parse(TEMPLATE).expect("valid as written");
        let setting = |line: &str| {
            let key = line.split(" = ").next().filter(|_| line.contains(" = ")).unwrap_or("");
            line.starts_with('[') || (!key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        };
        let switched_on: Vec<&str> =
            TEMPLATE.lines().map(|line| line.strip_prefix("# ").filter(|rest| setting(rest)).unwrap_or(line)).collect();
        let switched_on = switched_on.join("\n");
        let config = Config::parse(&switched_on).expect("valid switched on");
        assert_eq!(config.shoes.len(), 1);
        assert_eq!(config.corrections.len(), 2);
        let settings = crate::analysis::settings(&config).expect("known thresholds");
        // The template shows the defaults, so uncommenting them changes nothing.
        for threshold in crate::analysis::thresholds() {
            assert_eq!(settings.get(threshold), threshold.default, "{}", threshold.key);
        }
        let shown = crate::analysis::thresholds().filter(|threshold| threshold.configurable);
        for threshold in shown {
            assert!(config.thresholds.contains_key(threshold.key), "{} is not in the template", threshold.key);
        }
        assert!(config.csv_columns.keys().all(|key| crate::import::csv::is_column_key(key)));
    }
}
