"""Whatever stands where a file is expected, and wherever the answer should go: a coded message and an exit code of the table, in bounded time; never a
crash, and nothing half written that looks whole."""

import json
import os
import pathlib
import resource
import shutil
import socket
import subprocess
import tempfile
import unittest

import command
from command import ROOT, environment

HELLO = ROOT / "examples/hello/hello.writ"
NORVIK = ROOT / "examples/norvik"
REQUEST = NORVIK / "requests/permit.json"
BUNDLE = ROOT / "tests/conformance/norvik.writb"
LISTED = {0, 1, 2, 3, 5}


def run(*arguments, **how):
    how.setdefault("env", environment())
    how.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([command.WRIT, *map(str, arguments)], stdout=how.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE, timeout=120, check=False, **how)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def put(self, name, content):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def told(self, ran, code, says):
        """Exactly this exit code, with a coded message."""
        err = ran.stderr.decode("utf-8", "replace")
        self.assertEqual(ran.returncode, code, (ran.args, ran.stdout, err))
        self.assertIn(says, err, ran.args)

    def in_order(self, ran):
        """Some answer of the table; a failure says a code."""
        err = ran.stderr.decode("utf-8", "replace")
        self.assertIn(ran.returncode, LISTED, (ran.args, err))
        if ran.returncode != 0:
            self.assertRegex(err, r"error\[WRIT\d{4}\]", ran.args)


def reading(place):
    """Every command that reads a file, asked to read this one."""
    return [
        ("check", place), ("prove", place), ("test", place), ("say", place), ("build", place, "--emit", "kernel"), ("fmt", "--check", place),
        ("check", "--project", place), ("facts", "inv.enter", "--project", place),
        ("eval", place, "--project", NORVIK), ("eval", place, "--bundle", BUNDLE), ("eval", REQUEST, "--bundle", place), ("bundle", "inspect", place),
    ]


