"""The use case behind `hallyu reindex`: from one embedding model to another, with nothing lost on the way."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bot.compose import trying
from bot.evaluating import evaluate_golden
from bot.memory import return_freed_memory
from bot.settings import Settings
from index.embedding import Embedder, Vectors
from index.evaluation.runs import Scored
from index.evaluation.verdicts import Verdict
from index.knowledge_index import KnowledgeIndex
from index.loading import Progress, stored_vectors
from index.near_misses import NearMisses
from index.pack_vectors import PackVectors, read_pack_vectors, vectors_as_bytes, write_pack_vectors
from index.preparation import prepare
from index.rebuilding import Rebuilt, Texts, texts_in
from index.sealed import read_sealed, write_sealed
from knowledge.errors import HallyuError
from knowledge.files import pack_digest
from knowledge.golden import GoldenQuestion
from knowledge.near_misses import load_near_misses
from knowledge.store import Locked, Model, Store, writer_lock, writing_to


@dataclass(frozen=True, slots=True)
class Marks:
    """How the golden questions fare: the first three of those on file, the others of those that are not; the median
    processor time of a question in milliseconds."""

    right: int
    wrong: int
    missed: int
    declined: int
    made_up: int
    ms: float

    @property
    def good(self) -> int:
        return self.right + self.declined

    @property
    def false(self) -> int:
        return self.wrong + self.made_up

    def is_worse_than(self, other: Marks) -> bool:
        """Fewer good replies, or more false ones."""
        return self.good < other.good or self.false > other.false


def _home(settings: Settings) -> Path:
    """Where the work so far lies until it is done."""
    return settings.data_dir / "reindex"


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keeps a second change out, which need not keep the bot out."""
    home = _home(settings)
    with ExitStack() as stack:
        try:
            stack.enter_context(writer_lock(home))
        except Locked as locked:
            raise HallyuError(f"Another `hallyu reindex` is at work in {home}. Let it finish.") from locked
        yield


class Reindexing:
    """One change to `model`, whose embedder is given."""

    def __init__(self, settings: Settings, model: Model, embedder: Embedder) -> None:
        self.model = model
        self._settings = settings
        self._embedder = embedder
        self._folder = _home(settings) / model.fingerprint
        self._rebuilt = Rebuilt(self._folder)

    async def build(self, store: Store, progress: Progress | None = None) -> Texts:
        """Makes every vector that is missing, also of what is written to the store meanwhile."""
        while True:
            texts = await self._texts(store)
            return_freed_memory()  # what reading took would stay beside what embedding takes
            missing = self._rebuilt.missing(texts.all)
            self._rebuilt.know(read_pack_vectors(self._settings.cache_dir, self.model.fingerprint).among(missing))
            self._rebuilt.know(await stored_vectors(store, self.model.fingerprint, list(missing)))
            missing = self._rebuilt.missing(missing)
            if not missing:
                return texts
            with writing_to(self._folder):
                self._rebuilt.make(missing, self._embedder, progress)

    async def _texts(self, store: Store) -> Texts:
        prepared = prepare(self._settings.cache_dir)
        near_misses = NearMisses(load_near_misses)
        index = KnowledgeIndex(prepared.lexicon, self._embedder.dimension, prepared.contents, near_misses=near_misses)
        return await texts_in(store, index, self._embedder)

    async def marks(self, store: Store, questions: Sequence[GoldenQuestion], progress: Progress | None = None) -> Marks:
        """How the questions about the pack fare with the new model; `build` comes first. Measured once."""
        return await _marks(
            *(self._settings, self._folder, store, self._embedder, self._rebuilt.vectors, questions, progress)
        )

    async def swap(self, store: Store, texts: Texts) -> None:
        """Puts the model in use. `store` is open for writing, so that nobody else changes it since `build`."""
        vectors = self._rebuilt.vectors
        pack = vectors.among(texts.pack)
        to_store = vectors.among(texts.guilds)
        if not self._cached(pack):
            to_store |= pack
        await store.models.change(self.model, vectors_as_bytes(to_store))
        shutil.rmtree(_home(self._settings), ignore_errors=True)

    def _cached(self, pack: Mapping[str, Vectors]) -> bool:
        """Whether the cache could be written; it may be read-only, as in an image."""
        cache, fingerprint = self._settings.cache_dir, self.model.fingerprint
        try:
            write_pack_vectors(cache, fingerprint, read_pack_vectors(cache, fingerprint).joined(pack))
        except OSError:
            return False
        return True


async def marks_of(
    settings: Settings,
    new: Model,
    store: Store,
    embedder: Embedder,
    questions: Sequence[GoldenQuestion],
    progress: Progress | None = None,
) -> Marks:
    """How the questions about the pack fare with the model in use; measured once for each new one."""
    vectors = read_pack_vectors(settings.cache_dir, embedder.fingerprint)
    return await _marks(settings, _home(settings) / new.fingerprint, store, embedder, vectors, questions, progress)


async def _marks(
    settings: Settings,
    folder: Path,
    store: Store,
    embedder: Embedder,
    vectors: PackVectors,
    questions: Sequence[GoldenQuestion],
    progress: Progress | None,
) -> Marks:
    path = folder / f"marks-{embedder.fingerprint}.json"
    about = [await store.pack_digest(), pack_digest(), [question.ask for question in questions]]
    kept = json.loads(read_sealed(path) or b"{}")
    if kept.get("about") == about:
        return Marks(**kept["marks"])
    async with trying(settings, store, embedder, vectors) as known:
        scored = await evaluate_golden(known, questions, progress)
    marks = _counted(scored)
    with writing_to(folder):
        write_sealed(path, json.dumps({"about": about, "marks": asdict(marks)}).encode())
    return marks


def _counted(scored: Sequence[Scored]) -> Marks:
    count = Counter(s.verdict for s in scored)
    return Marks(
        right=count[Verdict.RIGHT],
        wrong=count[Verdict.WRONG],
        missed=count[Verdict.MISSED],
        declined=count[Verdict.DECLINED],
        made_up=count[Verdict.MADE_UP],
        ms=round(median(s.took_ms for s in scored), 1),
    )
