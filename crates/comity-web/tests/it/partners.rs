//! From an empty organisation to a partner with a link, by forms and by the API
//! (A2, A4, A5, A7, A8, D1-D6, E5, G1, X3, X8).

use axum::http::Method;
use comity_domain::time::SECOND;
use comity_domain::{Role, Scope};
use comity_testkit::web::{Answer, Client, Team, TestApp};
use serde_json::{Value, json};

const PROGRAM: [(&str, &str); 7] = [
    ("name", "Acme partners"),
    ("website", "https://acme.example"),
    ("promise", "Earn 20% of every sale"),
    ("model", "affiliate"),
    ("stage", "growth"),
    ("currency", "EUR"),
    ("zone", "UTC"),
];

/// An open program; answers its page's path.
async fn program(browser: &mut Client) -> String {
    let _ = browser.get("/admin/programs/new").await.expect(200);
    let made = browser.post("/admin/programs", &PROGRAM).await.expect(303);
    let path = made.header("location").to_owned();
    let opened = browser
        .submit(&format!("{path}/status"), &[("status", "active")])
        .await;
    let _ = opened.expect(200);
    path
}

fn hidden<'a>(page: &'a Answer, name: &str) -> &'a str {
    let marker = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.body.split_once(&marker).expect("the hidden field");
    rest.split('"').next().unwrap_or_default()
}

/// Opens the form, waits as a person does, and sends it.
async fn apply(app: &TestApp, name: &str, email: &str, terms: &str) -> (Client, Answer) {
    let mut visitor = app.anonymous().from_somewhere_else();
    let page = visitor
        .get("/p/acme-partners?utm_source=letter")
        .await
        .expect(200);
    let opened = hidden(&page, "opened").to_owned();
    app.clock.advance(5 * SECOND);
    let form = [
        ("name", name),
        ("email", email),
        ("website", "letters.example"),
        ("terms", terms),
        ("opened", &opened),
    ];
    let answer = visitor.post("/p/acme-partners/apply", &form).await;
    (visitor, answer)
}

async fn owner(app: &TestApp) -> (Team, Client) {
    let team = app.team("acme").await;
    let browser = app.sign_in(&team, Role::Owner).await;
    (team, browser)
}

/// The text of the mail that says so.
fn mail_with(app: &TestApp, part: &str) -> String {
    let kept = app.mail.0.lock().unwrap();
    let found = kept.iter().find(|mail| mail.text.contains(part));
    found
        .unwrap_or_else(|| panic!("no mail with {part}"))
        .text
        .clone()
}

fn application_path(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("id=app_").expect("an application");
    let id: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    format!("/admin/applications/app_{id}")
}

#[tokio::test]
async fn an_applicant_becomes_a_partner_with_a_link() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let _ = program(&mut browser).await;
    let (mut visitor, sent) = apply(&app, "Maya Okafor", "maya@letters.example", "1").await;
    let status = sent.expect(303).header("location").to_owned();
    assert!(status.starts_with("/applications/"), "{status}");
    let _ = visitor.get(&status).await.expect(200);

    let queue = browser.get("/admin/applications").await.expect(200);
    assert!(queue.body.contains("Maya Okafor"));
    let overview = browser.get("/admin").await.expect(200);
    assert!(overview.body.contains("<b>Maya Okafor</b> applied"));
    let path = application_path(&queue);
    let done = browser
        .submit(&format!("{path}/approve"), &[])
        .await
        .expect(200);
    assert!(done.body.contains("/admin/partners/prt_"));

    app.run_mail().await;
    let _ = mail_with(&app, "/applications/");
    let welcome = mail_with(&app, "/sign-in/link/");
    assert!(welcome.contains("/maya-okafor"), "{welcome}");

    let links = browser.get("/admin/links?q=maya").await.expect(200);
    assert!(
        links.body.contains("/maya-okafor"),
        "the first link is ready"
    );
    let csv = browser.get("/admin/partners.csv").await.expect(200);
    assert!(csv.body.contains("maya@letters.example"));
}

#[tokio::test]
async fn robots_and_half_filled_forms_are_sent_back_with_what_was_typed() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let _ = program(&mut browser).await;
    let (_, answer) = apply(&app, "", "nonsense", "").await;
    let answer = answer.expect(422);
    for part in ["name-error", "email-error", "terms-error", "nonsense"] {
        assert!(answer.body.contains(part), "{part}");
    }
    let mut robot = app.anonymous();
    let page = robot.get("/p/acme-partners").await.expect(200);
    let opened = hidden(&page, "opened").to_owned();
    let form = [
        ("name", "Robot"),
        ("email", "robot@letters.example"),
        ("terms", "1"),
        ("opened", opened.as_str()),
    ];
    let _ = robot
        .post("/p/acme-partners/apply", &form)
        .await
        .expect(422);
    let queue = browser.get("/admin/applications").await.expect(200);
    assert!(!queue.body.contains("Robot"));
}

