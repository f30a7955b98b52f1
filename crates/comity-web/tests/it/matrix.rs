//! Every route as every kind of actor (RELIABILITY 3.8). The audience a route was
//! registered with is the expectation; a route without one cannot be registered.

use axum::http::{Method, StatusCode};
use comity_domain::{PartnerId, Permission, Role, Scope, TenantId};
use comity_testkit::web::{Answer, Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};
use comity_web::{Audience, Route};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Anonymous,
    Partner,
    Member(Role),
    /// The owner of another organisation, asking for this one's things.
    Stranger,
    /// A key with no scope at all.
    BareKey,
    /// A key with every scope.
    FullKey,
}

const EVERYBODY: [Who; 10] = [
    Who::Anonymous,
    Who::Partner,
    Who::Member(Role::Analyst),
    Who::Member(Role::Community),
    Who::Member(Role::Manager),
    Who::Member(Role::Finance),
    Who::Member(Role::Owner),
    Who::Stranger,
    Who::BareKey,
    Who::FullKey,
];

#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// The handler answers.
    In,
    /// 303 to the sign-in page.
    SignIn,
    /// 401.
    NoKey,
    /// 403.
    Forbidden,
}

fn expected(audience: Audience, who: Who) -> Expected {
    let person = matches!(who, Who::Partner | Who::Member(_) | Who::Stranger);
    match audience {
        Audience::Public | Audience::Machine => Expected::In,
        Audience::Person if person => Expected::In,
        Audience::Team(_) | Audience::Partner | Audience::Person if !person => Expected::SignIn,
        Audience::Team(permission) => match who {
            Who::Member(role) if may(role, permission) => Expected::In,
            Who::Stranger => Expected::In,
            _ => Expected::Forbidden,
        },
        Audience::Partner | Audience::Person => match who {
            Who::Partner => Expected::In,
            _ => Expected::Forbidden,
        },
        Audience::Api(permission) => match who {
            Who::FullKey if key_may(permission) => Expected::In,
            Who::BareKey | Who::FullKey => Expected::Forbidden,
            _ => Expected::NoKey,
        },
        Audience::AnyKey => match who {
            Who::BareKey | Who::FullKey => Expected::In,
            _ => Expected::NoKey,
        },
    }
}

/// V3, written down a second time so that a slip in the table of the domain is seen.
fn may(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match role {
        Role::Owner => true,
        Role::Manager => !matches!(permission, P::ManageTeam | P::ApprovePayouts),
        Role::Finance => matches!(
            permission,
            P::View | P::ManageCommissions | P::PreparePayouts | P::ApprovePayouts | P::ViewAudit
        ),
        Role::Community => matches!(permission, P::View | P::ManagePartners),
        Role::Analyst => permission == P::View,
    }
}

/// No key approves money, manages people or reads the audit log.
fn key_may(permission: Permission) -> bool {
    use Permission as P;
    !matches!(permission, P::ApprovePayouts | P::ManageTeam | P::ViewAudit)
}

struct Stage {
    app: TestApp,
    team: Team,
    stranger: Team,
    tenant: TenantId,
    partner: PartnerId,
    member: Member,
    world: World,
    keys: [String; 2],
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let member = world.member(&app.app, "ada").await;
        let team = app.team_of(world.tenant, "acme").await;
        let stranger = app.team("globex").await;
        let keys = [app.key(&team, &[]).await, app.key(&team, &Scope::ALL).await];
        Self {
            tenant: world.tenant,
            partner: member.partner.id,
            app,
            team,
            stranger,
            member,
            world,
            keys,
        }
    }

    async fn client(&self, who: Who) -> Client {
        match who {
            Who::Anonymous => self.app.anonymous(),
            Who::Partner => self.app.sign_in_partner(self.tenant, self.partner).await,
            Who::Member(role) => self.app.sign_in(&self.team, role).await,
            Who::Stranger => self.app.sign_in(&self.stranger, Role::Owner).await,
            Who::BareKey => self.app.with_key(&self.keys[0]),
            Who::FullKey => self.app.with_key(&self.keys[1]),
        }
    }

    /// The path with ids of the first organisation; whatever has no example is nothing.
    fn path(&self, pattern: &str) -> String {
        let mut before = "";
        let mut path = String::new();
        for segment in pattern.split('/').skip(1) {
            path.push('/');
            if segment.starts_with('{') {
                path.push_str(&match before {
                    "partners" => self.member.partner.id.to_string(),
                    "links" => self.member.link.id.to_string(),
                    "programs" => self.world.program.id.to_string(),
                    "p" => self.world.program.slug.to_string(),
                    _ => "nothing".to_owned(),
                });
            } else {
                path.push_str(segment);
            }
            before = segment;
        }
        path
    }

    async fn ask(&self, route: &Route, client: &mut Client) -> Answer {
        let path = self.path(route.path);
        if route.method == Method::GET {
            client.get(&path).await
        } else if matches!(
            route.audience,
            Audience::Api(_) | Audience::AnyKey | Audience::Machine
        ) {
            let empty = serde_json::json!({});
            client.json(route.method.clone(), &path, &empty).await
        } else {
            client.post(&path, &[]).await
        }
    }
}

fn check(route: &Route, who: Who, answer: &Answer) -> Result<(), String> {
    let status = answer.status;
    let to = answer.header("location");
    let sign_in = status == StatusCode::SEE_OTHER && to.starts_with("/sign-in?next=");
    let fine = match expected(route.audience, who) {
        Expected::SignIn => sign_in,
        Expected::NoKey => status == StatusCode::UNAUTHORIZED,
        Expected::Forbidden => status == StatusCode::FORBIDDEN,
        Expected::In => {
            let refused = route.audience != Audience::Machine
                && (status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN);
            !refused && !sign_in && !status.is_server_error()
        }
    };
    let own = who != Who::Stranger || !is_theirs(route) || status.is_client_error();
    if fine && own {
        return Ok(());
    }
    Err(format!(
        "{} {} ({:?}) as {who:?}: {status} {to}",
        route.method, route.path, route.audience
    ))
}

/// Whether the path names something of the first organisation.
fn is_theirs(route: &Route) -> bool {
    let team = matches!(route.audience, Audience::Team(_));
    team && ["partners/{", "links/{", "programs/{"]
        .iter()
        .any(|part| route.path.contains(part))
}

#[tokio::test]
async fn every_route_admits_its_audience_and_nobody_else() {
    let stage = Stage::new().await;
    let mut failures = Vec::new();
    for who in EVERYBODY {
        let mut browser = stage.client(who).await;
        for route in comity_web::routes().list() {
            let answer = stage.ask(route, &mut browser).await;
            failures.extend(check(route, who, &answer).err());
            if route.method != Method::GET {
                // What a form does must not follow the actor to the next route.
                browser = stage.client(who).await;
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn every_path_is_registered_once_and_reads_change_nothing() {
    let routes = comity_web::routes();
    let mut seen = std::collections::BTreeSet::new();
    for route in routes.list() {
        let new = seen.insert((route.method.to_string(), route.path));
        assert!(new, "{} {} twice", route.method, route.path);
        let safe = route.path.starts_with("/api/") || route.path.starts_with("/hooks/");
        assert!(
            safe || matches!(route.method, Method::GET | Method::POST),
            "forms know only GET and POST: {} {}",
            route.method,
            route.path
        );
    }
}
