"""Settings from the environment and `.env`, checked as a whole before anything starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.addresses import api_url_fault
from bot.exit_codes import NeedsAdmin
from knowledge.errors import HallyuError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["console", "json"]
NO_TOKEN = """\
There is no bot token yet. To get one:
1. Open https://discord.com/developers/applications and press "New Application".
2. Under "Bot", press "Reset Token" and copy it.
3. Put it in a file named .env in this folder, as DISCORD_TOKEN=… (see .env.example), and start the bot again.
To try the answers without Discord: `hallyu chat`, or `make chat` where you typed `make run`."""

Home = Annotated[Path, BeforeValidator(os.path.expanduser)]
"""A path in which ~ is the home folder, as in a shell."""


def _cache_default() -> Path:
    """Inside the virtual environment or the image's Python, so that it goes when they go."""
    return Path(sys.prefix) / "share" / "hallyu"


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _safe_address(value: str) -> str:
    if fault := api_url_fault(value):
        raise ValueError(fault)
    return value


class Login(BaseSettings):
    """How the bot's token is given. Apart from `Settings`, so that it can be judged where those are faulty too."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    token_file: Home | None = Field(None, validation_alias="DISCORD_TOKEN_FILE")

    def discord_token(self) -> str | None:
        """The token, from `DISCORD_TOKEN` or the file that `DISCORD_TOKEN_FILE` names; None where neither is set.

        Raises `HallyuError` when the file cannot be read or is empty, and for what no token looks like.
        """
        if self.token is not None:
            return _sound("DISCORD_TOKEN", self.token.get_secret_value().strip()) or None
        if self.token_file is None:
            return None
        try:
            token = self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            raise HallyuError(f"DISCORD_TOKEN_FILE: {self.token_file} cannot be read. Check the path.") from None
        if not token:
            raise HallyuError(f"DISCORD_TOKEN_FILE: {self.token_file} is empty. Put the bot's token in it.")
        return _sound("DISCORD_TOKEN_FILE", token)

    def needed_token(self) -> str:
        """As `discord_token`, but raises `NeedsAdmin` that says how to get one where none is set."""
        token = self.discord_token()
        if token is None:
            raise NeedsAdmin(NO_TOKEN)
        return token

    def faults(self) -> Iterator[str]:
        """What stands in the way of a token that is given."""
        if self.token is not None and self.token_file is not None:
            yield "DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set. Keep one."
            return
        try:
            self.discord_token()
        except HallyuError as error:
            yield str(error)


class Settings(Login):
    """All of Hallyu's settings. A field's alias is the variable's name; `.env` in the working folder is read too."""

    api_url: Annotated[str, AfterValidator(_safe_address)] | None = Field(
        None, validation_alias="DISCORD_API_URL", repr=False
    )
    data_dir: Home = Field(Path("data"), validation_alias="HALLYU_DATA_DIR")
    cache_dir: Home = Field(default_factory=_cache_default, validation_alias="HALLYU_CACHE_DIR")
    model: str | None = Field(None, validation_alias="HALLYU_MODEL", min_length=1)
    backup_hours: int = Field(0, validation_alias="HALLYU_BACKUP_HOURS", ge=0, le=8760)
    backup_keep: int = Field(7, validation_alias="HALLYU_BACKUP_KEEP", ge=1)
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = Field("INFO", validation_alias="HALLYU_LOG_LEVEL")
    log_format: LogFormat = Field("console", validation_alias="HALLYU_LOG_FORMAT")
    http_host: str = Field("127.0.0.1", validation_alias="HALLYU_HTTP_HOST", min_length=1)
    http_port: int = Field(8080, validation_alias="HALLYU_HTTP_PORT", ge=0, le=65535)
    member_burst: int = Field(20, validation_alias="HALLYU_MEMBER_BURST", ge=0)
    member_per_minute: float = Field(30, validation_alias="HALLYU_MEMBER_PER_MINUTE", ge=0, allow_inf_nan=False)
    guild_waiting: int = Field(48, validation_alias="HALLYU_GUILD_WAITING", ge=0)
    dead_minutes: float = Field(10.0, validation_alias="HALLYU_DEAD_MINUTES", ge=0, allow_inf_nan=False)

    @property
    def database(self) -> Path:
        return self.data_dir / "hallyu.db"

    @property
    def backups(self) -> Path:
        """Where backups go unless somebody says otherwise."""
        return self.data_dir / "backups"


def load_settings(*, for_discord: bool = False) -> Settings:
    """The settings in force. Raises one `HallyuError` that names every faulty variable, without its value.

    `for_discord` looks at the token too: what does not talk to Discord should not fail for its sake.
    """
    settings, faults = _read(Settings)
    login, _ = _read(Login)
    if login and for_discord:
        faults = [*login.faults(), *faults]
    if settings is None or faults:
        raise HallyuError("The settings have faults:\n" + "\n".join(f"- {fault}" for fault in faults))
    return settings


def environment_names() -> list[str]:
    """The names of all settings, in order."""
    return [str(field.validation_alias) for field in Settings.model_fields.values()]


Read = TypeVar("Read", bound=Login)


def _read(model: type[Read]) -> tuple[Read | None, list[str]]:
    """The model, or None and what is wrong with its variables."""
    try:
        return model(), []
    except ValidationError as error:
        return None, [f"{_variable(fault['loc'])}: {_in_words(fault)}" for fault in error.errors()]
    except (OSError, UnicodeDecodeError):
        raise HallyuError("The file .env cannot be read. Check its permissions, and that it is UTF-8.") from None


def _in_words(fault: ErrorDetails) -> str:
    if fault["type"] == "literal_error":
        return f"must be {fault['ctx']['expected']}.".replace("'", "")
    return fault["msg"].removeprefix("Value error, ").removesuffix(".") + "."


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else ""
    field = Settings.model_fields.get(name)
    return str(field.validation_alias) if field else name


def _sound(variable: str, token: str) -> str:
    """`token`, unless it holds what would break the request that carries it."""
    if not all("!" <= character <= "~" for character in token):
        raise HallyuError(f"{variable}: holds a space or another character that no token has. Copy it again.")
    return token
