"""Every exit code of the table in docs/command_line.md, and which of several counts. 130 is in terminal_test.py."""

import pathlib
import re
import shutil
import tempfile
import unittest

import command
from command import ROOT, environment, writ

HELLO = ROOT / "examples/hello"
NORVIK = ROOT / "examples/norvik"
PLANTED = ROOT / "examples/norvik-broken"


class ExitCodes(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def answers(self, code, *arguments, env=None, says=None):
        run = writ(*arguments, env=env)
        self.assertEqual(run.returncode, code, (arguments, run.stdout, run.stderr))
        if says:
            self.assertIn(says, run.stdout + run.stderr)
        return run

    def test_0_is_good(self):
        for words in (("check", HELLO), ("prove", HELLO), ("test", HELLO), ("say", HELLO), ("explain", "WRIT2001"), ("--help",), ("--version",)):
            self.answers(0, *words)
        for request in ("permit", "deny", "pending", "indeterminate"):   # any decision is an answer
            self.answers(0, "eval", NORVIK / f"requests/{request}.json", "--project", NORVIK)

    def test_1_is_findings(self):
        self.answers(1, "check", PLANTED / "misspelt_fact/broken.writ")
        self.answers(1, "prove", PLANTED / "role_with_both_sides/broken.writ")
        self.answers(1, "fmt", "--check", self.write("a.writ", "module m\nrole r for Employee {\nmay a.b\n}\n"), says="WRIT6010")
        failing = (HELLO / "hello.writ").read_text(encoding="utf-8").replace("expect permit ben", "expect deny   ben")
        self.answers(1, "test", self.write("failing.writ", failing), says="WRIT5040")
        self.answers(1, "test", self.write("none.writ", "module m\nenum E { a }\n"), says="WRIT6017")
        for request in ("deny", "pending", "indeterminate"):
            self.answers(1, "eval", NORVIK / f"requests/{request}.json", "--project", NORVIK, "--fail-on", "deny")
        self.answers(0, "eval", NORVIK / "requests/permit.json", "--project", NORVIK, "--fail-on", "deny")

    def test_1_is_a_bundle_that_was_not_written(self):
        shutil.copy(PLANTED / "role_with_both_sides/broken.writ", self.folder / "a.writ")
        self.write("writ.toml", '[trust]\nmarks = "accept"\n[build]\nrequire = ["role-sod"]\n')
        self.answers(1, "build", self.folder, says="WRIT6016")
        self.assertFalse((self.folder / "build").exists())

    def test_2_is_usage_configuration_and_invalid_requests(self):
        for words in (("chek",), ("check", self.folder / "none"), ("check", self.folder), ("explain", "nosuch"), ("say", HELLO, "nosuch"), ("eval",),
                      ("check", "--format", "yaml"), ("prove", HELLO, "role-sdo"), ("new", NORVIK), ("facts", "no.such", "--project", NORVIK),
                      ("bundle", "inspect", self.folder / "none"), ("check", HELLO, "--format", f"json={self.folder}/no/such/place")):
            self.answers(2, *words)
        for text in ("{", "[]", "{}", '{"subject": 1}'):
            self.answers(2, "eval", self.write("request.json", text), "--project", NORVIK, says="WRIT8001")
        self.write("project/writ.toml", "[build]\nrequier = []\n")
        self.write("project/a.writ", "module m\nenum E { a }\n")
        self.answers(2, "check", self.folder / "project", says="WRIT6002")

    def test_3_is_undecided(self):
        self.answers(3, "prove", NORVIK, "--budget", "1", says="WRIT4022")

    def test_5_is_integrity(self):
        self.answers(5, "bundle", "inspect", self.write("no.writb", "this is no bundle"), says="WRIT7001")
        shutil.copytree(HELLO, self.folder / "hello")
        self.answers(0, "build", self.folder / "hello/hello.writ")
        bundle = next(self.folder.glob("*/build/*.writb"))
        self.answers(0, "bundle", "inspect", bundle)
        content = bytearray(bundle.read_bytes())
        content[len(content) // 2] ^= 1
        bundle.write_bytes(content)
        self.answers(5, "bundle", "inspect", bundle)

    def test_70_is_an_internal_error_with_what_shows_it(self):
        run = self.answers(70, "check", HELLO, env=environment(WRIT_BREAK_INVARIANT="1", TMPDIR=str(self.folder)))
        self.assertIn("saved in", run.stderr)
        self.assertTrue(list(self.folder.glob("writ-reproducer-*/sources/hello.writ")))

    def test_of_several_the_worst_counts(self):
        """The order is 70, 5, 2, 1, 3, 0."""
        shutil.copy(PLANTED / "role_with_both_sides/broken.writ", self.folder / "both.writ")
        policy = (self.folder / "both.writ").read_text(encoding="utf-8")
        self.answers(1, "prove", self.folder / "both.writ", "--budget", "3000")                                     # a refutation, perhaps beside what is undecided
        self.answers(2, "prove", self.folder / "both.writ", "--format", f"json={self.folder}/no/such/place")        # a refutation, and a file that cannot be written
        self.assertIn("role desk", policy)

    def test_the_page_lists_them(self):
        table = (ROOT / "docs/command_line.md").read_text(encoding="utf-8")
        listed = re.findall(r"^\| (\d+) \|", table, re.MULTILINE)
        self.assertEqual(listed, ["0", "1", "2", "3", "5", "70", "130"])

    def test_the_report_says_the_same(self):
        import json
        for code, words in ((0, ("check", HELLO)), (1, ("check", PLANTED / "misspelt_fact/broken.writ")), (3, ("prove", NORVIK, "--budget", "1"))):
            run = self.answers(code, *words, "--format", "json")
            self.assertEqual(json.loads(run.stdout)["exit"], code)


if __name__ == "__main__":
    command.main()
