"""Where a request comes from, for limits."""

import pytest

from guichet.web.security.people import place_of


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::beef", "2001:db8:1:2::/64"),
        ("2001:db8::1:0:0:1", "2001:db8::/64"),
        ("2001:db8::2:0:0:1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv6_subscriber_counts_once_however_its_address_is_written(host: str, place: str) -> None:
    assert place_of(host) == place
