"""Writes eight logs that ask most of a page, and a roster of forty: python eight_logs.py FOLDER

healthy, hurting, emergency, no-notes, nine-runs, old-export, twelve-years and miles, each a folder, and team with forty. All of
it is made up from a seed. What stands in them is judged as of 18 November 2026.
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 11, 18)
HEAD = "date,distance_km,duration,shoe,notes"
STEADY = {1: 7.0, 3: 9.0, 5: 6.0, 6: 14.0}


def row(day: date, km: float, shoe: str, words: str = "", minutes: float = 5.6) -> str:
    seconds = int(km * minutes * 60)
    return f"{day},{km:.2f},{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02},{shoe},{words}"


def runs(dice: random.Random, first: date, last: date, week: dict[int, float], shoes: list[str], steep: float = 0) -> list[str]:
    """Runs on the same days of each week, every fourth week lighter, and now and then a steep one."""
    rows, day, factor = [], first - timedelta(days=first.weekday()), 1.0
    while day <= last:
        if day.weekday() == 0:
            nth = (day - first).days // 7
            factor = 0.8 if nth % 4 == 3 else 1 + dice.random() * 0.05
            if steep and dice.random() < steep:
                factor = 1.35
        if day >= first and day.weekday() in week:
            km = week[day.weekday()] * factor * (0.97 + dice.random() * 0.06)
            rows.append(row(day, km, shoes[min(len(shoes) - 1, (day - first).days // 180)]))
        day += timedelta(days=1)
    return rows


def write(folder: Path, rows: list[str], notes: list[str], settings: str = "") -> None:
    folder.mkdir(parents=True)
    (folder / "runs.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    if notes:
        (folder / "pain.md").write_text("\n".join(notes) + "\n", encoding="utf-8")
    if settings:
        (folder / "runhip.toml").write_text("config_version = 1\n" + settings, encoding="utf-8")


def back(days: int) -> date:
    return AS_OF - timedelta(days=days)


def hurting(dice: random.Random, last: date) -> tuple[list[str], list[str]]:
    rows = runs(dice, last - timedelta(days=300), last - timedelta(days=15), STEADY, ["Kestrel 3", "Osprey 2"])
    rows += [row(last - timedelta(days=n), km, "Osprey 2") for n, km in [(13, 10.0), (11, 12.5), (9, 9.0), (8, 19.5), (6, 8.0), (3, 6.0)]]
    notes = [f"{last - timedelta(days=n)}: {words}" for n, words in [
        (170, "right hip sore at the side after the long run, 3/10"), (168, "right hip 2/10"), (165, "hip fine"),
        (7, "right outer hip aches after the hills, 2/10"), (5, "right outer hip 3/10 on the stairs, no limp"), (2, "right hip 2/10, warm after ten minutes"),
    ]]
    return rows, notes


def main() -> None:
    out = Path(sys.argv[1])
    dice = random.Random(20_261_118)
    year = (back(364), back(2))

    write(out / "healthy", runs(dice, *year, STEADY, ["Kestrel 3", "Kestrel 3", "Osprey 2"]),
          [f"{back(n)}: hips fine" for n in (200, 120, 60, 20, 3)], 'athlete = "Healthy"\n')
    rows, notes = hurting(dice, AS_OF)
    write(out / "hurting", rows, notes, 'athlete = "Hurting"\n')
    rows, notes = hurting(dice, AS_OF)
    notes.append(f"{back(1)}: hip worse since yesterday evening, numb between the legs when wiping and could not pass water this morning")
    write(out / "emergency", rows, notes, 'athlete = "Emergency"\n')
    write(out / "no-notes", runs(dice, *year, STEADY, ["Kestrel 3", "Osprey 2"], steep=0.1), [])
    write(out / "nine-runs", [row(back(n), km, "Kestrel 3") for n, km in
          [(30, 4.0), (27, 4.2), (24, 5.0), (20, 4.5), (17, 5.5), (13, 6.0), (10, 5.0), (6, 6.3), (3, 5.2)]], [])
    rows, notes = hurting(dice, date(2025, 4, 20))
    write(out / "old-export", rows, notes)

    rows, notes, sore = [], [], 0
    first = date(2014, 11, 20)
    for number in range((AS_OF - first).days):
        day = first + timedelta(days=number)
        if number % 7 == 2 and number % 5 == 0:
            continue
        km = 4 + dice.random() * 7 + (8 if number % 7 == 6 else 0)
        rows.append(row(day, km, f"Pair {number // 110 + 1}", "easy along the river" if number % 9 else "hill repeats with eight climbs", 5.4))
        if sore == 0 and dice.random() < 1 / 150:
            sore = dice.randint(3, 9)
        elif sore:
            words = dice.choice(["left hip sore after the run", "right hip aches", "outer side of the left hip hurts", "limping with the right hip"])
            notes.append(f"{day}: {words}, {dice.randint(2, 7)}/10")
            sore -= 1
    notes.append(f"{back(12)}: hips fine")
    write(out / "twelve-years", rows, notes)

    rows = runs(dice, back(500), back(1), {0: 6.4, 2: 8.0, 4: 6.4, 6: 17.7}, ["Kestrel 3", "Osprey 2", "Merlin"], steep=0.05)
    write(out / "miles", rows, [f"{back(n)}: left hip sore after the long run, 3/10" for n in (140, 138, 136)] + [f"{back(130)}: hip fine"],
          'units = "mi"\nweek_start = "sunday"\n')

    for number in range(1, 41):
        dice = random.Random(number)
        last = back(dice.randint(0, 3) if number % 7 else 16 + number)
        week = {at: km * (0.6 + dice.random()) for at, km in STEADY.items()}
        rows = runs(dice, last - timedelta(days=200), last, week, ["Kestrel 3", "Osprey 2"], steep=0.08)
        notes = []
        if number % 3 == 0:
            notes = [f"{back(n)}: left hip sore after the run, {dice.randint(2, 4)}/10" for n in (60, 58, 57)] + [f"{back(50)}: hip fine"]
        if number % 8 == 0:
            notes += [f"{back(n)}: right outer hip aches, {dice.randint(2, 4)}/10" for n in (6, 4, 1)]
        if number in (10, 21):
            notes += [f"{back(n)}: sharp pain in the front of the left hip, cannot put weight on the leg, 7/10" for n in (3 + number, 2 + number)]
        write(out / "team" / f"athlete-{number:02}", rows, notes, f'athlete = "Athlete {number:02}"\n')


main()
