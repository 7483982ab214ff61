"""A question as the retriever sees it: language, weighted groups of terms, names, and what to embed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from index.demands import NONE, Demands, demands_of
from index.demands.focus import focus_of
from index.documents import entity_term, wording_of
from index.entities import Mention
from index.forms import asks_list, supposes
from index.senses import Sense
from index.tokens import Token, has_hangul, is_stop_word, normalise, tokens
from index.transliterations import Spelling, Transliteration, transliterations
from index.vocabulary import Reading, Vocabulary, as_written
from index.years import with_whole_years
from knowledge.models import Language

_UNSEEN = re.compile(
    r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that mean the same thing in a question; a text has it when it has any of them.

    `weight` scales its share of the question (below 1 for Korean endings). `entities` are those it may name,
    `sense` is the glossary entry it belongs to. `word` is the word that it is of as it is written (a Hangul word
    without its particle; Latin ones in English questions only), where it stands for no name.
    """

    terms: tuple[str, ...]
    weight: float
    entities: tuple[str, ...] = ()
    sense: str | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A cleaned question. `groups` hold its content; a question of stop words alone has none. `mentions` are the names
    in it, `perhaps` words that are names too but more often are not.

    `normalised` is the text that its terms were taken from. `pairs` are terms that stand next to each other in it,
    stop words included; `wording` is all that is in it, as the index has it of a text. `gloss` is the rough English of
    a Korean question, empty for others. `mended` is the question with its typing errors put right, its years in four
    digits and its names by themselves, empty where that changes nothing. `focus` is the index term of the glossary's
    word for what is asked for, empty where none says it.
    """

    text: str
    language: Language
    groups: tuple[Group, ...]
    mentions: tuple[Mention, ...] = ()
    perhaps: tuple[Mention, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    gloss: str = ""
    mended: str = ""
    normalised: str = ""
    wording: frozenset[str] = frozenset()
    demands: Demands = NONE
    focus: str = ""
    asks_list: bool = False
    supposes: bool = False

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity that a name in the question may mean, in order."""
        return tuple(dict.fromkeys(entity for mention in self.mentions for entity in mention.entities))


def clean(question: str) -> str:
    """The question without control, bidi and zero-width characters and lone surrogates, white space folded."""
    visible = question.encode("utf-8", "replace").decode()
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") else " " for c in _UNSEEN.sub("", visible))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()


def language_of(text: str) -> Language:
    """The language to answer in: Korean as soon as a Hangul syllable stands in the question."""
    return "ko" if has_hangul(text) else "en"


def understand(
    question: str,
    vocabulary: Vocabulary,
    known: Callable[[str], bool],
    meant: str | None = None,
    spelling: Callable[[str], Spelling | None] = lambda _: None,
) -> Query:
    """Reads a question. `known` tells whether an index term is in use anywhere, so that only strange words are
    taken for misspelt names, and of these none that surely has a `spelling` in the other script. A name that `meant` is
    among the entities of stands for that entity alone."""

    def is_known(word: str) -> bool:
        return all(known(token.term) for token in tokens(word))

    def is_right(word: str) -> bool:
        if is_known(word):
            return True
        spelt = spelling(word)
        return spelt is not None and spelt.is_sure and not vocabulary.has(spelt.written)

    text = clean(question)
    typed = normalise(text)
    mended = vocabulary.speller.mend(typed, is_right)
    normalised = vocabulary.names.parted(with_whole_years(mended))
    mentions = _mentions(normalised, vocabulary, is_right, meant)
    if normalised == typed:
        mentions = as_written(text, typed, mentions, frozenset((0,)))
    reading = vocabulary.reading(normalised, mentions)
    taken = [(m.start, m.end) for m in reading.mentions] + [(s.start, s.end) for s in reading.senses]
    foreign = transliterations(normalised, taken, is_known, spelling)
    language = language_of(text)
    return Query(
        text=text,
        language=language,
        groups=_groups(reading, foreign),
        mentions=tuple(mention for mention in reading.mentions if not mention.ordinary),
        perhaps=tuple(mention for mention in reading.mentions if mention.ordinary),
        pairs=tuple(dict.fromkeys(pairwise(token.term for token in reading.tokens))),
        gloss=vocabulary.gloss(reading, foreign) if language == "ko" else "",
        mended=normalised if normalised != typed else "",
        normalised=normalised,
        wording=frozenset(wording_of(reading.content)),
        demands=demands_of(normalised),
        focus=focus_of(normalised, reading.senses),
        asks_list=asks_list(normalised),
        supposes=supposes(normalised),
    )


