"""RandomStream of @rose/foundation in Python: xoshiro128** seeded by SHA-256 of a list of labels, bit for bit the same."""

import hashlib
import json
import struct

MASK = 0xFFFFFFFF


def rotate_left(x, k):
    return ((x << k) | (x >> (32 - k))) & MASK


class RandomStream:
    def __init__(self, *labels):
        digest = hashlib.sha256(json.dumps(labels, separators=(",", ":"), ensure_ascii=False).encode()).digest()
        self.state = list(struct.unpack("<4I", digest[:16]))

    def uint32(self):
        s = self.state
        result = (rotate_left((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate_left(s[3], 11)
        return result

    def bernoulli(self, length, keep):
        """Ones with probability `keep`, two elements from each 32 bits, the low half first."""
        threshold = int(keep * 65_536 + 0.5)
        mask = []
        for _ in range((length + 1) // 2):
            bits = self.uint32()
            mask += [int((bits & 0xFFFF) < threshold), int((bits >> 16) < threshold)]
        return mask[:length]
