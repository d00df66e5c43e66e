"""`netzwerk-i18n sync`: extract, build, status: the main job."""

import typer

from netzwerk_i18n.cli import build as build_command
from netzwerk_i18n.cli import context
from netzwerk_i18n.cli import extract as extract_command
from netzwerk_i18n.cli import status as status_command

NAME = "sync"


def command(*, check: context.Check = False, force: context.Force = False) -> None:
    """Extract, build and show the status: everything that follows from the source pages and the catalogs."""
    from netzwerk_i18n.build import build, check_build
    from netzwerk_i18n.extract import check_extract, extract

    project = context.open_project()
    extraction = check_extract(project) if check else extract(project)
    extract_command.report(extraction, check=check)
    result = check_build(project, force=force) if check else build(project, force=force)
    build_command.report(result, check=check)
    status_command.show(project, None, None, status_command.Format.TABLE)
    if build_command.failed(result, check=check) or (check and extraction.changed):
        raise typer.Exit(1)
