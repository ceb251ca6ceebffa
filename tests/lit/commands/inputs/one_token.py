"""one_token WRIT FOLDER: of every pair broken.writ and mended.writ below FOLDER, in how many tokens they differ; fails unless it is one."""
import pathlib
import subprocess
import sys

writ, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def tokens(path):
    said = subprocess.run([writ, "build", "--emit=tokens", str(path)], capture_output=True, text=True, check=True).stdout
    words = [line.split(" ", 2) for line in said.splitlines()]
    return [(kind, text) for kind, _, text in words if kind not in ("Blank", "Comment", "DocComment")]


pairs = sorted(path.parent for path in folder.glob("*/broken.writ"))
bad = 0
for pair in pairs:
    broken, mended = tokens(pair / "broken.writ"), tokens(pair / "mended.writ")
    differ = [(a[1], b[1]) for a, b in zip(broken, mended) if a != b]
    same_length = len(broken) == len(mended)
    bad += not same_length or len(differ) != 1
    print(f"{pair.name}: {differ[0][0]} for {differ[0][1]}" if same_length and len(differ) == 1 else f"{pair.name}: {len(differ)} tokens, {len(broken)} against {len(mended)}")
print(f"{len(pairs)} pairs, {len(pairs) - bad} of them differ in one token")
sys.exit(1 if bad or not pairs else 0)
