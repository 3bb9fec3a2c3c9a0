"""Whose certificates are believed: the institution's own authority, where it says so."""

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from services.portal.asking import Apis
from shared.http.provider import fetched
from shared.http.service import verifier_of
from shared.http.trust import trusting
from shared.kernel import Refused
from shared.settings import Settings
from tests.shared.http.test_identity import KEY
from tests.support.certificates import Authority


class Discovery(BaseHTTPRequestHandler):
    def do_GET(self):
        here = self.server.url
        told = {"issuer": here, "jwks_uri": f"{here}/keys", "keys": [KEY.as_dict(private=False)]}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(tmp_path):
    """A provider behind TLS, whose certificate is signed by nobody the system knows."""
    authority = Authority.made(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Discovery)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(authority.issue("localhost", tmp_path / "localhost.pem"))
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.url = f"https://localhost:{server.server_address[1]}"
    server.ca = authority.file
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def settings_for(provider, **more):
    told = {"COSIGNE_MODE": "embedded", "COSIGNE_OIDC_ISSUER": provider.url, **more}
    return Settings.read(told, needs=())


def test_a_service_reads_the_keys_of_a_provider_that_ones_own_authority_vouches_for(provider):
    asked = settings_for(provider, COSIGNE_OIDC_CA=str(provider.ca))
    assert verifier_of(asked).provider.known()


def test_without_it_nobody_is_believed(provider):
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        fetched(f"{provider.url}/keys", trusting())
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        Apis.of(settings_for(provider)).client.get(provider.url)


def test_the_portal_signs_people_in_there_too(provider):
    apis = Apis.of(settings_for(provider, COSIGNE_OIDC_CA=str(provider.ca)))
    assert apis.client.get(provider.url).json()["issuer"] == provider.url
    apis.close()


@pytest.mark.parametrize("words", [None, b"no certificate at all"])
def test_an_authority_that_is_none_is_refused_by_its_file(tmp_path, words):
    file = tmp_path / "ca.crt"
    if words:
        file.write_bytes(words)
    with pytest.raises(Refused) as refused:
        trusting(file)
    assert refused.value.code == "settings.file_unreadable"
    assert refused.value.values["path"] == file
