"""Puts one built program into an archive, a wheel and a Debian package. The same files give the same bytes: no clock, no owner."""

import base64
import gzip
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

# Where a wheel may be installed. The programs for Linux are linked statically, so that both kinds of Linux take them.
WHEEL_TAGS = {
    "x86_64-unknown-linux-musl": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "aarch64-unknown-linux-musl": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
    "x86_64-apple-darwin": "macosx_10_12_x86_64",
    "aarch64-apple-darwin": "macosx_11_0_arm64",
    "x86_64-pc-windows-gnu": "win_amd64",
    "x86_64-pc-windows-msvc": "win_amd64",
}
DEBIAN_ARCHITECTURES = {"x86_64-unknown-linux-musl": "amd64", "aarch64-unknown-linux-musl": "arm64"}
COMPLETIONS = {"bash": "runhip.bash", "zsh": "_runhip", "fish": "runhip.fish", "powershell": "_runhip.ps1", "elvish": "runhip.elv"}
# 1 January 1980, the first day that a zip can name.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def is_windows(target: str) -> bool:
    return "windows" in target


def program_name(target: str) -> str:
    return "runhip.exe" if is_windows(target) else "runhip"


def archive(out: Path, name: str, target: str, program: Path, papers: Path) -> Path:
    """A folder with the program, its pages, completions and licences, as .tar.gz, for Windows as .zip."""
    files = [(program_name(target), program)]
    files += [(file.relative_to(papers).as_posix(), file) for file in sorted(papers.rglob("*")) if file.is_file()]
    if is_windows(target):
        path = out / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
            for inside, file in files:
                put(made, f"{name}/{inside}", file.read_bytes(), file is program)
        return path
    path = out / f"{name}.tar.gz"
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as made:
        for inside, file in files:
            entry = tarfile.TarInfo(f"{name}/{inside}")
            entry.size, entry.mode = file.stat().st_size, 0o755 if file is program else 0o644
            with file.open("rb") as source:
                made.addfile(entry, source)
    path.write_bytes(gzip.compress(tar.getvalue(), 9, mtime=0))
    return path


def put(made: zipfile.ZipFile, inside: str, data: bytes, runs: bool = False) -> None:
    entry = zipfile.ZipInfo(inside, ZIP_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = (0o100755 if runs else 0o100644) << 16
    made.writestr(entry, data)


def wheel(out: Path, version: str, target: str, program: Path, dist_info: Path, notices: Path) -> Path:
    """A wheel as maturin makes it of a built program; `dist_info` is what maturin wrote from pyproject.toml."""
    tag = WHEEL_TAGS[target]
    path = out / f"runhip-{version}-py3-none-{tag}.whl"
    folder = f"runhip-{version}.dist-info"
    metadata = (dist_info / "METADATA").read_text(encoding="utf-8")
    head, body = metadata.split("\n\n", 1)
    generator = next(line for line in (dist_info / "WHEEL").read_text().splitlines() if line.startswith("Generator:"))
    tags = "\n".join(f"Tag: py3-none-{one}" for one in tag.split("."))
    files = [(f"runhip-{version}.data/scripts/{program_name(target)}", program.read_bytes())]
    files += [(f"{folder}/licenses/{file.name}", file.read_bytes()) for file in sorted((dist_info / "licenses").iterdir())]
    files.append((f"{folder}/licenses/{notices.name}", notices.read_bytes()))
    files.append((f"{folder}/METADATA", f"{head}\nLicense-File: {notices.name}\n\n{body}".encode()))
    files.append((f"{folder}/WHEEL", f"Wheel-Version: 1.0\n{generator}\nRoot-Is-Purelib: false\n{tags}\n".encode()))
    record = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for inside, data in files:
            put(made, inside, data, inside.startswith(f"runhip-{version}.data/"))
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record += f"{inside},sha256={digest},{len(data)}\n"
        put(made, f"{folder}/RECORD", f"{record}{folder}/RECORD,,\n".encode())
    return path


def debian(out: Path, version: str, target: str, program: Path, papers: Path, work: Path, epoch: str) -> Path:
    """A package for Debian and its kin, without dependencies."""
    architecture = DEBIAN_ARCHITECTURES[target]
    root = work / f"deb-{architecture}"
    doc = root / "usr/share/doc/runhip"
    share = root / "usr/share"
    for source, place in [
        (program, root / "usr/bin/runhip"),
        (papers / "README.md", doc / "README.md"),
        (papers / "complete/runhip.bash", share / "bash-completion/completions/runhip"),
        (papers / "complete/_runhip", share / "zsh/vendor-completions/_runhip"),
        (papers / "complete/runhip.fish", share / "fish/vendor_completions.d/runhip.fish"),
    ]:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    pressed = [(page, share / "man/man1" / f"{page.name}.gz") for page in sorted((papers / "man").iterdir())]
    pressed.append((papers / "CHANGELOG.md", doc / "changelog.gz"))
    pressed.append((papers / "THIRD-PARTY-LICENSES.txt", doc / "THIRD-PARTY-LICENSES.txt.gz"))
    for source, place in pressed:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))
    mit = "\n".join(f" {line}" if line else " ." for line in (papers / "LICENSE-MIT").read_text().strip().splitlines())
    (doc / "copyright").write_text(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: runhip\n\n"
        "Files: *\nCopyright: the runhip contributors\nLicense: Expat or Apache-2.0\n"
        "Comment: The licences of what is linked into the program are in THIRD-PARTY-LICENSES.txt.gz.\n\n"
        f"License: Expat\n{mit}\n\n"
        "License: Apache-2.0\n On Debian systems the whole text is in /usr/share/common-licenses/Apache-2.0.\n"
    )
    files = [file for file in sorted(root.rglob("*")) if file.is_file()]
    for one in [root, *root.rglob("*")]:
        one.chmod(0o755 if one.is_dir() or one.name == "runhip" and one.parent.name == "bin" else 0o644)
    control = root / "DEBIAN"
    control.mkdir()
    control.chmod(0o755)
    (control / "md5sums").write_text(
        "".join(f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(root).as_posix()}\n" for file in files)
    )
    (control / "control").write_text(
        f"Package: runhip\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: The runhip contributors\n"
        f"Installed-Size: {sum(file.stat().st_size for file in files) // 1024}\nSection: utils\nPriority: optional\n"
        "Description: report on run logs, training load and hip pain\n"
        " runhip reads run logs and pain notes, flags training load that often comes\n"
        " before hip pain, and writes a report with advice that names its sources.\n"
        " It works offline and is not a medical device.\n"
    )
    path = out / f"runhip_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": epoch})
    return path


def sums(out: Path) -> Path:
    path = out / "SHA256SUMS"
    made = [file for file in sorted(out.iterdir()) if file != path]
    path.write_text("".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made))
    return path
