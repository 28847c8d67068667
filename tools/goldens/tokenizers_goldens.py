"""Tokenizers of every kind, trained on a few sentences, and what transformers makes of 3,000 hard strings with each.

Versions of the committed outputs: Python 3.11, transformers 5.24.0, tokenizers 0.23.3, sentencepiece 0.2.3.
Each tokenizer is a folder as the hub has it, read by `AutoTokenizer.from_pretrained` beside a config.json with its `model_type`.
A lone surrogate in a string stands for U+FFFD, which is what UTF-8 has for it; Python's tokenizers take no other.
"""

import hashlib
import io
import json
import random
import shutil
import tempfile
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer, PreTrainedTokenizerFast

FIXTURES = Path(__file__).resolve().parents[2] / "packages/encoders/src/testing/fixtures/tokenizers"
STRINGS = 3000
#: How many of them are there with all their ids; the others with a hash.
READABLE = 60
PAIRS = 300
TEXT = """A warm and funny film, with actors who are really good at what they do. The plot isn't new, but it's told well.
Two hours of nothing: dull, long, unlikeable and badly acted. I wouldn't see it again, and you shouldn't either!
This is the best movie I've seen in years; the director's eye for detail is astonishing. "Why?" she asked - and left.
Contains no wit, only labored gags. That loves its characters and communicates something rather beautiful about human nature.
It remains utterly satisfied to remain the same throughout. On the worst revenge-of-the-nerds cliches the filmmakers could dredge up.
He said 12,345.67 dollars (or 20% more) on 2024-05-17 at http://example.com/a?b=c&d=e #movies @home A/B 3+4=7 <br /> [sic] {x}
Der Film erzählt die Geschichte eines Mannes, der plötzlich alles verliert. Große Gefühle, schöne Bilder, übertriebene Länge.
Le film raconte l'histoire d'une fille très naïve qui cherche sa mère à Paris. C'était déjà l'été, où ça? Œuvre, cœur, garçon.
El niño comió piñas mañana. São Paulo não é só coração. İstanbul'da ığdır şöyle çok güzel. Zażółć gęślą jaźń. Příliš žluťoučký kůň.
Η ταινία αυτή είναι πολύ όμορφη και ο σκηνοθέτης της έχει ταλέντο. ΟΔΥΣΣΕΥΣ ΚΑΙ ΑΧΙΛΛΕΥΣ. Ο Σίσυφος σείς.
Этот фильм очень хороший, и актёры играют прекрасно. Сюжет довольно скучный, но всё же ёлка и чай.
הסרט הזה טוב מאוד והשחקנים משחקים היטב. שָׁלוֹם עולם. هذا الفيلم جميل جدا والممثلون رائعون. السَّلَامُ عَلَيْكُمْ
यह फिल्म बहुत अच्छी है और कहानी भी सुंदर है। ภาพยนตร์เรื่องนี้ดีมากและสนุก 이 영화는 정말 재미있고 배우들의 연기가 훌륭하다.
这部电影非常好看,演员的表演也很出色。北京和上海的观众都很喜欢。この映画はとても面白いです。カタカナとひらがな。ｶﾀｶﾅ ＦＵＬＬ ｗｉｄｔｈ
"""
WORDS = sorted(set(TEXT.split()))
HARD = {
    "accents": ["café", "cafe\u0301", "NAÏVE", "nai\u0308ve", "Ångström", "A\u030angstro\u0308m", "ﬁnal", "ǅungla", "İI\u0307ıi", "ﬆ",
                "a\u0316\u0301\u0327b", "q\u0307\u0323", "ệ", "e\u0323\u0302", "ẞß", "\u0344", "\u212b", "½", "№", "™", "ℌ"],
    "emoji": ["👍", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "🇩🇪", "🇩🇪🇫🇷", "1️⃣", "☕", "🫠", "👩🏾‍🚒", "🧑‍💻", ":-)", "¯\\_(ツ)_/¯"],
    "cjk": ["电影", "北京", "𠀀𠀁", "𪜀", "𫝀", "𫠠", "𬺰", "映画です", "カタカナ", "ｶﾞｷﾞ", "영화", "\u1112\u1161\u11ab", "豈", "\u2f800", "㍿", "㌀", "〇", "ー", "。", "、", "「x」", "\u3000"],
    "rtl": ["שָׁלוֹם", "עולם", "\u202babc\u202c", "السَّلَامُ", "الفيلم", "\u200f", "\ufdfa", "ﷺ", "١٢٣", "پښتو"],
    "control": ["\0", "\x01", "\x07", "\x1b[0m", "\x7f", "\x85", "\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1f", "\ue000", "\ufffd", "\ufffe", "\U000e0041", "\U0010fffd"],
    "zero width": ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\ufe0f", "\u180e", "\u061c", "zero\u200bwidth", "so\u00adft"],
    "spaces": [" ", "  ", "   ", "\u00a0", "\u2003", "\u2009", "\u202f", "\u205f", "\u1680", "\u2028", "\u2029", "        "],
    "long": ["a" * 100, "a" * 101, "wörd" * 30, "film" * 200, "x" * 70, "👍" * 60, "北" * 50, "!" * 120, "ab1" * 40, "Σ" * 20],
    "greek": ["ΟΔΥΣΣΕΥΣ", "ΑΣ", "Σ", "ΣΑΣ.", "ας", "σς", "ΣΊΣΥΦΟΣ", "ᾼ", "ΐ", "ΑΣΑ"],
    "surrogates": ["\ud800", "\udc00", "\udfff", "a\ud83d", "\udc4da", "\ud83d \udc4d"],
    "added": ["COVID-19", "covid-19", "xCOVID-19x", "[USER]", "[user]", "<URL>", "<url>", "北京", "[MASK]", "[mask]", "<mask>", "<s>", "</s>",
              "<pad>", "<unk>", "[UNK]", "[SEP]", "[CLS]", "[PAD]", " [MASK] ", "  <mask>  ", "Straße", "STRASSE", "lol", "lollipop", "lol.", "[unused1]",
              "<left>", "  <left>", "<right>", "<right>  ", "[USER][USER]", "<URL>,<URL>", "Ünï", "ünï", "UNI", "▁", "▁film", "Ġ", "##ing"],
    "numbers": ["12345", "3.14", "1,000", "2024-05-17", "Ⅷ", "²", "①", "१२३", "0x1F", "1e-5"],
    "symbols": ["$5", "€", "a+b", "c++", "#tag", "@me", "…", "—", "''", "``", "“x”", "can't", "CAN'T", "we'll", "I'VE", "x's", "'s", "~", "^", "|", "\\", "×", "₿", "⸺", "§"],
}


