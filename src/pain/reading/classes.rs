//! The classes of words that code asks for by name, each with its number. It knows no word.

use super::class_set::{Class, NamedSet};

macro_rules! classes {
    ($($constant:ident = $name:literal),+ $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code, reason = "only numbers the classes")]
        #[derive(Clone, Copy)]
        enum Order { $($constant),+ }
        /// The classes that code asks for by name.
        #[allow(dead_code, reason = "the qualities are asked for by number")]
        pub(super) mod class {
            $(pub(in super::super) const $constant: super::Class = super::Order::$constant as super::Class;)+
        }
        /// Their names in the lexicon, in the order of their numbers.
        pub(super) const NAMED: &[&str] = &[$($name),+];
        const _: () = assert!(NAMED.len() <= NamedSet::ROOM, "code asks for more classes than a set of them holds");
    };
}

classes! {
    ACHE = "q.ache", BURNING = "q.burning", CLICK = "q.click", CRAMP = "q.cramp", DULL = "q.dull", KNOT = "q.knot",
    NIGGLE = "q.niggle", NUMB = "q.numb", PINCH = "q.pinch", POP = "q.pop", SHARP = "q.sharp", SHOOTING = "q.shooting",
    SORE = "q.sore", SPASM = "q.spasm", STIFF = "q.stiff", TENDER = "q.tender", THROBBING = "q.throbbing",
    TIGHT = "q.tight", TINGLE = "q.tingle", TWINGE = "q.twinge", WEAK = "q.weak",
    NUM = "num", UNIT_NUM = "unitnum", SCORE = "score", HOT_NUM = "hotnum", NIGHT_CLOCK = "nightclock",
    MIN_NUM = "minnum", LONG_DAYS = "longdays", ORDINAL = "ordinal", YEAR = "yearnum",
    HIP = "hip", PLURAL = "plural", OUTER = "r.outer", FRONT = "r.front", BUTTOCK = "r.buttock",
    RADIATING = "r.radiating", LEG = "leg", SEVERAL = "several", THIGH = "thigh", FOOTY = "footy", OTHER = "other", LOWER = "lower",
    UPPER = "upper", BACK = "back", ARM = "arm", AILMENT = "ailment", OWNER = "owner", SELF = "self",
    LEFT = "left", RIGHT = "right", BOTH = "both", SIDE = "side", NAMED_SIDE = "namedside", DET = "det", MY = "my",
    COMPLAINT = "complaint", PAIN = "pain", MOAN = "moan", SADFACE = "sadface",
    NEG = "neg", POSTNEG = "postneg", SCOPE_END = "scopeend", BUT = "but", AND = "and", OR_WORD = "orword",
    UNTIL = "until", WELL = "well", UNHARMED = "unharmed", PARTLY = "partly", MILD_WELL = "mildwell", GONE = "gone", EASED_OFF = "easedoff", IN_RUN = "inrun",
    CURRENT = "current", PAST = "past", YESTERDAY = "yesterday", BACK_IN = "backin",
    PERSON = "person", ANIMAL = "animal", POSSESSIVE = "possessive", WITH_WORD = "withword", I_WORD = "iword", SAY_VERB = "sayverb",
    FEAR = "fear", SETTLE_VERB = "settleverb", NO_SCORE = "noscore", SCORE_LEAD = "scorelead", UNIT = "unit",
    UNIT_DAY = "unit.day", UNIT_WEEK = "unit.week", UNIT_MONTH = "unit.month", UNIT_YEAR = "unit.year",
    DURATION = "duration", DURATION_SKIP = "durationskip", SLEEP_CAUSE = "sleepcause", TEMP_WORD = "tempword",
    HEAT_WORD = "heatword", COLD = "cold", LIMP_WORD = "limpword", STAIR_TRAIN = "stairtrain", NIGHT_WORD = "nightword",
    SIT_WORD = "sitword", DRESS_WORD = "dressword", RISE_WORD = "riseword", CANT_NEG = "cantneg", PAIN_FREE = "painfree", UPRIGHT = "upright", FOUR_PLUS = "fourplus", NUM_WORD = "numword", BARELY = "barely", SWELL_WORD = "swellword", TOUCH = "touch", DOWN_TO = "downto", DRAG_WORD = "dragword", FOOT_DROP = "footdrop", LIFT_VERB = "liftverb", FALL_VERB = "fallverb", PROFESSIONAL = "professional", SKIN_WORD = "skinword", FILLER = "filler", BEFELL = "befell", MONTH_START = "monthstart", TWO = "n.2", THREE = "n.3",
    REACHING = "^reaching", STAYS_AWAY = "^staysaway", BEDDING = "^bedding", FROM = "^from", HAPPENED = "^happened", WITHOUT = "^without",
    ME_WORD = "^me", SO_WORD = "^so", THEN = "^then", WHEREABOUTS = "^whereabouts", S_ENDING = "^s", OWNS = "^owns", THAN = "^than", BACK_AGAIN = "^backagain",
    SINCE = "^since", UP_TO = "^upto", ARTICLE = "^article", AT_WORD = "^at", ON_WORD = "^on", OF_WORD = "^of", GIVES_WAY = "^givesway", ALL_WORD = "^all",
    THING = "thing", FEEL = "feelword", FELT = "feltword", NOW_WORD = "nowword", IT_WORD = "itword",
    FOUR = "n.4", FIVE = "n.5", SIX = "n.6", SEVEN = "n.7", EIGHT = "n.8", NINE = "n.9", TEN = "n.10", MONTH_NAME = "monthname", SEASON = "season", KINS = "kins", MONDAY = "day.mon", TUESDAY = "day.tue", WEDNESDAY = "day.wed", THURSDAY = "day.thu",
    FRIDAY = "day.fri", SATURDAY = "day.sat", SUNDAY = "day.sun", RUN_VERB = "runverb", BE = "be", PICTURE = "picture", RADIATE = "radiate",
    COLON = "colonword", SUPPORT = "support", GOT_UP = "gotup", EXERCISE = "exercise", UNKNOWN = "unknown",
    BEFORE_RUN = "beforerun", VESSEL = "vessel", THEM = "^them", GAIT = "gait", RACE = "race", STEP = "step",
    LOG_LABEL = "loglabel", WRITTEN_FOR = "writtenfor", WRITTEN_OF = "writtenof", CHILD = "child", SEAT = "seat", WE_WORD = "weword", REAL_NOW = "realnow",
    LAY_THERE = "laythere", MOMENT = "moment", RIDE = "ride", HANGING_FOOT = "hangingfoot",
    SPOUSE = "spouse", SELF_INTRO = "selfintro", NAME = "nameform", TOLD_INSTEAD = "toldinstead", PRONOUN = "pronoun",
    DOMS = "domsword", ANNIVERSARY = "anniversary", FRACTURE = "fracture", BESIDE = "^beside", LIKE = "^like", FEELS = "^feels",
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::model::reading::{Quality, name_of};

    #[test]
    fn the_quality_classes_come_first_in_the_order_of_the_qualities() {
        for (quality, class) in Quality::iter().zip(NAMED) {
            assert_eq!(class.strip_prefix("q."), Some(name_of(quality)));
        }
    }
}
