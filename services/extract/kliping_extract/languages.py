"""The languages that can be read: which pipeline reads which code. A pipeline is imported when its language is set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kliping_shared.errors import SettingsError

if TYPE_CHECKING:
    from kliping_extract.reader import Pipeline

#: BCP 47's code for an article whose language could not be told.
UNDETERMINED = "und"
#: What is read where nothing else is set.
DEFAULT = ("id", "ms")
#: A trained pipeline for each language that needs one, as the settings name it.
Trained = Mapping[str, str | None]


def _indonesian(_trained: str | None) -> Pipeline:
    from kliping_extract.pipeline import indonesian

    return indonesian()


def _english(trained: str | None) -> Pipeline:
    from kliping_extract.english.pipeline import HINT, english

    if not trained:
        raise SettingsError(f"KLIPING_LANGUAGES names en, but KLIPING_PIPELINE_EN names no pipeline: {HINT}")
    return english(trained)


#: Makers by language code; each gets the trained pipeline that the settings name for that language, if any. Malay news
#: shares its cues with Indonesian. Under `und` the desk says that what is too short to tell is Indonesian.
MAKERS: Mapping[str, Callable[[str | None], Pipeline]] = {
    "id": _indonesian,
    "ms": _indonesian,
    "en": _english,
    UNDETERMINED: _indonesian,
}


def pipelines(codes: Iterable[str], trained: Trained) -> dict[str, Pipeline]:
    """The pipelines of these languages. Raises SettingsError where one cannot be had, or would never be used."""
    wanted = tuple(codes)
    for code, named in trained.items():
        if named and code not in wanted:
            raise SettingsError(f"KLIPING_PIPELINE_{code.upper()} is set, but KLIPING_LANGUAGES does not name {code}")
    return {code: MAKERS[code](trained.get(code)) for code in wanted}
