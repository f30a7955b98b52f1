//! Who may do what: pure, one table, no exceptions elsewhere.

use crate::id::{ApiKeyId, PartnerId, TenantId, UserId};

/// A team member's role (V3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Everything, including the team and approving money.
    Owner,
    /// Partners, programs, commissions; no approval of payouts.
    Manager,
    /// Commissions, payouts, statements.
    Finance,
    /// Partners and communities; no money.
    Community,
    /// Looks, changes nothing.
    Analyst,
}

impl Role {
    /// All roles, most powerful first.
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Manager,
        Self::Finance,
        Self::Community,
        Self::Analyst,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Finance => "finance",
            Self::Community => "community",
            Self::Analyst => "analyst",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Read programs, partners, results.
    View,
    /// Change partners, applications, links, groups.
    ManagePartners,
    /// Change programs, objectives, policies, terms.
    ManagePrograms,
    /// Record events.
    RecordEvents,
    /// Hold, release, approve, reject, adjust commissions.
    ManageCommissions,
    /// Plan payouts, export files, reconcile.
    PreparePayouts,
    /// Approve payouts.
    ApprovePayouts,
    /// Connections, webhooks, API keys, imports, settings.
    ManageIntegrations,
    /// Team members and roles.
    ManageTeam,
    /// Read the audit log.
    ViewAudit,
}

/// What an API key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Read everything.
    Read,
    /// Record events.
    Events,
    /// Change partners, applications and links.
    Partners,
    /// Change programs, policies, terms.
    Programs,
    /// Decide on commissions, prepare payouts.
    Money,
    /// Connections, webhooks, imports.
    Integrations,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::Events,
        Self::Partners,
        Self::Programs,
        Self::Money,
        Self::Integrations,
    ];

    /// The stable code, as in `events:write`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Events => "events:write",
            Self::Partners => "partners:write",
            Self::Programs => "programs:write",
            Self::Money => "money:write",
            Self::Integrations => "integrations:write",
        }
    }

    /// The scope with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// Whoever acts: resolved from a session, a key, or the system itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A team member.
    User {
        /// Their organisation.
        tenant: TenantId,
        /// Who.
        id: UserId,
        /// With which role.
        role: Role,
        /// Name for the audit log.
        name: String,
    },
    /// A partner, in the portal.
    Partner {
        /// The organisation whose partner they are.
        tenant: TenantId,
        /// Who.
        id: PartnerId,
        /// The team member who looks through their eyes, if any (Y5).
        impersonator: Option<UserId>,
    },
    /// An API key.
    Key {
        /// Its organisation.
        tenant: TenantId,
        /// Which key.
        id: ApiKeyId,
        /// What it may do.
        scopes: Vec<Scope>,
    },
    /// The product itself: jobs, webhooks from connections, seeding.
    System {
        /// On whose behalf.
        tenant: TenantId,
    },
}

impl Actor {
    /// The organisation everything this actor sees belongs to.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        match self {
            Self::User { tenant, .. }
            | Self::Partner { tenant, .. }
            | Self::Key { tenant, .. }
            | Self::System { tenant } => *tenant,
        }
    }

    /// Whether the act is allowed. Partners act only through use cases of their
    /// own, which check the owner of the row; they hold no team permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Self::System { .. } => true,
            Self::Partner { .. } => false,
            Self::User { role, .. } => role_may(*role, permission),
            Self::Key { scopes, .. } => scopes.iter().any(|scope| scope_may(*scope, permission)),
        }
    }

    /// `user`, `partner`, `key` or `system`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User { .. } => "user",
            Self::Partner { .. } => "partner",
            Self::Key { .. } => "key",
            Self::System { .. } => "system",
        }
    }

    /// The actor's id in text, or the kind for the system.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::User { id, .. } => id.to_string(),
            Self::Partner { id, .. } => id.to_string(),
            Self::Key { id, .. } => id.to_string(),
            Self::System { .. } => "system".to_owned(),
        }
    }
}

fn role_may(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match role {
        Role::Owner => true,
        Role::Manager => !matches!(permission, P::ManageTeam | P::ApprovePayouts),
        Role::Finance => {
            matches!(
                permission,
                P::View
                    | P::ManageCommissions
                    | P::PreparePayouts
                    | P::ApprovePayouts
                    | P::ViewAudit
            )
        }
        Role::Community => matches!(permission, P::View | P::ManagePartners),
        Role::Analyst => permission == P::View,
    }
}

fn scope_may(scope: Scope, permission: Permission) -> bool {
    use Permission as P;
    match scope {
        Scope::Read => permission == P::View,
        Scope::Events => permission == P::RecordEvents,
        Scope::Partners => permission == P::ManagePartners,
        Scope::Programs => permission == P::ManagePrograms,
        // Approving money always needs a person (four eyes, RELIABILITY 2.3.5).
        Scope::Money => matches!(permission, P::ManageCommissions | P::PreparePayouts),
        Scope::Integrations => permission == P::ManageIntegrations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RawId;

    #[test]
    fn no_key_approves_payouts() {
        let key = Actor::Key {
            tenant: TenantId(RawId([0; 16])),
            id: ApiKeyId(RawId([0; 16])),
            scopes: Scope::ALL.to_vec(),
        };
        assert!(!key.may(Permission::ApprovePayouts));
        assert!(!key.may(Permission::ManageTeam));
    }

    #[test]
    fn codes_round_trip() {
        assert!(
            Role::ALL
                .into_iter()
                .all(|role| Role::from_code(role.code()) == Some(role))
        );
        assert!(
            Scope::ALL
                .into_iter()
                .all(|scope| Scope::from_code(scope.code()) == Some(scope))
        );
    }
}
