"""What extract may be told (environment names ``KLIPING_…``, see docs/reference/settings.md)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from kliping_extract.languages import DEFAULT, MAKERS
from kliping_shared.settings import Settings


class ExtractSettings(Settings):
    """Settings of the extract service."""

    languages: str = Field(
        default=",".join(DEFAULT),
        description="Languages whose articles are read for names and claims, with commas between: `id`, `ms`, `en`; `und`: "
        "those whose language could not be told, read as Indonesian. All others are indexed with their text alone.",
    )
    pipeline_en: str | None = Field(
        default=None,
        description="Name of an installed spaCy pipeline for English, or the folder of one, which finds the names: "
        "`en_core_web_sm`. Needed where `KLIPING_LANGUAGES` has `en`.",
    )

    aliases: Path | None = Field(
        default=None,
        description="File of your own names and their other forms, in the format of `lexicon/aliases.tsv`. Read again when "
        "it changes.",
    )

    @field_validator("languages")
    @classmethod
    def _are_known(cls, value: str) -> str:
        for code in _codes(value):
            if code not in MAKERS:
                raise ValueError(f"no pipeline reads {code!r}; there are {', '.join(MAKERS)}")
        return value

    @property
    def codes(self) -> tuple[str, ...]:
        """``languages`` one by one."""
        return _codes(self.languages)

    @property
    def trained(self) -> tuple[tuple[str, str | None], ...]:
        """The trained pipelines by language, as pairs."""
        return (("en", self.pipeline_en),)


def _codes(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip() for code in listed.split(",") if code.strip()))
