"""What a rule asks a person: statements to judge, bands and options to pick from."""

from hengji.model import rules


def statements_of(rule: rules.Rule | None) -> tuple[rules.Statement, ...]:
    """The statements of a leaf's rule that a person judges, composite parts included."""
    match rule:
        case rules.Checklist(statements) | rules.Defects(_, _, statements):
            return statements
        case rules.Composite(parts) | rules.Choose(parts):
            return tuple(statement for part in parts for statement in statements_of(part.rule))
    return ()


def bands_of(rule: rules.Rule | None) -> tuple[rules.Band, ...]:
    """The bands of a leaf's rule that a person picks from."""
    match rule:
        case rules.Judged(bands):
            return bands
        case rules.Composite(parts) | rules.Choose(parts):
            return tuple(dict.fromkeys(band for part in parts for band in bands_of(part.rule)))
    return ()


def options_of(rule: rules.Rule | None) -> tuple[str, ...]:
    """What a department may choose to be assessed on, where the rule leaves that to it."""
    match rule:
        case rules.Choose(options, by) if by == "department":
            return tuple(option.name for option in options)
    return ()
