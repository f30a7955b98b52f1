//! The form of one rule, and of the limits over all rules.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::commission::draft::{self, Draft};
use comity_app::{AppError, FieldError, agreement};
use comity_domain::commission::{
    Beneficiary, EventKind, Lasts, ProblemCode, Rule, Scope, Then, validate,
};
use comity_domain::program::Slug;
use comity_domain::{EnrollmentId, GroupId, PartnerTypeId, ProgramId};
use comity_ui::admin::rule::{self as pages, Caps, Parts, RuleForm};
use comity_ui::component::{FormState, Tone};
use comity_ui::rule::{Names, Test, condition as in_words};
use comity_ui::{Cx, t};
use maud::Markup;

use super::read::{Reader, parts};
use super::{condition, names, of, path, reward};
use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::{form_state, refusals};
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

/// The code of a doubt: it can be set aside in the form.
const UNKNOWN: &str = ProblemCode::UnknownProduct.code();

/// The form of a rule of the draft, or of a new one with a kind of reward.
pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let wanted = paging.query.text("rule");
    let (parts, form) = if wanted.is_empty() {
        fresh(&paging.query)
    } else {
        let rule = draft.set.rules.iter().find(|rule| rule.id == wanted);
        filled(&web, &team, &draft, rule.ok_or(AppError::NotFound("rule"))?).await?
    };
    Ok(Page(page(&web, &team, &draft, &wanted, parts, form).await?))
}

/// A new rule: on sales and renewals, for the partner.
fn fresh(query: &Fields) -> (Parts, FormState) {
    let mut parts = parts(query);
    if parts.reward == "tiers" {
        parts.tiers = vec![0, 1];
    }
    if parts.reward == "instalments" {
        parts.instalments = vec![0];
    }
    let to = if parts.reward == "share_of_commission" {
        "recruiter"
    } else {
        "partner"
    };
    let form = FormState::default()
        .with("reward", &parts.reward)
        .with("to", to)
        .with("t0_from", "1")
        .with("measure", "count")
        .with("reward_period", "month");
    let on = match parts.reward.as_str() {
        "instalments" => form.with("on_instalment", "1"),
        _ => form.with("on_sale", "1").with("on_renewal", "1"),
    };
    (parts, on)
}

/// The form as a rule fills it.
async fn filled(
    web: &WebState,
    team: &Team,
    draft: &Draft,
    rule: &Rule,
) -> WebResult<(Parts, FormState)> {
    let currency = draft.program.currency;
    let mut parts = Parts::default();
    let mut form = FormState::default().with("name", &rule.name);
    let scope = match rule.scope {
        Scope::Program => "program".to_owned(),
        Scope::Type(id) => format!("type:{id}"),
        Scope::Group(id) => format!("group:{id}"),
        Scope::Agreement(id) => format!("agreement:{id}"),
        Scope::Enrollment(id) => {
            let members = draft::members(&web.app, &team.actor, draft).await?;
            if let Some(member) = members.into_iter().find(|member| member.id == id) {
                form = form.with("partner", member.email);
            }
            "partner".to_owned()
        }
    };
    form = form.with("scope", scope).with("to", beneficiary(rule.to));
    form = on(&rule.on, form);
    form = condition::fill(&rule.when, currency, &mut parts, form).0;
    form = reward::fill(&rule.reward, currency, &mut parts, form);
    form = reward::fill_caps(&rule.caps, &mut parts.caps, form);
    form = match rule.lasts {
        Lasts::Lifetime => form.with("lasts", "lifetime"),
        Lasts::FirstOrder => form.with("lasts", "first_order"),
        Lasts::Months(n) => form.with("lasts", "months").with("lasts_n", n.to_string()),
        Lasts::Payments(n) => form
            .with("lasts", "payments")
            .with("lasts_n", n.to_string()),
    };
    let then = if rule.then == Then::Stack {
        "stack"
    } else {
        "stop"
    };
    let at_once = if rule.after_hold { "" } else { "1" };
    Ok((parts, form.with("then", then).with("at_once", at_once)))
}

const fn beneficiary(to: Beneficiary) -> &'static str {
    match to {
        Beneficiary::Partner => "partner",
        Beneficiary::Referee => "referee",
        Beneficiary::Recruiter => "recruiter",
    }
}

