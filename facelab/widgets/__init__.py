"""What a pupil clicks on: one file a widget, each a session (what happens) and a thin view (how it looks)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "camera": ["Camera"],
        "confusion": ["Confusion"],
        "experiment": ["Experiment"],
        "extraction": ["Extraction"],
        "guess": ["Guess"],
        "hand_in": ["HandIn"],
        "labelling": ["Labelling"],
        "mixer": ["Mixer"],
        "predict": ["Predict"],
        "read_face": ["ReadFace"],
        "storage": ["Storage"],
        "upload": ["Upload"],
    },
)
