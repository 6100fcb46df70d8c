"""Passwords (口令): how long, said in Chinese; Django's own sentence for it has no translation."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class Length(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """What is wrong with a shorter one."""
        return f"口令太短，至少要{self.min_length}个字符。"

    def get_help_text(self) -> str:
        """What is asked for."""
        return f"口令至少要{self.min_length}个字符。"
