"""The cases of families.py: one tiny model each."""

TINY = dict(vocab_size=40, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=17,
            max_position_embeddings=24)
#: One layer and few words, for what lies in one place only.
SMALLEST = dict(vocab_size=24, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=9,
                max_position_embeddings=16)
ACTIVATIONS = ["gelu", "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "quick_gelu", "relu", "silu", "swish", "tanh"]
#: Rows of a batch by their numbers of tokens: none the multiple of anything, and one that is nearly empty.
LENGTHS = [13, 7, 11, 2]

CASES = {}


def classification(name, type, *, classes=3, problem="classification", base=TINY, lengths=LENGTHS, rewrite=None, **config):
    """`rewrite` makes another config.json of the one that was saved."""
    CASES[name] = {"type": type, "problem": problem, "config": {**base, **config}, "classes": classes, "lengths": lengths,
                   "rewrite": rewrite}


def training(name, type, *, base=SMALLEST, lengths=LENGTHS, **config):
    """The model that is trained; two layers, so that there are saliencies to choose between."""
    classification(name, type, base={**base, "num_hidden_layers": 2, **config}, lengths=lengths)
    CASES[name]["training"] = True


def masked_lm(name, type, *, base=SMALLEST, lengths=LENGTHS, **config):
    CASES[name] = {"type": type, "problem": "masked-lm", "config": {**base, **config}, "lengths": lengths, "rewrite": None}


# BERT. Odd sizes: heads of five, a feed-forward network of 31, an epsilon that shows.
classification("bert", "bert", hidden_size=15, intermediate_size=31, layer_norm_eps=1e-3)
classification("bert-one-type", "bert", type_vocab_size=1, classes=2)
classification("bert-five-classes", "bert", hidden_size=30, num_attention_heads=3, num_hidden_layers=1, intermediate_size=7,
               classes=5)
classification("bert-regression", "bert", classes=1, problem="regression", num_hidden_layers=1)
for activation in ACTIVATIONS:
    classification(f"bert-{activation.replace('_', '-')}", "bert", base=SMALLEST, hidden_act=activation)

# RoBERTa and XLM-R: positions begin behind the padding's.
classification("roberta", "roberta", type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-3)
classification("roberta-odd-positions", "roberta", base=SMALLEST, type_vocab_size=1, pad_token_id=1, classes=2,
               max_position_embeddings=15)
classification("roberta-gelu-new", "roberta", base=SMALLEST, type_vocab_size=1, pad_token_id=1, hidden_act="gelu_new")
classification("roberta-two-types", "roberta", base=SMALLEST, type_vocab_size=2, pad_token_id=1)
classification("roberta-other-padding", "roberta", base=SMALLEST, type_vocab_size=1, pad_token_id=3,
               max_position_embeddings=19)
classification("roberta-regression", "roberta", base=SMALLEST, type_vocab_size=1, pad_token_id=1, classes=1,
               problem="regression")
classification("xlm-roberta", "xlm-roberta", type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-3, hidden_act="tanh",
               classes=5)

# DistilBERT has names of its own in config.json.
DISTIL = dict(vocab_size=40, dim=12, n_layers=2, n_heads=3, hidden_dim=17, max_position_embeddings=24)
SMALL_DISTIL = dict(vocab_size=24, dim=8, n_layers=1, n_heads=2, hidden_dim=9, max_position_embeddings=16)
classification("distilbert", "distilbert", base=DISTIL, activation="gelu")
classification("distilbert-relu", "distilbert", base=SMALL_DISTIL, activation="relu", classes=2)
classification("distilbert-sinusoidal", "distilbert", base=SMALL_DISTIL, sinusoidal_pos_embds=True, seq_classif_dropout=0.3)
classification("distilbert-gelu-new", "distilbert", base=SMALL_DISTIL, activation="gelu_new")
classification("distilbert-regression", "distilbert", base=SMALL_DISTIL, classes=1, problem="regression")

# ELECTRA's small models have narrow embeddings.
classification("electra", "electra", embedding_size=7, layer_norm_eps=1e-3)
classification("electra-equal-width", "electra", embedding_size=12, classes=2)
classification("electra-relu", "electra", base=SMALLEST, embedding_size=5, hidden_act="relu")
classification("electra-regression", "electra", base=SMALLEST, embedding_size=8, classes=1, problem="regression")

# MPNet. Relative positions meet the logarithmic buckets beyond 8 tokens, and the last one beyond 91.
classification("mpnet", "mpnet", pad_token_id=1, lengths=[21, 7, 18, 2], layer_norm_eps=1e-3)
classification("mpnet-long", "mpnet", base=SMALLEST, pad_token_id=1, lengths=[150, 93], max_position_embeddings=154, classes=2)
classification("mpnet-relu", "mpnet", base=SMALLEST, pad_token_id=1, hidden_act="relu")
classification("mpnet-regression", "mpnet", base=SMALLEST, pad_token_id=1, classes=1, problem="regression")

# DeBERTa. As v3 has it, with few buckets and with many, then what v2 has and what the configuration allows.
V3 = dict(TINY, relative_attention=True, position_buckets=8, norm_rel_ebd="layer_norm", share_att_key=True,
          pos_att_type=["p2c", "c2p"], position_biased_input=False, type_vocab_size=0, max_relative_positions=-1,
          layer_norm_eps=1e-7)
SMALL_V3 = dict(V3, **SMALLEST)
LONGER = [24, 5, 17, 9]


def as_on_the_hub(config):
    return {**config, "pos_att_type": "p2c|c2p"}


classification("deberta-v3", "deberta-v2", base=V3, lengths=LONGER, layer_norm_eps=1e-3)
classification("deberta-v3-hub-config", "deberta-v2", base=SMALL_V3, rewrite=as_on_the_hub)
classification("deberta-v3-256-buckets", "deberta-v2", base=SMALL_V3, position_buckets=256, max_position_embeddings=512,
               classes=2)
classification("deberta-v3-long", "deberta-v2", base=SMALL_V3, max_position_embeddings=70, lengths=[65, 40], classes=2)
classification("deberta-v3-regression", "deberta-v2", base=SMALL_V3, classes=1, problem="regression")
classification("deberta-v3-other-activations", "deberta-v2", base=SMALL_V3, hidden_act="gelu_new", pooler_hidden_act="tanh")
classification("deberta-v2-own-keys", "deberta-v2", base=SMALL_V3, share_att_key=False, lengths=[15, 6])
classification("deberta-v2-c2p", "deberta-v2", base=SMALL_V3, pos_att_type=["c2p"], lengths=[15, 6])
classification("deberta-v2-p2c", "deberta-v2", base=SMALL_V3, pos_att_type=["p2c"], lengths=[15, 6])
classification("deberta-v2-own-keys-c2p", "deberta-v2", base=SMALL_V3, share_att_key=False, pos_att_type=["c2p"], lengths=[15, 6])
classification("deberta-v2-own-keys-p2c", "deberta-v2", base=SMALL_V3, share_att_key=False, pos_att_type=["p2c"], lengths=[15, 6])
classification("deberta-v2-no-buckets", "deberta-v2", base=SMALL_V3, position_buckets=-1, max_relative_positions=8,
               lengths=[15, 6])
classification("deberta-v2-no-norm", "deberta-v2", base=SMALL_V3, norm_rel_ebd="none", lengths=[15, 6])
classification("deberta-v2-absolute", "deberta-v2", base=SMALL_V3, position_biased_input=True, type_vocab_size=2)
classification("deberta-v2-not-relative", "deberta-v2", base=SMALL_V3, relative_attention=False, position_biased_input=True,
               pos_att_type=[], norm_rel_ebd="none", type_vocab_size=2)
classification("deberta-v2-convolution", "deberta-v2", base=SMALL_V3, num_hidden_layers=2, conv_kernel_size=3, conv_act="gelu",
               lengths=[15, 6])
classification("deberta-v2-narrow-embeddings", "deberta-v2", base=SMALL_V3, embedding_size=5, lengths=[15, 6])

# ModernBERT. Every third layer sees all tokens, the others eight around each.
MODERN = dict(vocab_size=40, hidden_size=12, num_hidden_layers=4, num_attention_heads=3, intermediate_size=10,
              max_position_embeddings=64, pad_token_id=4, bos_token_id=2, eos_token_id=3, cls_token_id=2, sep_token_id=3,
              global_attn_every_n_layers=3, local_attention=8)
SMALL_MODERN = dict(MODERN, vocab_size=24, hidden_size=8, num_attention_heads=2, num_hidden_layers=2,
                    global_attn_every_n_layers=2)
def modernbert_of_the_hub(config):
    """The published models' config.json, from before version 5: numbers in place of lists and tables."""
    new = ("layer_types", "rope_parameters", "dtype")
    old = {"global_attn_every_n_layers": 2, "global_rope_theta": 300.0, "local_rope_theta": 20.0, "layer_norm_eps": 1e-5,
           "position_embedding_type": "absolute", "gradient_checkpointing": False, "reference_compile": None,
           "torch_dtype": "float32"}
    return {**{key: value for key, value in config.items() if key not in new}, **old}


classification("modernbert", "modernbert", base=MODERN, norm_eps=1e-3, lengths=[23, 19, 11, 2], classifier_pooling="cls")
classification("modernbert-mean", "modernbert", base=MODERN, lengths=[23, 19, 11, 2], classifier_pooling="mean", classes=2)
classification("modernbert-classifier-bias", "modernbert", base=SMALL_MODERN, classifier_bias=True, classifier_pooling="mean")
classification("modernbert-norm-bias", "modernbert", base=SMALL_MODERN, norm_bias=True, classifier_pooling="cls")
classification("modernbert-all-biases", "modernbert", base=SMALL_MODERN, attention_bias=True, mlp_bias=True, norm_bias=True,
               classifier_bias=True, classifier_pooling="mean")
classification("modernbert-own-rope", "modernbert", base=SMALL_MODERN, lengths=[23, 9], rope_parameters={
    "full_attention": {"rope_theta": 300.0, "rope_type": "default"},
    "sliding_attention": {"rope_theta": 20.0, "rope_type": "default"}})
classification("modernbert-hub-config", "modernbert", base=SMALL_MODERN, num_hidden_layers=4, lengths=[23, 9],
               rewrite=modernbert_of_the_hub)
classification("modernbert-regression", "modernbert", base=SMALL_MODERN, classes=1, problem="regression")
classification("modernbert-odd-window", "modernbert", base=SMALL_MODERN, local_attention=5, lengths=[11, 7])
classification("modernbert-silu", "modernbert", base=SMALL_MODERN, hidden_activation="silu", classifier_activation="relu")

# One of each family for the training steps.
training("bert-training", "bert")
training("roberta-training", "roberta", type_vocab_size=1, pad_token_id=1)
training("xlm-roberta-training", "xlm-roberta", type_vocab_size=1, pad_token_id=1)
training("distilbert-training", "distilbert", base=SMALL_DISTIL, n_layers=2)
training("electra-training", "electra", embedding_size=5)
training("mpnet-training", "mpnet", pad_token_id=1)
training("deberta-v3-training", "deberta-v2", base=SMALL_V3)
training("modernbert-training", "modernbert", base=SMALL_MODERN)

# Masked-language heads, tied to the embeddings and not.
masked_lm("bert-mlm", "bert")
masked_lm("bert-mlm-untied", "bert", tie_word_embeddings=False)
masked_lm("roberta-mlm", "roberta", type_vocab_size=1, pad_token_id=1)
masked_lm("roberta-mlm-untied", "roberta", type_vocab_size=1, pad_token_id=1, tie_word_embeddings=False)
masked_lm("xlm-roberta-mlm", "xlm-roberta", type_vocab_size=1, pad_token_id=1)
masked_lm("distilbert-mlm", "distilbert", base=SMALL_DISTIL)
masked_lm("distilbert-mlm-untied", "distilbert", base=SMALL_DISTIL, tie_word_embeddings=False)
masked_lm("electra-mlm", "electra", embedding_size=5)
masked_lm("mpnet-mlm", "mpnet", pad_token_id=1)
masked_lm("deberta-v3-mlm", "deberta-v2", base=SMALL_V3)
masked_lm("deberta-v3-mlm-not-legacy", "deberta-v2", base=SMALL_V3, legacy=False)
masked_lm("bert-mlm-relu", "bert", hidden_act="relu")
masked_lm("modernbert-mlm", "modernbert", base=SMALL_MODERN, lengths=[13, 5])
masked_lm("modernbert-mlm-untied", "modernbert", base=SMALL_MODERN, lengths=[13, 5], tie_word_embeddings=False)
