//! What of a report is shown, in which order, and which part explains which: grouping and sorting for every format. It
//! computes no statistics; sums are of what is drawn beside them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::week_sentence::nothing_logged;
use super::wording;
use crate::guidance::Kind;
use crate::model::finding::Severity;
use crate::model::ledger::FileOutcome;
use crate::model::reading::{Flag, Priority, Side};
use crate::report::contract::{
    AdviceRow, DayView, EpisodeRow, FindingRow, LinkRow, PainRow, Plan, Report, RuleOutcome, RuleRow, WarningRow,
    WeekRow,
};

/// Most findings of one kind that are shown before the rest is folded.
const LEADING: usize = 5;
/// Episodes whose forerunners are led with.
const NEWEST: usize = 6;
/// Advice lines shown before the rest is folded.
pub const ADVICE_UP_FRONT: usize = 5;

/// The families that findings are shown in, with the rules of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Warning signs in notes.
    Signs,
    /// Runs during an episode.
    Pain,
    /// Weekly distance, single runs, breaks, and rules without a family of their own.
    Distance,
    /// Rest days and streaks.
    Rest,
    /// Shoes.
    Shoes,
}

impl Family {
    /// The family of a rule.
    #[must_use]
    pub fn of(rule: &str) -> Self {
        match rule {
            "warning-sign" => Self::Signs,
            "running-through-pain" => Self::Pain,
            "too-few-rest-days" | "long-running-streak" => Self::Rest,
            "worn-shoes" => Self::Shoes,
            _ => Self::Distance,
        }
    }
}

/// A row with its place in the report, from which its anchor is made.
pub type Placed<'a, T> = (usize, &'a T);

/// Why a line of advice stands there, in words, and the place on the page that says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In a few words.
    pub text: String,
    /// The anchor, where that place is shown.
    pub anchor: Option<String>,
}

/// The flags of one rule before an episode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameBefore {
    /// The rule's title.
    pub title: String,
    /// `2 and 9 days before`.
    pub days: String,
    /// The finding nearest to the onset, where it is shown: its place in the report.
    pub nearest: Option<usize>,
}

/// A report with what lies outside the shown days set aside.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The whole report.
    pub report: &'a Report,
    /// Findings that touch the shown days, with their place in the report.
    pub findings: Vec<Placed<'a, FindingRow>>,
    /// Episodes that touch the shown days, newest first, with their place in the report.
    pub episodes: Vec<Placed<'a, EpisodeRow>>,
    /// Weeks that touch the shown days.
    pub weeks: Vec<&'a WeekRow>,
    /// Days shown.
    pub days: &'a [DayView],
    preceding: BTreeSet<&'a str>,
    leading: BTreeSet<&'a str>,
    pointed_at: BTreeSet<&'a str>,
}

