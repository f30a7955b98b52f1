//! Explanations are stored data: they round-trip and reproduce the decision.

use super::*;

#[test]
fn a_rule_set_reads_as_plain_json() {
    let set = RuleSet::monthly_marginal_tiers("Monthly", 5, Bps(1_000), Bps(1_500));
    let text = serde_json::to_string(&set).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"rules":[{"id":"monthly-tiers","name":"Monthly","scope":"program","#,
            r#""on":["sale","renewal"],"when":"always","to":"partner","reward":{"tiers":"#,
            r#"{"mode":"marginal","measure":"count","period":"month","tiers":["#,
            r#"{"from":1,"to":5,"pay":{"percent":1000}},{"from":6,"pay":{"percent":1500}}]}},"#,
            r#""lasts":"lifetime","then":"stop","after_hold":true}]}"#
        )
    );
    assert_eq!(serde_json::from_str::<RuleSet>(&text).unwrap(), set);
}

#[test]
fn short_json_uses_the_defaults() {
    let text = r#"{"rules":[{"id":"a","name":"A","reward":{"percent":1000}}]}"#;
    let set: RuleSet = serde_json::from_str(text).unwrap();
    assert_eq!(set, RuleSet::of(Rule::new("a", "A", TEN)));
}

#[test]
fn unknown_fields_are_refused_at_every_level() {
    for text in [
        r#"{"rules":[],"cap":[]}"#,
        r#"{"rules":[{"id":"a","name":"A","reward":{"percent":1000},"rate":5}]}"#,
        r#"{"rules":[{"id":"a","name":"A","reward":{"percents":1000}}]}"#,
        r#"{"rules":[{"id":"a","name":"A","reward":{"percent":1000},"when":{"amount":{"min":1}}}]}"#,
        r#"{"rules":[{"id":"a","name":"A","reward":{"flat":{"amount_minor":1.5,"currency":"EUR"}}}]}"#,
        r#"{"rules":[{"id":"a","name":"A","reward":{"perk":{"unit":"x","quantity":1,"y":2}}}]}"#,
    ] {
        assert!(serde_json::from_str::<RuleSet>(text).is_err(), "{text}");
    }
}

#[test]
fn an_explanation_reproduces_its_decision() {
    let set = RuleSet::two_sided("Ten", Bps(1_000), "Welcome", TwoSided::Percent(Bps(500)));
    let mut facts = sale(9_999);
    facts.customer.is_new = true;
    let outcome = evaluate(&set, &facts).unwrap();
    let text = serde_json::to_string(&outcome).unwrap();
    let stored: Outcome = serde_json::from_str(&text).unwrap();
    assert_eq!(stored, outcome);
    assert!(stored.holds_under(&set));
    assert!(!stored.holds_under(&RuleSet::flat_percent("Eleven", Bps(1_100))));
}
