"""The CI workflow of a new project: it gets the tool before it uses it, and each of its `writ` lines does what it should, run here to the letter."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

writ, project = sys.argv[1], pathlib.Path(sys.argv[2])
text = (project / ".github/workflows/writ.yml").read_text(encoding="utf-8")
lines = re.findall(r"^      - run: (writ .*)$", text, re.MULTILINE)
assert [line.split()[1] for line in lines] == ["fmt", "check", "prove", "test", "build"], lines
assert 0 < text.index("install writ") < text.index("- run: writ"), "nothing installs writ"
with tempfile.TemporaryDirectory() as folder:
    here = pathlib.Path(folder) / "checkout"
    shutil.copytree(project, here)
    (here / "findings").mkdir()
    for line in lines:
        subprocess.run([writ, *line.split()[1:]], cwd=here, check=True, capture_output=True)
    ignored = [line.strip("/") for line in (here / ".gitignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    made = sorted({path.relative_to(here).parts[0] for path in here.rglob("*")} - {path.relative_to(project).parts[0] for path in project.rglob("*")})
    assert made and set(made) <= set(ignored), (made, ignored)
    assert sorted(path.name for path in (here / "findings").iterdir()) == ["check.sarif", "prove.sarif", "test.sarif"]
