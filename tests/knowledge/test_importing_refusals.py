"""Files that are refused as a whole: one sentence each, in time, and nothing of them is taken."""

import bz2
import gzip
import io
import lzma
import tarfile
import time
import zipfile

import pytest

from knowledge.importing import Around, ImportRefused, parse
from knowledge.importing.limits import LARGEST_FILE, MOST_SNIPPETS
from knowledge.importing.wording import ENGLISH
from knowledge.models import Source

AROUND = Around("2026-11-26", "news", Source("The page", "The Paper", "https://paper.example/page"))
SECONDS = 15
"""For the worst of them; the usual one takes milliseconds."""


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.txt", content)
    return file.getvalue()


def tarred(content: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("notes.txt")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


BOMB = zipped(bytes(20_000_000))
LAUGHS = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
GOOD = "text\nGood.\n"

_FIELDS = ", ".join(f"txet{number}: 1" for number in range(100_000)).encode()
_TEXTS = b'{"text": "a", "asks": [' + b"1," * 3_900_000 + b"1]}"
_PAGES = b"\n".join([b'{"text": "a", "sources": [' + b'{"publishe":1,"titel":1},' * 90 + b"1]}"] * 1_900)

REFUSED = {
    "png": ("notes.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "import.no_text"),
    "exe": ("notes.exe", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\0", "import.no_text"),
    "exe called txt": ("notes.txt", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\0", "import.no_text"),
    "pdf": ("notes.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "import.no_text"),
    "pdf called md": ("notes.md", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "import.no_text"),
    "docx": ("notes.docx", zipped(b"<w:document/>"), "import.packed"),
    "another ending": ("notes.json", b"{}", "import.wrong_type"),
    "no ending": ("notes", b"Golden was first.", "import.wrong_type"),
    "30 MB": ("notes.txt", b"Golden. " * 3_800_000, "import.too_large"),
    "one byte too many": ("notes.csv", b"x" * (LARGEST_FILE + 1), "import.too_large"),
    "zip": ("notes.zip", zipped(b"Golden was first."), "import.packed"),
    "zip called txt": ("notes.txt", zipped(b"Golden was first."), "import.packed"),
    "zip bomb": ("notes.csv", BOMB, "import.packed"),
    "gzip": ("notes.jsonl", gzip.compress(bytes(20_000_000)), "import.packed"),
    "broken UTF-8": ("notes.txt", "Golden 골든".encode()[:-1], "import.encoding"),
    "CP949, as Excel saves": ("notes.csv", "text\n골든이 1위였다.\n".encode("cp949"), "import.encoding"),
    "UTF-16 with a mark": ("notes.txt", "Golden was first.".encode("utf-16"), "import.encoding"),
    "UTF-16 without a mark": ("notes.txt", "Golden was first.".encode("utf-16-le"), "import.encoding"),
    "UTF-16 the other way": ("notes.csv", "text\nGolden.\n".encode("utf-16-be"), "import.encoding"),
    "one NUL": ("notes.txt", "골든이 1위였다.\n\0Golden was first.".encode(), "import.nul"),
    "NUL bytes": ("notes.txt", b"Golden\0\0 was first.", "import.nul"),
    "tar called txt": ("notes.txt", tarred(b"Golden was first."), "import.no_text"),
    "bzip2": ("notes.txt", bz2.compress(bytes(20_000_000)), "import.packed"),
    "bzip2 of nothing": ("notes.txt", bz2.compress(b""), "import.packed"),
    "xz": ("notes.txt", lzma.compress(b"Golden was first."), "import.packed"),
    "rar 4": ("notes.rar", b"Rar!\x1a\7\0\xcf\x90\x73", "import.packed"),
    "rar 5": ("notes.rar", b"Rar!\x1a\7\1\0\x33\x92", "import.packed"),
    "7z": ("notes.7z", b"7z\xbc\xaf\x27\x1c\0\4", "import.packed"),
    "gif": ("notes.gif", b"GIF89a\1\0\1\0", "import.no_text"),
    "empty": ("notes.md", b"", "import.empty"),
    "white space": ("notes.yaml", b" \n\t\n", "import.empty"),
    "a mark alone": ("notes.csv", b"\xef\xbb\xbf\n", "import.empty"),
    "only headings": ("notes.md", b"# Golden\n\n## Charts\n\nFirst\n=====\n", "import.no_notes"),
    "a page called txt": ("notes.txt", b"<!DOCTYPE html><html><p>Golden</p></html>", "import.is_page"),
    "long prose": ("notes.txt", b"Golden was first. " * 30_000, "import.long"),
    "unknown columns": ("notes.csv", b"text,colour,,size\nGolden.,red,,1\n", "import.columns"),
    "no text column": ("notes.csv", b"id,topic\na,b\n", "import.no_column"),
    "a column twice": ("notes.csv", b"text,text\na,b\n", "import.twice_column"),
    "a field of 1 MB": ("notes.csv", f"{GOOD}{'x' * 1_000_000}\n".encode(), "import.table"),
    "an open quotation mark": ("notes.csv", f'{GOOD}"never closed\n'.encode(), "import.table"),
    "too many rows": ("notes.csv", GOOD.encode() + b"a\n" * MOST_SNIPPETS, "import.too_many"),
    "too many lines": ("notes.jsonl", b"{}\n" * 2_700_000, "import.too_many"),
    "a YAML tag": ("notes.yaml", b"topic: !!python/object/apply:os.system [id]", "import.yaml"),
    "aliases that explode": ("notes.yaml", LAUGHS, "import.yaml"),
    "deep flow lists": ("notes.yaml", b"[" * 4_000_000, "import.yaml"),
    "deep keys": ("notes.yaml", b"? " * 2_000_000, "import.yaml"),
    "deep lists": ("notes.yaml", b"- " * 2_000_000, "import.yaml"),
    "a key twice": ("notes.yaml", b"topic: a\ntopic: b\nsnippets: []", "import.yaml"),
    "broken YAML": ("notes.yaml", b"topic: a: b", "import.yaml"),
    "too long YAML": ("notes.yaml", b"- a\n" * 2_000_000, "import.yaml"),
    "YAML of something else": ("notes.yaml", b"services: {web: {image: x}}", "import.nothing"),
    "lines that are no objects": ("notes.jsonl", b"[1]\n2\nnull\n", "import.nothing"),
    "a million wrong texts": ("notes.jsonl", _TEXTS, "import.nothing"),
    "many wrong pages": ("notes.jsonl", _PAGES, "import.nothing"),
    "many strange names": ("notes.yaml", b"entities: [{id: a, names: {" + _FIELDS + b"}}]", "import.nothing"),
    "deep JSON": ("notes.jsonl", b'{"a":' * 1_000_000, "import.nothing"),
    "deep JSON lists": ("notes.jsonl", b"[" * 900 + b"]" * 900, "import.nothing"),
}


@pytest.mark.parametrize(("name", "data", "key"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name, data, key):
    began = time.perf_counter()
    with pytest.raises(ImportRefused) as caught:
        parse(name, data, AROUND)
    assert time.perf_counter() - began < SECONDS
    assert caught.value.key == key
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600
    assert str(caught.value) == ENGLISH[key].format(**caught.value.fields)


@pytest.mark.parametrize("text", ["BZhang is a singer.", "BZh9 is a group.", "Rar! said Duo.", "GIF87 is a song."])
def test_a_text_that_begins_as_a_packed_file_or_an_image_does_is_read(text):
    (snippet,) = parse("notes.txt", text.encode(), AROUND).snippets
    assert snippet.text == text


def test_a_nul_in_a_text_is_told_with_its_line():
    with pytest.raises(ImportRefused, match=r"has a NUL \(a byte of zero\) in line 3: remove it"):
        parse("notes.md", b"One.\n\nTwo\0.\n", AROUND)


HOSTILE = {
    "brackets": ("[" * 2900 + "\n\n") * 170,
    "images": ("![[" * 960 + "\n\n") * 170,
    "table": "|a" * 50_000 + "\n" + "|-" * 50_000 + "\n" + "|b" * 50_000,
    "list items": "- a\n" * 120_000,
    "items, then pages": "- a\n" * 60_000 + "- http://a.b\n" * 19_000,
    "nested pages": "- a\n" * 60_000 + "- - - - - - - - - http://a.b\n" * 8_000,
    "a list, then pages": "- a\n" * 60_000 + "\nhttp://a.b\n" * 19_000,
    "headings": "# a\n" * 120_000,
    "quotes": "> " * 240_000,
    "references": "[a]: b\n" * 70_000,
    "emphasis": ("**a_ " * 580 + "\n\n") * 170,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_markdown_is_read_in_time(text):
    began = time.perf_counter()
    with pytest.raises(ImportRefused):
        parse("notes.md", text.encode(), AROUND)
    assert time.perf_counter() - began < SECONDS


def test_every_sentence_says_what_to_do_next():
    passed_on = {"import.left.rule", "import.yaml", "import.nothing"}  # these end in a sentence that does
    assert [key for key, sentence in ENGLISH.items() if key not in passed_on and ": " not in sentence] == []
