"""The one-time export of a sentence-transformers model to ONNX: transformer, pooling and normalisation in one graph.

This module and `adapter` alone need torch; they import it inside their functions, so that nothing else ever does.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedding.adapter import adapt
from index.embedding.eight_bits import keep_in_eight_bits
from index.embedding.files import (
    ADAPTER,
    ONNX,
    RECIPE,
    TOKENIZER,
    WEIGHTS,
    WORDS,
    Manifest,
    ModelFiles,
    adapter_of,
    export_folder,
    find_model,
    load_model_files,
    sha256_of,
    write_manifest,
)
from index.embedding.probe import scripts_known
from knowledge.errors import HallyuError

if TYPE_CHECKING:
    import onnx
    from sentence_transformers import SentenceTransformer

OPSET = 17


def export_model(cache: Path, model: str) -> ModelFiles:
    """Exports `model` into the cache folder, whole or not at all, and returns the verified files.

    Raises `HallyuError` when sentence-transformers or the weights are missing or the folder cannot be written.
    """
    folder = export_folder(cache, model)
    loaded = load_sentence_transformer(model)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            made = Path(scratch) / "export"
            made.mkdir()
            _write(loaded, model, made)
            shutil.rmtree(folder, ignore_errors=True)
            os.replace(made, folder)
    except OSError as error:
        raise HallyuError(
            f"The cache folder {cache} cannot be written ({error.strerror}). Set HALLYU_CACHE_DIR to one that can."
        ) from error
    return load_model_files(cache, model)


def load_sentence_transformer(model: str) -> SentenceTransformer:
    """The model in sentence-transformers, on the CPU, in evaluation mode, as it is published. `HallyuError` where it
    cannot be had."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise HallyuError(
            "sentence-transformers is not installed here, so no model can be exported. Run `make ask` in a checkout, "
            "or copy the cache folder (HALLYU_CACHE_DIR) from a machine that has it."
        ) from error
    where = find_model(model)
    with _quiet():
        try:
            return SentenceTransformer(
                where, device="cpu", trust_remote_code=False, model_kwargs={"attn_implementation": "eager"}
            ).eval()
        except Exception as error:  # transformers and safetensors raise many kinds
            raise HallyuError(f"The model {model} could not be loaded. Check HALLYU_MODEL. ({error})") from error


def _write(loaded: SentenceTransformer, model: str, folder: Path) -> None:
    tokenizer: Any = loaded.tokenizer
    fingerprint = _fingerprint(loaded, adapter := adapter_of(model))
    if adapter:
        adapt(loaded, ADAPTER)
    inputs = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in tokenizer.model_input_names]
    _export_graph(loaded, inputs, folder / ONNX)
    _take_apart(folder / ONNX)
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    write_manifest(
        folder,
        Manifest(
            model=model,
            fingerprint=fingerprint,
            dimension=int(loaded.get_embedding_dimension() or 0),
            max_tokens=int(loaded.max_seq_length or 256),
            inputs=inputs,
            scripts=scripts_known(lambda texts: loaded.encode(texts, normalize_embeddings=True)),
            sha256={file.name: sha256_of(file) for file in sorted(folder.iterdir())},
            adapter=adapter,
            recipe=RECIPE,
        ),
    )


def _export_graph(loaded: SentenceTransformer, inputs: list[str], path: Path) -> None:
    import torch

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = loaded

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            features = self.model(dict(zip(inputs, tensors, strict=True)))
            return torch.nn.functional.normalize(features["sentence_embedding"], p=2, dim=1)

    example = loaded.tokenizer(["first", "a second, longer text"], padding=True, return_tensors="pt")
    dynamic = {name: {0: "batch", 1: "tokens"} for name in inputs}
    with _quiet(), torch.no_grad():
        torch.onnx.export(
            Graph(),
            tuple(example[name] for name in inputs),
            str(path),
            input_names=inputs,
            output_names=["embedding"],
            dynamic_axes={**dynamic, "embedding": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _take_apart(path: Path) -> None:
    """Moves the table of words out of the graph, which takes their rows instead (`WordTable`), and the other weights,
    in 8 bits each, into a file beside it."""
    import onnx

    model = onnx.load(str(path))
    if table := _without_table(model.graph):
        path.with_name(WORDS).write_bytes(table)
    keep_in_eight_bits(model)
    onnx.save_model(model, str(path), save_as_external_data=True, location=WEIGHTS, size_threshold=1024)
    path.with_name(WEIGHTS).chmod(path.stat().st_mode)  # onnx leaves it to its owner alone


def _without_table(graph: onnx.GraphProto) -> bytes | None:
    """The rows of the table in which `input_ids` are looked up, as little-endian float32; None where there is none."""
    from onnx import TensorProto, helper, numpy_helper

    stored = {tensor.name: tensor for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Gather" and node.input[1] == "input_ids" and node.input[0] in stored:
            table = stored[node.input[0]]
            shape = ["batch", "tokens", table.dims[1]]
            graph.input.append(helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, shape))
            graph.initializer.remove(table)
            graph.node.remove(node)
            return numpy_helper.to_array(table).astype("<f4").tobytes()
    return None


def _fingerprint(loaded: SentenceTransformer, adapter: str) -> str:
    """16 hex digits over the published weights, the checksum of what is added to them, vocabulary, cut length, recipe
    and what is done with the tokens' vectors: the same on every machine, unlike the last digits of their sum."""
    digest = hashlib.sha256(f"{RECIPE}|{loaded.max_seq_length}|{adapter}".encode())
    for name, tensor in sorted(loaded.state_dict().items()):
        digest.update(name.encode() + tensor.detach().cpu().contiguous().numpy().tobytes())
    vocabulary: dict[str, int] = loaded.tokenizer.get_vocab()
    digest.update(repr(sorted(vocabulary.items())).encode())
    digest.update("".join(_followed_by(list(loaded)[1:])).encode())
    return digest.hexdigest()[:16]


def _followed_by(modules: list[Any]) -> Iterator[str]:
    """What follows the transformer, unless it is the mean over the tokens, or brings vectors to length 1, which the
    export does anyway. The weights alone do not tell."""
    for module in modules:
        kind, config = type(module).__name__, module.get_config_dict()
        is_mean = kind == "Pooling" and config.get("pooling_mode") == "mean" and config.get("include_prompt") is True
        if not is_mean and kind != "Normalize":
            yield f"{kind}{sorted(config.items())}"


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the libraries' progress bars and deprecation notes away from people."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
