"""A line that says whom to call, as it stands on each page."""

from services.portal.templating import numbers_whole


def test_a_number_is_not_broken_over_rows_and_no_row_begins_with_a_colon():
    told = numbers_whole("Idées suicidaires : 1 866 APPELLE (277-3553), texto 535353")
    assert told.startswith("Idées suicidaires\u00a0: ")
    assert '<span class="number">277-3553</span>' in told


def test_what_an_organisation_wrote_is_text():
    assert "<b>" not in numbers_whole("Appelez <b>vite</b> : 9-1-1")
