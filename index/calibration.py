"""The measured weights of the decision, kept in a file that a person can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from index.confidence import Basis, Calibration, Confidence
from index.evidence import Evidence
from knowledge.models import LANGUAGES


def load_calibration() -> Calibration:
    """The confidence model of each language and basis, from `index/calibration.json`."""
    kept = _kept()
    return {language: {basis: _model(kept[language][basis]) for basis in Basis} for language in LANGUAGES}


def _model(kept: Mapping[str, Any]) -> Confidence:
    return Confidence(kept["bias"], Evidence(**kept["weights"]), kept["threshold"], kept["least_dense"])


def calibrated_with() -> str:
    """The model with whose cosines it was fitted; another one's may call for other thresholds."""
    return str(_kept()["model"])


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(files("index").joinpath("calibration.json").read_text(encoding="utf-8"))
    return kept
