"""Questions for a reason, and texts that give one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.tokens import normalise

_WHY = re.compile(r"\bwhy\b|\bhow come\b|\breasons?\b|(?:^|\s)왜(?:\s|$)|이유|까닭")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|reasons?|caused?|since|citing|cited|justified|explained|blamed|in protest|so that"
    r"|so as|in order to|after (?:an?|the) (?:row|outcry|protest|backlash|criticism|objections?)"
    r"|in (?:response|exchange|return|reaction|opposition|solidarity|hopes?)|in an? (?:effort|attempt|bid)"
    r"|as a (?:means|way|result|consequence)|aim(?:ed|ing|s)? (?:to|at)|(?:designed|intended|meant) to"
    r"|l(?:ed|eading) to|result(?:ed|ing)|therefore|thus|hence|thanks to|motivated|prompted|forced|triggered"
    r"|fear(?:ed|ing|s)?|encourag(?:e|ed|es|ing)|objectives?|purposes?"
    r"|which is why|amid"
    r"|to (?:avoid|prevent|protect|allow|focus|pursue|coordinate|ensure|recover|promote|concentrate|reflect"
    r"|honou?r|reduce|increase))\b"
    r"|때문|이유(?! ?없)|까닭|사정으로|위해|위한|탓|원인|계기|사유|따라|라며|(?<!겠)다며"
    r"|(?:[어아해겨져쳐혀줘돼싸파빠라]|끝나)서(?=[\s,])|니까(?=[\s,.])|므로|느라"
    r"|(?<![일월년주달음말])(?<!온라인으)(?<!무단으)로 (?:인해|미[뤄루]|취소|중단|연기(?=되|됐|된|했|하))|려고|논란"
    r"|반발|덕분"
)


def asks_reason(normalised: str) -> bool:
    """Whether a question (normalised) is for a reason."""
    return _WHY.search(normalised) is not None


def states_reason(text: str, asks: Iterable[str]) -> bool:
    """Whether a text gives a reason: it says so, or one of the ways to ask for it does."""
    return _REASON.search(normalise(text)) is not None or any(asks_reason(normalise(ask)) for ask in asks)
