//! Contrast of the page's colours in the light scheme, in the dark scheme and on paper. It is calculated here from the style
//! sheet, with the relative luminance of WCAG 2.2.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("style.css");
/// Each scheme with the text before its colours. The later schemes override some colours of the first.
const SCHEMES: [(&str, &str); 3] = [
    ("light", ":root {"),
    ("dark", "(prefers-color-scheme: dark) {\n  :root {"),
    ("paper", "@media print {\n  :root {"),
];

type Palette = BTreeMap<&'static str, &'static str>;

fn palettes() -> Vec<(&'static str, Palette)> {
    let colours = |opening: &str| -> Palette {
        let block = STYLE.split_once(opening).expect("the scheme").1.split_once('}').expect("its end").0;
        block.split(';').filter_map(|one| one.trim().strip_prefix("--")?.split_once(": ")).collect()
    };
    let light = colours(SCHEMES[0].1);
    SCHEMES
        .into_iter()
        .map(|(name, opening)| {
            let mut all = light.clone();
            all.extend(colours(opening));
            (name, all)
        })
        .collect()
}

/// The relative luminance of `#rrggbb` or `#rgb`.
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').expect("a colour");
    let long: String = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.into() };
    assert_eq!(long.len(), 6, "{colour}");
    let part = |at: usize| {
        let share = f64::from(u8::from_str_radix(&long[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// Every pair of colours, in every scheme, whose contrast is below `least`.
fn too_close(pairs: &[(&str, &str)], least: f64) -> Vec<String> {
    let mut found = Vec::new();
    for (scheme, palette) in palettes() {
        for (a, b) in pairs {
            let ratio = contrast(palette[a], palette[b]);
            if ratio < least {
                found.push(format!("{scheme}: --{a} {} and --{b} {} are {ratio:.2}:1", palette[a], palette[b]));
            }
        }
    }
    found
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-9);
    // The grey that is known to be the lightest to pass 4.5:1 on white.
    assert!((contrast("#767676", "#fff") - 4.54).abs() < 0.005);
}

#[test]
fn shades_beside_each_other_differ_by_half() {
    let calendar = [("d0", "d1"), ("d1", "d2"), ("d2", "d3"), ("d3", "d4"), ("d4", "d5")];
    let hips = [("card", "p1"), ("p1", "p2"), ("p2", "p3"), ("p3", "p4")];
    assert_eq!(too_close(&calendar, 1.5), [""; 0]);
    assert_eq!(too_close(&hips, 1.5), [""; 0]);
}

#[test]
fn marks_stand_out_from_bars_and_both_from_the_page() {
    // The part of a week above its room stands on the bar.
    assert_eq!(too_close(&[("jump", "run")], 3.0), [""; 0]);
    // Lines over bars and dots over squares have an edge of the page's colour, so both have to stand out from that.
    let marks = ["jump", "pain", "target", "soft", "soon", "ink", "accent", "run"];
    assert_eq!(too_close(&marks.map(|mark| (mark, "card")), 3.0), [""; 0]);
}

#[test]
fn words_can_be_read_on_what_they_stand_on() {
    let words = ["ink", "soft", "accent", "soon", "pain", "urgent"].map(|words| (words, "card"));
    let elsewhere = [
        ("ink", "paper"),
        ("soft", "paper"),
        ("ink", "faint"),
        ("soft", "faint"),
        ("mark-ink", "mark"),
        ("urgent", "urgent-card"),
        ("soon", "soon-card"),
        ("ink", "urgent-card"),
        ("ink", "soon-card"),
    ];
    assert_eq!(too_close(&words, 4.5), [""; 0]);
    assert_eq!(too_close(&elsewhere, 4.5), [""; 0]);
}
