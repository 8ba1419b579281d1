"""Opens reports in headless Chromium as people will see them, and says what is wrong with each.

python browser.py SHOTS FILE.html...

Every file is opened at phone and laptop width and on paper, light and dark. Nothing may be written to the console, nothing
asked of the network; axe finds nothing; no page scrolls sideways; what is tapped on a phone is large enough; folds open by keyboard; charts stay in their boxes and
are not cut on paper; no two texts of a chart touch; with text twice as large nothing scrolls sideways on a phone; shades beside each
other in the calendar and on the map of the hips differ by half, what is above a week's room stands out from its bar. Of the logs of eight_logs.py it also says how long their pages are, and each has its bounds.
Screenshots go to the folder SHOTS. Exit 1 if anything is wrong.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

SIZES = {"phone": (360, 780), "laptop": (1280, 900)}
SCHEMES = ["light", "dark"]
PAPER_HEIGHT_PX = {"A4": 1123, "Letter": 1056}
MARGIN_PX = 110
MOST_PAGES = 60
# A sheet for whoever examines is one page.
HANDOUT = ".handout.html"
MOST_BYTES = 300_000
# That is for ten years; twelve have as much for each.
MOST_BYTES_OF = {"twelve-years": 360_000}

# What a page of eight_logs.py may take: phone screens of 360 x 800 with all folds closed, words in them, words of the first
# screen, sheets of paper, lines of the Markdown beside it. A folder `team` holds the roster.
SCREEN_PX = 800
BOUNDS = {"screens": 5.0, "words": 900, "first": 90, "paper": 4, "lines": 60}
OWN_BOUNDS = {"healthy": {"screens": 3.0}, "team": {"screens": 6.0, "words": 1_600, "first": 200, "paper": 8, "lines": 140}}
LOGS = ["healthy", "hurting", "emergency", "no-notes", "nine-runs", "old-export", "twelve-years", "miles"]

# Marks of a chart may stand a pixel outside by rounding, not more.
OUTSIDE = """
() => [...document.querySelectorAll('figure svg, .spark svg, svg.spark')].flatMap(svg => {
  const box = (svg.closest("figure") || svg).getBoundingClientRect();
  if (box.width === 0) return [];
  const parts = [...svg.querySelectorAll('rect, circle, path, line, text, polyline')];
  const far = parts.filter(part => {
    if (part.closest('defs, pattern, clipPath')) return false;
    const own = part.getBoundingClientRect();
    return own.width + own.height > 0 &&
      (own.left < box.left - 1.5 || own.right > box.right + 1.5 || own.top < box.top - 1.5 || own.bottom > box.bottom + 1.5);
  });
  return far.slice(0, 3).map(part => `${part.tagName} "${part.textContent.slice(0, 30)}" of ${svg.getAttribute('aria-label') || 'a chart'}`);
})
"""

SIDEWAYS = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 &&
    !e.closest('[tabindex="0"]'));
  return [`scrolls sideways: ${document.documentElement.scrollWidth} px in ${width}`,
    ...wide.slice(0, 3).map(e => `  ${e.tagName}.${e.className} "${e.textContent.slice(0, 40)}"`)];
}
"""

# Letters have air above and below them, so boxes may share a little of their height.
TOUCHING = """
() => [...document.querySelectorAll('figure svg')].filter(svg => !svg.parentElement.closest('svg')).flatMap(svg => {
  const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
  const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2.5;
  return texts.flatMap(([words, box], nth) => texts.slice(nth + 1).filter(([, other]) => touch(box, other))
    .map(([others]) => `two texts of a chart touch: "${words}" and "${others}"`)).slice(0, 3);
})
"""