class WhereAFileIsExpected(Case):
    def refused(self, place, codes=("WRIT6004",)):
        for words in reading(place):
            with self.subTest(words=words):
                ran = run(*words, cwd=self.folder)
                self.assertEqual(ran.returncode, 2, (words, ran.stderr))
                self.assertTrue(any(code.encode() in ran.stderr for code in codes), (words, ran.stderr))

    def test_nothing(self):
        self.refused(self.folder / "none")

    def test_a_link_that_leads_to_itself(self):
        loop = self.folder / "loop"
        loop.symlink_to(loop)
        self.refused(loop)

    def test_a_folder(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.refused(empty, ("WRIT6004", "WRIT6005"))

    def test_something_below_a_file(self):
        self.refused(self.put("file", b"x") / "below")

    def test_a_socket(self):
        with socket.socket(socket.AF_UNIX) as s:
            s.bind(str(self.folder / "socket"))
            self.refused(self.folder / "socket")

    def test_a_name_that_is_too_long(self):
        self.refused("./" + "x" * 5000)

    def test_what_this_user_may_not_read(self):
        file = self.put("closed.writ", b"module a\n")
        file.chmod(0)
        if os.access(file, os.R_OK):
            self.skipTest("nothing is closed to this user")
        self.refused(file)


class WhatAFileHolds(Case):
    BYTES = {
        "nothing": b"",
        "one zero byte": b"\0",
        "a zero byte inside": b"module a\nenum E { a\0b }\n",
        "broken UTF-8": b"module a\nenum E { \xff\xfe }\n",
        "UTF-16": "module a\n".encode("utf-16"),
        "a program": pathlib.Path("/bin/true").read_bytes()[:60_000],
        "a mark of byte order alone": b"\xef\xbb\xbf",
        "no end of line": b"module a",
        "carriage returns": b"module a\r\renum E { a }\r",
        "open braces": b"{" * 50_000,
        "open brackets": b"[" * 50_000,
    }

    def test_every_command_answers(self):
        for what, content in self.BYTES.items():
            file = self.put("case.writ", content)
            for words in reading(file):
                with self.subTest(what=what, words=words):
                    self.in_order(run(*words, cwd=self.folder))
            for words in (("eval", file, "--bundle", BUNDLE), ("eval", file, "--project", NORVIK)):
                with self.subTest(what=what, words=words):
                    self.told(run(*words), 2, "WRIT8001")
            for words in (("bundle", "inspect", file), ("eval", REQUEST, "--bundle", file)):
                with self.subTest(what=what, words=words):
                    self.told(run(*words), 5, "WRIT7001")

    def test_as_a_manifest_or_a_baseline(self):
        self.put("p/a.writ", b"module a\nenum E { a }\n")
        for what, content in self.BYTES.items():
            with self.subTest(what=what):
                self.put("p/writ.toml", content)
                self.in_order(run("check", self.folder / "p"))
                self.put("p/accepted.toml", content)
                self.put("p/writ.toml", b'[diagnostics]\nbaseline = "accepted.toml"\n')
                self.in_order(run("check", self.folder / "p"))

    def test_windows_line_ends_and_a_mark_of_byte_order_change_no_meaning(self):
        plain = HELLO.read_bytes()
        said = run("build", self.put("plain/a.writ", plain), "--emit", "ast").stdout
        for name, content in (("crlf", plain.replace(b"\n", b"\r\n")), ("mark", b"\xef\xbb\xbf" + plain), ("both", b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"))):
            with self.subTest(name=name):
                file = self.put(f"{name}/a.writ", content)
                ran = run("build", file, "--emit", "ast")
                self.assertEqual((ran.returncode, ran.stdout), (0, said), ran.stderr)
                self.assertEqual(run("prove", file).returncode, 0)

    def test_a_hundred_megabytes(self):
        """A hole in a file costs no disk. The memory of the command is held down: nothing of that size is read."""
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

        file = self.put("large", b"")
        os.truncate(file, 100 << 20)
        for words in reading(file):
            with self.subTest(words=words):
                self.in_order(run(*words, cwd=self.folder, preexec_fn=limit))

    def test_input_without_an_end(self):
        for words in (("eval", "/dev/zero", "--bundle", BUNDLE), ("check", "/dev/zero"), ("eval", REQUEST, "--bundle", "/dev/zero")):
            with self.subTest(words=words):
                self.told(run(*words), 2, "WRIT6004")
        with open("/dev/zero", "rb") as zero:
            self.told(run("eval", "-", "--bundle", BUNDLE, stdin=zero), 2, "WRIT8001")


class StandardStreams(Case):
    def test_closed_input_is_no_empty_request(self):
        self.told(run("eval", "-", "--bundle", BUNDLE, preexec_fn=lambda: os.close(0)), 2, "WRIT6004")
        self.told(run("eval", "-", "--bundle", BUNDLE, stdin=os.open(self.folder, os.O_RDONLY)), 2, "WRIT6004")
        self.told(run("eval", "-", "--bundle", BUNDLE), 2, "WRIT8001")
        self.assertEqual(run("lsp", preexec_fn=lambda: os.close(0)).returncode, 1)   # the end of input without a `shutdown`

    ANSWERS = (("--help",), ("--version",), ("check", HELLO), ("say", HELLO), ("prove", HELLO), ("explain", "WRIT2001"), ("completion", "bash"),
               ("bundle", "inspect", BUNDLE), ("eval", REQUEST, "--bundle", BUNDLE, "--format", "json"), ("build", HELLO, "--emit", "kernel"),
               ("check", HELLO, "--format", "sarif"), ("facts", "inv.enter", "--project", NORVIK))

    def test_a_full_disk_behind_standard_output(self):
        for words in self.ANSWERS:
            with self.subTest(words=words), open("/dev/full", "wb") as full:
                self.told(run(*words, stdout=full), 2, "error[WRIT6007]: standard output cannot be written: no space left on device")

    def test_closed_output(self):
        for words in self.ANSWERS:
            with self.subTest(words=words):
                self.told(run(*words, preexec_fn=lambda: os.close(1)), 2, "error[WRIT6007]: standard output cannot be written")

    def test_a_reader_that_is_gone(self):
        """`writ say | head -1`: who reads no further wants no message; what was asked for was not delivered all the same."""
        for words in self.ANSWERS:
            with self.subTest(words=words):
                ours, theirs = os.pipe()
                os.close(ours)
                ran = run(*words, stdout=theirs)
                os.close(theirs)
                self.assertEqual(ran.returncode, 2, ran.stderr)
                self.assertNotIn(b"WRIT6007", ran.stderr)

    def test_findings_are_not_hidden_by_it(self):
        broken = ROOT / "examples/norvik-broken/misspelt_fact/broken.writ"
        ran = run("check", broken, preexec_fn=lambda: os.close(2))
        self.assertEqual(ran.returncode, 1)
        with open("/dev/full", "wb") as full:
            self.assertEqual(run("bundle", "inspect", broken, stdout=full).returncode, 5)

    def test_no_file_takes_the_place_of_a_closed_stream(self):
        """Were the bundle opened as descriptor 1, the report would be written into it."""
        file = self.put("p/hello.writ", HELLO.read_bytes())
        self.assertEqual(run("build", file).returncode, 0)
        whole = (self.folder / "p/build/hello.writb").read_bytes()
        shutil.rmtree(self.folder / "p/build")
        def close_all():
            for number in (0, 1, 2):
                os.close(number)
        self.assertEqual(run("build", file, preexec_fn=close_all).returncode, 2)
        self.assertEqual((self.folder / "p/build/hello.writb").read_bytes(), whole)


class WhereAnAnswerGoes(Case):
    def small(self, bytes):
        """No file grows past this: a disk that is full in the middle."""
        def limit():
            import signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes, bytes))
        return limit

    def only(self, *names):
        self.assertEqual(sorted(str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if not p.is_dir()), sorted(names))

    def test_a_bundle_is_written_whole_or_not_at_all(self):
        file = self.put("hello.writ", HELLO.read_bytes())
        self.told(run("build", file, preexec_fn=self.small(1000)), 2, "WRIT6007")
        self.only("hello.writ")
        self.assertEqual(run("build", file).returncode, 0)
        before = (self.folder / "build/hello.writb").read_bytes()
        file.write_bytes(HELLO.read_bytes().replace(b"10_000", b"20_000"))
        self.told(run("build", file, preexec_fn=self.small(1000)), 2, "WRIT6007")
        self.assertEqual((self.folder / "build/hello.writb").read_bytes(), before)
        self.only("build/hello.writb", "hello.writ")

    def test_a_report_is_written_whole_or_not_at_all(self):
        report = self.folder / "report.json"
        self.told(run("say", HELLO, "--format", f"json={report}", preexec_fn=self.small(50)), 2, "WRIT6007")
        self.only()
        self.assertEqual(run("say", HELLO, "--format", f"json={report}").returncode, 0)
        json.loads(report.read_text())
        for place in ("/dev/full", self.folder, self.folder / "no/such", report / "below"):
            with self.subTest(place=place):
                self.told(run("say", HELLO, "--format", f"json={place}"), 2, "WRIT6007")
        self.assertEqual(run("say", HELLO, "--format", "json=/dev/null").returncode, 0)

    def test_laying_out_keeps_the_old_file_its_links_and_its_permissions(self):
        untidy = b"module m\nenum E {a,b,\n c}\n" + b"// a comment that is long enough\n" * 40
        file = self.put("a.writ", untidy)
        file.chmod(0o640)
        (self.folder / "link.writ").symlink_to("a.writ")
        self.told(run("fmt", file, preexec_fn=self.small(100)), 2, "WRIT6007")
        self.assertEqual(file.read_bytes(), untidy)
        self.assertEqual(run("fmt", self.folder / "link.writ").returncode, 0)
        self.assertTrue((self.folder / "link.writ").is_symlink())
        self.assertNotEqual(file.read_bytes(), untidy)
        self.assertEqual(file.stat().st_mode & 0o777, 0o640)
        self.only("a.writ", "link.writ")

    def test_a_new_project_is_whole_or_not_there(self):
        self.told(run("new", self.folder / "made/here", preexec_fn=self.small(300)), 2, "WRIT6007")
        self.only()
        self.assertFalse((self.folder / "made").exists())
        (self.folder / "empty").mkdir()
        self.told(run("new", self.folder / "empty", preexec_fn=self.small(300)), 2, "WRIT6007")
        self.assertEqual(list((self.folder / "empty").iterdir()), [])

    def test_a_baseline_is_kept(self):
        self.put("p/writ.toml", b'[diagnostics]\nbaseline = "accepted.toml"\n[trust]\nmarks = "accept"\n')
        shutil.copy(ROOT / "examples/norvik-broken/role_with_both_sides/broken.writ", self.folder / "p")
        accept = ("prove", self.folder / "p", "--accept-through", "2026-03-31", "--because", "a reason that is long enough")
        env = environment(SOURCE_DATE_EPOCH="1767225600")
        self.told(run(*accept, env=env, preexec_fn=self.small(20)), 2, "WRIT6018")
        self.only("p/broken.writ", "p/writ.toml")
        self.assertEqual(run(*accept, env=env).returncode, 0)
        before = (self.folder / "p/accepted.toml").read_bytes()
        self.told(run("prove", self.folder / "p", "--accept-through", "2026-04-30", "--because", "another", "--budget", "1", env=env, preexec_fn=self.small(20)), 2, "WRIT6018")
        self.assertEqual((self.folder / "p/accepted.toml").read_bytes(), before)

    def test_a_folder_in_which_nothing_may_be_written(self):
        file = self.put("closed/a.writ", b"module m\nenum E {a,b,\n c}\n")
        (self.folder / "closed").chmod(0o555)
        self.addCleanup((self.folder / "closed").chmod, 0o755)
        if os.access(self.folder / "closed", os.W_OK):
            self.skipTest("nothing is closed to this user")
        self.told(run("fmt", file), 2, "WRIT6007")
        self.told(run("build", file), 2, "WRIT6007")
        self.told(run("new", self.folder / "closed/new"), 2, "WRIT6007")
        self.told(run("say", file, "--format", f"json={self.folder}/closed/r.json"), 2, "WRIT6007")


if __name__ == "__main__":
    command.main()
