"""What is added to a model's weights comes back from its file as it was learnt."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from index.embedding.adapter import adapt, save_adapter  # noqa: E402
from index.embedding.files import ADAPTER  # noqa: E402


def a_layer():
    torch.manual_seed(1)
    return torch.nn.Linear(6, 4)


def model_of(layer):
    """A model as sentence-transformers has it, with this encoder."""
    return [SimpleNamespace(auto_model=layer)]


def test_changes_of_low_rank_come_back_within_half_precision(tmp_path):
    layer, file = a_layer(), tmp_path / "adapter.safetensors"
    was = {name: tensor.clone() for name, tensor in layer.state_dict().items()}
    change = torch.outer(torch.arange(4.0), torch.linspace(-1, 1, 6))
    save_adapter(file, {"weight": change, "bias": torch.full((4,), 0.5)}, rank=2)
    adapt(model_of(layer), file)
    assert torch.allclose(layer.weight, was["weight"] + change, atol=5e-3)
    assert torch.allclose(layer.bias, was["bias"] + 0.5)


def test_of_a_change_of_higher_rank_the_largest_part_is_kept(tmp_path):
    layer, file = a_layer(), tmp_path / "adapter.safetensors"
    was = layer.weight.detach().clone()
    save_adapter(file, {"weight": torch.diag_embed(torch.tensor([4.0, 2.0, 0.5, 0.1])) @ torch.eye(4, 6)}, rank=2)
    adapt(model_of(layer), file)
    added = (layer.weight - was).diagonal()
    assert torch.allclose(added, torch.tensor([4.0, 2.0, 0.0, 0.0]), atol=5e-3)


def test_a_weight_that_the_model_lacks_is_an_error(tmp_path):
    file = tmp_path / "adapter.safetensors"
    save_adapter(file, {"other.weight": torch.ones(4, 6)}, rank=1)
    with pytest.raises(KeyError):
        adapt(model_of(a_layer()), file)


def test_the_bundled_one_is_small():
    assert ADAPTER.stat().st_size < 1_500_000
