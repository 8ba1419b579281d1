"""Checks that no six words in a row of any guidance text stand in the source texts.

Usage: six_words.py SOURCES_FOLDER [ENTRIES_FOLDER]. Case and punctuation do not count. Exit status 1 on a hit.
"""
import pathlib
import re
import sys
import tomllib

RUN = 6


def words(text):
    text = text.lower().replace("’", "'").replace("'", "")
    return re.findall(r"[a-z0-9]+", text)


def runs(text):
    """Every six words in a row, in either wording of each {one|other}."""
    found = set()
    for keep in (r"\1", r"\2"):
        w = words(re.sub(r"\{([^{}|]*)\|([^{}]*)\}", keep, text))
        found |= {tuple(w[i:i + RUN]) for i in range(len(w) - RUN + 1)}
    return found


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sources = pathlib.Path(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent
    entries = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here.parent / "src" / "guidance" / "entries"
    known = {}
    for path in sorted(sources.glob("*.txt")):
        for run in runs(path.read_text(encoding="utf-8")):
            known.setdefault(run, path.name)
    files = sorted(entries.glob("*.toml"))
    if not known or not files:
        sys.exit("no source texts or no entries found")
    hits = texts = 0
    for path in files:
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("entry", []):
            for key in ("text", "history", "tool"):
                if key in entry:
                    texts += 1
                    for run in sorted(runs(entry[key]) & known.keys()):
                        hits += 1
                        print(f"{path.name}: {entry['id']}.{key}: \"{' '.join(run)}\" stands in {known[run]}")
    print(f"{texts} texts, {hits} hits")
    sys.exit(1 if hits else 0)


main()
