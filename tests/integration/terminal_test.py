"""Colour, the moving line of long work, and what an interrupt leaves behind."""

import itertools
import signal
import tempfile
import pathlib
import unittest

import command
from command import ROOT, Terminal, environment, writ

BROKEN = ROOT / "examples/norvik-broken/misspelt_fact/broken.writ"
NORVIK = ROOT / "examples/norvik"
ESCAPE = "\x1b"
MOVED = b"\r\x1b[K"


def coloured(text):
    return ESCAPE + "[1;31m" in text


class Colour(unittest.TestCase):
    def test_a_pipe_gets_none_and_always_means_always(self):
        for choice, wanted in ((None, False), ("auto", False), ("never", False), ("always", True)):
            flags = ["--color", choice] if choice else []
            run = writ("check", BROKEN, *flags)
            self.assertEqual(coloured(run.stderr), wanted, choice)
            self.assertEqual(run.returncode, 1)

    def test_no_color_forbids_what_nobody_asked_for(self):
        for choice, no_color in itertools.product(("auto", "always", "never"), (None, "", "1")):
            env = environment() if no_color is None else environment(NO_COLOR=no_color)
            run = Terminal("check", BROKEN, "--color", choice, env=env)
            self.assertEqual(run.finish(), 1)
            wanted = choice == "always" or (choice == "auto" and not no_color)   # an empty NO_COLOR is none
            self.assertEqual(coloured(run.output.decode()), wanted, (choice, no_color))

    def test_a_dumb_terminal_gets_none(self):
        run = Terminal("check", BROKEN, env=environment(TERM="dumb"))
        run.finish()
        self.assertNotIn(b"\x1b", run.output)

    def test_colour_changes_no_letter(self):
        for words in (("check", BROKEN), ("prove", ROOT / "examples/hello"), ("say", NORVIK, "P05"), ("explain", "WRIT2002"), ("test", ROOT / "examples/hello"),
                      ("facts", "inv.enter", "--project", NORVIK), ("eval", NORVIK / "requests/deny.json", "--project", NORVIK, "--explain")):
            plain, painted = writ(*words), writ(*words, "--color", "always")
            strip = lambda text: "".join(part[part.index("m") + 1:] if i else part for i, part in enumerate(text.split(ESCAPE)))
            self.assertEqual(plain.stdout, strip(painted.stdout), words)
            self.assertEqual(plain.stderr, strip(painted.stderr), words)


class MovingLine(unittest.TestCase):
    def test_is_shown_on_a_terminal_and_gone_at_the_end(self):
        run = Terminal("prove", NORVIK, columns=60)
        self.assertEqual(run.finish(), 0)
        self.assertIn(MOVED + b"proving 1 of ", run.output)
        self.assertNotIn("proving", run.screen())
        for line in run.output.split(MOVED)[1:-1]:
            self.assertLess(len(line.decode()), 60)   # a line that wraps cannot be taken back

    def test_counts_tests_too(self):
        run = Terminal("test", NORVIK)
        self.assertEqual(run.finish(), 0)
        self.assertIn(MOVED + b"test 1 of ", run.output)
        self.assertRegex(run.screen(), r"\A(\d+) of \1 tests passed")

    def test_is_not_in_a_pipe(self):
        run = writ("prove", NORVIK)
        self.assertEqual(run.returncode, 0)
        self.assertNotIn("proving", run.stdout + run.stderr)
        self.assertNotIn(ESCAPE, run.stdout + run.stderr)

    def test_is_not_on_a_dumb_terminal(self):
        run = Terminal("prove", ROOT / "examples/hello", env=environment(TERM="dumb"))
        self.assertEqual(run.finish(), 0)
        self.assertNotIn(b"\x1b", run.output)


class Interrupt(unittest.TestCase):
    """The policy is the reference company: some hundred obligations, so that the first is done long before the last."""

    def test_the_first_one_ends_the_proofs_and_tells_what_is_done(self):
        run = Terminal("prove", NORVIK)
        run.wait_for(b"proving 2 of ")
        run.process.send_signal(signal.SIGINT)
        self.assertEqual(run.finish(seconds=10), 130)
        screen = run.screen()
        self.assertIn("interrupted: ", screen)
        self.assertIn(" not judged", screen)
        self.assertRegex(screen, r"proved \d+ of \d+ obligations")
        self.assertNotIn("proving ", screen)
        self.assertNotIn("WRIT4022", screen)   # what was not judged is no finding
        self.assertEqual(run.before, run.after)

    def test_a_file_asked_for_is_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "proofs.json"
            run = Terminal("prove", NORVIK, "--format", f"json={file}", "--format", "text")
            run.wait_for(b"proving 2 of ")
            run.process.send_signal(signal.SIGINT)
            self.assertEqual(run.finish(seconds=10), 130)
            import json
            report = json.loads(file.read_text(encoding="utf-8"))
            self.assertEqual(report["exit"], 130)
            reasons = [r["reason"] for r in report["proofs"]["results"]]
            self.assertGreater(reasons.count("cancelled"), 0)
            self.assertGreater(report["proofs"]["verdicts"]["proved"], 0)

    def test_no_bundle_is_left(self):
        with tempfile.TemporaryDirectory() as folder:
            project = pathlib.Path(folder) / "norvik"
            import shutil
            shutil.copytree(NORVIK, project, ignore=shutil.ignore_patterns("build"))
            with open(project / "writ.toml", "a", encoding="utf-8") as manifest:
                manifest.write('\n[build]\nrequire = ["role-sod", "dead", "conflict"]\n')
            run = Terminal("build", project)
            run.wait_for(b"proving 2 of ")
            run.process.send_signal(signal.SIGINT)
            self.assertEqual(run.finish(seconds=10), 130)
            self.assertFalse(list(project.glob("build/*")))

    def test_where_nobody_listens_it_ends_at_once(self):
        run = Terminal("eval", "-")   # waits for a request on the terminal
        run.read(0.5)
        run.process.send_signal(signal.SIGINT)
        self.assertEqual(run.finish(seconds=10), 130)
        self.assertEqual(run.output, b"")


if __name__ == "__main__":
    command.main()
