"""The victim in PyTorch: BERT, the mean over the real tokens, a linear classifier; our checkpoint layout, as it is on disk."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from textattack.models.wrappers import HuggingFaceModelWrapper, ModelWrapper
from transformers import BertConfig, BertModel, BertPreTrainedModel, PreTrainedTokenizerFast
from transformers.modeling_outputs import SequenceClassifierOutput


class MeanPooledBert(BertPreTrainedModel):
    def __init__(self, config):
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.classifier = torch.nn.Linear(config.hidden_size, config.num_labels)
        self.post_init()

    def forward(self, input_ids, attention_mask, token_type_ids=None):
        hidden = self.bert(input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weights).sum(1) / weights.sum(1)
        return SequenceClassifierOutput(logits=self.classifier(pooled))


def load_victim(folder):
    """Model and tokenizer. Raises KeyError or a shape error where the checkpoint is another one."""
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text())
    if config["classifier_pooling"] != "mean":
        raise ValueError(f"{folder}: this script pools by the mean, not by {config['classifier_pooling']}")
    model = MeanPooledBert(BertConfig(**config))
    missing, unexpected = model.load_state_dict(load_file(folder / "model.safetensors"), strict=False)
    if unexpected or [name for name in missing if "position_ids" not in name]:
        raise KeyError(f"missing {missing}, unexpected {unexpected}")
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "sep", "pad", "cls", "mask")}
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        model_max_length=512,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        **special,
    )
    return model.eval(), tokenizer


class ShortWrapper(ModelWrapper):
    """The same logits as TextAttack's own wrapper, padded to the longest text of a batch instead of 512 tokens."""

    def __init__(self, model, tokenizer, max_length=128):
        self.model, self.tokenizer, self.max_length = model, tokenizer, max_length

    def __call__(self, texts):
        inputs = self.tokenizer(
            list(texts), padding="longest", truncation=True, max_length=self.max_length, return_tensors="pt"
        )
        with torch.no_grad():
            return self.model(**inputs).logits


def default_wrapper(model, tokenizer):
    """TextAttack's own: every text padded to `model_max_length`, 512 tokens."""
    return HuggingFaceModelWrapper(model, tokenizer)
