//! The click was bought from an advertising network (J3).

use crate::fraud::{Click, Conversion, Evidence, Policy};

/// Parameters that advertising networks add to what was paid for.
pub(in crate::fraud) const PAID_PARAMETERS: &[&str] = &[
    "gclid",
    "gad_source",
    "gad_campaignid",
    "gbraid",
    "wbraid",
    "msclkid",
    "fbclid",
    "fb_action_ids",
    "twclid",
    "li_fat_id",
    "rdclid",
    "ttclid",
    "yclid",
];

/// Parameters that name the campaign.
const CAMPAIGN: &[&str] = &["gad_campaignid", "utm_id", "utm_campaign"];

/// The advertising network's parameter of a click and the campaign, if there is one.
pub(in crate::fraud) fn paid(click: &Click) -> Option<(&str, Option<&str>)> {
    // `fbclid` is on every link people share, so it says nothing without a campaign.
    let campaign = click
        .query
        .iter()
        .find(|(name, value)| CAMPAIGN.contains(&name.as_str()) && !value.is_empty())
        .map(|(_, value)| value.as_str());
    let known =
        |name: &str| PAID_PARAMETERS.contains(&name) && (name != "fbclid" || campaign.is_some());
    let (name, _) = click
        .query
        .iter()
        .find(|(name, value)| known(name) && !value.is_empty())?;
    Some((name, campaign))
}

/// Fires unless the campaign is one the brand allowed.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let (parameter, campaign) = paid(conversion.click.as_ref()?)?;
    if campaign.is_some_and(|campaign| policy.allowed_campaigns.contains(campaign)) {
        return None;
    }
    let campaign = campaign.map(str::to_owned);
    Some(Evidence::PaidClick {
        parameter: parameter.to_owned(),
        campaign,
    })
}
