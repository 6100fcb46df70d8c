"""Which function checks which code, and what it needs to do so."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Check
from hengji.auditing.facts import (
    against_target,
    aims_told,
    amounts,
    beside_noun,
    cells_and_prose,
    control_rates,
    dated,
    extremes,
    hired,
    lines_told,
    neighbours,
    pay_rolls,
    people,
    posts_filled,
    repeats,
    retold,
    rows_and_prose,
    staff,
    staff_in_leaves,
    staff_moves,
    staff_parts,
    survey_counts,
    swapped,
    undone,
    unit_rows,
    vacancies,
)
from hengji.auditing.likely import likely
from hengji.auditing.money import (
    agreements,
    cells,
    contracts,
    movements,
    procurement,
    savings,
    sources,
    three_public,
    units,
)
from hengji.auditing.problems import full_marks, losses, measures, offices, told_losers
from hengji.auditing.proof import (
    attachments,
    bonus_parts,
    claims,
    disclosed_days,
    disclosure,
    evidence,
    honour_levels,
    honour_titles,
    honours,
    hundred,
    outliers,
    own_honours,
    references,
    region,
    satisfaction,
    vague,
)
from hengji.auditing.rates import (
    averages,
    backed,
    changes,
    from_to,
    in_brackets,
    in_cells,
    over_nothing,
    parts_behind,
    per_head,
    percentage_points,
    product_of_two,
    ratios,
    right_beside,
    shares,
    told_differences,
    told_rates,
    two_units,
)
from hengji.auditing.rescoring import (
    by_coefficient,
    by_rule,
    by_system,
    in_proportion,
    proportions,
    targets,
    told_parts,
)
from hengji.auditing.scores import (
    aspects,
    counted,
    full_for_nothing,
    given_away,
    grades,
    limits,
    not_assessed,
    parts_lost,
    parts_of_leaf,
    points,
    points_parted,
    shares_of_leaves,
    told_of_total,
    told_points,
    told_sums,
    totals,
    unscored,
    written_sums,
)
from hengji.auditing.sums import (
    balances,
    beyond_whole,
    budget_sums,
    column_sums,
    in_time,
    kinds_listed,
    left_over,
    level_sums,
    lists,
    names_listed,
    near_wholes,
    portions,
    row_sums,
    seasons_told,
    stocks,
    table_wholes,
    ties,
    told_nets,
    wholes,
    written_out,
)
from hengji.auditing.text import (
    blanks,
    chapters,
    citing,
    dates,
    doers,
    expired,
    impossible_days,
    issued,
    language,
    likeness,
    numbering,
    ordinals,
    other_trades,
    periods,
    relative,
    residue,
    rhythms,
    ruled_out,
    signed,
    spans,
    steps,
    structure,
    titles,
    two_numbers,
    weekdays,
    written_years,
    years,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The functions behind a code. ``needs`` names what must be there: system, against, previous, peers; without it only ``alone`` are run."""

    checks: tuple[Check, ...]
    needs: tuple[str, ...] = ()
    alone: tuple[Check, ...] = ()  # those of the checks that need nothing


_ONE_VALUE = likely(amounts.one_value, "R08", Fraction(3, 20))  # of R08 and of R12


