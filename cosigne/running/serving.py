"""Every service on one port, each under its own path; the portal before them, the embedded issuer beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from cosigne.issuer.app import issuer_app
from services.portal.wiring import portal_app
from shared.http.desk import Clock, system_clock
from shared.http.service import Plan, Service, build, keys_of
from shared.kernel import NotFound
from shared.settings import EVERYTHING, KEYS, SERVICES, Settings, url_of

ISSUER, PORTAL = "issuer", "portal"
StartResponse = Callable[..., Any]


@dataclass
class Front:
    """A WSGI application over the services; `close` when it is done."""

    services: Mapping[str, Service]
    mounts: dict[str, Any]
    opened: ExitStack
    portal: Any = None

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        app: Iterable[bytes] = self._dispatch(environ, start)
        return app

    def __post_init__(self) -> None:
        first = next(iter(self.services.values())).app
        self._dispatch = DispatcherMiddleware(first_page(first), self.mounts)

    def show(self, portal: Any) -> None:
        """The portal is what is seen where no service is mounted."""
        self.portal = portal
        self.opened.callback(portal.extensions["portal"].apis.close)
        self._dispatch = DispatcherMiddleware(portal, self.mounts)

    def close(self) -> None:
        self.opened.close()


def front(
    settings: Settings,
    plans: Mapping[str, Plan],
    *,
    clock: Clock = system_clock,
    issuer_folder: Path | None = None,
    appended: Callable[[str], Callable[[], None]] = lambda _service: lambda: None,
) -> Front:
    """Build and open these services. With a folder for it, the embedded issuer signs people in.

    Where all of them are, the portal is too; else it is a process of its own. Where one of them
    cannot be built, nothing of the others stays open: whoever waits for it tries again and again.
    """
    with ExitStack() as opened:
        keys = opened.enter_context(keys_of(settings))
        services: dict[str, Service] = {}
        for name, plan in plans.items():
            one = build(settings, plan, keys=keys, clock=clock, appended=appended(name))
            opened.callback(one.close)
            services[name] = one
        mounts: dict[str, Any] = {f"/{name}": service.app for name, service in services.items()}
        if issuer_folder is not None:
            issuer = issuer_app(settings.oidc_issuer, issuer_folder, mode=settings.mode)
            mounts[f"/{ISSUER}"] = issuer
        served = Front(services, mounts, opened)
        if settings.portal_secret and services.keys() == set(SERVICES):
            # in this same thread: a page that waited for threads of its own process could wait for ever
            served.show(portal_app(settings, httpx.WSGITransport(app=served)))
        served.opened = opened.pop_all()
    return served


def first_page(app: Any) -> Any:
    """What no service is mounted at: the same "not found" that a service answers."""

    def nothing_here(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        with app.request_context(environ):
            response = app.handle_user_exception(NotFound("route.unknown"))
            answered: Iterable[bytes] = app.make_response(response)(environ, start)
            return answered

    return nothing_here


def needs_of(wanted: tuple[str, ...]) -> frozenset[str]:
    """The settings without which these cannot be served; all of them at once want everything."""
    if wanted == (PORTAL,):
        return frozenset({"COSIGNE_URL", "COSIGNE_OIDC_ISSUER", "COSIGNE_PORTAL_SECRET"})
    if not wanted:
        return EVERYTHING
    keys = {url_of(KEYS), "COSIGNE_KEYS_FOLDER"}
    return frozenset({*map(url_of, wanted), *keys, "COSIGNE_URL", "COSIGNE_OIDC_ISSUER"})
