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
