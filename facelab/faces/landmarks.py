"""The points of Face Mesh that the kit speaks of, each named once.

Where there are two, the first is on the left of the picture, the second on the right.
"""

EYES = ((33, 133), (263, 362))  # outer and inner corner of each eye
EYE_CORNERS = (33, 133, 362, 263)
UPPER_LIDS, LOWER_LIDS = (160, 159, 158, 387, 386, 385), (144, 145, 153, 373, 374, 380)
EYE_ROOT, NOSE_TIP, NOSE_BASE, NOSE_WINGS, NOSTRILS = 168, 4, 2, (64, 294), (98, 327)
BROWS = (70, 63, 105, 66, 107, 300, 293, 334, 296, 336)
INNER_BROWS, OUTER_BROWS, BROW_ENDS = (107, 55, 336, 285), (70, 46, 300, 276), (107, 336, 70, 300)
BROW_TOPS, BROW_STARTS = (105, 334), (107, 336)
INNER_HALVES = (107, 66, 105), (336, 296, 334)  # of the brows
CHEEKS, LOWER_CHEEKS = (50, 280), (205, 425)
MOUTH_CORNERS, INNER_CORNERS = (61, 291), (78, 308)
UPPER_LIP_TOP, UPPER_LIP_BOTTOM, LOWER_LIP_TOP, LOWER_LIP_BOTTOM = 0, 13, 14, 17
UPPER_EDGE, UPPER_INNER_EDGE = (37, 267, 39, 269), (82, 312, 81, 311)
LOWER_EDGE, LOWER_SIDES = (84, 314, 91, 321), (91, 321)
CHIN_HOLLOW, CHIN = 200, 152
# The outer corners of the eyes.
LEFT_EYE, RIGHT_EYE = 33, 263
