"""The recipes, the plans and the reader behind the shipped pictures; Blender itself is not needed here."""

import itertools

import numpy as np
import pytest

from data.making.render import __main__ as command_line
from data.making.render import obj, others, pieces, recipes, scenes, sets

TRIANGLE = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\nusemtl M_Face\nf 1/1 2/2 4/4 3/3\nusemtl M_Teeth\nf 1 2 3\n"


@pytest.fixture
def checkout(tmp_path):
    """A tiny checkout: four vertices, one identity mode, one expression shape."""
    folder = tmp_path / "FaceXModel"
    folder.mkdir()
    (folder / "generic_neutral_mesh.obj").write_text(TRIANGLE, encoding="utf-8")
    (folder / "identity000.obj").write_text(TRIANGLE.replace("v 1 1 0", "v 1 1 2"), encoding="utf-8")
    (folder / "jawOpen.obj").write_text(TRIANGLE.replace("v 0 0 0", "v 0 -1 0"), encoding="utf-8")
    return tmp_path


def test_reader_turns_files_into_offsets(checkout):
    head = obj.load_head(checkout)
    assert head.neutral.shape == (4, 3)
    assert head.identity[0].tolist() == [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 2]]
    assert head.expressions["jawOpen"][0].tolist() == [0, -1, 0]
    assert head.faces.tolist() == [[0, 1, 3, 2], [0, 1, 2, -1]]
    assert head.materials.tolist() == ["M_Face", "M_Teeth"]


def test_packed_and_original_model_are_the_same(checkout):
    head = obj.load_head(checkout)
    np.savez(
        checkout / "ict_facekit.npz",
        base=head.neutral,
        ids=head.identity,
        ex=np.stack(list(head.expressions.values())),
        names=np.array(list(head.expressions)),
        F=head.faces,
        mats=head.materials,
    )
    packed = obj.load_head(checkout)
    assert np.array_equal(packed.identity, head.identity)
    assert np.array_equal(packed.expressions["jawOpen"], head.expressions["jawOpen"])
    assert packed.faces.tolist() == head.faces.tolist()


