-- Ingest's ledger. One row in files for each stay of a file in the inbox; texts and their versions in articles.
CREATE TABLE files (
    id           INTEGER PRIMARY KEY,
    path         TEXT NOT NULL,
    device       INTEGER,
    inode        INTEGER,
    size         INTEGER,
    mtime_ns     INTEGER,
    sha256       TEXT,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'in_work', 'done', 'rejected')),
    outcome      TEXT CHECK (outcome IN ('ok', 'duplicate', 'rejected')),
    code         TEXT,
    message      TEXT,
    hint         TEXT,
    failed       TEXT NOT NULL DEFAULT '[]',
    kept_as      TEXT,
    seen_at      TEXT NOT NULL,
    read_at      TEXT,
    published_at TEXT,
    finished_at  TEXT
);
-- A path has at most one file in the inbox at a time; the rows of those moved away are its history.
CREATE UNIQUE INDEX files_live ON files (path) WHERE state IN ('waiting', 'in_work');
CREATE INDEX files_path ON files (path);
CREATE INDEX files_state ON files (state);

CREATE TABLE articles (
    article_id    TEXT PRIMARY KEY,
    document_key  TEXT NOT NULL,
    strong_key    TEXT,
    revision      INTEGER NOT NULL,
    superseded_by TEXT,
    supersedes    TEXT NOT NULL DEFAULT '[]',
    sketch        BLOB NOT NULL,
    facts         TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_document ON articles (document_key);
CREATE INDEX articles_strong ON articles (strong_key) WHERE strong_key IS NOT NULL;

-- Under which paths a text was dropped; drop grows with every drop.
CREATE TABLE article_paths (
    drop_id    INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (article_id),
    path       TEXT NOT NULL,
    UNIQUE (article_id, path)
);
CREATE INDEX article_paths_path ON article_paths (path);

-- What was decided for each article of a file: repeated to the letter when the file is read again after a crash.
CREATE TABLE file_articles (
    file_id    INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    decision   TEXT NOT NULL,
    PRIMARY KEY (file_id, article_id)
) WITHOUT ROWID;
CREATE INDEX file_articles_article ON file_articles (article_id);
