"""Settings from the environment and `.env`, checked as a whole before anything starts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedding.files import BUNDLED_MODEL
from knowledge.errors import HallyuError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["console", "json"]


def _cache_default() -> Path:
    """Inside the virtual environment or the image's Python, so that it goes when they go."""
    return Path(sys.prefix) / "share" / "hallyu"


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """All of Hallyu's settings. A field's alias is the variable's name; `.env` in the working folder is read too."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    token_file: Path | None = Field(None, validation_alias="DISCORD_TOKEN_FILE")
    api_url: str | None = Field(None, validation_alias="DISCORD_API_URL")
    data_dir: Path = Field(Path("data"), validation_alias="HALLYU_DATA_DIR")
    cache_dir: Path = Field(default_factory=_cache_default, validation_alias="HALLYU_CACHE_DIR")
    model: str = Field(BUNDLED_MODEL, validation_alias="HALLYU_MODEL", min_length=1)
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = Field("INFO", validation_alias="HALLYU_LOG_LEVEL")
    log_format: LogFormat = Field("console", validation_alias="HALLYU_LOG_FORMAT")

    @property
    def database(self) -> Path:
        return self.data_dir / "hallyu.db"

    def discord_token(self) -> str | None:
        """The token, from `DISCORD_TOKEN` or the file that `DISCORD_TOKEN_FILE` names; None where neither is set.

        Raises `HallyuError` when the file cannot be read or is empty.
        """
        if self.token is not None:
            return self.token.get_secret_value().strip()
        if self.token_file is None:
            return None
        try:
            token = self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise HallyuError(f"DISCORD_TOKEN_FILE: {self.token_file} cannot be read. Check the path.") from None
        if not token:
            raise HallyuError(f"DISCORD_TOKEN_FILE: {self.token_file} is empty. Put the bot's token in it.")
        return token


def load_settings() -> Settings:
    """The settings in force. Raises one `HallyuError` that names every faulty variable, without its value."""
    try:
        settings = Settings()
    except ValidationError as error:
        faults = [f"{_variable(fault['loc'])}: {fault['msg']}." for fault in error.errors()]
        raise HallyuError("The settings have faults:\n" + "\n".join(f"- {fault}" for fault in faults)) from None
    if settings.token is not None and settings.token_file is not None:
        raise HallyuError("The settings have faults:\n- DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set. Keep one.")
    return settings


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else ""
    field = Settings.model_fields.get(name)
    return str(field.validation_alias) if field else name


def environment_names() -> list[str]:
    """The names of all settings, in order."""
    return [str(field.validation_alias) for field in Settings.model_fields.values()]
