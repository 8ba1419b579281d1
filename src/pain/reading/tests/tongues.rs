//! Notes in other languages: what a few classes of words find in them. Each note is listed even so.

use super::plain;
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;

#[test]
fn emergencies_are_raised_in_other_languages() {
    use RedFlag::{BowelBladder, CannotBearWeight, Fever, SaddleNumbness, Trauma, Weakness};
    for (text, sign) in [
        ("Sturz im Wald, Hüfte rechts, kann nicht auftreten", CannotBearWeight),
        ("Gestern auf Eis ausgerutscht, linke Hüfte, konnte kaum noch auftreten", CannotBearWeight),
        ("Das linke Bein trägt nicht mehr, Hüfte dick geworden", CannotBearWeight),
        ("Rückenschmerzen und konnte den Urin nicht halten", BowelBladder),
        ("taub im Schritt seit heute früh, Hüfte zieht", SaddleNumbness),
        ("Fieber 39,2 und die Hüfte brennt", Fever),
        ("tombée dans l'escalier, je ne peux plus poser le pied, hanche gauche", CannotBearWeight),
        ("fièvre 39 et mal à la hanche, frissons toute la nuit", Fever),
        ("me he orinado encima corriendo, dolor de cadera", BowelBladder),
        ("entrepierna dormida y dolor en la cadera derecha", SaddleNumbness),
        ("me caí de la bici y no puedo apoyar la pierna, cadera izquierda", CannotBearWeight),
        ("non riesco ad appoggiare il piede, anca sinistra a pezzi", CannotBearWeight),
        ("caduto in bici, botta all'anca destra", Trauma),
        ("gevallen met de fiets, linkerheup, kan er niet op staan", CannotBearWeight),
        ("kan mijn plas niet ophouden", BowelBladder),
        ("no aguanto la orina desde anoche, y la espalda fatal", BowelBladder),
        ("spüre beim Abwischen nichts, Po taub", SaddleNumbness),
        ("plus de sensation entre les jambes depuis ce matin", SaddleNumbness),
        ("Kann seit dem Sturz nicht mehr auf dem rechten Bein stehen, Hüfte", CannotBearWeight),
        ("j'arrive plus à poser la jambe par terre, douleur à la hanche", CannotBearWeight),
        ("been zakt door, heup pijnlijk", Weakness),
        ("geen gevoel in het kruis sinds vannacht, heup zeurt", SaddleNumbness),
        ("levei um tombo, não consigo pisar, dor no quadril", CannotBearWeight),
        ("kan inte stödja på benet, höften värker", CannotBearWeight),
        ("upadłem na biodro, nie mogę chodzić", Trauma),
    ] {
        let reading = plain(text);
        assert!(reading.red_flags.contains(&sign), "{text}: {reading:?}");
        assert!(!reading.understood, "listed all the same: {text}");
    }
}

#[test]
fn a_hip_that_complains_is_read_in_other_languages() {
    for text in [
        "Hüfte zwickt seit Montag",
        "Leiste rechts meldet sich nach 8 km",
        "hanche gauche qui tire dans les montées",
        "la cadera derecha me molesta al bajar",
        "anca sx un po' rigida, poi ok",
        "fitta all'inguine al 7 km",
        "heup protesteerde weer na 10 km",
        "rechterbil stijf, verder prima",
        "ont i höften efter intervallerna",
    ] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
}

#[test]
fn other_parts_other_people_and_denials_are_read_too() {
    for text in [
        "Knie zwickt, Hüfte gut",
        "keine Hüftschmerzen mehr, 10 km locker",
        "rodilla con molestias, cadera bien",
        "geen heuppijn meer, lekker gelopen",
        "sin dolor de cadera hoy, 8k",
        "douleur au genou gauche, rien à la hanche",
        "Meine Mutter hat eine neue Hüfte, 5 km am Abend",
        "Papa ist gestürzt, Hüfte gebrochen, Besuch im Krankenhaus. 6 km danach",
        "konnte heute nicht laufen, zu viel Arbeit",
        "je ne peux pas m'arrêter de courir, quelle sortie",
        "chute de température, gants obligatoires",
        "fièvre hier, pas de course",
    ] {
        let reading = plain(text);
        assert!(!reading.hip, "{text}: {reading:?}");
        assert!(reading.red_flags.iter().all(|flag| flag.row().priority > Priority::P1), "{text}");
    }
}

#[test]
fn a_groin_that_hurts_on_each_step_is_told_in_other_languages() {
    for text in [
        "douleur à l'aine à chaque pas",
        "mal à l'aine à chaque pas, même à la maison",
        "l'aine fait mal quand je pose le pied",
        "Leiste schmerzt bei jedem Schritt",
        "Leistenschmerzen schon beim Gehen",
        "die Leiste tut weh, sobald ich auftrete, Leiste sticht beim Auftreten",
        "me duele la ingle con cada paso",
        "dolor de ingle al apoyar la pierna",
        "dolore all'inguine a ogni passo",
        "dor na virilha a cada passo",
        "liespijn bij iedere stap",
    ] {
        let reading = plain(text);
        assert!(reading.red_flags.contains(&RedFlag::CannotBearWeight), "{text}: {reading:?}");
        assert!(!reading.understood, "listed all the same: {text}");
    }
    for text in [
        "douleur au mollet à chaque pas",
        "keine Schmerzen in der Leiste beim Gehen",
        "plus de douleur à l'aine en marchant",
        "sin dolor en la ingle al caminar",
        "Leiste zwickt leicht nach dem Lauf 2/10",
    ] {
        assert!(!plain(text).red_flags.contains(&RedFlag::CannotBearWeight), "{text}: {:?}", plain(text));
    }
}

#[test]
fn that_the_hip_is_well_again_is_read_in_other_languages() {
    for text in [
        "10 km sin dolor, la cadera perfecta",
        "sin molestias en la cadera, 8k",
        "8 km, hanche parfaite",
        "12 km sans aucune douleur, hanche ok",
        "Hüfte wieder gut, 10 km",
        "schmerzfrei, Hüfte in Ordnung",
        "anca a posto, 6 km",
        "heup goed, 7 km",
    ] {
        let reading = plain(text);
        assert!(!reading.hip && reading.denies_hip_pain, "{text}: {reading:?}");
    }
    for text in ["cadera con dolor, la ingle bien", "douleur à la hanche, genou parfait", "Hüfte schmerzt, Knie gut"]
    {
        assert!(!plain(text).denies_hip_pain, "{text}");
    }
}

#[test]
fn words_of_another_language_are_no_slips_of_english_ones() {
    for text in ["Gefühl 8/10, gute Beine. Die Intervalle sollten 5 min dauern", "guter Lauf, sollte morgen ruhen"] {
        let reading = plain(text);
        assert!(!reading.hip && reading.red_flags.is_empty() && !reading.understood, "{text}: {reading:?}");
    }
}

#[test]
fn a_power_in_watts_is_no_number_of_weeks() {
    assert!(plain("left hip sore 3w").red_flags.contains(&RedFlag::Persistent));
    let reading = plain("avg 251.5W, max 388W, left hip sore");
    assert!(reading.hip && reading.red_flags.is_empty(), "{reading:?}");
}
