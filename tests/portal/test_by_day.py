from services.portal.pictures.by_day import by_month

ENTRIES = [
    {"occurred_at": "2026-06-01T15:00:00-04:00", "label": "Étoile", "n": 1},
    {"occurred_at": "2026-06-01", "label": "Force", "n": 2},
    {"occurred_at": "2026-06-01T09:00:00-04:00", "label": "Étoile", "n": 3},
    {"occurred_at": "2026-05-20", "label": "Étoile", "n": 4},
]


def test_what_is_of_one_kind_stands_together_on_its_day_in_its_month():
    months = by_month(ENTRIES, "fr-CA")
    assert [month.named for month in months] == ["Juin 2026", "Mai 2026"]
    (first,) = months[0].days
    assert first.named == "Lundi 1er"
    told = [(kind.label, [e["n"] for e in kind.entries]) for kind in first.kinds]
    assert told == [("Étoile", [1, 3]), ("Force", [2])]


def test_in_english_the_same_days_are_named_in_english():
    months = by_month(ENTRIES, "en")
    assert [month.named for month in months] == ["June 2026", "May 2026"]
    assert months[0].days[0].named == "Monday 1"
