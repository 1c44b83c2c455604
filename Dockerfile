# policydiff as a container: docker run --rm --user "$(id -u)" -v "$PWD:/work" policydiff diff old.docx new.docx -o changes.html
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY policydiff policydiff
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /wheels /wheels
RUN python -m pip install --no-cache-dir /wheels/*.whl && rm -rf /wheels \
    && useradd --create-home policydiff \
    && git config --system --add safe.directory "*"
USER policydiff
WORKDIR /work
ENTRYPOINT ["policydiff"]
