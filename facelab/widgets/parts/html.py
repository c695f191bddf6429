"""Photos and faces as HTML: shrunk, with boxes and points drawn over them."""

import base64
import html

from facelab.faces.photo import encode_jpeg, shrink

SMALL = 160  # pixels of a picture among many


def encode_picture(image, longest=SMALL) -> str:
    """Turn an image into an address that holds the picture itself, so that no server has to be asked for it.

    Parameters
    ----------
    image : array of shape (height, width, 3), uint8
        RGB.
    longest : int
        The longest side to which it is shrunk, in pixels.

    Examples
    --------
    >>> import numpy
    >>> encode_picture(numpy.zeros((4, 4, 3), "uint8"))[:23]
    'data:image/jpeg;base64,'
    """
    jpeg = encode_jpeg(shrink(image, longest), quality=85)
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")


def write_picture(image, name, longest=SMALL, faces=(), points=False) -> str:
    """Write an image as SVG, with the box of each face and, if wanted, its points drawn on it.

    Parameters
    ----------
    image : array of shape (height, width, 3), uint8
        The photo that the faces' boxes and points belong to.
    name : str
        What a screen reader says.
    longest : int
        The longest side of the picture that is sent, in pixels.
    faces : sequence of Face
        The faces to mark: in green, or in red if they have a problem.
    points : bool
        Whether to draw the faces' points.
    """
    height, width = image.shape[:2]
    marks = "".join(_write_box(face, width / 100) for face in faces)
    marks += "".join(_write_points(face.points, width / 400) for face in faces if points)
    drawn = f'<image href="{encode_picture(image, longest)}" width="{width}" height="{height}"/>{marks}'
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{html.escape(name)}">{drawn}</svg>'


def write_image(source, name, width=None) -> str:
    """Write a picture whose address is known as HTML; its name is what a screen reader says."""
    size = f' width="{width}"' if width else ""
    return f'<img src="{source}"{size} alt="{html.escape(name)}">'


def write_card(picture, caption, failed=False) -> str:
    """Write a picture, as HTML, with its caption below."""
    kind = "facelab-card facelab-failed" if failed else "facelab-card"
    return f'<figure class="{kind}">{picture}<figcaption>{html.escape(caption)}</figcaption></figure>'


def write_shelf(cards) -> str:
    """Write cards, as HTML, side by side on as many lines as they need."""
    return f'<div class="facelab-shelf">{"".join(cards)}</div>'


def _write_box(face, thickness):
    x, y, width, height = face.box
    colour = "#00b050" if face.problem is None else "#e00000"
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" '
        f'fill="none" stroke="{colour}" stroke-width="{thickness:.1f}"/>'
    )


def _write_points(points, radius):
    dots = "".join(f"M{x:.0f} {y:.0f}h0" for x, y, *_ in points)
    return f'<path d="{dots}" stroke="#ffe500" stroke-width="{2 * radius:.1f}" stroke-linecap="round"/>'