# The shades of the calendar and of the map of the hips against their neighbours.
SHADES = """
() => {
  const canvas = document.createElement('canvas').getContext('2d');
  const styles = getComputedStyle(document.documentElement);
  const light = name => {
    canvas.fillStyle = styles.getPropertyValue(name).trim();
    const parts = [1, 3, 5].map(at => parseInt(canvas.fillStyle.slice(at, at + 2), 16) / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05;
  };
  const differ = (one, other, least) => {
    const [a, b] = [light(one), light(other)];
    const ratio = Math.max(a, b) / Math.min(a, b);
    return ratio >= least ? [] : [`${one} and ${other} differ by ${ratio.toFixed(2)}:1`];
  };
  const rows = [['--d0', '--d1', '--d2', '--d3', '--d4', '--d5'], ['--card', '--p1', '--p2', '--p3', '--p4']];
  const beside = rows.flatMap(shades => shades.slice(1).flatMap((shade, nth) => differ(shades[nth], shade, 1.5)));
  return [...beside, ...differ('--jump', '--run', 3), ...differ('--run', '--card', 3), ...differ('--jump', '--card', 3)];
}
"""

# What a thumb has to hit on a phone, apart from links inside a sentence.
TAPS = """
() => [...document.querySelectorAll('nav a, summary, a.chip, .glance a, .roster .who a')].flatMap(part => {
  const box = part.getBoundingClientRect();
  return box.height === 0 || box.height >= 43.5 ? [] : [`${box.height.toFixed(0)} px to tap: ${part.textContent.trim().slice(0, 40)}`];
})
"""

CUT = """
(room) => [...document.querySelectorAll('figure')].filter(figure => figure.getBoundingClientRect().height > 0).flatMap(figure => {
  const problems = [];
  const svg = figure.querySelector('svg');
  const whole = [figure, svg].some(part => part && getComputedStyle(part).breakInside.startsWith('avoid'));
  if (svg && !whole) problems.push(`a chart may be cut on paper: ${figure.textContent.trim().slice(0, 50)}`);
  if (svg && svg.getBoundingClientRect().height > room) problems.push(`a chart is taller than the page: ${figure.textContent.trim().slice(0, 50)}`);
  return problems;
})
"""


def main() -> int:
    shots = Path(sys.argv[1])
    shots.mkdir(parents=True, exist_ok=True)
    files = [Path(name).resolve() for name in sys.argv[2:]]
    problems: list[str] = []
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        for path in files:
            for wrong in look(browser, path, shots):
                problems.append(f"{path.name}: {wrong}")
            for wrong in measured(browser, path):
                problems.append(f"{path.parent.name}/{path.name}: {wrong}")
        browser.close()
    for problem in problems:
        print(problem)
    print(f"{len(files)} pages looked at, {len(problems)} problems")
    return 1 if problems or not files else 0


def look(browser, path: Path, shots: Path) -> list[str]:
    problems = []
    most = MOST_BYTES_OF.get(path.parent.name, MOST_BYTES)
    if path.stat().st_size > most:
        problems.append(f"{path.stat().st_size} bytes, more than {most}")
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            problems += [f"{size}, {scheme}: {wrong}" for wrong in screen(browser, path, shots, size, (width, height), scheme)]
    return problems + on_paper(browser, path, shots)


def opened(browser, path: Path, problems: list[str], **options):
    context = browser.new_context(**options)
    page = context.new_page()
    page.on("console", lambda message: problems.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: request.url == path.as_uri() or problems.append(f"asks for {request.url}"))
    page.goto(path.as_uri())
    return context, page


def screen(browser, path: Path, shots: Path, size: str, viewport: tuple[int, int], scheme: str) -> list[str]:
    problems: list[str] = []
    options = {"viewport": {"width": viewport[0], "height": viewport[1]}, "color_scheme": scheme, "device_scale_factor": 2}
    context, page = opened(browser, path, problems, **options)
    page.screenshot(path=shots / f"{path.stem}-{size}-{scheme}.png")
    page.screenshot(path=shots / f"{path.stem}-{size}-{scheme}-whole.png", full_page=True)
    problems += page.evaluate(SIDEWAYS) + page.evaluate(OUTSIDE) + touching(page, path) + page.evaluate(SHADES)
    if page.title().startswith("taken") or page.locator("script, iframe, object, img, link, form").count():
        problems.append("an element that runs or loads something")
    problems += folds(page)
    problems += page.evaluate(SIDEWAYS) + page.evaluate(OUTSIDE) + (page.evaluate(TAPS) if size == "phone" else [])
    context.close()

    # axe is a script: it needs a page without the policy that keeps scripts out.
    context, page = opened(browser, path, problems, bypass_csp=True, **options)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    for violation in Axe().run(page).response["violations"]:
        where = "; ".join(" ".join(node["target"]) for node in violation["nodes"][:3])
        problems.append(f"axe: {violation['id']}: {violation['help']} at {where}")
    context.close()
    return problems