RULES: Mapping[str, Rule] = {
    "R01": Rule((points.points_add_up, told_points.told_hundred, told_points.told_levels)),
    "R02": Rule((limits.within_points, limits.groups_within_points, limits.told_beyond_points)),
    "R03": Rule(
        (
            written_out.scores_written_out,
            told_of_total.told_of_total,
            totals.total_holds,
            told_sums.sums_in_sentences,
            grades.grade_fits,
            parts_lost.parts_lost,
        )
    ),
    "R04": Rule(
        (
            unscored.every_leaf_scored,
            unscored.promised_leaf_scored,
            unscored.leaves_told_once,
            unscored.leaves_apart,
            unscored.summary_rows_scored,
        )
    ),
    "R05": Rule(
        (
            shares_of_leaves.shares_of_leaves,
            aspects.aspects_match,
            aspects.parts_told,
            counted.leaves_counted,
            counted.levels_counted,
        )
    ),
    "R06": Rule(
        (
            by_coefficient.points_times_coefficient,
            in_proportion.rows_in_proportion,
            parts_of_leaf.parts_of_leaf,
            parts_of_leaf.formulas_of_points,
            parts_of_leaf.averages_of_points,
            by_system.rescored,
            by_rule.scored_by_rule,
            targets.targets_met,
            targets.rates_against_claims,
            proportions.execution_in_proportion,
            proportions.scored_in_proportion,
            proportions.counted_by_rate,
            written_sums.points_less_lost,
            written_sums.less_than_told,
            written_sums.weights_kept,
            written_sums.weighted_in_tables,
            written_sums.scored_otherwise_than_told,
            written_sums.counted_by_parts,
            written_sums.less_than_taken_off,
            told_parts.parts_make_it,
        )
    ),
    "R07": Rule(
        (
            seasons_told.seasons_make_the_year,
            written_out.amounts_written_out,
            in_time.done_in_time,
            in_time.worth_after_depreciation,
            beyond_whole.parts_within_wholes,
            ties.parts_make_whole,
            wholes.wholes_hold,
            column_sums.columns_add_up,
            budget_sums.lists_make_whole,
            budget_sums.split_makes_whole,
            budget_sums.sources_make_whole,
            column_sums.lines_add_up,
            level_sums.levels_add_up,
            table_wholes.tables_make_wholes,
            row_sums.rows_add_up,
            row_sums.running_totals,
            kinds_listed.kinds_make_the_whole,
            lists.lists_hold,
            lists.items_make_whole,
            near_wholes.lists_near_wholes,
            names_listed.names_as_counted,
            rhythms.rhythms_hold,
            portions.portions_make_hundred,
            balances.balances_hold,
            stocks.stocks_hold,
            told_nets.nets_hold,
            left_over.left_of_the_whole,
        )
    ),
    "R08": Rule(
        (
            against_target.against_its_target,
            beside_noun.beside_its_noun,
            beside_noun.all_of_them,
            beside_noun.more_than_there_are,
            beside_noun.work_given,
            extremes.extremes_hold,
            extremes.progress_rises,
            two_numbers.two_numbers_of_one,
            _ONE_VALUE,
            amounts.same_spending,
            amounts.spent_of_one_budget,
            swapped.swapped_digits,
            swapped.swapped_counts,
            swapped.swapped_in_division,
            amounts.lost_points_agree,
            likely(retold.told_otherwise, "R08", Fraction(3, 10)),
            retold.satisfied_otherwise,
            people.people_told_otherwise,
            undone.left_undone,
            undone.fell_short,
            undone.done_twice,
            undone.done_as_aimed,
            undone.short_by_another,
            aims_told.aims_told_otherwise,
            dated.dated_twice,
            repeats.nothing_left,
            repeats.left_otherwise,
            changes.ways_agree,
            repeats.grades_make_whole,
            repeats.scored_twice,
            repeats.scored_in_words,
            cells_and_prose.cells_against_prose,
            likely(rows_and_prose.rows_against_prose, "R08", Fraction(0)),
            lines_told.lines_told_twice,
            neighbours.told_beside_the_same,
            neighbours.divided_by_itself,
        )
    ),
    "R09": Rule((movements.parts_moved, movements.told_movement, movements.columns_moved)),
    "R10": Rule((movements.budget_from_accounts, movements.columns_moved)),
    "R11": Rule(
        (
            from_to.by_and_to,
            backed.unless_made(ratios.rates_recompute),
            per_head.per_head,
            percentage_points.points_between,
            over_nothing.over_nothing,
            in_brackets.divided_in_brackets,
            in_cells.rates_in_cells,
            told_rates.over_last_year,
            backed.unless_made(right_beside.unless_far(shares.shares_recompute)),
            backed.unless_made(right_beside.unless_far(shares.shares_of_a_told_whole)),
            backed.unless_made(right_beside.unless_far(shares.shares_in_turn)),
            shares.staff_shares_recompute,
            changes.changes_recompute,
            changes.changes_after_a_division,
            from_to.from_one_to_another,
            parts_behind.parts_behind,
            averages.averages_hold,
            told_differences.of_the_difference,
        )
    ),
    "R12": Rule(
        (
            averages.daily_averages,
            two_units.told_in_two_units,
            product_of_two.product_of_two,
            product_of_two.priced_by_unit,
            units.units_slip,
            cells.cells_in_yuan,
            cells.listed_in_yuan,
            _ONE_VALUE,
            per_head.per_head,
        )
    ),
    "R13": Rule(
        (
            years.years_fit,
            titles.titles_of_other_years,
            titles.headings_of_other_years,
            titles.project_of_another_year,
            impossible_days.impossible_days,
            spans.lengths_hold,
            weekdays.weekdays_hold,
            periods.periods_hold,
            spans.spans_hold,
            steps.steps_in_order,
            issued.issued_in_its_year,
            written_years.written_years_fit,
        )
    ),
    "R14": Rule((relative.relative_words,)),
    "R15": Rule(
        (
            three_public.three_public,
            three_public.public_fell,
            three_public.nothing_spent,
            changes.changes_recompute,
            changes.changes_after_a_division,
            told_differences.of_the_difference,
        )
    ),
    "R16": Rule(
        (
            contracts.contracts_kept,
            procurement.procurement,
            procurement.procurement_rates,
            procurement.procurement_shares,
            procurement.unplanned_procurement,
        )
    ),
    "R17": Rule(
        (
            staff.staff,
            vacancies.vacancies_hold,
            vacancies.control_rates_divided,
            vacancies.workers_left_out_elsewhere,
            vacancies.units_make_the_whole,
            vacancies.units_over_their_posts,
            vacancies.leaders_over_their_posts,
            vacancies.hired_within_their_share,
            vacancies.hired_over_their_limit,
            hired.hired_as_services,
            hired.hired_counted_in,
            pay_rolls.pay_rolls_hold,
            staff_moves.staff_moves_hold,
            unit_rows.unit_rows_over_their_posts,
            control_rates.control_rates_of_others,
            posts_filled.posts_as_told,
            staff_in_leaves.staff_of_leaves,
            staff_parts.staff_parts_hold,
            staff_parts.units_make_posts_and_people,
        )
    ),
    "R18": Rule((full_marks.full_despite_problems,)),
    "R19": Rule(
        (
            losses.lost_points_explained,
            measures.problems_without_measure,
            measures.unanswered_problems,
            measures.unmatched_problems,
            losses.losses_denied,
            told_losers.losers_as_told,
            told_losers.reasons_referred,
        )
    ),
    "R20": Rule(
        (
            chapters.empty_chapters,
            chapters.empty_joint_chapter,
            chapters.none_among_others,
            chapters.none_as_an_entry,
            chapters.empty_rows,
        )
    ),
    "R21": Rule((claims.full_marks_proved,)),
    "R22": Rule((vague.vague_beside_full,)),
    "R23": Rule((hundred.hundred_percent_proved,)),
    "R24": Rule((satisfaction.satisfaction_sampled, survey_counts.survey_counts)),
    "R25": Rule((region.region_effects,)),
    "R26": Rule((citing.repealed_basis, expired.expired_basis)),
    "R27": Rule((citing.number_form,)),
    "R28": Rule((ruled_out.ruled_out, other_trades.of_other_trades)),
    "R29": Rule((structure.goals_are_goals,)),
    "R30": Rule((structure.chapters_present,)),
    "R31": Rule((numbering.numbering, ordinals.said_in_order, ordinals.as_many_as_said, ordinals.run_on_in_order)),
    "R32": Rule((likeness.copied_inside, likeness.copied_from_last_year, likeness.copied_from_peers)),
    "R33": Rule(
        (
            honours.honours,
            honours.one_matter_twice,
            own_honours.honours_of_its_own,
            own_honours.honours_of_its_meeting,
            own_honours.honours_it_says_are_its_own,
            honours.honours_of_another_year,
            honour_titles.titled_for_another_year,
            honour_levels.above_their_level,
            honour_levels.by_a_notice_of_its_own,
            honours.shared_honours,
            bonus_parts.bonus_parts,
        )
    ),
    "R34": Rule(
        (
            not_assessed.absences_hold,
            given_away.given_away_and_kept,
            points_parted.points_parted,
            points_parted.absences_counted,
            full_for_nothing.full_for_nothing,
        )
    ),
    "R35": Rule(
        (
            evidence.evidence_listed,
            evidence.evidence_complete,
            references.evidence_numbered,
            references.evidence_dated,
            attachments.attachments_hold,
        )
    ),
    "R36": Rule(
        (
            disclosed_days.disclosed_days,
            disclosed_days.approved_when_over,
            disclosure.disclosure_dated,
            disclosure.disclosure_late,
            dates.disclosed_after_the_report,
        )
    ),
    "R37": Rule((agreements.said_to_agree, sources.against_accounts), ("against",), (agreements.said_to_agree,)),
    "R38": Rule((language.slips,)),
    "R39": Rule((language.personal_data,)),
    "R40": Rule((outliers.nearly_all_full, outliers.cost_per_head, outliers.beyond_norms)),
    "R41": Rule(
        (residue.residue, doers.others_as_doers, blanks.blanks, signed.signed_by_another, offices.offices_are_its_own)
    ),
    "R42": Rule((savings.saved_money,)),
    "R43": Rule((chapters.conclusion_complete,)),
}
OF_FILINGS = ("R44", "R45")  # checked on a filing's values and registers, not on a text
