#!/bin/bash
# Health check of a container: well.sh PORT PATH succeeds when the process there answers 200. Cheaper than a Python.
exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
read -r -t 4 line <&3
timeout 4 cat <&3 >/dev/null
[[ $line == *" 200 "* ]]
