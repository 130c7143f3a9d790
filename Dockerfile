# The portal's image: web, worker, beat and migrations run from it with different commands.

FROM python:3.11.13-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv .venv
COPY requirements.txt .
RUN .venv/bin/pip install --requirement requirements.txt

COPY manage.py ./
COPY damha_portal damha_portal
COPY ocop ocop
COPY tourism tourism
COPY meetings meetings
COPY templates templates
COPY static static
COPY script/healthcheck script/healthcheck
# Static files need no database and no secret: the embedded settings collect them.
RUN DJANGO_SETTINGS_MODULE=damha_portal.settings.local PORTAL_DATA_DIR=/tmp/build \
    STATIC_ROOT=/app/static-collected \
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
      --ignore redoc --ignore "*.es-bundle*" \
    && .venv/bin/python -m compileall -q damha_portal ocop tourism meetings

FROM python:3.11.13-slim-bookworm

RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin portal \
    && install --directory --owner=portal --mode=750 /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=damha_portal.settings.production \
    PORTAL_DATA_DIR=/data \
    STATIC_ROOT=/app/static-collected \
    HOST=0.0.0.0 \
    PORT=8000
USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "damha_portal/gunicorn_conf.py", "damha_portal.wsgi"]