def make_strings() -> list[str]:
    """Every hard piece alone, then mixtures of pieces and plain words."""
    draw = random.Random(13)
    pieces = [piece for group in HARD.values() for piece in group]
    strings = ["", *pieces, *TEXT.strip().split("\n")]
    while len(strings) < STRINGS:
        kind = draw.choice(list(HARD))
        parts = []
        for _ in range(draw.randint(1, 8)):
            roll = draw.random()
            if roll < 0.45:
                word = draw.choice(WORDS)
                parts.append(draw.choice([word, word.upper(), word.lower(), word.capitalize(), word[: draw.randint(1, len(word))]]))
            elif roll < 0.8:
                parts.append(draw.choice(HARD[kind]))
            elif roll < 0.97:
                parts.append(draw.choice(pieces))
            else:
                parts.append(chr(draw.choice([draw.randint(0, 0x2FFF), draw.randint(0, 0xD7FF), draw.randint(0x10000, 0x2FFFF)])))
        glue = draw.choice([" ", " ", " ", "", "  "])
        text = glue.join(parts)
        text = draw.choice(["", "", "", " ", "\n", "\u00a0"]) + text + draw.choice(["", "", "", " ", "  \t", "\u3000"])
        if len(text) < 400:
            strings.append(text)
    return strings


