"""Settings: one frozen model, read from the environment once, at the edge. The README's table is tested against it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.errors import SettingsError


class Settings(BaseSettings):
    """Every field is the environment variable TIEBREAK_<NAME>, but for the API key, which is OPENAI_API_KEY."""

    model_config = SettingsConfigDict(env_prefix="TIEBREAK_", frozen=True, extra="ignore")

    data: Path | None = Field(
        None, description="The catalogue. Default: ./data when there is one, else the packaged example."
    )
    home: Path = Field(Path(".tiebreak"), description="Holds the store and the HTTP cache.")
    site: Path = Field(Path("site"), description="Where pages are published.")
    site_url: str = Field(
        "",
        description="Public address of the site, for canonical links, sitemap and feed; empty: pages link to files.",
    )
    site_name: str = Field("Tiebreak", description="Name of the site in page titles and feeds.")
    publisher: str | None = Field(None, description="Who answers for the pages; named on each of them.")
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of the store. Default: SQLite in the home folder."
    )
    contact: str = Field("", description="An address for readers and for sources: on the pages, and in the User-Agent.")
    offline: bool = Field(False, description="Ask no source over the network; go on with what is stored.")
    allow_private_hosts: str = Field(
        "", description="Comma-separated hosts on private addresses that sources may be read from."
    )
    http_timeout_s: float = Field(20, gt=0, description="Seconds one request to a source may take, redirects included.")
    github_token: SecretStr | None = Field(None, description="Raises GitHub's limit from 60 to 5,000 requests an hour.")
    stackexchange_key: SecretStr | None = Field(
        None, description="Raises Stack Exchange's limit from 300 to 10,000 requests a day."
    )

    model: str | None = Field(None, description="Model that drafts. Without one the built-in drafter writes.")
    model_url: str | None = Field(None, description="Base URL of an OpenAI-compatible endpoint. Default: OpenAI's.")
    openai_api_key: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "TIEBREAK_OPENAI_API_KEY"),
        description="Key of the endpoint.",
    )
    model_timeout_s: float = Field(60, gt=0, description="Seconds one attempt of a model call may take.")
    model_deadline_s: float = Field(
        180, gt=0, description="Seconds all attempts and waits of one model call may take together."
    )
    model_attempts: int = Field(
        16, ge=1, description="Requests one draft may cost, transport retries and repairs together."
    )
    model_concurrency: int = Field(16, ge=1, description="Model calls under way at once.")
    retry_after_cap_s: float = Field(60, ge=0, description="A longer Retry-After parks the work instead of waiting.")
    max_cost_usd_per_run: Decimal = Field(
        Decimal("0.50"), ge=0, description="A run stops before the call that would pass this."
    )
    max_cost_usd_per_day: Decimal = Field(Decimal(20), ge=0, description="The same for all runs of a day (UTC).")
    reader: Literal["rules", "model", "both"] = Field(
        "rules",
        description="Who reads a text that is checked: `rules`, or `both` them and the model, which only proposes claims. `model` is for measuring.",
    )
    keep_raw_days: int = Field(90, ge=0, description="Days for which raw answers of models are kept.")

    @property
    def store_url(self) -> str:
        """The store's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home / 'tiebreak.db'}"

    @property
    def catalogue_folder(self) -> Path:
        """The catalogue that is in force."""
        if self.data is not None:
            return self.data
        here = Path("data")
        if (here / "categories").is_dir():
            return here
        return Path(__file__).resolve().parent.parent / "data"


def read_settings() -> Settings:
    """Settings from the environment.

    Raises SettingsError naming the variable that is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        variable = name if name == "OPENAI_API_KEY" else f"TIEBREAK_{name}"
        raise SettingsError(f"{variable}: {first['msg']} (it is {str(first['input'])[:60]!r})") from error