impl<'a> Shown<'a> {
    /// Sets aside what the report's view leaves out.
    #[must_use]
    pub fn new(report: &'a Report) -> Self {
        let (since, until) = (report.view.since, report.view.until);
        let touches =
            |from: NaiveDate, to: NaiveDate| since.is_none_or(|day| to >= day) && until.is_none_or(|day| from <= day);
        let mut episodes: Vec<_> =
            report.episodes.iter().enumerate().filter(|(_, e)| touches(e.onset, e.end) || e.open).collect();
        episodes.sort_by_key(|(at, e)| (Reverse(e.onset), Reverse(*at)));
        let days = &report.view.days;
        let begin = since.map_or(0, |day| days.partition_point(|d| d.date < day));
        let end = until.map_or(days.len(), |day| days.partition_point(|d| d.date <= day)).max(begin);
        let forerunners = |newest: usize| -> BTreeSet<&'a str> {
            episodes.iter().take(newest).flat_map(|(_, e)| &e.preceded_by).map(|p| p.finding.as_str()).collect()
        };
        Self {
            report,
            findings: report.findings.iter().enumerate().filter(|(_, f)| touches(f.from, f.to) || f.current).collect(),
            preceding: forerunners(episodes.len()),
            leading: forerunners(NEWEST),
            pointed_at: report.advice.iter().flat_map(|a| &a.because).map(String::as_str).collect(),
            episodes,
            weeks: report.weeks.iter().filter(|w| touches(w.start, w.end)).collect(),
            days: &days[begin..end],
        }
    }

    /// The findings of a family in two groups: those to lead with (current, before one of the newest episodes, or large and
    /// within half a year), and the rest, newest first.
    #[must_use]
    pub fn of_family(&self, family: Family) -> (Vec<Placed<'a, FindingRow>>, Vec<Placed<'a, FindingRow>>) {
        let recent = crate::report::charts::scale::earlier(self.report.as_of, 182);
        let mut all: Vec<_> = self.findings.iter().copied().filter(|(_, f)| Family::of(f.rule) == family).collect();
        all.sort_by_key(|(at, f)| {
            (
                Reverse(f.current),
                Reverse(self.leading.contains(f.id.as_str())),
                Reverse(f.severity),
                Reverse(f.from),
                *at,
            )
        });
        let leads = |f: &FindingRow| {
            if self.is_superseded(f) {
                return false;
            }
            f.current || self.leading.contains(f.id.as_str()) || (f.severity >= Severity::Warning && f.to >= recent)
        };
        let (mut first, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, f)| leads(f));
        let room = LEADING.max(first.iter().filter(|(_, f)| f.current).count()).min(first.len());
        rest.extend(first.split_off(room));
        first.sort_by_key(|(at, f)| (Reverse(f.from), *at));
        rest.sort_by_key(|(at, f)| (Reverse(f.from), *at));
        (first, rest)
    }

    /// Whether advice or an episode speaks of a finding, so that a link may lead to it.
    #[must_use]
    pub fn pointed_at(&self, finding: &str) -> bool {
        self.pointed_at.contains(finding) || self.preceding.contains(finding)
    }

    /// Current findings, the heaviest first, then the newest.
    #[must_use]
    pub fn current(&self) -> Vec<Placed<'a, FindingRow>> {
        let news = |f: &FindingRow| f.current && !self.is_superseded(f);
        let mut all: Vec<_> = self.findings.iter().copied().filter(|(_, f)| news(f)).collect();
        all.sort_by_key(|(at, f)| (Reverse(f.severity), Reverse(f.from), *at));
        all
    }

    /// A pair past its window was in it before; that is no news of its own.
    fn is_superseded(&self, finding: &FindingRow) -> bool {
        let worn = |pair: &str| self.findings.iter().any(|(_, other)| other.id == format!("{pair}/worn"));
        finding.id.strip_suffix("/due").is_some_and(worn)
    }

    /// The episodes that a finding came before.
    #[must_use]
    pub fn episodes_after(&self, finding: &str) -> Vec<Placed<'a, EpisodeRow>> {
        let before = |e: &EpisodeRow| e.preceded_by.iter().any(|p| p.finding == finding);
        self.episodes.iter().copied().filter(|(_, e)| before(e)).collect()
    }

    /// The warning signs that lead the report, the most urgent first.
    #[must_use]
    pub fn leading(&self) -> Vec<Placed<'a, WarningRow>> {
        let mut leading: Vec<_> = self.report.warnings.iter().enumerate().filter(|(_, w)| w.leads).collect();
        leading.sort_by_key(|(_, w)| w.priority);
        leading
    }

    /// Advice lines for warning signs (P0 to P2).
    #[must_use]
    pub fn urgent_advice(&self) -> Vec<Placed<'a, AdviceRow>> {
        self.report.advice.iter().enumerate().filter(|(_, a)| a.priority <= Priority::P2).collect()
    }

    /// Advice lines that are not for warning signs.
    #[must_use]
    pub fn other_advice(&self) -> Vec<Placed<'a, AdviceRow>> {
        self.report.advice.iter().enumerate().filter(|(_, a)| a.priority > Priority::P2).collect()
    }

    /// Advice lines that say what to do, for the first screen: none for warning signs, none that explains, and beside a
    /// sign for now or for today only what holds until somebody has looked.
    #[must_use]
    pub fn to_do(&self) -> Vec<Placed<'a, AdviceRow>> {
        let urgency = self.urgency();
        self.other_advice().into_iter().filter(|(_, line)| is_to_do(line.kind, urgency)).collect()
    }

    /// The heading of [`Self::to_do`].
    #[must_use]
    pub fn to_do_head(&self) -> &'static str {
        if self.urgency() <= Some(Priority::P1) && self.urgency().is_some() {
            "Until you are seen"
        } else {
            "What to do"
        }
    }

    /// The most urgent of the signs that lead.
    fn urgency(&self) -> Option<Priority> {
        self.leading().first().map(|(_, sign)| sign.priority)
    }

    /// The notes behind an episode, oldest first. A note that fits several episodes is shown with the latest of them.
    #[must_use]
    pub fn notes_of(&self, episode: &EpisodeRow) -> Vec<&'a PainRow> {
        let fits = |e: &EpisodeRow, note: &PainRow| {
            let side = note.side.unwrap_or(Side::Unknown);
            let split = matches!((e.side, side), (Side::Left, Side::Right) | (Side::Right, Side::Left));
            note.hip && !split && (e.onset..=e.end).contains(&note.date)
        };
        let latest = |note: &PainRow| {
            self.report.episodes.iter().filter(|e| fits(e, note)).max_by_key(|e| e.onset).map(|e| e.id.as_str())
        };
        self.report.pain.iter().filter(|n| fits(episode, n) && latest(n) == Some(episode.id.as_str())).collect()
    }

    /// What has been run in the week that is planned.
    #[must_use]
    pub fn so_far(&self, plan: &Plan) -> String {
        let running = self.report.weeks.iter().find(|week| week.start == plan.week_start);
        match running {
            Some(week) if nothing_logged(self.report, week) => "nothing logged yet".to_owned(),
            _ => self.report.view.units.show(plan.so_far_m),
        }
    }

    /// Why nothing is said of there being no warning sign: a sentence.
    #[must_use]
    pub fn withheld(&self) -> String {
        let unread = self.not_understood().len() as u64;
        let failed = self.report.import.files.iter().filter(|f| f.outcome == FileOutcome::Failed).count() as u64;
        let earlier = self.report.warnings.len() as u64;
        let why = if unread > 0 {
            format!("{} not understood", wording::counted(unread, "note was", "notes were"))
        } else if failed > 0 {
            format!("{} not be read", wording::counted(failed, "file could", "files could"))
        } else if self.report.pain.is_empty() {
            "there is no note to read".to_owned()
        } else if earlier > 0 {
            let last = self.report.warnings.iter().map(|sign| sign.note_date).max();
            let last = last.map_or_else(String::new, |day| format!(", the last of {}", wording::day(day)));
            let signs = wording::counted(earlier, "earlier one", "earlier ones");
            return format!("No warning sign leads this report; the notes hold {signs}{last}.");
        } else {
            "an entry could not be read".to_owned()
        };
        format!("This report does not say whether there are warning signs: {why}.")
    }

    /// Notes that were not understood.
    #[must_use]
    pub fn not_understood(&self) -> Vec<&'a PainRow> {
        self.report.pain.iter().filter(|n| !n.understood).collect()
    }

    /// What came before an episode, a line for each rule in the order of their nearest flags.
    #[must_use]
    pub fn came_before(&self, episode: &EpisodeRow) -> Vec<CameBefore> {
        let mut sorted: Vec<_> = episode.preceded_by.iter().collect();
        sorted.sort_by_key(|p| (p.days_before, &p.finding));
        let mut rules: Vec<&str> = Vec::new();
        for earlier in &sorted {
            if !rules.contains(&earlier.rule) {
                rules.push(earlier.rule);
            }
        }
        rules
            .into_iter()
            .map(|rule| {
                let of_rule: Vec<_> = sorted.iter().filter(|p| p.rule == rule).collect();
                let mut days: Vec<i64> = of_rule.iter().map(|p| p.days_before).collect();
                days.dedup();
                let nearest = of_rule.first().and_then(|p| self.findings.iter().find(|(_, f)| f.id == p.finding));
                CameBefore {
                    title: self.title(rule),
                    days: wording::days_before(&days),
                    nearest: nearest.map(|(at, _)| *at),
                }
            })
            .collect()
    }

    /// A finding's rule and dates in a few words.
    #[must_use]
    pub fn brief(&self, finding: &FindingRow) -> String {
        format!("{}, {}", self.title(finding.rule), wording::range(finding.from, finding.to))
    }

    /// A rule's title, or its id with blanks where the report does not list it.
    #[must_use]
    pub fn title(&self, rule: &str) -> String {
        self.rule(rule).map_or_else(|| wording::capital(&rule.replace('-', " ")), |r| r.title.to_owned())
    }

    /// What a rule came to.
    #[must_use]
    pub fn rule(&self, rule: &str) -> Option<&'a RuleRow> {
        self.report.rules.iter().find(|r| r.rule == rule)
    }

    /// The rules of a family, in registry order.
    #[must_use]
    pub fn rules(&self, family: Family) -> Vec<&'a RuleRow> {
        self.report.rules.iter().filter(|r| Family::of(r.rule) == family).collect()
    }

    /// The reasons behind a line of advice. An id that is nowhere in the report is given as it stands.
    #[must_use]
    pub fn reasons(&self, advice: &AdviceRow) -> Vec<Reason> {
        advice.because.iter().map(|id| self.reason(id)).collect()
    }

    /// The signs behind a finding, where they stand on the page.
    fn signs_of_day(&self, finding: &FindingRow) -> Reason {
        let mut signs = self.report.warnings.iter().enumerate().filter(|(_, sign)| sign.note_date == finding.from);
        let anchor = signs.next().map(|(at, _)| warning_anchor(at));
        let words: Vec<&str> = finding.tags.iter().filter_map(|tag| Flag::named(tag)).map(Flag::words).collect();
        let words = if words.is_empty() { self.title(finding.rule) } else { words.join("; ") };
        Reason { text: format!("{words}, noted {}", wording::day(finding.from)), anchor }
    }

    fn reason(&self, id: &str) -> Reason {
        let placed = self.report.findings.iter().enumerate().find(|(_, f)| f.id == id);
        if let Some((_, finding)) = placed.filter(|(_, finding)| finding.rule == "warning-sign") {
            return self.signs_of_day(finding);
        }
        if let Some((at, finding)) = placed {
            let shown = self.findings.iter().any(|(other, _)| *other == at);
            return Reason { text: self.brief(finding), anchor: shown.then(|| finding_anchor(at)) };
        }
        if let Some((at, episode)) = self.report.episodes.iter().enumerate().find(|(_, e)| e.id == id) {
            let shown = self.episodes.iter().any(|(other, _)| *other == at);
            let text = format!("{}, {}", wording::place(episode), wording::episode_days(episode));
            return Reason { text, anchor: shown.then(|| episode_anchor(at)) };
        }
        let named = |w: &WarningRow| {
            let flag = crate::model::reading::name_of(&w.flag);
            [format!("{flag}/{}", w.note_date), format!("warning-sign/{}", w.note_date), flag]
                .iter()
                .any(|name| name == id)
        };
        match self.report.warnings.iter().enumerate().find(|(_, w)| named(w)) {
            Some((at, warning)) => Reason {
                text: format!("{}, noted {}", warning.flag.words(), wording::day(warning.note_date)),
                anchor: Some(warning_anchor(at)),
            },
            None => Reason { text: wording::name(id), anchor: None },
        }
    }
}