def surrogates_replaced(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def wordpiece_vocabulary(lowercase: bool) -> list[str]:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    specials = ["[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator([TEXT], trainers.WordPieceTrainer(vocab_size=900, special_tokens=specials, show_progress=False))
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.get)


def byte_bpe(vocab_size: int, specials: list[str]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, special_tokens=specials, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator([TEXT], trainer)
    return tokenizer


def sentencepiece_model(**options) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXT.strip().split("\n")), model_writer=model, vocab_size=440, hard_vocab_limit=False, model_type="unigram",
        character_coverage=0.98, minloglevel=2, num_threads=1, **options,
    )
    return model.getvalue()


def write(folder: Path, files: dict) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=None)
            (folder / name).write_text(text, encoding="utf-8")


def compact(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.write_text(json.dumps(json.loads(path.read_text()), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def load(folder: Path, model_type: str):
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "model"
        shutil.copytree(folder, copy)
        (copy / "config.json").write_text(json.dumps({"model_type": model_type}))
        return AutoTokenizer.from_pretrained(str(copy))


def save(tokenizer, folder: Path) -> None:
    tokenizer.save_pretrained(str(folder))
    for extra in ("special_tokens_map.json", "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt"):
        (folder / extra).unlink(missing_ok=True)
    compact(folder)


ADDED = [
    AddedToken("COVID-19"), AddedToken("[USER]"), AddedToken("<URL>"), AddedToken("北京"), AddedToken("Straße"), AddedToken("Ünï"),
    AddedToken("lol", single_word=True), AddedToken("<left>", lstrip=True), AddedToken("<right>", rstrip=True, normalized=False),
]


def make_folders() -> dict[str, str]:
    """Writes all folders; their model types by name."""
    uncased = "\n".join(wordpiece_vocabulary(True)) + "\n"
    cased = "\n".join(wordpiece_vocabulary(False)) + "\n"
    kinds = {}

    def folder(name: str, model_type: str) -> Path:
        kinds[name] = model_type
        return FIXTURES / name

    write(folder("bert-vocab", "bert"), {"vocab.txt": uncased, "tokenizer_config.json": {"do_lower_case": True, "model_max_length": 512}})
    write(folder("bert-cased-vocab", "bert"), {
        "vocab.txt": cased,
        "tokenizer_config.json": {"do_lower_case": False, "strip_accents": True, "tokenize_chinese_chars": False, "tokenizer_class": "BertTokenizer"},
        "added_tokens.json": {"[USER]": 900, "COVID-19": 901},
        "special_tokens_map.json": {"mask_token": {"content": "[MASK]", "lstrip": True, "normalized": False, "rstrip": False, "single_word": False}, "unk_token": "[UNK]"},
    })
    tokenizer = load(FIXTURES / "bert-vocab", "bert")
    tokenizer.add_tokens(ADDED)
    save(tokenizer, folder("bert-added", "bert"))
    # The two files disagree: tokenizer.json lower-cases.
    write(folder("bert-disagreeing", "bert"), {
        "tokenizer.json": (FIXTURES / "bert-added/tokenizer.json").read_text(),
        "tokenizer_config.json": {"do_lower_case": False, "tokenizer_class": "BertTokenizer"},
    })
    write(folder("distilbert", "distilbert"), {"vocab.txt": uncased, "tokenizer_config.json": {"tokenizer_class": "DistilBertTokenizer"}})
    write(folder("electra", "electra"), {"vocab.txt": uncased, "tokenizer_config.json": {"do_lower_case": True, "strip_accents": False}})
    mpnet = ["<s>", "<pad>", "</s>", "<mask>", *(word for word in uncased.strip("\n").split("\n") if word not in ("[PAD]", "[MASK]", "[CLS]", "[SEP]"))]
    write(folder("mpnet", "mpnet"), {"vocab.txt": "\n".join(mpnet) + "\n", "tokenizer_config.json": {"do_lower_case": True}})

    bpe = json.loads(byte_bpe(700, ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]).to_str())["model"]
    merges = "#version: 0.2\n" + "".join(f"{left} {right}\n" for left, right in bpe["merges"])
    write(folder("roberta-merges", "roberta"), {"vocab.json": bpe["vocab"], "merges.txt": merges})
    write(folder("roberta-prefix", "roberta"), {
        "vocab.json": bpe["vocab"], "merges.txt": merges,
        "tokenizer_config.json": {
            "add_prefix_space": True, "tokenizer_class": "RobertaTokenizer",
            "mask_token": {"__type": "AddedToken", "content": "<mask>", "lstrip": True, "normalized": True, "rstrip": False, "single_word": False},
        },
    })
    tokenizer = load(FIXTURES / "roberta-merges", "roberta")
    tokenizer.add_tokens(ADDED)
    save(tokenizer, folder("roberta-added", "roberta"))

    backend = byte_bpe(700, ["<|padding|>", "<|endoftext|>"])
    backend.normalizer = normalizers.NFC()
    backend.decoder = decoders.ByteLevel()
    backend.add_tokens([AddedToken(" " * n) for n in (8, 4, 2)])
    specials = [AddedToken("[UNK]", special=True), AddedToken("[CLS]", special=True), AddedToken("[SEP]", special=True),
                AddedToken("[PAD]", special=True), AddedToken("[MASK]", special=True, lstrip=True)]
    backend.add_special_tokens(specials)
    ids = {name: backend.token_to_id(name) for name in ("[CLS]", "[SEP]")}
    backend.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0", pair="[CLS]:0 $A:0 [SEP]:0 $B:0 [SEP]:0", special_tokens=list(ids.items())
    )
    save(PreTrainedTokenizerFast(
        tokenizer_object=backend, unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", mask_token=specials[4],
        model_input_names=["input_ids", "attention_mask"],
    ), folder("modernbert", "modernbert"))

    nmt = sentencepiece_model(normalization_rule_name="nmt_nfkc", unk_id=0, bos_id=1, eos_id=2, user_defined_symbols=["<sep>"])
    write(folder("xlm-roberta-spm", "xlm-roberta"), {"sentencepiece.bpe.model": nmt})
    deberta = sentencepiece_model(
        normalization_rule_name="identity", pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]", unk_piece="[UNK]",
    )
    write(folder("deberta-spm", "deberta-v2"), {"spm.model": deberta, "tokenizer_config.json": {"do_lower_case": False, "vocab_type": "spm"}})
    write(folder("deberta-lower", "deberta-v2"), {"spm.model": deberta, "tokenizer_config.json": {"do_lower_case": True, "split_by_punct": True}})
    tokenizer = load(FIXTURES / "deberta-spm", "deberta-v2")
    tokenizer.add_tokens(ADDED)
    save(tokenizer, folder("deberta-added", "deberta-v2"))

    # Tokenizers that only a tokenizer.json describes.
    words = {word: i for i, word in enumerate(["[PAD]", "[UNK]", *sorted({w.lower() for w in WORDS} | set(".,!?'\"-"))])}
    backend = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    backend.normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.Strip()])
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.add_tokens([AddedToken("COVID-19"), AddedToken("[USER]"), AddedToken("lol", single_word=True)])
    save(PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="[UNK]", pad_token="[PAD]"), folder("word-level", "bert"))

    pieces = json.loads(Tokenizer.from_str((FIXTURES / "deberta-added/tokenizer.json").read_text()).to_str())["model"]["vocab"]
    backend = Tokenizer(models.Unigram([tuple(piece) for piece in pieces], unk_id=3))
    backend.normalizer = normalizers.Sequence([
        normalizers.Strip(), normalizers.Precompiled(charsmap_of(nmt)), normalizers.Replace(Regex(" {2,}"), " "), normalizers.Replace("``", '"'),
    ])
    backend.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.Punctuation("contiguous"), pre_tokenizers.Metaspace(prepend_scheme="first", split=False),
    ])
    backend.decoder = decoders.Metaspace(prepend_scheme="first")
    backend.add_tokens([AddedToken("<URL>"), AddedToken("[USER]", normalized=False)])
    backend.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    save(PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]"),
         folder("unigram-mixed", "bert"))

    backend = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    backend.normalizer = normalizers.Prepend("_")
    backend.pre_tokenizer = pre_tokenizers.Split(Regex(r"(?i:'s|'t|'re)|\p{L}+|\p{N}{1,3}|\s+(?!\S)|\s+"), "merged_with_previous")
    backend.train_from_iterator([TEXT], trainers.BpeTrainer(vocab_size=400, special_tokens=["<unk>", "<pad>", "</s>"], limit_alphabet=80, show_progress=False))
    backend.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=True), processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B:1 </s>:1", special_tokens=[("</s>", 2)]),
    ])
    save(PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>", pad_token="<pad>"), folder("bpe-characters", "bert"))
    return kinds


def charsmap_of(model: bytes) -> bytes:
    from sentencepiece import sentencepiece_model_pb2

    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model)
    return proto.normalizer_spec.precompiled_charsmap


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def encoded(tokenizer, text: str) -> tuple[str, str, str]:
    """Ids and places of one text without truncation, and the ids as a text again."""
    encoding = tokenizer(text, return_offsets_mapping=True)
    ids = ",".join(map(str, encoding["input_ids"]))
    places = ",".join(f"{start}-{end}" for start, end in encoding["offset_mapping"])
    return ids, places, tokenizer.decode(encoding["input_ids"])


