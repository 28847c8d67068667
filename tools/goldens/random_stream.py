"""RandomStream of @rose/foundation in Python: xoshiro128** seeded by SHA-256 of a list of labels, bit for bit the same."""

import hashlib
import json
import struct

MASK = 0xFFFFFFFF


def rotate_left(x, k):
    return ((x << k) | (x >> (32 - k))) & MASK


def draw(s):
    """The next number of a xoshiro128** generator, whose state `s`, four words, moves on."""
    result = (rotate_left((s[1] * 5) & MASK, 7) * 9) & MASK
    t = (s[1] << 9) & MASK
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate_left(s[3], 11)
    return result


def as_json(items):
    return json.dumps(items, separators=(",", ":"), ensure_ascii=False).encode()


class RandomStream:
    def __init__(self, *labels):
        self.state = list(struct.unpack("<4I", hashlib.sha256(as_json(labels)).digest()[:16]))

    def uint32(self):
        return draw(self.state)

    def bernoulli(self, length, keep):
        """Ones with probability `keep`: two elements from each number of four generators in turn, the low half first.

        The generators' state is SHA-512 of four numbers of this stream: s0 of all four, then s1, s2 and s3.
        """
        last = int(keep * 65_536 + 0.5) - 32_769
        words = struct.unpack("<16I", hashlib.sha512(as_json([self.uint32() for _ in range(4)])).digest())
        lanes = [list(words[lane::4]) for lane in range(4)]
        mask = []
        while len(mask) < length:
            for lane in lanes:
                # Two signed halves.
                mask += [int(half <= last) for half in struct.unpack("<2h", struct.pack("<I", draw(lane)))]
        return mask[:length]
