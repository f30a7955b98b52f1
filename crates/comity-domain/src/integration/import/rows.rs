//! Reading a table's rows, one independent of the other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cell::{self, DateOrder, DecimalMark, Notation};
use super::decode::DAMAGED;
use super::field::{Field, ImportKind};
use super::mapping::Mapping;
use super::row::{Problem, ProblemCode, Row, Value};
use super::table::{Line, Table};
use super::{event, link, partner};
use crate::email::Email;
use crate::link::coupon_is_valid;
use crate::money::Currency;
use crate::time::{Timestamp, Zone};
use crate::tracking::LinkSlug;

/// Longest cell that is read, in bytes.
const CELL_BYTES_MAX: usize = 10_000;

/// What the file itself does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Currency of rows without one.
    pub currency: Option<Currency>,
    /// Zone of times without one.
    pub zone: Zone,
    /// Decimal mark; inferred from the file when absent.
    pub decimal_mark: Option<DecimalMark>,
    /// Order of dates; inferred from the file when absent.
    pub date_order: Option<DateOrder>,
}

/// Reads every row. The mapping must have passed [`Mapping::check`].
#[must_use]
pub fn rows(table: &Table, kind: ImportKind, mapping: &Mapping, settings: &Settings) -> Vec<Row> {
    let notation = notation(table, mapping, settings);
    let mut seen = BTreeMap::new();
    let mut number = 0;
    let read = |line: &Line| {
        number += 1;
        let mut row = row(
            line,
            number,
            kind,
            &Context {
                table,
                mapping,
                settings,
                notation: &notation,
            },
        );
        if let Some(key) = row.value.as_ref().map(key) {
            row.duplicate_of = seen.get(&key).copied();
            seen.entry(key).or_insert(number);
        }
        row
    };
    table.lines.iter().map(read).collect()
}

/// What makes two rows the same thing.
fn key(value: &Value) -> String {
    match value {
        Value::Partner(row) => row.email.normalised(),
        Value::Link(row) => {
            let (slug, coupon) = (row.slug.as_deref(), row.coupon.as_deref());
            format!(
                "{}\n{}",
                slug.unwrap_or_default(),
                coupon.unwrap_or_default().to_uppercase()
            )
        }
        Value::Event(row) => format!("{:?}\n{}", row.kind, row.order),
    }
}

struct Context<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    settings: &'a Settings,
    notation: &'a Notation,
}

fn row(line: &Line, number: u64, kind: ImportKind, context: &Context<'_>) -> Row {
    let mut cells = Cells {
        line,
        context,
        problems: Vec::new(),
    };
    cells.check_shape();
    let value = if cells.problems.is_empty() {
        match kind {
            ImportKind::Partners => partner::read(&mut cells).map(Value::Partner),
            ImportKind::Links => link::read(&mut cells).map(Value::Link),
            ImportKind::Events => event::read(&mut cells).map(Value::Event),
        }
    } else {
        None
    };
    let problems = cells.problems;
    let usable = problems.iter().all(|problem| problem.code.is_warning());
    Row {
        number,
        line: line.line,
        hash: line.hash(),
        value: value.filter(|_| usable),
        problems,
        duplicate_of: None,
    }
}

/// The first cell of the file that reveals a notation decides for all cells.
fn notation(table: &Table, mapping: &Mapping, settings: &Settings) -> Notation {
    let column = |field: Field| {
        let index = mapping.0.get(&field).copied();
        table
            .lines
            .iter()
            .filter_map(move |line| line.cells.get(index?).map(String::as_str))
    };
    let revealed = |text: &str| {
        let plain: String = text
            .chars()
            .filter(|c| c.is_ascii_digit() || ".,".contains(*c))
            .collect();
        cell::inferred(&plain).ok().flatten()
    };
    let amounts = column(Field::Amount).chain(column(Field::Commission));
    Notation {
        decimal_mark: settings
            .decimal_mark
            .or_else(|| amounts.filter_map(revealed).next()),
        date_order: settings
            .date_order
            .or_else(|| column(Field::CreatedAt).filter_map(cell::order_of).next()),
    }
}

