"""Years that are written with two digits: "in '97", "back in 21", "23년 3월"."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter|early|mid|late|q[1-4]|h[12])"
_NO_DAY = r"(?!3[01]|[0-2]\d)"
"""After a month a number up to 31 is the day, unless something happened "in" or "during" the month."""

_GOES_ON = (
    r"(?=$|[?!.,;)]"
    r"|\s(?:again|already|alone|and (?!\d)|but|did|for|how|lol|pls|please|right|so|tho|was|were|what|who)\b)"
)
"""What follows a year that stands alone; "in 21 countries" is none."""

_YEAR = re.compile(
    r"(?<![\w.,$€£%-])'(?P<short>\d\d)(?!\w)"
    rf"|\b(?:(?:in|during) {_MONTH} |(?:since|of|from|until|by) {_MONTH} {_NO_DAY}"
    rf"|(?:in|since|of|from|during|until|by) {_SEASON} )(?P<dated>\d\d)(?!\w|[.,:%]\d|,? (?:19|20)\d\d)"
    rf"|\b(?:in|since|during) (?P<alone>\d\d){_GOES_ON}"
    r"|(?<![\d.,~-])(?P<hangul>\d\d)(?=년(?:도|생|\s?(?:\d{1,2}\s?[~-]\s?)?\d{1,2}\s?월|\s?[1-4]\s?분기|\s?(?:상|하)반기"
    r"|\s?(?:연말|연초|말(?!고)|초(?!동)|봄|여름|가을|겨울|기준|당시)|에(?!\s?(?:한|1)\s?번)))"
)


def with_whole_years(normalised: str) -> str:
    """The text with each year of two digits in four, as texts have them: 60 to 99 are of the last century, up to 35 of
    this one; what lies between is left as it is."""
    return _YEAR.sub(_whole, normalised)


def _whole(match: re.Match[str]) -> str:
    (digits,) = (found for found in match.groups() if found)
    if 35 < int(digits) < 60:
        return match.group()
    century = "20" if int(digits) <= 35 else "19"
    return match.group().removesuffix(digits).removesuffix("'") + century + digits
