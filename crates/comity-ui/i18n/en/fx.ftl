fx-upload = Read rates in
fx-upload-text = Events in another currency than their program are counted at the rate of their day. The rate, its day and its source stay with the commission for ever. Take the file of reference rates from the European Central Bank: the last 90 days, or the whole history once.
fx-file = CSV file of rates
fx-file-hint = Published on working days. A file with a hole is refused, and nothing changes.
fx-upload-do = Read in
fx-done = { $new ->
    [0] All { $known } days were known.
    [one] { $new } new day, until { $to }.
   *[other] { $new } new days, until { $to }.
}
fx-forbidden = An owner, a manager or somebody of finance reads rates in.
fx-waiting = { $n ->
    [one] { $n } event waits for a rate of its day.
   *[other] { $n } events wait for a rate of their day.
}
fx-list = Rates by day
fx-day = Day
fx-rates = For 1 euro
fx-source = Source
fx-read-in = Read in
fx-currency = Currency
fx-usual = The usual ones
fx-none = No rates yet
fx-none-text = They are needed only when events come in another currency than their program has.
fx-refused = { $why } Place: { $place }. Nothing was changed.
fx-bad-too-large = The file is too large.
fx-bad-heading = This is not a file of reference rates: its first line must be “Date” and currency codes.
fx-bad-columns = A line has more or fewer columns than the first.
fx-bad-date = A date cannot be read.
fx-bad-twice = A day is there twice.
fx-bad-rate = A rate is not a number above zero.
fx-bad-empty = The file has no rates.
fx-bad-missing-day = A working day is missing.
fx-bad-missing-rate = A rate is missing between others.
fx-bad-gap = Between the known days and this file a working day is missing. Take a longer file.
fx-bad-differ = A rate differs from the one that is known for this day. Published rates do not change.
fx-bad-file = Choose a file first.
fx-search = Search by date, as in 2026-03
fx-none-found = No rates of such a day. Dates are written as in 2026-03-31.
