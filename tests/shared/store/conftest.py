"""The stores' tests ask for keys."""

from tests.support.keys import (  # noqa: F401 - fixtures
    key_files,
    keys,
    keys_database,
    keys_pool,
    new_process,
)
