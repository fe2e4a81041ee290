"""A worker holds what it needs for most requests; what only some need is loaded by them."""

import json
import subprocess
import sys

from settings import ROOT

_SEE = "import json, sys, app, commands.serving; print(json.dumps(sorted(sys.modules)))"
HEAVY = ("alembic", "docx", "obstore", "openpyxl", "prometheus_client", "psycopg", "reportlab.platypus", "weasyprint")


def test_what_is_heavy_and_seldom_needed_is_not_loaded_at_start():
    made = subprocess.run([sys.executable, "-c", _SEE], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = json.loads(made.stdout)

    assert "reportlab.pdfgen.canvas" in loaded
    assert [name for name in HEAVY if name in loaded] == []
