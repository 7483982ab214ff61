"""Only web addresses are linked, and the shown domain is where they lead."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.rendering.urls import LONGEST, domain, linkable
from fakes.nasty import texts


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://kryptontoday.com/?p=10257", "kryptontoday.com"),
        ("http://www.bbc.co.uk/a#b", "bbc.co.uk"),
        ("https://пример.рф/", "xn--e1afmkfd.xn--p1ai"),
        ("https://kryptontoday.com.evil.example/", "kryptontoday.com.evil.example"),
        ("https://kryptontoday.com@evil.example/", None),
        ("javascript:alert(1)", None),
        ("//evil.example", None),
        ("https://", None),
    ],
)
def test_the_domain_is_the_one_that_is_opened(address, host):
    assert domain(address) == host
    assert (linkable(address) is None) == (host is None)


def test_parentheses_cannot_end_a_link_early():
    assert linkable("https://en.wikipedia.org/wiki/Rose_(singer)") == "https://en.wikipedia.org/wiki/Rose_%28singer%29"


def test_an_endless_address_is_not_linked():
    assert linkable("https://example.org/" + "x" * LONGEST) is None


@given(texts)
def test_a_link_never_holds_what_could_end_it(text):
    for address in (text, "https://example.org/" + text):
        link = linkable(address)

        assert link is None or not set(link) & set("()<>[]\\ \n")
