"""The issuer as a web application: discovery, keys, sign-in, tokens."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from flask import Flask, Response, jsonify, render_template, request

from cosigne.issuer.clients import SCOPES, clients_of
from cosigne.issuer.codes import Codes
from cosigne.issuer.grants import (
    AccessTokens,
    Challenge,
    CodeGrant,
    IdTokens,
    MachineGrant,
    Naming,
    SignedInPerson,
)
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import public_keys
from cosigne.people import Person, organisations, people
from shared.http.language import asked_locale
from shared.http.messages import Sentences
from shared.kernel import Refused

HERE = Path(__file__).parent
ORIGIN = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[::1\])(?::[0-9]{1,5})?(?=[/?]|\Z)")
SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def issuer_app(
    issuer: str, folder: Path, *, mode: str = "embedded", redirects: tuple[str, ...] = ()
) -> Flask:
    """The provider at the address `issuer`; keeps its keys and secrets in `folder`.

    `redirects` are the portal's addresses; any address of this same machine may be one too.
    """
    if mode == "production":
        raise Refused("issuer.not_in_production")
    kept = Kept(folder)
    key = kept.signing_key()
    app = Flask("cosigne.issuer", template_folder=str(HERE / "page"), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    server = authorization_server(app, issuer, kept, redirects)
    desk = SignIn(server, kept.password())
    app.add_url_rule(
        "/.well-known/openid-configuration", "about", lambda: jsonify(discovery(issuer))
    )
    app.add_url_rule("/jwks", "keys", lambda: jsonify(public_keys(key)))
    app.add_url_rule("/authorize", "sign_in", desk.answer, methods=["GET", "POST"])
    app.add_url_rule("/token", "token", server.create_token_response, methods=["POST"])
    app.add_url_rule("/style.css", "style", style)
    # what authlib refuses before it has read the request, plain http from elsewhere for one
    app.register_error_handler(OAuth2Error, lambda error: server.handle_response(*error()))
    app.after_request(safe)
    return app


def authorization_server(
    app: Flask, issuer: str, kept: Kept, redirects: tuple[str, ...]
) -> AuthorizationServer:
    clients, key = clients_of(kept, redirects), kept.signing_key()
    server = AuthorizationServer(app, clients.get, kept_nowhere)
    server.scopes_supported = list(SCOPES)
    server.register_token_generator("default", AccessTokens(issuer, key))
    # authlib makes a grant for each request by its class alone: what it needs stands on the class
    grant = type("CodeGrantHere", (CodeGrant,), {"codes": Codes(kept.folder / "codes")})
    server.register_grant(grant, [Challenge(required=True), IdTokens(issuer, key)])
    server.register_grant(MachineGrant)
    server.register_extension(Naming(issuer))
    return server


def kept_nowhere(token: Mapping[str, Any], asked: object) -> None:
    """Tokens carry their own proof; the issuer remembers none."""
    del token, asked


def discovery(issuer: str) -> Mapping[str, Any]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": [
            "none",
            "client_secret_basic",
            "client_secret_post",
        ],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": list(SCOPES),
        "claims_supported": ["sub", "name", "locale", "cosigne_tenant", "cosigne_operator"],
        "ui_locales_supported": ["fr", "en"],
        "authorization_response_iss_parameter_supported": True,
    }


class SignIn:
    """The page where one chooses a fictional person and gives the password printed at start."""

    def __init__(self, server: AuthorizationServer, password: str) -> None:
        self.server = server
        self.password = password
        self.sentences = Sentences(HERE / "messages")

    def answer(self) -> Response:
        try:
            grant = self.server.get_consent_grant()
        except OAuth2Error as error:
            return self.mistaken(error)
        if request.method == "GET":
            return self.page()
        person = people().get(request.form.get("person", ""))
        given = request.form.get("password", "").strip().encode("utf-8", "replace")
        if person is None or not secrets.compare_digest(given, self.password.encode()):
            return self.page("sign_in.not_so", chosen=person, status=403)
        user = SignedInPerson(person, int(time.time()))
        granted: Response = self.server.create_authorization_response(grant_user=user, grant=grant)
        return granted

    def mistaken(self, error: OAuth2Error) -> Response:
        """Back to the application where its address is known, else said here."""
        if getattr(error, "redirect_uri", None):
            asked = self.server.create_oauth2_request(None)
            back: Response = self.server.handle_error_response(asked, error)
            return back
        return self.page("sign_in.not_asked_rightly", status=400, form=False)

    def page(
        self, code: str = "", *, chosen: Person | None = None, status: int = 200, form: bool = True
    ) -> Response:
        locale = asked_locale()
        rooms: dict[str, list[Person]] = {o.name: [] for o in organisations().values()}
        for person in people().values():
            rooms.setdefault(person.organisation.name if person.organisation else "—", []).append(
                person
            )
        text = render_template(
            "sign_in.html",
            say=lambda said: self.sentences.say(said, locale),
            lang=locale,
            rooms=rooms,
            chosen=chosen,
            mistake=code,
            form=form,
            asked=request.query_string.decode("ascii", "replace"),
        )
        answer = Response(text, status)
        answer.headers["Content-Language"] = locale
        answer.headers["Content-Security-Policy"] = policy(request.args.get("redirect_uri", ""))
        return answer


def policy(redirect_uri: str) -> str:
    """The form leads on to the application; browsers hold that redirect against the policy too."""
    origin = ORIGIN.match(redirect_uri)
    onward = f" {origin[0]}" if origin else ""
    return (
        f"default-src 'none'; style-src 'self'; form-action 'self'{onward}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def style() -> Response:
    return Response((HERE / "page" / "style.css").read_bytes(), content_type="text/css")


def safe(response: Response) -> Response:
    for header, value in SAFE.items():
        response.headers.setdefault(header, value)
    return response
