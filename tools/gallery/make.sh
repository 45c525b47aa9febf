#!/usr/bin/env bash
# Runs every sweep of sweeps/gallery and writes docs/gallery.md with their figures: tools/gallery/make.sh [results folder]
set -euo pipefail
cd "$(dirname "$0")/../.."
results=${1:-results/gallery}
page=docs/gallery.md
images=docs/images/gallery
program=$(mktemp -d)
trap 'rm -rf "$program"' EXIT
dotnet build -c Release src/Sweeper -v q -o "$program" > /dev/null
sweeper() { dotnet "$program/sweeper.dll" "$@"; }

rm -rf "$images"
mkdir -p "$images"
cat > "$page" <<'EOF'
# Gallery

Every picture is a figure of a small sweep under `sweeps/gallery`, as the program draws it; `tools/gallery/make.sh` trains
them all in a minute or two and writes this page. Beside each picture in a results folder are the SVG and the CSV of what is
drawn. The figures that a sweep asks for stand under `figures`; others can be had of the same results at any time:

```
sweeper plot results/linear-modes --figure '{ metric: relative_loss, x: depth, split: validation, log_y: true }' --out talk
```
EOF

for file in sweeps/gallery/*.yaml; do
  sweep=$(sed -n 's/^sweep: *//p' "$file")
  sweeper run "$file" --results "$results" > /dev/null
  {
    printf '\n## %s\n\n%s\n' "$sweep" "$(sed -n '1s/^# *//p' "$file")"
    printf '\n```yaml fragment\n%s\n```\n' "$(sed -n '/^figures:/,$p' "$file")"
  } >> "$page"
  for picture in "$results/$sweep"/figures/*.png; do
    name="$sweep-$(basename "$picture")"
    cp "$picture" "$images/$name"
    printf '\n![%s](images/gallery/%s)\n' "$(basename "$picture" .png | tr '_' ' ')" "$name" >> "$page"
  done
done
