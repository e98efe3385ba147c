"""Every kind of file that is ordered on a page of its kind's own, by its key."""

from collections.abc import Mapping

from web.exports.files import EXPORT
from web.histories.files import PAST
from web.imports.files import IMPORT
from web.money.statement_files import STATEMENT
from web.orders.kind import Kind
from web.oversight.check_files import VERIFICATION
from web.oversight.files import ACCESS, EVENTS
from web.oversight.sample_files import SAMPLE
from workflow.orders.kinds import OrderKind

KINDS: Mapping[OrderKind, Kind] = {
    kind.key: kind
    for kind in (EVENTS, ACCESS, SAMPLE, EXPORT, PAST, IMPORT, VERIFICATION, STATEMENT)
}
