"""What is missing for a broker is named; what is not what was pinned is never started."""

import pytest

from cosigne.embedded import broker_programs as broker
from cosigne.embedded.broker import cluster_id
from shared.kernel import Refused


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_java_it_says_what_to_install(nothing_installed):
    with pytest.raises(Refused, match=r"kafka\.no_java"):
        broker.programs()


def test_an_old_java_will_not_do(nothing_installed):
    java = nothing_installed / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    with pytest.raises(Refused, match=r"kafka\.no_java"):
        broker.require_java()


def test_without_maven_it_says_what_to_install(nothing_installed):
    with pytest.raises(Refused, match=r"kafka\.no_maven"):
        broker.fetch(nothing_installed / "jars")


def test_what_is_not_what_was_pinned_is_refused(nothing_installed):
    maven = nothing_installed / "mvn"
    # brings another jar under the right name, wherever it is told to
    maven.write_text(
        '#!/bin/sh\nfor a; do case "$a" in -DoutputDirectory=*) d="${a#*=}";; esac; done\n'
        '/bin/mkdir -p "$d" && echo other > "$d/kafka_2.13-4.3.1.jar"\n'
    )
    maven.chmod(0o755)
    with pytest.raises(Refused, match=r"kafka\.not_what_was_pinned"):
        broker.fetch(nothing_installed / "jars")
    assert (nothing_installed / "jars" / "kafka_2.13-4.3.1.jar").exists()  # to be looked at


def test_no_cluster_has_a_name_that_its_tool_takes_for_an_option():
    made = {cluster_id() for _ in range(2000)}  # of which thirty would begin with a dash
    assert len(made) == 2000
    assert not any(one.startswith("-") for one in made)
