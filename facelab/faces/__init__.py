"""From a photo to its faces, or why there are none.

``photo`` reads any file upright; ``mesh`` asks Face Mesh for 478 points (``landmarks`` names them); ``geometry`` cuts
the face out; ``quality`` and ``covering`` tell what is wrong with it, and whether it stands on its head;
``detection`` is the whole way, `find_faces`; ``pieces`` takes a face apart into shapes of brows, eyes and lips, and
``drawing`` shows it as lines.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        *("covering", "detection", "drawing", "geometry", "landmarks", "mesh"),
        *("photo", "pieces", "quality", "quiet"),
    ],
)
