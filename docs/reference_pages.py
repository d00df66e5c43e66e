"""The reference's pages, written from the code each time the documentation is built, so that they cannot fall behind."""

import importlib
import re
from pathlib import Path

import click

from netzwerk_i18n.cli import COMMANDS, app
from netzwerk_i18n.config.schema import known_keys

README = Path(__file__).parent.parent / "README.md"


def write_reference(folder: Path) -> None:
    """Write `commands.md` and `settings.md` into a folder; a page that is right already is not touched."""
    folder.mkdir(exist_ok=True)
    for name, text in {"commands.md": format_commands(), "settings.md": format_settings()}.items():
        page = folder / name
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, encoding="utf-8")


def format_commands() -> str:
    """Every command with its arguments and options, in the order of `--help`."""
    parts = [
        (
            "# Commands\n\n`netzwerk-i18n [-C FOLDER] COMMAND`. Without `-C`, the nearest folder upwards that holds a configuration.\n\n"
            "Exit codes: 0 all is well; 1 something was found, or would change under `--check`; 2 wrong use or broken input; "
            "3 a fault of the tool itself; 130 interrupted.\n\n"
            "The environment: `NETZWERK_I18N_CACHE` is the folder for what is kept between runs, or `off`; `NETZWERK_I18N_MODELS` "
            "that of the models of `offline`; `NETZWERK_I18N_JOBS` how many processes share the work, all processors without it; "
            "`NETZWERK_I18N_DEBUG=1` shows where a fault of the tool lies. `NO_COLOR` takes the colours away.\n"
        )
    ]
    context = click.Context(app, info_name="netzwerk-i18n")
    for name, module in COMMANDS.items():
        command = importlib.import_module(f"netzwerk_i18n.cli.{module}").command
        parts.append(_format(command, click.Context(command, info_name=name, parent=context), 2))
    return "\n".join(parts)


def format_settings() -> str:
    """The settings as the README shows them, and each key with what it takes."""
    section = README.read_text("utf-8").partition("\n## All settings\n")[2]
    example = re.search(r"```toml\n.*?\n```", section, re.DOTALL)
    if example is None:
        raise ValueError("the README has no example of all settings")
    parts = [
        (
            "# Settings\n\n`netzwerk-i18n.toml` at the project's root, or `[tool.netzwerk-i18n]` in `pyproject.toml`. A key that is "
            "unknown or of the wrong type is an error with its file and line.\n"
        ),
        f"{example[0]}\n",
    ]
    for table, keys in known_keys().items():
        rows = "".join(f"| `{key}` | {wanted} |\n" for key, wanted in keys.items())
        parts.append(f"## [{table}]\n\n| key | takes |\n| --- | --- |\n{rows}")
    return "\n".join(parts)


def _format(command: click.Command, context: click.Context, level: int) -> str:
    usage = " ".join(context.get_usage().removeprefix("Usage: ").split())
    lines = [f"{'#' * level} {context.command_path.removeprefix('netzwerk-i18n ')}\n"]
    lines.append(f"```console\n$ {usage}\n```\n")
    lines.append(f"{_plain(command.help or '')}\n")
    for parameter in command.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is not None and not getattr(parameter, "hidden", False):
            lines.append(f"`{record[0]}`\n: {_plain(record[1]) or '.'}\n")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                lines.append(_format(inner, click.Context(inner, info_name=name, parent=context), level + 1))
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Help text as Markdown that shows it as it is."""
    paragraphs = [" ".join(part.split()) for part in text.replace("\b", "").split("\n\n")]
    return "\n\n".join(re.sub(r"([*_<>\[\]{}$\\])", r"\\\1", part) for part in paragraphs)
