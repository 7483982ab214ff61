"""The glossary: English and Korean words that mean the same, from the files in `words/`.

It is knowledge of the two languages, not of the industry. Retrieval takes the words of an entry for equal, inside
and across languages, and puts the gloss where a Korean word stands to make rough English of a Korean question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from knowledge.files import PACKAGE, WORDS, PackFile, pack_files
from knowledge.models import Glossary, Term
from knowledge.pack.fault import Fault, faulty
from knowledge.pack.schema import Entry, Texts
from knowledge.pack.shape import field_name, shaped
from knowledge.pack.strict_yaml import Value, parse

MOST_WORDS = 4
"""Words of the longest form; runs of letters, of digits and of Hangul count each: `1st place` is three, `1위` two.
The index looks for no longer ones."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[가-힣]+|\d+|[^\W\d_가-힣]+")


class _TermEntry(Entry):
    """An entry of a file. YAML gives text for every scalar, so `question` is one of two words."""

    id: str
    gloss: str
    en: Texts = ()
    ko: Texts = ()
    question: Literal["true", "false"] = "false"


def load_glossary(root: Path | None = None) -> Glossary:
    """The glossary in the folder `words` below `root` (default: the bundled one).

    Raises `HallyuError` that lists every fault of every file.
    """
    terms, faults = _examined(root)
    if faults:
        raise faulty("The glossary", faults)
    return Glossary(tuple(terms))


def check_glossary(root: Path | None = None) -> list[Fault]:
    """Every fault of every file in `words` below `root`; empty when the glossary is fit to load."""
    return _examined(root)[1]


def _examined(root: Path | None) -> tuple[list[Term], list[Fault]]:
    files = pack_files(root, (WORDS,))
    reading = _Reading()
    for file in files:
        reading.take(file)
    if not files:
        missing = f"has no .yaml file in {WORDS}/. Name the right folder."
        reading.faults.append(Fault(str(root or PACKAGE), "", "", missing))
    return reading.terms, reading.faults


@dataclass(slots=True)
class _Reading:
    """Collects terms and faults over all files, and remembers who owns an id and a form."""

    terms: list[Term] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)

    def take(self, file: PackFile) -> None:
        if not file.name.endswith(".yaml"):
            self.faults.append(Fault(file.name, "", "", "would be overlooked. Rename it to end in .yaml."))
            return
        parsed = parse(file.data)
        for problem in parsed.problems:
            self.faults.append(_placed(file.name, parsed.value, problem.path, problem.message))
        if isinstance(parsed.value, list) and parsed.value:
            for position, item in enumerate(parsed.value):
                self._take_entry(file.name, _name_of(item, position), item)
        elif not parsed.problems:
            self.faults.append(Fault(file.name, "", "", "must be a list of entries. Start each with `- id: …`."))

    def _take_entry(self, file: str, name: str, item: Value) -> None:
        entry = shaped(_TermEntry, item, file, name)
        if isinstance(entry, list):
            self.faults.extend(entry)
            return
        found = [*_faults_of(entry), *self._clashes(entry)]
        self._ids.setdefault(entry.id, file)
        self.faults.extend(Fault(file, name, where, message) for where, message in found)
        self.terms.append(Term(entry.id, entry.gloss, entry.en, entry.ko, entry.question == "true"))

    def _clashes(self, entry: _TermEntry) -> Iterator[tuple[str, str]]:
        if entry.id in self._ids:
            yield "id", f"{entry.id} stands in {self._ids[entry.id]} already. Choose another id, or join the two."
        for where, form in _forms(entry):
            key = _key(form)
            owner = self._owners.get(key)
            if owner == entry.id:
                yield where, f"{form} stands twice in this entry. Keep one."
            elif owner is not None:
                yield where, f"{form} belongs to {owner} already. Keep it in one of the two."
            else:
                self._owners[key] = entry.id


def _faults_of(entry: _TermEntry) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry by itself, as fields and messages."""
    if not _SLUG.fullmatch(entry.id):
        yield "id", f"{entry.id or 'empty'} is no id. Use small letters a-z and digits, joined by hyphens."
    if not entry.gloss or _HANGUL.search(entry.gloss):
        yield "gloss", "must be English. Write the plain words that stand for the entry."
    empty = [name for name in ("en", "ko") if name in entry.model_fields_set and not getattr(entry, name)]
    yield from ((name, "is an empty list. Add a word, or remove the field.") for name in empty)
    if not (entry.en or entry.ko or empty):
        yield "", "has no words. Add en or ko."
    for where, form in _forms(entry):
        if message := _fault_of_form(form, korean=where.startswith("ko")):
            yield where, message


def _fault_of_form(form: str, korean: bool) -> str:
    if not _WORD.search(form):
        return f"{form or 'an empty text'} is no word. Write one, or remove it."
    if korean != bool(_HANGUL.search(form)):
        return f"{form} is not {'Korean' if korean else 'English'}. Move it to {'en' if korean else 'ko'}."
    if form.endswith("-") and not _HANGUL.match(form[-2:]):
        return f"{form} ends in a hyphen, which marks a stem in Hangul. Remove the hyphen."
    if len(_WORD.findall(form)) > MOST_WORDS:
        return f"{form} is too long to be looked for. Use at most {MOST_WORDS} words."
    return ""


def _forms(entry: _TermEntry) -> Iterator[tuple[str, str]]:
    for name, forms in (("en", entry.en), ("ko", entry.ko)):
        yield from ((f"{name}[{position}]", form) for position, form in enumerate(forms, 1))


def _key(form: str) -> str:
    """The form as two entries may not share it: a stem and the same word without the mark are the same."""
    return " ".join(form.casefold().removesuffix("-").split())


def _name_of(item: Value, position: int) -> str:
    """The id of an entry, or its place, counted from 1, where it has none."""
    id = item.get("id") if isinstance(item, dict) else None
    return id if isinstance(id, str) else f"[{position + 1}]"


def _placed(file: str, value: Value, path: Iterable[str | int], message: str) -> Fault:
    match tuple(path):
        case (int(position), *rest) if isinstance(value, list) and position < len(value):
            return Fault(file, _name_of(value[position], position), field_name(rest), message)
        case rest:
            return Fault(file, "", field_name(rest), message)
