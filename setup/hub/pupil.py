"""What a pupil's account runs: it lays the lessons into the home and becomes the server that JupyterHub waits for."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from setup import opening
from setup.environment import ENVIRONMENT
from setup.hub.room import MINE
from setup.tools import PROJECT

# Kernels talk through files that the account alone can open: anybody on this computer could listen at a port.
OPTIONS = [
    "--KernelManager.transport=ipc",
    "--MappingKernelManager.cull_idle_timeout=1800",  # of lessons that no page shows any more
    "--ServerApp.terminals_enabled=False",
]


def main(language):
    """Begin the server; returns only if that fails."""
    os.chdir(PROJECT)  # see setup.labextensions.share
    folder = Path.home() / MINE
    hub = {name: value for name, value in os.environ.items() if name.startswith("JUPYTERHUB_")}
    runtime = hub.get("JUPYTERHUB_RUNTIME") or tempfile.mkdtemp(prefix="facelab-")
    os.environ.update(opening.jupyter_settings(language, folder, runtime))
    known, fonts = ENVIRONMENT / "matplotlib", Path(os.environ["MPLCONFIGDIR"])
    if known.exists() and not fonts.exists():  # which fonts there are: for matplotlib to find them takes seconds
        shutil.copytree(known, fonts)
    opening.main(language)
    lesson = opening.find_lesson(folder, language)
    settings = {
        **opening.jupyter_settings(language, folder, runtime),
        **hub,
        "JUPYTER_PATH": str(PROJECT / "setup" / "hub" / "jupyter"),  # where the kernel is
        "JUPYTERHUB_ROOT_DIR": str(folder),
        "JUPYTERHUB_DEFAULT_URL": f"/lab/workspaces/{language}/tree/{lesson}",
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),  # thirty pupils share the processor
    }
    os.execve(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *OPTIONS], settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
