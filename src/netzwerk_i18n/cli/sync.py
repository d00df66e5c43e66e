"""`netzwerk-i18n sync`: extract, build, status: the main job."""

import sys

import click

from netzwerk_i18n.cli import build as build_command
from netzwerk_i18n.cli import context
from netzwerk_i18n.cli import extract as extract_command
from netzwerk_i18n.cli import status as status_command
from netzwerk_i18n.errors import as_one


@click.command("sync", short_help="Extract, build and show the status: the main job.")
@context.check_option
@context.force_option
def command(*, check: bool, force: bool) -> None:
    """Extract, build and show the status: everything that follows from the source pages and the catalogs."""
    from netzwerk_i18n.build import build, check_build
    from netzwerk_i18n.extract import extract, plan_extract
    from netzwerk_i18n.status import status

    project = context.open_project()
    if check:
        extraction, outputs = plan_extract(project)
        project = project.awaiting(outputs)
    else:
        extraction = extract(project)
    extract_command.report(extraction, check=check)
    if extraction.errors:
        raise as_one(extraction.errors)
    result = check_build(project, force=force) if check else build(project, force=force)
    build_command.report(result, check=check)
    if result.errors:
        raise as_one(result.errors)
    status_command.print_table(project, status(project))
    if build_command.failed(result, check=check) or (check and extraction.changed):
        sys.exit(1)
