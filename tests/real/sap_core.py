#!/usr/bin/env python3
"""Users, roles, mitigations and five risks of a small SAP extract as a Writ project, and Writ against counting.

    sap_core.py WRIT [OUT]     needs WRIT_REAL_DATA; OUT keeps the project that was made

Python counts by the extract's own rule: active user, both assignments valid, activities match, same organisational unit. What it counts
becomes the exact expectations of `test` statements, so `writ test` fails if Writ sees one finding more or less. A dated mitigation covers,
one that has ended is overdue, and one that nobody approved does not become a statement: in Writ it would not compile.
"""
import csv
import json
import re
import sys

from real import given, run

DAY = "2026-08-21"


def table(folder, name):
    with open(folder / name, encoding="utf-8") as f:
        return list(csv.DictReader(f))


def word(text):
    return re.sub(r"\W+", "_", text).lower()


def action(name, activity):
    return f"{word(name)}.{activity}"


def sides(risk):
    return [[action(a["action"], activity) for activity in a["activities"]] for a in risk["actions"]]


def counted(users, assignments, permissions, risks):
    """(user, risk) → the units in which all sides meet."""
    found = {}
    for user in users:
        if user["status"] not in ("active", "enabled"):
            continue
        roles = {a["role"] for a in assignments if a["user_id"] == user["user_id"] and a["valid_from"] <= DAY <= a["valid_to"]}
        can = {(action(p["action"], p["activity"]), p["org_unit"]) for p in permissions if p["role"] in roles and p["active"] == "true"}
        for risk in risks:
            units = [{unit for act, unit in can if act in side} for side in sides(risk)]
            meeting = set.intersection(*units)
            if meeting:
                found[user["user_id"], risk["risk_id"]] = sorted(meeting)
    return found


def policy(users, assignments, permissions, mitigations, risks):
    units = sorted({p["org_unit"] for p in permissions})
    acts = sorted({action(p["action"], p["activity"]) for p in permissions} | {a for r in risks for s in sides(r) for a in s})
    controls = sorted({m["control_id"] for m in mitigations})
    text = ['module sap  owner role grc  zone "UTC"', 'system s4 "SAP"  kind erp  precision object  enforced  complete for held, owned']
    text.append("dimension Unit { " + "  ".join(f'{u}: s4 BUKRS "{u}"' for u in units) + " }")
    text += ["principal Employee is human { manager: Employee?, units: set<Unit> }", "resource Doc { unit: Unit }", f"action {', '.join(acts)} on Doc"]
    text += ["approval board = role grc due 5d", "role grc for Employee { on request after board }"]
    for role in sorted({p["role"] for p in permissions}):
        mine = [p for p in permissions if p["role"] == role and p["active"] == "true"]
        unit = mine[0]["org_unit"]
        text.append(f"role {word(role)} for Employee {{ within {unit}  may {', '.join(action(p['action'], p['activity']) for p in mine)}  on request after board }}")
    for risk in risks:
        left, right = sides(risk)
        text.append(f'sod {word(risk["risk_id"])} {risk["severity"]} "{risk["title"]}" {{ separate {", ".join(left)} from {", ".join(right)}  '
                    f'within same Unit  mitigation at most 366d, by board, with control  because "{risk["process"]}" }}')
    for control in controls:
        rules = sorted({word(m["risk_id"]) for m in mitigations if m["control_id"] == control})
        text.append(f'control {word(control)} "{control}" {{ for {", ".join(rules)}  owner role grc  monitor "auditor"  every 30d }}')
    for m in approved(mitigations):
        text.append(f'mitigation {name_of(m)} covers {word(m["risk_id"])} {{ for "{m["user_id"]}"  from {m["valid_from"]} through {m["valid_to"]}  owner role grc  '
                    f'approved by "auditor" on 2025-12-31  reason "as extracted"  ticket "T-1"  with {word(m["control_id"])} }}')
    return "\n".join(text) + "\n"


def approved(mitigations):
    return [m for m in mitigations if m["approved"] == "true"]


def name_of(mitigation):
    return f"m_{word(mitigation['user_id'])}_{word(mitigation['risk_id'])}"


def facts(users, assignments, permissions, mitigations):
    units = ", ".join(sorted({p["org_unit"] for p in permissions}))
    text = [f"facts sap.people  as of {DAY}T12:00Z  complete within {units}"]
    text.append(f"given auditor: Employee {{ manager: none, units: {{ {units} }} }} holds grc from 2025-01-01")
    for user in users:
        # a locked account uses nothing: the extract's rule counts active users only
        held = [a for a in assignments if a["user_id"] == user["user_id"] and user["status"] in ("active", "enabled")]
        roles = ", ".join(f"{word(a['role'])} from {a['valid_from']} through {a['valid_to']}" for a in held)
        text.append(f"given {word(user['user_id'])}: Employee \"{user['user_id']}\" {{ manager: none, units: {{ {units} }} }}" + (f" holds {roles}" if roles else ""))
    text += [f"given {word(c)} tested 2026-08-01 effective" for c in sorted({m["control_id"] for m in mitigations})]
    return "\n".join(text) + "\n"


def tests(users, mitigations, found):
    text = ["module sap.findings", "use facts sap.people"]
    for user in users:
        who = word(user["user_id"])
        lines = []
        for (found_user, risk), units in sorted(found.items()):
            if found_user != user["user_id"]:
                continue
            covering = [m for m in approved(mitigations) if m["user_id"] == found_user and m["risk_id"] == risk]
            if any(m["valid_from"] <= DAY <= m["valid_to"] for m in covering):
                lines += [f"  expect mitigated violation {word(risk)} of {who} within {u}" for u in units]
            elif covering:
                lines += [f"  expect overdue {name_of(m)} of {who} since {next_day(m['valid_to'])}T00:00Z" for m in covering]
            else:
                lines += [f"  expect violation {word(risk)} of {who} within {u}" for u in units]
        text.append(f'test "{user["user_id"]}" {{\n' + "\n".join(lines or [f"  expect no violation of {who}"]) + "\n}")
    return "\n".join(text) + "\n"


def next_day(day):
    import datetime
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()


def main():
    data, writ, out = given("sap-sod-core")
    users, assignments, permissions, mitigations = (table(data, f"{n}.csv") for n in ("users", "assignments", "permissions", "mitigations"))
    risks = json.loads((data / "sap-sod-core-1.0.0.json").read_text(encoding="utf-8"))["risks"]
    found = counted(users, assignments, permissions, risks)
    (out / "sap.writ").write_text(policy(users, assignments, permissions, mitigations, risks), encoding="utf-8")
    (out / "people.facts.writ").write_text(facts(users, assignments, permissions, mitigations), encoding="utf-8")
    (out / "findings.test.writ").write_text(tests(users, mitigations, found), encoding="utf-8")
    (out / "writ.toml").write_text('[project]\nname = "sap"\n[trust]\nmarks = "accept"\n', encoding="utf-8")
    ran = run(writ, "test", out)
    print(f"{len(users)} users, {len(risks)} risks, {len(found)} conflicts counted, {len(approved(mitigations))} of {len(mitigations)} mitigations approved")
    print(ran.stdout.strip())
    if ran.returncode != 0:
        print(ran.stderr, file=sys.stderr)
    return 1 if ran.returncode != 0 or not found else 0


if __name__ == "__main__":
    sys.exit(main())
