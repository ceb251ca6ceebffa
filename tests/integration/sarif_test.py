"""What SARIF 2.1.0 requires of the objects that Writ writes: which keys they may have, which they must, and what the values may be."""

import json
import pathlib
import re
import shutil
import tempfile
import unittest

import command
from command import ROOT, environment, writ


class Shape:
    """An object of the format: keys it must have, keys it may have, and a check for each value."""

    def __init__(self, must, may=None, any_of=()):
        self.must, self.may, self.any_of = must, may or {}, any_of

    def __call__(self, value, at):
        if not isinstance(value, dict):
            return [f"{at}: no object"]
        wrong = [f"{at}: `{key}` is missing" for key in self.must if key not in value]
        if self.any_of and not any(key in value for key in self.any_of):
            wrong.append(f"{at}: none of {', '.join(self.any_of)}")
        for key, inner in value.items():
            check = self.must.get(key) or self.may.get(key)
            wrong += check(inner, f"{at}.{key}") if check else [f"{at}: `{key}` is no key here"]
        return wrong


def text(value, at):
    return [] if isinstance(value, str) else [f"{at}: no text"]


def one_of(*words):
    return lambda value, at: [] if value in words else [f"{at}: {value!r} is none of {words}"]


def at_least(least):
    return lambda value, at: [] if isinstance(value, int) and not isinstance(value, bool) and value >= least else [f"{at}: {value!r} is below {least}"]


def flag(value, at):
    return [] if isinstance(value, bool) else [f"{at}: no true or false"]


def items(check, least=0):
    def run(value, at):
        if not isinstance(value, list) or len(value) < least:
            return [f"{at}: no list of at least {least}"]
        return [line for i, one in enumerate(value) for line in check(one, f"{at}[{i}]")]
    return run


def texts(value, at):
    return [line for key, one in value.items() for line in text(one, f"{at}.{key}")] if isinstance(value, dict) else [f"{at}: no object"]


def uri(value, at):
    """From where the command ran, or a whole one for what lies elsewhere."""
    good = isinstance(value, str) and re.fullmatch(r"(?:file:///)?(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*", value)
    return [] if good else [f"{at}: {value!r} is no reference"]


MESSAGE = Shape({}, {"text": text}, any_of=("text", "id"))
WHERE = Shape({}, {"uri": uri})
REGION = Shape({}, {key: at_least(1) for key in ("startLine", "startColumn", "endLine", "endColumn")})
PLACE = Shape({}, {"artifactLocation": WHERE, "region": REGION}, any_of=("address", "artifactLocation"))
LOCATION = Shape({}, {"id": at_least(-1), "physicalLocation": PLACE, "message": MESSAGE})
REPLACEMENT = Shape({"deletedRegion": REGION}, {"insertedContent": Shape({}, {"text": text})})
CHANGE = Shape({"artifactLocation": WHERE, "replacements": items(REPLACEMENT, 1)})
FIX = Shape({"artifactChanges": items(CHANGE, 1)}, {"description": MESSAGE})
LEVEL = one_of("none", "note", "warning", "error")
SUPPRESSION = Shape({"kind": one_of("inSource", "external")}, {"status": one_of("accepted", "underReview", "rejected"), "justification": text})
RESULT = Shape({"message": MESSAGE}, {"ruleId": text, "level": LEVEL, "locations": items(LOCATION), "relatedLocations": items(LOCATION), "fixes": items(FIX),
                                      "suppressions": items(SUPPRESSION), "partialFingerprints": texts})
RULE = Shape({"id": text}, {"name": text, "shortDescription": MESSAGE, "help": MESSAGE, "defaultConfiguration": Shape({}, {"level": LEVEL})})
DRIVER = Shape({"name": text}, {"version": text, "rules": items(RULE)})
INVOCATION = Shape({"executionSuccessful": flag}, {"exitCode": at_least(0)})
RUN = Shape({"tool": Shape({"driver": DRIVER})}, {"invocations": items(INVOCATION), "columnKind": one_of("utf16CodeUnits", "unicodeCodePoints"), "results": items(RESULT),
                                       "automationDetails": Shape({}, {"id": text})})
LOG = Shape({"version": one_of("2.1.0"), "runs": items(RUN)}, {"$schema": text})


