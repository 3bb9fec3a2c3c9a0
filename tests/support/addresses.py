"""Where a theme's page is: under a token, as only the installation that made it can read it."""

from services.portal.veil import Veil
from shared.settings import Settings


class Life(str):
    """The address of a portrait; of it, the pages of one theme or one sphere."""

    __slots__ = ("veil",)
    veil: Veil

    @classmethod
    def of(cls, settings: Settings, person: object, portrait: object) -> "Life":
        made = cls(f"/persons/{person}/life/{portrait}")
        made.veil = Veil(settings.portal_secret)
        return made

    def theme(self, name: str, more: str = "") -> str:
        return f"{self}/{self.veil.over(self.rpartition('/')[2], name)}{more}"

    def sphere(self, name: str) -> str:
        return f"{self}/spheres/{self.veil.over(self.rpartition('/')[2], name)}"
