"""Ids made of what people write."""

from __future__ import annotations

import re
import unicodedata


def slug_of(text: str) -> str:
    """The Latin letters and digits of `text`, small and joined by hyphens; empty where there are none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
