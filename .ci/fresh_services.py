"""An empty database and an empty Redis database for the run, or a clear failure."""

import os
import sys
from urllib.parse import urlsplit

import psycopg2
import redis
from psycopg2 import sql

address = urlsplit(os.environ["DATABASE_URL"])
name = address.path.lstrip("/")
if not name.endswith("_ci"):
    sys.exit(f"{name} does not end in _ci: it is not dropped.")
connection = psycopg2.connect(address._replace(path="/postgres").geturl())
connection.autocommit = True
with connection.cursor() as cursor:
    database = sql.Identifier(name)
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
    cursor.execute(
        sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(database)
    )
connection.close()
redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()
