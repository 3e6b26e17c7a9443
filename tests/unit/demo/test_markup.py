"""Forms are read as a browser reads them."""

from __future__ import annotations

from guichet.demo.markup import read_page

PAGE = """
<header><form action="/chercher" method="post"><input name="q"></form></header>
<main>
<form action="/a" method="post"><input type="hidden" name="_csrf_token" value="t">
<input type="hidden" name="shown" value="x">
<input name="x" value="1 &amp; 2"><textarea name="long">Deux
lignes</textarea>
<input type="radio" name="r" value="oui"><input type="radio" name="r" value="non" checked>
<input type="checkbox" name="attested" value="a"><input type="checkbox" name="attested" value="b">
<select name="s"><option value="1">un</option><option value="2" selected>deux</option></select>
<input name="adresse.street"><input name="adresse.city">
<div class="ds-validation-message">Écrivez <b>tout</b>.</div>
<button name="go" value="later">Plus tard</button></form>
</main>
"""


def test_a_form_posts_what_stands_in_it_and_no_button() -> None:
    form = read_page(PAGE).posting()
    assert form is not None
    assert form.action == "/a"
    assert dict(form.values) == {
        "_csrf_token": "t", "shown": "x", "x": "1 & 2", "long": "Deux\nlignes", "r": "non", "s": "2",
        "adresse.street": "", "adresse.city": "",
    }  # fmt: skip


def test_only_what_a_form_asks_is_typed() -> None:
    form = read_page(PAGE).posting()
    assert form is not None
    form.fill({"x": "3", "r": "oui", "adresse": {"street": "1 rue Haute", "city": "Montreval"}, "absent": "4"})
    posted = dict(form.values)
    assert (posted["x"], posted["r"], posted["adresse.city"]) == ("3", "oui", "Montreval")
    assert "absent" not in posted
    assert posted["_csrf_token"] == "t"


def test_rows_beyond_the_first_are_added_and_several_boxes_are_ticked() -> None:
    form = read_page(
        '<main><form method="post"><input name="devis.0.nature"><input name="devis.0.cout">'
        '<input type="checkbox" name="choix" value="a"><input type="checkbox" name="choix" value="b"></form></main>'
    ).posting()
    assert form is not None
    form.fill({"devis": [{"nature": "Gel", "cout": "1"}, {"nature": "Paroi", "autre": "2"}], "choix": ["a", "b"]})
    assert [pair for pair in form.values if "." in pair[0]] == [
        ("devis.0.nature", "Gel"), ("devis.0.cout", "1"), ("devis.1.nature", "Paroi")
    ]  # fmt: skip
    assert [value for name, value in form.values if name == "choix"] == ["a", "b"]


def test_a_hidden_field_is_never_typed_over() -> None:
    form = read_page(PAGE).posting()
    assert form is not None
    form.fill({"shown": "y"})
    assert ("shown", "x") in form.values


def test_every_box_of_a_name_is_ticked() -> None:
    form = read_page(PAGE).posting()
    assert form is not None
    form.tick_all("attested")
    assert [value for name, value in form.values if name == "attested"] == ["a", "b"]


def test_a_form_is_chosen_by_what_it_asks() -> None:
    assert read_page(PAGE).posting("email") is None


def test_errors_are_read() -> None:
    assert read_page(PAGE).errors == ["Écrivez tout."]
