"""Print what Lighthouse says of pages of this repository's site, as on a phone, and all that it finds amiss.

    python tests/bench/lighthouse.py [--desktop] [--site FOLDER] [PAGE ...]

Builds the site for the address at which it is then served on loopback, compressed as GitHub Pages does, so that its
canonical links lead somewhere. Lighthouse is installed with npm into a folder for programs of this benchmark in the
user's cache, and is no part of the project. Its browser is the one that STORYMAP_CHROMIUM names, or that is on PATH.

Performance is simulated from what one load took, and a busy machine makes it worse; what each audit says does not
change with it. The exit code is 1 if accessibility, best practices or search engines get less than 100.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import platformdirs
from msgspec.structs import replace

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

ROOT = Path(__file__).parents[2]
VERSION = "12.8.2"
PAGES = ("", "declaration.html", "huawei-dispute.html", "places/prague.html")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WHOLE = ("accessibility", "best-practices", "seo")
"""Categories in which a page gets everything or has a fault; performance is a matter of degree."""

TEXTS = (".html", ".js", ".css", ".svg", ".json", ".xml", ".txt")


class Handler(SimpleHTTPRequestHandler):
    """Serves files, texts compressed, without a line on standard error for each."""

    def do_GET(self) -> None:
        """Send a file as GitHub Pages does."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in TEXTS or not path.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Look at each page and print what is found."""
    parser = argparse.ArgumentParser(description="Look at pages with Lighthouse.")
    parser.add_argument("--desktop", action="store_true", help="as on a computer, not as on a phone")
    parser.add_argument("--site", type=Path, help="a site that was built for http://127.0.0.1:8765/")
    parser.add_argument("pages", nargs="*", default=PAGES, metavar="PAGE")
    chosen = parser.parse_args()
    lighthouse = install_lighthouse()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        site = chosen.site or Path(folder) / "site"
        server = ThreadingHTTPServer(
            ("127.0.0.1", 8765 if chosen.site else 0), functools.partial(Handler, directory=str(site))
        )
        address = f"http://127.0.0.1:{server.server_port}/"
        if not chosen.site:
            build_for(address, site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in chosen.pages:
            faults += tell(page, look(lighthouse, address + page, Path(folder), is_desktop=chosen.desktop))
        server.shutdown()
        server.server_close()
    sys.exit(1 if faults else 0)


def install_lighthouse() -> Path:
    """The program of Lighthouse, installed if it is not there yet."""
    folder = platformdirs.user_cache_path("storymap-bench") / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        print(f"installing Lighthouse {VERSION} into {folder}", flush=True)
        npm = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder))
        subprocess.run((*npm, f"lighthouse@{VERSION}"), check=True)
    return program


def build_for(address: str, folder: Path) -> None:
    """Write this repository's site as it stands at an address."""
    project = load_project(ROOT)
    project = replace(project, settings=project.settings.model_copy(update={"url": address}))
    write_site(build_site(project), folder, project=project)


def look(lighthouse: Path, url: str, folder: Path, *, is_desktop: bool) -> dict[str, Any]:
    """What Lighthouse reports of a page."""
    chromium = os.environ.get("STORYMAP_CHROMIUM") or shutil.which("chromium") or ""
    report = folder / "report.json"
    subprocess.run(
        (
            lighthouse, url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={' '.join(FLAGS)}",
            "--no-enable-error-reporting", *(("--preset=desktop",) if is_desktop else ()),
        ),
        check=True,
        env={**os.environ, "CHROME_PATH": chromium},
    )  # fmt: skip
    read: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return read


def tell(page: str, report: dict[str, Any]) -> int:
    """Print scores, times, and each audit that is not passed; returns how many of the scores lack something."""
    scores = {name: category["score"] or 0 for name, category in report["categories"].items()}
    print(page or "the atlas", *(f"{name} {100 * score:.0f}" for name, score in scores.items()), sep="  ")
    audits = report["audits"]
    timed = [ref["id"] for ref in report["categories"]["performance"]["auditRefs"] if ref["weight"]]
    print(" ", ", ".join(f"{audits[name]['title']} {audits[name].get('displayValue', '?')}" for name in timed))
    for category in report["categories"].values():
        for ref in category["auditRefs"]:
            audit = audits[ref["id"]]
            if audit["score"] is not None and audit["score"] < 1 and ref["id"] not in timed:
                print(f"  {category['id']}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
                if explanation := audit.get("explanation"):
                    print(f"    {explanation}")
                details = audit.get("details", {})
                if details.get("type") in {"table", "opportunity"}:
                    for item in details["items"][:5]:
                        print(f"    {json.dumps(item, ensure_ascii=False)[:300]}")
    return sum(scores[name] < 1 for name in WHOLE)


if __name__ == "__main__":
    main()
