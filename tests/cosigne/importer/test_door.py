"""A token is for whom it is meant, and for nobody on the way there."""

import pytest

from cosigne.importer.door import Door
from shared.kernel import Refused


@pytest.mark.parametrize(
    "url",
    [
        "http://cosigne.example.org",
        "http://10.0.0.7:8765",
        "cosigne.example.org",
        "ftp://127.0.0.2.org",
    ],
)
def test_a_token_is_sent_in_clear_to_no_other_machine(url):
    with pytest.raises(Refused, match=r"import\.in_clear"):
        Door(url, "a token")


@pytest.mark.parametrize(
    "url", ["https://cosigne.example.org", "http://127.0.0.1:8765", "http://[::1]:8765"]
)
def test_over_tls_and_on_this_machine_it_is(url):
    assert Door(url, "a token").url == url
