"""Every setting there is, read once from COSIGNE_* and then handed on as a value."""

import hashlib
import hmac
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from psycopg.conninfo import make_conninfo

from shared.brokers import Kafka, kafka_of
from shared.given import Given
from shared.kernel import Refused
from shared.production import databases_in_clear, in_clear, too_short

SERVICES = ("directory", "assessment", "network", "plans", "reporting", "delivery")
# owner migrates; app reads its tenant; combine appends only; reader projects; the names say the rest
DATABASE_ROLES = ("owner", "app", "combine", "sealer", "reader", "relay", "eraser")
KEYS = "keys"  # the database of the key store: apart from every service, one role only
MODES = ("embedded", "production")
NEAR = "http://127.0.0.1:8765"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation has decided about itself."""

    mode: str = "embedded"
    # service (or `keys`) -> URL without a user
    databases: Mapping[str, str] = field(default_factory=dict)
    database_secret: str = field(default="", repr=False)
    # `plans_app` -> whole URL, where a role's password is not derived from the secret
    database_urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    admin_database_url: str = field(default="", repr=False)
    keys_admin_database_url: str = field(default="", repr=False)  # where the keys' is another
    keys_folder: Path | None = None
    # who was erased: apart from the data and from the keys, and applied again after a restore
    erasures_list: Path | None = None
    oidc_issuer: str = ""
    oidc_audience: str = "cosigne"
    oidc_discovery: str = ""  # where its document is, when not below the issuer's own address
    oidc_ca: Path | None = None  # the authority of its certificate, where it is one's own
    oidc_tenant_claim: str = "cosigne_tenant"  # the organisation's id, or a path: organization.id
    oidc_operator_role: str = "cosigne-operator"
    # for how long a process remembers a key: an erased one is gone everywhere after that
    key_lease: float = 60.0
    # where people and partners reach the services; in production it is told, never guessed
    url: str = NEAR
    kafka: Kafka | None = None  # without brokers, sealed logs are read directly
    webhook_test_addresses: tuple[str, ...] = ()  # besides public ones; never in production
    # service -> where the portal reaches it, when not below the address above
    service_urls: Mapping[str, str] = field(default_factory=dict)
    portal_client: str = "cosigne-portal"  # what the provider calls the portal
    portal_secret: str = field(default="", repr=False)  # seals what browsers keep for it
    portal_away: str = "https://www.wikipedia.org/"  # where the button leads that hides it at once
    portal_looks: Path | None = None  # the logos and accents of organisations
    mesh: bool = False  # what goes between processes is encrypted outside of them
    hang_seconds: float = 300.0  # a thread that is silent for longer, and waits for nobody, hangs
    ready_lag_seconds: float = 300.0  # what waits for longer makes a process not ready

    @classmethod
    def read(
        cls, environment: Mapping[str, str] = os.environ, needs: Collection[str] | None = None
    ) -> Self:
        """Read and check everything; what is missing is said all at once.

        `needs`: what the process cannot do without, where that is not everything.
        """
        given = Given(environment)
        mode = given.text("MODE", "embedded")
        if mode not in MODES:
            raise Refused("settings.unknown_mode", mode=mode, allowed=", ".join(MODES))
        settings = cls(
            mode=mode,
            databases=given.urls_of((*SERVICES, KEYS)),
            database_secret=given.text("DATABASE_SECRET"),
            database_urls=given.urls_of(
                f"{service}_{role}" for service in (*SERVICES, KEYS) for role in DATABASE_ROLES
            ),
            admin_database_url=given.administrator("ADMIN_DATABASE"),
            keys_admin_database_url=given.administrator("KEYS_ADMIN_DATABASE"),
            keys_folder=given.path("KEYS_FOLDER"),
            erasures_list=given.path("ERASURES_LIST"),
            oidc_issuer=given.text("OIDC_ISSUER"),
            oidc_audience=given.text("OIDC_AUDIENCE", "cosigne"),
            oidc_discovery=given.text("OIDC_DISCOVERY"),
            oidc_ca=given.path("OIDC_CA"),
            oidc_tenant_claim=given.text("OIDC_TENANT_CLAIM", "cosigne_tenant"),
            oidc_operator_role=given.text("OIDC_OPERATOR_ROLE", "cosigne-operator"),
            url=given.text("URL", "" if mode == "production" else NEAR).rstrip("/"),
            kafka=kafka_of(given, mode),
            webhook_test_addresses=given.networks("WEBHOOK_TEST_ADDRESSES"),
            service_urls=given.urls_of(SERVICES, "URL"),
            portal_client=given.text("PORTAL_CLIENT", "cosigne-portal"),
            portal_secret=given.text("PORTAL_SECRET"),
            portal_away=given.text("PORTAL_AWAY", "https://www.wikipedia.org/"),
            portal_looks=given.path("PORTAL_LOOKS"),
            mesh=given.text("MESH") == "yes",
            hang_seconds=given.seconds("HANG_SECONDS", 300),
            ready_lag_seconds=given.seconds("READY_LAG_SECONDS", 300),
        )
        if missing := settings.missing(EVERYTHING if needs is None else needs):
            raise Refused("settings.missing", names=", ".join(missing))
        if mode == "production" and (unfit := settings.unfit()):
            raise Refused("settings.unfit", names=", ".join(unfit))
        return settings

    @property
    def list_of_erasures(self) -> Path:
        """Where it was put; on one machine beside the folder of the keys, never in it."""
        if self.erasures_list is not None:
            return self.erasures_list
        if self.keys_folder is None or self.mode == "production":
            raise Refused("settings.missing", names="COSIGNE_ERASURES_LIST")
        return self.keys_folder.with_name(f"{self.keys_folder.name}-erasures.jsonl")

    def service_url(self, service: str) -> str:
        """Where a service answers, without the version: its own address, else below the common one."""
        return self.service_urls.get(service, f"{self.url}/{service}").rstrip("/")

    def missing(self, needs: Collection[str]) -> list[str]:
        """Which of those settings are not given."""
        known: dict[str, object] = {
            **{url_of(name): self._reaches(name) for name in (*SERVICES, KEYS)},
            "COSIGNE_KEYS_FOLDER": self.keys_folder,
            "COSIGNE_ERASURES_LIST": self.mode == "embedded" or self.erasures_list,
            "COSIGNE_URL": self.url,
            "COSIGNE_OIDC_ISSUER": self.oidc_issuer,
            "COSIGNE_PORTAL_SECRET": self.portal_secret,
            "COSIGNE_KAFKA": self.kafka,
            "COSIGNE_ADMIN_DATABASE_URL": self.admin_database_url,
        }
        return [name for name, value in known.items() if name in needs and not value]

    def unfit(self) -> list[str]:
        """Which settings production refuses, and why; never what a secret says."""
        public = {
            "COSIGNE_URL": self.url,
            "COSIGNE_OIDC_ISSUER": self.oidc_issuer,
            "COSIGNE_OIDC_DISCOVERY": self.oidc_discovery,
        }
        secrets = {
            "COSIGNE_PORTAL_SECRET": self.portal_secret,
            "COSIGNE_DATABASE_SECRET": self.database_secret,
        }
        databases = {url_of(n): u for n, u in {**self.databases, **self.database_urls}.items()}
        databases["COSIGNE_ADMIN_DATABASE_URL"] = self.admin_database_url
        databases["COSIGNE_KEYS_ADMIN_DATABASE_URL"] = self.keys_admin_database_url
        inside = {f"COSIGNE_{n.upper()}_URL": url for n, url in self.service_urls.items()}
        no_secret = self.databases and not (self.database_secret or self.database_urls)
        return [
            *in_clear(public),
            *(["COSIGNE_OIDC_ISSUER (embedded)"] if self.issues_itself else []),
            *too_short(secrets),
            *(["COSIGNE_DATABASE_SECRET"] if no_secret else []),
            *(["COSIGNE_WEBHOOK_TEST_ADDRESSES"] if self.webhook_test_addresses else []),
            *([] if self.mesh else [*databases_in_clear(databases), *in_clear(inside)]),
            *(self.kafka.unfit(mesh=self.mesh) if self.kafka else []),
        ]

    @property
    def issues_itself(self) -> bool:
        """Whether tokens are those of the small issuer that comes with an embedded installation."""
        return self.oidc_issuer == f"{self.url}/issuer"

    def _reaches(self, database: str) -> bool:
        """Whether its address is given, for all roles or at least for one of its own."""
        own = {f"{database}_{role}" for role in DATABASE_ROLES}
        return bool(self.databases.get(database)) or bool(own & self.database_urls.keys())

    def conninfo(self, service: str, role: str) -> str:
        """How the given role reaches the given service's database."""
        user = f"{service}_{role}"
        if whole := self.database_urls.get(user):
            return make_conninfo(whole, application_name=user)
        base = self.databases.get(service)
        if not base:
            raise Refused("settings.missing", names=url_of(service))
        return make_conninfo(base, user=user, password=self.password(user), application_name=user)

    def password(self, user: str) -> str:
        """One secret gives each database role a password of its own."""
        if not self.database_secret:
            raise Refused("settings.missing", names="COSIGNE_DATABASE_SECRET")
        return role_password(self.database_secret, user)


def role_password(secret: str, user: str) -> str:
    return hmac.new(secret.encode(), f"role:{user}".encode(), hashlib.sha256).hexdigest()


def url_of(name: str) -> str:
    return f"COSIGNE_{name.upper()}_DATABASE_URL"


# what an installation on one machine needs; a process of its own needs less, see each command
APART = ("COSIGNE_URL", "COSIGNE_KEYS_FOLDER", "COSIGNE_OIDC_ISSUER")
EVERYTHING = frozenset({*map(url_of, (*SERVICES, KEYS)), *APART})
