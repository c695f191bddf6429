"""Why a model answers so: the pushes of the parts add up to the answer, and covering a part takes its push away."""

import itertools

import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

import facelab
from facelab.charts import new_axes
from facelab.model.features import MEASUREMENTS, FaceFeatures
from facelab.model.prediction import Prediction
from facelab.model.weights import without_caution
from facelab.model.why import TRAITS, Why, _traits

LINEAR = {
    "scaled": lambda: make_pipeline(FaceFeatures(), StandardScaler(), LogisticRegression(C=0.1, max_iter=1000)),
    "unscaled": lambda: make_pipeline(FaceFeatures(), LogisticRegression(max_iter=1000)),
    "discriminant": lambda: make_pipeline(FaceFeatures(), LinearDiscriminantAnalysis()),
    "turned": lambda: make_pipeline(
        FaceFeatures(), StandardScaler(), LinearDiscriminantAnalysis(n_components=3), LogisticRegression(C=0.01)
    ),
}


def ask_lead(model, points, expression):
    """Work out from the model's probabilities how far an expression is ahead: what the reasons must add up to."""
    probabilities = without_caution(model).predict_proba(points[None])[0]
    logs = dict(zip(model.classes_, np.log(probabilities), strict=True))
    return logs.pop(expression) - np.mean(list(logs.values()))


def test_start_and_contributions_add_up_to_the_lead_of_the_answer(sample, subtests):
    for kind, make in LINEAR.items():
        model = make().fit(sample.points, sample.labels)
        with subtests.test(kind):
            for number in range(0, len(sample), 60):
                why = facelab.predict_expression(model, sample[number]).why
                assert why.expression == model.predict(sample.points[number : number + 1])[0]
                lead = ask_lead(model, sample.points[number], why.expression)
                assert why.start + sum(why.contributions.values()) == pytest.approx(lead, abs=1e-7)
                assert why.start + sum(why.parts.values()) == pytest.approx(why.lead, abs=1e-9)


def test_caution_flattens_all_leads_alike(model, sample):
    bold = without_caution(model)
    for number in range(0, len(sample), 100):
        points = sample.points[number : number + 1]
        cautious, plain = (np.log(each.predict_proba(points)[0]) for each in (model, bold))
        assert np.corrcoef(cautious, plain)[0, 1] == pytest.approx(1)
        assert np.ptp(cautious) <= np.ptp(plain) + 1e-9
    assert model[-1].cautious and not bold[-1].cautious


def test_the_contributions_are_weight_times_difference(sample):
    """For logistic regression they can be worked out by hand as well."""
    model = LINEAR["scaled"]().fit(sample.points, sample.labels)
    scale, classify = model[-2], model[-1]
    why = facelab.predict_expression(model, sample[3]).why
    place = classify.classes_.tolist().index(why.expression)
    weights = (classify.coef_[place] - np.delete(classify.coef_, place, axis=0).mean(axis=0)) / scale.scale_
    by_hand = weights * (model[0].transform(sample.points[3:4])[0] - scale.mean_)
    assert list(why.contributions.values()) == pytest.approx(by_hand.tolist(), abs=1e-7)


def test_two_expressions_are_explained_too(sample):
    two = sample.take(joy=20, anger=20)
    model = facelab.expression_model().fit(two.points, two.labels)
    why = facelab.explain_answer(model, two[0], expression="anger")
    assert why.lead == pytest.approx(ask_lead(model, two.points[0], "anger"), abs=1e-7)


def test_every_expression_can_be_explained_and_the_leads_sum_to_nothing(model, five):
    leads = [facelab.explain_answer(model, five[0], expression=expression).lead for expression in facelab.EXPRESSIONS]
    assert sum(leads) == pytest.approx(0, abs=1e-7)


def test_covering_a_part_takes_away_what_it_contributed(model, sample):
    for part, number in itertools.product(MEASUREMENTS, range(0, len(sample), 100)):
        covered = facelab.cover_part(model, part)
        why = facelab.predict_expression(model, sample[number]).why
        again = facelab.explain_answer(covered, sample[number], expression=why.expression)
        assert again.lead == pytest.approx(why.lead - why.parts[part], abs=1e-7)
        assert again.lead == pytest.approx(ask_lead(covered, sample.points[number], why.expression), abs=1e-7)
        assert again.parts[part] == 0 and again.start == pytest.approx(why.start, abs=1e-9)


def test_with_all_parts_covered_every_face_is_the_average_face(model, sample):
    blind = facelab.cover_part(facelab.cover_part(model, "brows"), "eyes", "lips")
    assert len(set(blind.predict(sample.points).tolist())) == 1
    why = facelab.predict_expression(blind, sample[0]).why
    assert why.lead == pytest.approx(why.start, abs=1e-9)


def test_a_covered_model_can_be_saved(model, sample, tmp_path):
    covered = facelab.cover_part(model, "brows")
    facelab.save_model(covered, tmp_path / "covered.skops")
    again = facelab.load_model(tmp_path / "covered.skops")
    assert np.array_equal(again.predict_proba(sample.points[:5]), covered.predict_proba(sample.points[:5]))


def test_covering_leaves_the_model_as_it_was(model, sample):
    before = model.predict_proba(sample.points[:5])
    facelab.cover_part(model, "lips").predict(sample.points[:5])
    assert np.array_equal(model.predict_proba(sample.points[:5]), before)


