# The command line in a container; the window too, where the host lends its display (README.md, "Docker").
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
USER secretrec
ENV SECRETREC_HOME=/data \
    PATH=/app/.venv/bin:$PATH
VOLUME ["/data"]

CMD ["python", "TheMain.py", "train", "--dataset", "demo"]
