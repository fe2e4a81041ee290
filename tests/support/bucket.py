"""An S3-compatible service on this machine, with one empty bucket for each test that asks."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.request import Request, urlopen
from uuid import uuid4

from moto.server import ThreadedMotoServer

from settings import Bucket


@cache
def _server() -> str:
    """Start the service once; it ends with the process."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    return f"http://127.0.0.1:{port}"


@contextmanager
def bucket() -> Iterator[Bucket]:
    name = f"plumbline-{uuid4().hex[:12]}"
    urlopen(Request(f"{_server()}/{name}", method="PUT")).close()
    yield Bucket(name, "evidence/of", _server(), "us-east-1", "key", "secret")
