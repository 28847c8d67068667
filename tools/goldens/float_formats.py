"""One row of numbers in every float format that checkpoints use, each beside what PyTorch reads back as float32.

Versions of the committed output: Python 3.11.2, torch 1.13.0a0 (Debian 12), safetensors 0.8.0.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

FIXTURES = Path(__file__).resolve().parents[2] / "packages/encoders/src/testing/fixtures"
VALUES = [0.0, -0.0, 1.0, -2.5, 1 / 3, 65504.0, -6.0e-8, 5.9e-5, 6.2e-5, float("inf"), float("-inf"), 1e-3]

row = torch.tensor(VALUES, dtype=torch.float32).reshape(3, 4)
formats = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
tensors = {"position_ids": torch.arange(5)}
for name, dtype in formats.items():
    tensors[name] = row.to(dtype).clone()
    tensors[f"{name}.expected"] = row.to(dtype).to(torch.float32).clone()
save_file(tensors, FIXTURES / "float-formats.safetensors", metadata={"format": "pt"})