def folds(page) -> list[str]:
    """Opens every fold as somebody without a mouse would: the focus on its line, then the enter key."""
    problems = []
    summaries = page.locator("summary")
    for at in range(summaries.count()):
        line = summaries.nth(at)
        # A fold inside a closed one cannot be reached before; the outer ones come first in the page.
        if not line.is_visible():
            problems.append(f"fold {at} is not visible with all before it open")
            continue
        line.focus()
        page.keyboard.press("Enter")
        if not line.evaluate("line => line.parentElement.open"):
            problems.append(f"the enter key does not open {line.inner_text()[:40]}")
    return problems


def touching(page, path: Path) -> list[str]:
    """Texts of a chart that touch. The names of the hostile log are longer than any room, and cut by the edge of the page."""
    return [] if path.parent.name == "hostile-reports" else page.evaluate(TOUCHING)


def measured(browser, path: Path) -> list[str]:
    """Prints how much a page of eight_logs.py asks of its reader, and tells what is more than it may be."""
    problems: list[str] = []
    context, page = opened(browser, path, problems, viewport={"width": 360, "height": SCREEN_PX})
    page.add_style_tag(content="html { font-size: 200%; }")
    problems += [f"text at 200 %: {wrong}" for wrong in page.evaluate(SIDEWAYS)]
    context.close()
    whose = path.parent.name
    if path.name.endswith(HANDOUT):
        return problems
    if whose not in LOGS and not (whose == "team" and path.stem == "index-latest" and (path.parent.parent / "healthy").exists()):
        return problems
    context, page = opened(browser, path, problems, viewport={"width": 360, "height": SCREEN_PX})
    words = "text => text.innerText.split(/\\s+/).filter(word => word).length"
    first = page.locator("section.first")
    found = {
        "screens": round(page.evaluate("document.documentElement.scrollHeight") / SCREEN_PX, 1),
        "words": page.locator("body").evaluate(words),
        "first": first.first.evaluate(words) if first.count() else 0,
        "lines": len(path.with_suffix(".md").read_text(encoding="utf-8").splitlines()) if path.with_suffix(".md").exists() else 0,
    }
    page.emulate_media(media="print")
    found["paper"] = len(PdfReader(BytesIO(page.pdf(format="A4", print_background=True))).pages)
    context.close()
    print(f"{whose}: " + ", ".join(f"{name} {figure}" for name, figure in found.items()))
    bounds = BOUNDS | OWN_BOUNDS.get(whose, {})
    return problems + [f"{name} {found[name]}, more than {most}" for name, most in bounds.items() if found[name] > most]


def on_paper(browser, path: Path, shots: Path) -> list[str]:
    problems: list[str] = []
    for paper, height in PAPER_HEIGHT_PX.items():
        context, page = opened(browser, path, problems, viewport={"width": 700, "height": height})
        page.emulate_media(media="print")
        problems += [f"{paper}: {wrong}" for wrong in page.evaluate(CUT, height - MARGIN_PX) + touching(page, path)]
        target = shots / f"{path.stem}-{paper}.pdf"
        page.pdf(path=target, format=paper, print_background=True)
        pages = len(PdfReader(target).pages)
        print(f"{path.name}: {pages} pages of {paper}")
        if pages > (1 if path.name.endswith(HANDOUT) and paper == "A4" else MOST_PAGES):
            problems.append(f"{paper}: {pages} pages")
        context.close()
    return problems


sys.exit(main())
