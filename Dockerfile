# Hallyu as an image: one process, its data in /data. docs/install.md shows how to run it, compose.yaml how to run it well.
# docker build -t hallyu .                  the bot, without torch: the bundled model, exported while building
# docker build -t hallyu --target full .    with sentence-transformers too, for another HALLYU_MODEL; some 1.5 GB
# `make bench-image` runs the steps of the build stage without Docker and weighs what the image would hold.
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
 && /opt/build/bin/hallyu sync --cache-only

RUN chmod -R a+rX /opt/hallyu

# --- trimmed: the same without what never runs, 95 MB; tests/setup/test_image_tree.py runs this stage and the bot in it -
FROM build AS trimmed
# What fetches models: the tokenizer that is used comes from a file.
RUN /opt/build/bin/pip --python /opt/hallyu/venv/bin/python uninstall -qq -y \
      huggingface-hub hf-xet httpx2 httpcore2 h11 anyio fsspec tqdm truststore
# The copy of onnxruntime for programs in C, the names of languages in languages that no page is dated in, tests.
RUN cd /opt/hallyu/venv/lib/python3*/site-packages \
 && rm -f onnxruntime/capi/libonnxruntime.so.* \
 && find babel/locale-data -name '*.dat' ! -name 'root.dat' ! -name 'en*.dat' ! -name 'ko*.dat' -delete \
 && find . -type d -name tests -prune -exec rm -rf {} +
# Byte code of what the bot imports, since it could not be kept on a read-only file system; of everything it would weigh
# 65 MB.
RUN PYTHONDONTWRITEBYTECODE= /opt/hallyu/venv/bin/python -c "import bot.cli.app, bot.running, bot.diagnosis, trafilatura" \
 && /opt/build/bin/python -m compileall -q /opt/hallyu/venv/lib/python3*/site-packages/bot \
      /opt/hallyu/venv/lib/python3*/site-packages/index /opt/hallyu/venv/lib/python3*/site-packages/knowledge

# --- base: what both images share; no compiler, no root --------------------------------------------------------------
FROM python:${PYTHON}-slim AS base
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Hallyu" \
      org.opencontainers.image.description="Answers K-Pop industry questions in Discord, with the sources cited" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0 AND Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

RUN groupadd --gid 10001 hallyu \
 && useradd --uid 10001 --gid hallyu --no-create-home --home-dir /data --shell /usr/sbin/nologin hallyu \
 && install -d -o hallyu -g hallyu -m 0700 /data

# onnxruntime reports to its maker unless told otherwise.
ENV ORT_DISABLE_TELEMETRY=1 \
    HALLYU_DATA_DIR=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# Unhealthy: the loop lags or the gateway has been silent for too long, which a process that lives does not show.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["hallyu", "health"]
CMD ["hallyu", "run"]

# --- full: exports and embeds with any model that sentence-transformers loads, into /data/cache -----------------------
FROM base AS full
COPY --from=build /opt/build /opt/build
ENV PATH=/opt/build/bin:$PATH \
    HALLYU_CACHE_DIR=/data/cache \
    HF_HOME=/data/cache/huggingface

# --- run: no torch, no transformers -----------------------------------------------------------------------------------
FROM base AS runtime
COPY --from=trimmed /opt/hallyu /opt/hallyu
ENV PATH=/opt/hallyu/venv/bin:$PATH \
    HALLYU_CACHE_DIR=/opt/hallyu/cache
