"""Topics that are nobody's business: what a moderator is asked to look at twice.

The rule is the project's own: where somebody lives, their health, whom they love, children and teenagers as private
people, and where they will be travelling have no place in notes about an industry. The words stand in
`private_life.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

Rule = str
"""The name of a rule in `private_life.yaml`, such as "home"."""

_UNDER_18 = r"(?:1[0-7]|[1-9])"
_YOUNG = re.compile(rf"\b{_UNDER_18}-year-old\b|\baged {_UNDER_18}\b|(?<![\d.,]){_UNDER_18}(?:살|세)(?!대)")


def rules_touched(*texts: str | None) -> tuple[Rule, ...]:
    """The rules that texts seem to touch."""
    whole = "\n".join(text for text in texts if text).lower()
    touched = [rule for rule, signs in _signs().items() if signs.search(whole)]
    if "minors" not in touched and _YOUNG.search(whole):
        touched.append("minors")
    return tuple(touched)


@cache
def _signs() -> Mapping[Rule, re.Pattern[str]]:
    words = yaml.safe_load(files("bot.curation").joinpath("private_life.yaml").read_text(encoding="utf-8"))
    return {rule: _pattern(by_language["en"], by_language["ko"]) for rule, by_language in words.items()}


def _pattern(english: Sequence[str], korean: Sequence[str]) -> re.Pattern[str]:
    words = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in english]
    return re.compile(rf"\b(?:{'|'.join(words)})\b|{'|'.join(map(re.escape, korean))}")
