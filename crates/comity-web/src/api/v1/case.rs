//! Risk cases: the queue, one of them, decisions, and appeals of partners.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use comity_app::AppError;
use comity_app::fraud::{self, Case, Deed, Detail, File, Filter, Listed as ListedCase, NewFile};
use comity_domain::ledger::ReversalReason;
use comity_domain::{CommissionId, FraudCaseId, FraudFileId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::page::hand_out;
use crate::route::{Audience, Routes};

/// The cases resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, file, decide, appeal))]
pub struct Doc;

/// Routes of cases.
#[must_use]
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::ManageCommissions),
    );
    Routes::new()
        .get("/api/v1/cases", view, list)
        .get("/api/v1/cases/{id}", view, show)
        .get("/api/v1/cases/{id}/files/{file}", view, file)
        .post("/api/v1/cases/{id}/decision", manage, decide)
        .post("/api/v1/commissions/{id}/appeal", manage, appeal)
}

/// A risk case: a commission that somebody looks at or looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseOut {
    #[schema(example = "frd_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    commission_id: String,
    program_id: String,
    partner_id: String,
    enrollment_id: String,
    /// `signals`, `manual` or `appeal`.
    origin: String,
    /// `open`, `waiting`, `released` or `rejected`.
    state: String,
    /// `none`, `open`, `accepted` or `declined`.
    appeal: String,
    /// Codes of the signals that saw something.
    #[schema(example = json!(["self_referral_email"]))]
    signals: Vec<String>,
    /// Who looks after it.
    assignee: Option<String>,
    opened_at: String,
    /// Until when it shall be decided; nothing is released by time alone.
    due_at: String,
    decided_at: Option<String>,
}

impl From<Case> for CaseOut {
    fn from(case: Case) -> Self {
        let signals = case.signals.split(' ').filter(|code| !code.is_empty());
        Self {
            id: case.id.to_string(),
            commission_id: case.commission.to_string(),
            program_id: case.program.to_string(),
            partner_id: case.partner.to_string(),
            enrollment_id: case.enrollment.to_string(),
            origin: case.origin.code().to_owned(),
            state: case.standing.state.code().to_owned(),
            appeal: case.standing.appeal.code().to_owned(),
            signals: signals.map(str::to_owned).collect(),
            assignee: Some(case.assignee_name).filter(|name| !name.is_empty()),
            opened_at: case.opened_at.to_string(),
            due_at: case.due_at.to_string(),
            decided_at: case.decided_at.map(|at| at.to_string()),
        }
    }
}

/// One line of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLineOut {
    /// `opened`, `note`, `asked`, `answered`, `appealed`, `released`, `rejected`,
    /// `reopened`, `assigned` or `overdue`.
    kind: String,
    author: String,
    /// The partner wrote it.
    by_partner: bool,
    /// The partner may read it.
    shared: bool,
    reason: String,
    text: String,
    at: String,
}

/// A case with its evidence and everything that was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDetailOut {
    #[serde(flatten)]
    case: CaseOut,
    /// Each signal with what it saw, its limit, its weight and what it led to.
    #[schema(value_type = Option<Object>)]
    verdict: Option<serde_json::Value>,
    /// The version of the policy that decided; 0 for the defaults.
    policy_version: Option<i64>,
    /// Oldest first.
    lines: Vec<CaseLineOut>,
    /// What the partner handed in, oldest first; contents at `/api/v1/cases/{id}/files/{file}`.
    files: Vec<CaseFileOut>,
}

/// A file that a partner handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseFileOut {
    #[schema(example = "ffl_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    /// Its own name.
    name: String,
    #[schema(example = "application/pdf")]
    media_type: String,
    size_bytes: i64,
    at: String,
}

impl From<File> for CaseFileOut {
    fn from(file: File) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.name,
            media_type: file.media_type,
            size_bytes: file.size,
            at: file.created_at.to_string(),
        }
    }
}

impl From<Detail> for CaseDetailOut {
    fn from(found: Detail) -> Self {
        let lines = found.entries.into_iter().map(|entry| CaseLineOut {
            kind: entry.kind,
            author: entry.author,
            by_partner: entry.by_partner,
            shared: entry.shared,
            reason: entry.reason_code,
            text: entry.body,
            at: entry.at.to_string(),
        });
        Self {
            lines: lines.collect(),
            files: found.files.into_iter().map(CaseFileOut::from).collect(),
            verdict: found
                .verdict
                .and_then(|verdict| serde_json::to_value(verdict).ok()),
            policy_version: found.assessment.map(|row| row.policy_version),
            case: found.case.into(),
        }
    }
}

