"""What guilds do: their settings, the log of changes, proposals, open questions and opinions about revisions.

Votes are bound to the revisions that an answer showed instead of to the answer. The rows of a guild that removed the
bot may be deleted once its days of grace are over: that is what `guild.purging` opens the triggers for.
"""

STATEMENTS = (
    """
    CREATE TABLE guild (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        settings TEXT NOT NULL DEFAULT '{}',
        left_at TEXT,
        purging INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        guild INTEGER NOT NULL,
        user INTEGER,
        action TEXT NOT NULL,
        target TEXT NOT NULL,
        place TEXT NOT NULL,
        revision INTEGER REFERENCES revision (id) ON DELETE CASCADE,
        batch TEXT,
        token TEXT,
        created_at TEXT NOT NULL,
        UNIQUE (guild, token)
    )
    """,
    "CREATE INDEX change_by_revision ON change (revision)",
    "CREATE INDEX change_by_batch ON change (guild, batch) WHERE batch IS NOT NULL",
    """
    CREATE TABLE proposal (
        id TEXT PRIMARY KEY,
        guild INTEGER NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('suggestion', 'import')),
        batch TEXT,
        body TEXT NOT NULL,
        user INTEGER,
        tell INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'withdrawn')),
        reason TEXT,
        created_at TEXT NOT NULL,
        decided_at TEXT
    ) WITHOUT ROWID
    """,
    "CREATE INDEX proposal_waiting ON proposal (guild, created_at) WHERE state = 'waiting'",
    """
    CREATE TABLE question (
        id TEXT PRIMARY KEY,
        guild INTEGER NOT NULL,
        text TEXT NOT NULL,
        language TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'dismissed')),
        created_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX question_open ON question (guild, created_at) WHERE state = 'open'",
    """
    CREATE TABLE asker (
        question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
        user INTEGER NOT NULL,
        PRIMARY KEY (question, user)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        guild INTEGER NOT NULL,
        user INTEGER NOT NULL,
        body TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE opinion (
        guild INTEGER NOT NULL,
        revision INTEGER NOT NULL REFERENCES revision (id) ON DELETE CASCADE,
        user INTEGER NOT NULL,
        value INTEGER NOT NULL CHECK (value IN (1, -1)),
        reason TEXT,
        handled INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL,
        PRIMARY KEY (guild, revision, user)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO opinion (guild, revision, user, value, created_at)
    SELECT coalesce(answer.guild, 0), quote.revision, vote.user, vote.value, vote.created_at
    FROM vote JOIN answer ON answer.id = vote.answer JOIN quote ON quote.answer = answer.id
    WHERE true ORDER BY vote.created_at
    ON CONFLICT (guild, revision, user) DO UPDATE SET value = excluded.value, created_at = excluded.created_at
    """,
    "DROP TABLE vote",
    "DROP TRIGGER revision_is_never_deleted",
    """
    CREATE TRIGGER revision_is_never_deleted
    BEFORE DELETE ON revision
    WHEN NOT EXISTS (
        SELECT 1 FROM record JOIN guild ON guild.id = record.owner WHERE record.id = OLD.record AND guild.purging
    )
    BEGIN SELECT RAISE (ABORT, 'revisions are append-only'); END
    """,
    "DROP TRIGGER record_is_never_deleted",
    """
    CREATE TRIGGER record_is_never_deleted
    BEFORE DELETE ON record
    WHEN NOT EXISTS (SELECT 1 FROM guild WHERE guild.id = OLD.owner AND guild.purging)
    BEGIN SELECT RAISE (ABORT, 'records are retired, never deleted'); END
    """,
)
