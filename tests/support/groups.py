"""Tests of one group go to one worker, as `xdist_group` and `--dist loadgroup` promise.

pytest 9.2 keeps the id of a test where pytest-xdist 3.8 does not write it: every group is silently
ignored (pytest-dev/pytest-xdist#1386). To be removed once a release of pytest-xdist knows of it;
`tests/architecture/test_groups.py` fails if it does too much by then.
"""

import pytest
from _pytest.nodeid import NodeId


@pytest.hookimpl(trylast=True)  # after xdist has done what it can
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        named = {str(mark.args[0]) for mark in item.iter_markers("xdist_group")}
        told = f"@{'_'.join(sorted(named))}"
        if named and not item.nodeid.endswith(told):
            item._id = NodeId.parse(f"{item.nodeid}{told}")
