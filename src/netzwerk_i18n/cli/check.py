"""`netzwerk-i18n check`: every translation held against its source."""

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from netzwerk_i18n.config import Locale
    from netzwerk_i18n.findings import CheckReport
    from netzwerk_i18n.project import Project

FORMATS = ("terminal", "json", "github", "sarif", "junit")


@click.command("check", short_help="Find translations that break their page or look wrong.")
@context.pages_argument
@context.locale_option
@click.option("--only", metavar="CHECK", multiple=True, help="Only this check; may be repeated.")
@click.option("--skip", metavar="CHECK", multiple=True, help="Not this check; may be repeated.")
@click.option("--against", metavar="REV", help="Only what is worse than in this revision of git.")
@click.option(
    "--fix",
    is_flag=True,
    help="First mend spaces and letters in translations where there is no doubt, and write the catalogs.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="terminal for people; json; github for annotations and the step's summary; sarif; junit.",
)
def command(
    *,
    pages: tuple[str, ...],
    locales: tuple[str, ...],
    only: tuple[str, ...],
    skip: tuple[str, ...],
    against: str | None,
    fix: bool,
    form: str,
) -> None:
    """Find translations that would break or misuse their page, and those that look wrong.

    PAGES are source pages (paths from the root, folders or globs); without them, all. Exit code 1 if there is an
    error; warnings alone are no failure. A translator comment such as "# i18n-ignore: numbers" silences a warning for
    its message; an error can only be changed in the configuration.
    """
    from netzwerk_i18n.check import choose_checks
    from netzwerk_i18n.gate import check_all

    project = context.open_project()
    chosen_locales = context.choose_locales(project, locales)
    chosen_pages = project.select(pages) if pages else ()
    if fix:
        from netzwerk_i18n.fix import fix_catalogs

        checks = {check.name for check in choose_checks(only, skip)}
        mended = fix_catalogs(project, locales=chosen_locales, pages=chosen_pages, checks=checks)
        _say_mended(mended, context.say if form == "terminal" else context.warn)
    if against is not None:
        report = _compare(project, against, locales=chosen_locales, pages=pages, only=only, skip=skip)
    else:
        report = check_all(project, locales=chosen_locales, pages=chosen_pages, only=only, skip=skip)
    if form in ("github", "sarif"):
        from netzwerk_i18n.repository import place_in_repository

        # GitHub looks for files from the top of the repository.
        report = report.seen_from(
            place_in_repository(project.config.root, os.environ.get("GITHUB_WORKSPACE"))
        )
    if form == "terminal":
        from netzwerk_i18n.report.findings_terminal import print_findings

        print_findings(report, context.console())
    else:
        click.echo(_formatter(form)(report), nl=False)
    if form == "github":
        _write_summary(report)
    if report.errors and form != "sarif":
        sys.exit(1)


def _compare(
    project: "Project",
    revision: str,
    *,
    locales: "Sequence[Locale]",
    pages: "Sequence[str]",
    only: "Sequence[str]",
    skip: "Sequence[str]",
) -> "CheckReport":
    """What is found now and was not in a revision.

    A change that brings the project, or mends what it could not be read for, is held against nothing.

    Raises:
        ConfigError: if git has no such revision, or pages are named.
    """
    from netzwerk_i18n.check import choose_checks
    from netzwerk_i18n.errors import ConfigError, NetzwerkError
    from netzwerk_i18n.gate import Earlier, check_against, look_back
    from netzwerk_i18n.revision import checked_out

    if pages:
        raise ConfigError("--against looks at the whole project", remedy="leave the pages out")
    choose_checks(only, skip)  # a wrong name is told before anything is compared

    def look() -> Earlier:
        try:
            before = replace(context.open_project_in(folder), earlier_of=project.config.root)
            return look_back(before, locales=locales, only=only, skip=skip)
        except NetzwerkError as error:
            why = f"cannot be read ({error})" if error.file else "has no project here"
            context.warn(f"note: {revision} {why}; all is looked at")
            return Earlier()

    with checked_out(project.config.root, revision) as folder:
        return check_against(project, look, locales=locales, only=only, skip=skip)


def _say_mended(mended: "Mapping[str, int]", say: "Callable[[str], None]") -> None:
    """Say how many translations were mended and where; programs that read the findings see none of it."""
    for path, number in mended.items():
        say(f"{path}: mended {context.count(number, 'translation')}")
    total = context.count(sum(mended.values()), "translation")
    say(
        f"fix: mended {total} in {context.count(len(mended), 'catalog')}"
        if mended
        else "fix: nothing to mend"
    )


def _formatter(form: str) -> "Callable[[CheckReport], str]":
    match form:
        case "json":
            from netzwerk_i18n.report.findings_json import format_findings_json

            return format_findings_json
        case "github":
            from netzwerk_i18n.report.findings_github import format_annotations

            return format_annotations
        case "sarif":
            from netzwerk_i18n.report.findings_sarif import format_findings_sarif

            return format_findings_sarif
        case _:
            from netzwerk_i18n.report.findings_junit import format_findings_junit

            return format_findings_junit


def _write_summary(report: "CheckReport") -> None:
    """Add the whole list to the step's summary, where GitHub gives one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from netzwerk_i18n.report.findings_github import format_summary

        with open(path, "a", encoding="utf-8") as summary:  # noqa: PTH123 - a file of the runner's, to be added to
            summary.write(format_summary(report))