def pairs(tokenizer, strings: list[str]) -> str:
    """A hash for each pair, truncated to some length."""
    hashes = []
    for i in range(PAIRS):
        first, second, length = strings[i * 7 % STRINGS], strings[(i * 11 + 3) % STRINGS], 8 + i % 40
        encoding = tokenizer(first, second, truncation="longest_first", max_length=length)
        types = encoding.get("token_type_ids", [0] * len(encoding["input_ids"]))
        hashes.append(short_hash(",".join(map(str, encoding["input_ids"])) + "|" + ",".join(map(str, types))))
    return "".join(hashes)


def main() -> None:
    for path in FIXTURES.glob("*/"):
        shutil.rmtree(path)
    strings = make_strings()
    text = json.dumps(strings, ensure_ascii=False, indent=0)
    escaped = "".join(f"\\u{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 or ord(c) == 0xFEFF else c for c in text)
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / "strings.json").write_text(escaped + "\n", encoding="utf-8")
    strings = [surrogates_replaced(text) for text in strings]

    goldens = {}
    for name, model_type in make_folders().items():
        tokenizer = load(FIXTURES / name, model_type)
        answers = [encoded(tokenizer, text) for text in strings]
        goldens[name] = {
            "modelType": model_type,
            "size": len(tokenizer),
            "maskId": tokenizer.mask_token_id,
            "readable": [[int(i) for i in ids.split(",") if i] for ids, _, _ in answers[-READABLE:]],
            "ids": "".join(short_hash(ids) for ids, _, _ in answers),
            "places": "".join(short_hash(places) for _, places, _ in answers),
            "texts": "".join(short_hash(decoded) for _, _, decoded in answers),
            "pairs": pairs(tokenizer, strings),
        }
        print(name, type(tokenizer).__name__, len(tokenizer))
    (FIXTURES / "goldens.json").write_text(json.dumps(goldens, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
