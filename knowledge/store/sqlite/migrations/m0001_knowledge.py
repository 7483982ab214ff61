"""Knowledge with its history, vectors, answers, votes and notes.

Everything that has history is a `record` whose `head` is the live `revision`, or NULL when it is retired.
Revisions are append-only; the one thing that may change is that an author is forgotten.
"""

STATEMENTS = (
    """
    CREATE TABLE record (
        id INTEGER PRIMARY KEY,
        owner INTEGER NOT NULL CHECK (owner >= 0),
        type TEXT NOT NULL CHECK (type IN ('snippet', 'entity', 'topic')),
        slug TEXT NOT NULL,
        head INTEGER REFERENCES revision (id),
        UNIQUE (owner, type, slug)
    )
    """,
    """
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY,
        record INTEGER NOT NULL REFERENCES record (id),
        number INTEGER NOT NULL CHECK (number > 0),
        action TEXT NOT NULL CHECK (action IN ('add', 'revise', 'retire', 'restore')),
        topic TEXT,
        body TEXT,
        hash TEXT,
        author INTEGER,
        created_at TEXT NOT NULL,
        UNIQUE (record, number),
        CHECK ((action = 'retire') = (body IS NULL) AND (body IS NULL) = (hash IS NULL))
    )
    """,
    """
    CREATE TRIGGER revision_is_never_changed
    BEFORE UPDATE OF id, record, number, action, topic, body, hash, created_at ON revision
    BEGIN SELECT RAISE (ABORT, 'revisions are append-only'); END
    """,
    """
    CREATE TRIGGER revision_author_is_only_forgotten
    BEFORE UPDATE OF author ON revision WHEN NEW.author IS NOT NULL
    BEGIN SELECT RAISE (ABORT, 'revisions are append-only'); END
    """,
    """
    CREATE TRIGGER revision_is_never_deleted
    BEFORE DELETE ON revision
    BEGIN SELECT RAISE (ABORT, 'revisions are append-only'); END
    """,
    """
    CREATE TRIGGER record_is_never_deleted
    BEFORE DELETE ON record
    BEGIN SELECT RAISE (ABORT, 'records are retired, never deleted'); END
    """,
    """
    CREATE TABLE vector (
        fingerprint TEXT NOT NULL,
        key TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (fingerprint, key)
    )
    """,
    """
    CREATE TABLE answer (
        id TEXT PRIMARY KEY,
        guild INTEGER,
        language TEXT NOT NULL,
        receipt TEXT NOT NULL,
        created_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX answer_by_time ON answer (created_at)",
    """
    CREATE TABLE quote (
        answer TEXT NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        revision INTEGER NOT NULL REFERENCES revision (id),
        language TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (answer, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE vote (
        answer TEXT NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
        user INTEGER NOT NULL,
        value INTEGER NOT NULL CHECK (value IN (1, -1)),
        created_at TEXT NOT NULL,
        PRIMARY KEY (answer, user)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)
