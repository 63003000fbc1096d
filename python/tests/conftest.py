"""What the tests of the Python module share: where things are, and one run of an example."""
import os
import subprocess
from pathlib import Path

import pytest

import kontor

SOURCE = Path(os.environ.get("KONTOR_SOURCE", Path(__file__).resolve().parents[2]))
FINLAND = SOURCE / "data" / "finland-2014"
WORLD = SOURCE / "data" / "world-2011"
CONTRACT = SOURCE / "examples" / "1-one-contract" / "programme.toml"
FULL = SOURCE / "examples" / "finland-full" / "programme.toml"


@pytest.fixture(scope="session")
def program():
    """Runs the command line; skips where it was not built."""
    path = os.environ.get("KONTOR_BINARY", "")
    if not path or not Path(path).exists():
        pytest.skip("the command line was not built")

    def run(*arguments, code=0):
        done = subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, timeout=300)
        assert done.returncode == code, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def finland():
    return kontor.read_accounts(FINLAND)


@pytest.fixture(scope="session")
def contract():
    return kontor.run(CONTRACT)


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line("  skipped: " + reason.removeprefix("Skipped: "))
