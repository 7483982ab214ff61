"""Stored weights in 8 bits: what comes back of them, and a graph that multiplies with them."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.embedding.eight_bits import BLOCK, in_blocks, keep_in_eight_bits

onnx = pytest.importorskip("onnx")

ROWS, COLUMNS = 2 * BLOCK + 8, 5

matrices = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 3 * BLOCK), st.integers(1, 4)),
    elements=st.floats(-8, 8, width=32),
)


@given(matrices)
def test_a_weight_comes_back_within_half_a_step_of_its_block(matrix):
    numbers, scales = in_blocks(matrix)
    assert (numbers.dtype, scales.dtype) == (np.uint8, np.float32)
    back = (numbers.astype(np.float32) - 128) * scales[..., None]
    back = back.reshape(matrix.shape[1], -1)[:, : matrix.shape[0]].T
    steps = scales.repeat(BLOCK, axis=1)[:, : matrix.shape[0]].T
    assert np.all(np.abs(back - matrix) <= steps * 0.501 + 1e-30)


@given(matrices)
def test_nought_comes_back_as_nought(matrix):
    numbers, _ = in_blocks(np.zeros_like(matrix))
    assert np.all(numbers == 128)


def graph_of(weights, other):
    """((x · weights) · (y · weights)ᵀ) · other."""
    helper, numpy_helper = onnx.helper, onnx.numpy_helper
    nodes = [
        helper.make_node("MatMul", ["x", "weights"], ["a"]),
        helper.make_node("MatMul", ["y", "weights"], ["b"]),
        helper.make_node("Transpose", ["b"], ["bt"], perm=[1, 0]),
        helper.make_node("MatMul", ["a", "bt"], ["ab"]),
        helper.make_node("MatMul", ["ab", "other"], ["out"]),
    ]
    values = {name: helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [2, ROWS]) for name in "xy"}
    out = helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, [2, 3])
    kept = [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(other, "other")]
    graph = helper.make_graph(nodes, "graph", list(values.values()), [out], kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model, inputs):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)[0]


def test_a_graph_gives_nearly_the_same_and_keeps_no_float_matrix():
    random = np.random.default_rng(7)
    weights, other, x, y = (
        random.normal(size=shape).astype(np.float32) for shape in ((ROWS, COLUMNS), (2, 3), (2, ROWS), (2, ROWS))
    )
    model = graph_of(weights, other)
    exact = run(model, {"x": x, "y": y})
    keep_in_eight_bits(model)
    near = run(model, {"x": x, "y": y})
    assert np.abs(near - exact).max() < 0.1 * np.abs(exact).max()
    assert [node.op_type for node in model.graph.node] == [
        "MatMulNBits",
        "MatMulNBits",
        "Transpose",
        "MatMul",
        "MatMulNBits",
    ]
    assert not {"weights", "other"} & {tensor.name for tensor in model.graph.initializer}
    assert len(model.graph.initializer) == 4


def test_the_products_follow_the_weights():
    weights = np.zeros((ROWS, COLUMNS), np.float32)
    weights[3, 1] = 2.0
    model = graph_of(weights, np.ones((2, 3), np.float32))
    keep_in_eight_bits(model)
    x = np.zeros((2, ROWS), np.float32)
    x[0, 3] = 1.0
    assert run(model, {"x": x, "y": x}) == pytest.approx(np.array([[4.0] * 3, [0.0] * 3]), abs=1e-3)
