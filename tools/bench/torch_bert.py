"""BERT for classification in plain PyTorch modules: what packages/encoders computes, eagerly."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

DROPOUT = 0.1
CLASSES = 2


def explicit_attention(query, key, value, bias, dropout):
    scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]) + bias
    return F.dropout(scores.softmax(-1), dropout) @ value


def fused_attention(query, key, value, bias, dropout):
    return F.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=dropout)


ATTENTIONS = {"explicit": explicit_attention}
if hasattr(F, "scaled_dot_product_attention"):  # not before PyTorch 2.0
    ATTENTIONS["sdpa"] = fused_attention


class Layer(nn.Module):
    def __init__(self, width, heads, inner, attention):
        super().__init__()
        self.heads, self.attention = heads, ATTENTIONS[attention]
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.attention_norm, self.output_norm = (nn.LayerNorm(width, 1e-12) for _ in range(2))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x, bias):
        rows, length, width = x.shape

        def split(y):
            return y.view(rows, length, self.heads, width // self.heads).transpose(1, 2)

        dropout = DROPOUT if self.training else 0.0
        context = self.attention(split(self.query(x)), split(self.key(x)), split(self.value(x)), bias, dropout)
        context = context.transpose(1, 2).reshape(rows, length, width)
        x = self.attention_norm(x + self.dropout(self.output(context)))
        return self.output_norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class BertClassifier(nn.Module):
    """`shape` has the keys of Hugging Face's config.json."""

    def __init__(self, shape, attention):
        super().__init__()
        width = shape["hidden_size"]
        self.words = nn.Embedding(shape["vocab_size"], width)
        self.positions = nn.Embedding(shape["max_position_embeddings"], width)
        self.types = nn.Embedding(shape["type_vocab_size"], width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(
            Layer(width, shape["num_attention_heads"], shape["intermediate_size"], attention)
            for _ in range(shape["num_hidden_layers"])
        )
        self.pooler, self.head = nn.Linear(width, width), nn.Linear(width, CLASSES)
        self.dropout = nn.Dropout(DROPOUT)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, ids, types, mask):
        bias = ((1 - mask) * -1e9)[:, None, None, :]
        embedded = self.words(ids) + self.types(types) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(embedded))
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(self.dropout(torch.tanh(self.pooler(x[:, 0]))))
