//! What has changed since an earlier report of the same athlete, in one sentence. Only what the JSON contract holds
//! is compared, so any program may have written it. What is gone from the log is reported as gone, never as good
//! news.

mod earlier;
mod gone;
#[cfg(test)]
mod tests;

use super::contract::{EpisodeRow, Report, SinceLast, WarningRow};
use super::shown::ShownReport;
use super::wording;
use crate::model::reading::name_of;
#[cfg(test)]
pub(super) use earlier::RunTrace;
use earlier::Warning;
pub use earlier::{Earlier, Shared, Traces};
use gone::Gone;
pub use gone::{missing, missing_in_brackets};

/// The sentence on what has changed, or on why that is not told although there is an earlier report.
#[must_use]
pub fn told(report: &Report) -> Option<String> {
    let since = report.since_last.as_ref().map(|since| since.text.clone());
    since.or_else(|| Some(format!("What changed is not told: {}.", report.not_compared.as_ref()?)))
}

/// The most changes named before the rest is only counted.
const FEW: usize = 4;

/// From this many days without an entry, that is said even where nothing else has changed.
const SILENT_DAYS: i64 = 14;

impl Earlier {
    /// What has changed from this earlier report to `report`.
    #[must_use]
    pub fn compare(&self, report: &Report) -> SinceLast {
        let traces = Traces::of_report(report);
        let gone = Gone::between(self, report, &traces);
        let mut changes: Vec<String> = gone.told().into_iter().collect();
        let withdrawn = self.withdrawn(report, &traces);
        changes.extend(self.signs(report, &traces, &withdrawn));
        changes.extend(self.episodes(report, &gone));
        changes.extend(self.flags(report));
        let has_news = !changes.is_empty();
        if changes.len() > FEW {
            let more = changes.len() - FEW;
            changes.truncate(FEW);
            changes.push(format!("{more} more"));
        }
        let runs = match (report.athlete.runs + gone.runs).saturating_sub(self.athlete.runs) {
            0 => "no new run".to_owned(),
            new => wording::counted(new, "new run", "new runs"),
        };
        changes.extend(self.still_standing(report));
        changes.push(if has_news { runs } else { format!("{runs}, no new flag and no new sign") });
        let silence = silence(report, report.as_of);
        let news = has_news || silence.is_some();
        changes.extend(silence);
        let text = format!("Since the report of {}: {}.", wording::day(self.as_of), changes.join("; "));
        SinceLast {
            as_of: self.as_of,
            news,
            text,
            runs_gone: gone.runs,
            notes_gone: gone.notes,
            signs_withdrawn: withdrawn.len() as u64,
            missing: gone.missing(),
        }
    }

    /// The sentence that signs of the earlier report still lead, so that nothing else is taken for an all-clear.
    fn still_standing(&self, report: &Report) -> Option<String> {
        let leading = report.warnings.iter().filter(|sign| sign.leads);
        let old: Vec<_> = leading
            .map(|sign| &sign.warning)
            .filter(|sign| self.led().any(|then| is_same(then, name_of(sign.flag), sign.note_date)))
            .collect();
        match &old[..] {
            [] => None,
            [one] => Some(format!("the warning sign of {} still stands", wording::day_month(one.note_date))),
            several => Some(format!("{} warning signs still stand", several.len())),
        }
    }

    fn led(&self) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().filter(|sign| sign.leads)
    }

    /// Signs that led then and no longer do because their note was removed or reworded, which says nothing of the
    /// hip: one for each note.
    fn withdrawn(&self, report: &Report, traces: &Traces) -> Vec<&Warning> {
        let is_it = |then: &Warning, sign: &WarningRow| {
            sign.leads && is_same(then, name_of(sign.warning.flag), sign.warning.note_date)
        };
        let leads = |then: &Warning| report.warnings.iter().any(|sign| is_it(then, sign));
        let stands = |then: &Warning| {
            let words = then.text.as_str();
            traces.has_note(then.note_date, words) || words.is_empty() && traces.notes.contains_key(&then.note_date)
        };
        let mut withdrawn: Vec<_> = self.led().filter(|then| !leads(then) && !stands(then)).collect();
        withdrawn.dedup_by_key(|then| then.note_date);
        withdrawn
    }

    fn signs(&self, report: &Report, traces: &Traces, withdrawn: &[&Warning]) -> Vec<String> {
        let mut leading: Vec<_> = report.warnings.iter().filter(|sign| sign.leads).map(|sign| &sign.warning).collect();
        leading.sort_by_key(|sign| (sign.priority, sign.note_date));
        let is_old = |flag, day| self.led().any(|then| is_same(then, flag, day));
        let new = leading.iter().filter(|sign| !is_old(name_of(sign.flag), sign.note_date));
        let mut changes: Vec<String> = new
            .map(|sign| format!("a new warning sign, {} ({})", sign.flag.words(), wording::day_month(sign.note_date)))
            .collect();
        changes.extend(withdrawn.iter().map(|then| {
            let what = if traces.notes.contains_key(&then.note_date) { "reads otherwise" } else { "is not in the log" };
            format!("the note of {} that raised a warning sign {what} now", wording::day_month(then.note_date))
        }));
        if leading.is_empty() && withdrawn.is_empty() && self.led().next().is_some() {
            changes.push("no warning sign leads the report any more".to_owned());
        }
        changes
    }

    fn episodes(&self, report: &Report, gone: &Gone) -> Vec<String> {
        let was = |id: &str| self.episodes.iter().find(|episode| episode.id == id).map(|episode| episode.open);
        let place = |episode: &EpisodeRow| wording::hip_short(episode.side);
        report
            .episodes
            .iter()
            .filter_map(|episode| match (was(&episode.id), episode.open) {
                (None, true) => Some(format!("{} pain since {}", place(episode), wording::day_month(episode.onset))),
                (None, false) => Some(format!("{} pain noted for {}", place(episode), wording::episode_days(episode))),
                (Some(false), true) => Some(format!("{} pain is back", place(episode))),
                // With notes missing, it is not known whether the pain has ended.
                (Some(true), false) if gone.notes > 0 => None,
                (Some(true), false) => {
                    Some(format!("{} pain of {} has ended", place(episode), wording::day_month(episode.onset)))
                }
                (Some(_), _) => None,
            })
            .collect()
    }

    fn flags(&self, report: &Report) -> Vec<String> {
        let was = |id: &str| self.findings.iter().any(|finding| finding.current && finding.id == id);
        let shown = ShownReport::new(report);
        let new = shown.current().into_iter().filter(|(_, flag)| !flag.is_sign() && !was(&flag.id));
        new.map(|(_, flag)| shown.brief(flag)).collect()
    }
}

fn is_same(then: &Warning, flag: &str, day: chrono::NaiveDate) -> bool {
    then.flag == flag && then.note_date == day
}

/// That nothing has been logged for a while before the day `until`, as when an export or a sync has stopped.
#[must_use]
pub fn silence(report: &Report, until: chrono::NaiveDate) -> Option<String> {
    let last = report.athlete.log_to?;
    let days = (until - last).num_days();
    (days >= SILENT_DAYS).then(|| format!("nothing has been logged for {days} days, since {}", wording::day(last)))
}
