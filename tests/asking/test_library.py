"""Reading the questions in queries/."""

from pathlib import Path

from kg.asking.library import read_queries, read_query


def test_metadata_and_body(tmp_path: Path) -> None:
    path = tmp_path / "who.rq"
    path.write_text("#+ summary: Who does\n#+   what?\n#+ at: 2013-06-01\n\n# why\nASK {}\n")
    query = read_query(path)
    assert (query.name, query.summary) == ("who", "Who does what?")
    assert query.metadata["at"] == "2013-06-01"
    assert query.body == "# why\nASK {}"


def test_a_question_is_titled_in_each_language_that_its_file_has(tmp_path: Path) -> None:
    path = tmp_path / "who.rq"
    path.write_text(
        "#+ summary: Who does\n#+   what?\n#+ summary@kk: Кім не\n#+   істейді?\nASK {}\n",
        encoding="utf-8",
    )
    query = read_query(path)
    assert query.summaries == {"en": "Who does what?", "kk": "Кім не істейді?"}
    assert query.body == "ASK {}"


def test_no_folder_no_questions(tmp_path: Path) -> None:
    assert read_queries(tmp_path / "none") == []
