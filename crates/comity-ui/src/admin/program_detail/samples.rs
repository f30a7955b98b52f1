//! Sample data of a program's page.

use comity_domain::program::{
    BusinessStage, Program, ProgramModel, ProgramSettings, ProgramStatus, Readiness, Slug,
};
use comity_domain::{Currency, Money, ProgramId, RawId, TenantId, Zone};

use super::{Detail, Goal, RulesView, Section, Version, page};
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

fn detail(name: &str, section: Section) -> Detail {
    let slug = Slug::suggest("acme").expect("a plain word is a slug");
    Detail {
        program: Program {
            id: ProgramId(RawId([1; 16])),
            tenant: TenantId(RawId([1; 16])),
            slug,
            name: name.to_owned(),
            model: ProgramModel::Affiliate,
            stage: BusinessStage::Growth,
            status: ProgramStatus::Draft,
            currency: Currency::EUR,
            zone: Zone::utc(),
            website: "https://acme.test/".to_owned(),
            settings: ProgramSettings::default(),
            created_at: sample::now(),
            updated_at: sample::now(),
        },
        section,
        can_manage: true,
        form: FormState::default(),
    }
}

fn history() -> Vec<Version> {
    vec![Version {
        number: 1,
        note: HOSTILE.to_owned(),
        at: sample::now(),
    }]
}

/// Every tab.
pub(in crate::admin) fn samples() -> Vec<Sample> {
    vec![
        ("admin-program", |cx| {
            let item = |item, done| Readiness { item, done };
            let items = vec![
                item("promise", true),
                item("link", false),
                item("active", false),
            ];
            page(
                cx,
                &AdminShell::sample(),
                &detail("Acme", Section::Overview(items)),
            )
        }),
        ("admin-program-settings", |cx| {
            page(
                cx,
                &AdminShell::sample(),
                &detail(HOSTILE, Section::Settings),
            )
        }),
        ("admin-program-rules", |cx| {
            let eur = |minor| Money::new(minor, Currency::EUR);
            let section = Section::Rules(RulesView {
                rules: vec![(HOSTILE.to_owned(), HOSTILE.to_owned())],
                caps: vec![HOSTILE.to_owned()],
                example: Some((eur(12_000), eur(2_400))),
                versions: history(),
                has_draft: true,
            });
            page(cx, &AdminShell::sample(), &detail("Acme", section))
        }),
        ("admin-program-credit", |cx| {
            let section = Section::Credit(HOSTILE.to_owned(), "{}".to_owned(), history());
            page(cx, &AdminShell::sample(), &detail("Acme", section))
        }),
        ("admin-program-terms", |cx| {
            let section = Section::Terms(format!("# {HOSTILE}"), history());
            page(cx, &AdminShell::sample(), &detail("Acme", section))
        }),
        ("admin-program-objectives", |cx| {
            let goals = ["open", "reached", "dropped"];
            let goals = goals.map(|status| Goal::sample(HOSTILE, status)).to_vec();
            page(
                cx,
                &AdminShell::sample(),
                &detail("Acme", Section::Objectives(goals)),
            )
        }),
    ]
}
