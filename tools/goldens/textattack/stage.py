"""What must stand in place before `import textattack`: NLTK's stop words and flair, neither of which can be downloaded here.
`ready` sees to it; modules that import TextAttack (`recipes`, `victim`) are imported after it.

The stop words are ours, under the name that TextAttack asks NLTK for. flair is imported by TextAttack and used by none of
the three recipes: an empty shell does. Everything else that TextAttack would download is replaced in `recipes.py`.
"""

import sys
import tempfile
import types
from pathlib import Path

import nltk
from rose import Rose


def stage(folder, stop_words):
    words = Path(folder) / "corpora" / "stopwords"
    words.mkdir(parents=True, exist_ok=True)
    (words / "english").write_text("\n".join(stop_words) + "\n")
    nltk.data.path.insert(0, str(folder))

    flair, data, models = (types.ModuleType(name) for name in ("flair", "flair.data", "flair.models"))
    flair.data, flair.models = data, models
    data.Tokenizer = data.Sentence = models.SequenceTagger = type("NotUsed", (), {})
    sys.modules.update({"flair": flair, "flair.data": data, "flair.models": models})


def ready(victim):
    """Makes TextAttack ready, on the CPU with two threads. Our process that knows the victim, to be closed; our stop words."""
    rose = Rose("resources.mjs", victim)
    stop_words = rose("stopWords")
    stage(tempfile.mkdtemp(), stop_words)

    import torch
    from textattack.shared import utils

    utils.device = torch.device("cpu")
    torch.set_num_threads(2)
    return rose, stop_words
