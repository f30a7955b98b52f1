//! Path reports: rules of the models and refusals of bad files.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<PathData, PathError> {
    PathData::parse(text.as_bytes(), Delimiter::default())
}

fn problem(rows: &str) -> (u64, PathProblem) {
    let error = parse(rows).unwrap_err();
    (error.line, error.problem)
}

fn aggregated(row: &str) -> (u64, PathProblem) {
    problem(&format!(
        "path,conversions,conversion_value\nA,1,1\n{row}\n"
    ))
}

#[test]
fn bad_rows_are_named_by_line_and_column() {
    assert_eq!(
        aggregated("A > B,1"),
        (
            3,
            PathProblem::Fields {
                expected: 3,
                found: 2
            }
        )
    );
    assert_eq!(
        aggregated("A,-1,0"),
        (
            3,
            PathProblem::Negative {
                column: "conversions"
            }
        )
    );
    assert_eq!(
        aggregated("A,1,-0.5"),
        (
            3,
            PathProblem::Negative {
                column: "conversion_value"
            }
        )
    );
    assert_eq!(
        aggregated("A,NaN,0"),
        (
            3,
            PathProblem::NotANumber {
                column: "conversions"
            }
        )
    );
    assert_eq!(
        aggregated("A,inf,0"),
        (
            3,
            PathProblem::NotANumber {
                column: "conversions"
            }
        )
    );
    assert_eq!(
        aggregated("A,,0"),
        (
            3,
            PathProblem::NotANumber {
                column: "conversions"
            }
        )
    );
    assert_eq!(
        aggregated("A,0,3"),
        (3, PathProblem::ValueWithoutConversion)
    );
    assert_eq!(
        aggregated("\"A\u{1b}[2J\",1,1"),
        (3, PathProblem::ControlCharacter)
    );
    for path in ["\"\"", " ", "A > ", " > A", "A >  > B", "A >", ">"] {
        assert_eq!(
            aggregated(&format!("{path},1,1")),
            (3, PathProblem::EmptyStep),
            "{path}"
        );
    }
}

#[test]
fn bad_journeys_are_named_by_line() {
    let rows = |row: &str| {
        problem(&format!(
            "journey_id,path,converted,conversion_value\n7,A,1,1\n{row}\n"
        ))
    };
    assert_eq!(rows("8,A,2,0"), (3, PathProblem::Converted));
    assert_eq!(rows("8,A,0,5"), (3, PathProblem::ValueWithoutConversion));
    assert_eq!(rows("7,B,1,1"), (3, PathProblem::JourneyId { first: 2 }));
    assert_eq!(rows(",B,1,1"), (3, PathProblem::JourneyId { first: 3 }));
}

#[test]
fn bad_files_are_refused_whole() {
    assert_eq!(problem(""), (1, PathProblem::Header));
    assert_eq!(problem("path,conversions\nA,1\n"), (1, PathProblem::Header));
    assert_eq!(
        problem("path,conversions,conversion_value,null\nA,1,1,0\n"),
        (1, PathProblem::Header)
    );
    assert_eq!(
        problem("path,conversions,conversion_value\n"),
        (1, PathProblem::Empty)
    );
    let bytes = b"path,conversions,conversion_value\nA,1,1\n\xff,1,1\n";
    let error = PathData::parse(bytes, Delimiter::default()).unwrap_err();
    assert_eq!(
        error,
        PathError {
            line: 3,
            problem: PathProblem::Encoding
        }
    );
    assert_eq!(error.to_string(), "line 3: not valid UTF-8");
}

#[test]
fn byte_order_marks_column_order_and_delimiters_are_read() {
    let text = "\u{feff}conversion_value;nulls;path;conversions\r\n2;1;\"B > A\";1\r\n";
    let data = PathData::parse(text.as_bytes(), ";".parse().unwrap()).unwrap();
    assert_eq!(data.channels(), ["A", "B"]);
    assert_eq!(
        data.journeys(),
        [Journey {
            steps: vec![1, 0],
            conversions: 1.0,
            value: 2.0,
            nulls: 1.0
        }]
    );
    assert_eq!(">".parse::<Delimiter>(), Err(PathProblem::Delimiter));
}

