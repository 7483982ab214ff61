"""Settings: every fault at once, in words, and no secret in anything that is shown."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from bot.settings import Settings, environment_names, load_settings
from knowledge.errors import HallyuError

CANARY = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """An empty folder to work in, and none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in environment_names():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def given(monkeypatch):
    def give(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return give


def complaint(*, for_discord: bool = True) -> list[str]:
    """The lines under the headline of the refusal."""
    with pytest.raises(HallyuError) as refusal:
        load_settings(for_discord=for_discord)
    headline, *faults = str(refusal.value).splitlines()
    assert headline == "The settings have faults:"
    return faults


def test_without_any_setting_the_defaults_hold():
    settings = load_settings(for_discord=True)
    assert settings.discord_token() is None
    assert settings.api_url is None
    assert settings.database == Path("data/hallyu.db")
    assert (settings.model, settings.log_level, settings.log_format) == (None, "INFO", "console")


def test_all_faults_are_reported_together(given, tmp_path):
    given(
        DISCORD_TOKEN=CANARY,
        DISCORD_TOKEN_FILE=str(tmp_path / "token"),
        DISCORD_API_URL="http://proxy.example",
        HALLYU_LOG_LEVEL="loud",
        HALLYU_LOG_FORMAT="xml",
    )
    assert complaint() == [
        "- DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set. Keep one.",
        "- DISCORD_API_URL: is an http:// address of another machine; use https://, since the token goes there.",
        "- HALLYU_LOG_LEVEL: must be DEBUG, INFO, WARNING or ERROR.",
        "- HALLYU_LOG_FORMAT: must be console or json.",
    ]


def test_what_does_not_talk_to_discord_does_not_fail_for_its_sake(given):
    given(DISCORD_TOKEN_FILE="/nowhere/token")
    load_settings()
    assert complaint() == ["- DISCORD_TOKEN_FILE: /nowhere/token cannot be read. Check the path."]


@pytest.mark.parametrize("variables", [{"DISCORD_TOKEN": f"{CANARY} x"}, {"HALLYU_LOG_LEVEL": CANARY}])
def test_no_refusal_shows_a_value(given, variables):
    given(**{"DISCORD_TOKEN": CANARY} | variables)
    with pytest.raises(HallyuError) as refusal:
        load_settings(for_discord=True)
    assert CANARY not in "".join(traceback.format_exception(refusal.value))


def test_no_form_of_the_settings_shows_the_token(given):
    given(DISCORD_TOKEN=CANARY, DISCORD_API_URL=f"https://bot:{CANARY}@proxy.example")
    settings = load_settings(for_discord=True)
    assert settings.discord_token() == CANARY
    for shown in (repr(settings), str(settings), repr(settings.token), f"{settings!r:>10}"):
        assert CANARY not in shown


def test_the_token_may_stand_in_a_file(given, tmp_path):
    (tmp_path / "token").write_text(f"  {CANARY}\n", encoding="utf-8")
    given(DISCORD_TOKEN_FILE=str(tmp_path / "token"))
    assert load_settings(for_discord=True).discord_token() == CANARY


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty. Put the bot's token in it."),
        (b" \n", "is empty. Put the bot's token in it."),
        (b"\xff\xfe", "cannot be read. Check the path."),
        (f"{CANARY}\n{CANARY}".encode(), "holds a space or another character that no token has"),
    ],
)
def test_a_faulty_token_file_is_named_without_its_content(given, tmp_path, content, message):
    (tmp_path / "token").write_bytes(content)
    given(DISCORD_TOKEN_FILE=str(tmp_path / "token"))
    (fault,) = complaint()
    assert "DISCORD_TOKEN_FILE" in fault
    assert message in fault
    assert CANARY not in fault


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "토큰", "nul\udcff"])
def test_what_no_token_looks_like_is_refused_before_it_is_sent(given, token):
    given(DISCORD_TOKEN=token)
    (fault,) = complaint()
    assert fault.startswith("- DISCORD_TOKEN: holds a space")


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_token_is_no_token(given, empty):
    given(DISCORD_TOKEN=empty)
    settings = load_settings(for_discord=True)
    assert settings.discord_token() is None
    with pytest.raises(HallyuError, match="There is no bot token yet"):
        settings.needed_token()


@pytest.mark.parametrize("name", environment_names())
def test_an_empty_variable_means_the_default(given, name):
    given(**{name: ""})
    assert load_settings(for_discord=True) == Settings()


def test_a_level_may_be_written_in_small_letters(given):
    given(HALLYU_LOG_LEVEL="debug")
    assert load_settings().log_level == "DEBUG"


def test_a_tilde_is_the_home_folder(given):
    given(HALLYU_DATA_DIR="~/hallyu", HALLYU_CACHE_DIR="~/cache", DISCORD_TOKEN_FILE="~/token")
    settings = load_settings()
    home = Path.home()
    assert (settings.data_dir, settings.cache_dir, settings.token_file) == (
        home / "hallyu",
        home / "cache",
        home / "token",
    )


def test_the_file_is_read_and_the_environment_wins_over_it(given, tmp_path):
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={CANARY}\nHALLYU_LOG_FORMAT=json\nOTHER=1\n", encoding="utf-8")
    given(HALLYU_LOG_FORMAT="console")
    settings = load_settings(for_discord=True)
    assert settings.discord_token() == CANARY
    assert settings.log_format == "console"


def test_faults_in_the_file_are_named_as_those_of_the_environment(tmp_path):
    (tmp_path / ".env").write_text("HALLYU_LOG_FORMAT=xml\nDISCORD_API_URL=ftp://x\n", encoding="utf-8")
    assert [fault.split(":")[0] for fault in complaint()] == ["- DISCORD_API_URL", "- HALLYU_LOG_FORMAT"]


def test_a_file_that_is_no_text_is_a_sentence(tmp_path):
    (tmp_path / ".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    with pytest.raises(HallyuError, match=r"The file \.env cannot be read"):
        load_settings()
