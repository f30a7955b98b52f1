//! Tax kept back, and invoices that number themselves.

use comity_app::payout::{self, MethodChange, Settlement};
use comity_app::tax::{self, TaxProfile, TaxRule};
use comity_app::tracking::record;
use comity_app::{AppError, document};
use comity_domain::ledger::Account;
use comity_domain::payout::{MethodFields, PayoutRules, Rail};
use comity_domain::tax::{Vat, VatScheme};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, Bps, PayoutBatchId, Zone};
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    fakes: Fakes,
    world: World,
    members: Vec<Member>,
}

impl Stage {
    /// Two partners with 120.00 each, paid by hand.
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let app = &fakes.app;
        let world = World::new(app, "acme", &ten_percent()).await;
        let mut members = Vec::new();
        for name in ["maya", "omar"] {
            let member = world.member(app, name).await;
            let mut sale = world.event(EventKind::Sale, &format!("order-{name}"), 120_000);
            sale.coupons = vec![member.coupon.code.clone()];
            record(app, &world.owner, "api", sale).await.unwrap();
            let change = MethodChange {
                partner: member.partner.id,
                rail: Rail::Manual,
                fields: MethodFields {
                    instructions: "Cash in hand".to_owned(),
                    ..MethodFields::default()
                },
            };
            let system = Actor::System {
                tenant: world.tenant,
            };
            drop(payout::set_method(app, &system, change).await.unwrap());
            members.push(member);
        }
        fakes.clock.advance(31 * DAY);
        comity_app::commission::release_due(app).await.unwrap();
        let stage = Self {
            fakes,
            world,
            members,
        };
        stage
            .rules(PayoutRules {
                issues_invoices: true,
                ..PayoutRules::default()
            })
            .await;
        stage
    }

    async fn rules(&self, rules: PayoutRules) {
        let id = self.world.program.id;
        payout::set_program_rules(&self.fakes.app, &self.world.owner, id, rules)
            .await
            .unwrap();
    }

    fn partner(&self, index: usize) -> Actor {
        Actor::Partner {
            tenant: self.world.tenant,
            id: self.members[index].partner.id,
            impersonator: None,
        }
    }

    async fn tax_rule(&self, country: &str, rate: u32, above_minor: i64) {
        let rule = TaxRule {
            country: country.to_owned(),
            valid_from: self.fakes.app.now().date_in(&Zone::utc()),
            rate: Bps(rate),
            above_minor,
        };
        tax::set_rule(&self.fakes.app, &self.world.owner, rule)
            .await
            .unwrap();
    }

    async fn paid(&self) -> PayoutBatchId {
        let (app, owner) = (&self.fakes.app, &self.world.owner);
        let planned = payout::create(app, owner, self.world.program.id, None).await;
        let id = planned.unwrap()[0].id;
        payout::approve(app, owner, id).await.unwrap();
        payout::mark_sent(app, owner, id).await.unwrap();
        payout::settle_batch(app, owner, id).await.unwrap();
        id
    }

    async fn balance(&self, account: Account) -> i64 {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let currency = self.world.program.currency;
        let balance = ledger::balance(&mut tx, self.world.tenant, account, currency).await;
        -balance.unwrap().minor
    }
}

fn profile(country: &str) -> TaxProfile {
    TaxProfile {
        country: country.to_owned(),
        legal_name: "Maya GmbH".to_owned(),
        address: "Hauptstr. 1\n10115 Berlin".to_owned(),
        business: true,
        vat_id: "DE136695976".to_owned(),
        ..TaxProfile::default()
    }
}

#[tokio::test]
async fn k5_invoices_are_numbered_without_gaps_and_keep_what_they_said() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        tax::set_profile(app, &stage.partner(0), profile("DE"))
            .await
            .unwrap();
        let batch = stage.paid().await;
        let all = document::documents(app, owner, "", None, 10).await.unwrap();
        let numbers: Vec<String> = all.iter().map(document::Document::number).collect();
        assert_eq!(numbers, ["2026-000002", "2026-000001"]);
        let (_, first) = document::get(app, owner, all[1].seq).await.unwrap();
        let (_, second) = document::get(app, owner, all[0].seq).await.unwrap();
        let maya = if first.seller.name == "Maya GmbH" {
            &first
        } else {
            &second
        };
        assert_eq!(maya.seller.vat_id, "DE136695976");
        assert_eq!(maya.lines[0].what, "order-maya");
        assert_eq!(
            (maya.gross.minor, maya.other.minor, maya.net.minor),
            (12_000, 0, 12_000)
        );
        // The partner sees their own and nobody else's.
        let own = document::own(app, &stage.partner(0), None, 10)
            .await
            .unwrap();
        assert_eq!(own.len(), 1);
        let foreign = all.iter().find(|one| one.seq != own[0].seq).unwrap();
        let refused = document::own_document(app, &stage.partner(0), foreign.seq).await;
        assert!(matches!(refused.unwrap_err(), AppError::NotFound(_)));
        // It came back: the next number cancels it, once.
        let (_, payments) = payout::batch(app, owner, batch).await.unwrap();
        let back = Settlement::Failed("closed".to_owned());
        payout::settle(app, owner, payments[0].0.id, &back)
            .await
            .unwrap();
        let all = document::documents(app, owner, "", None, 10).await.unwrap();
        assert_eq!((all.len(), all[0].kind.as_str()), (3, "cancellation"));
        assert_eq!(all[0].number(), "2026-000003");
    })
    .await;
}

