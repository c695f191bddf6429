"""What JupyterLab's server needs that JSON cannot say."""

import os
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

from facelab.language import use_language
from setup.contents import Lessons, strip
from setup.labextensions import list_folders, share

c = get_config()  # noqa: F821
use_language(os.environ.get("FACELAB_LANGUAGE", "ko"))
c.LabApp.custom_css = Path(jupyter_config_dir(), "custom", "custom.css").exists()  # else each page would ask in vain
c.FileContentsManager.pre_save_hook = strip
c.ServerApp.contents_manager_class = Lessons
c.LabServerApp.labextensions_path = c.LabApp.labextensions_path = list_folders()
c.LabApp.schemas_dir = os.fspath(share() / "lab" / "schemas")
c.LabApp.themes_dir = os.fspath(share() / "lab" / "themes")