/// The cells of one row by meaning; notes what is wrong with them.
pub(super) struct Cells<'a> {
    line: &'a Line,
    context: &'a Context<'a>,
    problems: Vec<Problem>,
}

impl Cells<'_> {
    fn check_shape(&mut self) {
        let (cells, headers) = (&self.line.cells, self.context.table.headers.len());
        let extra = cells.iter().skip(headers).any(|cell| !cell.is_empty());
        if self.line.unclosed {
            self.note(None, ProblemCode::UnclosedQuote);
        } else if cells.len() < headers || extra {
            self.note(None, ProblemCode::ColumnCount);
        }
        if let Some(index) = cells.iter().position(|cell| cell.len() > CELL_BYTES_MAX) {
            self.note(Some(index), ProblemCode::TooLong);
        }
        if let Some(index) = cells.iter().position(|cell| cell.contains(DAMAGED)) {
            self.note(Some(index), ProblemCode::Encoding);
        }
    }

    fn note(&mut self, index: Option<usize>, code: ProblemCode) {
        let column = index.map(|index| index + 1);
        self.problems.push(Problem {
            line: self.line.line,
            column,
            code,
        });
    }

    /// How ambiguous cells of this file are read.
    pub fn notation(&self) -> &Notation {
        self.context.notation
    }

    /// A cell's text exactly as it is, formulas included; nothing is ever evaluated.
    pub fn text(&self, field: Field) -> Option<String> {
        let index = self.context.mapping.0.get(&field)?;
        self.line
            .cells
            .get(*index)
            .filter(|cell| !cell.is_empty())
            .cloned()
    }

    /// The value, or a note about the field's cell.
    pub fn keep<T>(&mut self, field: Field, result: Result<T, ProblemCode>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(code) => {
                self.refuse(field, code);
                None
            }
        }
    }

    /// Notes a problem with the field's cell.
    pub fn refuse(&mut self, field: Field, code: ProblemCode) {
        self.note(self.context.mapping.0.get(&field).copied(), code);
    }

    /// Notes that none of `fields` has a value, unless a worse problem is noted there already.
    pub fn missing(&mut self, fields: &[Field]) {
        let columns: Vec<usize> = fields
            .iter()
            .filter_map(|field| self.context.mapping.0.get(field).copied())
            .collect();
        let noted = |problem: &Problem| columns.iter().any(|c| problem.column == Some(c + 1));
        if !self.problems.iter().any(noted) {
            self.note(columns.first().copied(), ProblemCode::Missing);
        }
    }

    /// A mail address.
    pub fn email(&mut self, field: Field, required: bool) -> Option<Email> {
        match self.text(field) {
            Some(text) => self.keep(field, text.parse().map_err(|_| ProblemCode::NotEmail)),
            None if required => {
                self.missing(&[field]);
                None
            }
            None => None,
        }
    }

    /// A time.
    pub fn time(&mut self, field: Field) -> Option<Timestamp> {
        let text = self.text(field)?;
        let order = self.notation().date_order;
        let time = cell::time(&text, order, &self.context.settings.zone);
        self.keep(field, time)
    }

    /// The row's currency, or the file's.
    pub fn currency(&mut self) -> Option<Currency> {
        match self.text(Field::Currency) {
            Some(text) => self.keep(
                Field::Currency,
                text.parse().map_err(|_| ProblemCode::NotCurrency),
            ),
            None => self.context.settings.currency,
        }
    }

    /// The last part of a link.
    pub fn slug(&mut self) -> Option<String> {
        let text = self.text(Field::Slug)?;
        let usable = text.parse::<LinkSlug>().map(|slug| slug.to_string());
        self.keep(Field::Slug, usable.map_err(|_| ProblemCode::NotSlug))
    }

    /// A coupon code.
    pub fn coupon(&mut self) -> Option<String> {
        let text = self.text(Field::Coupon)?;
        let usable = if coupon_is_valid(&text) {
            Ok(text)
        } else {
            Err(ProblemCode::NotCoupon)
        };
        self.keep(Field::Coupon, usable)
    }
}
