"""Collects what is wrong with a body under the paths of its fields, as Discord's 50035 reports it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from .wire import JSON, ApiError

Faults = list[tuple[tuple[str, ...], str, str]]


class Field:
    """A value of a body and the path to it; children share the list of faults."""

    def __init__(self, value: Any, path: tuple[str, ...] = (), faults: Faults | None = None) -> None:
        self.value = value
        self._path = path
        self._faults: Faults = [] if faults is None else faults

    def __getitem__(self, key: str) -> Field:
        inner = self.value.get(key) if isinstance(self.value, dict) else None
        return Field(inner, (*self._path, key), self._faults)

    def each(self) -> list[Field]:
        """The items of a list; none where there is no list."""
        items = self.value if isinstance(self.value, list) else []
        return [Field(item, (*self._path, str(i)), self._faults) for i, item in enumerate(items)]

    def entries(self) -> list[Field]:
        """The values of an object, such as a table of localizations."""
        return [self[key] for key in (self.value if isinstance(self.value, dict) else ())]

    def refuse(self, code: str, message: str) -> None:
        self._faults.append((self._path, code, message))

    def sized(self, most: int, least: int = 0) -> None:
        """A string or list of `least` to `most`; a `least` above 0 makes it required."""
        if self.value is None:
            if least:
                self.refuse("BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(self.value, str | list):
            self.refuse("BASE_TYPE_BAD_TYPE", f"{self.value!r} is neither text nor a list")
        elif not least <= len(self.value) <= most:
            code = "BASE_TYPE_BAD_LENGTH" if least else "BASE_TYPE_MAX_LENGTH"
            self.refuse(code, f"Must be between {least} and {most} in length.")

    def among(self, allowed: Container[Any], code: str = "BASE_TYPE_CHOICES") -> bool:
        """Whether the value is allowed; refuses it where not."""
        fits = self.value in allowed
        if not fits:
            self.refuse(code, f"Value {self.value!r} is not one of {allowed}.")
        return fits

    def unique(self, values: list[Any], code: str, message: str) -> None:
        if len(values) != len(set(values)):
            self.refuse(code, message)

    def finish(self) -> None:
        """Raises all faults at once as 50035."""
        if not self._faults:
            return
        tree: JSON = {}
        for path, code, message in self._faults:
            node = tree
            for step in path:
                node = node.setdefault(step, {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        raise ApiError(400, 50035, "Invalid Form Body", errors=tree)
