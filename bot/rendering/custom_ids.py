"""What a button carries: all that is known when it is pressed after a restart. At most 100 characters.

Answer ids are 22 characters of URL-safe base64. Old messages keep their buttons for years, so these forms may be
added to but never changed.

Snippet ids have at most 80 characters, those of the pack at most 75 (`knowledge.pack.joining.LONGEST_ID`), so that
`hallyu:remove:<id>:<version>` fits too. A page leaves a button out whose id would not (`fits`); its command stays.

The lists of notes carry all that a page of them is made of: `hallyu:list:<page>:<filter>`, as `bot.rendering.list_ids`
writes a filter, `hallyu:found:<page>:<origin>:<text>` for a search, `hallyu:stale:<page>`. Filter and text stand there
behind "=", or, where they are too long for that, as "~" and the id of a draft that the store keeps for 30 days.
"""

from __future__ import annotations

import re

from knowledge.models import Language

LONGEST = 100
_ANSWER = r"(?P<answer>[A-Za-z0-9_-]{22})"

SOURCES = re.compile(rf"hallyu:sources:{_ANSWER}:(?P<language>en|ko)")
WHY = re.compile(rf"hallyu:why:{_ANSWER}")
VOTE = re.compile(rf"hallyu:vote:{_ANSWER}:(?P<value>good|bad)")
SHARE = re.compile(rf"hallyu:share:{_ANSWER}")
CHOICE = re.compile(r"hallyu:choice:(?P<entity>[a-z0-9._-]{1,80})")
CHOICES = re.compile(r"hallyu:choices")

_SNIPPET = r"(?P<snippet>[a-z0-9][a-z0-9._/-]{0,79})"
UNDO = re.compile(r"hallyu:undo:(?P<revision>\d{1,15})")
SHOW = re.compile(rf"hallyu:show:{_SNIPPET}")
EDIT = re.compile(rf"hallyu:edit:{_SNIPPET}")
MORE = re.compile(rf"hallyu:more:{_SNIPPET}")

_DRAFT = r"(?P<draft>[A-Za-z0-9_-]{12})"
NOTE = re.compile(rf"hallyu:note:{_DRAFT}")
"""The form for a note."""
AGAIN = re.compile(rf"hallyu:again:{_DRAFT}")
DECIDE = re.compile(rf"hallyu:decide:{_DRAFT}:(?P<choice>keep|replace|dispute|mine)")
CANCEL = re.compile(r"hallyu:cancel")
IMPORT = re.compile(rf"hallyu:import:{_DRAFT}")
TAKE_BACK = re.compile(rf"hallyu:take-back:{_DRAFT}")
REMOVE = re.compile(rf"hallyu:remove:{_SNIPPET}:(?P<seen>\d{{1,15}})")
HISTORY = re.compile(r"hallyu:history:(?P<revision>\d{1,15})")

_CARRIED = r"(?P<carried>=.*|~[A-Za-z0-9_-]{12})"
_PAGE = r"(?P<page>\d{1,5})"
LIST = re.compile(rf"hallyu:list:{_PAGE}:{_CARRIED}", re.DOTALL)
FOUND = re.compile(rf"hallyu:found:{_PAGE}:(?P<origin>[obvr-]):{_CARRIED}", re.DOTALL)
STALE = re.compile(rf"hallyu:stale:{_PAGE}")

CARRIED = 35
"""Characters that a text may have to be carried: each may be two of the units that Discord may count."""


def sources(answer_id: str, language: Language) -> str:
    return f"hallyu:sources:{answer_id}:{language}"


def why(answer_id: str) -> str:
    return f"hallyu:why:{answer_id}"


def vote(answer_id: str, value: str) -> str:
    return f"hallyu:vote:{answer_id}:{value}"


def share(answer_id: str) -> str:
    return f"hallyu:share:{answer_id}"


def choice(entity: str) -> str:
    return f"hallyu:choice:{entity}"


def choices() -> str:
    return "hallyu:choices"


def undo(revision: int) -> str:
    """Takes back the change that made this version of a guild's record."""
    return f"hallyu:undo:{revision}"


def show(snippet: str) -> str:
    return f"hallyu:show:{snippet}"


def edit(snippet: str) -> str:
    return f"hallyu:edit:{snippet}"


def more(snippet: str) -> str:
    return f"hallyu:more:{snippet}"


def note(draft: str) -> str:
    return f"hallyu:note:{draft}"


def again(draft: str) -> str:
    """Shows the form once more, with what was written."""
    return f"hallyu:again:{draft}"


def decide(draft: str, choice: str) -> str:
    """What becomes of a note that is like another one, or that somebody else has changed (`bot.curation.adding`)."""
    return f"hallyu:decide:{draft}:{choice}"


def cancel() -> str:
    return "hallyu:cancel"


def land(draft: str) -> str:
    """Puts an import that was previewed into the review queue."""
    return f"hallyu:import:{draft}"


def take_back(batch: str) -> str:
    """Takes an import out of the queue again."""
    return f"hallyu:take-back:{batch}"


def remove(snippet: str, seen: int | None) -> str:
    """`seen` is the latest version of the guild's own that the person saw."""
    return f"hallyu:remove:{snippet}:{seen or 0}"


def history(revision: int) -> str:
    """The history of the note that this version is of, from it backwards."""
    return f"hallyu:history:{revision}"


def listed(page: int, carried: str) -> str:
    """A page of `/kb list`."""
    return f"hallyu:list:{page}:{carried}"


def found(page: int, origin: str, carried: str) -> str:
    """A page of `/kb search`."""
    return f"hallyu:found:{page}:{origin}:{carried}"


def stale(page: int) -> str:
    """A page of `/kb stale`."""
    return f"hallyu:stale:{page}"


def fits(custom_id: str) -> bool:
    """Whether Discord takes it."""
    return len(custom_id) <= LONGEST


def is_entity(text: str) -> bool:
    """Whether `text` can stand in the id of a choice."""
    return CHOICE.fullmatch(choice(text)) is not None
