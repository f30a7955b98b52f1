//! Sample data of the rules' pages.

use comity_domain::commission::{Measure, Period, RewardSpec, Rule};
use comity_domain::partner::Reach;
use comity_domain::{Bps, Currency, Money, PartnerId, ProgramId, RawId, ReplayId, TierId};

use super::*;
use crate::component::{FormState, Step};
use crate::rule::{Names, Test, paragraph};
use crate::sample::{self, HOSTILE, Sample};

const NAMES: Names = Names::none(Currency::EUR);

fn of(name: &str) -> Of {
    Of {
        id: ProgramId(RawId([1; 16])),
        name: name.to_owned(),
    }
}

const fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn sample_editor(cx: &Cx, rules: Vec<RuleLine>) -> Editor {
    let step = Step {
        text: "25 %".to_owned(),
        detail: String::new(),
        amount: "€30.00".to_owned(),
        result: true,
    };
    Editor {
        of: of("Acme"),
        rules,
        caps: vec![HOSTILE.to_owned()],
        problems: Vec::new(),
        json: "{}".to_owned(),
        form: FormState::default(),
        changed: Some((HOSTILE.to_owned(), sample::now())),
        version: 3,
        can_undo: true,
        can_manage: true,
        names: NAMES,
        example: Example {
            form: FormState::default().with("ex_amount", "120"),
            results: vec![Result {
                text: t!(cx, "rule-who-partner"),
                steps: vec![step],
            }],
            ..Example::default()
        },
    }
}

fn lines(cx: &Cx) -> Vec<RuleLine> {
    let rule = Rule::new("percent", HOSTILE, RewardSpec::Percent(Bps(2_500)));
    let line = |id: &str, problems: Vec<(String, String)>| RuleLine {
        id: id.to_owned(),
        name: rule.name.clone(),
        text: paragraph(cx, &rule, &NAMES),
        doubts: vec![("when".to_owned(), HOSTILE.to_owned())],
        problems,
    };
    vec![
        line("one", Vec::new()),
        line("two", vec![("reward".to_owned(), HOSTILE.to_owned())]),
    ]
}

fn sample_form(reward: &str) -> RuleForm {
    let groups = vec![(0, Test::all().enumerate().collect())];
    RuleForm {
        of: of("Acme"),
        id: "gold".to_owned(),
        parts: Parts {
            reward: reward.to_owned(),
            groups,
            tiers: vec![0, 1],
            caps: vec![0],
            instalments: vec![0],
        },
        form: FormState::default()
            .with("name", HOSTILE)
            .with("reward", reward)
            .error("name", HOSTILE),
        names: NAMES,
        deep: None,
    }
}

fn sample_run(status: &str) -> Run {
    Run {
        // One id per state: the list shows several.
        id: ReplayId(RawId([u8::try_from(status.len()).unwrap_or(0); 16])),
        from: sample::now().plus_days(-90),
        to: sample::now(),
        status: status.to_owned(),
        done: 1_200,
        total: 4_000,
        cost: (status == "done").then_some((eur(1_200_000), eur(1_450_000))),
        who: HOSTILE.to_owned(),
        at: sample::now(),
    }
}

fn sample_replay(status: &str) -> Replay {
    let month =
        |back: i64, before, after| (sample::now().plus_days(-back), eur(before), eur(after));
    Replay {
        of: of("Acme"),
        run: sample_run(status),
        failed: None,
        counts: (12, 3, 240),
        cac: Some((eur(5_000), eur(6_041))),
        break_even: None,
        months: vec![month(60, 400_000, 450_000), month(30, 800_000, 1_000_000)],
        partners: vec![PartnerLine {
            partner: PartnerId(RawId([3; 16])),
            name: HOSTILE.to_owned(),
            events: 40,
            before: eur(40_000),
            after: eur(60_000),
        }],
        query: String::new(),
        order: "gains".to_owned(),
        next: None,
        publishable: true,
        can_manage: true,
    }
}

