"""Importers of other people's sheets: the published final accounts and the budget-execution export."""

from hengji.workbook.importers.accounts import import_accounts
from hengji.workbook.importers.execution import import_execution
from hengji.workbook.importers.merge import Imported, merge

__all__ = ["Imported", "import_accounts", "import_execution", "merge"]
