# Tocsin in a container: no root, no network needed at run time, nothing written but /data.
#   docker build -t tocsin .
#   docker run --rm --read-only --tmpfs /tmp -v tocsin:/data tocsin status
FROM python:3.13-slim AS build
WORKDIR /build
# What the build reads; the wheel brings Node from PyPI where there is none.
COPY pyproject.toml hatch_build.py README.md CHANGELOG.md LICENSE ./
COPY src src
COPY web web
COPY docs docs
COPY training/cards training/cards
COPY evaluation/results evaluation/results
COPY examples examples
RUN pip install --no-cache-dir build \
 && python -m build --wheel --outdir /dist \
 && python -m venv /opt/tocsin \
 && /opt/tocsin/bin/pip install --no-cache-dir "$(ls /dist/*.whl)[team]"

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Tocsin" org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 tocsin \
 && useradd --system --uid 10001 --gid 10001 --home-dir /data tocsin \
 && install --directory --owner tocsin --group tocsin /data
COPY --from=build /opt/tocsin /opt/tocsin
ENV PATH=/opt/tocsin/bin:$PATH \
    HOME=/data \
    XDG_CACHE_HOME=/data/cache \
    TOCSIN_STORE=/data/tocsin.db \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8421
# Whether libraries, model and knowledge are whole, and one sentence is coded.
HEALTHCHECK --interval=5m --timeout=60s --start-period=30s CMD ["tocsin", "doctor"]
ENTRYPOINT ["tocsin"]
CMD ["--help"]
