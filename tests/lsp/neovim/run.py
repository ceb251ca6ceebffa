#!/usr/bin/env python3
"""Opens a copy of tests/lsp/project in a headless Neovim with editors/neovim/writ.lua and runs drive.lua there.

usage: run.py NVIM WRIT SOURCE_FOLDER
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def main():
    nvim, writ, source = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="writ_nvim_") as folder:
        project = pathlib.Path(folder) / "project"
        shutil.copytree(source / "tests/lsp/project", project)
        environment = {**os.environ, "WRIT": writ, "HOME": folder, "LC_ALL": "C.UTF-8"}
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            environment[f"XDG_{name}_HOME"] = f"{folder}/{name.lower()}"
        run = subprocess.run([nvim, "--headless", "-n", "-i", "NONE", "-u", str(source / "editors/neovim/writ.lua"), "-S", str(source / "tests/lsp/neovim/drive.lua")],
                             cwd=project, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900, check=False)
        output = run.stdout.decode(errors="replace")
        print(output)
        if run.returncode != 0 or "all steps passed" not in output:
            sys.exit(f"neovim ended with {run.returncode}")


if __name__ == "__main__":
    main()
