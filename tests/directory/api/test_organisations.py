from uuid import uuid4

from tests.directory.api.town import REGISTERED


def test_whoever_belongs_reads_the_organisation(town):
    for who in ("admin", "kim", "awa", "may"):
        told = town.get(who, "/organisation")
        assert (told["name"], told["ready"]) == ("Maison des Tisserands", False)
        assert [site["name"] for site in told["sites"]] == ["Maison du Quai"]
