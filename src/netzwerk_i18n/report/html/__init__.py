"""The report as a static site: an overview, a map of all pages, a page for each language, and reading views.

It loads nothing from elsewhere and works from a folder on a disk. Style and script stand in each file, so that a
content security policy can name them by their digests and forbid everything else.
"""

from netzwerk_i18n.report.html.site import Views, Written, write_report

__all__ = ["Views", "Written", "write_report"]
