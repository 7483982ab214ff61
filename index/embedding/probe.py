"""Which scripts a model understands, found out by asking it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

_PAIRS = (
    ("The album was released in spring.", "그 앨범은 봄에 발매되었다."),
    ("Who is the president of the company?", "그 회사의 대표는 누구인가요?"),
    ("The concert was cancelled because of rain.", "공연은 비 때문에 취소되었다."),
    ("She moved to Los Angeles as a child.", "그녀는 어릴 때 로스앤젤레스로 이사했다."),
    ("Ticket prices went up sharply.", "티켓 가격이 크게 올랐다."),
    ("The dancers trained for three years.", "댄서들은 3년 동안 연습했다."),
    ("The film won an award at the festival.", "그 영화는 영화제에서 상을 받았다."),
    ("Fans waited outside the airport.", "팬들은 공항 밖에서 기다렸다."),
)


def scripts_known(encode: Callable[[list[str]], Any]) -> list[str]:
    """`latin`, and `hangul` if each Korean sentence is nearest to its own translation in six of eight cases.

    all-MiniLM-L6-v2, which ranks Korean at recall@1 0.02, fails it; multilingual models pass.
    """
    english = np.asarray(encode([e for e, _ in _PAIRS]))
    korean = np.asarray(encode([k for _, k in _PAIRS]))
    right = int((np.argmax(korean @ english.T, axis=1) == np.arange(len(_PAIRS))).sum())
    return ["latin", "hangul"] if right >= 6 else ["latin"]
