"""Nobody who names a page gets Hallyu to look into its own network, or to read without end."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.fetching import Fetching
from bot.pages import ENDINGS, ENGLISH, FetchRefused, Page
from bot.public_web import PublicWeb, is_public
from knowledge.importing.limits import LARGEST_FILE

LITERALS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1./",
    "http://①②⑦.0.0.1/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://⑧.⑧.⑧.⑧/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%00.example.org/",
    "http://134744072/",
    "http://8.8.2056/",
    "http://0.0.0.0/",
    "http://0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://2852039166/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::8.8.8.8]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[2606:4700::1111%25eth0]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://localhost.localdomain./",
    "http://app.localhost/",
    "http://router.local/",
    "http://intranet/",
    "http://metadata/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://metadata.google.internal./",
    "http://METADATA.google.INTERNAL/",
    "http://instance-data.ec2.internal/",
    "http://printer.home.arpa/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://@example.org/",
    "http://example.org@127.0.0.1/",
    "http://example.org:80@127.0.0.1/",
    "http://example.org%2f@127.0.0.1/",
    "http://example.org\\@127.0.0.1/",
    "http:\\\\127.0.0.1/",
    "http://127.0.0.1\\.example.org/",
    "http:///127.0.0.1/",
    "http:127.0.0.1",
    "//127.0.0.1/",
    "http://example.org:22/",
    "http://example.org:8080/",
    "http://example.org:0/",
    "http://example.org:99999/",
    "https://example.org:6379/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "data:text/html,hello",
    "javascript:alert(1)",
    "unix:/run/docker.sock",
    "http://exa mple.org/",
    "http://example.org\u200b/",
    "http://example..org/",
    "http://-example.org/",
    "http://[127.0.0.1]/",
    "http://[::1",
    "example.org/page",
]

RESOLVED = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.10",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "169.254.170.2",
    "168.63.129.16",
    "192.0.0.8",
    "192.0.2.7",
    "192.88.99.1",
    "198.19.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]

SENDS_TO = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://localhost/",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "//127.0.0.1/",
    "//[::1]/",
    "\\\\127.0.0.1\\",
    "/\\127.0.0.1/",
    "http:\\\\127.0.0.1/",
    "http://user@example.org/",
    "http://example.org@127.0.0.1/",
    "https://example.org:8443/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_INFO",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "http://①②⑦.0.0.1/",
    "http://[::1",
]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Names(AbstractResolver):
    """Looks names up in turn among `answers`; the last one stays."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked += 1
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        kind = socket.AF_INET6 if ":" in found else socket.AF_INET
        return [{"hostname": host, "host": found, "port": port, "family": kind, "proto": 0, "flags": 0}]

    async def close(self):
        pass


