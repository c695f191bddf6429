"""Which faces a lesson works with: the pupil's own, if there are enough of them, else the shipped ones."""

from facelab.dataset.labelled import LabelledFaces, load_sample
from facelab.dataset.mine import MyData
from facelab.language import say

ENOUGH = 20  # faces of an expression that make a set of one's own worth learning from


def load_mine() -> LabelledFaces:
    """Load the faces that the pupil has labelled; an empty set until there are some.

    Examples
    --------
    >>> import facelab
    >>> isinstance(facelab.load_mine(), facelab.LabelledFaces)
    True
    """
    return MyData().labelled()


def load_faces(**needed: int) -> LabelledFaces:
    """Load the pupil's own faces if there are enough of them, else the shipped ones, and print which.

    Parameters
    ----------
    **needed
        How many faces of which expressions the lesson needs, such as ``joy=28, sadness=28``. Without any: 20 of each
        of two expressions.

    Examples
    --------
    >>> import facelab
    >>> facelab.load_faces(joy=100000)  # nobody has as many
    직접 모은 얼굴이 아직 모자라서 함께 들어 있는 얼굴로 해 볼게요. 컴퓨터로 그린, 세상에 없는 사람들이에요.
    LabelledFaces(...)
    """
    mine = load_mine()
    counts = mine.counts()
    enough = sum(number >= ENOUGH for number in counts.values()) >= 2
    if needed:
        enough = all(counts[name] >= number for name, number in needed.items())
    print(say("mine.own_faces", count=len(mine)) if enough else say("mine.sample_faces"))
    return mine if enough else load_sample()