#[test]
fn a_half_life_halves_the_weight_of_each_older_step() {
    let data = parse("path,conversions,conversion_value\nA > B > C,7,14\n").unwrap();
    let report = report(&data, &[Model::TimeDecay], "24h".parse().unwrap()).unwrap();
    let credits: Vec<_> = report.models[0]
        .credits
        .iter()
        .map(|c| (c.conversions, c.value))
        .collect();
    assert_eq!(credits, [(1.0, 2.0), (2.0, 4.0), (4.0, 8.0)]);
    for text in [
        "",
        "7",
        "d",
        "0d",
        "-1d",
        "1.5d",
        "+1d",
        "99999999999999d",
        "7д",
    ] {
        assert_eq!(
            text.parse::<HalfLife>(),
            Err(ReportError::HalfLife),
            "{text}"
        );
    }
}

#[test]
fn lost_journeys_lower_a_channel_only_under_markov() {
    let rows = "path,conversions,conversion_value,nulls\nA,1,1,0\nA > B,1,1,0\nB,0,0,8\n";
    let report = report(&parse(rows).unwrap(), &Model::ALL, HalfLife::default()).unwrap();
    let of = |model: Model| {
        let found = report
            .models
            .iter()
            .find(|result| result.model == model)
            .unwrap();
        (found.credits[0].conversions, found.credits[1].conversions)
    };
    assert_eq!(of(Model::Linear), (1.5, 0.5));
    assert_eq!(of(Model::Shapley), (1.5, 0.5));
    // Reach A 0.2, convert from A 0.5 + 0.5·(1/9); reach B 0.8 + 0.1, convert from B 1/9.
    let (a, b) = (0.2 * (0.5 + 0.5 / 9.0), 0.9 / 9.0);
    let (markov_a, markov_b) = of(Model::Markov);
    assert!((markov_a - 2.0 * a / (a + b)).abs() < 1e-12, "{markov_a}");
    assert!((markov_b - 2.0 * b / (a + b)).abs() < 1e-12, "{markov_b}");
}

#[test]
fn numbers_that_cannot_be_added_are_refused() {
    let data = parse("path,conversions,conversion_value\nA,1e308,1\nA,1e308,1\n").unwrap();
    for model in Model::ALL {
        let result = report(&data, &[model], HalfLife::default());
        assert_eq!(result, Err(ReportError::OutOfRange), "{model}");
    }
}

#[test]
fn markov_refuses_more_channels_than_it_solves() {
    let mut rows = String::from("path,conversions,conversion_value\n");
    for channel in 0..=MARKOV_MAX_CHANNELS {
        rows.push_str(&format!("c{channel},1,1\n"));
    }
    let error = report(
        &parse(&rows).unwrap(),
        &[Model::Markov],
        HalfLife::default(),
    );
    let (found, limit) = (MARKOV_MAX_CHANNELS + 1, MARKOV_MAX_CHANNELS);
    assert_eq!(error, Err(ReportError::TooManyChannels { found, limit }));
}

/// The definition taken literally, to hold the closed form against it.
fn shapley_by_subsets(data: &PathData) -> Vec<f64> {
    let count = data.channels().len();
    let worth = |set: u32| -> f64 {
        let inside = |journey: &&Journey| journey.steps.iter().all(|step| set >> step & 1 == 1);
        data.journeys()
            .iter()
            .filter(inside)
            .map(|journey| journey.conversions)
            .sum()
    };
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    let players = u32::try_from(count).unwrap();
    (0..count)
        .map(|player| {
            (0_u32..1 << count)
                .filter(|set| set >> player & 1 == 0)
                .map(|set| {
                    let size = set.count_ones();
                    let weight = factorial(size) * factorial(players - size - 1);
                    weight / factorial(players) * (worth(set | 1 << player) - worth(set))
                })
                .sum()
        })
        .collect()
}

