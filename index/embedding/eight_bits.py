"""Weights in a quarter of the room: 8 bits each, which onnxruntime multiplies as whole numbers.

Every `BLOCK` weights that stand below one another in a matrix share a scale, so that the largest of them becomes 127;
what they are multiplied with is rounded in the same way when it is there. Where a processor has no instructions for
that, onnxruntime makes floats of them again, which is right and slow
(https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md, com.microsoft.MatMulNBits).
docs/experiments.md has what it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import onnx

BLOCK = 32
"""How many weights share a scale: with 128 the vectors differ twice as much."""

_DOMAIN = "com.microsoft"
_LARGEST = 127
_ZERO = 128
"""Stored numbers are without sign."""

_WHOLE_NUMBERS = 4
"""What the operator is told in `accuracy_level` to multiply whole numbers."""


def keep_in_eight_bits(model: onnx.ModelProto) -> None:
    """Replaces every product with a stored matrix in a graph, and the matrix."""
    from onnx import helper, numpy_helper

    graph = model.graph
    stored = {tensor.name: tensor for tensor in graph.initializer if len(tensor.dims) == 2}
    products = [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in stored]
    for name in sorted({node.input[1] for node in products}):
        numbers, scales = in_blocks(numpy_helper.to_array(stored[name]))
        of_numbers, of_scales = _parts(name)
        graph.initializer.append(numpy_helper.from_array(numbers, of_numbers))
        graph.initializer.append(numpy_helper.from_array(scales, of_scales))
    for node in products:
        name = node.input[1]
        inputs, outputs = [node.input[0], *_parts(name)], list(node.output)
        rows, columns = stored[name].dims
        kind = {"K": rows, "N": columns, "bits": 8, "block_size": BLOCK, "accuracy_level": _WHOLE_NUMBERS}
        node.CopyFrom(helper.make_node("MatMulNBits", inputs, outputs, node.name, domain=_DOMAIN, **kind))
    used = {name for node in graph.node for name in node.input}
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in used]:
        graph.initializer.remove(tensor)
    model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))


def in_blocks(matrix: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """A matrix of shape (K, N) as the operator takes it: numbers of shape (N, blocks, `BLOCK`) and the scale of each
    block, of shape (N, blocks); the last block of a column is filled up with zeros."""
    rows, columns = matrix.shape
    filled = np.pad(matrix.T, ((0, 0), (0, -rows % BLOCK)))
    blocks = filled.reshape(columns, -1, BLOCK)
    scales = np.abs(blocks).max(axis=2) / _LARGEST
    numbers = np.rint(blocks / np.where(scales, scales, 1)[..., None]) + _ZERO
    return numbers.astype(np.uint8), scales.astype(np.float32)


def _parts(name: str) -> tuple[str, str]:
    return f"{name}.numbers", f"{name}.scales"