def test_a_neutral_face_is_the_zero_point_of_its_reasons(model, sample):
    person = sample.select(sample.people == sample.people[0])
    neutral = person[int(np.flatnonzero(person.labels == "neutral")[0])]
    same = facelab.predict_expression(model, neutral, neutral=neutral).why
    assert max(map(abs, same.contributions.values())) < 1e-9
    smiling = person[int(np.flatnonzero(person.labels == "joy")[0])]
    answer = facelab.predict_expression(model, smiling, neutral=neutral)
    assert answer.why.start == pytest.approx(facelab.explain_answer(model, smiling, *answer.question[2:]).start)
    assert answer.why.expression == answer.likeliest and answer.why.face is smiling
    ax = new_axes()
    answer.why.plot(ax)
    assert ax.child_axes[1].get_yticklabels()[0].get_text() == "출발점\n내 무표정"


def test_a_model_that_does_not_add_up_says_so(sample, says, subtests):
    few = sample.take(joy=15, anger=15, neutral=15)
    for classifier in (DecisionTreeClassifier(max_depth=3), RandomForestClassifier(20), GaussianNB()):
        model = make_pipeline(FaceFeatures(), classifier).fit(few.points, few.labels)
        answer = facelab.predict_expression(model, few[0])
        with subtests.test(type(classifier).__name__):
            says("더하기만 하지 않아서", "more than add numbers up", lambda answer=answer: answer.why)


def test_what_cannot_be_explained_is_told(model, five, says):
    flat = DecisionTreeClassifier().fit(five.points.reshape(5, -1), five.labels)
    says("재는 모델이 아니라서", "does not measure", lambda: facelab.explain_answer(flat, five[0]))
    says("재는 모델이 아니라서", "does not measure", lambda: facelab.cover_part(flat, "lips"))
    says("배운 적이 없어요", "never learnt fear", lambda: facelab.explain_answer(model, five[0], expression="fear"))
    says("이런 부분은 없어요", "no part nose", lambda: facelab.cover_part(model, "nose"))
    percentages = dict.fromkeys(facelab.EXPRESSIONS, 20.0)
    says("물어봐 주세요", "did not come from a model", lambda: Prediction(percentages).why)


def test_every_measurement_belongs_to_one_trait_of_its_own_part():
    named = [name for names in _traits().values() for name in names]
    assert sorted(named) == sorted(name for names in MEASUREMENTS.values() for name in names)
    for names in _traits().values():
        assert len({part for part, group in MEASUREMENTS.items() for name in names if name in group}) == 1


def test_each_trait_has_two_words_of_its_own():
    for language in ("ko", "en"):
        facelab.use_language(language)
        words = [facelab.say(f"why.{word}") for pair in TRAITS for word in pair]
        assert len(set(words)) == len(words), language


def make_why(expression="joy", votes=None, **pushes):
    """Make reasons by hand: one measurement counts for each part."""
    strongest = {"brows": "brow_height", "eyes": "eye_openness", "lips": "corner_height"}
    contributions = {name: 0.0 for names in MEASUREMENTS.values() for name in names}
    contributions.update({strongest[part]: push for part, push in pushes.items()})
    differences = {name: 1.0 if name == "corner_height" else -1.0 for name in contributions}
    return Why(expression, 0.1, contributions, differences, votes or {})


def test_the_sentence_names_what_is_seen_and_who_disagrees():
    why = make_why(lips=4.0, eyes=1.0, brows=-1.0, votes={"brows": "neutral"})
    assert why.message == "입꼬리가 올라가고 눈이 가늘어서 기쁨으로 보여요. 하지만 눈썹은 무표정 쪽이에요."
    facelab.use_language("en")
    assert (
        why.message
        == "It looks like joy because of high lip corners and narrow eyes. But the eyebrows look more like neutral."
    )


def test_a_part_that_hardly_pushes_is_not_mentioned():
    facelab.use_language("en")
    assert make_why(lips=4.0, eyes=0.1, brows=-0.1).message == "It looks like joy because of high lip corners."
    everything = make_why(lips=4.0, eyes=3.0, brows=2.0).message
    assert everything == "It looks like joy because of high lip corners, narrow eyes and low eyebrows."


def test_a_face_that_does_not_speak_for_the_expression_gives_no_reason():
    votes = {"lips": "sadness", "eyes": "anger"}
    assert (
        "보이게 하는 곳이 없어요. 하지만 눈은 화남, 입술은 슬픔 쪽"
        in make_why(lips=-2.0, eyes=-1.0, votes=votes).message
    )
    facelab.use_language("en")
    assert make_why().message == "Nothing in this face makes it look like joy."


def test_the_reasons_are_drawn_beside_the_face(model, five):
    why = facelab.predict_expression(model, five[1]).why
    ax = new_axes()
    assert why.plot(ax) is why
    face, bars = ax.child_axes
    assert len(face.images) == 1 and len(face.patches) == 3
    assert [bar.get_width() for bar in bars.patches] == [why.start, *why.parts.values()]
    labels = [label.get_text() for label in bars.get_yticklabels()]
    assert labels[0] == "출발점\n평균 얼굴" and why.words["lips"] in labels[3]
    assert ax.get_title().replace("\n", " ") == why.message == repr(why)


def test_points_alone_are_drawn_without_a_face(model, five):
    ax = new_axes()
    facelab.predict_expression(model, five.points[0]).why.plot(ax)
    assert len(ax.child_axes) == 1


def test_a_model_of_one_expression_has_no_reason(says, sample):
    model = facelab.expression_model().fit(sample.take(joy=5).points, ["joy"] * 5)
    says("기쁨밖에 몰라서", "nothing but joy", lambda: facelab.explain_answer(model, sample[0]))


def test_the_reasons_stay_those_of_the_answer_when_the_model_is_trained_anew(sample):
    model, others = facelab.ready_model(), sample.take(anger=10, neutral=10)
    answer = facelab.predict_expression(model, sample.take(joy=1)[0])
    before = answer.why.contributions
    model.fit(others.points, others.labels)
    assert answer.why.contributions == before and answer.why.expression == answer.likeliest
