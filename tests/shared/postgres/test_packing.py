"""What is packed here, the database reads as it was written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cosigne.embedded.postgres import Server
from shared.postgres.packing import packed, take_packed

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=timezone(timedelta(hours=-5)))
)
VALUES = {
    "uuid": st.uuids(),
    "text": texts,
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "double precision": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "timestamptz": instants,
    "date": st.dates(),
    "bytea": st.binary(max_size=40),
    "jsonb": st.dictionaries(texts, st.lists(st.integers(-(2**53), 2**53) | texts), max_size=3),
}


@pytest.fixture(scope="module")
def connection(server: Server) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.admin_conninfo, autocommit=True) as opened:
        opened.execute("SET timezone = 'UTC'")
        take_packed(opened)
        yield opened


@pytest.mark.parametrize("sql_type", VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_an_array_is_read_as_it_was_packed(connection, sql_type, data):
    values = data.draw(st.lists(st.none() | VALUES[sql_type], min_size=1, max_size=8))
    asked = f"SELECT v FROM unnest(%b::{sql_type}[]) WITH ORDINALITY AS u(v, n) ORDER BY n"
    cursor = connection.cursor(binary=True).execute(asked, (packed(sql_type, values),))
    assert [row[0] for row in cursor.fetchall()] == values


@pytest.mark.parametrize(
    ("sql_type", "value"),
    [
        ("bigint", 2**63),
        ("bigint", "sept"),
        ("uuid", "not one"),
        ("text", "\ud800"),
        ("timestamptz", datetime(2026, 1, 1)),  # noqa: DTZ001 - that is what is wrong with it
        ("timestamptz", date(2026, 1, 1)),
        ("jsonb", {"what": object()}),
    ],
)
def test_what_a_type_cannot_hold_is_refused_as_the_database_would(sql_type, value):
    with pytest.raises(psycopg.DataError):
        packed(sql_type, [value])


def test_a_nul_is_refused_by_the_database(connection):
    with pytest.raises(psycopg.DataError):
        connection.execute("SELECT %b::text[]", (packed("text", ["\0"]),))


def test_ids_and_instants_in_documents_are_text(connection):
    document = {"id": UUID(int=7), "at": datetime(2026, 1, 16, tzinfo=UTC)}
    row = connection.execute("SELECT (%b::jsonb[])[1]", (packed("jsonb", [document]),)).fetchone()
    assert row == ({"id": str(UUID(int=7)), "at": "2026-01-16T00:00:00+00:00"},)
