"""What tells a number that opens a line from one that a name begins with: 「1.12345热线办结率」, 「4.10月底前完工率」."""

# Behind the dot or comma of a list's number: no digit, unless a hotline's number or a month opens the name.
OPENS_NAME = r"(?!\d(?!\d{4}[\u4e00-\u9fff]|\d?月(?![度报])))"
# Behind a number in several parts (1.10): its last part is no month's.
NOT_A_MONTH = r"(?!月(?![度报]))"
# Digits that a name begins with, and no value.
NAME_LED = r"\d{5}[\u4e00-\u9fff]|\d{1,2}月[^,。;:\d]*[率度量数比性值]$"
