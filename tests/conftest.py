"""What every test may ask for."""

from hypothesis import HealthCheck, settings

# nothing here is timed: a busy machine finds no fault of its own
settings.register_profile(
    "house",
    parent=settings(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

pytest_plugins = [
    "tests.support.groups",
    "tests.support.postgres",
    "tests.support.stores",
    "tests.support.keys",
    "tests.support.installation",
    "tests.support.telling",
    "tests.support.kafka",
    "tests.support.secured",
]
