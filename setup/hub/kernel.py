"""A kernel without the debugger, which would take 34 MB for each lesson that a pupil has open."""

import sys

if __name__ == "__main__":
    sys.modules["debugpy"] = None  # as if it were not installed, which ipykernel allows for

    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
