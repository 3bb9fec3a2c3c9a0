"""Where nobody receives telemetry, nothing is put in the way of a request."""

from flask import Flask

from shared.http.observing import Observed, observe


def test_an_application_is_left_as_it_is_without_telemetry():
    app = Flask("plans")
    observe(app, "plans")
    assert type(app.wsgi_app).__name__ == "method"
    assert app.before_request_funcs == {}


def test_with_it_each_request_goes_through(telemetry):
    app = Flask("plans")
    observe(app, "plans")
    assert isinstance(app.wsgi_app, Observed)