/// Whether a line says what to do beside signs of that urgency. The guidance keeps ice for sharp pain, a pop or a fall
/// beside an emergency, but the first lines there are of nothing else than being seen.
fn is_to_do(kind: Kind, urgency: Option<Priority>) -> bool {
    match kind {
        Kind::MayFit | Kind::Why | Kind::Notice | Kind::Background | Kind::Disclaimer => false,
        Kind::Relief | Kind::Spasm => urgency != Some(Priority::P0),
        Kind::Prevention | Kind::Rebuild | Kind::Restart | Kind::Habit => {
            !matches!(urgency, Some(Priority::P0 | Priority::P1))
        }
        Kind::Warning | Kind::Care | Kind::Stop | Kind::Load => true,
    }
}

/// Warning signs of one note together, in the order of the first of each.
#[must_use]
pub fn by_note<'a>(signs: &[Placed<'a, WarningRow>]) -> Vec<Vec<Placed<'a, WarningRow>>> {
    let mut notes: Vec<Vec<Placed<'a, WarningRow>>> = Vec::new();
    for &(at, sign) in signs {
        let same = |note: &&mut Vec<Placed<'a, WarningRow>>| {
            note.first().is_some_and(|(_, first)| (first.note_date, &first.text) == (sign.note_date, &sign.text))
        };
        match notes.iter_mut().find(same) {
            Some(note) => note.push((at, sign)),
            None => notes.push(vec![(at, sign)]),
        }
    }
    notes
}

