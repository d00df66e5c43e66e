"""`netzwerk-i18n engine`: which engines there are, and models for the one on this machine."""

from pathlib import Path

import click

from netzwerk_i18n.cli import context


@click.group("engine", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the engines, and install models for `offline`."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(2)


@command.command("list")
def list_engines() -> None:
    """Say which engines there are, and which models are installed. Nothing is loaded, nobody is asked."""
    from netzwerk_i18n.draft.engines import known
    from netzwerk_i18n.draft.engines.models import installed, models_folder

    engines = known()
    width = max(len(engine.name) for engine in engines)
    for engine in engines:
        origin = f" [{engine.origin}]" if engine.origin else ""
        context.say(f"{engine.name:{width}}  {engine.summary}{origin}")
    packages = installed()
    context.say(f"models in {models_folder()}:" if packages else "no models are installed for offline")
    for package in packages:
        context.say(f"  {package.source} -> {package.target}  {package.version}")


@command.command("install")
@click.argument("what", metavar="FILE|FOLDER|SOURCE", nargs=1)
@click.argument("languages", metavar="[SOURCE] [TARGET]", nargs=-1)
def install(*, what: str, languages: tuple[str, ...]) -> None:
    """Install a model for the engine `offline`.

    From an Argos package (FILE, .argosmodel) or a FOLDER that ct2-opus-mt-converter wrote; where that does not say its
    languages, name them behind it. Or by download from the list of Argos: two languages (de fr); where there is no
    model for both, two by way of English.
    """
    from netzwerk_i18n.draft.engines.packages import install_file, install_languages

    path = Path(what).expanduser()
    if path.exists():
        if len(languages) not in (0, 2):
            raise click.UsageError("name both languages, or none", click.get_current_context())
        packages = [install_file(path, languages=languages)]
    elif len(languages) == 1:
        index = _index()
        context.say(f"looking for a model from {what} to {languages[0]}")
        packages = install_languages(what, languages[0], **index)
    else:
        raise click.UsageError(
            f"{what} is no file or folder; to download a model, name two languages",
            click.get_current_context(),
        )
    for package in packages:
        context.say(f"installed {package.source} -> {package.target} in {package.folder}")


def _index() -> dict[str, str]:
    """Another list of packages, where the project's configuration names one."""
    from netzwerk_i18n.config import find_root
    from netzwerk_i18n.errors import ConfigError

    if context.ROOT is None:
        try:
            find_root(Path.cwd())
        except ConfigError:
            return {}  # a model may be installed outside of any project
    options = context.open_project().config.engines.get("offline", {})
    return {"index": str(options["index"])} if "index" in options else {}
