//! `runhip guide`: the guidance by topic. The words are those of the entries; this file adds the order and the
//! headings.

use std::collections::BTreeMap;

use super::arguments::Guide;
use super::{Failure, RunStatus, terminal};
use crate::guidance::catalogue::{Source, TITLES};
use crate::guidance::entry::OWN_ADDITION;
use crate::guidance::{self, Entry, Kind, Means, Topic};
use crate::model::reading::{Priority, Region, Side, name_of};
use crate::report::terminal_page::{BOLD, DIM, PLAIN, Page, SOON, URGENT};
use crate::report::wording;

/// Comes before every topic but the warning signs.
const SIGNS_FIRST: &str = "signs-first";
/// End every topic, and appear nowhere else.
const CLOSING: [&str; 2] = ["signs-not-complete", "disclaimer"];

pub(super) fn run(options: &Guide) -> Result<RunStatus, Failure> {
    let mut page = terminal::page();
    match options.topic {
        None => list(&mut page),
        Some(topic) => TopicPage::new(topic, options).write(&mut page),
    }
    terminal::say(&page.finish())?;
    Ok(RunStatus::Complete)
}

/// The title of a topic, and what it is about.
fn about(topic: Topic) -> (&'static str, &'static str) {
    match topic {
        Topic::WarningSigns => ("Warning signs", "when to get help, and how soon"),
        Topic::SpasmNow => ("Cramp or spasm, now", "what to do during a cramp, step by step"),
        Topic::Relief => ("Relief", "what to do, and what to leave, while the hip hurts"),
        Topic::Prevention => ("Prevention", "load, rest days, shoes and habits"),
        Topic::Conditions => ("Conditions", "what hip pain may fit, by where it hurts and how it feels"),
        Topic::Stretching => ("Stretching", "for a cramp, and once pain has settled"),
        Topic::Strength => ("Strength", "exercises once pain has settled"),
        Topic::Nutrition => ("Nutrition", "food and drink"),
        Topic::Sitting => ("Sitting", "sitting, standing and lifting"),
        Topic::Stress => ("Stress", "breathing and letting go of tension"),
        Topic::Sleep => ("Sleep", "sleep, and pain at night"),
        Topic::WhoToSee => ("Who to see", "doctor, physiotherapist and others, and in which order"),
        Topic::DailyChecklist => ("Daily checklist", "small things for every day"),
        Topic::WeeklyChecklist => ("Weekly checklist", "what belongs in a week"),
    }
}

fn list(page: &mut Page) {
    let mut topics = Topic::ALL;
    topics.sort_by_key(|topic| *topic != Topic::WarningSigns);
    page.paragraph(BOLD, "Topics");
    for topic in topics {
        page.item(PLAIN, &format!("  {:<18}", name_of(topic)), about(topic).1);
    }
    page.blank();
    page.paragraph(PLAIN, "For example: runhip guide spasm-now --side left --region buttock");
    close(page);
}

fn close(page: &mut Page) {
    page.blank();
    for entry in CLOSING.into_iter().filter_map(guidance::by_id) {
        page.paragraph(DIM, &guidance::text_for(entry, Side::Unknown));
    }
}

/// The page of one topic, under construction.
struct TopicPage {
    topic: Topic,
    side: Side,
    region: Option<Region>,
    /// The places that the page cites, ordered by text. The first has the number 1.
    cited: Vec<Source>,
}

