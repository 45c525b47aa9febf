#!/usr/bin/env bash
# Puts all that run.sh needs into tools/gpu/bin/sweeper.tar.xz: the program and the tests of training with their .NET, without libtorch. For a
# machine with a GPU that has a PyTorch and nothing else. Figures and queries are left out, for the archive's size.
set -eu
cd "$(dirname "$0")/../.."
out=$PWD/tools/gpu/bin
rm -rf "$out"
for project in src/Sweeper tests/Sweeper.Training.Tests; do
    dotnet publish "$project" -c Release -r linux-x64 --self-contained -o "$out/sweeper"
done
(cd "$out/sweeper" && rm -f libtorch*.so* libc10*.so* libgomp*.so* libduckdb.so libSkiaSharp.so libHarfBuzzSharp.so ./*.xml ./*.pdb)
tar -C "$out" -cJf "$out/sweeper.tar.xz" sweeper
rm -rf "$out/sweeper"
ls -l "$out"
