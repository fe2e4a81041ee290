"""The world that web tests happen in."""

import pytest
from flask import Flask

from tests.support.world import World, settled


@pytest.fixture
def world(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(app, tmp_path_factory.getbasetemp())
