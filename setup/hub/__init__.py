"""What makes a class of JupyterHub."""
