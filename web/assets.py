"""The style sheets, scripts, fonts and icons: an explicit list, served under a versioned address."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from config.choices import WrongSetting
from web.access import public

bp = Blueprint("assets", __name__)

OWN = Path(__file__).resolve().parent / "static"
INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
ARABIC = "@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-{}-normal.woff2"
SCRIPTS_OF_INTER = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese")

PACKAGES: Mapping[str, str] = {
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.rtl.css": "@tabler/core/dist/css/tabler.rtl.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    **{f"inter-{script}.woff2": INTER.format(script) for script in SCRIPTS_OF_INTER},
    **{f"arabic-{weight}.woff2": ARABIC.format(weight) for weight in (400, 600)},
}
ICONS = "@tabler/icons/icons/outline"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is held: gzipped where that is smaller, since nearly every browser takes it so."""

    media_type: str
    held: bytes
    is_gzipped: bool

    @property
    def body(self) -> bytes:
        """What is in the file."""
        return gzip.decompress(self.held) if self.is_gzipped else self.held


class Assets:
    """What the pages are dressed with, of the packages and our own; `version` names its content."""

    def __init__(self, node_modules: Path) -> None:
        self._icons = node_modules / ICONS
        self._drawn: dict[str, Markup] = {}
        paths = {name: node_modules / path for name, path in PACKAGES.items()}
        paths |= {path.name: path for path in sorted(OWN.iterdir())}
        self.files: dict[str, Asset] = {}
        content = sha256()
        for name, path in paths.items():
            body = _read(path)
            content.update(body)
            self.files[name] = _held(path.suffix, body)
        self.version = content.hexdigest()[:12]

    def icon(self, name: str) -> Markup:
        """The drawing called `name`, for inline use beside a word that says the same."""
        if name not in self._drawn:
            drawing = (self._icons / f"{name}.svg").read_text(encoding="utf-8")
            self._drawn[name] = Markup(_plain(drawing))  # noqa: S704  # a file of the package
        return self._drawn[name]


def register(app: Flask, node_modules: Path) -> None:
    """Read the assets and teach the templates `asset(name)` and `icon(name)`."""
    assets = Assets(node_modules)
    app.extensions["primemover.assets"] = assets
    app.register_blueprint(bp)
    app.jinja_env.globals.update(asset=asset, icon=assets.icon)


def asset(name: str) -> str:
    """The address of the asset called `name`."""
    return url_for("assets.serve", version=_assets().version, name=name)


@bp.get("/assets/<version>/<name>")
@public
def serve(version: str, name: str) -> ResponseReturnValue:
    """Send one asset; under its own version a browser may keep it for good."""
    found = _assets().files.get(name)
    if found is None:
        abort(404)
    zipped = found.is_gzipped and request.accept_encodings.quality("gzip") > 0
    response = Response(found.held if zipped else found.body, content_type=found.media_type)
    if zipped:
        response.content_encoding = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = A_YEAR if version == _assets().version else "no-cache"
    return response


def _assets() -> Assets:
    """The assets of this application."""
    return cast("Assets", current_app.extensions["primemover.assets"])


def _read(path: Path) -> bytes:
    """What is in the file at `path`; the start ends with a sentence if it is missing."""
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise WrongSetting(
            f"{path.name} is missing: run `make setup`, or `npm ci` in the project's folder, "
            "or point PRIMEMOVER_NODE_MODULES at the folder that npm ci filled."
        ) from missing


def _held(suffix: str, body: bytes) -> Asset:
    """A file of this kind as it is held; fonts are packed already."""
    if suffix == ".woff2":
        return Asset(MEDIA_TYPES[suffix], body, is_gzipped=False)
    return Asset(
        MEDIA_TYPES[suffix], gzip.compress(body, compresslevel=6, mtime=0), is_gzipped=True
    )


def _plain(drawing: str) -> str:
    """The drawing without comments and fixed size, hidden from screen readers."""
    opening, inside = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL).strip().split(">", 1)
    attributes = re.sub(r'\s(?:class|width|height|xmlns)="[^"]*"', "", opening.replace("\n", " "))
    svg = attributes.replace("<svg", '<svg class="icon" aria-hidden="true"', 1) + ">" + inside
    return " ".join(svg.split())