class WithOneMore(PublicWeb):
    """The public web, and one server on this machine that stands in for a host of it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def page(self, address):
        stand_in = address.startswith(f"http://site.example.org:{self.port}/")
        return URL(address) if stand_in else super().page(address)

    def admits(self, ip, port):
        return (ip, port) == ("127.0.0.1", self.port) or super().admits(ip, port)


class Site:
    """A site whose one page is what `answer` says."""

    def __init__(self) -> None:
        self.seen: list[web.Request] = []
        self.answer: Handler | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        assert self.answer
        return await self.answer(request)

    def says(self, body: bytes | str = "Golden was first.", **options) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            data = body.encode() if isinstance(body, str) else body
            return web.Response(body=data, **({"content_type": "text/plain"} | options))

        self.answer = answer

    def sends_to(self, location: str) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": location})

        self.answer = answer

    def fetching(self, **options) -> Fetching:
        return Fetching(WithOneMore(self.port), Names("127.0.0.1"), **options)

    async def fetch(self, path: str = "/page"):
        return await self.fetching().fetch(self.address(path))

    def address(self, path: str = "/page") -> str:
        return f"http://site.example.org:{self.port}{path}"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    door = web.TCPSite(runner, "127.0.0.1", 0)
    await door.start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()


async def refusal(fetch: Awaitable[object]) -> FetchRefused:
    with pytest.raises(FetchRefused) as caught:
        await fetch
    assert str(caught.value) == ENGLISH[caught.value.key].format(**caught.value.fields)
    return caught.value


@pytest.fixture
def sockets(monkeypatch) -> list[object]:
    """Every connection that is tried."""
    tried: list[object] = []

    async def connect(loop, sock, address):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    return tried


@pytest.mark.parametrize("address", LITERALS)
async def test_an_address_of_no_public_page_is_refused_before_anything_is_looked_up(address, sockets):
    names = Names("93.184.215.14")
    assert (await refusal(Fetching(resolver=names).fetch(address))).key == "fetch.address"
    assert (names.asked, sockets) == (0, [])


@pytest.mark.parametrize("address", RESOLVED)
async def test_a_name_that_stands_for_an_address_inside_is_never_connected_to(address, sockets):
    names = Names(address)
    assert (await refusal(Fetching(resolver=names).fetch("https://site.example.org/"))).key == "fetch.unreachable"
    assert (names.asked, sockets) == (1, [])


@pytest.mark.parametrize("location", SENDS_TO)
async def test_a_redirect_to_no_public_page_is_refused(location, site):
    site.sends_to(location)
    assert (await refusal(site.fetch())).key == "fetch.address"
    assert len(site.seen) == 1


def test_the_tables_of_addresses_are_long_and_hold_nothing_twice(capsys):
    tables = (LITERALS, RESOLVED, SENDS_TO)
    counts = [len(table) for table in tables]
    assert counts == [len(set(table)) for table in tables]
    assert sum(counts) >= 45
    with capsys.disabled():
        print(f"\naddresses refused: {counts[0]} written, {counts[1]} resolved, {counts[2]} sent to: {sum(counts)}")


async def test_a_name_that_means_something_else_the_second_time_gains_nothing(sockets):
    names = Names("93.184.215.14", "127.0.0.1")
    for _ in range(3):
        assert (await refusal(Fetching(resolver=names).fetch("https://site.example.org/"))).key == "fetch.unreachable"
    assert sockets == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "http://example.org:80/a@b?c=d#e",
        "HTTPS://Example.ORG:443",
        "https://한국.kr/길?q=가",
        "https://medium.com/@somebody/a-page",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
        "https://a_b.example.org/",
    ],
)
async def test_public_addresses_are_connected_to(address, sockets):
    assert (await refusal(Fetching(resolver=Names("93.184.215.14")).fetch(address))).key == "fetch.unreachable"
    assert len(sockets) == 1


async def test_a_page_is_read_with_its_type_and_last_address(site):
    async def answer(request):
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new/a%20page.php?x=1"})
        return web.Response(body="<p>골든</p>".encode(), content_type="text/html", charset="utf-8")

    site.answer = answer
    page = await site.fetch("/old")
    assert (page.url, page.content_type) == (site.address("/new/a%20page.php?x=1"), "text/html")
    assert page.data.decode() == "<p>골든</p>"
    assert page.name == "a-page.html"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/", "page.html"),
        ("https://a.example/news/12.php?id=3", "12.html"),
        ("https://a.example/골든%0A%E2%80%AE1위", "골든-1위.html"),
        ("https://a.example/" + "x" * 500, "x" * 60 + ".html"),
    ],
)
def test_a_page_has_the_name_of_a_file(url, name):
    assert Page(url, b"", "text/html").name == name


@given(st.ip_addresses())
def test_no_address_is_public_that_the_registries_do_not_call_global(address):
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast


async def test_a_request_carries_its_own_name_and_no_cookies_or_credentials(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    async def answer(request):
        if request.path == "/first":
            return web.Response(status=302, headers={"Location": "/second", "Set-Cookie": "a=b"})
        return web.Response(text="Golden.")

    site.answer = answer
    await site.fetch("/first")
    sent = site.seen[1].headers
    assert sent["User-Agent"].startswith("Hallyu/")
    assert {"Cookie", "Authorization", "Referer"} & set(sent) == set()


async def test_redirects_are_followed_five_times_and_no_more(site):
    async def answer(request):
        left = int(request.path[1:])
        return web.Response(status=307, headers={"Location": f"/{left - 1}"}) if left else web.Response(text="Golden.")

    site.answer = answer
    assert (await site.fetch("/5")).data == b"Golden."
    assert (await refusal(site.fetch("/6"))).key == "fetch.redirects"


@pytest.mark.parametrize("type", ["image/png", "application/pdf", "application/zip", "text/css", "video/mp4"])
async def test_what_is_no_text_is_refused(type, site):
    site.says(content_type=type)
    assert (await refusal(site.fetch())).key == "fetch.type"


async def test_a_page_that_does_not_say_what_it_is_is_refused(site):
    async def answer(request):
        response = web.Response(body=b"Golden")
        response.headers["Content-Type"] = ""
        return response

    site.answer = answer
    assert (await refusal(site.fetch())).key == "fetch.type"


@pytest.mark.parametrize("type", ENDINGS)
async def test_texts_of_all_kinds_are_read(type, site):
    site.says(content_type=type)
    page = await site.fetch()
    assert (page.content_type, page.data) == (type, b"Golden was first.")


@pytest.mark.parametrize("status", [204, 304, 401, 403, 404, 500, 503])
async def test_a_page_that_is_not_there_is_refused(status, site):
    site.says(b"" if status in (204, 304) else b"No.", status=status)
    refused = await refusal(site.fetch())
    assert (refused.key, refused.fields["status"]) == ("fetch.status", str(status))


async def test_a_page_that_says_it_is_too_large_is_not_read(site):
    site.says(b"x" * (LARGEST_FILE + 1))
    assert (await refusal(site.fetch())).key == "fetch.too_large"


async def test_a_page_of_the_largest_size_is_read(site):
    site.says(b"x" * LARGEST_FILE)
    assert len((await site.fetch()).data) == LARGEST_FILE


async def test_a_page_that_never_ends_is_cut(site):
    async def answer(request):
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    site.answer = answer
    assert (await refusal(site.fetch())).key == "fetch.too_large"


async def test_a_page_that_drips_is_given_up(site):
    async def answer(request):
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.05)

    site.answer = answer
    began = time.perf_counter()
    refused = await refusal(site.fetching(deadline=0.3).fetch(site.address()))
    assert refused.key == "fetch.too_slow"
    assert time.perf_counter() - began < 2


async def test_a_packed_bomb_is_cut_while_it_is_unpacked(site):
    bomb = gzip.compress(bytes(200_000_000), 9)
    site.says(bomb, headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    refused = await refusal(site.fetch())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.key == "fetch.too_large"
    assert peak < 6 * LARGEST_FILE


async def test_a_packed_page_is_unpacked(site):
    site.says(gzip.compress(b"Golden."), headers={"Content-Encoding": "gzip"})
    assert (await site.fetch()).data == b"Golden."


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd"])
async def test_a_page_that_is_packed_wrongly_is_refused(packing, site):
    site.says(b"no such packing", headers={"Content-Encoding": packing})
    assert (await refusal(site.fetch())).key in ("fetch.broken", "fetch.unreachable")


async def test_a_page_that_breaks_off_is_refused(site):
    async def answer(request):
        response = web.StreamResponse(headers={"Content-Type": "text/plain", "Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"Golden")
        request.transport.close()
        return response

    site.answer = answer
    assert (await refusal(site.fetch())).key == "fetch.broken"
