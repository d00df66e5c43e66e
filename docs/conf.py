"""How the documentation is built: Markdown by MyST, the reference of commands, settings and checks from the code itself."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from reference_pages import write_reference  # noqa: E402 - beside this file

from netzwerk_i18n import __version__  # noqa: E402

project = "netzwerk-i18n"
author = "The netzwerk-i18n maintainers"
project_copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = False

html_theme = "furo"
html_title = f"netzwerk-i18n {__version__}"
autodoc_typehints = "description"
autodoc_member_order = "bysource"

write_reference(HERE / "reference")
