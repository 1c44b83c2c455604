PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF; -- a lost index is rebuilt
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE text (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL,
  version TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  first INTEGER NOT NULL,       -- number of its first sentence; sentences are numbered through the whole index
  counts BLOB NOT NULL,         -- for each clause the number of its sentences
  UNIQUE (document_id, version)
);
CREATE TABLE segment (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  first INTEGER NOT NULL,       -- its sentences: from first to last, inclusive
  last INTEGER NOT NULL
);
CREATE TABLE bucket (
  key INTEGER PRIMARY KEY,      -- its segment, shifted by 16 bits, and the high 16 bits of its fingerprints
  grams BLOB NOT NULL           -- see grams.py
);
