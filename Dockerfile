# Hallyu as an image: one process, its data in /data. Build: docker build -t hallyu .
# Run: docker run --rm --init -e DISCORD_TOKEN=… -v hallyu-data:/data hallyu
ARG PYTHON=3.11

# --- build: exports the model with torch, embeds the pack, and installs the bot without either -----------------------
FROM python:${PYTHON}-slim AS build
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /src

# Packages first: these layers stay cached until a lock changes.
COPY requirements/ requirements/
RUN python -m venv /opt/build \
 && /opt/build/bin/python requirements/install.py --no-compile model
RUN python -m venv --without-pip /opt/hallyu/venv \
 && /opt/build/bin/pip --python /opt/hallyu/venv/bin/python install -qq --no-deps --no-compile --require-hashes \
      -r requirements/runtime.txt

COPY pyproject.toml LICENSE NOTICE ./
COPY bot/ bot/
COPY index/ index/
COPY knowledge/ knowledge/
RUN /opt/build/bin/pip wheel -qq --no-deps --no-build-isolation --wheel-dir /opt/wheel . \
 && /opt/build/bin/pip install -qq --no-deps --no-compile /opt/wheel/hallyu-*.whl \
 && /opt/build/bin/pip --python /opt/hallyu/venv/bin/python install -qq --no-deps --no-compile /opt/wheel/hallyu-*.whl \
 && /opt/build/bin/pip --python /opt/hallyu/venv/bin/python check

# From /: the installed packages are what runs, not the checkout.
WORKDIR /
ENV HALLYU_CACHE_DIR=/opt/hallyu/cache \
    ORT_DISABLE_TELEMETRY=1
RUN /opt/build/bin/hallyu model export \
 && /opt/build/bin/hallyu sync --cache-only \
 && chmod -R a+rX /opt/hallyu

# --- run: no torch, no transformers, no compiler, no root -----------------------------------------------------------
FROM python:${PYTHON}-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Hallyu" \
      org.opencontainers.image.description="Answers K-Pop industry questions in Discord, with the sources cited" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0 AND Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

RUN groupadd --gid 10001 hallyu \
 && useradd --uid 10001 --gid hallyu --no-create-home --home-dir /data --shell /usr/sbin/nologin hallyu \
 && install -d -o hallyu -g hallyu /data
COPY --from=build /opt/hallyu/venv /opt/hallyu/venv
COPY --from=build /opt/hallyu/cache /opt/hallyu/cache

# onnxruntime reports to its maker unless told otherwise.
ENV PATH=/opt/hallyu/venv/bin:$PATH \
    ORT_DISABLE_TELEMETRY=1 \
    HALLYU_CACHE_DIR=/opt/hallyu/cache \
    HALLYU_DATA_DIR=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
CMD ["hallyu", "run"]
