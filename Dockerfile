# An image for `sweeper kubernetes`, or for any other place that runs containers:
#
#   docker build -t registry.lab.example/sweeper:1 .
#   docker build -t registry.lab.example/sweeper:1-cuda --build-arg TORCH=cuda .
#
# There is no secret in it; the cluster file is mounted where it runs.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TORCH=cpu
WORKDIR /source
COPY . .
RUN dotnet publish src/Sweeper -c Release --self-contained -p:Torch=$TORCH -o /app

FROM debian:12-slim
# What libtorch and its CUDA kernels need beside the C library, and certificates for nothing but tools that look for them.
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 libstdc++6 libssl3 && rm -rf /var/lib/apt/lists/*
# Nobody in particular: no password, no shell, no home. Manifests name it by its number.
RUN groupadd --gid 10001 sweeper && useradd --uid 10001 --gid sweeper --no-create-home --home-dir /tmp --shell /usr/sbin/nologin sweeper
COPY --from=build /app /app
# The only place beside mounted ones where it writes: what it has measured and is not stored yet, and a mended copy of a library.
ENV HOME=/tmp DOTNET_EnableDiagnostics=0
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["/app/sweeper"]
