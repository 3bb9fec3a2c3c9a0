"""What every test may ask for."""

pytest_plugins = [
    "tests.support.groups",
    "tests.support.postgres",
    "tests.support.stores",
    "tests.support.keys",
    "tests.support.installation",
    "tests.support.telling",
]
