//! Search in lists that are short enough to be read whole.

/// Keeps the rows of which some text contains what was searched, whatever the case.
pub fn narrow<T, const N: usize>(
    rows: Vec<T>,
    find: &str,
    texts: impl Fn(&T) -> [String; N],
) -> Vec<T> {
    let find = find.trim().to_lowercase();
    if find.is_empty() {
        return rows;
    }
    let fits = |row: &T| {
        let all = texts(row);
        all.iter().any(|text| text.to_lowercase().contains(&find))
    };
    rows.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn part_of_any_text_is_enough_in_any_case_and_script() {
        let rows = vec!["Магазин", "Billing"];
        let texts = |row: &&str| [(*row).to_owned(), String::new()];
        assert_eq!(narrow(rows.clone(), " магА", texts), ["Магазин"]);
        assert_eq!(narrow(rows.clone(), "ILL", texts), ["Billing"]);
        assert_eq!(narrow(rows, "", texts).len(), 2);
    }
}
