#!/usr/bin/env python3
"""The delivered permissions of a real ERP (role x document type x right) as a Writ project, and Writ against counting.

    erpnext.py WRIT [OUT]     needs WRIT_REAL_DATA; OUT keeps the project that was made

Every right becomes an action, every role a role, with two kinds of rules: maker-checker (create and submit of one submittable document
type) and purchase to pay (maintain suppliers and post payments, order and receive, …). `writ prove role-sod` must name exactly the roles
that a few lines of Python count, and `writ eval` must decide for their holders exactly as the table says.
"""
import csv
import json
import re
import sys

from real import given, run

RIGHTS = ["create", "write", "submit", "cancel", "delete"]
PURCHASE_TO_PAY = [
    ("vendor_and_payment", "Supplier", "create", "Payment Entry", "submit"),
    ("vendor_and_invoice", "Supplier", "create", "Purchase Invoice", "submit"),
    ("order_and_receipt", "Purchase Order", "create", "Purchase Receipt", "submit"),
    ("order_and_invoice", "Purchase Order", "create", "Purchase Invoice", "submit"),
    ("receipt_and_invoice", "Purchase Receipt", "create", "Purchase Invoice", "submit"),
    ("invoice_and_payment", "Purchase Invoice", "create", "Payment Entry", "submit"),
]


def word(text):
    return re.sub(r"\W+", "_", text).strip("_").lower()


def action(doctype, right):
    return f"doc_{word(doctype)}.{right}"


def read(data):
    """Rights per role, and the submittable document types; field-level sets (permlevel above 0) grant no act of their own."""
    with open(data / "permissions.csv", encoding="utf-8") as f:
        rows = [row for row in csv.DictReader(f)]
    with open(data / "doctypes.csv", encoding="utf-8") as f:
        submittable = {row["doctype"] for row in csv.DictReader(f) if row["is_submittable"] == "1"}
    rights = {}
    for row in rows:
        if row["permlevel"] not in ("", "0"):
            continue
        held = {(row["doctype"], r) for r in RIGHTS if row[r] == "1"}
        rights.setdefault(row["role"], set()).update(held)
    return rows, rights, submittable


def rules_of(rights, submittable):
    """Name, side, side: only where somebody can do each side at all, for a side that nobody can do proves nothing."""
    granted = set().union(*rights.values())
    rules = [(f"maker_checker_{word(d)}", (d, "create"), (d, "submit")) for d in sorted(submittable)]
    rules += [(name, (a, r), (b, s)) for name, a, r, b, s in PURCHASE_TO_PAY]
    return [rule for rule in rules if rule[1] in granted and rule[2] in granted]


def write_project(out, rights, rules):
    granted = sorted(set().union(*rights.values()))
    doctypes = sorted({d for d, _ in granted})
    text = ['module erp  owner role owner_of_erp  zone "UTC"', "principal Employee is human { manager: Employee? }"]
    text.append("approval line = principal.manager due 3d")
    for d in doctypes:
        acts = ", ".join(action(d, r) for r in RIGHTS if (d, r) in granted)
        text.append(f"resource D_{word(d)} {{ name: string }}")
        text.append(f"action {acts} on D_{word(d)}")
    text.append("role owner_of_erp for Employee { on request after line }")
    for role in sorted(rights):
        lines = "\n".join(f"  may {action(d, r)}" for d, r in sorted(rights[role]))
        text.append(f"role r_{word(role)} for Employee {{\n{lines}\n  on request after line\n}}")
    for name, (a, r), (b, s) in rules:
        text.append(f'sod {name} high "{a} {r} and {b} {s}" {{ separate {action(a, r)} from {action(b, s)}  at assignment  because "delivered roles" }}')
    (out / "erp.writ").write_text("\n".join(text) + "\n", encoding="utf-8")
    (out / "writ.toml").write_text('[project]\nname = "erp"\n', encoding="utf-8")


def proved_breaking(writ, out):
    ran = run(writ, "prove", out, "role-sod", "--format", "json")
    report = json.loads(ran.stdout)
    kinds = {r["verdict"] for r in report["proofs"]["results"]}
    assert kinds <= {"proved", "refuted"}, kinds
    refuted = [r["id"].split("/") for r in report["proofs"]["results"] if r["verdict"] == "refuted"]
    return {(parts[1].removeprefix("erp."), parts[2].split(".")[0]) for parts in refuted}, len(report["proofs"]["results"])


def decisions(writ, out, rights):
    """For each role's holder: one act that the table gives, one that it does not; what Writ says of both."""
    granted = sorted(set().union(*rights.values()))
    asked = wrong = 0
    for role in sorted(rights):
        for wanted in (True, False):
            act = next((g for g in granted if (g in rights[role]) == wanted), None)
            if act is None:
                continue
            request = {
                "subject": {"type": "Employee", "id": "ada", "properties": {"manager": None, "held": {"roles": [{
                    "role": f"erp.r_{word(role)}", "args": {}, "from": "2026-01-01T00:00:00Z", "until": None, "rests_on": [], "source": "erp"}],
                    "complete": True, "source": "erp"}}},
                "action": {"name": action(*act)},
                "resource": {"type": f"D_{word(act[0])}", "id": "d1", "properties": {"name": "x"}},
                "context": {"time": "2026-02-01T00:00:00Z"}}
            file = out / "request.json"
            file.write_text(json.dumps(request), encoding="utf-8")
            ran = run(writ, "eval", file, "--project", out, "--format", "json")
            asked += 1
            if ran.returncode != 0 or json.loads(ran.stdout)["decision"] != wanted:
                wrong += 1
                print(f"{role}: {action(*act)} should be {'permitted' if wanted else 'refused'}: {ran.stdout or ran.stderr}", file=sys.stderr)
    return asked, wrong


def main():
    data, writ, out = given("erpnext-permissions")
    rows, rights, submittable = read(data)
    rules = rules_of(rights, submittable)
    write_project(out, rights, rules)

    checked = run(writ, "check", out)
    assert checked.returncode == 0, checked.stderr
    counted = {(f"r_{word(role)}", name) for role, held in rights.items() for name, a, b in rules if a in held and b in held}
    proved, obligations = proved_breaking(writ, out)
    asked, wrong = decisions(writ, out, rights)
    print(f"{len(rows)} rights, {len(rights)} roles, {len(rules)} rules, {obligations} obligations")
    print(f"{len({r for r, _ in counted})} delivered roles break a rule alone, {len(counted)} pairs counted, {len(proved)} proved")
    print(f"{asked} decisions asked, {wrong} differ from the table")
    for missing in sorted(counted - proved):
        print(f"counted, not proved: {missing}", file=sys.stderr)
    for surplus in sorted(proved - counted):
        print(f"proved, not counted: {surplus}", file=sys.stderr)
    return 1 if counted != proved or wrong or not counted or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
