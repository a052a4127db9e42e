"""What gateways are told when they ask what they missed."""

from typing import Any

from services.contracts.events import Fact
from services.contracts.schemas import full_type, to_data


def recent_access_answer(found: list[tuple[int, Fact]], caller: Any) -> dict[str, Any]:
    """Each fact as its event would say it: CloudEvents `type`, `sequence` and `data`."""
    return {
        "data": [
            {
                "type": full_type(fact.source, f"{fact.aggregate}_restated"),
                "sequence": version,
                "data": to_data(fact),
            }
            for version, fact in found
        ]
    }
