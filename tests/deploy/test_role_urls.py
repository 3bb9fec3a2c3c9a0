"""The Secret of passwords for each role holds what the chart asks of it, and opens the same doors."""

import json
import subprocess
import sys

from psycopg.conninfo import conninfo_to_dict

from shared.settings import role_password
from tests.support.chart import ROOT, pods, rendered


def test_the_secret_has_every_key_that_a_pod_is_given():
    program = ROOT / "deploy" / "helm" / "role_urls.py"
    told = [sys.executable, str(program), "--host=pg.example.org", "--keys-host=keys.example.org"]
    made = subprocess.run(told, input="a secret\n", capture_output=True, text=True, check=True)
    kept = json.loads(made.stdout)["stringData"]
    asked = {
        item["key"]
        for pod in pods(rendered("medium", "outside")).values()
        for volume in pod["spec"]["volumes"]
        if volume["name"] == "database"
        for item in volume["secret"]["items"]
    }
    assert asked <= set(kept)
    assert not [name for name in kept if name.endswith("_owner")]
    plans = conninfo_to_dict(kept["plans_app"])
    assert (plans["host"], plans["dbname"]) == ("pg.example.org", "plans")
    assert plans["password"] == role_password("a secret", "plans_app")
    assert plans["sslrootcert"] == "/run/cosigne/ca/data/ca.crt"
    assert conninfo_to_dict(kept["keys_app"])["host"] == "keys.example.org"
