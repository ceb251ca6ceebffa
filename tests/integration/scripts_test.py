"""tools/setup on systems that this one is not: other distributions, users without root, machines where packages are missing. The programs it
calls are replaced by recorders, so nothing is installed."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n'
PACKAGES = [line for line in (ROOT / "tools/packages.txt").read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


class Setup(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for tool in ("sh", "sed", "tail", "tr", "grep", "dirname", "env", "cat"):
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.program("apt-get", f'echo "apt-get $*" >> "{self.folder}/calls"')
        self.installed(PACKAGES)
        self.user(0)

    def program(self, name, body):
        file = self.bin / name
        file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        file.chmod(0o755)

    def installed(self, packages):
        listing = self.folder / "installed"
        listing.write_text("".join(f"installed {p}\n" for p in packages) + "config-files removed-one\n", encoding="utf-8")
        self.program("dpkg-query", f'cat "{listing}"')

    def user(self, number):
        self.program("id", f"echo {number}")

    def with_sudo(self):
        self.program("sudo", f'echo "sudo $1" >> "{self.folder}/calls"\n"$@"')

    def setup(self, os_release=DEBIAN):
        file = self.folder / "os-release"
        file.write_text(os_release, encoding="utf-8")
        return subprocess.run([ROOT / "tools/setup", "--os-release", file], env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False)

    def calls(self):
        file = self.folder / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def test_another_system_is_refused_by_name(self):
        for os_release, name in (('PRETTY_NAME="Ubuntu 24.04 LTS"\nID=ubuntu\nVERSION_ID="24.04"\n', "Ubuntu 24.04 LTS"),
                                 ('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n', "Debian GNU/Linux 13 (trixie)"),
                                 ("ID=alpine\n", "unknown"), ("", "unknown")):
            run = self.setup(os_release)
            self.assertEqual(run.returncode, 1)
            self.assertIn(f"setup: this system is '{name}'; Writ builds on Debian 12 (bookworm)", run.stderr)
            self.assertEqual(self.calls(), [])

    def test_the_file_is_read_and_not_run(self):
        run = self.setup(DEBIAN + f'X=$(echo ran > "{self.folder}/ran")\n')
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertFalse((self.folder / "ran").exists())

    def test_nothing_is_done_where_all_is_there(self):
        begin = time.monotonic()
        run = self.setup()
        self.assertEqual((run.returncode, run.stdout, run.stderr, self.calls()), (0, "", "", []))
        self.assertLess(time.monotonic() - begin, 5)

    def test_root_installs_what_is_missing_and_nothing_else(self):
        self.installed([p for p in PACKAGES if p not in ("cmake", "mold")])
        run = self.setup()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("setup: installing cmake mold\n", run.stdout)
        self.assertEqual(self.calls(), ["apt-get update -q", "apt-get install -q -y --no-install-recommends cmake mold"])

    def test_a_package_whose_name_begins_alike_is_another(self):
        self.installed([p + "-doc" if p == "cmake" else p for p in PACKAGES])
        self.assertIn("installing cmake\n", self.setup().stdout)

    def test_a_user_goes_through_sudo(self):
        self.user(1000)
        self.with_sudo()
        self.installed(PACKAGES[1:])
        self.assertEqual(self.setup().returncode, 0)
        self.assertEqual(self.calls(), ["sudo apt-get", "apt-get update -q", "sudo env", f"apt-get install -q -y --no-install-recommends {PACKAGES[0]}"])

    def test_a_user_without_sudo_is_told_what_is_missing(self):
        self.user(1000)
        self.installed(PACKAGES[1:])
        run = self.setup()
        self.assertEqual(run.returncode, 1)
        self.assertIn(f"only root or sudo can install them: {PACKAGES[0]}", run.stderr)
        self.assertEqual(self.calls(), [])

    def test_a_user_needs_no_sudo_where_all_is_there(self):
        self.user(1000)
        self.assertEqual(self.setup().returncode, 0)

    def test_a_failing_apt_is_named(self):
        self.installed(PACKAGES[1:])
        self.program("apt-get", "exit 100")
        run = self.setup()
        self.assertEqual(run.returncode, 1)
        self.assertIn("setup: apt-get update failed", run.stderr)

    def test_an_unknown_argument_is_refused(self):
        run = subprocess.run([ROOT / "tools/setup", "--helo"], capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn("usage: tools/setup", run.stderr)


class Packages(unittest.TestCase):
    def test_are_in_order_and_listed_once(self):
        self.assertEqual(PACKAGES, sorted(set(PACKAGES)))

    def test_scripts_can_be_run(self):
        for name in ("setup", "build", "demo", "test", "coverage"):
            self.assertTrue(os.access(ROOT / "tools" / name, os.X_OK), name)


if __name__ == "__main__":
    unittest.main()
