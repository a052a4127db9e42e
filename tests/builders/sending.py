"""One request as it is, without the comfort of a client: no repeats, no renewed tokens."""

import http.client
import json
from urllib.parse import urlsplit

NAMED = {"Content-Type": "application/json", "Accept": "application/json"}


def send(api, method, path, body=None, **headers):
    """Send once; return (status, headers, document). Every refusal has to be a problem (RFC 9457).

    Args:
        body: bytes as they are, None, or what becomes JSON.
    """
    connection = http.client.HTTPConnection(urlsplit(api.url).netloc, timeout=60)
    raw = body if isinstance(body, bytes | type(None)) else json.dumps(body).encode()
    sent = NAMED | {name.replace("_", "-"): value for name, value in headers.items()}
    if api.authorization:
        sent.setdefault("Authorization", api.authorization)
    connection.request(method, path, raw, sent)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    is_problem = answer.headers.get_content_type() == "application/problem+json"
    assert is_problem or answer.status < 400, (answer.status, content)
    return answer.status, answer.headers, json.loads(content) if content else None
