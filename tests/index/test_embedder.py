"""Encoding: nearly the vectors of sentence-transformers, in bounded batches, without torch."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import load_settings
from fakes.nasty import texts
from index.embedding import Embedder, text_key
from index.embedding.embedder import BATCH_TOKENS, batches
from index.embedding.files import ADAPTER, BUNDLED_MODEL
from knowledge.models import Pack

LONG = "The company announced another world tour on Tuesday. " * 60
TEXTS = [
    "",
    " ",
    "\n\n",
    "?",
    "👍🏽",
    "👩‍👩‍👧 🇰🇷 😀😀😀",
    "Golden",
    "GOLDEN",
    "Rosé & ROSALÍA",
    "골든은 며칠 동안 1위였어?",
    "방탄소년단",
    "로제의 APT.는 누구와 불렀어?",
    "ㅋㅋㅋㅋ",
    "宇多田ヒカル",
    "Привет, мир",
    "مرحبا",
    "\u202eevil\u202c",
    "a\u200bb",
    "x" * 300,
    "가" * 300,
    "76 days, 1,000,000 copies, 3.5%",
    "https://kryptontoday.com/?p=10257",
    "'; DROP TABLE snippets; --",
    "<b>html</b> [link](https://evil.example)",
    "What did the Berklee prof say about internationalizing kpop?",
    LONG,
    LONG * 3,
    f"{LONG} {'골든 ' * 200}",
]
NEVER = ("torch", "transformers", "sentence_transformers")


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 2048))
def test_batches_hold_every_text_once_and_never_too_many_tokens(lengths, most):
    made = list(batches(lengths, most))
    assert sorted(position for batch in made for position in batch) == list(range(len(lengths)))
    for batch in made:
        assert len(batch) * max(lengths[position] for position in batch) <= most or len(batch) == 1


@given(texts, texts)
def test_a_text_has_one_key_and_another_text_another(one, other):
    assert len(text_key(one)) == 64
    same = one.encode("utf-8", "replace") == other.encode("utf-8", "replace")
    assert (text_key(one) == text_key(other)) is same


@pytest.fixture(scope="module")
def fifty(pack: Pack) -> list[str]:
    texts = [*TEXTS, *(text for snippet in pack.snippets for text in (snippet.text, snippet.text_ko) if text)][:50]
    assert len(texts) == 50
    return texts


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers_but_for_what_eight_bits_lose(model: Embedder, fifty):
    pytest.importorskip("sentence_transformers")
    from index.embedding.adapter import adapt
    from index.embedding.export import load_sentence_transformer

    adapted = load_sentence_transformer(BUNDLED_MODEL)
    adapt(adapted, ADAPTER)
    reference = adapted.encode(fifty, normalize_embeddings=True)
    cosines = (np.asarray(reference) * model.encode(fifty)).sum(axis=1)
    worst = int(np.argmin(cosines))
    assert cosines[worst] >= 0.997, fifty[worst][:80]  # as floats 0.9999


@pytest.mark.slow
def test_vectors_have_length_one_whatever_the_text(model: Embedder, fifty):
    vectors = model.encode([*fifty, "\ud800", "\x00"])
    assert (vectors.shape, vectors.dtype) == ((52, model.dimension), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.slow
def test_a_text_has_the_same_vector_alone_and_among_others(model: Embedder, fifty):
    together = model.encode(fifty)
    alone = np.concatenate([model.encode([text]) for text in fifty])
    assert (together * alone).sum(axis=1).min() > 0.99999


@pytest.mark.slow
def test_nothing_gives_no_vectors(model: Embedder):
    assert model.encode([]).shape == (0, model.dimension)


@pytest.mark.slow
def test_no_forward_pass_exceeds_the_cap(model: Embedder, monkeypatch):
    sizes: list[int] = []
    forward = model._forward  # type: ignore[attr-defined]

    def measured(encodings):
        sizes.append(len(encodings) * max(len(encoding.ids) for encoding in encodings))
        return forward(encodings)

    monkeypatch.setattr(model, "_forward", measured)
    model.encode([LONG] * 9 + ["short"] * 100)
    assert max(sizes) <= BATCH_TOKENS
    assert len(sizes) > 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Who owns it?", True),
        ("골든은 며칠 동안 1위였어?", False),
        ("What is the Korean name of Golden, 골든?", True),
        ("76", True),
        ("", True),
        ("가", False),
    ],
)
def test_the_bundled_model_does_not_know_hangul(model: Embedder, text, known):
    assert model.knows(text) is known


@pytest.mark.slow
@pytest.mark.parametrize("question", ["who owns Ithaca Holdings?", "골든은 며칠 동안 1위였어?"])
def test_asking_never_imports_torch(model: Embedder, tmp_path, question):
    asking = (
        "import sys; from bot.cli import main; sys.argv = ['hallyu', 'ask', '--json', sys.argv[1]]\n"
        "try: main()\n"
        f"finally: print(sorted(set({NEVER}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking, question],
        env={"HALLYU_DATA_DIR": str(tmp_path / "data"), "HALLYU_CACHE_DIR": str(load_settings().cache_dir)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "answered"
    assert done.stderr.splitlines()[-1] == "[]"
