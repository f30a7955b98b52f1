//! What can be imported, from where, and which facts a row may have.

use crate::code::coded;

coded! {
    /// What the rows of a file are.
    ImportKind {
        /// Partners with their memberships.
        Partners = "partners",
        /// Links and coupon codes.
        Links = "links",
        /// Sales, refunds and leads of the past.
        Events = "events",
    }
}

coded! {
    /// Systems whose column names are known.
    Vendor {
        /// Rewardful.
        Rewardful = "rewardful",
        /// FirstPromoter.
        FirstPromoter = "firstpromoter",
        /// Tapfiliate.
        Tapfiliate = "tapfiliate",
        /// PartnerStack.
        PartnerStack = "partnerstack",
        /// Dub.
        Dub = "dub",
        /// AffiliateWP.
        AffiliateWp = "affiliatewp",
    }
}

coded! {
    /// A fact that a column can hold.
    Field {
        /// The other system's id of the row.
        ExternalId = "external_id",
        /// Partner's address.
        Email = "email",
        /// Partner's whole name.
        Name = "name",
        /// Partner's first name.
        FirstName = "first_name",
        /// Partner's last name.
        LastName = "last_name",
        /// Company.
        Company = "company",
        /// Country, as ISO code.
        Country = "country",
        /// Site or channel.
        Website = "website",
        /// State of the membership or of the commission.
        Status = "status",
        /// Group, campaign or tier.
        Group = "group",
        /// Last part of the link, or its parameter value.
        Slug = "slug",
        /// Where the link leads.
        Destination = "destination",
        /// Coupon code.
        Coupon = "coupon",
        /// The other system's id of the partner.
        PartnerId = "partner_id",
        /// When the row was made there.
        CreatedAt = "created_at",
        /// Kind of event.
        Kind = "kind",
        /// The order, invoice or charge.
        Order = "order",
        /// The order that is refunded.
        RefersTo = "refers_to",
        /// The customer's id.
        CustomerId = "customer_id",
        /// The customer's address.
        CustomerEmail = "customer_email",
        /// Amount, decimal.
        Amount = "amount",
        /// Amount in minor units.
        AmountMinor = "amount_minor",
        /// Currency.
        Currency = "currency",
        /// Commission that was paid or promised, decimal.
        Commission = "commission",
        /// The same in minor units.
        CommissionMinor = "commission_minor",
    }
}

impl ImportKind {
    /// Fields that rows of this kind can have, in the order of the mapping page.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Partners => &[
                F::Email,
                F::Name,
                F::FirstName,
                F::LastName,
                F::Company,
                F::Country,
                F::Website,
                F::Status,
                F::Group,
                F::Slug,
                F::Coupon,
                F::ExternalId,
                F::CreatedAt,
            ],
            Self::Links => &[
                F::Email,
                F::PartnerId,
                F::Slug,
                F::Destination,
                F::Coupon,
                F::ExternalId,
                F::CreatedAt,
            ],
            Self::Events => &[
                F::Order,
                F::Kind,
                F::Amount,
                F::AmountMinor,
                F::Currency,
                F::Email,
                F::PartnerId,
                F::Slug,
                F::Coupon,
                F::CustomerId,
                F::CustomerEmail,
                F::RefersTo,
                F::Commission,
                F::CommissionMinor,
                F::Status,
                F::ExternalId,
                F::CreatedAt,
            ],
        }
    }

    /// Sets of fields of which each needs one column.
    #[must_use]
    pub const fn required(self) -> &'static [&'static [Field]] {
        use Field as F;
        match self {
            Self::Partners => &[&[F::Email]],
            Self::Links => &[&[F::Email, F::PartnerId], &[F::Slug, F::Coupon]],
            Self::Events => &[&[F::Order, F::ExternalId], &[F::CreatedAt]],
        }
    }
}
