"""Training of Argos packages from pairs of sentences; an extra, for it needs PyTorch.

`job` is the way in; only the command line uses it.
"""
