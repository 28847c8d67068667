"""TextAttack's own recipes, with our resources where it would download its own.

What is replaced is data and random numbers. Three decisions can be made as ours are, to see that nothing else differs: see
`LIKE_OURS`.
"""

import functools
import sys
from pathlib import Path

import nltk
import numpy as np
from textattack.attack_recipes import DeepWordBugGao2018, PWWSRen2019, TextFoolerJin2019
from textattack.constraints.grammaticality import PartOfSpeech
from textattack.constraints.pre_transformation import StopwordModification
from textattack.constraints.semantics.sentence_encoders import UniversalSentenceEncoder
from textattack.shared import AbstractWordEmbedding, WordEmbedding, attacked_text
from textattack.shared.utils import strings
from textattack.transformations import WordSwap, WordSwapWordNet
from textattack.transformations.word_swaps.word_swap_embedding import recover_word_case

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from random_stream import RandomStream  # noqa: E402


class NeighbourLists(AbstractWordEmbedding):
    """Neighbour lists, nearest first, in place of the counter-fitted vectors; they know no distances, so all pairs pass."""

    def __init__(self, lists):
        self.lists, self.words = lists, list(lists)
        self.words += sorted({word for near in lists.values() for word in near} - set(lists))
        self.indices = {word: i for i, word in enumerate(self.words)}

    def __getitem__(self, index):
        return None

    def get_cos_sim(self, a, b):
        return 1.0

    def get_mse_dist(self, a, b):
        return 0.0

    def word2index(self, word):
        return self.indices[word]

    def index2word(self, index):
        return self.words[index]

    def nearest_neighbours(self, index, topn):
        return [self.indices[word] for word in self.lists.get(self.words[index], [])[:topn]]


class SharedDraws:
    """Every random number of an example from its stream in our program, drawn in the same order."""

    def __init__(self):
        np.random.randint = lambda low, high: low + self.below(high - low)
        WordSwap._get_random_letter = lambda swap: swap.letters_to_insert[self.below(len(swap.letters_to_insert))]

    def begin(self, *labels):
        self.stream = RandomStream(*labels)

    def below(self, bound):
        limit = 2**32 - 2**32 % bound
        while (drawn := self.stream.uint32()) >= limit:
            pass
        return drawn % bound


def serve(rose, neighbours):
    """Puts our resources where TextAttack reaches for its own."""
    WordEmbedding.counterfitted_GLOVE_embedding = staticmethod(lambda: NeighbourLists(neighbours))

    @functools.lru_cache(maxsize=None)
    def tags(words):
        return rose("tags", words=words)

    nltk.pos_tag = lambda words, tagset, lang: list(zip(words, tags(tuple(words))))

    @functools.lru_cache(maxsize=None)
    def synonyms(word):
        return rose("neighbours", words=[word])[0]

    def replacements(swap, word):
        # TextAttack's three conditions on what WordNet gives.
        one = strings.is_one_word
        return [other for other in synonyms(word) if other != word and "_" not in other and one(other)]

    WordSwapWordNet.__init__ = lambda swap: None
    WordSwapWordNet._get_replacement_words = replacements

    vectors = {}

    def encode(constraint, texts):
        for text in set(texts) - vectors.keys():
            # One at a time: a vector must not depend on what stands beside it.
            vectors[text] = np.array(rose("embed", texts=[text])[0], dtype=np.float32)
        return np.stack([vectors[text] for text in texts])

    UniversalSentenceEncoder.encode = encode


def words_like_ours():
    """A backtick is no word and no part of one. TextAttack has it among the homoglyphs that stand for letters."""
    words_from_text = strings.words_from_text

    def split(text, words_to_ignore=()):
        return words_from_text(text.replace("`", " "), list(words_to_ignore))

    strings.words_from_text = attacked_text.words_from_text = split


def synonyms_like_ours():
    """WordNet's synonyms in the case of the word, each once, and none with a full stop ("Del.", "Ala.")."""
    as_they_are = WordSwapWordNet._get_replacement_words

    def replacements(swap, word):
        cased = [recover_word_case(other, word) for other in as_they_are(swap, word)]
        return [other for other in dict.fromkeys(cased) if other != word and strings.words_from_text(other) == [other]]

    WordSwapWordNet._get_replacement_words = replacements


def tags_like_ours():
    """The part of speech is that of the changed word itself; TextAttack's is that of the first equal word of the window."""

    def tag(constraint, before, word, after):
        words = before + [word] + after
        return nltk.pos_tag(words, tagset=constraint.tagset, lang=constraint.language_nltk)[len(before)][1]

    PartOfSpeech._get_pos = tag


LIKE_OURS = {"words": words_like_ours, "synonyms": synonyms_like_ours, "tags": tags_like_ours}


def build(name, wrapper, stop_words):
    """One of deepwordbug, pwws, textfooler, textfooler-use-lite."""
    if name == "deepwordbug":
        return DeepWordBugGao2018.build(wrapper)
    if name == "pwws":
        return PWWSRen2019.build(wrapper)
    attack = TextFoolerJin2019.build(wrapper)
    for constraint in attack.pre_transformation_constraints:
        if isinstance(constraint, StopwordModification):
            constraint.stopwords = set(stop_words)
    if name == "textfooler":
        attack.constraints = [c for c in attack.constraints if not isinstance(c, UniversalSentenceEncoder)]
    return attack


STATUS = {"SuccessfulAttackResult": "success", "FailedAttackResult": "failed", "SkippedAttackResult": "skipped"}


def status_of(result):
    """What became of an attack, in our words."""
    return STATUS[type(result).__name__]
