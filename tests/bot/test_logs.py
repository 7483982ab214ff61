"""Logs: no secret in any line, whatever it came in and however it is written."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable

import pytest
import structlog

from bot.logs import configure_logs
from bot.settings import LogFormat, LogLevel
from fakes.logging_state import logging_restored

BOT_TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
HOOK_TOKEN = "YWxsIGdvb2Q-dGhpbmdz_gb21lIHRvIGFuIGVuZA"
PASSWORD = "p4ss-w0rd"
CALL_TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5OnNlY3JldC1zZWNyZXQ"
CANARIES = {
    "a bot's token": f"Bot {BOT_TOKEN}",
    "a webhook": f"https://discord.com/api/v10/webhooks/123456789012345678/{HOOK_TOKEN}/messages/@original?wait=true",
    "an interaction": f"https://discord.com/api/v10/interactions/123456789012345678/{HOOK_TOKEN}/callback",
    "a password in an address": f"http://ada:{PASSWORD}@proxy.example:3128/",
    "an interaction's token": f'{{"token": "{CALL_TOKEN}"}}',
}


class Carrier:
    """Something that is no text and shows its content when it is written."""

    def __init__(self, content: str) -> None:
        self.content = content

    def __repr__(self) -> str:
        return f"<{self.content}>"


@pytest.fixture
def set_up(monkeypatch, capsys):
    """Sets logging up; what comes back gives what has been written since."""

    def setting_up(level: LogLevel, form: LogFormat) -> Callable[[], str]:
        stream = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            configure_logs(level, form)

        def written() -> str:
            assert capsys.readouterr() == ("", ""), "nothing is written elsewhere"
            text = stream.getvalue()
            stream.seek(0)
            stream.truncate()
            return text

        return written

    with logging_restored():
        yield setting_up


@pytest.fixture(params=["console", "json"])
def written(request, set_up):
    return set_up("DEBUG", request.param)


@pytest.fixture(params=CANARIES.values(), ids=CANARIES)
def secret(request):
    return request.param


def check(text: str) -> None:
    """Something was written, and the tokens are blotted out of it."""
    assert "[redacted]" in text
    assert not any(token in text for token in (BOT_TOKEN, HOOK_TOKEN, CALL_TOKEN, PASSWORD))


ours = structlog.stdlib.get_logger("ours")
theirs = logging.getLogger("theirs")


def test_an_event_and_its_fields(written, secret):
    ours.info(f"sent to {secret}")
    check(written())
    ours.info("sent", to=secret, parts=[secret], nested={"to": {"address": Carrier(secret)}}, raw=secret.encode())
    check(written())


def test_records_of_libraries(written, secret):
    theirs.warning("%s with %s", secret, Carrier(secret), extra={"address": Carrier(secret)})
    check(written())


def fail(secret: str) -> None:
    try:
        raise ValueError(secret)
    except ValueError as error:
        error.add_note(f"while calling {secret}")
        raise RuntimeError(f"outside of {secret}") from error


def test_exceptions_with_their_causes_and_notes(written, secret):
    for log in (ours, theirs):
        try:
            fail(secret)
        except RuntimeError as error:
            log.exception("failed")
            log.error("failed", exc_info=error)
        text = written()
        check(text)
        assert text.count("Traceback") == 4


def test_what_ends_a_thread(written, secret):
    thread = threading.Thread(target=fail, args=(secret,))
    thread.start()
    thread.join()
    text = written()
    check(text)
    assert "crashed" in text


def test_what_ends_the_process(written, secret):
    try:
        fail(secret)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    text = written()
    check(text)
    assert "crashed" in text


def test_warnings_and_faulty_records(written, secret):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"old: {secret}", stacklevel=1)
    check(written())
    theirs.info("%d", secret)
    assert secret not in written()


def test_the_rest_of_a_line_stays(written):
    ours.info("sent to https://discord.com/api/v10/webhooks/1/abc/messages", snippet="golden-76-days", took_ms=3.5)
    text = written()
    assert "https://discord.com/api/v10/webhooks/[redacted]/messages" in text
    assert "golden-76-days" in text
    assert "3.5" in text


def test_json_is_one_object_a_line(set_up):
    written = set_up("INFO", "json")
    ours.info("골든", cause="two\nlines", broken="\x1b[31m")
    theirs.error("failed", exc_info=ValueError("x"))
    first, second = map(json.loads, written().splitlines())
    assert (first["event"], first["level"], first["logger"], first["cause"]) == ("골든", "info", "ours", "two\nlines")
    assert (second["event"], second["logger"]) == ("failed", "theirs")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", first["timestamp"])


def test_less_than_the_level_is_not_written(set_up):
    written = set_up("WARNING", "console")
    ours.info("quiet")
    theirs.info("quiet")
    ours.warning("loud")
    assert re.findall("quiet|loud", written()) == ["loud"]


def test_the_interaction_is_in_the_lines_of_libraries_too(set_up):
    written = set_up("INFO", "json")
    with structlog.contextvars.bound_contextvars(interaction=123456789012345678):
        ours.info("ours")
        theirs.info("theirs")
    theirs.info("later")
    assert [json.loads(line).get("interaction") for line in written().splitlines()] == [123456789012345678] * 2 + [None]