#[tokio::test]
async fn tax_is_kept_back_by_country_and_threshold_to_the_cent() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        tax::set_profile(app, &stage.partner(0), profile("DE"))
            .await
            .unwrap();
        stage.tax_rule("DE", 1_550, 11_999).await;
        stage.tax_rule("", 3_000, 12_000).await;
        let preview = payout::preview(app, owner, stage.world.program.id, None).await;
        let plan = preview.unwrap().plan;
        let mut nets: Vec<i64> = plan.payable.iter().map(|one| one.net.minor).collect();
        nets.sort_unstable();
        // 15.5 % of 120.00 over the threshold; the other one is just at theirs.
        assert_eq!(nets, [10_140, 12_000]);
        stage.paid().await;
        assert_eq!(stage.balance(Account::TaxWithheld).await, 1_860);
        let maya = stage.members[0].enrollment.id;
        assert_eq!(stage.balance(Account::Paid(maya)).await, 10_140);
        assert_eq!(stage.balance(Account::Available(maya)).await, 0);
        let own = document::own(app, &stage.partner(0), None, 10)
            .await
            .unwrap();
        let (_, body) = document::own_document(app, &stage.partner(0), own[0].seq)
            .await
            .unwrap();
        assert_eq!((body.withheld.minor, body.net.minor), (1_860, 10_140));
        let checked = comity_app::ledger::verify_all(app).await.unwrap();
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    })
    .await;
}

#[tokio::test]
async fn without_tax_details_a_partner_waits_where_the_program_wants_them() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        let strict = PayoutRules {
            needs_tax_profile: true,
            ..PayoutRules::default()
        };
        stage.rules(strict).await;
        tax::set_profile(app, &stage.partner(0), profile("DE"))
            .await
            .unwrap();
        let preview = payout::preview(app, owner, stage.world.program.id, None).await;
        let plan = preview.unwrap().plan;
        assert_eq!(plan.payable.len(), 1);
        assert_eq!(plan.skipped[0].reason.code(), "tax_blocked");
        let wrong = TaxProfile {
            vat_id: "DE136695975".to_owned(),
            ..profile("DE")
        };
        let refused = tax::set_profile(app, &stage.partner(0), wrong).await;
        let AppError::Invalid(errors) = refused.unwrap_err() else {
            panic!("expected a field");
        };
        assert_eq!(
            (errors[0].field.as_str(), errors[0].code),
            ("vat_id", "checksum")
        );
        let past = TaxRule {
            country: String::new(),
            valid_from: app.now().plus(-2 * DAY).date_in(&Zone::utc()),
            rate: Bps(100),
            above_minor: 0,
        };
        let refused = tax::set_rule(app, owner, past).await.unwrap_err();
        assert_eq!(refused.code(), "invalid_input");
    })
    .await;
}

#[tokio::test]
async fn invoices_say_how_much_vat_they_contain_and_why_not() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        let company = document::Party {
            name: "Acme GmbH".to_owned(),
            address: "Ring 2".to_owned(),
            country: "DE".to_owned(),
            ..document::Party::default()
        };
        payout::set_company(app, owner, company).await.unwrap();
        let charged = TaxProfile {
            vat: VatScheme::Charged,
            vat_rate: Bps(1_900),
            ..profile("DE")
        };
        tax::set_profile(app, &stage.partner(0), charged)
            .await
            .unwrap();
        let abroad = TaxProfile {
            legal_name: "Omar SARL".to_owned(),
            vat_id: "FR83404833048".to_owned(),
            vat: VatScheme::SmallBusiness,
            ..profile("FR")
        };
        tax::set_profile(app, &stage.partner(1), abroad)
            .await
            .unwrap();
        stage.paid().await;
        let mut seen = Vec::new();
        for one in document::documents(app, owner, "", None, 10).await.unwrap() {
            let (_, body) = document::get(app, owner, one.seq).await.unwrap();
            let lines: i64 = body.lines.iter().map(|line| line.vat_minor).sum();
            seen.push((
                body.seller.name,
                body.vat,
                body.vat_minor,
                lines,
                body.net.minor,
            ));
        }
        seen.sort_by(|a, b| a.0.cmp(&b.0));
        let rate = Bps(1_900);
        // 120.00 × 19 ÷ 119
        let domestic = (
            "Maya GmbH".to_owned(),
            Vat::Domestic { rate },
            1_916,
            1_916,
            12_000,
        );
        let reverse = ("Omar SARL".to_owned(), Vat::ReverseCharge, 0, 0, 12_000);
        assert_eq!(seen, [domestic, reverse]);
    })
    .await;
}
