"""`hallyu doctor`: what is fine here and what is not."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bot.cli.terminal import console
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.diagnosis import Finding


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON array.")] = False,
) -> None:
    """Check the installation; one line each, with the remedy. The exit code is 1 when something is not fine."""
    findings = asyncio.run(_all())
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            console().print(_line(finding), soft_wrap=True)
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


async def _all() -> list[Finding]:
    from bot.diagnosis import examine

    return [finding async for finding in examine(load_settings())]


def _line(finding: Finding) -> Text:
    mark = ("ok   ", "green") if finding.fine else ("FAULT", "red")
    remedy = "" if finding.fine else f". {finding.remedy}"
    return Text.assemble(mark, f"  {finding.part}: {finding.what}{remedy}")
