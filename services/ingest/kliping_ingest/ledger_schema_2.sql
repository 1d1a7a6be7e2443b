-- The broker that was published to last, by its id; one row at most.
CREATE TABLE broker (
    id TEXT NOT NULL
);
-- Files moved away that are to be published again, for the broker that they were published to has lost its data.
CREATE INDEX files_lost ON files (id) WHERE state IN ('done', 'rejected') AND published_at IS NULL;
