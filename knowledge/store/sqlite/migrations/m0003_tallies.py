"""How many questions became what, by guild (0: outside of one) and UTC day. No person and no text."""

STATEMENTS = (
    """
    CREATE TABLE tally (
        guild INTEGER NOT NULL CHECK (guild >= 0),
        day TEXT NOT NULL,
        outcome TEXT NOT NULL,
        count INTEGER NOT NULL CHECK (count > 0),
        PRIMARY KEY (guild, day, outcome)
    ) WITHOUT ROWID
    """,
)
