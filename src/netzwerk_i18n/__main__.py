"""`python -m netzwerk_i18n` is the command line."""

import sys


def run() -> None:
    """Load the command line and run it; Ctrl-C while it is still being loaded shows no traceback either."""
    try:
        from netzwerk_i18n.cli import main
    except KeyboardInterrupt:
        sys.stderr.write("netzwerk-i18n: interrupted\n")
        sys.exit(130)
    main()


if __name__ == "__main__":
    run()
