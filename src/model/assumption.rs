//! What was assumed where an input leaves open something that affects a figure: each kind, its words, and how to make
//! the assumption unnecessary. It reads no input.

use serde::Serialize;

/// What kind of thing was assumed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema, strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum AssumptionKind {
    /// A table without a sport was taken for runs.
    NoSportColumn,
    /// A sport whose name is in no list was not counted as a run.
    SportNameUnknown,
    /// A row without a sport was taken for another than running by words of its title.
    SportByTitle,
    /// A recording without a sport was judged by its pace.
    SportByPace,
    /// A column without a unit was read in the likeliest one.
    UnitGuessed,
    /// A day without a year was placed beside its neighbours.
    YearGuessed,
    /// A weekday alone was placed between the days around it.
    WeekdayPlaced,
    /// Two recordings of the same time with different distances were taken for one run.
    RunsAtOnce,
    /// Points of a track that cannot be were left out of its distance.
    PointsLeftOut,
    /// A track is faster than anyone runs.
    ImplausibleSpeed,
    /// A recording's clock is years away from those around it.
    ClockImplausible,
    /// Rows without distance and duration were taken for planned or skipped.
    PlannedOnly,
    /// Rows below a run were taken for its laps.
    LapRows,
    /// Rows with the number of the run above were taken for parts of it and added up.
    PartRows,
    /// Rows with the identifier of another row and equal to it were taken for the same activity.
    RepeatedRows,
    /// A table holds the runs of several people.
    AthleteColumn,
    /// The time in motion could not be read.
    MovingTimeUnreadable,
    /// Notes tell of distances on days without a run, which were not counted.
    RunsInNotes,
    /// Runs were read from lines of notes with a figure each.
    LabelledLines,
}

/// What a reader assumed in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Assumed {
    /// The kind of assumption.
    pub kind: AssumptionKind,
    /// Its subject within the kind, such as the name of an unknown sport, or a column and its unit; may be empty. The
    /// same assumption in several files is reported once.
    pub about: String,
    /// The number of activities that rest on it.
    pub count: u64,
    /// Whether it is likely to be wrong. If a third of the activities rest on it, it is reported like a loss.
    pub doubtful: bool,
}

impl Assumed {
    /// An assumption that is most likely right.
    #[must_use]
    pub fn new(kind: AssumptionKind, about: impl Into<String>, count: u64) -> Self {
        Self { kind, about: about.into(), count, doubtful: false }
    }

    /// The same assumption, marked as likely to be wrong.
    #[must_use]
    pub fn doubtful(self) -> Self {
        Self { doubtful: true, ..self }
    }
}

/// One assumption and the files it was made in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "AssumptionRow"))]
pub struct Assumption {
    /// What kind of thing was assumed.
    pub kind: AssumptionKind,
    /// The files it was made in, by path.
    pub files: Vec<String>,
    /// How many activities rest on it.
    pub count: u64,
    /// What was assumed, in a sentence.
    pub text: String,
    /// What to do so that nothing has to be assumed.
    pub remedy: String,
    /// Its subject within the kind.
    #[serde(skip)]
    pub about: String,
    /// Whether it may well be wrong.
    #[serde(skip)]
    pub doubtful: bool,
}

impl Assumption {
    /// Adds the same assumption from one more file; false if it is a different one.
    #[must_use]
    pub fn join(&mut self, path: &str, assumed: &Assumed) -> bool {
        let same = self.kind == assumed.kind && self.about == assumed.about;
        if same {
            if self.files.last().is_none_or(|last| last != path) {
                self.files.push(path.to_owned());
            }
            self.count += assumed.count;
            self.doubtful |= assumed.doubtful;
        }
        same
    }

    /// The first assumption of its kind and subject.
    #[must_use]
    pub fn first(path: &str, assumed: Assumed) -> Self {
        let Assumed { kind, about, count, doubtful } = assumed;
        Self { kind, files: vec![path.to_owned()], count, text: String::new(), remedy: String::new(), about, doubtful }
    }

    /// Writes its sentences, once all files are known.
    pub fn put_in_words(&mut self) {
        self.files.sort();
        self.files.dedup();
        let (mut text, mut remedy) = self.words();
        for words in [&mut text, &mut remedy] {
            words.retain(|c| !c.is_control());
        }
        (self.text, self.remedy) = (text, remedy);
    }

    /// A line for a terminal: the files, the sentence, and what to do.
    #[must_use]
    pub fn line(&self) -> String {
        let place = match &self.files[..] {
            [only] => format!("{only}: "),
            [first, rest @ ..] => format!("{first} and {} more: ", rest.len()),
            [] => String::new(),
        };
        format!("{place}{}; {}", self.text, self.remedy)
    }

