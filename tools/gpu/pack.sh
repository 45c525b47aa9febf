#!/usr/bin/env bash
# Puts all that run.sh needs into tools/gpu/bin/sweeper.tar.xz: the program and the tests of training with their .NET, without libtorch. For a
# machine with a GPU that has a PyTorch and nothing else.
set -eu
cd "$(dirname "$0")/../.."
out=$PWD/tools/gpu/bin
rm -rf "$out"
for project in src/Sweeper tests/Sweeper.Training.Tests; do
    dotnet publish "$project" -c Release -r linux-x64 --self-contained -o "$out/sweeper" -p:DebugType=none -p:GenerateDocumentationFile=false
done
(cd "$out/sweeper" && rm -f libtorch*.so* libc10*.so* libgomp*.so* ./*.xml)
tar -C "$out" -cJf "$out/sweeper.tar.xz" sweeper
rm -rf "$out/sweeper"
ls -l "$out"
