//! The columns of each export; their names are those of the API.

use comity_app::commission::Listed as ListedCommission;
use comity_app::link::Listed as ListedLink;
use comity_app::partner::Listed as ListedPartner;
use comity_app::payout::Payout;
use comity_app::tracking::Event;
use comity_domain::Timestamp;
use serde_json::Value;

use super::Cells;

fn time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| at.to_string().into())
}

fn id<T: ToString>(id: Option<T>) -> Value {
    id.map_or(Value::Null, |id| id.to_string().into())
}

pub fn partner(row: ListedPartner) -> Cells {
    let member = row.enrollment;
    Cells {
        at: member.created_at,
        cells: vec![
            ("enrollment_id", member.id.to_string().into()),
            ("partner_id", member.partner.to_string().into()),
            ("program_id", member.program.to_string().into()),
            ("status", member.status.code().into()),
            ("name", row.name.into()),
            ("email", row.email.into()),
            ("company", row.company.into()),
            ("country", row.country.into()),
            ("clicks", row.clicks.into()),
            ("leads", row.leads.into()),
            ("sales", row.sales.into()),
            ("revenue_minor", row.revenue_minor.into()),
            ("commission_minor", row.commission_minor.into()),
            ("last_seen_at", time(row.last_seen_at)),
            ("approved_at", time(member.approved_at)),
            ("created_at", time(Some(member.created_at))),
        ],
    }
}

pub fn link(row: ListedLink) -> Cells {
    let link = row.link;
    Cells {
        at: link.created_at,
        cells: vec![
            ("id", link.id.to_string().into()),
            ("program_id", link.program.to_string().into()),
            ("enrollment_id", link.enrollment.to_string().into()),
            ("partner_id", link.partner.to_string().into()),
            ("partner_name", row.partner_name.into()),
            ("host", link.host.into()),
            ("slug", link.slug.to_string().into()),
            ("destination", link.destination.into()),
            ("label", link.label.into()),
            ("status", link.status.code().into()),
            ("clicks", row.clicks.into()),
            ("sales", row.sales.into()),
            ("expires_at", time(link.expires_at)),
            ("created_at", time(Some(link.created_at))),
        ],
    }
}

pub fn event(event: Event) -> Cells {
    Cells {
        at: event.received_at,
        cells: vec![
            ("id", event.id.to_string().into()),
            ("program_id", event.program.to_string().into()),
            ("type", event.kind.into()),
            ("name", event.name.into()),
            ("external_id", event.external_id.into()),
            ("refers_to", event.refers_to.replace('\n', " ").into()),
            ("customer_id", id(event.customer)),
            ("click_id", id(event.click)),
            ("coupon", event.coupon.into()),
            ("amount_minor", event.amount.minor.into()),
            ("currency", event.amount.currency.to_string().into()),
            ("source", event.source.into()),
            ("status", event.status.into()),
            ("status_reason", event.status_reason.into()),
            ("occurred_at", time(Some(event.occurred_at))),
            ("received_at", time(Some(event.received_at))),
        ],
    }
}

pub fn commission(row: ListedCommission) -> Cells {
    let c = row.commission;
    let holds: Vec<&str> = c.book.holds.iter().map(|hold| hold.code()).collect();
    Cells {
        at: c.created_at,
        cells: vec![
            ("id", c.id.to_string().into()),
            ("program_id", c.program.to_string().into()),
            ("enrollment_id", c.enrollment.to_string().into()),
            ("partner_id", c.partner.to_string().into()),
            ("partner_name", row.partner_name.into()),
            ("event_id", id(c.event)),
            ("external_id", row.external_id.into()),
            ("customer_id", id(c.customer)),
            ("policy_id", id(c.policy)),
            ("kind", c.kind.into()),
            ("rule", c.rule.into()),
            ("basis_minor", c.basis.minor.into()),
            ("amount_minor", c.book.amount.minor.into()),
            ("reversed_minor", c.book.reversed.minor.into()),
            ("currency", c.book.amount.currency.to_string().into()),
            ("state", c.book.status().code().into()),
            ("holds", holds.join(" ").into()),
            ("clears_at", time(c.hold_until)),
            ("reason_code", c.reason_code.into()),
            ("payout_id", id(c.payout)),
            ("occurred_at", time(Some(c.occurred_at))),
            ("created_at", time(Some(c.created_at))),
        ],
    }
}

pub fn payout((payout, partner_name): (Payout, String)) -> Cells {
    Cells {
        at: payout.created_at,
        cells: vec![
            ("id", payout.id.to_string().into()),
            ("batch_id", payout.batch.to_string().into()),
            ("program_id", payout.program.to_string().into()),
            ("enrollment_id", payout.enrollment.to_string().into()),
            ("partner_id", payout.partner.to_string().into()),
            ("partner_name", partner_name.into()),
            ("amount_minor", payout.amount.minor.into()),
            ("currency", payout.amount.currency.to_string().into()),
            ("account", payout.masked.into()),
            ("state", payout.progress.state.code().into()),
            ("failure", payout.failure.into()),
            ("provider_ref", payout.provider_ref.into()),
            ("created_at", time(Some(payout.created_at))),
            ("updated_at", time(Some(payout.updated_at))),
        ],
    }
}
