"""Other models for real, made of the bundled one's weights, since no other can be had without a network."""

from __future__ import annotations

from pathlib import Path

LAYERS = 1
"""Of the six; the vectors are others, and embedding takes a fifth of the time."""

NARROW = 128


def write_shallow(folder: Path) -> Path:
    """The first layers only, in a folder that sentence-transformers loads."""
    return _write(folder, pooling="mean", narrow=False)


def write_narrow(folder: Path) -> Path:
    """The first layers only, brought to `NARROW` dimensions by a fixed random projection."""
    return _write(folder, pooling="mean", narrow=True)


def write_first_token(folder: Path) -> Path:
    """The first layers only, which takes the vector of the first token for that of the text: the same weights."""
    return _write(folder, pooling="cls", narrow=False)


def _write(folder: Path, pooling: str, narrow: bool) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling

    from index.embedding.export import load_sentence_transformer
    from index.embedding.files import BUNDLED_MODEL

    transformer = load_sentence_transformer(BUNDLED_MODEL)[0]
    transformer.auto_model.encoder.layer = transformer.auto_model.encoder.layer[:LAYERS]
    transformer.auto_model.config.num_hidden_layers = LAYERS
    width = transformer.auto_model.config.hidden_size
    modules = [transformer, Pooling(width, pooling_mode=pooling)]
    if narrow:
        torch.manual_seed(1)
        modules.append(Dense(width, NARROW, bias=False, activation_function=torch.nn.Identity()))
    SentenceTransformer(modules=[*modules, Normalize()], device="cpu").save(str(folder))
    return folder
