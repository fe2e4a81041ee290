"""The world that web tests happen in."""

import pytest
from flask import Flask

from tests.support.world import World


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)
