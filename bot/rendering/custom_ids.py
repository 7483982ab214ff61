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

from bot.rendering.markdown import length
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
CANCEL = re.compile(rf"hallyu:cancel(?::{_DRAFT})?")
IMPORT = re.compile(rf"hallyu:import:{_DRAFT}")
TAKE_BACK = re.compile(rf"hallyu:take-back:{_DRAFT}")
REMOVE = re.compile(rf"hallyu:remove:{_SNIPPET}:(?P<seen>\d{{1,15}})")
HISTORY = re.compile(r"hallyu:history:(?P<revision>\d{1,15})")

_CARRIED = r"(?P<carried>=.*|~[A-Za-z0-9_-]{12})"
_PAGE = r"(?P<page>\d{1,5})"
LIST = re.compile(rf"hallyu:list:{_PAGE}:{_CARRIED}", re.DOTALL)
FOUND = re.compile(rf"hallyu:found:{_PAGE}:(?P<origin>[obvr-]):{_CARRIED}", re.DOTALL)
STALE = re.compile(rf"hallyu:stale:{_PAGE}")

CARRIED = 78
"""UTF-16 units of a text that fit behind "hallyu:found:99999:o:=", the longest of these forms."""

_TOKEN = r"(?P<token>[A-Za-z0-9_-]{22})"
SUGGESTION = re.compile(rf"hallyu:suggestion:{_TOKEN}")
SUGGEST_AGAIN = re.compile(rf"hallyu:suggest-again:{_TOKEN}")

_PROPOSAL = r"(?P<proposal>[A-Za-z0-9_.-]{1,48})"
APPROVE = re.compile(rf"hallyu:approve:{_PROPOSAL}:(?P<seen>\d{{1,15}})")
EDIT_PROPOSAL = re.compile(rf"hallyu:edit-proposal:{_PROPOSAL}")
REJECT = re.compile(rf"hallyu:reject:{_PROPOSAL}")
SKIP = re.compile(rf"hallyu:skip:{_PROPOSAL}")
_BATCH = r"(?P<batch>[A-Za-z0-9_.-]{1,48})"
WHOLE_IMPORT = re.compile(rf"hallyu:whole-import:(?P<what>approve|withdraw):{_BATCH}")
WHOLE_IMPORT_SURE = re.compile(rf"hallyu:whole-import-sure:(?P<what>approve|withdraw):{_BATCH}")
STOP_IMPORT = re.compile(rf"hallyu:stop-import:{_BATCH}")
REVIEW = re.compile(r"hallyu:review")

TELL = re.compile(rf"hallyu:tell:{_ANSWER}")
REASON = re.compile(rf"hallyu:reason:{_ANSWER}")
QUEUE = re.compile(rf"hallyu:queue:{_PAGE}")
ANSWER_THIS = re.compile(r"hallyu:answer-this:(?P<question>[A-Za-z0-9_-]{22})")
DISMISS = re.compile(rf"hallyu:dismiss:(?P<question>[A-Za-z0-9_-]{{22}}):{_PAGE}")
SETTLE = re.compile(rf"hallyu:settle:{_SNIPPET}:{_PAGE}")


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


def cancel(draft: str) -> str:
    """Leaves everything as it is, and forgets what was written."""
    return f"hallyu:cancel:{draft}"


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
    return length(custom_id) <= LONGEST


def suggestion(token: str) -> str:
    return f"hallyu:suggestion:{token}"


def suggest_again(token: str) -> str:
    return f"hallyu:suggest-again:{token}"


def approve(proposal: str, seen: int | None) -> str:
    """`seen` is the version of the guild's record in whose place the proposal comes."""
    return f"hallyu:approve:{proposal}:{seen or 0}"


def edit_proposal(proposal: str) -> str:
    return f"hallyu:edit-proposal:{proposal}"


def reject(proposal: str) -> str:
    """The button, and the form that it opens."""
    return f"hallyu:reject:{proposal}"


def skip(proposal: str) -> str:
    return f"hallyu:skip:{proposal}"


def whole_import(what: str, batch: str) -> str:
    """Asks whether to "approve" or "withdraw" all that waits of an import."""
    return f"hallyu:whole-import:{what}:{batch}"


def stop_import(batch: str) -> str:
    """Ends the approval of an import that is under way."""
    return f"hallyu:stop-import:{batch}"


def whole_import_sure(what: str, batch: str) -> str:
    return f"hallyu:whole-import-sure:{what}:{batch}"


def review() -> str:
    return "hallyu:review"


def tell(question: str) -> str:
    """An open question has the id of the answer that said that it has none."""
    return f"hallyu:tell:{question}"


def reason(answer_id: str) -> str:
    return f"hallyu:reason:{answer_id}"


def queue(page: int) -> str:
    return f"hallyu:queue:{page}"


def answer_this(question: str) -> str:
    return f"hallyu:answer-this:{question}"


def dismiss(question: str, page: int) -> str:
    return f"hallyu:dismiss:{question}:{page}"


def settle(snippet: str, page: int) -> str:
    return f"hallyu:settle:{snippet}:{page}"


def is_entity(text: str) -> bool:
    """Whether `text` can stand in the id of a choice."""
    return CHOICE.fullmatch(choice(text)) is not None
