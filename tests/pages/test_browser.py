"""Web pages in Chromium, as a phone and a desk show them: nothing cut or sideways, no error in axe-core.

Needs Chromium, Node with the packages of `package.json` in `node_modules` beside it or in `NODE_PATH`, and
Java for the validator; skips where one is missing, but not in continuous integration.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.cli.report import rendered
from symderiv.sheet.entry import entry
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.gallery import index
from symderiv.sheet.index_page import index_page
from tests.sheet.test_html import EVERY, document

HERE = Path(__file__).parent
NAMES = ("sigmoid", "tanh", "softmax", "swish", "gelu", "mish", "log_softmax", "exp(x)/(1 + x**2)")
HAND = r"""The sigmoid is $$\sigma(x) = \frac{1}{1+e^{-x}}$$

$$\begin{aligned}
\sigma'(x) &= -(1+e^{-x})^{-2} \cdot (-e^{-x}) \\
&= \frac{1}{1+e^{-x}} \cdot \frac{e^{-x}}{1+e^{-x}} + \frac{e^{-x}}{1+e^{-x}} - \frac{e^{-x}}{1+e^{-x}} \\
&= \sigma(x)(1+\sigma(x)) \\
&= \sigma(x) \int x
\end{aligned}$$
"""

pytestmark = pytest.mark.slow


def _modules() -> Path | None:
    places = [
        HERE / "node_modules",
        *map(Path, filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep))),
    ]
    return next((place for place in places if (place / "puppeteer-core").is_dir()), None)


def _need(found: object, what: str) -> None:
    if not found:
        if os.environ.get("CI"):
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is not installed")


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sheets, an index, a report and a page with every kind of block."""
    folder = tmp_path_factory.mktemp("pages")
    options = Options()
    subjects = [api.subject(name) for name in NAMES]
    for subject in subjects:
        (folder / f"{subject.name}.html").write_text(find_format("html").text(subject, options))
    entries = tuple(entry(subject, ("html", "tex"), options) for subject in subjects)
    (folder / "index.html").write_text(index_page(index(entries, options), entries, options))
    (folder / "report.html").write_text(rendered(check_text(HAND, load(), kind="md"), HAND, "html"))
    write = find_format("html").write
    assert write is not None
    (folder / "blocks.html").write_text(str(write(document(*EVERY), options)))
    return folder


def test_as_a_reader_sees_it(pages: Path) -> None:
    chromium, node, modules = _chromium(), shutil.which("node"), _modules()
    _need(chromium, "chromium")
    _need(node and modules, "node with puppeteer-core and axe-core")
    files = sorted(map(str, pages.glob("*.html")))
    done = subprocess.run(
        [str(node), str(HERE / "look.cjs"), str(chromium), str(pages / "seen"), *files],
        env=os.environ | {"NODE_PATH": str(modules)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(files)
    for page in found:
        assert page["asked"] == [], page["file"]
        assert page["errors"] == [], page["file"]
        assert page["axe"] == [], page["file"]
        for view, seen in page["views"].items():
            assert seen == {"sideways": False, "outside": [], "cut": [], "overlaps": []}, (page["file"], view)
        printed = pages / "seen" / f"{Path(page['file']).stem}.pdf"
        assert printed.read_bytes().startswith(b"%PDF")


def test_valid(pages: Path) -> None:
    java, modules = shutil.which("java"), _modules()
    _need(java and modules and (modules / "vnu-jar").is_dir(), "java with vnu-jar")
    jar = str(modules) + "/vnu-jar/build/dist/vnu.jar"
    command = [
        str(java),
        "-jar",
        jar,
        "--stdout",
        "--format",
        "text",
        *sorted(map(str, pages.glob("*.html"))),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "error" not in done.stdout.replace("No errors", "")
    assert "warning" not in done.stdout


def test_standard(pages: Path) -> None:
    node, modules = shutil.which("node"), _modules()
    _need(node and modules and (modules / "html-validate").is_dir(), "node with html-validate")
    settings = pages / "html-validate.json"
    settings.write_text(json.dumps({"extends": ["html-validate:standard"], "root": True}))
    command = [str(node), str(modules) + "/html-validate/bin/html-validate.mjs", "-c", str(settings)]
    files = sorted(map(str, pages.glob("*.html")))
    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
