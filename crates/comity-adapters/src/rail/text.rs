//! Text that bank files and spreadsheets can carry.

/// Base letters of U+00C0 to U+00FF and of U+0100 to U+017F.
const LATIN_1: &str = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTsaaaaaaaceeeeiiiidnooooo.ouuuuyty";
const LATIN_A: &str = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNn\
NnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/// Cyrillic from U+0430, as in passports (ICAO 9303).
const CYRILLIC: [&str; 32] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia",
];

/// Letters outside the runs above, small.
const SINGLE: [(char, &str); 34] = [
    ('ё', "e"),
    ('ђ', "dj"),
    ('є', "ie"),
    ('і', "i"),
    ('ї', "i"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('ў', "u"),
    ('џ', "dz"),
    ('ґ', "g"),
    ('ș', "s"),
    ('ț', "t"),
    ('ά', "a"),
    ('έ', "e"),
    ('ή', "i"),
    ('ί', "i"),
    ('ό', "o"),
    ('ύ', "y"),
    ('ώ', "o"),
    ('ẞ', "ss"),
    ('–', "-"),
    ('—', "-"),
    ('’', "'"),
    ('‘', "'"),
    ('“', "'"),
    ('”', "'"),
    ('„', "'"),
    ('«', "'"),
    ('»', "'"),
    ('&', "+"),
    ('_', "-"),
    ('…', "..."),
];

/// Greek from U+03B1.
const GREEK: [&str; 25] = [
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s",
    "t", "y", "f", "ch", "ps", "o",
];

/// Writes a text in the characters that every bank takes (EPC 217-08): Latin letters,
/// digits and `/-?:().,'+` with single spaces; other letters by their sound or base.
/// No slash at an end and none doubled, because they have a meaning there. Cut to `max`.
#[must_use]
pub fn bank_text(text: &str, max: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        push(&mut out, letter);
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let mut out = words.join(" ");
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    let out: String = out.trim_start_matches('/').chars().take(max).collect();
    out.trim_end_matches(['/', ' ']).to_owned()
}

fn push(out: &mut String, letter: char) {
    let plain = letter.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(letter);
    if plain {
        return out.push(letter);
    }
    if letter.is_whitespace() || letter.is_control() {
        return out.push(' ');
    }
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let Some(sound) = latin(letter).or_else(|| sound(small)) else {
        return out.push('.');
    };
    if letter == small || sound.is_empty() {
        out.push_str(&sound);
    } else {
        let (first, rest) = sound.split_at(1);
        out.push_str(&first.to_ascii_uppercase());
        out.push_str(rest);
    }
}

fn latin(letter: char) -> Option<String> {
    let code = u32::from(letter);
    let (table, start) = if code < 0x100 {
        (LATIN_1, 0xC0)
    } else {
        (LATIN_A, 0x100)
    };
    let index = usize::try_from(code.checked_sub(start)?).ok()?;
    table
        .as_bytes()
        .get(index)
        .map(|&byte| char::from(byte).to_string())
}

fn sound(small: char) -> Option<String> {
    if let Some((_, sound)) = SINGLE.iter().find(|(letter, _)| *letter == small) {
        return Some((*sound).to_owned());
    }
    let index = |start| usize::try_from(u32::from(small).checked_sub(start)?).ok();
    let cyrillic = index(0x430).and_then(|at| CYRILLIC.get(at));
    let greek = index(0x3B1).and_then(|at| GREEK.get(at));
    cyrillic.or(greek).map(|sound| (*sound).to_owned())
}

/// A cell that no spreadsheet takes for a formula, and without line breaks.
#[must_use]
pub fn guard_cell(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let flat = flat.trim();
    // Full-width forms are read as operators by some spreadsheets too.
    if flat.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{flat}")
    } else {
        flat.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_languages_become_bank_letters() {
        for (name, expected) in [
            (
                "Jürgen Müller & Söhne <GmbH>",
                "Jurgen Muller + Sohne .GmbH.",
            ),
            ("Щербаков Юрий Ёлкин", "Shcherbakov Iurii Elkin"),
            ("Łukasz Żółć", "Lukasz Zolc"),
            ("Γιώργος Παπάς", "Giorgos Papas"),
            ("Ștefan Țepeș", "Stefan Tepes"),
            ("Straße №5", "Strase .5"),
            ("//a//b/", "a/b"),
            (" \t\n ", ""),
            ("王", "."),
            ("O’Brien_1", "O'Brien-1"),
        ] {
            assert_eq!(bank_text(name, 70), expected);
        }
        assert_eq!(bank_text("abcd/efgh", 5), "abcd");
    }

    #[test]
    fn every_character_becomes_something_a_bank_takes() {
        for letter in (0..=0x2FFF)
            .chain(0x1F600..0x1F610)
            .filter_map(char::from_u32)
        {
            let text = bank_text(&format!("x{letter}x"), 140);
            let fits = |c: char| c.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(c);
            assert!(text.chars().all(fits), "{letter:?} became {text:?}");
        }
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "＝1",
        ] {
            assert!(guard_cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(guard_cell("a=b"), "a=b");
        assert_eq!(guard_cell("a\nb"), "a b");
    }
}
