"""A provider in a test's own hands: keys of every kind, and tokens as wrong as one likes."""

import json
from uuid import UUID

from joserfc import jws
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from shared.http.identity import Signatures, Verifier
from shared.http.provider import DISCOVERY, Provider

ISSUER = "https://sign-in.example"
TENANT = UUID("0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11")
NOW = 1_800_000_000


class Anything(Signatures):
    """Signs what nobody should."""

    def check_header(self, header):
        pass

    def get_alg(self, name):
        return self.algorithms[name]


ANY = Anything()


def rsa(kid, **more):
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", **more})


def ec(kid):
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def ed(kid):
    return OKPKey.generate_key("Ed25519", {"kid": kid, "use": "sig"})


class Clock:
    def __init__(self, now=NOW):
        self.now = now

    def __call__(self):
        return self.now


class AnyProvider:
    """Answers what a provider answers, counts how often, and can be away."""

    def __init__(self, *keys):
        self.keys = list(keys)
        self.asked = []
        self.away = False
        self.says = ISSUER

    def fetch(self, url):
        self.asked.append(url)
        if self.away:
            raise OSError("connection refused")
        if url.endswith(DISCOVERY):
            return {"issuer": self.says, "jwks_uri": f"{ISSUER}/keys"}
        return KeySet(self.keys).as_dict(private=False)

    def verifier(self, clock=None, claims=None):
        clock = clock or Clock()
        return Verifier(Provider(ISSUER, fetch=self.fetch, now=clock), claims, now=clock)


def signed(key, alg="RS256", *, header=None, **claims):
    """A token; a claim set to None is left out."""
    told = {
        "iss": ISSUER,
        "sub": "someone",
        "aud": "cosigne",
        "exp": NOW + 600,
        "cosigne_tenant": str(TENANT),
        **claims,
    }
    payload = json.dumps({k: v for k, v in told.items() if v is not None})
    head = {"alg": alg, "kid": key.kid, "typ": "at+jwt", **(header or {})}
    return jws.serialize_compact({k: v for k, v in head.items() if v}, payload, key, registry=ANY)
