"""What indices, aliases and templates are called. All names begin with one prefix, so that installations part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kliping_shared.store.documents import KINDS, Kind

#: What has indices of its own: the kinds of documents, and stored queries.
Family = Literal["articles", "claims", "groups", "stories", "queries"]
FAMILIES: Final[tuple[Family, ...]] = (*KINDS, "queries")


@dataclass(frozen=True)
class Names:
    """Every name on the server that begins with ``prefix`` and is Kliping's."""

    prefix: str = "kliping"

    def alias(self, family: Family) -> str:
        """What readers and people search; of the kinds of documents it shows live documents only."""
        return f"{self.prefix}-{family}"

    def write_alias(self, family: Family) -> str:
        """What writers read and write: everything, placeholders and removed documents too."""
        return f"{self.prefix}-{family}-write"

    def index(self, family: Family, number: int) -> str:
        """The ``number``-th index of the family, from 1."""
        return f"{self.prefix}-{family}-{number:06d}"

    def number(self, family: Family, index: str) -> int:
        """The number of an index that ``index`` named."""
        return int(index.removeprefix(f"{self.prefix}-{family}-"))

    def pattern(self, family: Family) -> str:
        """Matches every index of the family and no alias."""
        return f"{self.prefix}-{family}-0*"

    @property
    def settings_component(self) -> str:
        """The component template of the analysis and index settings."""
        return f"{self.prefix}-settings"

    @property
    def bookkeeping_component(self) -> str:
        """The component template of the fields that all families have."""
        return f"{self.prefix}-bookkeeping"

    def template(self, family: Family) -> str:
        """The index template of the family, with its mapping."""
        return f"{self.prefix}-{family}"

    def aliases(self) -> dict[Kind, str]:
        """Kind to the alias that readers search."""
        return {kind: self.alias(kind) for kind in KINDS}
