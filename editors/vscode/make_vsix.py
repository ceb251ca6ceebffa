#!/usr/bin/env python3
"""Packs this folder into a .vsix (a zip with a content-types part and a manifest) and checks that what comes out is one.

usage: make_vsix.py OUT.vsix

Nothing is fetched: the extension speaks the protocol itself and depends on no package.
"""
import json
import pathlib
import re
import sys
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
FILES = ["package.json", "language-configuration.json", "extension.js", "connection.js", "convert.js", "README.md", "syntaxes/writ.tmLanguage.json"]
EPOCH = (1980, 1, 1, 0, 0, 0)  # same sources, same bytes

CONTENT_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".js" ContentType="application/javascript"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
"""


def manifest(package):
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="{escape(package['name'])}" Version="{escape(package['version'])}" Publisher="{escape(package['publisher'])}"/>
    <DisplayName>{escape(package['displayName'])}</DisplayName>
    <Description xml:space="preserve">{escape(package['description'])}</Description>
    <Categories>{escape(','.join(package['categories']))}</Categories>
    <Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value="{escape(package['engines']['vscode'])}"/></Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def pack(out):
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    members = {"[Content_Types].xml": CONTENT_TYPES.encode(), "extension.vsixmanifest": manifest(package).encode()}
    for name in FILES:
        members["extension/" + name] = (HERE / name).read_bytes()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), members[name], zipfile.ZIP_DEFLATED)


def problems(vsix):
    """What an editor would refuse, one sentence each."""
    found = []
    with zipfile.ZipFile(vsix) as archive:
        names = set(archive.namelist())
        for part in ("[Content_Types].xml", "extension.vsixmanifest"):
            if part not in names:
                return [f"{part} is missing"]
            ElementTree.fromstring(archive.read(part))
        tree = ElementTree.fromstring(archive.read("extension.vsixmanifest"))
        for asset in tree.iter("{http://schemas.microsoft.com/developer/vsx-schema/2011}Asset"):
            if asset.get("Path") not in names:
                found.append(f"the manifest names {asset.get('Path')}, which is not packed")
        package = json.loads(archive.read("extension/package.json"))
        contributed = [g["path"] for g in package["contributes"]["grammars"]]
        contributed += [l["configuration"] for l in package["contributes"]["languages"]]
        for path in contributed + [package["main"]]:
            inside = "extension/" + path.removeprefix("./")
            if inside not in names:
                found.append(f"package.json names {path}, which is not packed")
            elif inside.endswith(".json"):
                json.loads(archive.read(inside))
        for name in names:
            for wanted in re.findall(r'require\("(\./[^"]+|[^"]+)"\)', archive.read(name).decode()) if name.endswith(".js") else []:
                inside = "extension/" + wanted.removeprefix("./") + ".js"
                if wanted.startswith("./") and inside not in names:
                    found.append(f"{name} requires {wanted}, which is not packed")
                if not wanted.startswith("./") and wanted not in ("vscode", "child_process"):
                    found.append(f"{name} requires {wanted}, which no editor brings along")
        extensions = {"." + name.rsplit(".", 1)[-1] for name in names if name.startswith("extension/")}
        typed = {d.get("Extension") for d in ElementTree.fromstring(archive.read("[Content_Types].xml"))}
        found += [f"no content type for {e}" for e in sorted(extensions - typed)]
    return found


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1])
    pack(out)
    found = problems(out)
    for problem in found:
        print(f"{out.name}: {problem}", file=sys.stderr)
    if not found:
        print(f"{out.name}: {len(zipfile.ZipFile(out).namelist())} parts")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
