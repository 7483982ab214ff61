"""Encoding at run time with onnxruntime and tokenizers; torch is never imported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from index.embedding.files import ModelFiles, ModelMissing
from index.embedding.word_table import WordTable

Vectors = npt.NDArray[np.float32]

BATCH_TOKENS = 2048
"""Most tokens (padding included) of one forward pass: bounds the memory, and larger is no faster on two cores."""


def text_key(text: str) -> str:
    """The address of a text's vector: hex SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Embedder(Protocol):
    """Turns texts into unit vectors. Vectors of different fingerprints must never meet in one index."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def knows(self, text: str) -> bool:
        """Whether the text is in a script that the model understands. Others have that of their gloss, or none."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 of shape (len(texts), dimension), rows of length 1, in the order of `texts`."""
        ...


class OnnxEmbedder:
    """An exported sentence-transformers model. `threads` are those of one forward pass."""

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        self._manifest = files.manifest
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps the largest batch ever seen resident
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(files.onnx), options, providers=["CPUExecutionProvider"])
            self._words = _word_table(files, self._session)
            self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
        except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions
            raise ModelMissing("The exported model cannot be read. Run `hallyu model export`.") from error
        # The bundled tokenizer.json pads and cuts to 128, sentence-transformers to the model's own length.
        self._tokenizer.enable_truncation(self._manifest.max_tokens)
        self._tokenizer.no_padding()

    @property
    def fingerprint(self) -> str:
        return self._manifest.fingerprint

    @property
    def dimension(self) -> int:
        return self._manifest.dimension

    def knows(self, text: str) -> bool:
        return self._manifest.knows(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch([t.encode("utf-8", "replace").decode() for t in texts])
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for batch in batches([len(e.ids) for e in encodings], BATCH_TOKENS):
            vectors[batch] = self._forward([encodings[i] for i in batch])
        return vectors

    def _forward(self, encodings: Sequence[Encoding]) -> Vectors:
        width = max(len(e.ids) for e in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        named = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        inputs = {name: named[name] for name in self._manifest.inputs}
        words = {name: table.rows(ids) for name, table in self._words.items()}
        output = self._session.run(None, {**inputs, **words})[0]
        return np.asarray(output, dtype=np.float32)


def _word_table(files: ModelFiles, session: onnxruntime.InferenceSession) -> dict[str, WordTable]:
    """The table whose rows the graph takes, by the name of that input; none where the graph has it inside."""
    taken = [given for given in session.get_inputs() if given.name not in files.manifest.inputs]
    return {given.name: WordTable(files.words, given.shape[-1]) for given in taken}


def batches(lengths: Sequence[int], most_tokens: int) -> Iterator[list[int]]:
    """Positions grouped by length, so that a padded batch holds at most `most_tokens` (or one text)."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[position] > most_tokens:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
