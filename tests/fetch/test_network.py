from __future__ import annotations

import ipaddress
import socket
import time

import pytest

from kg.errors import SkipDocument

httpcore2 = pytest.importorskip("httpcore2")
from kg.fetch import network  # noqa: E402

LOOPBACK = [ipaddress.ip_network("127.0.0.1/32")]


def found(*addresses):
    """What the system's look-up gives for these."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in addresses]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
        ),
        *("192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *(
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
        ),
        *("2002:7f00:1::", "2002:a9fe:a9fe::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo, of 192.0.2.45
    ],
)
def test_special_addresses_are_not_public(address):
    assert not network.public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101", "2002:101:101::"]
)
def test_other_addresses_are_public(address):
    assert network.public(ipaddress.ip_address(address))


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found("1.1.1.1", "10.0.0.7"))
    with pytest.raises(SkipDocument, match=r"^mixed.example is at 10.0.0.7, which is no public address"):
        network.Network().connect_tcp("mixed.example", 80)


def test_a_name_that_leads_elsewhere_the_second_time_is_connected_to_where_it_was_checked(monkeypatch, site):
    port = int(site.url.rpartition(":")[2])
    looked_up, asked = socket.getaddrinfo, []

    def rebinding(host, *more, **options):
        if host != "rebind.example":
            return looked_up(host, *more, **options)
        asked.append(host)
        return found("127.0.0.1" if len(asked) == 1 else "10.255.255.1")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    stream = network.Network(LOOPBACK).connect_tcp("rebind.example", port, 1.0)
    assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
    assert asked == ["rebind.example"]
    stream.close()


def test_a_look_up_that_hangs_ends(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    with pytest.raises(httpcore2.ConnectTimeout, match="not found in time"):
        network.Network(seconds=0.1).connect_tcp("slow.example", 80)


def test_an_unknown_name_and_one_without_addresses_are_told(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    with pytest.raises(httpcore2.ConnectError, match="no address"):
        network.Network().connect_tcp("none.example", 80)

    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(httpcore2.ConnectError, match="Name or service not known"):
        network.Network().connect_tcp("none.example", 80)
