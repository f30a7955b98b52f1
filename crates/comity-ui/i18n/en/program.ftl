program-rule-sale = Share of every sale
program-rule-referee = Reward for the new customer
program-terms-default =
    # What you earn

    You earn a reward for customers you bring to { $brand } through the links and codes of { $program }. The current rules stand on the program page and in your portal. Every commission shows how it was computed.

    # Which customers count

    A customer is yours when your link or code was the last one used within { $window ->
        [one] one day
       *[other] { $window } days
    } before the purchase. Rules that the program publishes later say from when they apply.

    # When you are paid

    A commission waits { $hold ->
        [one] one day
       *[other] { $hold } days
    }, so that returns can be settled. After that it is paid with the next payout, as soon as your balance reaches { $minimum }. Refunded purchases take their commission back.

    # What is not allowed

    - Buying through your own link or code.
    - Setting cookies without a click.
    - Advertising on the brand's name, or pretending to be the brand.
    - Misleading people about the product or about your reward.

    # Advertising is marked

    Say openly that you earn from a purchase, as the law of your country asks.

    # Changes and end

    New versions of these terms are shown in your portal and hold from your acceptance. Either side may end the partnership at any time. What you earned until then is paid, except where these terms were broken.
program-model-affiliate = Affiliate
program-model-affiliate-is = Many partners bring buyers and are paid for results.
program-model-referral = Customer referral
program-model-referral-is = Customers recommend to friends; both are rewarded.
program-model-strategic = Strategic
program-model-strategic-is = A few deep partnerships with integration or joint sales.
program-model-community = Community exchange
program-model-community-is = Communities exchange audiences, mostly without money.
program-model-creator = Creators
program-model-creator-is = Creators make content for a fee and a share.
program-model-ambassador = Ambassadors
program-model-ambassador-is = Recurring faces of the brand with growing rewards.
program-profile = Work: { $work }. Fixed cost: { $cost }. Scale: { $scale }.
program-stage-early = Early
program-stage-growth = Growth
program-stage-mature = Mature
program-grade-low = low
program-grade-medium = medium
program-grade-high = high
program-status-draft = Draft
program-status-active = Open
program-status-paused = Paused
program-status-closed = Closed
program-do-open = Open the program
program-effect-open = The public page opens, links redirect, sales earn.
program-do-pause = Pause the program
program-effect-pause = No new applications. Links still redirect, new sales earn nothing.
program-do-close = Close the program
program-effect-close = This is final. Links lead to the fallback page. What was earned is still paid.
program-pays-percent = { $rate } of every sale
program-pays-flat = { $sum } per sale
program-pays-up-to = Up to { $rate } of every sale
program-point-reward = Every commission shows how it was computed.
program-point-payout = Paid from { $sum }
program-point-friends = Your friends save { $rate }
program-point-friends-text = Every link carries the discount.
program-none = Start your first program
program-none-text = A program says what partners earn, under which terms, and where their links lead. It starts as a draft with rules and terms that work.
program-objectives = Objectives
program-public-page = Public page
program-name = Name
program-website = Your site
program-website-hint = Partner links lead there.
program-promise = Promise
program-promise-hint = One sentence for future partners, as in: Earn 20% for every team you bring.
program-description = Description
program-model = Model
program-stage = Stage of the business
program-explaining = The product needs explaining before people buy
program-happy = We have happy customers who already recommend us
program-currency = Currency of commissions
program-zone = Time zone
program-zone-hint = As in Europe/Berlin. Months and days are counted in it.
program-slug = Address
program-check-model = Which model fits?
program-advice = We would start with: { $model }.
program-advice-complex = A product that needs explaining sells better through two or three integration partners.
program-tab-overview = Overview
program-tab-settings = Settings
program-tab-rules = Rewards
program-tab-credit = Attribution
program-tab-terms = Terms
program-ready = Ready for partners
program-ready-promise = The promise is written
program-ready-website = The site is known
program-ready-rules = Rewards are published
program-ready-terms = Terms are published
program-ready-link = The first partner has a link
program-ready-active = The program is open
program-mend = Do it
program-no = No
program-yes = Yes
program-hold-days = Days a commission waits
program-hold-hint = As long as customers may return what they bought.
program-payout-minimum = Smallest payout
program-hosts = Further sites links may lead to
program-hosts-hint = One host per line, as in shop.example.com.
program-utm = Campaign parameters
program-fallback = Fallback page
program-fallback-hint = Where links of a closed program lead.
program-hue = Colour, 0 to 359
program-chroma = Colour strength, 0 to 200
program-auto-approve = Approve applications without a person
program-refused-countries = Countries that are not served
program-refused-hint = Two-letter codes with commas.
program-save = Save
program-apply-to = Applies to
program-apply-events = New sales from now on
program-apply-customers = New customers only
program-apply-all = Everything decided from now on
program-note = Why
program-publish = Publish
program-kind = Kind of reward
program-kind-percent = Share of every sale
program-kind-flat = Fixed sum per sale
program-kind-tiers = Monthly tiers
program-kind-two = Both sides: partner and customer
program-example = A sale of { $sale } earns { $earned }.
program-rules-form = What partners earn
program-rate = Share
program-sum = Fixed sum
program-sum-hint = For a fixed sum per sale.
program-count = Sales before the higher share
program-count-hint = For monthly tiers.
program-beyond = Share beyond
program-referee = Discount for the new customer
program-months = Months a customer keeps paying
program-months-hint = Empty: as long as they buy.
program-cap = Most per order
program-as-text = Edit as text
program-text = Rules as JSON
program-text-applies = Applies to new sales from now on.
program-credit-model = Who is credited
program-credit-model-last = The last partner
program-credit-model-first = The first partner
program-credit-model-linear = Everybody the same
program-credit-model-coupon = The code first, then the last partner
program-credit-model-owner = Whoever brought the customer, for good
program-window = Days a click counts
program-terms-new = New version
program-terms-text = Text
program-terms-hint = Headings begin with #, list items with a hyphen. Partners are asked to accept each version.
program-terms-now = In force
program-version = Version
program-version-note = Note
program-versions = Versions
program-accepted = Accepted by { $n }
program-created = The program is ready as a draft.
program-changed = Saved.
program-published = Published.
program-credit-first = The first partner whose link or code was used within { $n ->
    [one] one day
   *[other] { $n } days
} is credited.
program-credit-shared = Partners whose links or codes were used within { $n ->
    [one] one day
   *[other] { $n } days
} share the credit.
program-credit-coupon = A code is credited first; otherwise the last link used within { $n ->
    [one] one day
   *[other] { $n } days
}.
program-credit-last = The last partner whose link or code was used within { $n ->
    [one] one day
   *[other] { $n } days
} is credited.
program-point-window = { $n ->
    [one] Clicks count for one day
   *[other] Clicks count for { $n } days
}
program-point-hold = { $n ->
    [one] A commission waits one day, then it is paid.
   *[other] A commission waits { $n } days for returns, then it is paid.
}
program-tab-form = Application form
program-tab-funnel = Funnel
program-form-always = Every form asks for name, email, site or channel, and how somebody would promote you. These questions come after.
program-form-more = Two empty questions wait at the end; save to get more. A question without words is removed; its answers stay with the applications.
program-form-new = New question
program-form-question = Question { $n }
program-form-label = Question
program-form-kind = Kind of answer
program-form-order = Place in the form
program-form-required = An answer is needed
program-form-list = Choices
program-form-list-hint = One per line, for questions with choices.
program-form-text = One line
program-form-long = Long text
program-form-url = Web address
program-form-number = Number
program-form-choice = One choice
program-form-choices = Several choices
program-form-check = Consent
program-funnel = From the page to the first sale
program-funnel-none = Nobody has come yet
program-funnel-none-text = Share the public page of the program: each visit, application and first sale is counted here by its source.
program-funnel-sources = By source
program-funnel-source = Source
program-funnel-direct = Direct
program-funnel-visited = Visited
program-funnel-started = Started
program-funnel-submitted = Submitted
program-funnel-approved = Approved
program-funnel-clicked = First click
program-funnel-sold = First sale
program-funnel-all = All time
program-funnel-list = Applications
program-funnel-text = Applications of the period and how far they have come by now; the same applications stand in the list. Partners who were invited are not in it.
program-search = Search by name, promise or address
program-status = Status
program-any-status = Any status
program-create = Create the program
