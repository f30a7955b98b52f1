import-partners = Partners
import-links = Links and codes
import-events = Past events
import-running = Running
import-stopped = Stopped
import-done = Done
import-preview = Not started
import-upload = Bring in a file
import-upload-text = Exports of other systems are recognised. Nothing is written before you have seen the preview.
import-upload-do = Upload
import-kind = What the rows are
import-program = Program
import-file = File
import-file-hint = CSV with a header, up to 5 MB, any usual encoding and separator.
import-files = Files
import-state = State
import-rows = Rows
import-failed = Not imported
import-at = Uploaded
import-none = No file yet
import-none-text = Start with partners, then links and codes, then past events: each step uses the one before.
import-ready =
    { $ready ->
        [one] { $ready } row can be imported
       *[other] { $ready } rows can be imported
    }{ $broken ->
        [0] .
       *[other] , { $broken } cannot.
    }
import-lacking = No column holds “{ $field }”. Choose one below.
import-progress = Progress
import-of = { $done } of { $total }
import-failed-rows =
    { $n ->
        [one] { $n } row was not imported. Download it, mend it and bring it in again.
       *[other] { $n } rows were not imported. Download them, mend them and bring them in again.
    }
import-start = Start
import-stop = Stop
import-go-on = Go on
import-look-again = Look again
import-report = Download what failed
import-no-column = —
import-columns = Columns
import-columns-text = Say which column holds what. Facts without a column stay empty.
import-columns-save = Show the preview again
import-first-rows = First rows
import-row = Row
import-problem = Problem
import-problems = Problems
import-started = The import is running.
import-stopped-now = Stopped. What is done stays.
import-field-external-id = Id in the other system
import-field-email = Partner’s email
import-field-name = Name
import-field-first-name = First name
import-field-last-name = Last name
import-field-company = Company
import-field-country = Country
import-field-website = Website
import-field-status = Status
import-field-group = Group
import-field-slug = Link
import-field-destination = Destination
import-field-coupon = Code
import-field-partner-id = Partner’s id in the other system
import-field-created-at = Date
import-field-kind = Kind of event
import-field-order = Order
import-field-refers-to = Refunded order
import-field-customer-id = Customer’s id
import-field-customer-email = Customer’s email
import-field-amount = Amount
import-field-amount-minor = Amount in minor units
import-field-currency = Currency
import-field-commission = Commission
import-field-commission-minor = Commission in minor units
