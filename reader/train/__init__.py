"""Training of Argos packages from pairs of sentences; an extra, for it needs PyTorch.

job         a training from the files of pairs to the package: what the command line calls
corpus      reads and cleans the pairs, learns subwords, makes batches
network     the transformer and its loss
device      a GPU if there is one, otherwise all cores
optimisers  Muon and AdamW, and the schedule of their learning rates
trainer     steps, validation, checkpoints
package     the trained weights as an Argos package
"""
