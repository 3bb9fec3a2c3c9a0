"""Whose page it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A person; `hers` when she is the one who looks, else how the visitor stands to her."""

    id: str
    name: str
    hers: bool
    relation: str = ""

    @property
    def accompanied(self) -> bool:
        """The visitor is of her team: what others say may be noted in her name."""
        return self.relation == "care"
