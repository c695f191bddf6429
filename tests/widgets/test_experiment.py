"""The Experiment widget and its session, without a browser."""

import asyncio

import pytest
from matplotlib import pyplot

import facelab
from facelab.experiments.plans import PLANS, plan
from facelab.widgets import experiment
from facelab.widgets.experiment import KINDS, ExperimentSession


@pytest.fixture
def quick(monkeypatch):
    """Three repeats are enough to see whether the buttons work."""
    monkeypatch.setattr(experiment, "REPEATS", 3)


def run(kind="wrong_labels", **settings):
    widget = experiment.Experiment(kind, **settings)
    widget.start.click()
    widget.wait()
    return widget


def without_people(**numbers):
    sample = facelab.load_sample().take(**numbers)
    return facelab.LabelledFaces(sample.images, sample.points, sample.labels)


def test_each_experiment_is_that_of_the_lessons_and_shows_a_chart_and_a_sentence(quick):
    flaws = []
    for kind in KINDS:
        widget = run(kind)
        closed = not pyplot.get_fignums()
        shown = widget.session.comparison.plot(by=widget.session.by)  # what it says goes by how it is drawn
        pyplot.close(shown.figure_)
        said = shown.message.split(",")[0] in widget.message.value.replace("&#x27;", "'")
        drawn = "data:image/png" in widget.chart.value and "alt=" in widget.chart.value
        ready = not widget.start.disabled and widget.status.value == widget.problem.value == ""
        same = kind not in PLANS or list(widget.session.comparison.means.index) == list(plan(kind))
        more = (widget.again.layout.display == "none") == (kind == "pick_best")
        flaws += [] if said and drawn and closed and ready and same and more else [kind]
    assert not flaws


def test_the_list_offers_every_experiment_and_choosing_one_turns_the_dials(quick):
    widget = run("wrong_labels")
    assert [value for _, value in widget.choice.options] == list(KINDS)
    widget.choice.value = "leak"
    assert widget.chart.value == widget.message.value == "" and widget.session.conditions == []
    assert widget.dials.condition == dict.fromkeys(facelab.EXPRESSIONS, 15)
    assert len(set(widget.session.faces.people)) == 12 and "180" in widget.note.value
    widget.choice.value = "one_sided"
    assert widget.dials.condition == {"joy": 20, "anger": 20, "wrong": 0.4, "of": "anger", "into": "joy"}
    shown = [name for name, dial in widget.dials.others.items() if dial.layout.display != "none"]
    assert shown == ["of"]


def test_what_a_photo_is_worth_is_told(quick):
    assert "8장이면 한 장이 12.5점" in run("split").worth.value
    assert "8장이면 한 장이 12.5점" in run("imbalance").worth.value  # of each expression, as the chart shows them


def test_again_adds_to_the_chart_and_run_starts_anew(quick):
    widget = run("imbalance")
    before = list(widget.session.conditions)
    widget.dials.wrong.value = 50
    widget.again.click()
    widget.wait()
    assert widget.session.conditions == [*before, {"joy": 40, "sadness": 20, "wrong": 0.5}]
    widget.start.click()
    widget.wait()
    assert len(widget.session.conditions) == 1


def test_the_same_condition_is_not_drawn_twice(quick):
    widget = run("amount")
    widget.again.click()
    assert "이미 그래프에 있어요" in widget.problem.value and not widget.start.disabled
    assert len(widget.session.conditions) == 2


def test_a_learning_curve_is_drawn_as_one_while_only_the_number_differs(quick):
    session = run("learning_curve").session
    assert session.by == "photos"
    session.add({"joy": 20, "sadness": 20, "wrong": 0.3})
    assert session.by is None


def test_the_number_of_models_to_pick_from_can_be_chosen(quick):
    widget = experiment.Experiment("pick_best")
    widget.dials.others["models"].value = 2
    widget.start.click()
    widget.wait()
    few = widget.session.comparison.means
    assert widget.session.models == 2 and list(few.index) == ["고를 때의 1등", "처음 보는 사람 앞의 1등"]
    assert few.iloc[0] <= run("pick_best").session.comparison.means.iloc[0]


