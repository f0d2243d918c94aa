"""Any spelling of a phone number, stored one way."""

import phonenumbers


def phone_of(typed: str) -> str:
    """The E.164 form of an Indonesian or international number in any spelling; empty when it is none."""
    try:
        number = phonenumbers.parse(typed, "ID")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_possible_number(number) else ""
