"""From text to vectors: where a model comes from, its one-time export to ONNX, and encoding at run time."""

from index.embedding.embedder import Embedder, OnnxEmbedder, Vectors, text_key
from index.embedding.files import ModelFiles, ModelMissing, find_model, load_model_files

__all__ = [
    "Embedder",
    "ModelFiles",
    "ModelMissing",
    "OnnxEmbedder",
    "Vectors",
    "find_model",
    "load_model_files",
    "text_key",
]
