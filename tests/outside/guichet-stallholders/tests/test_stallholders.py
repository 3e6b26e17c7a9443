"""The list source keeps the contract of fetched lists."""

import json
from datetime import date

import pytest
from guichet_stallholders.list_sources import Stallholders, _answered

from guichet import ListRow, Refused, Reply
from guichet.testing import a_context, assert_fetched_list

COLUMNS = {"holder": "text", "since": "date"}


def test_the_source_keeps_the_contract_page_by_page():
    assert_fetched_list(
        Stallholders(),
        key="licence",
        columns=COLUMNS,
        options={"page_size": "2", "token": "secret:stallholders"},
        secrets={"stallholders": "s3cret"},
    )


def test_rows_nobody_can_take_are_set_aside():
    class Door:
        def ask(self, call, read):
            started = []
            environ = {"QUERY_STRING": "&".join(f"{name}={value}" for name, value in call.params.items())}
            (body,) = Stallholders().sandbox()(environ, lambda *head: started.append(head))
            return read(Reply(200, {}, body))

    options = Stallholders.Options(base_url="http://127.0.0.1")
    page = Stallholders().fetch("", "licence", COLUMNS, options, a_context(outside=Door()))
    assert [row.line for row in page.rows if not isinstance(row, ListRow)] == [3, 4]
    assert page.rows[0].values == {"licence": "29-00017", "holder": "Anne Guivarc'h", "since": date(2018, 4, 1)}
    assert page.last


def test_a_token_the_service_does_not_know_is_for_someone_to_mend():
    with pytest.raises(Refused):
        _answered(Reply(401, {}, json.dumps({"rows": []}).encode()))