def test_an_experiment_can_be_stopped_and_shows_what_is_finished(monkeypatch):
    monkeypatch.setattr(experiment, "REPEATS", 500)  # which nobody would wait for
    widget = experiment.Experiment("split")
    widget.start.click()
    assert widget.start.disabled and widget.choice.disabled and widget.stop.layout.display == ""
    widget.stop.click()
    widget.wait()
    repeats = widget.session.comparison.table["repeat"].nunique()
    assert 1 <= repeats < 500 and f"{repeats}번" in widget.message.value
    assert not widget.start.disabled and widget.stop.layout.display == "none"


def test_whoever_waits_sees_the_chart_also_where_a_notebook_runs_its_own_loop(quick):
    async def run_in_a_cell():
        widget = run()
        drawn = widget.chart.value
        widget.start.click()
        await asyncio.sleep(0)  # the first run's turn to finish comes too late, and must not end the second one
        assert widget.start.disabled
        widget.wait()
        return drawn

    assert "data:image/png" in asyncio.run(run_in_a_cell())


def test_a_condition_that_cannot_be_run_is_told_and_taken_back(quick):
    widget = run("amount")
    widget.dials.photos["joy"].max = widget.dials.photos["joy"].value = 9_000
    widget.again.click()
    widget.wait()
    assert "배울 수 없어요" in widget.problem.value and len(widget.session.conditions) == 2
    assert not widget.start.disabled


def test_the_dials_offer_no_more_photos_than_there_are():
    widget = experiment.Experiment("amount", faces=without_people(joy=60, anger=30))
    assert {key: dial.max for key, dial in widget.dials.photos.items() if dial.max} == {"joy": 52, "anger": 22}
    assert widget.dials.photos["sadness"].layout.display == "none"
    assert widget.dials.condition == {"joy": 22, "anger": 22}  # 60 of each, as far as there are


def test_the_dials_go_into_the_condition(quick):
    widget = experiment.Experiment("one_sided")
    for key, number in {"joy": 0, "surprise": 12, "anger": 7}.items():
        widget.dials.photos[key].value = number
    widget.dials.wrong.value = 20
    widget.dials.others["of"].value = "surprise"
    widget.dials.others["balance"].value = "weights"
    widget.dials.others["by"].value = "photo"
    mistakes = {"wrong": 0.2, "of": "surprise", "into": "anger"}
    expected = {"surprise": 12, "anger": 7, **mistakes, "balance": "weights", "by": "photo"}
    assert widget.dials.condition == expected
    widget.dials.photos["neutral"].value = 5  # then the wrong labels may be either of the two others
    assert "into" not in widget.dials.condition
    widget.start.click()
    widget.wait()
    assert set(widget.session.comparison.table["train_photos"]) == {12, 7, 5}


def test_dials_that_make_no_experiment_are_told(quick):
    widget = experiment.Experiment("one_sided")
    widget.dials.photos["anger"].value = 0
    widget.start.click()
    assert "표정이 둘 이상" in widget.problem.value and not widget.start.disabled
    widget.dials.photos["neutral"].value = 5
    widget.start.click()
    assert "화남 사진이 0장" in widget.problem.value


def test_too_many_conditions_are_told():
    session = ExperimentSession(facelab.load_sample())
    for number in range(experiment.MOST_CONDITIONS):
        session.add({"joy": number + 1, "anger": 5})
    with pytest.raises(ValueError, match="까지만"):
        session.add({"joy": 20, "anger": 20})


def test_an_unknown_experiment_and_too_few_faces_are_refused():
    with pytest.raises(ValueError, match="imbalance"):
        experiment.Experiment("magic")
    for few in (facelab.load_sample().take(joy=9, anger=3), facelab.LabelledFaces([], [], [])):
        with pytest.raises(ValueError, match="모자라요"):
            experiment.Experiment(faces=few)


