"""The proxy of deploy/proxy/nginx.conf as a plain process: the same directives, local paths and ports."""

import os
import shutil
import subprocess
from pathlib import Path

from deploy.local.ports import answers
from tests.builders.houses import PROJECT, eventually
from tests.builders.ports import a_free_port

CONFIGURATION = PROJECT / "deploy" / "proxy" / "nginx.conf"


def nginx():
    """Where the server is, or None."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


class Nginx:
    """`port` leads to the gateway at `http_port`; `stop()` ends it."""

    def __init__(self, directory, http_port):
        self.port = a_free_port()
        file = Path(directory) / "nginx.conf"
        file.write_text(self._adapted(CONFIGURATION.read_text(), Path(directory), http_port))
        command = [nginx(), "-p", str(directory), "-c", str(file), "-g", "daemon off;"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        eventually(lambda: answers(self.port))

    def _adapted(self, text, directory, http_port):
        """What differs outside a container: where files lie, who resolves names, which ports there are."""
        changes = {
            "/tmp/": f"{directory}/",
            "worker_processes auto;": "worker_processes 1;",
            "resolver 127.0.0.11 valid=2s ipv6=off;": "",
            "listen 8080;": f"listen 127.0.0.1:{self.port};",
            "include /etc/nginx/tls/*.conf;": "",
            "gateway:8000": f"127.0.0.1:{http_port}",
        }
        for here, there in changes.items():
            assert here in text, here
            text = text.replace(here, there)
        return text

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