def test_a_shape_of_another_head_is_refused(checkout):
    (checkout / "FaceXModel" / "jawOpen.obj").write_text("v 0 0 0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="holds 1 vertices where 4 were expected"):
        obj.load_head(checkout)


def test_a_wrong_folder_gets_a_sentence(tmp_path, subtests):
    for folder, sentence in (("missing", "There is no folder"), (".", "holds no head model")):
        with subtests.test(folder), pytest.raises(ValueError, match=sentence):
            obj.load_head(tmp_path / folder)


def test_the_command_line_explains_what_is_missing(subtests):
    for words in (["faces"], ["faces", "--model", "no-such-folder"], ["fit"]):
        with subtests.test(words), pytest.raises(ValueError, match="give --"):
            command_line.run(command_line.read_arguments(words))


def test_recipes_are_repeatable_and_within_bounds(subtests):
    for expression in recipes.EXPRESSIONS:
        with subtests.test(expression):
            first = recipes.draw_recipe(expression, np.random.default_rng(4))
            assert first == recipes.draw_recipe(expression, np.random.default_rng(4))
            for seed in range(50):
                variant, weights = recipes.draw_recipe(expression, np.random.default_rng(seed))
                assert variant in recipes.RECIPES[expression]
                assert all(0 <= weight <= recipes.STRONGEST for weight in weights.values())


def test_shares_of_variants_add_up():
    for variants in recipes.RECIPES.values():
        assert sum(variant.share for variant in variants.values()) == pytest.approx(1)


def test_every_variant_is_drawn_about_as_often_as_its_share():
    rng = np.random.default_rng(0)
    drawn = [recipes.draw_recipe("anger", rng)[0] for _ in range(600)]
    for name, variant in recipes.RECIPES["anger"].items():
        assert drawn.count(name) / 600 == pytest.approx(variant.share, abs=0.07)


def test_later_shots_show_an_expression_less_plainly(subtests):
    def mean_weight(expression, shape, subtle):
        rng = np.random.default_rng(0)
        return np.mean([recipes.draw_recipe(expression, rng, subtle)[1][shape] for _ in range(200)])

    for each in (("anger", "browDown_L"), ("surprise", "browOuterUp_L"), ("joy", "mouthSmile_L")):
        with subtests.test(each):
            assert mean_weight(*each, subtle=True) < mean_weight(*each, subtle=False) - 0.1


def test_later_shots_hold_faint_expressions_too():
    def weakest(subtle):
        rng = np.random.default_rng(0)
        return np.quantile([recipes.draw_recipe("joy", rng, subtle)[1]["mouthSmile_L"] for _ in range(200)], 0.1)

    assert 0 < weakest(subtle=True) < 0.75 * weakest(subtle=False)


def test_other_expressions_are_shown_by_people_who_are_not_among_the_faces():
    plan = others.plan_others()
    assert len({picture.file for picture in plan}) == len(plan) == len(others.CAST) * len(others.KINDS)
    assert not {picture.person.name for picture in plan} & {picture.person.name for picture in sets.plan_faces()}
    winks = [picture.weights for picture in plan if picture.row["kind"] == "wink"]
    assert all(weights["eyeBlink_L"] > 0.7 and "eyeBlink_R" not in weights for weights in winks)


def test_the_two_halves_of_a_face_differ_a_little():
    halves = recipes.split_sides({"mouthSmile": 0.8}, np.random.default_rng(0))
    difference = abs(halves["mouthSmile_L"] - halves["mouthSmile_R"])
    assert 0 < difference < 0.4


def test_faces_are_planned_in_balanced_blocks():
    plan = sets.plan_faces()
    assert len(plan) == len({picture.file for picture in plan}) == sets.PEOPLE * 5 * sets.SHOTS
    first_block = plan[: sets.PEOPLE * 5]
    assert {picture.row["shot"] for picture in first_block} == {0}
    assert len({picture.person for picture in first_block}) == sets.PEOPLE


def test_a_face_sent_back_is_drawn_anew(monkeypatch):
    before = sets.plan_faces()[0]
    monkeypatch.setitem(sets.REDRAWN, before.file, 1 + sets.REDRAWN.get(before.file, 0))
    after = sets.plan_faces()[0]
    assert after.file == before.file and after.person == before.person
    assert after.weights != before.weights


def test_parts_keep_people_together_and_lose_nobody():
    plan = sets.plan_faces()
    parts = [sets.choose_part(plan, (place, 3), by=lambda picture: picture.person) for place in range(3)]
    assert sorted(picture.file for part in parts for picture in part) == sorted(picture.file for picture in plan)
    people = [{picture.person.name for picture in part} for part in parts]
    assert not people[0] & people[1] and not people[1] & people[2]


def test_a_wrong_part_gets_a_sentence(subtests):
    for text in ("0/2", "3/2", "half", "1", ""):
        with subtests.test(text), pytest.raises(ValueError, match="is no part"):
            sets.read_part(text)


class PaperStudio:
    """Stands in for the Blender studio: writes an empty file and remembers the order."""

    def __init__(self):
        self.rendered = []

    def render(self, person, weights, shot, path, extras=()):
        self.rendered.append(path.name)
        path.touch()


def test_rendering_goes_on_where_it_stopped(tmp_path):
    plan = sets.plan_faces()[:4]
    (tmp_path / plan[1].file).touch()
    studio = PaperStudio()
    sets.render_pictures(studio, plan, tmp_path)
    assert studio.rendered == [plan[0].file, plan[2].file, plan[3].file]
    sets.render_pictures(studio, plan, tmp_path)
    assert len(studio.rendered) == 3


def test_the_mixer_has_every_triple_for_two_people():
    plan = sets.plan_mixer()
    assert len(plan) == 2 * 6**3
    assert {picture.row["person"] for picture in plan} == set(pieces.MIXER_PEOPLE)


def test_sadness_and_anger_differ_by_the_brows_alone():
    assert pieces.TRIPLES["joy"] == (1, 3, 6)
    assert pieces.TRIPLES["sadness"] == (2, 2, 5)
    assert pieces.TRIPLES["anger"] == (3, 2, 5)


def test_no_two_pieces_are_alike():
    for table in (pieces.BROWS, pieces.EYES, pieces.LIPS):
        assert len(table) == len({tuple(sorted(piece.items())) for piece in table.values()}) == 6


def test_a_piece_of_brows_or_eyes_leaves_the_mouth_as_the_lips_have_it():
    """By the points of Face Mesh: before, a closed mouth stood open as soon as brows 3 were chosen."""
    from facelab.dataset.labelled import SAMPLE
    from facelab.files import load_points, read_table
    from facelab.model.features import measure

    folder = SAMPLE.parent / "mixer"
    points, rows = load_points(folder / "points.npz"), read_table(folder / "mixer.csv")
    opened = measure(np.array([points[row["file"]] for row in rows], dtype=float))["mouth_openness"]
    for person, lips in itertools.product(pieces.MIXER_PEOPLE, "125"):  # those that are closed
        chosen = [row["person"] == person and row["lips"] == lips for row in rows]
        assert np.ptp(opened[chosen]) < 0.03, (person, lips)


def test_scenes_cover_every_outcome():
    plan = scenes.plan_scenes()
    assert len(plan) == len({scene.file for scene in plan}) >= 50
    assert {scene.outcome for scene in plan} == {"", "no_face", "covered", "too_close", "too_dark", "blurred"}
    assert max(scene.row["faces"] for scene in plan) == 5
