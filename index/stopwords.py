"""Words of a question that say nothing about its subject, in English and Korean.

The English list holds function words and the phrases people wrap a question in; words such as "first" or
"not" stay, since they change what is asked.
"""

# ruff: noqa: SIM905 (lists of words read better as text)

from __future__ import annotations

ENGLISH = frozenset(
    """
    a about after all also am an and any are aren't as at be been before being but by can can't could couldn't
    did didn't do does doesn't doing don't done else ever for from get give go got had has hasn't have haven't
    having he he's hello her here hers hey hi him his how i i'd i'm i've if in into is isn't it it's its just
    kindly know let like many may me might much my of on or our out over please pls shall she should so some
    such tell than thanks that that's the their them then there these they they're this those to too u under up
    us very was wasn't we were weren't what what's whats when when's where where's which who who's whom whos
    whose why will with won't would ya you your anyone exactly actually called
    """.split()
)

KOREAN = frozenset(
    """
    누구 누가 누구야 누구지 누구예요 누구인가요 누구인가 누구입니까 누구랑 누구와 누구의 뭐 뭐야 뭐지 뭐예요
    뭔가요 뭔데 무엇 무엇인가 무엇인가요 무엇을 무슨 어떤 어떻게 어디 어디야 어디서 어디에서 어디지 언제 언제야
    언제지 왜 얼마나 얼마 얼마야 얼마지 몇 몇개 몇번 몇명 좀 그 이 저 것 것은 수 등 및 또 또는 그리고 그런데
    근데 혹시 제발 알려줘 알려주세요 알려줄래 말해줘 가르쳐줘 설명해줘 대해 대해서 대한 관해 관한 있어 있나
    있나요 있는 있는지 있니 있다 없어 없나 했어 했나 했나요 했지 했다 한 하는 하나요 하니 해 된 되는 돼 됐어
    되나요 이야 야 인가 인가요 인지 입니까 였어 였나 였지 이었어 거야 거지 건가 건가요 건데
    """.split()
)

PARTICLES = frozenset(
    """
    은 는 이 가 을 를 의 에 와 과 도 로 만 랑 야 아 께 들 님 씨 에서 에게 한테 으로 부터 까지 처럼 보다 이랑
    이나 마다 밖에 조차 이라 라는 이란 이라는 에는 에도 에서는 에게서 으로는 으로서 으로써 로서 로써 와의 과의
    들은 들이 들을 들의 이야 이지 이고 이며 인가 인지 인데 입니다 이었 였어 였나 였지 였다 이었어 이었나 였나요
    인가요 이에요 예요 야 니 냐 나 지 요 해 한 할 했 하는 했어 했나 했나요 했지 했다 한다 하다 하고 하며 해서
    했던 된 되는 됐어 되다 됐다 임 이냐 죠 라고 이라고 하고 한테서 에선 까진 부턴 만의 만이 대로 에서만
    이다 이네 이니 이래 에겐 보단 입니까 던 였던
    """.split()
)
"""Particles and endings that a Hangul word may carry; the longest of up to four syllables is cut off."""

EVERYDAY = frozenset("im nobody team time".split())
"""English words that are names too, but seldom meant so; others of that kind are in the word list."""

AFTER_NAMES = frozenset(
    """
    팀 팬 팬들 팬덤 멤버 멤버들 그룹 소속사 회사 앨범 노래 신곡 신보 데뷔곡 타이틀곡 컴백 데뷔 무대 공연 콘서트 투어
    팬미팅 공구 굿즈 생일
    """.split()
)
"""Nouns that are written together with the name before them (에스파팀, 세븐틴공구)."""

NUMBER_WORDS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
