"""The set-up hands uv what this machine told pip."""

import pytest

from tools import bootstrap


def test_uv_hears_of_the_mirror_and_the_certificate_that_pip_was_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/ssl/own.pem")

    told = bootstrap.uv_settings()

    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["SSL_CERT_FILE"] == "/etc/ssl/own.pem"
