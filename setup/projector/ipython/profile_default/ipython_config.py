"""Charts have twice the dots, so that they stay sharp as wide as the projector shows them."""

c = get_config()  # noqa: F821
c.InlineBackend.figure_formats = {"retina"}
