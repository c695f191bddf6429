"""The head model: a neutral head, identity modes learned from scans and expression shapes."""

from dataclasses import dataclass

import numpy as np

# Vertex ranges of ICT-FaceKit, as its README lists them.
FACE_END = 9409
HEAD_END = 11248
MOUTH_END = 13294
SOCKETS_END = 14062
EYEBALLS = {"left": slice(21451, 22221), "right": slice(23021, 23791)}
# The vertices of the 68 usual face landmarks (jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, mouth 48-67).
LANDMARKS = np.array(
    [
        *(1225, 1888, 1052, 367, 1719, 1722, 2199, 1447, 966, 3661, 4390, 3927, 3924, 2608, 3272, 4088, 3443),
        *(268, 493, 1914, 2044, 1401, 3615, 4240, 4114, 2734, 2509, 978, 4527, 4942, 4857, 1140, 2075, 1147),
        *(4269, 3360, 1507, 1542, 1537, 1528, 1518, 1511, 3742, 3751, 3756, 3721, 3725, 3732, 5708, 5695, 2081),
        *(0, 4275, 6200, 6213, 6346, 6461, 5518, 5957, 5841, 5702, 5711, 5533, 6216, 6207, 6470, 5517, 5966),
    ]
)


@dataclass(frozen=True, eq=False)
class HeadModel:
    """A head whose points share one order; centimetres, x to the left ear, y up, z towards the viewer.

    neutral (v, 3); identity (k, v, 3) offsets; expressions {name: (v, 3) offsets}; faces (f, 4) with -1 as the
    fourth index of a triangle; materials (f,) names.
    """

    neutral: np.ndarray
    identity: np.ndarray
    expressions: dict
    faces: np.ndarray
    materials: np.ndarray

    def shape_person(self, coefficients):
        """Return the neutral points (v, 3) of the person with these identity coefficients."""
        coefficients = np.asarray(coefficients, float)
        return self.neutral + np.tensordot(coefficients, self.identity[: len(coefficients)], 1)

    def add_expression(self, points, weights):
        """Return points (v, 3) moved by the expression shapes; weights: {shape name: 0..1.1}.

        Raises ValueError when a name is not one of the model's shapes.
        """
        unknown = sorted(set(weights) - set(self.expressions))
        if unknown:
            raise ValueError(f"The head model has no expression shape named {', '.join(unknown)}.")
        moved = np.array(points, float)
        for name, weight in weights.items():
            moved += weight * self.expressions[name]
        return moved

    def faces_of(self, *materials):
        """Return the faces (n, 4) that carry one of these material names."""
        return self.faces[np.isin(self.materials, materials)]

    def landmark(self, number):
        """Return the place (3,) of one of the 68 landmarks on the neutral head."""
        return self.neutral[self.landmarks[number]]

    @property
    def landmarks(self):
        """The vertex numbers (68,) of the landmarks."""
        return LANDMARKS

    @property
    def head_faces(self):
        """The faces (n, 4) of face, skull and neck, without the inside of mouth and eye sockets."""
        return self.faces[(self.faces < HEAD_END).all(axis=1)]
