"""What the tests on real data share: where the data is, what is asked of the command."""
import os
import pathlib
import subprocess
import sys
import tempfile


def given(name):
    """The data's folder, the command and a folder for the project, from WRIT_REAL_DATA and the arguments; without the data the test is skipped."""
    data = pathlib.Path(os.environ.get("WRIT_REAL_DATA") or os.devnull) / name
    if not data.is_dir():
        print(f"skipped: {data} is not there" if os.environ.get("WRIT_REAL_DATA") else "skipped: WRIT_REAL_DATA does not name the folder of real data")
        sys.exit(77)
    out = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(tempfile.mkdtemp())
    out.mkdir(parents=True, exist_ok=True)
    return data, pathlib.Path(sys.argv[1]).resolve(), out


def run(writ, *arguments):
    return subprocess.run([writ, *map(str, arguments)], capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
