"""The points of Face Mesh that the kit speaks of: every number stands here, and has a name.

Face Mesh numbers its 478 points the same way on every face. Where there are two, the first is on the left of the
picture, the second on the right.
"""

# Eyes
LEFT_EYE, RIGHT_EYE = 33, 263  # the outer corners
LEFT_INNER_EYE, RIGHT_INNER_EYE = 133, 362
OUTER_EYES, INNER_EYES = (LEFT_EYE, RIGHT_EYE), (LEFT_INNER_EYE, RIGHT_INNER_EYE)
EYES = ((LEFT_EYE, LEFT_INNER_EYE), (RIGHT_EYE, RIGHT_INNER_EYE))
EYE_CORNERS = (LEFT_EYE, LEFT_INNER_EYE, RIGHT_INNER_EYE, RIGHT_EYE)
UPPER_LIDS, LOWER_LIDS = (160, 159, 158, 387, 386, 385), (144, 145, 153, 373, 374, 380)
LID_TOPS, LID_BOTTOMS, INNER_LIDS = (159, 386), (145, 374), (158, 385)
EYE_OUTLINES = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
EYE_OUTLINES += (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)

# Brows
BROWS = (70, 63, 105, 66, 107, 300, 293, 334, 296, 336)  # their upper edges
BROW_OUTLINES = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276)
INNER_BROWS, OUTER_BROWS, BROW_ENDS = (107, 55, 336, 285), (70, 46, 300, 276), (107, 336, 70, 300)
BROW_TOPS, BROW_STARTS, BROW_TAILS = (105, 334), (107, 336), (46, 276)
INNER_HALVES = (107, 66, 105), (336, 296, 334)

# Nose, cheeks, forehead and chin
EYE_ROOT, NOSE_TIP, NOSE_BASE, NOSE_WINGS, NOSTRILS = 168, 4, 2, (64, 294), (98, 327)
CHEEKS, LOWER_CHEEKS, CHEEKS_BELOW_EYES = (50, 280), (205, 425), (118, 347)
FOREHEAD, CHIN_HOLLOW, CHIN = 151, 200, 152
MIDDLE, SIDES = (6, NOSE_TIP, NOSE_BASE, CHIN), (234, 454)  # of the face, from top to bottom and from ear to ear
OUTLINE = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152)
OUTLINE += (148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)

# Lips
MOUTH_CORNERS, INNER_CORNERS, BESIDE_CORNERS = (61, 291), (78, 308), (57, 287)
UPPER_LIP_TOP, UPPER_LIP_BOTTOM, LOWER_LIP_TOP, LOWER_LIP_BOTTOM = 0, 13, 14, 17
UPPER_EDGE, UPPER_INNER_EDGE = (37, 267, 39, 269), (82, 312, 81, 311)
LOWER_EDGE, LOWER_SIDES = (84, 314, 91, 321), (91, 321)
LIP_OUTLINE = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)

# Skin, whose colour tells what covers it
NOSE_AND_CHEEKS = (6, 197, 195, 5, 4, 50, 280, 117, 346, 101, 330)
SKIN_ROUND_BROWS = (8, 9, 55, 285, 107, 336)
SKIN_ROUND_MOUTH = (57, 186, 165, 164, 391, 410, 287, 273, 406, 18, 182, 43)

# The points that draw each data piece.
PIECE_OUTLINES = {
    "brows": BROWS,
    "eyes": (33, 133, 160, 159, 158, 144, 145, 153, 362, 263, 387, 386, 385, 373, 374, 380),
    "lips": (61, 291, 0, 17, 13, 14, 37, 267, 84, 314, 78, 308, 82, 312, 87, 317),
}
# Three points for each half of what can be covered, which hold the cut of that half.
COVER_ANCHORS = {
    "mouth": [(NOSE_BASE, CHIN, side) for side in BESIDE_CORNERS],
    "brows": [(EYE_ROOT, FOREHEAD, side) for side in BROW_TAILS],
    "eyes": [(LEFT_INNER_EYE, LEFT_EYE, CHEEKS_BELOW_EYES[0]), (RIGHT_INNER_EYE, RIGHT_EYE, CHEEKS_BELOW_EYES[1])],
}