fn on(kinds: &[EventKind], mut form: FormState) -> FormState {
    let mut own = Vec::new();
    for kind in kinds {
        match kind {
            EventKind::Sale => form = form.with("on_sale", "1"),
            EventKind::Renewal => form = form.with("on_renewal", "1"),
            EventKind::Lead => form = form.with("on_lead", "1"),
            EventKind::Qualified => form = form.with("on_qualified", "1"),
            EventKind::Joined => form = form.with("on_joined", "1"),
            EventKind::Instalment => form = form.with("on_instalment", "1"),
            other => own.push(String::from(other.clone())),
        }
    }
    form.with("on_other", own.join(", "))
}

async fn page(
    web: &WebState,
    team: &Team,
    draft: &Draft,
    id: &str,
    parts: Parts,
    form: FormState,
) -> WebResult<Markup> {
    let names = names(web, team, draft).await?;
    let rule = draft.set.rules.iter().find(|rule| rule.id == id);
    let view = RuleForm {
        of: of(&draft.program),
        id: id.to_owned(),
        parts,
        form,
        deep: rule.and_then(|rule| deep(&team.cx, rule, &names)),
        names,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::form(&team.cx, &shell, &view))
}

/// A condition the form cannot show, in words.
fn deep(cx: &Cx, rule: &Rule, names: &Names) -> Option<String> {
    let mut parts = Parts::default();
    let (_, shown) = condition::fill(&rule.when, names.currency, &mut parts, FormState::default());
    (!shown).then(|| in_words(cx, &rule.when, names))
}

/// Saves the rule into the draft, or adds and removes rows of the form.
pub(super) async fn save(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let wanted = fields.text("rule");
    let act = fields.text("do");
    if act != "save" && !act.is_empty() {
        let (fields, parts) = rows(fields, &act);
        let page = page(&web, &team, &draft, &wanted, parts, fields.state()).await?;
        return Ok(Page(page).into_response());
    }
    match typed(&web, &team, &draft, &fields).await {
        Ok(set) => {
            draft::save(&web.app, &team.actor, id, &set).await?;
            let text = t!(team.cx, "rule-saved");
            Ok(see_with(&path(id), Tone::Ok, &text))
        }
        Err(errors) => {
            let doubted = errors.iter().any(|error| error.code == UNKNOWN);
            let mut form = form_state(&team.cx, &fields, &errors);
            if doubted {
                form = form.with("doubted", "1");
            }
            let page = page(&web, &team, &draft, &wanted, parts(&fields), form).await?;
            Ok(refused(page))
        }
    }
}

/// The form with one row more or less.
fn rows(fields: Fields, act: &str) -> (Fields, Parts) {
    let fields = match act.strip_prefix("drop:") {
        Some(prefix) => fields.without(prefix),
        None => fields,
    };
    let mut parts = parts(&fields);
    let next = |rows: &[usize]| rows.iter().max().map_or(0, |last| last + 1);
    match act {
        "tier" => parts.tiers.push(next(&parts.tiers)),
        "cap" => parts.caps.push(next(&parts.caps)),
        "instalment" => parts.instalments.push(next(&parts.instalments)),
        "reward" if parts.reward == "tiers" && parts.tiers.is_empty() => parts.tiers = vec![0, 1],
        "reward" if parts.reward == "instalments" && parts.instalments.is_empty() => {
            parts.instalments = vec![0];
        }
        _ => {
            let group = act
                .strip_prefix("test:")
                .and_then(|group| group.parse().ok());
            if let Some(group) = group
                && let Some(test) = Test::from_code(&fields.text(&format!("g{group}_add")))
            {
                let used = parts.groups.iter().flat_map(|(_, tests)| tests);
                let index = used.map(|(index, _)| index + 1).max().unwrap_or(0);
                super::read::add_test(&mut parts, group, index, test);
            }
        }
    }
    (fields, parts)
}

