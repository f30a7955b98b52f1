segment-affiliate = Affiliate
segment-affiliate-is = Brings customers through links and codes and is paid for results. Often anonymous.
segment-affiliate-does = Keeps to the terms, names the channel, answers questions about traffic.
segment-creator = Creator
segment-creator-is = Makes content for an audience of their own. Usually a fee for the work and a share of the sales.
segment-creator-does = Delivers what was briefed, marks advertising, shares results of posts.
segment-ambassador = Ambassador
segment-ambassador-is = A recurring face of the brand over months or years.
segment-ambassador-does = Uses the product, speaks about it regularly, gives honest feedback.
segment-strategic = Strategic partner
segment-strategic-is = A company that integrates, sells or plans together with us.
segment-strategic-does = Shares a plan and a calendar, names a contact, reviews results every quarter.
segment-community = Community
segment-community-is = A group of people with a common interest that exchanges attention with us, mostly without money.
segment-community-does = Keeps its members first, announces honestly, returns the agreed exchange.
segment-customer = Customer
segment-customer-is = Uses the product and recommends it to friends.
segment-customer-does = Recommends only what they would recommend anyway.
segment-groups = Groups
segment-none = No groups yet
segment-none-text = Groups gather partners by method or result. Rules, texts and lists can be made for a group.
segment-types = Types
segment-types-text = What each kind of partner is, and what is expected of it. A partner may carry several.
segment-new-type = New type
segment-edit = Change
segment-name = Name
segment-description = What it is for
segment-save = Save
segment-delete = Delete the group
segment-new = New group
segment-program = Program
segment-definition = What it is
segment-expectations = What is expected
segment-changed = Saved.
segment-deleted = The group is gone. Its partners stay.
segment-members = { $n ->
    [one] { $n } partner
   *[other] { $n } partners
}
segment-delete-effect = { $n ->
    [one] One partner leaves the group and stays in the program.
   *[other] { $n } partners leave the group and stay in the program.
}