/// What stands in place of the links where there is no episode or no flag.
pub const NOTHING_TO_COMPARE: &str = "There is nothing to compare: no hip-pain episode, or no flag.";

/// Links beside each other that have the same to say.
#[must_use]
pub fn together(links: &[LinkRow]) -> Vec<&[LinkRow]> {
    links.chunk_by(|a, b| (a.claim, &a.text) == (b.claim, &b.text)).collect()
}

/// Lines about what the pain may fit. They tell, where others advise.
#[must_use]
pub fn may_fit(line: &AdviceRow) -> bool {
    line.kind == Kind::MayFit
}

/// How usual a rule's flags are, or why it could not look: a sentence.
#[must_use]
pub fn how_usual(rule: &RuleRow) -> String {
    let looked = match rule.rule {
        "weekly-mileage-jump" | "too-few-rest-days" => wording::counted(rule.assessed, "week", "weeks"),
        "long-run-spike" => wording::counted(rule.assessed, "run", "runs"),
        "worn-shoes" => wording::counted(rule.assessed, "pair", "pairs"),
        "running-through-pain" | "warning-sign" => wording::counted(rule.assessed, "episode", "episodes"),
        "long-running-streak" => {
            wording::counted(rule.assessed, "stretch of running days", "stretches of running days")
        }
        "return-after-break" => wording::counted(rule.assessed, "gap between runs", "gaps between runs"),
        _ => format!("{} looked at", rule.assessed),
    };
    match rule.outcome {
        RuleOutcome::Found if rule.assessed == 0 => "Found in notes outside any episode.".to_owned(),
        RuleOutcome::Found => format!("{} of {looked} flagged.", rule.flagged),
        RuleOutcome::Clear => format!("None of {looked} flagged."),
        RuleOutcome::NotAssessed => match &rule.reason {
            Some(reason) => format!("Not assessed: {}", super::plain::one_line(reason)),
            None => "Not assessed.".to_owned(),
        },
    }
}

/// The anchor of a finding by its place in the report.
#[must_use]
pub fn finding_anchor(at: usize) -> String {
    format!("finding-{at}")
}

/// The anchor of an episode by its place in the report.
#[must_use]
pub fn episode_anchor(at: usize) -> String {
    format!("episode-{at}")
}

/// The anchor of a warning sign by its place in the report.
#[must_use]
pub fn warning_anchor(at: usize) -> String {
    format!("sign-{at}")
}

/// The anchor of a line of advice by its place in the report.
#[must_use]
pub fn advice_anchor(at: usize) -> String {
    format!("advice-{at}")
}
