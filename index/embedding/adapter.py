"""What the bundled model has learnt beyond its weights (tests/benchmarks/tune.py): small matrices that are added to
some of them when it is exported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_DOWN, _UP = ".down", ".up"


def save_adapter(path: Path, changes: Mapping[str, torch.Tensor], rank: int) -> None:
    """Keeps changes of weights, by their name, in half precision: those of matrices as two factors of `rank`, the
    nearest there are (by singular values), those of vectors whole."""
    import torch
    from safetensors.torch import save_file

    kept: dict[str, torch.Tensor] = {}
    for name, change in changes.items():
        if change.ndim == 2:
            left, sizes, right = torch.linalg.svd(change, full_matrices=False)
            root = sizes[:rank].sqrt()
            kept[name + _UP] = (left[:, :rank] * root).half().contiguous()
            kept[name + _DOWN] = (root[:, None] * right[:rank]).half().contiguous()
        else:
            kept[name] = change.half().contiguous()
    save_file(kept, path)


def adapt(loaded: SentenceTransformer, path: Path) -> None:
    """Adds the changes in a file to the weights of the same name in a model's encoder."""
    import torch
    from safetensors.torch import load_file

    kept = load_file(path)
    encoder: Any = loaded[0].auto_model
    weights = dict(encoder.named_parameters())
    with torch.no_grad():
        for name, tensor in kept.items():
            if name.endswith(_UP):
                matrix = name.removesuffix(_UP)
                weights[matrix].add_(tensor.float() @ kept[matrix + _DOWN].float())
            elif not name.endswith(_DOWN):
                weights[name].add_(tensor.float())
