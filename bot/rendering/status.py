"""The card of `/status`: what is wrong first, then this server, then the process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from discord import ui

from bot.catalogue import Voice
from bot.rendering.layout import Press, page, row, small
from bot.rendering.markdown import fit
from bot.watching.report import DAYS, Disk, Health, Report, Versions
from knowledge.tallies import Figures

REFRESH = re.compile(r"hallyu:status")

_OUTCOMES = ("answered", "declined", "which_one")
"""Those with a line of their own. What is none of them and has not "failed" was turned away."""

_NAME = 80
"""UTF-16 units of a version or of the name of a model."""


def status_card(report: Report, voice: Voice) -> ui.LayoutView:
    """For one server's admins, with a button that asks anew."""
    return page(
        [
            f"### {voice.say('status_card.head')}",
            "\n".join(_state(report, voice)),
            _part("asked_head", _asked(report.asked, voice), voice),
            _part("known_head", _known(report.figures, voice), voice),
            _part("process_head", _process(report.health, report.since, voice), voice),
            _part("data_head", _data(report.disk, voice), voice),
            small(_versions(report.versions, report.figures, voice)),
            row([Press(voice.say("status_card.refresh"), REFRESH.pattern)]),
        ]
    )


def _part(head: str, lines: list[str], voice: Voice) -> str:
    return "\n".join([f"**{voice.say(f'status_card.{head}', days=DAYS)}**", *(f"- {line}" for line in lines)])


def _state(report: Report, voice: Voice) -> list[str]:
    """One line a fault, or that there is none."""
    missing = [part for part, fine in report.health.ready.items() if not fine]
    lines = [voice.say(f"status_card.missing.{part}") for part in missing]
    if not report.health.alive:
        lines.append(voice.say("status_card.not_alive"))
    if report.writes != "fine":
        lines.append(voice.say(f"status_card.writes_{report.writes}"))
    return lines or [voice.say("status_card.fine")]


def _asked(asked: Mapping[str, int] | None, voice: Voice) -> list[str]:
    if asked is None:
        return [voice.say("status_card.unread")]
    failed = asked.get("failed", 0)
    counts = {name: asked.get(name, 0) for name in _OUTCOMES}
    counts["turned_away"] = sum(asked.values()) - sum(counts.values()) - failed
    counts["failed"] = failed
    total = voice.say("status_card.asked.total", count=sum(asked.values()))
    return [total, *(voice.say(f"status_card.asked.{name}", count=count) for name, count in counts.items())]


def _known(figures: Figures | None, voice: Voice) -> list[str]:
    if figures is None:
        return [voice.say("status_card.unread")]
    return [
        voice.say("status_card.notes", own=figures.own, bundled=figures.bundled),
        voice.say("status_card.proposals", count=figures.proposals),
        voice.say("status_card.queue", questions=figures.questions, complaints=figures.complaints),
    ]


def _process(health: Health, since: datetime, voice: Voice) -> list[str]:
    bundled, own = health.indexed
    return [
        voice.say("status_card.since", time=_moment(since)),
        _gateway(health, voice),
        voice.say("status_card.lag", lag=round(health.lag_ms)),
        voice.say("status_card.waiting", count=health.waiting),
        voice.say("status_card.indexed", own=own, bundled=bundled),
    ]


def _gateway(health: Health, voice: Voice) -> str:
    silence = round(health.silence)
    if health.latency_ms is None:
        return voice.say("status_card.no_heartbeat", silence=silence)
    return voice.say("status_card.gateway", latency=round(health.latency_ms), silence=silence)


def _data(disk: Disk, voice: Voice) -> list[str]:
    if disk.free is None or disk.database is None:
        sizes = voice.say("status_card.no_sizes")
    else:
        sizes = voice.say("status_card.sizes", database=_size(disk.database), free=_size(disk.free))
    backup = disk.backup
    return [
        sizes,
        voice.say("status_card.backup", time=_moment(backup)) if backup else voice.say("status_card.no_backup"),
    ]


def _versions(versions: Versions, figures: Figures | None, voice: Voice) -> str:
    parts = [
        f"Hallyu {versions.hallyu}",
        f"Python {versions.python}",
        f"discord.py {versions.discord}",
        f"SQLite {versions.sqlite}",
        *([voice.say("status_card.schema", version=figures.version)] if figures else []),
        voice.say("status_card.model", name=versions.model, fingerprint=versions.fingerprint),
    ]
    return " · ".join(fit(part, _NAME) for part in parts)


def _moment(moment: datetime) -> str:
    """In the reader's own time zone and language, and how long ago that was."""
    seconds = int(moment.timestamp())
    return f"<t:{seconds}:f> (<t:{seconds}:R>)"


def _size(count: int) -> str:
    """Bytes in decimal units, as a disk is sold."""
    if count >= 10**9:
        return f"{count / 10**9:.1f} GB"
    return f"{count / 10**6:.1f} MB"
