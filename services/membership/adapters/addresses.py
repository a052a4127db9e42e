"""What an e-mail address is."""

from email_validator import EmailNotValidError, validate_email


def is_address(text: str) -> bool:
    """True for a syntactically valid address; nobody is asked whether it exists."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
