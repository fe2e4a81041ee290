"""The world that web tests happen in."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.databases import Databases
from tests.support.world import World, settled, settled_in


@pytest.fixture
def database_url(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own; with the world in it where the test asks for that."""
    with settled_in(databases) if "world" in request.fixturenames else databases.migrated() as url:
        yield url


@pytest.fixture
def world(app: Flask, databases: Databases) -> World:
    return settled(app, databases)
