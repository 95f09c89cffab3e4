-- The language in which a message is written and answered: vi or en.
ALTER TABLE messages ADD COLUMN lang TEXT NOT NULL DEFAULT 'vi';
