"""oidc-provider, a certified identity provider, as a process of its own (deploy/local/setup.sh --tests)."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import requests
from joserfc.jwk import ECKey

from deploy.local.places import HOME
from tests.builders.identity_provider import CLIENT_ID, CLIENT_SECRET
from tests.builders.ports import a_free_port

FOLDER = HOME / "oidc-provider"
SCRIPT = Path(__file__).with_suffix(".mjs")
needs_certified_provider = pytest.mark.skipif(
    not (FOLDER / "node_modules" / "oidc-provider").exists() or shutil.which("node") is None,
    reason="oidc-provider could not be had from the npm registry: no certified provider here",
)
FORM = re.compile(r'action="([^"]+)"')


class CertifiedProvider:
    """One run of it. Its port is fixed from the start; `begin` starts it, again with other keys if wanted."""

    def __init__(self, algorithm="ES256"):
        self.port, self.algorithm, self.process = a_free_port(), algorithm, None
        self.issuer = f"http://127.0.0.1:{self.port}"

    def begin(self, *callbacks, after_logout=(), key=None):
        """Start it and wait until it listens; `callbacks` are where it may send browsers back to."""
        key = key or ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
        told = {
            "issuer": self.issuer,
            "folder": str(FOLDER),
            "clientId": CLIENT_ID,
            "clientSecret": CLIENT_SECRET,
            "callbacks": callbacks,
            "afterLogout": after_logout,
            "algorithm": self.algorithm,
            "keys": [key.as_dict(private=True)],
        }
        self.process = subprocess.Popen(
            ["node", SCRIPT, json.dumps(told)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        while "listening" not in (line := self.process.stdout.readline()):
            assert line or self.process.poll() is None, "oidc-provider did not start"
        return self

    def end(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process.stdout.close()


def log_in(url, name):
    """Go to the provider as a browser does, log in as `name`, agree; return what one is sent back with."""
    with requests.Session() as browser:
        answer = browser.get(url, allow_redirects=False, timeout=20)
        for _ in range(12):
            if answer.is_redirect:
                following = requests.compat.urljoin(answer.url, answer.headers["Location"])
                if "/sign-in/callback/" in following:
                    query = requests.compat.urlparse(following).query
                    return dict(part.split("=", 1) for part in requests.utils.unquote(query).split("&"))
                answer = browser.get(following, allow_redirects=False, timeout=20)
                continue
            prompt = "login" if 'name="login"' in answer.text else "consent"
            sent = {"prompt": prompt} | ({"login": name, "password": "any"} if prompt == "login" else {})
            action = requests.compat.urljoin(answer.url, FORM.search(answer.text)[1])
            answer = browser.post(action, sent, allow_redirects=False, timeout=20)
    raise AssertionError("the provider never sent the browser back")