/// Removes one channel at a time and iterates the chain to its limit.
fn markov_by_removal(data: &PathData) -> Vec<f64> {
    let converts = |removed: Option<usize>| -> f64 {
        let count = data.channels().len();
        let mut moves = vec![vec![0.0; count + 1]; count + 1];
        let mut ends = vec![0.0; count + 1];
        let mut totals = vec![0.0; count + 1];
        for journey in data.journeys() {
            let weight = journey.conversions + journey.nulls;
            let mut from = count;
            for &step in &journey.steps {
                if step != from {
                    moves[from][step] += weight;
                    totals[from] += weight;
                }
                from = step;
            }
            ends[from] += journey.conversions;
            totals[from] += weight;
        }
        let mut chance = vec![0.0; count + 1];
        for _ in 0..2_000 {
            for from in 0..=count {
                if totals[from] > 0.0 && Some(from) != removed {
                    let onward: f64 = (0..count).map(|to| moves[from][to] * chance[to]).sum();
                    chance[from] = (ends[from] + onward) / totals[from];
                }
            }
        }
        chance[count]
    };
    let whole = converts(None);
    let effects: Vec<f64> = (0..data.channels().len())
        .map(|channel| 1.0 - converts(Some(channel)) / whole)
        .collect();
    let total: f64 = effects.iter().sum();
    let conversions: f64 = data
        .journeys()
        .iter()
        .map(|journey| journey.conversions)
        .sum();
    effects
        .iter()
        .map(|effect| conversions * effect / total)
        .collect()
}

fn files() -> impl Strategy<Value = String> {
    let path = prop::collection::vec(0_usize..5, 1..7);
    prop::collection::vec((path, 0_u32..5, 0_u32..100, 0_u32..5), 1..20).prop_map(|rows| {
        let mut text = String::from("path,conversions,conversion_value,nulls\n");
        for (path, conversions, value, nulls) in rows {
            let path: Vec<String> = path.iter().map(|channel| format!("c{channel}")).collect();
            let value = if conversions == 0 { 0 } else { value };
            text.push_str(&format!(
                "{},{conversions},{value},{nulls}\n",
                path.join(" > ")
            ));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_model_shares_out_exactly_what_was_converted(text in files()) {
        let data = parse(&text).unwrap();
        let conversions: f64 = data.journeys().iter().map(|journey| journey.conversions).sum();
        let value: f64 = data.journeys().iter().map(|journey| journey.value).sum();
        for result in report(&data, &Model::ALL, HalfLife::default()).unwrap().models {
            let given: f64 = result.credits.iter().map(|credit| credit.conversions).sum();
            let earned: f64 = result.credits.iter().map(|credit| credit.value).sum();
            prop_assert!((given - conversions).abs() < 1e-9, "{} {given}", result.model);
            prop_assert!((earned - value).abs() < 1e-6, "{} {earned}", result.model);
            prop_assert!(result.credits.iter().all(|credit| credit.conversions >= 0.0));
        }
    }

    #[test]
    fn the_closed_form_is_the_shapley_value(text in files()) {
        let data = parse(&text).unwrap();
        let found = report(&data, &[Model::Shapley], HalfLife::default()).unwrap();
        for (credit, expected) in found.models[0].credits.iter().zip(shapley_by_subsets(&data)) {
            prop_assert!((credit.conversions - expected).abs() < 1e-9);
        }
    }

    #[test]
    fn the_solved_chain_equals_removing_channels_one_by_one(text in files()) {
        let data = parse(&text).unwrap();
        prop_assume!(data.journeys().iter().any(|journey| journey.conversions > 0.0));
        let found = report(&data, &[Model::Markov], HalfLife::default()).unwrap();
        for (credit, expected) in found.models[0].credits.iter().zip(markov_by_removal(&data)) {
            prop_assert!((credit.conversions - expected).abs() < 1e-6, "{credit:?} {expected}");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let mut text = b"path,conversions,conversion_value\n".to_vec();
        text.extend(bytes);
        let _ = PathData::parse(&text, Delimiter::default());
    }
}
