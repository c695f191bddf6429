"""표정찾기 (facelab): teach a computer to tell five facial expressions apart.

Each folder is a stage, and a lesson: faces -> dataset -> model -> experiments; exercises and widgets are what pupils
meet, charts is how all of them draw. Names are loaded when they are first used, so that a lesson's first cell is quick.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["charts", "exercises", "widgets"],
    submod_attrs={
        "charts": ["save_chart"],
        "checks": ["EXPRESSIONS"],
        "dataset": ["merging"],
        "dataset.labelled": ["LabelledFaces", "load_sample"],
        "dataset.loading": ["choose_pair", "load_faces", "load_mine", "load_strange"],
        "dataset.mine": ["MyData"],
        "dataset.traces": ["delete_traces", "find_traces", "keep_pictures"],
        "experiments.compare": ["compare", "compare_splits", "pick_best"],
        "experiments.comparison": ["Comparison"],
        "experiments.evaluation": ["Evaluation", "evaluate"],
        "experiments.groups": ["compare_groups", "describe_sample", "evaluate_unseen"],
        "experiments.plans": ["plan"],
        "faces": ["pieces"],
        "faces.detection": ["Detection", "Face", "find_faces", "find_faces_in"],
        "faces.photo": ["UnreadablePhoto", "read_photo"],
        "language": ["percent", "say", "use_language"],
        "model.features": ["FaceFeatures"],
        "model.prediction": ["Prediction", "expression_model", "predict_expression", "ready_model"],
        "model.saving": ["load_model", "save_model"],
        "model.trees": ["piece_tree", "read_tree"],
        "model.weights": ["cover_part"],
        "model.why": ["Why", "explain_answer"],
    },
)
