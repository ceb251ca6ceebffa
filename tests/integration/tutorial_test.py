"""What README and tutorial show, as a newcomer follows it: every step appended to one file and checked, each command and answer to the letter."""

import pathlib
import re
import shlex
import shutil
import tempfile
import unittest

import command

TUTORIAL = (command.ROOT / "docs/language/tutorial.md").read_text(encoding="utf-8")


def blocks(language, text=TUTORIAL):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


class Tutorial(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.file = self.folder / "desk.writ"

    def run_well(self, *arguments):
        run = command.writ(*arguments, cwd=self.folder)
        self.assertEqual(run.returncode, 0, f"writ {' '.join(map(str, arguments))}\n{run.stdout}{run.stderr}")
        return run

    def test_every_step_checks_and_every_command_does_what_it_says(self):
        *steps, alone = blocks("writ")
        self.assertEqual(len(steps), 5)
        for step in steps:
            with self.file.open("a", encoding="utf-8") as file:
                file.write(step + "\n")
            self.run_well("check", "desk.writ")
        requests = blocks("json")
        self.assertEqual(len(requests), 1)
        (self.folder / "request.json").write_text(requests[0], encoding="utf-8")
        lines = [line.split("#")[0].strip() for block in blocks("console") for line in block.splitlines()]
        self.assertEqual([shlex.split(line)[2] for line in lines], ["check", "prove", "test", "build", "eval"])
        for line in lines:
            last = self.run_well(*shlex.split(line)[2:])
        self.assertTrue(last.stdout.startswith("permit  ada inv.enter on Invoice inv-7\n"), last.stdout)
        self.assertIn("desk.clerk", last.stdout)
        self.assertIn("a request to fill in", self.run_well("facts", "inv.enter").stdout)

    def test_the_rule_that_it_calls_dead_names_the_role(self):
        self.file.write_text("\n".join(blocks("writ")[:-1]).replace("never huge { inv.approve", "never huge { inv.enter"), encoding="utf-8")
        run = command.writ("prove", "desk.writ", cwd=self.folder)
        self.assertEqual(run.returncode, 1)
        self.assertIn("WRIT4003", run.stderr)
        self.assertIn("`desk.huge` decides nothing: no grant reaches what it concerns: desk.clerk", run.stderr)

    def test_the_file_that_imports_stands_alone(self):
        self.file.write_text(blocks("writ")[-1], encoding="utf-8")
        self.run_well("check", "desk.writ")
        self.run_well("prove", "desk.writ")
        self.run_well("say", "desk.writ")


class Readme(unittest.TestCase):
    def test_the_four_answers_are_what_the_command_says(self):
        shown = [block.split("\n", 1) for block in blocks("console", (command.ROOT / "README.md").read_text(encoding="utf-8")) if block.startswith("$ writ eval") and block.split("\n", 1)[0].endswith("--explain")]
        self.assertEqual(len(shown), 4)
        for line, answer in shown:
            run = command.writ(*shlex.split(line)[2:], cwd=command.ROOT)
            self.assertEqual(run.stdout.rstrip(), answer.rstrip(), line)


if __name__ == "__main__":
    command.main()
