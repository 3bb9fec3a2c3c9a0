"""A blueprint whose requests are read strictly: unknown fields are refused, in query and body."""

from __future__ import annotations

from typing import Any, NoReturn

import marshmallow as ma
from flask import Request
from flask_smorest import blueprint as smorest
from webargs.flaskparser import FlaskParser

from shared.http.bodies import body_of
from shared.http.complaints import Trouble, troubles
from shared.http.errors import Misfit

WHERE = {"json": "body", "query": "query", "querystring": "query", "headers": "header"}


class Reader(FlaskParser):
    """webargs' parser with our JSON, our refusals, and nothing passed over in silence."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs declares it an instance's
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "querystring": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        del schema
        return body_of(req)

    def load_querystring(self, req: Request, schema: ma.Schema) -> Any:
        for name, value in req.args.items(multi=True):
            if "\0" in name + value or "\ufffd" in name + value:
                raise Misfit([Trouble((name,), "text.unreadable")], where="query")
        return super().load_querystring(req, schema)

    def handle_error(
        self, error: ma.ValidationError, req: Request, schema: ma.Schema, **_: Any
    ) -> NoReturn:
        del req, schema
        # webargs says where first: {"json": {...}}
        (location, messages), *_rest = error.normalized_messages().items()  # type: ignore[no-untyped-call]
        raise Misfit(troubles(messages), where=WHERE.get(location, location)) from None


class Blueprint(smorest.Blueprint):
    """The blueprint of every service."""

    ARGUMENTS_PARSER = Reader()

    def arguments(self, schema: type[ma.Schema] | ma.Schema, **kwargs: Any) -> Any:
        """What a request is read with is made once: webargs would make it anew for each request."""
        made = schema() if isinstance(schema, type) else schema
        return super().arguments(made, **kwargs)  # type: ignore[no-untyped-call]
