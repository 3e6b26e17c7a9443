"""The wheel stands alone: code, schemes and territories are found from it as from the checkout."""

import sysconfig
from pathlib import Path

import pytest

from house import ROOT, run, tool

ASK = """
from pathlib import Path
import guichet
from guichet.settings import shipped_folder
print(Path(guichet.__file__).parent)
for name in ("schemes", "regions"):
    print(*sorted(p.relative_to(shipped_folder(name)).as_posix() for p in shipped_folder(name).rglob("*.yaml")))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel just built; dependencies are lent by the running environment."""
    folder = tmp_path_factory.mktemp("wheel")
    env = folder / "env"
    here("python", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    here("python", "-m", "venv", "--without-pip", str(env))
    (wheel,) = folder.glob("*.whl")
    here("python", "-m", "pip", "--python", str(env), "install", "-q", "--no-deps", "--no-index", str(wheel))
    # A path file adds folders without reading the path files inside them: the checkout itself stays unseen.
    (own,) = (env / "lib").glob("python3*/site-packages")
    (own / "lent.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return env


def test_code_schemes_and_territories_come_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    done = run(str(environment / "bin" / "python"), "-I", "-c", ASK, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    package, *shipped = done.stdout.splitlines()
    assert Path(package).is_relative_to(environment)
    assert [line.split() for line in shipped] == [yaml_files("schemes"), yaml_files("regions")]


def test_the_command_runs_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    done = run(str(environment / "bin" / "guichet"), "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.split()[0]) == (0, "guichet"), done.stdout


def yaml_files(name: str) -> list[str]:
    """The YAML files of a data folder of the checkout."""
    return sorted(path.relative_to(ROOT / name).as_posix() for path in (ROOT / name).rglob("*.yaml"))


def here(command: str, *arguments: str) -> None:
    """Runs a command of the running environment, which must succeed."""
    done = run(tool(command), *arguments)
    assert done.returncode == 0, done.stdout
