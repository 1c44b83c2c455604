PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF; -- a lost index is rebuilt
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  bare_title TEXT NOT NULL,
  title_key TEXT NOT NULL,    -- without issuer and issue, by which titles are compared
  number TEXT,                -- key of the number, the same however it is spelt
  issuers TEXT NOT NULL,      -- joined by 、
  jurisdiction TEXT,
  level TEXT,                 -- state, province, prefecture, county, township
  type TEXT,
  newest TEXT,                -- version
  newest_day TEXT,            -- ISO
  versions INTEGER NOT NULL,
  identity TEXT NOT NULL      -- document.json
) WITHOUT ROWID;
CREATE INDEX document_number ON document (number);
CREATE INDEX document_title ON document (bare_title);
CREATE INDEX document_title_key ON document (title_key);
CREATE TABLE version (
  key INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL,
  version TEXT NOT NULL,
  day TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  parsed INTEGER NOT NULL DEFAULT 0,
  record TEXT NOT NULL,       -- version.json
  clauses BLOB,               -- packed; NULL until parsed
  UNIQUE (document_id, version)
);
CREATE INDEX version_unparsed ON version (parsed) WHERE parsed = 0;
CREATE VIRTUAL TABLE version_words USING fts5 (
  words, content = '', tokenize = 'trigram', detail = 'none', columnsize = 0
);
CREATE TABLE fact (
  key INTEGER PRIMARY KEY,
  version_key INTEGER NOT NULL,
  kind TEXT NOT NULL,         -- citation, own_number, validity, delegation, draft
  bare_title TEXT,            -- of a cited document
  number TEXT,
  value TEXT NOT NULL         -- the fact as in the published JSON
);
CREATE INDEX fact_version ON fact (version_key, kind);
CREATE INDEX fact_title ON fact (bare_title) WHERE bare_title IS NOT NULL;
CREATE INDEX fact_number ON fact (number) WHERE number IS NOT NULL;
CREATE TABLE lag (
  key TEXT PRIMARY KEY,       -- digest over the texts compared and the code that compared them
  value TEXT NOT NULL         -- clauses behind and references astray
) WITHOUT ROWID;
