"""What form a question has: it expects several things, or states something itself."""

from __future__ import annotations

import re

_LIST = re.compile(
    r"\b(?:which|what|name|list) (?:\w+ )?(?:two|three|four|five|six|all|other|[a-z]{3,}s)\b"
    r"|어디어디|누구누구|뭐뭐|무엇무엇|(?:^|\s)(?:모두|전부|다) (?:알려|말해|나열)"
    r"|들(?:은|이|을)? (?:누구|뭐|어디|무엇)"
)


def asks_list(normalised: str) -> bool:
    """Whether a question expects several things for an answer."""
    return _LIST.search(normalised) is not None


_CONFIRMS = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|why)\b|(?:^|\s)왜(?:\s|$)|맞(?:아|지|나|나요|죠)\??$|사실이|정말이|진짜야"
)


def supposes(normalised: str) -> bool:
    """Whether a question states something itself, to be confirmed or explained, which may be false."""
    return _CONFIRMS.search(normalised) is not None