/// A heading's rank on a page, and its words.
type Heading = ((u8, u8), &'static str);

/// Entries that are only related to the topic come last.
const ASIDE: Heading = ((9, 0), "Good to know");
/// For a topic without headings.
const WHOLE: Heading = ((8, 0), "");
/// The headings of what to do in a cramp, in this order.
const NOW: Heading = ((3, 0), "At once, in this order");
const BY_PLACE: Heading = ((3, 1), "The stretch, by where it grips");
const THEN: Heading = ((3, 2), "Then, to ease it");

impl TopicPage {
    fn new(topic: Topic, options: &Guide) -> Self {
        let side = options.side.unwrap_or(Side::Unknown);
        Self { topic, side, region: options.region, cited: Vec::new() }
    }

    fn write(mut self, page: &mut Page) {
        let first = guidance::by_id(SIGNS_FIRST).filter(|_| self.topic != Topic::WarningSigns);
        let all: Vec<&Entry> = without_repetition(guidance::by_topic(self.topic))
            .filter(|entry| !CLOSING.contains(&entry.id.as_str()))
            .collect();
        let shown: Vec<&Entry> = all.iter().copied().filter(|entry| self.shows(entry)).collect();
        self.cited = cited(first.into_iter().chain(shown.iter().copied()));

        page.paragraph(BOLD, about(self.topic).0);
        if let Some(first) = first {
            page.blank();
            self.entry(page, first, URGENT, "! ");
        }
        let mut groups: BTreeMap<Heading, Vec<&Entry>> = BTreeMap::new();
        for entry in &shown {
            groups.entry(self.heading(entry)).or_default().push(entry);
        }
        let alone = groups.len() == 1;
        for ((place, heading), mut entries) in groups {
            page.blank();
            let urgency = entries[0].priority;
            if urgency <= Priority::P2 {
                page.paragraph(style(urgency), heading);
            } else if !alone && !heading.is_empty() {
                page.paragraph(BOLD, heading);
            }
            if self.topic == Topic::SpasmNow {
                entries.sort_by_key(|entry| (step(entry), entry.kind != Kind::Spasm));
            }
            for (at, entry) in entries.into_iter().enumerate() {
                let lead = if (place, heading) == NOW { format!("{}. ", at + 1) } else { "- ".to_owned() };
                self.entry(page, entry, PLAIN, &lead);
            }
        }
        if shown.len() < all.len() {
            page.blank();
            let lines = wording::counted((all.len() - shown.len()) as u64, "line", "lines");
            page.paragraph(DIM, &format!("{lines} about other places left out; without --region all are shown."));
        }
        self.sources(page);
        close(page);
    }

    /// Whether an entry fits the chosen region. Warning signs are shown for any region.
    fn shows(&self, entry: &Entry) -> bool {
        entry.kind == Kind::Warning || self.region.is_none_or(|region| entry.speaks_of(region))
    }

    fn heading(&self, entry: &Entry) -> Heading {
        match (self.topic, entry.kind) {
            (Topic::WhoToSee | Topic::DailyChecklist | Topic::WeeklyChecklist, _) => WHOLE,
            (_, Kind::Background) => ASIDE,
            (Topic::Conditions, Kind::MayFit) => {
                let named = entry.when.iter().flat_map(|condition| &condition.regions);
                let asked = self.region.filter(|region| named.clone().any(|one| one == region));
                by_place(asked.or_else(|| named.min().copied()))
            }
            (topic, Kind::MayFit | Kind::Why) if topic != Topic::Prevention => ASIDE,
            (Topic::SpasmNow, Kind::Spasm | Kind::Relief) => in_a_cramp(entry),
            (_, Kind::Spasm) => (NOW.0, "In a cramp"),
            _ => ((entry.priority as u8, 0), wording::urgency(entry.priority)),
        }
    }

    /// Adds an entry with the numbers of its sources, and marks what in it is this tool's addition.
    fn entry(&self, page: &mut Page, entry: &Entry, style: anstyle::Style, lead: &str) {
        let mut text = self.words(entry);
        let mut numbers: Vec<usize> = entry
            .sources()
            .iter()
            .filter_map(|source| self.cited.iter().position(|cited| cited == source))
            .map(|at| at + 1)
            .collect();
        numbers.sort_unstable();
        if !numbers.is_empty() {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            text.push_str(&format!(" [{}]", numbers.join(",")));
        }
        page.item(style, lead, &text);
        if let Some(tool) = &entry.tool {
            let said =
                if tool.starts_with("The texts differ") { tool.clone() } else { format!("Added by runhip: {tool}") };
            page.item(DIM, &" ".repeat(lead.len()), &said);
        }
    }

    /// The entry's line. A sign below the heading of its urgency does not repeat it.
    fn words(&self, entry: &Entry) -> String {
        let is_sign = entry.kind == Kind::Warning;
        if is_sign { guidance::text_behind_call(entry, self.side) } else { guidance::text_for(entry, self.side) }
    }

    fn sources(&self, page: &mut Page) {
        page.blank();
        page.paragraph(BOLD, "Sources");
        let mut title = "";
        for (at, source) in self.cited.iter().enumerate() {
            if source.title != title {
                title = &source.title;
                page.item(PLAIN, " ", title);
            }
            page.item(DIM, &format!("{:>5} ", format!("[{}]", at + 1)), &source.section);
        }
    }
}

/// Every place that the entries cite, once, in the order of the texts and then of the entries.
fn cited<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Source> {
    let mut places: Vec<Source> = Vec::new();
    for source in entries.flat_map(Entry::sources).filter(|source| source.title != OWN_ADDITION) {
        if !places.contains(&source) {
            places.push(source);
        }
    }
    places.sort_by_key(|place| TITLES.iter().position(|(_, title)| *title == place.title));
    places
}

fn in_a_cramp(entry: &Entry) -> Heading {
    let one_place = entry.when.iter().any(|condition| condition.regions.len() == 1);
    match step(entry) {
        step if step < STRETCH => NOW,
        STRETCH if one_place => BY_PLACE,
        STRETCH => NOW,
        _ => THEN,
    }
}

/// The step in which the muscle is stretched.
const STRETCH: usize = 2;

/// The step of a measure in a cramp: stop, leave the position, stretch, and then ease.
fn step(entry: &Entry) -> usize {
    const EASING: [Means; 5] = [Means::Cold, Means::Heat, Means::Fluid, Means::Breathing, Means::Massage];
    if entry.means.contains(&Means::Rest) {
        return 0;
    }
    if entry.means.contains(&Means::Stretch) {
        return STRETCH;
    }
    EASING.iter().position(|means| entry.means.contains(means)).map_or(1, |at| STRETCH + 1 + at)
}

fn style(urgency: Priority) -> anstyle::Style {
    if urgency <= Priority::P1 { URGENT } else { SOON }
}

fn by_place(region: Option<Region>) -> Heading {
    let (place, heading) = match region {
        Some(Region::FrontGroin) => (0, "At the front of the hip or in the groin, it may fit"),
        Some(Region::Outer) => (1, "At the outer hip, it may fit"),
        Some(Region::Buttock) => (2, "In the buttock, it may fit"),
        Some(Region::Radiating) => (3, "Down the leg, it may fit"),
        Some(Region::General) => (4, "With no spot to name, it may fit"),
        None => (5, "By how it feels"),
    };
    ((3, place), heading)
}

/// The entries without those reasons and reminders whose facts are all in earlier entries.
fn without_repetition(entries: impl Iterator<Item = &'static Entry>) -> impl Iterator<Item = &'static Entry> {
    let mut told: Vec<&str> = Vec::new();
    entries.filter(move |entry| {
        let droppable = matches!(entry.kind, Kind::Prevention | Kind::Why);
        if droppable && entry.covers.iter().all(|fact| told.contains(&fact.as_str())) {
            return false;
        }
        told.extend(entry.covers.iter().map(String::as_str));
        true
    })
}
