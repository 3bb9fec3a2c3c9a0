"""The only place where the portal is put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from flask import Blueprint, Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from services.portal import assets, house_looks
from services.portal.asking import Apis
from services.portal.cookies import Cookie
from services.portal.errors import answer_errors
from services.portal.frame import Frame
from services.portal.guarding import guard
from services.portal.house import Houses
from services.portal.made_for import keep_for_whom_it_was_made
from services.portal.opening import open_when_ready
from services.portal.pages import (
    counts,
    emergency,
    entrance,
    help_now,
    history,
    history_entry,
    home,
    life,
    life_beside,
    life_over_time,
    life_theme,
    mandates,
    network,
    network_measures,
    network_then,
    network_tie,
    network_whom,
    notices,
    office,
    office_help,
    office_house,
    office_lists,
    office_mandates,
    office_persons,
    office_places,
    office_staff,
    plan,
    privacy,
    privacy_person,
    questionnaires,
    questionnaires_adding,
    questionnaires_naming,
    questionnaires_publishing,
    questionnaires_theme,
    rights,
    rights_erasure,
    signing,
    strengths,
    strengths_one,
    summary,
    summary_shown,
    together,
    together_meeting,
    together_relative,
    together_showing,
    together_waiting,
    tour,
    upcoming,
)
from services.portal.provider import SignIns
from services.portal.templating import speak
from services.portal.veil import Veil, lift
from shared.http.health import health
from shared.http.messages import Sentences
from shared.http.observing import observe
from shared.settings import Settings

HERE = Path(__file__).parent
A_DAY, AN_HOUR, A_WHILE, A_MOMENT = 24 * 3600, 3600, 900, 120
Pages = Callable[[Frame], Blueprint]
# another group of pages: its module here
PAGES: Sequence[Pages] = (
    counts.pages,
    emergency.pages,
    entrance.pages,
    help_now.pages,
    history.pages,
    history_entry.pages,
    home.pages,
    life.pages,
    life_beside.pages,
    life_over_time.pages,
    life_theme.pages,
    mandates.pages,
    network.pages,
    network_measures.pages,
    network_then.pages,
    network_tie.pages,
    network_whom.pages,
    notices.pages,
    office.pages,
    office_help.pages,
    office_house.pages,
    office_lists.pages,
    office_mandates.pages,
    office_persons.pages,
    office_places.pages,
    office_staff.pages,
    plan.pages,
    privacy.pages,
    privacy_person.pages,
    questionnaires.pages,
    questionnaires_adding.pages,
    questionnaires_naming.pages,
    questionnaires_publishing.pages,
    questionnaires_theme.pages,
    rights.pages,
    rights_erasure.pages,
    signing.pages,
    strengths.pages,
    strengths_one.pages,
    summary.pages,
    summary_shown.pages,
    together.pages,
    together_meeting.pages,
    together_relative.pages,
    together_showing.pages,
    together_waiting.pages,
    tour.pages,
    upcoming.pages,
)


def portal_app(settings: Settings, transport: httpx.BaseTransport | None = None) -> Flask:
    """The portal. With a `transport` it reaches the services in this same process."""
    apis = Apis.of(settings, transport)
    secure = settings.url.startswith("https:")
    secret = settings.portal_secret
    looks = house_looks.read(settings.portal_looks)
    kept = {**assets.read(HERE / "static"), **looks.logos}
    frame = Frame(
        apis=apis,
        sign_ins=SignIns(settings, apis.client),
        sentences=Sentences(*sorted((HERE / "messages").iterdir())),
        houses=Houses(apis),
        signed_in=Cookie("cosigne", secret, secure=secure, lifetime=A_DAY),
        signing_in=Cookie("cosigne-signing-in", secret, secure=secure, lifetime=A_WHILE),
        said=Cookie("cosigne-said", secret, secure=secure, lifetime=A_MOMENT),
        poster=Cookie("cosigne-poster", secret, secure=secure, lifetime=AN_HOUR),
        url=settings.url,
        away=settings.portal_away,
        version=assets.version_of(kept),
        veil=Veil(secret),
        looks=looks,
    )
    app = Flask("services.portal", root_path=str(HERE), static_folder=None)
    app.extensions["portal"] = frame
    app.config |= {
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_LEVEL": 4,  # a page of many is 3 % larger than by 6, in less than half the time
        "COMPRESS_MIN_SIZE": 800,
    }
    observe(app, "portal")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    assets.serve(app, kept)
    speak(app, frame)
    guard(app, onward=[urlsplit(settings.oidc_issuer), urlsplit(settings.portal_away)])
    answer_errors(app, frame)
    lift(app, frame.veil)
    keep_for_whom_it_was_made(app, frame)
    open_when_ready(app, frame)
    for pages in PAGES:
        app.register_blueprint(pages(frame))
    app.register_blueprint(health({"sign_in": frame.sign_ins.provider.known}), name="portal_health")
    Compress(app)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app
