"""The channel keeps the contract, with a gateway that is spoken to over a real socket."""

import pytest
from guichet_texting.notification_channels import TextMessages, _taken, a_gateway

from guichet import Refused, Reply, Unavailable
from guichet.testing import a_context, a_door, assert_notification_channel, served


def test_the_channel_keeps_the_contract():
    heard = []
    with served(a_gateway(lambda name, said: heard.append((name, said["to"])))) as address:
        assert_notification_channel(
            TextMessages(),
            options={"base_url": address, "token": "secret:sms"},
            context=a_context(mode="sandbox", outside=a_door(), secrets={"sms": "s3cret"}),
            to="+33612345678",
            bad_addresses=("06 12 34 56 78", "+33612345678\n", "", "anne@exemple.fr"),
        )
    assert set(heard) == {("M-1", "+33612345678")}


def test_a_refusal_is_for_good_and_anything_else_is_tried_again():
    with pytest.raises(Refused):
        _taken(Reply(400, {}, b"{}"))
    with pytest.raises(Unavailable):
        _taken(Reply(404, {}, b"{}"))


def test_it_says_what_is_not_set():
    assert TextMessages().check_settings(TextMessages.Options(), a_context()) is not None
    assert TextMessages().check_settings(TextMessages.Options(base_url="https://sms.example"), a_context()) is None
