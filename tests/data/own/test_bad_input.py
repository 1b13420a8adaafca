"""Files people give by mistake: each is refused in a sentence with file, line and column, or read as meant."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from data import readers, registry
from data.errors import DataError, SettingsError, StorageError
from data.own.importer import import_file, inspect
from data.own.options import ImportOptions
from tests.data.own.conftest import ROWS, Table


def refused(path: Path, options: ImportOptions | None = None) -> DataError:
    """The error of an import, after making sure that it names the file and leaves nothing behind."""
    with pytest.raises(DataError) as caught:
        import_file(path, "mine", options)
    assert str(path) in caught.value.message
    assert caught.value.path == path
    assert "mine" not in registry.all_specs()
    return caught.value


def place(error: DataError) -> tuple[int | None, str]:
    return error.line, error.column


def test_that_a_missing_file_a_folder_and_an_empty_file_are_refused(table: Table, tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "gone.csv").reason
    assert "a folder" in refused(tmp_path).reason
    assert "0 bytes" in refused(table(b"")).reason
    assert "blank lines" in refused(table(b"\n \n\n")).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_that_a_file_without_read_permission_is_refused(table: Table, good: str) -> None:
    path = table(good)
    path.chmod(0)
    with pytest.raises(StorageError, match="no permission"):
        import_file(path, "mine")


def test_that_no_permission_is_told_in_words(table: Table, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(good)

    def denied(self: Path, *arguments: object, **others: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", denied)
    for call in (lambda: inspect(path), lambda: import_file(path, "mine")):
        with pytest.raises(StorageError, match=r"table.csv may not be read: no permission"):
            call()


def test_that_a_header_without_rows_is_refused(table: Table) -> None:
    error = refused(table("userId,itemId,rating\n"))
    assert error.line == 1
    assert "no row below" in error.reason


def test_that_a_table_without_a_user_column_lists_its_columns(table: Table) -> None:
    error = refused(table("colour,item,rating\nred,1,5\nblue,2,4\n"))
    assert error.line == 1
    assert "no column was recognised as the user" in error.reason
    assert "colour, item, rating" in error.reason
    assert "--user COLUMN" in error.hint
    assert inspect(error.path or Path()).problem == error.reason


def test_that_an_unknown_delimiter_is_said_to_be_one(table: Table) -> None:
    error = refused(table("user~item\na~b\nc~d\n"))
    assert "only one column" in error.reason
    assert "--delimiter" in error.hint


def test_that_a_header_with_one_name_twice_is_refused_with_line_and_column(table: Table) -> None:
    path = table("user,item,user\na,b,c\nd,e,f\n")
    error = refused(path)
    assert place(error) == (1, "user")
    assert "more than one column called 'user'" in error.reason
    with pytest.raises(SettingsError, match=r"more than one column called 'user' \(columns 1 and 3\)"):
        import_file(path, "mine", ImportOptions(user="user"))


def test_that_a_number_chooses_between_columns_of_one_name(table: Table) -> None:
    rows = [(user, item, "x") for user, item, *_ in ROWS]
    report = import_file(table(table.of(["user", "item", "user"], rows)), "mine", ImportOptions(user="1"))
    assert (report.n_users, report.n_items) == (6, 8)


def test_that_one_user_is_refused(table: Table) -> None:
    error = refused(table("user,item\n" + "".join(f"me,{item}\n" for item in range(9))))
    assert place(error) == (2, "user")
    assert "only one user, 'me', in all 9 rows" in error.reason


def test_that_one_item_in_every_row_is_refused(table: Table) -> None:
    error = refused(table("user,item\n" + "".join(f"{user},bread\n" for user in range(9))))
    assert place(error) == (2, "item")
    assert "only one item, 'bread', in all 9 rows" in error.reason


def test_that_users_with_too_few_items_are_refused(table: Table) -> None:
    assert "no user has 3 different items" in refused(table("user,item\na,1\na,2\nb,1\nb,2\n")).reason


def test_that_an_item_everybody_has_is_warned_of(table: Table, good: str) -> None:
    everybody = [warning for warning in import_file(table(good), "mine").warnings if "Every user has" in warning]
    assert len(everybody) == 1


def test_that_a_rating_of_na_is_kept_without_a_threshold_and_dropped_with_one(table: Table) -> None:
    rows = [(u, i, "N/A" if (u, i) == ("u1", "i2") else r, t) for u, i, r, t in ROWS]
    path = table(table.of(["user", "item", "rating", "timestamp"], rows))
    line = 2 + next(k for k, row in enumerate(rows) if row[2] == "N/A")
    assert import_file(path, "all").n_rows == len(ROWS)
    report = import_file(path, "liked", ImportOptions(min_rating=1))
    assert report.n_rows == len(ROWS) - 1
    assert [(drop.rows, drop.example) for drop in report.dropped] == [(1, f"line {line}")]
    assert "no rating" in report.dropped[0].reason


def test_that_a_rating_that_is_no_number_is_refused_with_line_and_column(table: Table, good: str) -> None:
    lines = good.splitlines()
    lines[4] = lines[4].rsplit(",", 2)[0] + ",very good,1700000000"
    path = table("\n".join(lines))
    error = refused(path)
    assert place(error) == (5, "rating")
    assert "'very good'" in error.reason
    report = import_file(path, "mine", ImportOptions(bad_rows="drop"))
    assert report.n_rows == len(ROWS) - 1
    assert report.dropped[0].example == "line 5: 'very good'"


def test_that_a_time_that_is_no_time_is_refused_with_line_and_column(table: Table, good: str) -> None:
    lines = good.splitlines()
    lines[9] = lines[9].rsplit(",", 1)[0] + ",yesterday"
    error = refused(table("\n".join(lines)))
    assert place(error) == (10, "timestamp")
    assert "'yesterday'" in error.reason


def test_that_the_line_counts_blank_lines_and_line_ends_inside_quotes(table: Table) -> None:
    text = '\nuser,item,rating,title\n\na,1,5,"two\nlines"\n\nb,2,4,one\nb,3,bad,one\n'
    assert place(refused(table(text))) == (8, "rating")
    assert place(refused(table(text.replace("\n", "\r\n")))) == (8, "rating")


def test_that_a_row_with_too_few_or_too_many_fields_is_refused_with_its_line(table: Table, good: str) -> None:
    lines = good.splitlines()
    few = refused(table("\n".join([*lines[:6], "u1,i1", *lines[6:]])))
    assert place(few) == (7, "rating")
    assert "2 fields where 4 are expected" in few.reason
    many = refused(table("\n".join([*lines[:6], "u1,i1,1,2,3", *lines[6:]])))
    assert place(many) == (7, "")
    assert "5 fields where 4 are expected" in many.reason


def test_that_ragged_rows_are_dropped_and_counted_when_asked(table: Table, good: str) -> None:
    lines = good.splitlines()
    path = table("\n".join([*lines[:6], "u1,i1", "u1,i1,1,2,3", *lines[6:]]))
    report = import_file(path, "mine", ImportOptions(bad_rows="drop"))
    assert (report.rows_read, report.n_rows) == (len(ROWS) + 2, len(ROWS))
    assert [(drop.reason, drop.rows) for drop in report.dropped] == [("wrong number of fields", 2)]


def test_that_a_quote_that_is_never_closed_is_found(table: Table, good: str) -> None:
    lines = good.splitlines()
    lines[3] = '"' + lines[3]
    path = table("\n".join(lines))
    error = refused(path)
    assert error.line == 4
    assert "double quote" in error.reason
    assert import_file(path, "mine", ImportOptions(quotes=False)).n_users == 7


def test_that_empty_users_and_items_are_dropped_and_counted(table: Table, good: str) -> None:
    report = import_file(table(good + ",i1,3,5\n  ,i2,3,5\nu1,,3,5\n"), "mine")
    assert [(drop.reason, drop.rows) for drop in report.dropped] == [("no user", 2), ("no item", 1)]
    assert report.dropped[0].example == f"line {len(ROWS) + 2}"
    assert report.n_rows == len(ROWS)


def test_that_bytes_that_are_not_utf_8_are_refused_with_line_and_column(table: Table) -> None:
    text = "user,item\n" + "".join(f"é{user},ü{item}\n" for user, item, *_ in ROWS)
    error = refused(table(text.encode().replace("é".encode() + b"u3,", b"\xff\xc3u3,", 1)))
    line = 2 + [user for user, *_ in ROWS].index("u3")
    assert place(error) == (line, "user")
    assert "character 1 is not utf-8" in error.reason


def test_that_an_encoding_that_does_not_fit_is_refused_with_its_line(table: Table) -> None:
    text = "user,item\n" + "".join(f"用户{user},{item}\n" for user, item, *_ in ROWS)
    error = refused(table(text.encode("gb18030")), ImportOptions(encoding="utf-8"))
    assert place(error) == (2, "user")
    assert "--encoding" in error.hint
    assert place(refused(table(text.encode("utf-8")), ImportOptions(encoding="ascii"))) == (2, "user")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_that_chinese_files_are_read_in_the_encodings_they_come_in(table: Table, encoding: str) -> None:
    rows = [(f"用户{u}", f"电影{i}", f"片名《{i}》") for u, i, *_ in ROWS]
    path = table(table.of(["用户", "电影", "标题"], rows).encode(encoding))
    report = import_file(path, "mine")
    assert report.encoding.replace("-sig", "").startswith(encoding[:5])
    assert any("guess" in warning for warning in report.warnings) == (encoding == "gb18030")
    read = readers.read("mine")
    assert set(read.user_ids) == {row[0] for row in rows}
    assert dict(zip(read.item_ids, read.titles, strict=True)) == {row[1]: row[2] for row in rows}


def test_that_western_european_text_is_read_and_said_to_be_a_guess(table: Table) -> None:
    rows = [(u, i, f"Café à la crème {i}") for u, i, *_ in ROWS]
    report = import_file(table(table.of(["user", "item", "title"], rows).encode("cp1252")), "mine")
    assert report.encoding == "cp1252"
    assert any("Windows-1252" in warning for warning in report.warnings)
    assert readers.read("mine").titles[0].startswith("Café à la crème")


def test_that_an_undecodable_byte_in_another_column_does_no_harm(table: Table) -> None:
    text = table.of(["user", "item", "note"], [(u, i, "é" * 9) for u, i, *_ in ROWS]).encode()
    assert import_file(table(text.replace("é".encode(), b"\xff", 1)), "mine").n_rows == len(ROWS)


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        container.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (workbook(), "zip archive or an Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Excel workbook"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"BZh91AY&SY" + bytes(20), "bzip2"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"user,item\na,1\n" + b"\0" * 10 + b"\n", "not a text file"),
        (gzip.compress(workbook()), "zip archive"),
        (gzip.compress(b""), "empty"),
        (b"PAR1" + bytes(100), "Parquet"),
    ],
    ids=["xlsx", "xls", "pdf", "bzip2", "binary", "zeros", "xlsx.gz", "empty.gz", "cut-off parquet"],
)
def test_that_a_file_of_another_kind_is_named(table: Table, content: bytes, what: str) -> None:
    error = refused(table(content))
    assert what in error.reason
    with pytest.raises(DataError):
        inspect(error.path or Path())


def test_that_zero_bytes_far_down_are_found_with_their_line(table: Table) -> None:
    rows = "".join(f"user{k % 1000},item{k % 777}\n" for k in range(120_000))
    content = ("user,item\n" + rows).encode()
    error = refused(table(content + b"user1,\0\n" + rows.encode()))
    assert error.line == 120_002


def test_that_a_packed_file_is_read_and_a_damaged_one_refused(table: Table, good: str) -> None:
    packed = gzip.compress(good.encode())
    preview = inspect(table(packed, "table.csv.gz"))
    assert preview.compressed
    assert import_file(table(packed, "table.csv.gz"), "mine").n_rows == len(ROWS)
    noise = gzip.compress(good.encode() + os.urandom(40_000).hex().encode())
    with pytest.raises(DataError, match="packing is damaged or cut off"):
        import_file(table(noise[:-2000], "cut.csv.gz"), "cut")


def test_that_ids_with_spaces_commas_quotes_chinese_and_emoji_arrive_unchanged(table: Table) -> None:
    odd = ["a b", "a,b", 'say "hi"', "小明", "🙂👩‍👩‍👧", "x;y|z", "tab\there", "line\nbreak", "'", "\\", "NaN", "007"]
    rows = [(user, f"{item} {k}") for user in odd for k, item in enumerate(odd)]
    report = import_file(table(table.of(["user", "item"], rows)), "mine")
    read = readers.read("mine")
    assert list(read.user_ids) == odd
    assert list(read.item_ids) == [f"{item} {k}" for k, item in enumerate(odd)]
    assert report.n_rows == len(rows)
    assert "every item" in " ".join(report.warnings)


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden", "demo", "ML-100K", "a b", "x" * 65, "名"])
def test_that_a_name_that_cannot_be_is_refused(table: Table, good: str, name: str) -> None:
    with pytest.raises(SettingsError):
        import_file(table(good), name)


def test_that_a_name_in_use_is_refused_unless_it_is_to_be_replaced(table: Table, good: str, own_home: Path) -> None:
    path = table(good)
    first = import_file(path, "mine")
    with pytest.raises(SettingsError, match=r"already.*--replace"):
        import_file(path, "mine")
    again = import_file(path, "mine", ImportOptions(k_core_users=7, replace=True))
    assert again.n_users < first.n_users
    (own_home / "datasets" / "theirs").mkdir()
    with pytest.raises(SettingsError, match="not an imported data set"):
        import_file(path, "theirs", ImportOptions(replace=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_rating": float("nan")},
        {"k_core_users": 0},
        {"delimiter": "abc"},
        {"delimiter": '"'},
        {"encoding": "klingon"},
        {"user": "-"},
        {"rating": "-", "min_rating": 1.0},
        {"duplicates": "some"},
        {"bad_rows": "mend"},
    ],
    ids=str,
)
def test_that_an_option_that_cannot_work_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        ImportOptions(**wrong)  # type: ignore[arg-type]


def test_that_a_column_that_is_not_there_is_named_with_those_there_are(table: Table, good: str) -> None:
    with pytest.raises(SettingsError, match=r"no column 'stars' for the rating. Its columns are user, item, rating"):
        import_file(table(good), "mine", ImportOptions(rating="stars"))
    with pytest.raises(SettingsError, match="cannot be both user and item"):
        import_file(table(good), "mine", ImportOptions(user="item", item="item"))
