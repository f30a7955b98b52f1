//! Reading the form of a rule: what was typed becomes a rule, or says where it is wrong.

use comity_app::FieldError;
use comity_domain::commission::{
    Beneficiary, Cap, CapPer, EventKind, Lasts, Measure, Period, Problem, Rule, Scope, Then,
};
use comity_domain::{Bps, Currency, Money};
use comity_ui::admin::rule::{Parts, REWARDS};
use comity_ui::rule::Test;

use crate::extract::Fields;

/// Most rows of a kind: a form with more is not read by people.
const MAX_ROWS: usize = 64;

/// Reads typed values and collects what is wrong; knows which field a place in the rules came from.
pub(super) struct Reader<'a> {
    pub(super) fields: &'a Fields,
    pub(super) currency: Currency,
    pub(super) errors: Vec<FieldError>,
    places: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(fields: &'a Fields, currency: Currency) -> Self {
        Self {
            fields,
            currency,
            errors: Vec::new(),
            places: Vec::new(),
        }
    }

    pub(super) fn refuse(&mut self, field: &str, code: &'static str) {
        self.errors.push(FieldError::new(field, code));
    }

    /// Remembers that the part of the rule at `path` was typed into `field`.
    pub(super) fn at(&mut self, path: &str, field: &str) {
        self.places.push((path.to_owned(), field.to_owned()));
    }

    /// The field of a problem: the longest place that leads to it.
    pub(super) fn field_of(&self, path: &str) -> String {
        let fitting = self
            .places
            .iter()
            .filter(|(place, _)| path.starts_with(place.as_str()));
        let found = fitting.max_by_key(|(place, _)| place.len());
        found.map_or_else(|| "name".to_owned(), |(_, field)| field.clone())
    }

    /// The problems of one rule beside their fields. That an earlier rule always comes
    /// first is said in the list: it is mended by moving, not by typing.
    pub(super) fn refuse_problems(&mut self, problems: &[Problem], prefix: &str) {
        for problem in problems {
            let Some(path) = problem.path.strip_prefix(prefix) else {
                continue;
            };
            if problem.code != comity_domain::commission::ProblemCode::Unreachable {
                let field = self.field_of(path);
                self.refuse(&field, problem.code.code());
            }
        }
    }

    pub(super) fn money(&mut self, field: &str) -> Money {
        let text = plain(&self.fields.text(field));
        if text.is_empty() {
            self.refuse(field, "required");
        }
        Money::parse(&text, self.currency).unwrap_or_else(|_| {
            if !text.is_empty() {
                self.refuse(field, "not_a_number");
            }
            Money::zero(self.currency)
        })
    }

    pub(super) fn percent(&mut self, field: &str) -> Bps {
        let text = plain(&self.fields.text(field));
        if text.is_empty() {
            self.refuse(field, "required");
            return Bps(0);
        }
        percent(&text).unwrap_or_else(|| {
            self.refuse(field, "not_a_number");
            Bps(0)
        })
    }

    pub(super) fn count<T: std::str::FromStr + Default>(&mut self, field: &str) -> T {
        let text = plain(&self.fields.text(field));
        if text.is_empty() {
            self.refuse(field, "required");
            return T::default();
        }
        text.parse().unwrap_or_else(|_| {
            self.refuse(field, "not_a_number");
            T::default()
        })
    }

    /// A total: money for amounts, a whole number for counts.
    pub(super) fn total(&mut self, field: &str, measure: Measure) -> i64 {
        if measure.is_amount() {
            self.money(field).minor
        } else {
            self.count(field)
        }
    }

    pub(super) fn measure(&mut self, field: &str) -> Measure {
        match self.fields.text(field).as_str() {
            "count" => Measure::Count,
            "revenue" => Measure::Revenue,
            "commission" => Measure::Commission,
            "new_customers" => Measure::NewCustomers,
            _ => {
                self.refuse(field, "not_a_choice");
                Measure::Count
            }
        }
    }

    pub(super) fn period(&mut self, prefix: &str) -> Period {
        let field = format!("{prefix}_period");
        match self.fields.text(&field).as_str() {
            "month" => Period::Month,
            "quarter" => Period::Quarter,
            "year" => Period::Year,
            "" | "lifetime" => Period::Lifetime,
            "days" => Period::RollingDays(self.count(&format!("{prefix}_days"))),
            _ => {
                self.refuse(&field, "not_a_choice");
                Period::Lifetime
            }
        }
    }

    pub(super) fn list(&mut self, field: &str, upper: bool) -> Vec<String> {
        let text = self.fields.text(field);
        let words = text
            .split([',', '\n'])
            .map(str::trim)
            .filter(|word| !word.is_empty());
        words
            .map(|word| {
                if upper {
                    word.to_uppercase()
                } else {
                    word.to_owned()
                }
            })
            .collect()
    }

    /// The limits; `path` is their place in the rules.
    pub(super) fn caps(&mut self, rows: &[usize], path: &str) -> Vec<Cap> {
        let mut caps = Vec::new();
        for (place, index) in rows.iter().enumerate() {
            let per_field = format!("k{index}_per");
            let per = match self.fields.text(&per_field).as_str() {
                "order" => CapPer::Order,
                "customer" => CapPer::Customer,
                "partner" => CapPer::Partner,
                "program" => CapPer::Program,
                _ => {
                    self.refuse(&per_field, "not_a_choice");
                    CapPer::Order
                }
            };
            self.at(&format!("{path}[{place}]"), &format!("k{index}_limit"));
            self.at(
                &format!("{path}[{place}].period"),
                &format!("k{index}_days"),
            );
            let limit = self.money(&format!("k{index}_limit"));
            let period = if per == CapPer::Order {
                Period::Lifetime
            } else {
                self.period(&format!("k{index}"))
            };
            caps.push(Cap { per, limit, period });
        }
        caps
    }

    /// The whole rule. `scope` was looked up, `old` is the rule before.
    pub(super) fn rule(
        &mut self,
        parts: &Parts,
        id: String,
        scope: Scope,
        old: Option<&Rule>,
    ) -> Rule {
        for (path, field) in [
            (".on", "on_other"),
            (".name", "name"),
            (".to", "to"),
            (".when", "g0_join"),
        ] {
            self.at(path, field);
        }
        let name = self.fields.text("name");
        if name.is_empty() {
            self.refuse("name", "required");
        }
        let to = match self.fields.text("to").as_str() {
            "referee" => Beneficiary::Referee,
            "recruiter" => Beneficiary::Recruiter,
            _ => Beneficiary::Partner,
        };
        Rule {
            id,
            name,
            scope,
            on: self.events(),
            when: self.when(parts, old),
            to,
            reward: self.reward(parts),
            lasts: self.lasts(),
            caps: self.caps(&parts.caps, ".caps"),
            then: if self.fields.text("then") == "stack" {
                Then::Stack
            } else {
                Then::Stop
            },
            after_hold: !self.fields.checked("at_once"),
        }
    }

    fn events(&mut self) -> Vec<EventKind> {
        let ticked = [
            ("on_sale", EventKind::Sale),
            ("on_renewal", EventKind::Renewal),
            ("on_lead", EventKind::Lead),
            ("on_qualified", EventKind::Qualified),
            ("on_joined", EventKind::Joined),
            ("on_instalment", EventKind::Instalment),
        ];
        let mut all: Vec<EventKind> = ticked
            .into_iter()
            .filter(|(field, _)| self.fields.checked(field))
            .map(|(_, kind)| kind)
            .collect();
        all.extend(
            self.list("on_other", false)
                .into_iter()
                .map(EventKind::from),
        );
        if all.is_empty() {
            self.refuse("on", "no_event");
        }
        all
    }

    fn lasts(&mut self) -> Lasts {
        match self.fields.text("lasts").as_str() {
            "first_order" => Lasts::FirstOrder,
            "months" => Lasts::Months(self.positive("lasts_n")),
            "payments" => Lasts::Payments(self.positive("lasts_n")),
            _ => Lasts::Lifetime,
        }
    }

    fn positive(&mut self, field: &str) -> u32 {
        let n = self.count(field);
        if n == 0 && !self.errors.iter().any(|error| error.field == field) {
            self.refuse(field, "not_positive");
        }
        n
    }
}

