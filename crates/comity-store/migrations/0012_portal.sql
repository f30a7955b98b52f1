-- Where one click ends the mails of a kind; empty for mails that always come.
ALTER TABLE mails ADD COLUMN unsubscribe_url TEXT NOT NULL DEFAULT '';