/// List risk cases, newest first.
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "Risk",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("state" = Option<String>, Query, description = "A state, `undecided`, `overdue` or `appeal`"),
        ("signal" = Option<String>, Query), ("program_id" = Option<String>, Query),
        ("partner_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Partner or order")
    ),
    responses((status = 200, body = Listed<CaseOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<CaseOut>>> {
    let filter = Filter {
        program: paging.query.read("program_id"),
        partner: paging.query.read("partner_id"),
        state: paging.query.text("state"),
        signal: paging.query.text("signal"),
        assignee: None,
        find: paging.query.text("q").to_lowercase(),
    };
    let rows = fraud::cases(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    let cursor = |row: &ListedCase| row.case.id.to_string();
    Ok(Json(paging.listed(rows, cursor, |row| row.case.into())))
}

/// One case with its evidence and its lines.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}", tag = "Risk", params(("id" = String, Path)),
    responses((status = 200, body = CaseDetailOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<FraudCaseId>,
) -> WebResult<Json<CaseDetailOut>> {
    Ok(Json(fraud::detail(&web.app, &actor, id).await?.into()))
}

/// The content of a file that the partner handed in.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/files/{file}", tag = "Risk",
    params(("id" = String, Path), ("file" = String, Path)),
    responses((status = 200, description = "A picture or a PDF", content_type = "application/octet-stream"),
        (status = 404, body = Problem))
)]
pub async fn file(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id((id, file)): Id<(FraudCaseId, FraudFileId)>,
) -> WebResult<Response> {
    let found = fraud::file(&web.app, &actor, id, file).await?;
    Ok(hand_out(&found.name, found.media_type, found.content))
}

/// What shall happen to a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseDecisionIn {
    /// `release`, `reject`, `reopen`, `ask` or `note`.
    #[schema(example = "release")]
    act: String,
    /// Reason code; needed for `reject`.
    #[schema(example = "self_referral")]
    reason: Option<String>,
    /// What the partner reads; of a note only the team.
    text: Option<String>,
    /// With `release`: keep its signals quiet for this partner for 90 days.
    #[serde(default)]
    mute: bool,
}

/// Release, reject, re-open, ask the partner, or note. Every decision can be taken back.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/decision", tag = "Risk", params(("id" = String, Path)),
    request_body = CaseDecisionIn,
    responses((status = 200, body = CaseOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn decide(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<FraudCaseId>,
    Body(input): Body<CaseDecisionIn>,
) -> WebResult<Json<CaseOut>> {
    let deed = deed(&input)?;
    let text = input.text.unwrap_or_default();
    Ok(Json(
        fraud::act(&web.app, &actor, id, deed, &text).await?.into(),
    ))
}

fn deed(input: &CaseDecisionIn) -> Result<Deed, AppError> {
    match input.act.as_str() {
        "release" => Ok(Deed::Release { mute: input.mute }),
        "reject" => ReversalReason::from_code(input.reason.as_deref().unwrap_or_default())
            .map(Deed::Reject)
            .ok_or_else(|| AppError::field("reason", "unknown")),
        "reopen" => Ok(Deed::Reopen),
        "ask" => Ok(Deed::Ask),
        "note" => Ok(Deed::Note),
        _ => Err(AppError::field("act", "unknown")),
    }
}

/// A partner's appeal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealIn {
    /// What the partner says.
    #[schema(example = "It was an order of a client of mine.")]
    text: String,
    /// Evidence: at most three pictures (PNG, JPEG, GIF, WebP) or PDF documents, as far as the
    /// body allows.
    #[serde(default)]
    files: Vec<AppealFileIn>,
}

/// A file as evidence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealFileIn {
    #[schema(example = "order.pdf")]
    name: String,
    /// Its bytes in base 64.
    content: String,
}

fn attached(files: Vec<AppealFileIn>) -> Result<Vec<NewFile>, AppError> {
    let read = |file: AppealFileIn| {
        let content = STANDARD.decode(&file.content);
        Ok(NewFile {
            name: file.name,
            content: content.map_err(|_| AppError::field("files", "malformed"))?,
        })
    };
    files.into_iter().map(read).collect()
}

/// Hand in a partner's appeal against a hold or a rejection, as from a portal of one's own.
#[utoipa::path(
    post, path = "/api/v1/commissions/{id}/appeal", tag = "Risk", params(("id" = String, Path)),
    request_body = AppealIn,
    responses((status = 200, body = CaseOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn appeal(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<CommissionId>,
    Body(input): Body<AppealIn>,
) -> WebResult<Json<CaseOut>> {
    let files = attached(input.files)?;
    let case = fraud::appeal(&web.app, &actor, id, &input.text, &files).await?;
    Ok(Json(case.into()))
}
