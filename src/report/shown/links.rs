//! Links in one plain sentence each: how often a flag came before pain, and whether that tells anything.

use super::ShownReport;
use crate::report::contract::{Claim, LinkRow};
use crate::report::{plain, wording};

impl ShownReport<'_> {
    /// `Long-run spike: before 1 of 6 episodes. Too few to tell.`; empty if there is no episode.
    #[must_use]
    pub fn links_in_short(&self) -> Vec<String> {
        if self.report.episodes.is_empty() {
            return Vec::new();
        }
        self.report.links.iter().map(|link| self.link_in_short(link)).collect()
    }

    fn link_in_short(&self, link: &LinkRow) -> String {
        let title = plain::one_line(&self.title(link.rule));
        let (before, of) = (link.linked.exposed, link.linked.episodes_usable);
        if of == 0 {
            return format!("{title}: no episode can be used for counting.");
        }
        let counts = format!("before {before} of {}", wording::counted(of, "episode", "episodes"));
        let tells = match link.linked.claim {
            Claim::MoreOftenThanChance => "More often than chance explains; that does not show that it led to it",
            _ if self.is_habitual(link.rule) => "You have this in most weeks, so it says nothing about your pain",
            Claim::TimelineOnly | Claim::CountsOnly | Claim::CannotBeTested => "Too few to tell",
            Claim::NotShown if link.linked.more_than_expected() => "This log cannot tell whether that is chance",
            Claim::NotShown => "Not more than expected",
        };
        format!("{title}: {counts}. {tells}.")
    }
}
