"""What of a notebook's outputs is saved: charts and words, never a face."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.offsetbox import AnnotationBbox, OffsetImage

import facelab
from facelab.private import MARK, WIDGET, is_chart, load_ipython_extension, strip_pictures

PNG = {"image/png": "iVBORw0KGgo="}


def save(output, folder):
    notebook = {"metadata": {"widgets": {"state": 1}}, "cells": [{"cell_type": "code", "outputs": [output]}]}
    strip_pictures(notebook, folder)
    assert notebook["metadata"] == {}
    return notebook["cells"][0]["outputs"]


def show(data, **metadata):
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def test_pictures_become_a_sentence_and_all_else_stays(tmp_path):
    pictures = [
        show(PNG),
        show({"image/jpeg": "/9j/"}),
        show({"image/svg+xml": "<svg/>"}),
        show({"text/html": ["<p>me <IMG src='data:image/png;base64,x'>"], "text/plain": ""}),
        show({"text/html": "<div style='background: url(data:x)'></div>"}),
        show({"text/markdown": "![me](data:image/png;base64,x)"}),
        show({"application/pdf": "x"}),
    ]
    for output in pictures:
        assert save(output, tmp_path) == [show({"text/plain": facelab.say("private.not_kept")})], output
    others = [
        {"output_type": "stream", "name": "stdout", "text": "36 faces"},
        {"output_type": "error", "ename": "NameError", "evalue": "", "traceback": []},
        show({"text/plain": "<img>"}),
        show({"text/html": "<table><tr><td>36</td></tr></table>", "text/plain": "36"}),
        show(PNG, **{MARK: "chart"}),
        show({WIDGET: {"model_id": "1"}, "text/plain": "Labelling()"}),
    ]
    for output in others:
        assert save(output, tmp_path) == [output]


def test_a_pasted_picture_is_not_saved_either(tmp_path):
    cell = {"cell_type": "markdown", "source": "![me](attachment:me.png)", "attachments": {"me.png": PNG}}
    strip_pictures({"cells": [cell]}, tmp_path)
    assert "attachments" not in cell


def test_pictures_are_saved_once_the_pupil_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path))
    facelab.keep_pictures()
    assert save(show(PNG), tmp_path) == [show(PNG)]
    facelab.keep_pictures(False)
    assert save(show(PNG), tmp_path) != [show(PNG)]


def test_every_drawing_with_a_photo_in_it_is_known(five, model):
    face = facelab.find_faces(five.images[0]).faces[0]
    answer = facelab.predict_expression(model, face)
    thumbnail = plt.figure()
    thumbnail.subplots().add_artist(AnnotationBbox(OffsetImage(five.images[0]), (0.5, 0.5)))
    free = plt.figure()
    free.figimage(five.images[0])
    grey = plt.figure()
    grey.subplots().pcolormesh(five.images[0].mean(axis=2))
    inner = plt.figure()
    inner.subfigures(1, 2)[1].subplots().imshow(five.images[0])
    photos = [thumbnail, free, grey, inner]
    for draw in (five.plot, facelab.find_faces(five.images[0]).plot, facelab.explain_answer(model, face).plot):
        plt.figure()
        draw() if draw.__self__.__class__.__name__ != "Detection" else draw(five.images[0])
        photos.append(plt.gcf())
    assert [place for place, figure in enumerate(photos) if is_chart(figure)] == []
    answer.plot()
    charts = [plt.gcf()]
    facelab.evaluate(model, five).plot()
    charts.append(plt.gcf())
    assert all(map(is_chart, charts))
    assert not is_chart(np.zeros((3, 3)))


def test_the_kernel_marks_charts_alone():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    load_ipython_extension(shell)
    figure = plt.figure()
    figure.subplots().plot([1, 2])
    assert shell.display_formatter.format(figure)[1][MARK] == "chart"
    figure.gca().imshow(np.zeros((100, 100, 3)))
    for shown in (figure, "a text", np.zeros((100, 100, 3))):
        assert MARK not in shell.display_formatter.format(shown)[1]
