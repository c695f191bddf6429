"""표정찾기 (facelab): teach a computer to tell five facial expressions apart.

Names are loaded when they are first used, so that a lesson's first cell is quick.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["charts", "exercises", "merging", "pieces", "widgets"],
    submod_attrs={
        "charts": ["save_chart"],
        "comparison": ["Comparison"],
        "dataset": ["EXPRESSIONS", "LabelledFaces", "load_sample"],
        "evaluation": ["Evaluation", "evaluate"],
        "experiments": ["compare", "pick_best"],
        "faces": ["Detection", "Face", "find_faces", "find_faces_in"],
        "features": ["FaceFeatures"],
        "groups": ["compare_groups", "describe_sample", "evaluate_unseen"],
        "images": ["UnreadablePhoto", "read_photo"],
        "language": ["say", "use_language"],
        "mine": ["MyData", "load_faces", "load_mine"],
        "model": ["Prediction", "expression_model", "predict_expression", "ready_model"],
        "plans": ["plan"],
        "saving": ["load_model", "save_model"],
        "trees": ["piece_tree", "read_tree"],
        "weights": ["cover_part"],
        "why": ["Why", "explain_answer"],
    },
)
