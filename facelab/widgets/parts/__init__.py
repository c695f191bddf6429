"""What the widgets share: the box around each, drop zone, keys, pictures, practice faces."""
