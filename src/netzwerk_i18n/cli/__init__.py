"""The command line: arguments in, a call, an exit code out. One module a command; no logic lives here.

Exit codes: 0 all is well, 1 something was found or would change, 2 wrong use or broken input, 3 a fault of the
tool itself.
"""

import os
import sys
from typing import Annotated

import typer

from netzwerk_i18n.cli import build, extract, status, sync
from netzwerk_i18n.errors import NetzwerkError

app = typer.Typer(
    name="netzwerk-i18n",
    help="Translate Markdown sites with gettext: pages are spliced, never printed again.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (extract, build, status, sync):
    app.command(name=module.NAME)(module.command)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        from netzwerk_i18n import __version__

        typer.echo(f"netzwerk-i18n {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    root: Annotated[
        str | None,
        typer.Option(
            "--root", "-C", metavar="FOLDER", help="The project's folder; else it is searched upwards."
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda value: _print_version(wanted=value),
            is_eager=True,
            help="Print the version.",
        ),
    ] = False,
) -> None:
    del version
    from netzwerk_i18n.cli import context

    context.ROOT = root


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app(prog_name="netzwerk-i18n")
    except NetzwerkError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _complain("stopped; every file is whole, and the same command goes on from here")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output is gone (`| head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except MemoryError:
        _complain("out of memory")
        sys.exit(2)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        _complain(f"{name}{error.strerror or error}")
        sys.exit(2)
    except Exception as error:
        if os.environ.get("NETZWERK_I18N_DEBUG"):
            raise
        _complain(
            f"internal fault: {type(error).__name__}: {error}; set NETZWERK_I18N_DEBUG=1 for details and report them"
        )
        sys.exit(3)


def _complain(text: str) -> None:
    from netzwerk_i18n.cli.context import printable

    for line in text.split("\n"):
        print(f"netzwerk-i18n: {printable(line)}", file=sys.stderr)  # noqa: T201
