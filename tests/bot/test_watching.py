"""The pulse by a clock of its own, and alert rules that match the metrics."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
import yaml

from bot.cli.health import address, ask
from bot.loop_lag import LoopLag
from bot.watching.metrics import Metrics
from bot.watching.observing import Asked
from bot.watching.pulse import MISSED, USUAL_INTERVAL, Pulse

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def metrics() -> Metrics:
    metrics = Metrics("1.0")
    engine, index = SimpleNamespace(waiting=0), SimpleNamespace(sizes=(1, 0))
    metrics.follow(engine, index, Pulse(LoopLag()))
    metrics.asked(7, "answered")
    metrics.took("whole", 0.1)
    return metrics


def names(text: str) -> set[str]:
    return set(re.findall(r"\bhallyu_[a-z_]+", text))


def test_every_metric_that_an_alert_or_the_page_names_exists(metrics):
    served = names(metrics.page().decode())
    assert names((DOCS / "alerts.yaml").read_text(encoding="utf-8")) - served == set()
    assert names((DOCS / "operations.md").read_text(encoding="utf-8")) - served == set()


def test_every_outcome_that_an_alert_or_the_page_names_exists():
    named = set(re.findall(r'outcome="([a-z_]+)"', (DOCS / "alerts.yaml").read_text(encoding="utf-8")))
    assert named == {"busy", "limited"}
    assert named <= set(get_args(Asked))
    (line,) = re.findall(r"questions by outcome: (.*) \|", (DOCS / "operations.md").read_text(encoding="utf-8"))
    assert re.sub(r" \(.*?\)", "", line).split(", ") == list(get_args(Asked))


def test_every_alert_explains_itself():
    (group,) = yaml.safe_load((DOCS / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    assert all(rule["annotations"]["summary"].endswith(".") for rule in group["rules"])


def a_client(**acknowledged: float) -> SimpleNamespace:
    """One with a shard for each session, acknowledged last at that time; that of "none" never began."""
    shards = {}
    for number, (session, at) in enumerate(acknowledged.items()):
        beat = SimpleNamespace(latency=0.1, _last_ack=at, interval=USUAL_INTERVAL)
        socket = SimpleNamespace(_keep_alive=beat, session_id=None if session == "none" else session)
        shards[number] = SimpleNamespace(_parent=SimpleNamespace(ws=socket))
    return SimpleNamespace(shards=shards, is_ready=lambda: True, is_closed=lambda: False)


def test_silence_counts_from_the_last_acknowledgement():
    now = [100.0]
    pulse = Pulse(LoopLag(), lambda: now[0])
    pulse.attach(a_client(a=110.0))
    now[0] = 120.0
    assert (pulse.silence, pulse.alive, pulse.connected) == (10.0, True, True)
    now[0] = 111.0 + MISSED * USUAL_INTERVAL
    assert (pulse.alive, pulse.connected) == (False, False)


def test_acknowledgements_without_a_session_are_silence_too():
    now = [100.0]
    pulse = Pulse(LoopLag(), lambda: now[0])
    pulse.attach(a_client(a=120.0, none=120.0))
    assert pulse.silence == 0.0
    now[0] = 130.0
    assert pulse.silence == 30.0


def test_a_shard_that_is_no_more_is_not_waited_for():
    now = [100.0]
    pulse = Pulse(LoopLag(), lambda: now[0])
    pulse.attach(a_client(a=100.0, b=100.0))
    pulse.sample()
    pulse.attach(a_client(a=400.0))
    now[0] = 410.0
    assert pulse.silence == 10.0


def test_a_bot_that_waits_of_its_own_accord_is_alive_and_grows_no_more_silent():
    now = [100.0]
    pulse = Pulse(LoopLag(), lambda: now[0])
    now[0] += 10.0
    with pulse.resting(900.0):
        now[0] += 800.0
        assert (pulse.silence, pulse.alive, pulse.connected, pulse.rest_s) == (10.0, True, False, 100.0)
    now[0] += 5.0
    assert (pulse.silence, pulse.rest_s) == (15.0, 0.0)


def test_health_says_so_where_something_answers_that_speaks_no_http():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        answering = threading.Thread(target=answer)
        answering.start()
        alive, sentence = ask(address("127.0.0.1", server.getsockname()[1]))
        answering.join()
    assert not alive
    assert sentence.endswith("does not answer (220 mail.example ESMTP).")


@pytest.mark.parametrize("host", ["a b", "[", "a\x00"])
def test_health_says_so_where_the_host_is_none(host):
    alive, sentence = ask(address(host, 8080))
    assert (alive, sentence.startswith("Not alive: ")) == (False, True)


@pytest.mark.parametrize(("host", "asked"), [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("127.0.0.1", "127.0.0.1")])
def test_health_asks_this_machine(host, asked):
    assert address(host, 8080) == f"http://{asked}:8080/livez"
