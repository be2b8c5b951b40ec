"""The example service, by real requests to a real process."""

import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.lib.scored import indicators, invented
from tests.lib.served import served

from creditrisk import GradingPolicy
from creditrisk.errors import SchemaError
from creditrisk.grading.grade_values import grade_values
from creditrisk.indicators.rule import Rule

pytest.importorskip("fastapi", reason="the service needs `pip install creditrisk[service]`")
pytest.importorskip("uvicorn", reason="the service needs `pip install creditrisk[service]`")

VETO = Rule(id="R01", kind="veto", indicator="listed", certainty="own", title_en="listed", title_zh="列入")


@pytest.fixture(scope="module")
def model():
    return invented(draws=40)


@pytest.fixture(scope="module")
def policy(model):
    X = indicators(400, seed=3).assign(listed=0.0)
    return GradingPolicy.calibrate(model, X, shares={"A": 0.4, "B": 0.3, "C": 0.2, "D": 0.1}, rules=[VETO])


@pytest.fixture(scope="module")
def rows():
    X = indicators(60, seed=8).assign(listed=0.0)
    X.iloc[::7, -1] = 1.0
    return [
        {name: None if value is None or value != value else value for name, value in row.items()}
        for row in X.astype({name: float for name in X if name != "sector"}).to_dict("records")
    ]


@pytest.fixture(scope="module")
def files(model, policy, tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    model.save(folder / "model.nc")
    policy.to_toml(folder / "policy.toml")
    return folder / "model.nc", folder / "policy.toml"


@pytest.fixture(scope="module")
def service(files, repository):
    with served(*files, repository) as running:
        yield running
        assert running.end() == (0, "[]")  # gently, and without a heavy package


def test_one_entity_as_a_row_is_graded(model, policy, rows):
    X = indicators(60, seed=8).assign(listed=0.0)
    X.iloc[::7, -1] = 1.0
    table = policy.grade(model.posterior(X), X).table
    for row, (_, expected) in zip(rows, table.iterrows(), strict=True):
        found = grade_values(policy, model, row)
        assert (found.risk_class, found.decided_by, found.direct) == tuple(
            expected[["risk_class", "decided_by", "direct"]]
        )
        assert found.model_class == expected["model_class"]
        assert found.risk.p == pytest.approx(expected["p_violation"], rel=1e-5)


def test_what_a_rule_reads_must_be_given(model, policy, rows):
    with pytest.raises(SchemaError, match="'listed', None for a missing value"):
        grade_values(policy, model, {name: rows[0][name] for name in rows[0] if name != "listed"})
    with pytest.raises(SchemaError, match="reads a number in 'listed'"):
        grade_values(policy, model, rows[0] | {"listed": "yes"})


def test_it_says_what_it_answers_by(service, policy):
    status, said = service.ask("/health")
    assert status == 200 and said["status"] == "ok" and policy.version in said["policy"]
    assert {"penalties", "sector", "listed"} <= set(said["columns"])


def test_one_entity(service, model, policy, rows):
    status, said = service.ask("/grade", {"entity_id": "e0", "values": rows[0]})
    expected = grade_values(policy, model, rows[0])
    assert status == 200 and said["entity_id"] == "e0" and said["currency"] == "CNY"
    assert (said["risk_class"], said["decided_by"], said["direct"]) == ("D", "R01", True)
    assert said["rules_hit"] == ["R01"] and said["model_class"] == expected.model_class
    assert said["p_violation"] == expected.risk.p
    assert math.isclose(sum(said["probabilities"].values()), 1)


def test_a_small_batch(service, rows):
    batch = {"entities": [{"entity_id": str(i), "values": row} for i, row in enumerate(rows)]}
    status, said = service.ask("/grade/batch", batch)
    assert status == 200 and [one["entity_id"] for one in said["ratings"]] == [*map(str, range(60))]
    assert said["ratings"][5] == service.ask("/grade", batch["entities"][5])[1]


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/grade", b"{", 400, "must be JSON"),
        ("/grade", b"\xff\xfe", 400, "must be JSON"),
        ("/grade", b"[" * 100_000, 400, "must be JSON"),
        ("/grade", {"values": {}}, 422, "is not given"),
        ("/grade", {"values": {"penalties": [1]}}, 422, "cannot be read"),
        ("/grade", {"value": {}}, 422, "'values' cannot be read"),
        ("/grade", [], 422, "cannot be read"),
        ("/grade/batch", {"entities": []}, 422, "'entities' cannot be read"),
        ("/grade/batch", {"entities": [{"values": {}}] * 501}, 422, "'entities' cannot be read"),
        ("/grades", {}, 404, "is no request"),
        ("/health", {}, 405, "is no request"),
        ("/grade", b" " * 4_000_001, 413, "at most 4,000,000 bytes"),
    ],
)
def test_malformed_bodies_are_told_in_one_sentence(service, path, body, status, said):
    found, answer = service.ask(path, body)
    assert found == status and said in answer["error"] and "\n" not in answer["error"]


def test_values_of_a_wrong_kind_are_told(service, rows):
    status, said = service.ask("/grade", {"values": rows[1] | {"penalties": "many"}})
    assert status == 422 and "'penalties' holds numbers" in said["error"]


def test_twenty_clients_at_once_get_their_own_answers(service, rows):
    def asked(number):
        return service.ask("/grade", {"entity_id": str(number), "values": rows[number % 60]})

    alone = [asked(number) for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        together = list(pool.map(asked, range(20)))
    assert together == alone and {status for status, _ in together} == {200}


@pytest.mark.slow
def test_it_ends_after_what_has_begun_and_never_needs_pymc(files, repository, rows):
    batch = {"entities": [{"values": rows[i % 60]} for i in range(500)]}
    with served(*files, repository) as running:
        answers = []
        asking = threading.Thread(target=lambda: answers.append(running.ask("/grade/batch", batch)))
        asking.start()
        time.sleep(0.1)
        code, loaded = running.end()
        asking.join()
        assert (code, loaded) == (0, "[]")
        assert answers[0][0] == 200 and len(answers[0][1]["ratings"]) == 500
        with pytest.raises(OSError):
            running.ask("/health")


def test_a_damaged_model_ends_it_with_one_sentence(files, tmp_path, monkeypatch):
    from examples.service.__main__ import main

    (tmp_path / "cut.nc").write_bytes(files[0].read_bytes()[:-1])
    with pytest.raises(SystemExit, match=r"damaged or not one|checksum") as ended:
        main(["--model", str(tmp_path / "cut.nc"), "--policy", str(files[1])])
    assert "\n" not in str(ended.value.code)


def test_numbers_come_as_they_were_computed(service, rows):
    said = service.ask("/grade", {"values": rows[2]})[1]
    assert said["expected_loss_lower"] <= said["expected_loss"] <= said["expected_loss_upper"]
    assert np.isfinite(said["expected_loss"])
