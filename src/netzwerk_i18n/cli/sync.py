"""`netzwerk-i18n sync`: extract, build, status: the main job."""

import sys

import click

from netzwerk_i18n.cli import build as build_command
from netzwerk_i18n.cli import context
from netzwerk_i18n.cli import extract as extract_command
from netzwerk_i18n.cli import status as status_command
from netzwerk_i18n.cli.watching import Done, repeat, require_alone, watch_option
from netzwerk_i18n.errors import as_one


@click.command("sync", short_help="Extract, build and show the status: the main job.")
@context.check_option
@context.force_option
@watch_option
def command(*, check: bool, force: bool, watch: bool) -> None:
    """Extract, build and show the status: everything that follows from the source pages and the catalogs."""
    from netzwerk_i18n.build import build, check_build
    from netzwerk_i18n.extract import extract, plan_extract
    from netzwerk_i18n.status import status

    require_alone(watch=watch, check=check, force=force)

    reporter = build_command.Reporter(check=check)

    def work(*, tersely: bool = False) -> Done:
        project = context.open_project()
        if check:
            extraction, outputs = plan_extract(project)
            project = project.awaiting(outputs)
        else:
            extraction = extract(project)
        if extraction.changed or not tersely:
            extract_command.report(extraction, check=check)
        if extraction.errors:
            raise as_one(extraction.errors)
        result = check_build(project, force=force) if check else build(project, force=force)
        if result.changes or not tersely:
            reporter.report(result)
        if result.errors:
            raise as_one(result.errors)
        if extraction.changed or result.changes or not tersely:
            status_command.print_table(project, status(project))
        needs_person = build_command.failed(result, check=check) or (check and bool(extraction.changed))
        return Done(needs_person=needs_person, written=extraction.changed)

    if watch:
        repeat(work)
    elif work().needs_person:
        sys.exit(1)
