mail-sent-by = Sent by { $name }.
mail-always-reason = You get this because it concerns your account. Such mails cannot be switched off.
mail-choice-reason = You get this as a partner of { $name }. Choose your mails in your profile.
mail-application-reason = You get this because someone applied with this address.
mail-when = When
mail-device = Device
mail-what = For
mail-amount = Amount
mail-clears = Clears on
mail-method = To
mail-reference = Reference
mail-your-link = Your link

mail-link-subject = Your sign-in link for { $name }
mail-link-title = Sign in
mail-link-text = { $n ->
    [one] This link signs you in. It works once, for { $n } minute.
   *[other] This link signs you in. It works once, for { $n } minutes.
}
mail-link-not-you = If you did not ask for it, ignore this mail: nobody can sign in without it.
mail-link-button = Sign in
mail-link-reason = You get this because somebody asked for a sign-in link with this address.

mail-invite-subject = { $inviter } invites you to { $name }
mail-invite-title = Join { $name }
mail-invite-text = { $inviter } invites you. The invitation can be used until { $date }.
mail-invite-button = Accept the invitation
mail-invite-reason = You get this because { $inviter } entered this address.

mail-security-subject = Security notice: { $event }
mail-security-password = Your password was changed
mail-security-totp-on = Two-step sign-in was switched on
mail-security-totp-off = Two-step sign-in was switched off
mail-security-device = A new device signed in
mail-security-key = An API key was made
mail-security-text = If this was you, nothing is left to do. If not, sign in, change your password and end all other sessions.
mail-security-button = Check your account

mail-status-button = See where it stands
mail-received-subject = { $name } got your application
mail-received-title = We have your application
mail-received-text = Thank you, { $name }. A person will read it.
mail-question-subject = A question about your application to { $name }
mail-question-title = One question
mail-question-text = { $name }, before we decide we would like to know:
mail-question-button = Answer
mail-approved-subject = You are in: { $name }
mail-approved-title = Welcome, { $name }
mail-approved-text = Your first link is ready. Share it once and watch the first click arrive.
mail-approved-button = Open your portal
mail-declined-subject = Your application to { $name }
mail-declined-title = Not this time
mail-declined-text = { $name }, thank you for applying. We declined it for this reason:

mail-click-subject = Your first click
mail-click-title = It works, { $name }
mail-click-text = Somebody followed your link. When they buy, you will see the sale within seconds.
mail-click-button = See it live

mail-sale-subject = Your first sale: { $amount }
mail-sale-title = Your first sale
mail-sale-text = A customer bought after following your link. How the amount came about is one click away.
mail-why-button = Why this amount
mail-held-subject = One of your commissions is held
mail-held-title = A commission is held
mail-held-text = It is not lost. The reason:
mail-refused-subject = One of your commissions was declined
mail-refused-title = A commission was declined
mail-refused-text = The reason is below. If you think it is wrong, object on its page: a person will look again.

mail-paid-subject = { $amount } is on its way
mail-paid-title = Your payout is on its way
mail-paid-text = Banks take up to three working days.
mail-payout-button = See the payout
mail-failed-subject = Your payout of { $amount } came back
mail-failed-title = Your payout came back
mail-failed-text = The money is back on your balance and goes out with the next payout. What went wrong:
mail-failed-button = Check your details
mail-method-subject = Your payout details were changed
mail-method-title = Your payout details were changed
mail-method-text = They are used from { $date }. If this was not you, sign in, change them back and tell us.
mail-method-button = Check your details

mail-answer-subject = { $name } answered your question
mail-answer-title = Your question is answered, { $name }
mail-answer-text = The team looked at the commission you asked about. Their answer:
mail-answer-asked = You asked
mail-answer-button = See the commission
mail-unsubscribe = No more mails of this kind
mail-next-sale-subject = You earned { $amount }
mail-next-sale-title = A sale of yours
mail-security-address = The address of your account was changed
mail-address-subject = Confirm your new address for { $name }
mail-address-title = Is this your address?
mail-address-text = You asked to sign in with this address from now on. The link works for one day.
mail-address-not-you = If you did not ask for it, ignore this mail: nothing changes.
mail-address-button = Use this address
mail-address-reason = You get this because a partner entered this address in their account.

mail-released-subject = Your commission stands
mail-released-title = We have checked it
mail-released-text = The check of this commission is finished, and it stands. It is paid as usual.
mail-case-question-subject = A question about your commission
mail-case-question-title = We have a question
mail-case-question-text = We are checking this commission and need your answer to finish. It waits for you until then.
mail-case-question-button = Answer
mail-overdue-subject = { $n ->
    [one] { $n } risk case is overdue
   *[other] { $n } risk cases are overdue
}
mail-overdue-title = Partners wait for a decision
mail-overdue-text = The time you promised for an answer is over. Nothing is released by itself: the money stays held until somebody decides.
mail-overdue-button = Open the queue
mail-overdue-reason = You receive this because you decide on commissions.

mail-news-button = Open in the portal
mail-terms-subject = New terms of { $name }
mail-terms-title = { $name }, please read the new terms
mail-terms-text = { $name } has published new terms. Your links go on earning. New links and payouts wait until you have accepted them; it takes a minute.
mail-terms-button = Read the terms
mail-nudge-subject = Your link at { $name } is waiting
mail-nudge-title = { $name }, we miss you
mail-nudge-text = Your last sale for { $name } was { $n ->
    [one] { $n } day
   *[other] { $n } days
} ago. Your link still works and still earns.
mail-nudge-bonus = Your next sale earns { $amount } on top.
mail-nudge-button = Open my links