def _mentions(
    normalised: str, vocabulary: Vocabulary, is_right: Callable[[str], bool], meant: str | None
) -> list[Mention]:
    names = vocabulary.names
    found = names.mentions_in(normalised) + names.misspelt(
        normalised, lambda word: vocabulary.speller.knows(word) or is_right(word)
    )
    found.sort(key=lambda mention: mention.start)
    return [replace(m, entities=(meant,), chosen=True) if meant in m.entities else m for m in found]


def _groups(reading: Reading, foreign: Sequence[Transliteration]) -> tuple[Group, ...]:
    groups: dict[tuple[str, ...], Group] = {}
    apart = [token for token in reading.tokens if not any(f.start <= token.start < f.end for f in foreign)]
    own = (group for token in apart if (group := _group(token, reading)))
    for group in chain(own, *(_foreign_groups(one, reading) for one in foreign)):
        groups.setdefault(group.terms, group)
    return tuple(groups.values())


def _foreign_groups(foreign: Transliteration, reading: Reading) -> Iterator[Group]:
    """A text has a word when it has it, or what it stands for, by each term of the two."""
    its = [token for token in reading.tokens if foreign.start <= token.start < foreign.end]
    for number, token in enumerate(its):
        parts = foreign.spelling.parts_of(number, len(its))
        yield from (Group((token.term, *part), token.weight / len(parts)) for part in parts)


def _group(token: Token, reading: Reading) -> Group | None:
    mention = next((m for m in reading.mentions if m.start <= token.start and token.end <= m.end), None)
    if mention and mention.ordinary:
        return _ordinary_group(token, mention, reading)
    if mention:
        spelt = () if mention.chosen else (token.term,)
        return Group((*spelt, *map(entity_term, mention.entities)), 1.0, entities=mention.entities)
    names = (mention for mention in reading.mentions if not mention.ordinary)
    if any(m.start < token.end and token.start < _word_end(reading.text, m) for m in names):
        return None  # of the particle after a Korean name, perhaps with the name's last syllable
    sense = next((s for s in reading.senses if s.start <= token.start and token.end <= s.end), None)
    if sense:
        return _sense_group(token, sense, reading)
    return None if is_stop_word(token, reading.text) else Group((token.term,), token.weight, word=_word(token, reading))


def _ordinary_group(token: Token, mention: Mention, reading: Reading) -> Group | None:
    """A word that may be a name: a text has it when it has the word, what it means, or whom it names."""
    sense = next((s for s in reading.senses if s.start <= token.start and token.end <= s.end), None)
    group = _sense_group(token, sense, reading) if sense else Group((token.term,), token.weight)
    return group and replace(group, terms=(*group.terms, *map(entity_term, mention.entities)))


def _word_end(text: str, mention: Mention) -> int:
    """Where the Hangul word ends that a name begins: what follows the name in it is its particle."""
    end = mention.end
    while end < len(text) and "가" <= text[mention.end - 1] <= "힣" and "가" <= text[end] <= "힣":
        end += 1
    return end


def _word(token: Token, reading: Reading) -> str:
    written = reading.text[token.start : token.end]
    return token.word or (written if written.isalpha() and not has_hangul(reading.text) else "")


def _sense_group(token: Token, sense: Sense, reading: Reading) -> Group | None:
    """The words of a phrase and the bigrams of a Korean word are one group: the entry that they make together."""
    if sense.term.question:
        return None
    alone = (token.start, token.end) == (sense.start, sense.end)
    terms = (token.term, sense.index_term) if alone else (sense.index_term,)
    return Group(terms, 1.0, sense=sense.term.id, word=_word(token, reading))