fn sample_publish() -> Publish {
    let change = |kind, before: &str, after: &str| Change {
        kind,
        name: HOSTILE.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    Publish {
        of: of("Acme"),
        number: 4,
        changes: vec![
            change("changed", "10 %", HOSTILE),
            change("added", "", "25 %"),
            change("removed", "5 %", ""),
            change("moved", "", ""),
        ],
        problems: Vec::new(),
        doubts: vec![("when".to_owned(), HOSTILE.to_owned())],
        effect: Some(Effect {
            events: 4_000,
            before: eur(1_200_000),
            after: eur(1_450_000),
            winners: 12,
            losers: 3,
        }),
        form: FormState::default().with("apply_to", "new_events"),
    }
}

fn sample_version() -> VersionView {
    VersionView {
        of: of("Acme"),
        number: 2,
        who: HOSTILE.to_owned(),
        at: sample::now(),
        note: String::new(),
        applies: HOSTILE.to_owned(),
        rules: vec![(HOSTILE.to_owned(), "25 %".to_owned())],
        caps: Vec::new(),
        changes: Vec::new(),
        json: "{}".to_owned(),
        current: false,
        can_manage: true,
    }
}

fn sample_tiers(count: i64) -> Tiers {
    let tier = |level: i64| TierLine {
        id: TierId(RawId([u8::try_from(level).unwrap_or(0); 16])),
        name: HOSTILE.to_owned(),
        level,
        reach: (level > 1).then_some(Reach {
            measure: Measure::Revenue,
            period: Period::Quarter,
            at: level * 100_000,
        }),
        holders: level,
    };
    let tiers: Vec<TierLine> = (1..=count).map(tier).collect();
    Tiers {
        of: of("Acme"),
        currency: Currency::EUR,
        editing: tiers.first().map_or_else(String::new, |t| t.id.to_string()),
        tiers,
        form: FormState::default().error("at", HOSTILE),
        can_manage: true,
    }
}

/// Every page of the rules.
pub(crate) fn samples() -> Vec<Sample> {
    let mut all = editing();
    all.extend(looking_back());
    all
}

fn looking_back() -> Vec<Sample> {
    vec![
        ("admin-tiers", |cx| {
            tiers(cx, &AdminShell::sample(), &sample_tiers(3))
        }),
        ("admin-tiers-empty", |cx| {
            tiers(cx, &AdminShell::sample(), &sample_tiers(0))
        }),
        ("admin-rules-replays", |cx| {
            let view = Past {
                of: of("Acme"),
                form: FormState::default(),
                runs: vec![sample_run("running"), sample_run("done")],
                next: None,
                can_manage: true,
                has_draft: true,
            };
            replays(cx, &AdminShell::sample(), &view)
        }),
        ("admin-rules-replay", |cx| {
            replay(cx, &AdminShell::sample(), &sample_replay("done"))
        }),
        ("admin-rules-replay-running", |cx| {
            replay(cx, &AdminShell::sample(), &sample_replay("running"))
        }),
    ]
}

fn editing() -> Vec<Sample> {
    vec![
        ("admin-rules", |cx| {
            editor(cx, &AdminShell::sample(), &sample_editor(cx, lines(cx)))
        }),
        ("admin-rules-empty", |cx| {
            let view = Editor {
                changed: None,
                example: Example::default(),
                ..sample_editor(cx, Vec::new())
            };
            editor(cx, &AdminShell::sample(), &view)
        }),
        ("admin-rule-tiers", |cx| {
            form(cx, &AdminShell::sample(), &sample_form("tiers"))
        }),
        ("admin-rule-milestone", |cx| {
            form(cx, &AdminShell::sample(), &sample_form("milestone"))
        }),
        ("admin-rule-instalments", |cx| {
            form(cx, &AdminShell::sample(), &sample_form("instalments"))
        }),
        ("admin-rule-new", |cx| {
            let view = RuleForm {
                id: String::new(),
                parts: Parts {
                    reward: "percent".to_owned(),
                    ..Parts::default()
                },
                form: FormState::default(),
                deep: Some(HOSTILE.to_owned()),
                ..sample_form("percent")
            };
            form(cx, &AdminShell::sample(), &view)
        }),
        ("admin-rule-caps", |cx| {
            let view = Caps {
                of: of(HOSTILE),
                caps: vec![0],
                form: FormState::default(),
                names: NAMES,
            };
            caps(cx, &AdminShell::sample(), &view)
        }),
        ("admin-rules-publish", |cx| {
            publish(cx, &AdminShell::sample(), &sample_publish())
        }),
        ("admin-rules-version", |cx| {
            version(cx, &AdminShell::sample(), &sample_version())
        }),
    ]
}