class Sarif(unittest.TestCase):
    def log_of(self, *words, env=None):
        run = writ(*words, "--format", "sarif", env=env)
        log = json.loads(run.stdout)
        self.assertEqual(LOG(log, "log"), [], words)
        results = log["runs"][0]["results"]
        rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
        self.assertEqual(rules, sorted(set(rules)))
        for result in results:
            self.assertIn(result["ruleId"], rules)
            for location in result.get("locations", []):
                region = location["physicalLocation"]["region"]
                self.assertLessEqual((region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"]))
        self.assertEqual(log["runs"][0]["invocations"][0]["exitCode"], run.returncode)
        return results

    def test_the_shapes_refuse(self):
        self.assertTrue(LOG({"version": "2.0.0", "runs": []}, "log"))
        self.assertTrue(RESULT({"message": {"text": "x"}, "lebel": "error"}, "result"))
        self.assertTrue(PLACE({"region": {"startLine": 0}}, "place"))
        self.assertTrue(FIX({"artifactChanges": []}, "fix"))

    def test_every_planted_defect_is_a_valid_log(self):
        defects = sorted((ROOT / "examples/norvik-broken").glob("*/broken.writ"))
        self.assertGreaterEqual(len(defects), 15)
        for defect in defects:
            levels = [result["level"] for command in ("check", "prove") for result in self.log_of(command, defect)]
            self.assertIn("error", levels, defect)

    def test_nothing_found_is_a_valid_log(self):
        self.assertEqual(self.log_of("check", ROOT / "examples/hello"), [])

    def test_names_that_no_uri_carries(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "wir prüfen 100%.writ").write_text('module a\nrole "é" {\n', encoding="utf-8")
            results = self.log_of("check", folder)
            self.assertIn("wir%20pr%C3%BCfen%20100%25.writ", json.dumps(results))

    def test_places_are_those_of_the_folder_that_asks(self):
        """A code scanner looks files up from the root of the checkout, not from the project's folder."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "policy").mkdir()
            (root / "policy/a.writ").write_text("module a\nrole r {\n  may a.b\n}\n", encoding="utf-8")
            def place(cwd, asked):
                found = json.loads(writ("check", asked, "--format", "sarif", cwd=cwd).stdout)["runs"][0]["results"][0]
                self.assertEqual(json.loads(writ("check", asked, "--format", "json", cwd=cwd).stdout)["diagnostics"][0]["at"]["file"].split("/")[-1], "a.writ")
                return found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            self.assertEqual(place(root, "policy"), "policy/a.writ")
            self.assertEqual(place(root, root / "policy/a.writ"), "policy/a.writ")
            self.assertEqual(place(root / "policy", "."), "a.writ")
            self.assertEqual(place("/", root / "policy"), folder[1:] + "/policy/a.writ")
            elsewhere = root / "elsewhere"
            elsewhere.mkdir()
            self.assertEqual(place(elsewhere, "../policy"), f"file://{folder}/policy/a.writ")
            self.assertIn("--> policy/a.writ:2:", writ("check", "policy", cwd=root).stderr)

    def test_findings_that_are_alike_have_fingerprints_of_their_own(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("a", "b"):
                (pathlib.Path(folder) / f"{name}.writ").write_text(f"module {name}\nrole r {{\n  may no.such\n}}\nrole s {{\n  may no.such\n}}\n", encoding="utf-8")
            results = self.log_of("check", folder)
            prints = [result["partialFingerprints"]["writ/v2"] for result in results]
            self.assertGreaterEqual(len(prints), 4)
            self.assertEqual(len(prints), len(set(prints)))
            self.assertEqual(prints, [result["partialFingerprints"]["writ/v2"] for result in self.log_of("check", folder)])

    def test_each_command_is_a_category_of_its_own(self):
        log = json.loads(writ("prove", ROOT / "examples/hello", "--format", "sarif").stdout)
        self.assertEqual(log["runs"][0]["automationDetails"], {"id": "writ-prove/"})

    def test_a_dead_statement_shows_what_kills_it(self):
        (result,) = self.log_of("prove", ROOT / "examples/norvik-broken/dead_grant/broken.writ", "dead")
        (killer,) = result["relatedLocations"]
        self.assertTrue(killer["message"]["text"].startswith("killed by "), killer)

    def test_what_nobody_can_read_has_no_place(self):
        with tempfile.TemporaryDirectory() as folder:
            results = self.log_of("check", folder)
            self.assertNotIn("locations", results[0])

    def test_an_accepted_finding_is_suppressed(self):
        with tempfile.TemporaryDirectory() as folder:
            project = pathlib.Path(folder)
            shutil.copy(ROOT / "examples/norvik-broken/role_with_both_sides/broken.writ", project / "a.writ")
            (project / "writ.toml").write_text('[trust]\nmarks = "accept"\n[diagnostics]\nbaseline = "accepted.toml"\n', encoding="utf-8")
            env = environment(SOURCE_DATE_EPOCH="1767225600")
            writ("prove", project, "--accept-through", "2026-02-01", "--because", "rollout", env=env)
            results = self.log_of("prove", project, env=env)
            self.assertEqual(results[0]["suppressions"], [{"kind": "external", "status": "accepted", "justification": "rollout (through 2026-02-01)"}])


if __name__ == "__main__":
    command.main()
