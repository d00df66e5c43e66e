"""The store of answers: runs that share it do not get in each other's way."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from netzwerk_i18n.draft.answers import Answers, Question

QUESTION = Question("google", "1", "de", "fr", "tags", "Ein Satz.")


def test_a_run_that_begins_while_another_one_makes_the_store_waits_for_it(tmp_path: Path) -> None:
    file = tmp_path / "answers-1.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")  # as SQLite holds the file while a first run turns on its log
        other.execute("CREATE TABLE answers (question BLOB PRIMARY KEY, answer TEXT, moment INTEGER)")
        done = threading.Timer(0.3, lambda: other.execute("COMMIT"))
        done.start()
        with Answers(tmp_path) as answers:
            assert answers.problem is None
            answers.keep(QUESTION, "Une phrase.")
        done.join()
    with Answers(tmp_path) as answers:
        assert answers.find(QUESTION) == "Une phrase."
