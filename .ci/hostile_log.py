"""Writes a log whose every text tries to be more than text: python hostile_log.py FOLDER"""

import sys
from pathlib import Path

TAGS = [
    "<script>document.title='taken'</script>",
    "\"><img src=x onerror=\"document.title='taken'\">",
    "</style><style>*{display:none}</style>",
    "\u202egnirts desrever\u202c",
    "\x1b[31mred\x1b]0;title\x07",
    "javascript:alert(1)//",
    "a" * 10_000,
    "word " * 2_000,
]

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
quoted = TAGS[0].replace('"', '\\"')
(folder / "runhip.toml").write_text(
    f'athlete = "{quoted}"\n[[shoes]]\nname = "\\"><img src=x onerror=alert(1)>"\ndefault = true\n', encoding="utf-8"
)
rows = ["date,distance_km,duration,shoe,notes"]
for day in range(1, 29):
    text = TAGS[day % len(TAGS)].replace('"', '""')
    rows.append(f'2026-02-{day:02},{5 + day % 4},0:40:00,"{text[:300]}","left hip 4/10 {text}"')
(folder / "<img src=x onerror=alert(1)>.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
notes = [f"2026-02-{day:02}: fell on my left hip, cannot stand on it {TAGS[day % len(TAGS)]}" for day in range(10, 20)]
(folder / "pain.md").write_text("\n".join(notes) + "\n", encoding="utf-8")
(folder / "broken <b>.gpx").write_text("<gpx><trk>", encoding="utf-8")
