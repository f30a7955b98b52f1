//! Tables: sortable heads, row selection, cards on a phone.

use maud::{Markup, Render, html};

use crate::icon::Icon;
use crate::{Cx, t};

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    label: String,
    sort: Option<&'static str>,
    class: &'static str,
}

impl Column {
    /// Text, at the start of the cell.
    #[must_use]
    pub fn text(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            sort: None,
            class: "",
        }
    }

    /// Numbers and money, at its end, with tabular figures.
    #[must_use]
    pub fn num(label: impl Into<String>) -> Self {
        Self {
            class: "num",
            ..Self::text(label)
        }
    }

    /// Short text that never wraps: dates, badges.
    #[must_use]
    pub fn tight(label: impl Into<String>) -> Self {
        Self {
            class: "tight",
            ..Self::text(label)
        }
    }

    /// The head sorts by `sort=key`, then by `sort=-key`.
    #[must_use]
    pub const fn sort(mut self, key: &'static str) -> Self {
        self.sort = Some(key);
        self
    }
}

/// A row: one cell per column.
#[derive(Debug, Clone)]
pub struct Row {
    id: String,
    name: String,
    cells: Vec<Markup>,
}

impl Row {
    /// A row whose id is unique in the page; `name` is read with its checkbox.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>, cells: Vec<Markup>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            cells,
        }
    }
}

/// A table; put it into a card with `Card::flush`.
pub struct Table<'a> {
    cx: &'a Cx,
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    select: bool,
    dense: bool,
    foot: Option<Vec<Markup>>,
}

impl<'a> Table<'a> {
    /// A table with a caption for screen readers. A column with an empty label holds actions.
    #[must_use]
    pub fn new(cx: &'a Cx, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        let caption = caption.into();
        Self {
            cx,
            caption,
            columns,
            rows: Vec::new(),
            select: false,
            dense: false,
            foot: None,
        }
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Rows get checkboxes named `id`; put the table into a form and a
    /// `div.bulk` with its buttons behind it (see [`Table::bulk`]).
    #[must_use]
    pub const fn selectable(mut self) -> Self {
        self.select = true;
        self
    }

    /// Lower rows, for ledgers and logs.
    #[must_use]
    pub const fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// A row of totals.
    #[must_use]
    pub fn foot(mut self, cells: Vec<Markup>) -> Self {
        self.foot = Some(cells);
        self
    }

    /// The bar that appears when rows are chosen.
    #[must_use]
    pub fn bulk(cx: &Cx, buttons: &Markup) -> Markup {
        html! {
            div.bulk {
                span { (t!(cx, "shell-selected")) " " output { } }
                (buttons)
            }
        }
    }

    fn head(&self, column: &Column) -> Markup {
        let Some(key) = column.sort else {
            return html! { th class=(column.class) scope="col" {
                @if column.label.is_empty() {
                    span.sr { (t!(self.cx, "shell-actions")) }
                } @else { (column.label) }
            } };
        };
        let has = |pair: &str| self.cx.query.split('&').any(|have| have == pair);
        let order = if has(&format!("sort=-{key}")) {
            Some("descending")
        } else {
            has(&format!("sort={key}")).then_some("ascending")
        };
        let next = if order == Some("descending") {
            key.to_owned()
        } else {
            format!("-{key}")
        };
        html! {
            th class=(column.class) scope="col" aria-sort=[order] {
                a href=(self.cx.with_query(&[("sort", &next)])) {
                    (column.label)
                    @match order {
                        Some("descending") => (Icon::ArrowDown),
                        Some(_) => (Icon::ArrowUp),
                        None => {}
                    }
                }
            }
        }
    }

    fn body_row(&self, row: &Row) -> Markup {
        html! {
            tr id=(row.id) {
                @if self.select {
                    td.pick {
                        input.rowcheck type="checkbox" name="id" value=(row.id)
                            aria-label=(t!(self.cx, "shell-select-row", name = &row.name));
                    }
                }
                @for (index, (column, cell)) in self.columns.iter().zip(&row.cells).enumerate() {
                    @let named = index > 0 && !column.label.is_empty();
                    td class=(column.class) data-l=[named.then_some(&column.label)] {
                        @if column.label.is_empty() { div.actions { (cell) } }
                        @else if !cell.0.is_empty() { div { (cell) } }
                    }
                }
            }
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        html! {
            div.tablewrap tabindex="0" role="region" aria-label=(self.caption) {
                table.table.cards.dense[self.dense] {
                    caption.sr { (self.caption) }
                    thead {
                        tr {
                            @if self.select {
                                th.pick scope="col" {
                                    input type="checkbox" data-all
                                        aria-label=(t!(self.cx, "shell-select-all"));
                                }
                            }
                            @for column in &self.columns { (self.head(column)) }
                        }
                    }
                    tbody {
                        @for row in &self.rows { (self.body_row(row)) }
                    }
                    @if let Some(cells) = &self.foot {
                        tfoot {
                            tr {
                                @if self.select { td.pick { } }
                                @for (column, cell) in self.columns.iter().zip(cells) {
                                    td class=(column.class) data-l=(column.label) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use comity_domain::time::Timestamp;

    #[test]
    fn heads_turn_the_order_around() {
        let head = |query: &str| {
            let mut cx = Cx::new(Lang::En, "/l", Timestamp::default());
            cx.query = query.to_owned();
            Table::new(&cx, "c", vec![Column::num("Clicks").sort("clicks")])
                .render()
                .0
        };
        assert!(head("").contains("href=\"/l?sort=-clicks\""));
        assert!(head("sort=-clicks").contains("aria-sort=\"descending\""));
        assert!(head("sort=-clicks&q=a").contains("href=\"/l?q=a&amp;sort=clicks\""));
        assert!(head("sort=clicks").contains("aria-sort=\"ascending\""));
        assert!(!head("sort=clicks2").contains("aria-sort"));
    }
}
