"""Continuous integration runs the README's own test command and accepts no skipped test."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from house import ROOT, read, run, tool

SUITE = """
import pytest

def test_what_is_missing():
    pytest.skip("no Chromium here")

@pytest.mark.xfail(strict=True)
def test_what_is_known():
    assert False
"""
MODULE = 'import pytest\npytest.skip("no PostgreSQL here", allow_module_level=True)\n'


def test_the_script_takes_its_command_from_the_readme() -> None:
    written = re.search(r"<!-- command: tests -->\n```bash\n(.+)\n```", read(Path("README.md")))
    assert written
    shown = run("bash", str(ROOT / ".ci" / "run"), "--show")
    assert (shown.returncode, shown.stdout.strip()) == (0, written[1])


@pytest.mark.parametrize(
    ("strict", "code", "line"), [("", 0, "2 skipped, 1 xfailed"), ("1", 2, "1 error"), ("0", 0, "2 skipped, 1 xfailed")]
)
def test_a_skipped_module_fails_a_strict_run(strict: str, code: int, line: str, tmp_path: Path) -> None:
    found = suite(tmp_path, {"test_one.py": SUITE, "test_two.py": MODULE}, strict)
    assert (found.returncode, line in found.stdout) == (code, True), found.stdout


def test_a_skipped_test_fails_a_strict_run_with_its_reason(tmp_path: Path) -> None:
    found = suite(tmp_path, {"test_one.py": SUITE}, "1")
    assert (found.returncode, "1 failed, 1 xfailed" in found.stdout) == (1, True), found.stdout
    assert "no Chromium here" in found.stdout


def suite(folder: Path, files: dict[str, str], strict: str) -> subprocess.CompletedProcess[str]:
    """Runs a small suite under our hooks."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    command = (tool("python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}", str(folder))
    return run(*command, cwd=folder, GUICHET_TEST_STRICT=strict, PYTEST_ADDOPTS="")
