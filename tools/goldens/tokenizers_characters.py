"""What each component of a tokenizer makes of every character of Unicode: a hash for each component.

Versions of the committed output: Python 3.11, tokenizers 0.23.3.
Planes without characters are left out. Characters stand between letters, 4096 of them in a text, so that what they do to their neighbours counts too.
"""

import hashlib
import json
from pathlib import Path

from tokenizers import Regex, normalizers, pre_tokenizers

FIXTURES = Path(__file__).resolve().parents[2] / "packages/encoders/src/testing/fixtures/tokenizers"
BLOCK = 4096
BERT = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
NORMALIZERS = {
    "BertNormalizer clean_text": normalizers.BertNormalizer(**{**BERT, "clean_text": True}),
    "BertNormalizer handle_chinese_chars": normalizers.BertNormalizer(**{**BERT, "handle_chinese_chars": True}),
    "BertNormalizer strip_accents": normalizers.BertNormalizer(**{**BERT, "strip_accents": True}),
    "BertNormalizer lowercase": normalizers.BertNormalizer(**{**BERT, "lowercase": True}),
    "BertNormalizer": normalizers.BertNormalizer(),
    "Lowercase": normalizers.Lowercase(),
    "NFC": normalizers.NFC(),
    "NFD": normalizers.NFD(),
    "NFKC": normalizers.NFKC(),
    "NFKD": normalizers.NFKD(),
    "StripAccents": normalizers.StripAccents(),
    "Replace": normalizers.Replace(Regex(r"\s{2,}|[\n\r\t]"), " "),
}
PRE_TOKENIZERS = {
    "BertPreTokenizer": pre_tokenizers.BertPreTokenizer(),
    "Whitespace": pre_tokenizers.Whitespace(),
    "WhitespaceSplit": pre_tokenizers.WhitespaceSplit(),
    "Punctuation": pre_tokenizers.Punctuation(),
    "ByteLevel": pre_tokenizers.ByteLevel(add_prefix_space=False),
}


def blocks():
    for start in [*range(0, 0x40000, BLOCK), 0xE0000, 0xF0000, 0x100000]:
        characters = (chr(point) for point in range(start, start + BLOCK) if not 0xD800 <= point < 0xE000)
        text = "".join(f"a{character}b1 " for character in characters)
        if text:
            yield text


def hash_of(answers) -> str:
    digest = hashlib.sha256()
    for answer in answers:
        digest.update(answer.encode())
        digest.update(b"\n")
    return digest.hexdigest()[:16]


def main() -> None:
    hashes = {name: hash_of(map(part.normalize_str, blocks())) for name, part in NORMALIZERS.items()}
    for name, part in PRE_TOKENIZERS.items():
        hashes[name] = hash_of("\0".join(word for word, _ in part.pre_tokenize_str(text)) for text in blocks())
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / "every-character.json").write_text(json.dumps(hashes, indent=2) + "\n")


if __name__ == "__main__":
    main()
