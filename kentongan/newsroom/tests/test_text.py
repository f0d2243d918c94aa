"""What members write becomes safe HTML, and two versions of it a readable difference."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.newsroom import markdown
from kentongan.newsroom.models import Revision, diff

SHORT = "tautan pendek: tujuannya baru terlihat setelah dibuka"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# Satu", "<h2>Satu</h2>"),
        ("## Dua", "<h2>Dua</h2>"),
        ("##### Lima", "<h3>Lima</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> kutipan", "<blockquote>\n<p>kutipan</p>\n</blockquote>"),
        ("[desa](https://desa.id/a)", '<p><a href="https://desa.id/a" rel="nofollow ugc noopener">desa (desa.id)</a></p>'),
        (
            "[daftar](https://s.id/x)",
            f'<p><a href="https://s.id/x" rel="nofollow ugc noopener">daftar (s.id, {SHORT})</a></p>',
        ),
        ("https://bit.ly/x", f'<p><a href="https://bit.ly/x" rel="nofollow ugc noopener">https://bit.ly/x ({SHORT})</a></p>'),
    ],
)
def test_structure_is_kept(typed, shown):
    assert markdown.html(typed).strip() == shown


def test_a_table_is_kept():
    assert "<td>40</td>" in markdown.html("| rumah |\n| --- |\n| 40 |")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//lain.id/a)",
        "[x](/meja/keluar/)",
        '<a href="https://a.id" onclick="x">x</a>',
        "<iframe src=https://a.id></iframe>",
        "[x](mailto:a@b.id)",
    ],
)
def test_nothing_can_run_and_nothing_is_embedded(typed):
    found = tags_in(markdown.html(typed))
    assert {tag for tag, _attributes in found} <= {"p", "a"}  # the address inside may be a link: it goes where it says
    assert all(attributes == {"href": "https://a.id", "rel": markdown.REL} for tag, attributes in found if tag == "a")


@given(st.text(alphabet="<>&\"'()[]!#*_`|-:/ abcjspt\n", max_size=200))
def test_no_text_whatever_brings_a_tag_or_an_attribute_of_its_own(typed):
    for tag, attributes in tags_in(markdown.html(typed)):
        assert tag in markdown.TAGS and set(attributes) <= {"href", "rel", "start"}
        assert attributes.get("href", "https://").startswith(("http://", "https://"))


def tags_in(html):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    return found


def test_a_picture_by_address_is_only_a_link():
    assert [tag for tag, _attributes in tags_in(markdown.html("![foto](https://lain.id/x.png)"))] == ["p", "a"]


def test_plain_text_is_words_in_one_line():
    assert markdown.plain("# Judul\n\n*Air* [mengalir](https://a.id) & <b>deras</b>") == "Judul Air mengalir & <b>deras</b>"


def test_every_address_is_found_written_as_a_link_or_pasted():
    assert markdown.links("[slot](https://a.id/x) lalu https://b.id/y_z_1. Dan <https://c.id> https://b.id/y_z_1") == [
        ("https://a.id/x", "slot"),
        ("https://b.id/y_z_1", "https://b.id/y_z_1"),
        ("https://c.id", "https://c.id"),
    ]


def test_a_pasted_address_is_a_link_and_what_stands_around_it_is_not():
    html = markdown.html("Lihat https://desa.id/a?b=1&c=2, ya.")
    assert html.strip() == (
        '<p>Lihat <a href="https://desa.id/a?b=1&amp;c=2" rel="nofollow ugc noopener">https://desa.id/a?b=1&amp;c=2</a>, ya.</p>'
    )
    assert "<a" not in markdown.html("`https://desa.id`")


def test_a_difference_reads_word_by_word():
    assert diff("sampai ke 40 rumah", "sampai ke 46 rumah") == [("same", "sampai ke "), ("del", "40"), ("ins", "46"), ("same", " rumah")]


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_the_pieces_of_a_difference_are_both_texts(before, after):
    pieces = diff(before, after)
    assert "".join(text for op, text in pieces if op != "ins") == before
    assert "".join(text for op, text in pieces if op != "del") == after


def test_texts_made_to_be_slow_to_compare_are_shown_whole():
    before, after = "a b " * 5000, "b a " * 5000
    assert diff(before, after) == [("del", before), ("ins", after)]
    assert diff("a " * 5000, "b " * 5000)[0] == ("del", "a " * 5000)


def test_only_what_differs_between_versions_is_shown():
    older, newer = Revision(headline="Air", summary="40 rumah", body="Isi"), Revision(headline="Air", summary="46 rumah", body="Isi")
    assert [label for label, _pieces in newer.since(older)] == ["Ringkasan"]
    assert newer.since(older)[0][1] == [("del", "40"), ("ins", "46"), ("same", " rumah")]
    assert len(newer.since(None)) == 3
