"""The forward pass of BERT for classification in float64, written out, with dropout masks and a perturbation passed in.

The masks come in the order in which packages/encoders asks for them. In the last layer that is for the first token alone:
here every token goes through it, and the others are simply not dropped.
"""

import json
import math
import struct

import torch
import torch.nn.functional as F

TYPES = {"F32": torch.float32}


def read_safetensors(path):
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or entry["dtype"] not in TYPES:
            continue
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=TYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().to(torch.float32).contiguous()
        data = values.numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


class Bert:
    def __init__(self, folder, rate):
        self.config = json.loads((folder / "config.json").read_text())
        self.rate = rate
        self.parameters = {
            name: tensor.double().requires_grad_() for name, tensor in read_safetensors(folder / "model.safetensors").items()
        }

    def mask_shapes(self, rows, length):
        """One list of shapes for a forward pass."""
        width, heads = self.config["hidden_size"], self.config["num_attention_heads"]
        shapes = [[rows * length, width]]
        for layer in range(self.config["num_hidden_layers"]):
            last = layer == self.config["num_hidden_layers"] - 1
            asking = 1 if last else length
            shapes += [[rows, heads, asking, length], [rows * asking, width], [rows * asking, width]]
        return shapes + [[rows, width]]

    def drop(self, x, mask):
        """`mask` may cover the first tokens alone."""
        full = torch.full_like(x, 1 - self.rate)
        if x.dim() == 3:
            full[:, : mask.numel() // x[:, 0].numel()] = mask.reshape(x.shape[0], -1, x.shape[2])
        elif x.dim() == 4:
            full[:, :, : mask.shape[2]] = mask
        else:
            full = mask
        return x * full / (1 - self.rate)

    def linear(self, x, name):
        return x @ self.parameters[f"{name}.weight"].T + self.parameters[f"{name}.bias"]

    def norm(self, x, name):
        weight, bias = self.parameters[f"{name}.weight"], self.parameters[f"{name}.bias"]
        return F.layer_norm(x, x.shape[-1:], weight, bias, self.config["layer_norm_eps"])

    def look_up(self, ids):
        return self.parameters["bert.embeddings.word_embeddings.weight"][ids]

    def logits(self, batch, masks, tokens):
        """`tokens`: token embeddings, perturbed or not."""
        masks = iter(masks)
        rows, length = batch["ids"].shape
        heads = self.config["num_attention_heads"]
        types = self.parameters["bert.embeddings.token_type_embeddings.weight"][batch["types"]]
        positions = self.parameters["bert.embeddings.position_embeddings.weight"][:length]
        x = self.drop(self.norm(tokens + types + positions, "bert.embeddings.LayerNorm"), next(masks))
        closed = (batch["mask"] == 0)[:, None, None, :]
        for layer in range(self.config["num_hidden_layers"]):
            at = f"bert.encoder.layer.{layer}"
            split = lambda y: y.reshape(rows, length, heads, -1).transpose(1, 2)
            q, k, v = (split(self.linear(x, f"{at}.attention.self.{name}")) for name in ("query", "key", "value"))
            scores = (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])).masked_fill(closed, -math.inf)
            context = (self.drop(scores.softmax(-1), next(masks)) @ v).transpose(1, 2).reshape(rows, length, -1)
            projected = self.drop(self.linear(context, f"{at}.attention.output.dense"), next(masks))
            x = self.norm(x + projected, f"{at}.attention.output.LayerNorm")
            inner = F.gelu(self.linear(x, f"{at}.intermediate.dense"))
            x = self.norm(x + self.drop(self.linear(inner, f"{at}.output.dense"), next(masks)), f"{at}.output.LayerNorm")
        pooled = torch.tanh(self.linear(x[:, 0], "bert.pooler.dense"))
        return self.linear(self.drop(pooled, next(masks)), "classifier")
