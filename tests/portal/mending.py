"""What any page owes to whoever has something to mend on it: said first, said by the field, and led to."""

from html.parser import HTMLParser

NO_END = ("input", "br", "link", "meta", "img")
FIRST = ("À corriger :", "To mend:")


class Marks(HTMLParser):
    """Of a page: its title, what is told to be mended by each field, and what leads there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title = ""
        self.inside: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.amiss: list[str] = []
        self.leads: list[str] = []
        self.described: dict[str, list[dict[str, str]]] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        has = {"tag": tag, **{name: value or "" for name, value in attrs}}
        if tag not in NO_END:
            self.inside.append((tag, has.get("class", "")))
        if "id" in has:
            self.ids.append(has["id"])
        if "amiss" in has.get("class", "").split():
            self.amiss.append(has.get("id", ""))
        if tag == "a" and any(one == "problem" for _, one in self.inside):
            self.leads.append(has["href"].removeprefix("#"))
        for one in has.get("aria-describedby", "").split():
            self.described.setdefault(one, []).append(has)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.inside and self.inside[-1][0] == "title":
            self.title += data


def says_what_to_mend(page: str) -> None:
    marks = Marks(page)
    assert marks.title.replace("\u00a0", " ").startswith(FIRST), marks.title
    for told in marks.amiss:
        assert marks.ids.count(told) == 1, (told, marks.amiss)
        fields = marks.described.get(told, [])
        assert fields, f"{told} is tied to no field"
        assert any(one["tag"] == "fieldset" or "aria-invalid" in one for one in fields), fields
    assert set(marks.leads) <= set(marks.amiss), (marks.leads, marks.amiss)
