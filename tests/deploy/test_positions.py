"""The list of positions is kept: by whom, where, and with what it is told."""

import pytest

from shared.settings import SERVICES, Settings
from tests.support.chart import EVERY, container, environment, of_kind, pods, rendered

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at

ROLE_URL = "postgresql://user@host/db?sslmode=verify-full"


@pytest.mark.parametrize(("size", "around"), EVERY)
def test_positions_are_written_down_every_minute_on_a_volume_of_their_own(size, around):
    objects = rendered(size, around)
    [timed] = of_kind(objects, "CronJob")
    assert timed["spec"]["schedule"] == "* * * * *"
    assert timed["spec"]["concurrencyPolicy"] == "Forbid", "two would write the same lines"
    assert timed["spec"]["suspend"] is False
    pod = pods(objects)["positions"]
    [claim] = [
        v["persistentVolumeClaim"] for v in pod["spec"]["volumes"] if v["name"] == "positions"
    ]
    claims = {one["metadata"]["name"] for one in of_kind(objects, "PersistentVolumeClaim")}
    assert claim["claimName"] == "cosigne-positions" in claims
    [place] = [m["mountPath"] for m in container(pod)["volumeMounts"] if m["name"] == "positions"]
    command, file = container(pod)["args"]
    assert command == "positions"
    assert file.startswith(f"{place}/")


@pytest.mark.parametrize(("size", "around"), EVERY)
def test_whoever_lists_them_is_told_what_the_command_asks_for_and_holds_no_key(
    size, around, tmp_path
):
    pod = pods(rendered(size, around))["positions"]
    told = dict(environment(pod))
    for key in [key for key in told if key.endswith("_FILE")]:
        secret = tmp_path / key
        secret.write_text(ROLE_URL if "URL" in key else "said by a file, long enough for anybody")
        told[key] = str(secret)
    settings = Settings.read(told)  # as the command reads them: everything is asked for
    for service in SERVICES:
        assert f"{service}_relay" in settings.conninfo(service, "relay")
    assert not [v for v in pod["spec"]["volumes"] if v["name"] == "keys"]


def test_with_a_password_for_each_role_only_those_who_relay_are_known_there():
    told = environment(pods(rendered("medium", "outside"))["positions"])
    files = {name for name in told if name.endswith("_DATABASE_URL_FILE")}
    assert files == {f"COSIGNE_{service.upper()}_RELAY_DATABASE_URL_FILE" for service in SERVICES}
    assert "COSIGNE_DATABASE_SECRET_FILE" not in told
