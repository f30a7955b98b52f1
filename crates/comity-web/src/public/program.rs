//! A program's public page, its terms, and the application form (D1, D2, D4, D6).

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::application::{self, NewApplication, Open};
use comity_app::{App, AppError};
use comity_domain::Timestamp;
use comity_domain::attribution::AttributionPolicy;
use comity_domain::program::{FieldKind, FormField, ProgramStatus};
use comity_domain::time::SECOND;
use comity_ui::brand::Brand;
use comity_ui::component::{FormState, problem};
use comity_ui::layout::public::PublicShell;
use comity_ui::public::apply::{Answer, Form, Question};
use comity_ui::public::{landing, terms};
use comity_ui::{Cx, route};

use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id, Paging, Visitor};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused, see};
use crate::route::{Audience, Routes};
use crate::signed;
use crate::state::WebState;

/// People need longer than this to fill the form; programs do not.
const FASTEST: i64 = 2 * SECOND;

/// Routes of programs' public pages.
pub fn routes() -> Routes {
    Routes::new()
        .get("/p/{slug}", Audience::Public, show)
        .get("/p/{slug}/apply", Audience::Public, show)
        .post("/p/{slug}/apply", Audience::Public, apply)
        .get("/p/{slug}/terms", Audience::Public, read_terms)
}

/// The frame of a program's pages, in its colours and zone.
pub(super) fn frame(cx: &mut Cx, open: &Open) -> PublicShell {
    let settings = &open.program.settings;
    cx.brand = Brand::new(settings.brand_hue, settings.brand_chroma);
    cx.zone = open.program.zone.clone();
    let slug = open.program.slug.as_str();
    PublicShell {
        brand: open.tenant.name.clone(),
        website: open.program.website.clone(),
        terms: open.terms.as_ref().map(|_| route::program_terms(slug)),
        sign_in: true,
    }
}

async fn show(
    State(web): State<WebState>,
    mut visitor: Visitor,
    Id(slug): Id<String>,
    paging: Paging,
) -> WebResult {
    let open = application::open_program(&web.app, &slug).await?;
    let source = source(&paging.query);
    application::visited(&web.app, &open.program, &source).await?;
    let state = FormState::default()
        .with("source", source)
        .with("by", paging.query.text("by"));
    Ok(Page(view(&web.app, &mut visitor.cx, &open, state)).into_response())
}

fn source(query: &Fields) -> String {
    ["utm_source", "source", "ref"]
        .into_iter()
        .find_map(|name| query.filled(name))
        .unwrap_or_default()
}

fn view(app: &App, cx: &mut Cx, open: &Open, state: FormState) -> maud::Markup {
    let shell = frame(cx, open);
    let program = &open.program;
    let policy = open.attribution.as_ref();
    let policy = policy.and_then(|policy| AttributionPolicy::from_json(&policy.body_json).ok());
    let rules = open.commission.as_ref();
    let rules = rules.and_then(|policy| serde_json::from_str(&policy.body_json).ok());
    let settings = &program.settings;
    let headline = if settings.promise.is_empty() {
        &program.name
    } else {
        &settings.promise
    };
    let landing = landing::Landing {
        shell,
        headline: headline.clone(),
        lead: settings.description.clone(),
        points: comity_ui::program::points(
            cx,
            &rules.unwrap_or_default(),
            &policy.unwrap_or_default(),
            settings,
            program.currency,
        ),
        form: (program.status == ProgramStatus::Active).then(|| form(app, open, state)),
    };
    landing::page(cx, &landing)
}

fn form(app: &App, open: &Open, state: FormState) -> Form {
    let slug = open.program.slug.to_string();
    let terms = open.terms.as_ref();
    Form {
        questions: open.program.settings.form.iter().map(question).collect(),
        terms: terms.map(|terms| (terms.version.to_string(), route::program_terms(&slug))),
        answer_time: String::new(),
        opened: signed::stamp(app, &slug, app.now()),
        state,
        slug,
    }
}

fn question(field: &FormField) -> Question {
    Question {
        key: field.key.clone(),
        label: field.label.clone(),
        hint: String::new(),
        answer: match field.kind {
            FieldKind::Text => Answer::Line,
            FieldKind::LongText => Answer::Text,
            FieldKind::Url => Answer::Url,
            FieldKind::Number => Answer::Number,
            FieldKind::Choice => Answer::Choice(field.choices.clone()),
            FieldKind::Choices => Answer::Choices(field.choices.clone()),
            FieldKind::Check => Answer::Check,
        },
        required: field.required,
    }
}

async fn apply(
    State(web): State<WebState>,
    mut visitor: Visitor,
    Id(slug): Id<String>,
    fields: Fields,
) -> WebResult {
    let now = web.app.now();
    web.limiter
        .check(Class::PublicForm, &visitor.client.ip, now)?;
    let open = application::open_program(&web.app, &slug).await?;
    application::started(&web.app, &open.program, &fields.text("source")).await?;
    if !is_person(&web.app, &slug, &fields, now) {
        let text = problem(&visitor.cx, "form_too_fast");
        let state = fields.state().error("", text);
        return Ok(refused(view(&web.app, &mut visitor.cx, &open, state)));
    }
    match application::submit(&web.app, &slug, typed(&visitor, &open, &fields)).await {
        Ok(done) => Ok(see(&route::application(&done.status_token))),
        Err(AppError::Invalid(errors)) => {
            let state = form_state(&visitor.cx, &fields, &errors);
            Ok(refused(view(&web.app, &mut visitor.cx, &open, state)))
        }
        Err(error) => Err(WebError::from(error)),
    }
}

/// The trap is empty, and the form was open for as long as a person needs.
fn is_person(app: &App, slug: &str, fields: &Fields, now: Timestamp) -> bool {
    let opened = signed::read(app, slug, fields.raw("opened"));
    fields.raw("website_url").is_empty() && opened.is_some_and(|at| now.since(at) >= FASTEST)
}

/// What was typed for a question; several choices stand one per line.
fn answer_to(field: &FormField, fields: &Fields) -> String {
    let name = format!("q_{}", field.key);
    if field.kind != FieldKind::Choices {
        return fields.text(&name);
    }
    let all = field.choices.iter().enumerate();
    let ticked = all.filter(|(n, _)| fields.checked(&format!("{name}_{n}")));
    ticked
        .map(|(_, choice)| choice.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

fn typed(visitor: &Visitor, open: &Open, fields: &Fields) -> NewApplication {
    let own = open.program.settings.form.iter();
    let answers: BTreeMap<String, String> = own
        .map(|field| (field.key.clone(), answer_to(field, fields)))
        .collect();
    NewApplication {
        name: fields.text("name"),
        email: fields.text("email"),
        website: fields.text("website"),
        country: fields.text("country"),
        pitch: fields.text("pitch"),
        answers,
        terms: fields.checked("terms"),
        lang: visitor.cx.lang,
        source: fields.text("source"),
        by: fields.text("by"),
        ip: visitor.client.ip.clone(),
    }
}

async fn read_terms(
    State(web): State<WebState>,
    mut visitor: Visitor,
    Id(slug): Id<String>,
) -> WebResult<Response> {
    let open = application::open_program(&web.app, &slug).await?;
    let current = open.terms.clone().ok_or_else(WebError::not_found)?;
    let view = terms::Terms {
        shell: frame(&mut visitor.cx, &open),
        version: u32::try_from(current.version).unwrap_or_default(),
        since: current.published_at,
        text: current.body,
    };
    Ok(Page(terms::page(&visitor.cx, &view)).into_response())
}
