#!/bin/sh
# The server refuses a key file that others may read or that it does not own: give it a copy of its own.
set -e
cp /run/commonthread/keyfile /tmp/keyfile
chmod 400 /tmp/keyfile
if id mongodb >/dev/null 2>&1; then chown mongodb /tmp/keyfile; fi
exec docker-entrypoint.sh mongod --bind_ip_all --replSet commonthread --keyFile /tmp/keyfile --noscripting --quiet \
    --slowms 100000 --wiredTigerCacheSizeGB "${CT_MONGO_CACHE_GB:-1}" \
    --setParameter minSnapshotHistoryWindowInSeconds=1800 --setParameter diagnosticDataCollectionEnabled=false