/// Spaces and a decimal comma are how people type numbers.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect()
}

/// Per cent with up to two decimals, as in `12.5`.
pub(super) fn percent(text: &str) -> Option<Bps> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 2 {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part).map(Bps)
}

/// Which rows a sent form has.
pub(super) fn parts(fields: &Fields) -> Parts {
    let reward = fields.text("reward");
    let known = REWARDS.iter().any(|code| *code == reward);
    let rows = |prefix: &str, part: &str| -> Vec<usize> {
        let sent = |index: &usize| !fields.all(&format!("{prefix}{index}_{part}")).is_empty();
        (0..MAX_ROWS).filter(sent).collect()
    };
    let mut parts = Parts {
        reward: if known { reward } else { "percent".to_owned() },
        groups: Vec::new(),
        tiers: rows("t", "from"),
        caps: rows("k", "limit"),
        instalments: rows("p", "sum"),
    };
    for index in rows("c", "test") {
        let group = fields.read(&format!("c{index}_group")).unwrap_or(0);
        if let Some(test) = Test::from_code(&fields.text(&format!("c{index}_test"))) {
            add_test(&mut parts, group, index, test);
        }
    }
    parts
}

/// Puts a test into its group.
pub(super) fn add_test(parts: &mut Parts, group: usize, index: usize, test: Test) {
    match parts.groups.iter_mut().find(|(known, _)| *known == group) {
        Some((_, tests)) => tests.push((index, test)),
        None => parts.groups.push((group, vec![(index, test)])),
    }
}
