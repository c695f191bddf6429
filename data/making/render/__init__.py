"""How the shipped faces are made: people who do not exist, rendered with Blender from the ICT-FaceKit head model.

Run ``python -m data.making.render --help`` from the top folder of the kit.
"""
