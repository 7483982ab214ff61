"""The use case behind `hallyu reindex`: from one embedding model to another, with nothing lost on the way."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median

from bot.compose import trying
from bot.evaluating import evaluate_golden
from bot.settings import Settings
from index.embedding import Embedder, Vectors
from index.evaluation.verdicts import Verdict
from index.knowledge_index import KnowledgeIndex
from index.loading import Progress, stored_vectors
from index.pack_vectors import PackVectors, read_pack_vectors, vectors_as_bytes, write_pack_vectors
from index.preparation import prepare
from index.rebuilding import Rebuilt, Texts, texts_in
from index.sealed import read_sealed, write_sealed
from knowledge.errors import HallyuError
from knowledge.files import pack_digest
from knowledge.golden import GoldenQuestion
from knowledge.store import Locked, Model, Store, writer_lock, writing_to


@dataclass(frozen=True, slots=True)
class Marks:
    """How the golden questions fare: the first three of those on file, the others of those that are not; the median
    time of a question in milliseconds."""

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


class Reindexing:
    """One change to `model`, whose embedder is given. The work so far lies in the data folder until it is done."""

    def __init__(self, settings: Settings, model: Model, embedder: Embedder) -> None:
        self.model = model
        self._settings = settings
        self._embedder = embedder
        self._home = settings.data_dir / "reindex"
        self._folder = self._home / model.fingerprint
        self._rebuilt = Rebuilt(self._folder)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps a second one out, which need not keep the bot out."""
        try:
            with writer_lock(self._home):
                yield
        except Locked as locked:
            raise HallyuError(f"Another `hallyu reindex` is at work in {self._home}. Let it finish.") from locked

    async def build(self, store: Store, progress: Progress | None = None) -> Texts:
        """Makes every vector that is missing, also of what is written to the store meanwhile."""
        while True:
            prepared = prepare(self._settings.cache_dir)
            index = KnowledgeIndex(prepared.lexicon, self._embedder.dimension, prepared.contents)
            texts = await texts_in(store, index, self._embedder)
            missing = self._rebuilt.missing(texts.all)
            self._rebuilt.know(read_pack_vectors(self._settings.cache_dir, self.model.fingerprint).among(missing))
            self._rebuilt.know(await stored_vectors(store, self.model.fingerprint, list(missing)))
            missing = self._rebuilt.missing(missing)
            if not missing:
                return texts
            with writing_to(self._folder):
                self._rebuilt.make(missing, self._embedder, progress)

    async def marks(
        self, store: Store, embedder: Embedder, questions: Sequence[GoldenQuestion], progress: Progress | None = None
    ) -> Marks:
        """How the questions about the pack fare with the new model or the one in use; measured once for both."""
        path = self._folder / f"marks-{embedder.fingerprint}.json"
        about = [await store.pack_digest(), pack_digest(), [question.ask for question in questions]]
        kept = json.loads(read_sealed(path) or b"{}")
        if kept.get("about") == about:
            return Marks(**kept["marks"])
        async with trying(self._settings, store, embedder, self._vectors_of(embedder)) as known:
            scored = await evaluate_golden(known, questions, progress)
        count = Counter(s.verdict for s in scored)
        marks = Marks(
            right=count[Verdict.RIGHT],
            wrong=count[Verdict.WRONG],
            missed=count[Verdict.MISSED],
            declined=count[Verdict.DECLINED],
            made_up=count[Verdict.MADE_UP],
            ms=round(median(s.took_ms for s in scored), 1),
        )
        with writing_to(self._folder):
            write_sealed(path, json.dumps({"about": about, "marks": asdict(marks)}).encode())
        return marks

    def _vectors_of(self, embedder: Embedder) -> PackVectors:
        if embedder.fingerprint == self.model.fingerprint:
            return self._rebuilt.vectors
        return read_pack_vectors(self._settings.cache_dir, embedder.fingerprint)

    async def swap(self, store: Store, texts: Texts) -> None:
        """Puts the model in use. `store` is open for writing, so that nobody else changes it since `build`."""
        vectors = self._rebuilt.vectors
        pack = vectors.among(texts.pack)
        to_store = vectors.among(texts.guilds)
        if not self._cached(pack):
            to_store |= pack
        await store.models.change(self.model, vectors_as_bytes(to_store))
        shutil.rmtree(self._home, ignore_errors=True)

    def _cached(self, pack: Mapping[str, Vectors]) -> bool:
        """Whether the cache could be written; it may be read-only, as in an image."""
        cache, fingerprint = self._settings.cache_dir, self.model.fingerprint
        try:
            write_pack_vectors(cache, fingerprint, read_pack_vectors(cache, fingerprint).joined(pack))
        except OSError:
            return False
        return True
