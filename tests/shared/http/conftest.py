import pytest

from tests.support.things import thing_app


@pytest.fixture
def app():
    return thing_app()


@pytest.fixture
def client(app):
    return app.test_client()
