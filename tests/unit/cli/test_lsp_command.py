"""`guichet lsp`: it says which extra it needs, and no other command loads its library."""

import subprocess
import sys

import pytest

from guichet.settings import Settings
from guichet_cli.main import run


def test_without_its_library_the_server_says_which_extra_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)  # what Python sees of a library that is not installed
    assert run(["lsp"], Settings(language="fr")) == 2
    assert 'pip install "guichet-aides[editor]"' in capsys.readouterr().err


def test_what_helps_to_write_loads_no_library_of_the_protocol() -> None:
    asked = ["check", "fmt", "schema", "new", "new_scheme", "new_instance", "lsp"]
    code = f"import importlib, sys\nfor each in {asked}: importlib.import_module('guichet_cli.' + each)\n"
    done = subprocess.run([sys.executable, "-c", code + "sys.exit('pygls' in sys.modules)"], check=False)
    assert done.returncode == 0
