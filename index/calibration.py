"""The measured weights of the decision, kept in a file that a person can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from index.evidence import Confidence, Evidence
from knowledge.models import LANGUAGES, Language


def load_calibration() -> Mapping[Language, Confidence]:
    """The confidence model of each language, from `index/calibration.json`."""
    kept = _kept()
    return {
        language: Confidence(
            bias=kept[language]["bias"],
            threshold=kept[language]["threshold"],
            least_dense=kept[language]["least_dense"],
            weights=Evidence(**kept[language]["weights"]),
        )
        for language in LANGUAGES
    }


def calibrated_with() -> str:
    """The model with whose cosines it was fitted; another one's may call for other thresholds."""
    return str(_kept()["model"])


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(files("index").joinpath("calibration.json").read_text(encoding="utf-8"))
    return kept
