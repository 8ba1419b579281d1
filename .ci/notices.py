"""Writes the licences of everything that is linked into the program: python notices.py FILE [TARGET...]

They ask that their notice goes along with a program made from them. Texts stand once, with the crates that carry them. A crate that
brings no text names its licence at least; one that names none ends this.
"""

import json
import subprocess
import sys
from pathlib import Path

# As their authors name such files.
NAMES = ("licen", "copying", "notice", "unlicense", "copyright")


def linked(targets: list[str]) -> list[dict]:
    """Crates that the program is made of, by name and version: those that only help to build it and the tests' are left out."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    for target in targets:
        command += ["--filter-platform", target]
    data = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    packages = {package["id"]: package for package in data["packages"]}
    left, seen = [data["resolve"]["root"]], set()
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        for dependency in nodes[one]["deps"]:
            macro = any("proc-macro" in target["kind"] for target in packages[dependency["pkg"]]["targets"])
            if not macro and any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                left.append(dependency["pkg"])
    seen.discard(data["resolve"]["root"])
    return sorted((packages[one] for one in seen), key=lambda package: (package["name"], package["version"]))


def texts(package: dict) -> list[str]:
    folder = Path(package["manifest_path"]).parent
    found = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name.lower().startswith(NAMES)]
    return ["\n".join(line.rstrip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()).strip() for file in found]


def main() -> None:
    out, targets = Path(sys.argv[1]), sys.argv[2:]
    crates = linked(targets)
    if len(crates) < 100:
        sys.exit(f"cargo metadata names only {len(crates)} crates: too few to be believed")
    holders: dict[str, list[str]] = {}
    lines = ["runhip is licensed under MIT or Apache-2.0. These are the licences of what is linked into it.", ""]
    for crate in crates:
        if not crate["license"] and not crate["license_file"]:
            sys.exit(f"{crate['name']} {crate['version']} names no licence")
        own = texts(crate)
        lines.append(f"{crate['name']} {crate['version']}: {crate['license'] or 'see its text'}{'' if own else ' (brings no text)'}")
        for text in own:
            holders.setdefault(text, []).append(f"{crate['name']} {crate['version']}")
    for text, names in holders.items():
        lines += ["", "-" * 100, ", ".join(names), "-" * 100, "", text]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(crates)} crates, {len(holders)} texts, {sum(not texts(crate) for crate in crates)} crates without one")


main()
