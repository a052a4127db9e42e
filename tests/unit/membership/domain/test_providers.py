"""What providers say of themselves, where many organizations share one."""

from dataclasses import replace

import pytest

from services.membership.domain.connections import Connection, domain_of
from services.membership.domain.id_tokens import check_claims
from services.membership.domain.providers import Provider, ProviderFault, read_metadata
from tests.builders.identity import MORNING

TENANT = "0f2b8a2e-7b1c-4a57-9a7f-1f1f1f1f1f1f"
ENTRA = "https://login.microsoftonline.com"
CONNECTION = Connection(
    id="idc_1",
    network="net_1",
    organization_id="org_1",
    display_name="Halden",
    slug="halden",
    issuer=f"{ENTRA}/organizations/v2.0",
    client_id="commonthread",
    client_secret="secret",
    made_by=None,
    made_at=MORNING,
    tenant=TENANT,
)


def metadata(issuer):
    named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    return {"issuer": issuer} | {name: f"https://login.halden.example/{name}" for name in named}


def admits(url):
    return url.startswith("https://")


def test_the_issuer_that_tenants_share_stands_for_the_pinned_one_alone():
    found = read_metadata(metadata(f"{ENTRA}/{{tenantid}}/v2.0"), CONNECTION.issuer, admits)

    assert found.issuer_for(CONNECTION) == f"{ENTRA}/{TENANT}/v2.0"


@pytest.mark.parametrize(
    "issuer",
    [f"{ENTRA}/organizations/v2.0", f"{ENTRA}/{TENANT}/v2.0", "https://eve.example/{tenantid}/v2.0"],
)
def test_nothing_else_is_taken_for_the_shared_issuer(issuer):
    with pytest.raises(ProviderFault, match="other-issuer"):
        read_metadata(metadata(issuer), CONNECTION.issuer, admits)


def test_no_other_provider_may_use_a_template():
    with pytest.raises(ProviderFault, match="other-issuer"):
        read_metadata(metadata("https://eve.example/{tenantid}"), "https://eve.example/common", admits)


def test_a_token_of_another_tenant_is_refused_though_the_issuer_is_shared():
    provider = read_metadata(metadata(f"{ENTRA}/{{tenantid}}/v2.0"), CONNECTION.issuer, admits)
    now = int(MORNING.timestamp())
    claims = {"aud": "commonthread", "iat": now, "exp": now + 60, "nonce": "n", "sub": "s"}
    theirs = claims | {"iss": f"{ENTRA}/{'1' * 8}/v2.0", "tid": "1" * 8}

    check_claims(
        claims | {"iss": f"{ENTRA}/{TENANT}/v2.0", "tid": TENANT},
        CONNECTION,
        provider.issuer_for(CONNECTION),
        "n",
        MORNING,
    )
    with pytest.raises(ProviderFault, match="iss"):
        check_claims(theirs, CONNECTION, provider.issuer_for(CONNECTION), "n", MORNING)
    with pytest.raises(ProviderFault, match="tid"):
        check_claims(theirs, CONNECTION, theirs["iss"], "n", MORNING)


def test_a_provider_of_one_organization_is_called_what_it_is():
    alone = replace(CONNECTION, tenant=None)
    provider = Provider("https://login.halden.example", "", "", "", ())

    assert provider.issuer_for(alone) == "https://login.halden.example"


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("ada@halden.example", "halden.example"),
        ("Ada@HALDEN.Example ", "halden.example"),
        ("halden", None),
        ("ada@halden", None),
        ("ada@", None),
        ("a@b@halden.example", "halden.example"),
        ("ada@.example", None),
        ("ada@{$gt}.example", None),
    ],
)
def test_of_an_address_the_domain_alone_is_looked_at(text, domain):
    assert domain_of(text) == domain
