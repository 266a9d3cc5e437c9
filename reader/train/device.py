"""What a training computes on: a GPU if there is one, otherwise all cores of the CPU."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import torch

from reader.processors import cores


@dataclass(frozen=True, slots=True)
class Device:
    """A processor that PyTorch knows, and how to use it."""

    type: Literal["cpu", "cuda"]
    bfloat16: bool
    """Whether to multiply in bfloat16; without instructions for it float32 is faster."""
    threads: int
    """How many threads share out the pairs of a batch."""

    def start(self) -> ThreadPoolExecutor:
        """Set PyTorch up for the device and start its threads.

        On a CPU, threads that share out a batch are faster than threads within each product: two
        cores train twice as fast as one, and other programs that keep a core busy slow them less.
        There the fused attention of PyTorch 2.13 is slower in bfloat16 than separate products.
        """
        if self.type == "cpu":
            torch.set_num_threads(1)
            torch.backends.cuda.enable_flash_sdp(False)
        return ThreadPoolExecutor(self.threads, initializer=torch.set_num_threads, initargs=(1,))


def best_device() -> Device:
    """Return the fastest device of this machine."""
    if torch.cuda.is_available():
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return Device("cuda", bfloat16=native, threads=1)
    return Device("cpu", bfloat16=torch.cpu._is_avx512_bf16_supported(), threads=cores())