def test_own_faces_are_chosen_only_if_they_are_enough(mine):
    for each, number in ((19, len(facelab.load_sample())), (20, 40)):
        mine.delete_everything()
        without_people(joy=each, anger=20).save(mine.folder / "faces")
        widget = experiment.Experiment("amount")
        assert f"얼굴 {number}개로" in widget.note.value and len(widget.session.faces) == number


def test_own_faces_are_used_as_far_as_they_go():
    widget = experiment.Experiment("imbalance", faces=without_people(joy=20, neutral=15))
    assert widget.session.first_view() == [{"joy": 7, "neutral": 7}, {"joy": 9, "neutral": 5}]
    assert widget.dials.condition == {"joy": 9, "neutral": 5} and "모자라서" in widget.note.value
    assert "pick_best" not in [value for _, value in widget.choice.options]  # which asks 20 new faces of each


def test_what_is_unequal_on_purpose_stays_so_in_proportion():
    """38 faces of one expression made 30:20 beside 30:30 of an experiment that is about 40:20."""
    session = ExperimentSession(without_people(joy=38, sadness=60), "imbalance")
    assert session.first_view() == [{"joy": 22, "sadness": 22}, {"joy": 30, "sadness": 15}] and session.fewer
    plenty = ExperimentSession(facelab.load_sample(), "imbalance")
    assert plenty.first_view() == list(plan("imbalance").values()) and not plenty.fewer


def test_leaks_of_nobody_in_particular_are_refused(says):
    faces = without_people(**dict.fromkeys(facelab.EXPRESSIONS, 30))
    says("person 열에", "column person", lambda: experiment.Experiment("leak", faces))
    assert "leak" not in [value for _, value in experiment.Experiment("amount", faces).choice.options]


def test_other_photos_are_drawn_on_demand_and_the_code_says_which(quick):
    widget = run("amount")
    first = widget.session.comparison.table
    assert "seed=0" in widget.code.value and "faces = facelab.load_sample()" in widget.code.value
    widget.draw.click()
    widget.wait()
    assert "seed=1" in widget.code.value and not widget.session.comparison.table.equals(first)
    assert len(widget.session.conditions) == 2


def test_the_code_does_the_same(quick):
    session = run("pairs").session
    names = {"facelab": facelab, "faces": facelab.load_sample()}
    exec(session.code.replace("facelab.compare", "result = facelab.compare"), names)
    assert names["result"].table.equals(session.comparison.table)


def test_a_list_of_the_dials_always_shows_what_is_chosen():
    widget = experiment.Experiment("remedies")
    balance = widget.dials.others["balance"]
    for value in ("drop", "", "weights"):
        balance.value = value
        assert balance.label and widget.dials.condition.get("balance", "") == value


def test_a_run_that_cannot_begin_leaves_the_results_as_they_are():
    widget = experiment.Experiment("imbalance")
    widget.session.repeats = 2
    widget.start.click()
    widget.wait()
    shown, conditions = widget.chart.value, list(widget.session.conditions)
    for dial in widget.dials.photos.values():
        dial.value = 0
    widget.start.click()
    assert "두 표정 이상" in widget.problem.value
    assert widget.chart.value == shown and widget.session.conditions == conditions
    assert widget.session.comparison is not None


def test_there_are_always_as_many_photos_as_the_dials_promise():
    """Also if people of the test set are left out of training."""
    sample = facelab.load_sample().take(joy=48, anger=48)
    people = [str(place // 4) for place in range(48)] * 2  # four photos of each expression for each of twelve people
    faces = facelab.LabelledFaces(sample.images, sample.points, sample.labels, people)
    session = ExperimentSession(faces + facelab.load_sample(), repeats=5)
    session.add({key: session.most_photos(key) for key in ("joy", "anger")})
    session.run()
    assert len(session.comparison.accuracies) == 1
