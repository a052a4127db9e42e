"""Whether a failure means that our own store cannot be reached: nobody's fault, and it will come back."""

from pymongo.errors import ConnectionFailure, ExecutionTimeout, OperationFailure, PyMongoError

from services.kit.outcomes import StoreAway

# interrupted, not primary, shutting down, write concern late: the server is on its way elsewhere
_PASSING = frozenset({43, 50, 64, 91, 189, 262, 10107, 11600, 11602, 13435, 13436})


def store_is_away(error: BaseException) -> bool:
    """Return True for lost connections, elections, shutdowns and time-outs of the store."""
    if isinstance(error, StoreAway | ConnectionFailure | ExecutionTimeout):
        return True
    if isinstance(error, OperationFailure) and error.code in _PASSING:
        return True
    return isinstance(error, PyMongoError) and (error.timeout or error.has_error_label("RetryableWriteError"))
