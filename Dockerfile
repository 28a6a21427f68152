# kg in a container. The folder with the articles is mounted at /work; no network is needed:
#   docker build -t kg .
#   docker run --rm --network none -v "$PWD:/work" --user "$(id -u):$(id -g)" kg build articles/ -o mine
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/kg && \
    /opt/kg/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt
COPY pyproject.toml README.md LICENSE NOTICE ontology.ttl ./
COPY .ci/yasgui.py .ci/
COPY kg kg
# without the SPARQL editor, which would ask npm; kg serve shows a plain one
RUN KG_WITHOUT_YASGUI=1 /opt/kg/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 1000 kg
COPY --from=build /opt/kg /opt/kg
USER 1000
WORKDIR /work
EXPOSE 8000
ENTRYPOINT ["/opt/kg/bin/kg"]
CMD ["--help"]
