"""The command line: arguments in, a call, an exit code out. One module a command; no logic lives here.

Exit codes: 0 all is well, 1 something was found or would change, 2 wrong use or broken input, 3 a fault of the
tool itself.
"""

import atexit
import gc
import importlib
import io
import os
import signal
import sys
import warnings
from types import FrameType
from typing import TextIO

import click

from netzwerk_i18n import __version__
from netzwerk_i18n.cli import context
from netzwerk_i18n.errors import NetzwerkError

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells give it: 128 and the signal's number."""

COMMANDS = {
    "init": "init",
    "extract": "extract",
    "translate": "translate",
    "import": "import_",
    "build": "build",
    "check": "check",
    "status": "status",
    "sync": "sync",
    "engine": "engine",
    "memory": "memory",
    "merge-po": "merge_po",
}
"""Each command's name and its module; a module is loaded when its command is called."""


class _Commands(click.Group):
    """Commands in the order of `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the library's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            from netzwerk_i18n.config.names import nearest

            ctx.fail(f"there is no command {cmd_name!r}" + nearest(cmd_name, list(COMMANDS)).rstrip("?"))
        command = importlib.import_module(f"netzwerk_i18n.cli.{COMMANDS[cmd_name]}").command
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--root", "-C", metavar="FOLDER", help="The project's folder; without it, the nearest one upwards."
)
@click.version_option(__version__, prog_name="netzwerk-i18n", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context, root: str | None) -> None:
    """Translate Markdown sites with gettext: pages are spliced, never printed again."""
    context.ROOT = root
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(2)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Pages and catalogs make many objects and no cycles: looking for cycles often would cost a tenth of the time.
    gc.set_threshold(100_000, 50, 100)
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack signs that a path or a table has
            stream.reconfigure(errors="backslashreplace")
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started us ignores it
        signal.signal(signal.SIGINT, _interrupt)
    # At its end Python looks for cycles among all objects once more: nothing would come of it but a tenth of the time.
    atexit.register(gc.freeze)
    try:
        code = app(prog_name="netzwerk-i18n", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        context.complain("interrupted; every file is whole, run it again to go on")
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        ctx = error.ctx if isinstance(error, click.UsageError) else None
        message = error.format_message().rstrip(".?")
        if ctx and isinstance(error, click.NoSuchOption) and error.option_name in ("-C", "--root"):
            ctx, message = ctx.find_root(), f"{error.option_name} stands before the command"
        command = ctx.command_path if ctx else "netzwerk-i18n"
        context.complain(f"{message}; see {command} --help")
        sys.exit(2)
    except NetzwerkError as error:
        context.complain_of(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output is gone (`| head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except MemoryError:
        context.complain("out of memory")
        sys.exit(2)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not error.filename:
            context.complain("the folder that you are in was removed; change into one that is there")
            sys.exit(2)
        file = str(error.filename) if error.filename else None
        context.complain(str(NetzwerkError.of("the system refuses", error, file)))
        sys.exit(2)
    except Exception as error:
        if os.environ.get("NETZWERK_I18N_DEBUG"):
            raise
        fault = f"{type(error).__name__}: {error}"
        context.complain(
            f"internal fault: {fault}; set NETZWERK_I18N_DEBUG=1 for details, and please report them"
        )
        sys.exit(3)


def _interrupt(number: int, frame: FrameType | None) -> None:
    # It may come between the opening of a file and the `with` that closes it: Python need not warn of that file.
    warnings.simplefilter("ignore", ResourceWarning)
    signal.default_int_handler(number, frame)


def _replace_closed_streams() -> None:
    """Let what goes to a stream that was closed before the start (`>&-`) go nowhere; Python has None in its place."""
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    # As Python opens its own streams: nobody closes them, and nobody is warned that they are not closed.
    return open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