/// The draft with the typed rule in it, or what is wrong with the form.
async fn typed(
    web: &WebState,
    team: &Team,
    draft: &Draft,
    fields: &Fields,
) -> Result<comity_domain::commission::RuleSet, Vec<FieldError>> {
    let mut set = draft.set.clone();
    let wanted = fields.text("rule");
    let place = set.rules.iter().position(|rule| rule.id == wanted);
    let old = place.and_then(|place| set.rules.get(place).cloned());
    let id = match &old {
        Some(rule) => rule.id.clone(),
        None => fresh_id(&set.rules, &fields.text("name")),
    };
    let mut reader = Reader::new(fields, draft.program.currency);
    let scope = match scope(web, team, draft.program.id, fields).await {
        Ok(scope) => scope,
        Err(AppError::Invalid(errors)) => {
            reader.errors.extend(errors);
            Scope::Program
        }
        Err(_) => {
            reader.refuse("scope", "not_a_choice");
            Scope::Program
        }
    };
    let rule = reader.rule(&parts(fields), id, scope, old.as_ref());
    let index = place.unwrap_or(set.rules.len());
    match place.and_then(|place| set.rules.get_mut(place)) {
        Some(slot) => *slot = rule,
        None => set.rules.push(rule),
    }
    if reader.errors.is_empty() {
        let found = draft::check(&web.app, &team.actor, draft.program.id, &set).await;
        let mut problems = found.map_err(|_| vec![FieldError::new("name", "malformed")])?;
        problems.retain(|one| !(one.code.is_doubt() && fields.checked("sure")));
        reader.refuse_problems(&problems, &format!("rules[{index}]"));
    }
    if reader.errors.is_empty() {
        Ok(set)
    } else {
        Err(reader.errors)
    }
}

/// A stable name for a new rule, made of its words.
pub(super) fn fresh_id(rules: &[Rule], name: &str) -> String {
    let base = Slug::suggest(name).map_or_else(|| "rule".to_owned(), |slug| slug.to_string());
    let taken = |id: &str| rules.iter().any(|rule| rule.id == id);
    let numbered = (2_u32..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone())
        .chain(numbered)
        .find(|id| !taken(id))
        .unwrap_or(base)
}

async fn scope(
    web: &WebState,
    team: &Team,
    program: ProgramId,
    fields: &Fields,
) -> Result<Scope, AppError> {
    let text = fields.text("scope");
    let wrong = || AppError::field("scope", "not_a_choice");
    if let Some(id) = text.strip_prefix("type:") {
        let id: PartnerTypeId = id.parse().map_err(|_| wrong())?;
        return Ok(Scope::Type(id));
    }
    if let Some(id) = text.strip_prefix("group:") {
        let id: GroupId = id.parse().map_err(|_| wrong())?;
        return Ok(Scope::Group(id));
    }
    if let Some(id) = text.strip_prefix("agreement:") {
        let id = id.parse().map_err(|_| wrong())?;
        let found = agreement::get(&web.app, &team.actor, id).await;
        return match found {
            Ok(found) if found.program == program => Ok(Scope::Agreement(id)),
            _ => Err(wrong()),
        };
    }
    match text.as_str() {
        "" | "program" => Ok(Scope::Program),
        "partner" => {
            let email = fields.text("partner");
            let id: EnrollmentId = draft::member(&web.app, &team.actor, program, &email).await?;
            Ok(Scope::Enrollment(id))
        }
        _ => Err(wrong()),
    }
}

/// The form of the limits over all rules.
pub(super) async fn show_caps(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
) -> WebResult<Page> {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let mut rows = Vec::new();
    let form = reward::fill_caps(&draft.set.caps, &mut rows, FormState::default());
    Ok(Page(caps_page(&web, &team, &draft, rows, form).await?))
}

async fn caps_page(
    web: &WebState,
    team: &Team,
    draft: &Draft,
    caps: Vec<usize>,
    form: FormState,
) -> WebResult<Markup> {
    let view = Caps {
        of: of(&draft.program),
        caps,
        form,
        names: Names::none(draft.program.currency),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::caps(&team.cx, &shell, &view))
}

/// Saves the limits over all rules, or adds and removes one.
pub(super) async fn save_caps(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let act = fields.text("do");
    if act != "save" && !act.is_empty() {
        let (fields, parts) = rows(fields, &act);
        let page = caps_page(&web, &team, &draft, parts.caps, fields.state()).await?;
        return Ok(Page(page).into_response());
    }
    let rows = parts(&fields).caps;
    let mut reader = Reader::new(&fields, draft.program.currency);
    let mut set = draft.set.clone();
    set.caps = reader.caps(&rows, "caps");
    if reader.errors.is_empty() {
        let problems = validate(&set, draft.program.currency, None);
        for problem in problems.iter().filter(|one| one.path.starts_with("caps")) {
            let field = reader.field_of(&problem.path);
            reader.refuse(&field, problem.code.code());
        }
    }
    if reader.errors.is_empty() {
        draft::save(&web.app, &team.actor, id, &set).await?;
        let text = t!(team.cx, "rule-saved");
        return Ok(see_with(&path(id), Tone::Ok, &text));
    }
    let form = refusals(&team.cx, fields.state(), &reader.errors);
    Ok(refused(caps_page(&web, &team, &draft, rows, form).await?))
}
