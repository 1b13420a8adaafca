# The command line, a member of a federation (compose.yaml), and the window where the host lends its display (README.md, "Docker").
FROM python:3.10-slim-bookworm

WORKDIR /app

# Set-up needs these files only, so a change elsewhere does not install everything again. It runs as root here, so it
# installs the system libraries and the font as well. uv's cache holds a second copy of every package: not in the image.
COPY requirements.txt ./
COPY scripts/ scripts/
RUN python scripts/bootstrap.py && rm -rf .tools /root/.cache /var/lib/apt/lists/*

COPY . .

# Runs, data sets and logs live in /data. The user cannot write to /app.
RUN useradd --create-home --uid 10001 secretrec && install --directory --owner=secretrec /data

# hadolint ignore=DL3064 # SECRETREC_HOME holds no secret: it is the folder of the program's files
ENV SECRETREC_HOME=/data \
    NUMBA_CACHE_DIR=/home/secretrec/.cache/numba \
    PATH=/app/.venv/bin:$PATH

# Compiled once here, not in every new container: byte-code, and the machine code of the models' hot loops. Numba compares
# the time of a source file to the nanosecond, and an image that travels keeps whole seconds: so they get some.
RUN find models -name '*.py' -exec touch --date=@1700000000 {} + \
    && python -m compileall -q TheMain.py data models fl gui report baselines
USER 10001
RUN python scripts/compile_loops.py

VOLUME ["/data"]

CMD ["python", "TheMain.py", "train", "--dataset", "demo"]