#[tokio::test]
async fn an_address_applies_once_and_again_after_a_refusal_only_later() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let _ = program(&mut browser).await;
    let _ = apply(&app, "Maya", "maya@letters.example", "1")
        .await
        .1
        .expect(303);
    let _ = apply(&app, "Maya", "Maya+x@letters.example", "1")
        .await
        .1
        .expect(422);
    let queue = browser.get("/admin/applications").await.expect(200);
    let path = application_path(&queue);
    let refusal = [("reason", "fit"), ("text", "Perhaps next year.")];
    let _ = browser
        .submit(&format!("{path}/reject"), &refusal)
        .await
        .expect(200);
    let _ = apply(&app, "Maya", "maya@letters.example", "1")
        .await
        .1
        .expect(422);
    app.clock.advance(31 * comity_domain::time::DAY);
    let _ = apply(&app, "Maya", "maya@letters.example", "1")
        .await
        .1
        .expect(303);
}

#[tokio::test]
async fn an_applicant_answers_a_question_on_the_status_page() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let _ = program(&mut browser).await;
    let _ = apply(&app, "Maya", "maya@letters.example", "1")
        .await
        .1
        .expect(303);
    let queue = browser.get("/admin/applications").await.expect(200);
    let path = application_path(&queue);
    let _ = browser
        .post(&format!("{path}/ask"), &[("question", "")])
        .await
        .expect(422);
    let asked = [("question", "Which newsletter?")];
    let _ = browser
        .submit(&format!("{path}/ask"), &asked)
        .await
        .expect(200);
    app.run_mail().await;
    let text = mail_with(&app, "Which newsletter?");
    let (_, rest) = text
        .split_once("/applications/")
        .expect("the status address");
    let token: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    let mut visitor = app.anonymous();
    let page = visitor
        .get(&format!("/applications/{token}"))
        .await
        .expect(200);
    assert!(page.body.contains("Which newsletter?"));
    let reply = [("answer", "The one on letters")];
    let _ = visitor
        .submit(&format!("/applications/{token}/reply"), &reply)
        .await
        .expect(200);
    let id = path.trim_start_matches("/admin/applications/");
    let opened = browser
        .get(&format!("/admin/applications?id={id}"))
        .await
        .expect(200);
    assert!(opened.body.contains("The one on letters"));
}

#[tokio::test]
async fn rewards_are_published_from_a_form_and_shown_by_example() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let path = program(&mut browser).await;
    for tab in ["settings", "rules", "credit", "terms", "objectives"] {
        let _ = browser.get(&format!("{path}?tab={tab}")).await.expect(200);
    }
    let form = [
        ("kind", "percent"),
        ("rate", "12.5"),
        ("apply_to", "new_events"),
    ];
    let page = browser
        .submit(&format!("{path}/rules"), &form)
        .await
        .expect(200);
    assert!(page.body.contains("€120.00") && page.body.contains("€15.00"));
    let broken = [("kind", "percent"), ("rate", "much"), ("apply_to", "all")];
    let page = browser
        .post(&format!("{path}/rules"), &broken)
        .await
        .expect(422);
    assert!(page.body.contains("much"), "what was typed is kept");
    let credit = [
        ("model", "first"),
        ("window_days", "60"),
        ("apply_to", "all"),
    ];
    let _ = browser
        .submit(&format!("{path}/credit"), &credit)
        .await
        .expect(200);
    let public = app.anonymous().get("/p/acme-partners").await.expect(200);
    assert!(public.body.contains("12.5%") && public.body.contains("60 days"));
}

#[tokio::test]
async fn a2_an_objective_needs_a_target_and_a_date() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let path = program(&mut browser).await;
    let vague = [
        ("title", "More awareness"),
        ("metric", "sales"),
        ("baseline", "0"),
    ];
    let page = browser
        .post(&format!("{path}/objectives"), &vague)
        .await
        .expect(422);
    assert!(page.body.contains("target-error") && page.body.contains("due_on-error"));
    let good = [
        ("title", "50 partner sales by the end of next year"),
        ("metric", "sales"),
        ("baseline", "0"),
        ("target", "50"),
        ("due_on", "2026-12-31"),
    ];
    let page = browser
        .submit(&format!("{path}/objectives"), &good)
        .await
        .expect(200);
    assert!(page.body.contains("0 / 50"));
}

