"""Fresh environments in which packages are installed as a stranger installs them; dependencies are lent."""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from house import run

__all__ = ["Environment", "an_environment"]


@dataclass(frozen=True)
class Environment:
    """A virtual environment of its own."""

    folder: Path

    def program(self, name: str) -> str:
        """Give the path of one of its programs."""
        return str(self.folder / "bin" / name)

    def install(self, *packages: Path, editable: bool = False) -> None:
        """Install packages from their folders, with nothing fetched from anywhere."""
        for package in packages:
            what = ("--editable", str(package)) if editable else (str(package),)
            done = run(
                sys.executable, "-m", "pip", "--python", str(self.folder), "install", "-q", "--no-deps",
                "--no-build-isolation", "--no-index", *what,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout

    def python(self, *arguments: str, cwd: Path, **variables: str) -> CompletedProcess[str]:
        """Run its Python."""
        return run(self.program("python"), *arguments, cwd=cwd, **variables)

    def guichet(self, *arguments: str, cwd: Path, **variables: str) -> CompletedProcess[str]:
        """Run the command line as its Python sees it."""
        return self.python("-c", "from guichet_cli.main import main; main()", *arguments, cwd=cwd, **variables)


def an_environment(folder: Path) -> Environment:
    """Make an environment that sees Guichet and its dependencies, and no other plugin."""
    done = run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    assert done.returncode == 0, done.stdout
    (own,) = (folder / "lib").glob("python3*/site-packages")
    lent = sysconfig.get_paths()["purelib"]
    own.joinpath("lent.pth").write_text(f"import site; site.addsitedir({lent!r})\n", encoding="utf-8")
    return Environment(folder)
