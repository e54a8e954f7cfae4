"""The registry: names, aliases, parameters, compositions, and errors that help."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.nn.activations import Activation, Applied, Kind, activations, apply, get, names
from tests.nn.activation_samples import ELEMENTWISE, compositions


def test_the_registry_holds_every_kind_under_names_of_its_own() -> None:
    assert len(names()) == len(set(names()))
    assert names(Kind.VECTOR) == ("softmax", "log_softmax")
    assert names(Kind.CARD) == ("maxout",)
    assert {"acon_a", "acon_b", "acon_c", "swish", "silu", "prelu", "gelu_tanh"} < set(names())


def test_no_alias_is_taken_twice() -> None:
    known = [word for entry in activations() for word in (entry.name, *entry.aliases)]
    assert len(known) == len(set(known))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lrelu", "leaky_relu"),
        ("logistic", "sigmoid"),
        ("linear", "identity"),
        ("ReLU", "relu"),
        (" Leaky-ReLU ", "leaky_relu"),
        ("hard swish", "hard_swish"),
        ("Sigmoid( ReLU )", "sigmoid(relu)"),
    ],
)
def test_names_are_found_as_people_type_them(typed: str, name: str) -> None:
    assert get(typed).name == name


@pytest.mark.parametrize("entry", activations(), ids=lambda entry: entry.name)
def test_every_card_is_filled_in(entry: Activation) -> None:
    card = entry.card
    filled = (card.range, card.smoothness, card.saturation, card.used, card.pytorch, card.keras, card.jax)
    assert all(filled)
    assert card.paper or entry.name == "identity"
    assert entry.formula.count("{") == entry.formula.count("}")
    assert entry.derivative_formula.count("{") == entry.derivative_formula.count("}")
    assert max(len(entry.formula), len(entry.derivative_formula)) <= 500
    for parameter in entry.parameters:
        assert parameter.allows(parameter.default)
        assert all(parameter.allows(end) or end == 0.0 for end in parameter.slider)
        assert parameter.slider[0] <= parameter.default <= parameter.slider[1]


def test_learnable_are_the_parameters_that_are_learned() -> None:
    learnable = {(e.name, p.name) for e in activations() for p in e.parameters if p.learnable}
    assert learnable == {
        ("prelu", "a"),
        ("swish", "beta"),
        ("acon_a", "beta"),
        ("acon_b", "p"),
        ("acon_b", "beta"),
        ("acon_c", "p1"),
        ("acon_c", "p2"),
        ("acon_c", "beta"),
    }


@pytest.mark.parametrize(
    ("text", "params", "told"),
    [
        ("swihs", {}, "did you mean swish?"),
        ("", {}, "acttutor activations"),
        ("elu", {"alhpa": 1.0}, "did you mean alpha?"),
        ("relu", {"alpha": 1.0}, "it takes none"),
        ("sigmoid(elu)", {"alpha": 1.0}, "did you mean inner.alpha?"),
        ("elu", {"alpha": -1.0}, "at least 0, not -1"),
        ("celu", {"alpha": 0.0}, "above 0, not 0"),
        ("prelu", {"a": math.inf}, "any finite number, not inf"),
        ("swish", {"beta": math.nan}, "any finite number, not nan"),
        ("maxout", {}, "maxout"),
        ("sigmoid(softmax)", {}, "softmax"),
        ("softmax(relu)", {}, "softmax"),
        ("relu)", {}, "closing bracket"),
        ("relu(" * 40 + "relu" + ")" * 40, {}, "deep"),
    ],
)
def test_mistakes_are_answered_with_what_would_be_right(
    text: str, params: dict[str, float], told: str
) -> None:
    with pytest.raises(UserError, match=None) as caught:
        apply(text, params)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_an_activation_or_a_clear_error(text: str) -> None:
    try:
        found = apply(text)
    except UserError as error:
        told = str(error)
    else:
        told = found.name
    assert told.strip()


def test_a_parameter_may_be_any_number_in_its_domain() -> None:
    assert dict(apply("prelu", {"a": -1e300}).params) == {"a": -1e300}
    assert dict(apply("elu", {"alpha": 0.0}).params) == {"alpha": 0.0}
    assert dict(apply("acon_c", {"p1": -3.0}).params) == {"p1": -3.0, "p2": -0.8, "beta": 1.0}


def test_applied_activations_compare_and_hash_by_name_and_parameters() -> None:
    assert apply("sigmoid(relu)") == apply("Sigmoid(ReLU)")
    assert hash(apply("elu", {"alpha": 2.0})) == hash(apply("elu").with_params({"alpha": 2.0}))
    assert apply("elu") != apply("elu", {"alpha": 2.0})
    assert apply("elu") != apply("celu")


def test_labels_show_what_is_not_default() -> None:
    assert apply("sigmoid").label == "σ"
    assert apply("elu", {"alpha": 1.0}).label == "ELU"
    assert apply("elu", {"alpha": 2.5}).label == "ELU alpha=2.5"
    assert apply("sigmoid(relu)").label == "σ(ReLU)"


def test_flatness_follows_the_parameters() -> None:
    assert apply("relu").flat
    assert apply("sigmoid(relu)").flat
    assert apply("prelu", {"a": 0.0}).flat
    assert not apply("prelu").flat
    assert not apply("hard_sigmoid").flat
    assert not apply("softmax").flat


@given(compositions(), st.floats(-5.0, 5.0))
def test_the_chain_rule_agrees_with_differences(activation: Applied, x: float) -> None:
    assume(all(abs(x - point) > 1e-3 for point in activation.breaks))
    ahead, behind = activation.value([x + 1e-6, x - 1e-6])
    found = float(activation.derivative(x))
    assert (ahead - behind) / 2e-6 == pytest.approx(found, rel=1e-5, abs=1e-7)
    for name, slope in activation.parameter_derivatives(x).items():
        here = dict(activation.params)[name]
        up = float(activation.with_params({name: here + 1e-6}).value(x))
        down = float(activation.with_params({name: here - 1e-6}).value(x))
        middle = abs(float(slope))
        if activation.name.startswith(("hard", "relu", "step", "leaky", "prelu")):
            continue  # a shifted parameter may carry the inner value over a kink of the outer function
        assert (up - down) / 2e-6 == pytest.approx(float(slope), rel=1e-4, abs=1e-6 + 1e-6 * middle)


@given(compositions(), st.lists(st.floats(), min_size=1, max_size=8))
def test_compositions_never_warn_and_keep_nan(activation: Applied, numbers: list[float]) -> None:
    x = np.array(numbers)
    with np.errstate(all="raise"):
        value, slope = activation.value(x), activation.derivative(x)
    assert np.isnan(value[np.isnan(x)]).all()
    assert not np.isnan(value[np.isfinite(x)]).any()
    assert not np.isnan(slope[np.isfinite(x)]).any()


def test_compositions_nest_and_carry_all_parameters() -> None:
    deep = apply("swish(tanh(elu))", {"outer.beta": 2.0, "inner.inner.alpha": 0.5})
    assert [name for name, _ in deep.params] == ["outer.beta", "inner.inner.alpha"]
    x = np.array([-2.0, 0.5])
    inside = np.tanh(apply("elu", {"alpha": 0.5}).value(x))
    assert np.array_equal(deep.value(x), apply("swish", {"beta": 2.0}).value(inside))


def test_sigmoid_of_relu_is_one_half_on_half_the_line() -> None:
    both = apply("sigmoid(relu)")
    assert (both.value([-1e308, -5.0, -1e-300, 0.0]) == 0.5).all()
    assert not both.derivative([-5.0, -1e-300, 0.0]).any()
    assert both.sup_abs_derivative == pytest.approx(0.25, rel=1e-12)
    assert both.kinks == (0.0,)


def test_a_composition_kinks_where_the_inner_value_meets_an_outer_kink() -> None:
    assert apply("hard_tanh(leaky_relu)").kinks == pytest.approx((-100.0, 0.0, 1.0), abs=1e-9)
    assert apply("relu(silu)").kinks == (0.0,)
    assert apply("sigmoid(tanh)").kinks == ()
    (kink,) = apply("hard_tanh(swish)").kinks
    assert float(apply("swish").value(kink)) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("outer", ELEMENTWISE, ids=lambda entry: entry.name)
def test_no_slope_of_a_composition_exceeds_its_largest(outer: Activation) -> None:
    x = np.linspace(-15.0, 15.0, 30_011)
    for inner in ("tanh", "hard_swish", "elu", "mish"):
        both = apply(f"{outer.name}({inner})")
        slopes = np.abs(both.derivative(x))
        assert slopes.max() <= both.sup_abs_derivative * (1 + 1e-7)


def test_the_formula_of_a_composition_names_its_parts_from_the_outside_in() -> None:
    assert get("tanh(sigmoid(relu))").formula == r"f(x)=\text{tanh}(\text{σ}(\text{ReLU}(x)))"


def test_a_flat_outer_function_stays_flat_however_steep_the_inner_one_is() -> None:
    both = apply("sigmoid(prelu)")
    assert both.parameter_derivatives(-np.inf)["inner.a"] == 0.0
    steep = apply("hard_tanh(acon_c)", {"inner.p1": 1.7e308, "inner.p2": -1.7e308})
    assert steep.derivative(5.0) == 0.0