#[tokio::test]
async fn settings_are_refused_beside_their_fields_and_kept_when_right() {
    let app = TestApp::new().await;
    let (_, mut browser) = owner(&app).await;
    let path = program(&mut browser).await;
    let mut form = vec![
        ("name", "Acme partners"),
        ("slug", "acme-partners"),
        ("website", "https://acme.example"),
        ("model", "affiliate"),
        ("stage", "growth"),
        ("zone", "Europe/Berlin"),
        ("hold_days", "soon"),
        ("payout_minimum", "25.00"),
        ("brand_hue", "200"),
        ("brand_chroma", "150"),
    ];
    let page = browser
        .post(&format!("{path}/settings"), &form)
        .await
        .expect(422);
    assert!(page.body.contains("hold_days-error"));
    form[6].1 = "14";
    let _ = browser
        .submit(&format!("{path}/settings"), &form)
        .await
        .expect(200);
    let questions = [
        ("label_0", "Anything else?"),
        ("kind_0", "text"),
        ("order_0", "2"),
        ("label_1", "How large is your list?"),
        ("kind_1", "number"),
        ("order_1", "1"),
        ("required_1", "1"),
        ("label_2", "Where do you publish?"),
        ("kind_2", "choices"),
        ("order_2", "3"),
        ("choices_2", ""),
        ("label_3", ""),
    ];
    let _ = browser.get(&format!("{path}/form")).await.expect(200);
    let refused = browser.post(&format!("{path}/form"), &questions).await;
    let refused = refused.expect(422);
    assert!(refused.body.contains("choices_2-error"), "{}", refused.body);
    let mut questions = questions.to_vec();
    questions[10].1 = "Blog\nVideo";
    let kept = browser.submit(&format!("{path}/form"), &questions).await;
    assert!(kept.expect(200).body.contains("Blog\nVideo"));
    let public = app.anonymous().get("/p/acme-partners").await.expect(200);
    let place = |text: &str| public.body.find(text).unwrap();
    assert!(place("How large is your list?") < place("Anything else?"));
    assert!(place("Anything else?") < place("Where do you publish?"));
    let (_, answer) = apply(&app, "Maya", "maya@letters.example", "1").await;
    let answer = answer.expect(422);
    assert!(
        answer.body.contains("how_large_is_your_list-error"),
        "{}",
        answer.body
    );
}

async fn call(client: &mut Client, method: Method, path: &str, body: Value, status: u16) -> Value {
    let answer = client.json(method, path, &body).await.expect(status);
    if answer.body.is_empty() {
        Value::Null
    } else {
        answer.json()
    }
}

#[tokio::test]
async fn the_api_does_the_same_and_shows_nothing_to_strangers() {
    let app = TestApp::new().await;
    let (team, _) = owner(&app).await;
    let all = [Scope::Read, Scope::Partners, Scope::Programs];
    let mut api = app.with_key(&app.key(&team, &all).await);
    let made = json!({
        "name": "Acme partners", "model": "affiliate", "currency": "EUR", "website": "acme.example"
    });
    let program = call(&mut api, Method::POST, "/api/v1/programs", made, 201).await;
    let id = program["id"].as_str().unwrap();
    let status = format!("/api/v1/programs/{id}/status");
    call(
        &mut api,
        Method::POST,
        &status,
        json!({ "status": "active" }),
        200,
    )
    .await;
    let invited =
        json!({ "program_id": id, "name": "Maya Okafor", "email": "maya@letters.example" });
    let member = call(&mut api, Method::POST, "/api/v1/partners", invited, 201).await;
    let enrollment = member["enrollment_id"].as_str().unwrap();
    let deep =
        json!({ "enrollment_id": enrollment, "destination": "https://acme.example/pricing" });
    let link = call(&mut api, Method::POST, "/api/v1/links", deep, 201).await;
    assert!(link["url"].as_str().unwrap().ends_with("/maya-okafor-2"));
    let foreign = json!({ "enrollment_id": enrollment, "destination": "https://evil.example" });
    call(&mut api, Method::POST, "/api/v1/links", foreign, 422).await;
    let code = json!({ "enrollment_id": enrollment, "code": "MAYA10" });
    call(&mut api, Method::POST, "/api/v1/coupons", code.clone(), 201).await;
    call(&mut api, Method::POST, "/api/v1/coupons", code, 422).await;
    let group = json!({ "program_id": id, "name": "Newsletters" });
    call(&mut api, Method::POST, "/api/v1/groups", group, 201).await;
    let pause = format!("/api/v1/enrollments/{enrollment}/status");
    call(
        &mut api,
        Method::POST,
        &pause,
        json!({ "status": "banned" }),
        422,
    )
    .await;
    call(
        &mut api,
        Method::POST,
        &pause,
        json!({ "status": "paused" }),
        200,
    )
    .await;
    let listed = api
        .get("/api/v1/partners?status=paused")
        .await
        .expect(200)
        .json();
    assert_eq!(listed["data"].as_array().unwrap().len(), 1);

    strangers_see_nothing(&app, &all, id, &member, &link).await;
}

async fn strangers_see_nothing(
    app: &TestApp,
    all: &[Scope],
    id: &str,
    member: &Value,
    link: &Value,
) {
    let enrollment = member["enrollment_id"].as_str().unwrap();
    let pause = format!("/api/v1/enrollments/{enrollment}/status");
    let strangers = app.team("other").await;
    let mut other = app.with_key(&app.key(&strangers, all).await);
    let partner = member["partner_id"].as_str().unwrap();
    let link = link["id"].as_str().unwrap();
    for path in [
        format!("/api/v1/programs/{id}"),
        format!("/api/v1/partners/{partner}"),
        format!("/api/v1/links/{link}"),
    ] {
        let _ = other.get(&path).await.expect(404);
    }
    call(
        &mut other,
        Method::POST,
        &pause,
        json!({ "status": "approved" }),
        404,
    )
    .await;
    let empty = other.get("/api/v1/partners").await.expect(200).json();
    assert_eq!(empty["data"].as_array().unwrap().len(), 0);
}
