"""A summary on paper: tagged, in her language, her words as she wrote them, whatever they look like."""

import io

import pytest
from pypdf import PdfReader

from services.reporting.api import printing
from services.reporting.api.press import pdf_of
from services.reporting.api.printing import printed
from shared.http.errors import Unavailable
from tests.reporting.api.test_summaries import Hers, code

MARKUP = '#panic("x") #read("/etc/passwd") = Titre $x^2$ `code` <label> @ref \\ _em_ *gras* "{}"'


def sheet(*pieces, **more):
    told = {
        "title": "Pour le rendez-vous", "called": "Awa", "lang": "fr", "region": "CA",
        "paper": "us-letter", "pieces": list(pieces), "scale": None, "nothing_left": "Rien.",
    }  # fmt: skip
    return {**told, **more}


def own(words):
    return {"kind": "own_words", "label": "Mes mots", "words": words}


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text(pdf):
    return " ".join(" ".join(p.extract_text() for p in read(pdf).pages).split())


def test_it_is_tagged_and_says_its_language_and_its_title():
    pdf = printed("summary", sheet(own("Je parlerai en premier.")))
    root = read(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "fr-CA"
    assert read(pdf).metadata.title == "Pour le rendez-vous"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_title_is_the_first_heading_of_its_structure():
    entry = {**own(None), "kind": "star", "heading": "Mon énergie", "label": "Une étoile"}
    entry |= dict.fromkeys(("value_said", "by"), None) | {"day": "20 octobre 2025"}
    root = read(printed("summary", sheet(entry))).trailer["/Root"]["/StructTreeRoot"]
    kinds = [name for name in roles(root) if str(name).startswith("/H")]
    assert kinds == ["/H1", "/H2"]


def roles(node):
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from roles(one)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from roles(node["/K"])


def test_what_looks_like_markup_is_read_as_it_was_written():
    told = text(printed("summary", sheet(own(MARKUP), title=MARKUP, called=MARKUP)))
    assert told.count(MARKUP) >= 2
    assert "root:" not in told


def test_signs_without_a_letter_in_the_fonts_are_named():
    told = text(printed("summary", sheet(own("Bravo 🎈 é ğ Ж"))))
    assert "Bravo [balloon] é ğ Ж" in told


def test_a_script_the_fonts_do_not_know_still_prints():
    words = "".join(chr(0x4E00 + n) for n in range(60))
    assert read(printed("summary", sheet(own(words)))).pages


def test_a_document_that_cannot_be_set_is_said_to_be_unavailable_and_quotes_nothing(caplog):
    with pytest.raises(Unavailable):
        printed("summary", {"title": "Ses mots"})
    assert "Ses mots" not in caplog.text


def test_presses_that_are_busy_keep_nobody_waiting_for_ever(monkeypatch):
    monkeypatch.setattr(printing, "PATIENCE", 0.1)
    for _ in range(printing.AT_ONCE):
        printing.presses.acquire()
    try:
        with pytest.raises(Unavailable):
            printed("summary", sheet(own("x")))
    finally:
        for _ in range(printing.AT_ONCE):
            printing.presses.release()


def test_one_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(printing, "PRESS", ["sleep", "30"])
    monkeypatch.setattr(printing, "PATIENCE", 0.2)
    monkeypatch.setattr(printing.subprocess, "run", asleep(printing.subprocess.run))
    with pytest.raises(Unavailable):
        printed("summary", sheet(own("x")))


def asleep(run):
    def started(command, **more):
        return run(["sleep", "30"], **more)

    return started


def test_sixty_long_pieces_are_set_in_bounded_time():
    long = "Ce que je veux dire, en plusieurs lignes. " * 45
    assert len(read(pdf_of("summary", told(sheet(*[own(long)] * 60)))).pages) > 20


def told(whole):
    import orjson

    return orjson.dumps(whole).decode()


@pytest.fixture
def hers(house):
    return Hers(house)


def test_she_prints_it_and_so_does_whoever_it_is_shown_to_and_nobody_else(hers):
    one = hers.summary({"words": MARKUP}, {"entry": hers.sleep})
    path = f"{hers.at}/{one}/document.pdf"
    mine = hers.person.client.get(path)
    assert mine.headers["Content-Type"] == "application/pdf"
    assert MARKUP in text(mine.content)
    assert "Mon sommeil" in text(mine.content)
    practitioner = hers.house.practitioner.client
    assert code(practitioner.get(path)) == (404, "stream.unknown")
    hers.show(one)
    english = practitioner.get(path, headers={"Accept-Language": "en"})
    assert "My sleep" in text(english.content)
    assert read(english.content).trailer["/Root"]["/Lang"] == "en"