    fn words(&self) -> (String, String) {
        let about = &self.about;
        let n =
            |one: &str, many: &str| if self.count == 1 { format!("1 {one}") } else { format!("{} {many}", self.count) };
        let activities = n("activity", "activities");
        match self.kind {
            AssumptionKind::NoSportColumn => (
                format!("no column names a sport, so {} taken for runs", n("row was", "rows were")),
                "if some are not, add a column \"sport\", or list the file under ignore in runhip.toml".to_owned(),
            ),
            AssumptionKind::SportNameUnknown => (
                format!("the sport \"{about}\" is not known, so {activities} did not count as running"),
                format!("write \"{about}\" = \"run\" or \"other\" under [sports] in runhip.toml"),
            ),
            AssumptionKind::SportByTitle => (
                format!("{} for another sport than running by words such as {about}", n("row without a sport was taken", "rows without a sport were taken")),
                "if some were runs, name the sport of each in a column \"sport\"".to_owned(),
            ),
            AssumptionKind::SportByPace => (
                format!("{} by pace for {about}", n("activity without a sport was taken", "activities without a sport were taken")),
                "if that is wrong, name the sport in a column \"sport\" or in the title, or set untyped = \"ask\" in runhip.toml".to_owned(),
            ),
            AssumptionKind::UnitGuessed => (
                format!("no unit is named for {about}"),
                "if that is wrong, write the unit in the header; that of distances can be set as distance_unit under [csv.columns]"
                    .to_owned(),
            ),
            AssumptionKind::YearGuessed => (
                format!("{} no year, and {} placed {about}", n("day has", "days have"), if self.count == 1 { "was" } else { "were" }),
                "write the year in each day, or in a heading above them".to_owned(),
            ),
            AssumptionKind::WeekdayPlaced => (
                format!("{} between the days above and below", n("weekday alone was placed", "weekdays alone were placed")),
                "write the date in front of each note".to_owned(),
            ),
            AssumptionKind::RunsAtOnce => (
                format!("{} recorded twice at once with distances more than 10 % apart: {about}", n("run was", "runs were")),
                "if the wrong one counts, correct its distance under [[corrections]] in runhip.toml".to_owned(),
            ),
            AssumptionKind::PointsLeftOut => (
                format!("points that no runner can have been at were left out of {}", n("track", "tracks")),
                "if a distance looks wrong, correct it under [[corrections]] in runhip.toml".to_owned(),
            ),
            AssumptionKind::ImplausibleSpeed => (
                format!("{} faster than anyone runs", n("track is", "tracks are")),
                "if it was no run, or its distance is wrong, correct it under [[corrections]] in runhip.toml".to_owned(),
            ),
            AssumptionKind::ClockImplausible => (
                format!("{} left out, of a clock years behind all others", n("recording was", "recordings were")),
                "put the date right where it comes from, or write the run in a table of your own".to_owned(),
            ),
            AssumptionKind::PlannedOnly if !about.is_empty() => (
                format!("{} {about}, and did not count as a run", n("row is", "rows are")),
                "runhip plan holds a plan against the log".to_owned(),
            ),
            AssumptionKind::PlannedOnly => (
                format!("{} neither distance nor time, and did not count as a run", n("row has", "rows have")),
                "write the distance or the time of those that were run".to_owned(),
            ),
            AssumptionKind::LapRows => (
                format!("{} taken for laps of the run above and not counted again", n("row was", "rows were")),
                "if they were runs of their own, write each with its day".to_owned(),
            ),
            AssumptionKind::PartRows => (
                format!("{} taken for parts of the run with the same number and added to it", n("row was", "rows were")),
                "if they were runs of their own, give each a number of its own".to_owned(),
            ),
            AssumptionKind::RepeatedRows => (
                format!("{} the identifier, day and figures of another row and {} not counted again", n("row has", "rows have"), if self.count == 1 { "was" } else { "were" }),
                "if they were runs of their own, write each without the identifier of another".to_owned(),
            ),
            AssumptionKind::AthleteColumn => (
                format!("{} of others by {about} and left out", n("row was", "rows were")),
                "if they are yours, take the column of names out, or list the table under ignore in runhip.toml".to_owned(),
            ),
            AssumptionKind::RunsInNotes if !about.is_empty() => (
                format!("{} with {about} on a day without a run in the log, and no run was counted", n("note begins", "notes begin")),
                "keep runs in a table with a column for the day and one for the distance, or export them from the app".to_owned(),
            ),
            AssumptionKind::RunsInNotes => (
                format!("{} of a distance on a day without a run in the log, and no run was counted", n("note tells", "notes tell")),
                "keep runs in a table with a column for the day and one for the distance, or export them from the app".to_owned(),
            ),
            AssumptionKind::LabelledLines => (
                format!("{} read from lines of notes such as \"Distance: 6.4 km\"", n("run was", "runs were")),
                "if they are no runs, list the file under ignore in runhip.toml".to_owned(),
            ),
            AssumptionKind::MovingTimeUnreadable => (
                format!("the time in motion of {activities} could not be read and was left open"),
                "nothing to do; the time from start to end was used".to_owned(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn the_same_of_several_files_is_told_once_with_the_sum() {
        let unknown = |about, count| Assumed::new(AssumptionKind::SportNameUnknown, about, count);
        let mut one = Assumption::first("b.csv", unknown("Rollski", 2));
        assert!(one.join("a.csv", &unknown("Rollski", 1).doubtful()));
        assert!(!one.join("a.csv", &unknown("Kanu", 1)), "about another sport");
        one.put_in_words();
        assert_eq!((one.count, one.doubtful, &one.files[..]), (3, true, &["a.csv".to_owned(), "b.csv".to_owned()][..]));
        assert_eq!(
            one.line(),
            "a.csv and 1 more: the sport \"Rollski\" is not known, so 3 activities did not count as running; \
             write \"Rollski\" = \"run\" or \"other\" under [sports] in runhip.toml"
        );
    }

    #[test]
    fn every_kind_says_what_was_assumed_and_what_to_do() {
        for kind in AssumptionKind::iter() {
            let mut one = Assumption::first("a.csv", Assumed::new(kind, "x\u{1b}[31m", 1));
            one.put_in_words();
            for words in [&one.text, &one.remedy] {
                assert!(words.len() > 10 && !words.ends_with('.'), "{kind:?}: {words}");
                assert!(!words.contains('\u{1b}'), "{kind:?}: {words}");
            }
        }
    }
}
