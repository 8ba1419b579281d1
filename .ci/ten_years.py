"""Writes ten years of daily runs with notes, made up from a seed: python ten_years.py FOLDER"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
dice = random.Random(20_261_118)
first = date(2016, 11, 19)
rows, notes, sore = ["date,distance_km,duration,shoe,notes"], [], 0
for number in range(3_652):
    day = first + timedelta(days=number)
    km = 4 + dice.random() * 9 + (8 if number % 7 == 6 else 0)
    rows.append(f"{day},{km:.2f},{int(km * 5.5) // 60}:{int(km * 5.5) % 60:02}:00,Pair {number // 90},easy along the river")
    if sore == 0 and dice.random() < 1 / 120:
        sore = dice.randint(3, 8)
    elif sore:
        notes.append(f"{day}: {dice.choice(['left', 'right'])} hip sore after the run, {dice.randint(2, 6)}/10")
        sore -= 1
(folder / "runs.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
(folder / "pain.md").write_text("\n".join(notes) + "\n", encoding="utf-8")
