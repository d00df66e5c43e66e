"""`python -m netzwerk_i18n` is the command line."""

from netzwerk_i18n.cli import main

if __name__ == "__main__":
    main()
