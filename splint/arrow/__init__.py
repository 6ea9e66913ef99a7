"""Columns of payloads judged within an engine: Spark, Daft, Ray, Polars, DuckDB, or whatever hands over Arrow batches.

`findings` and `status` take an iterator of RecordBatches and give one: a row a finding, and a row an input row. It
needs the extra `arrow` and imports no engine. May be imported by nothing else of splint: a
check knows nothing of it.
"""

try:
    import pyarrow as pyarrow
except ImportError as error:
    from splint.reporting.wording import install

    raise ImportError(f"splint.arrow needs the package pyarrow: {install('arrow')}") from error

from splint.arrow.rows import RowFunction as RowFunction
from splint.arrow.rows import findings as findings
from splint.arrow.rows import status as status
from splint.arrow.schemas import FINDINGS as FINDINGS
from splint.arrow.schemas import FINDINGS_DDL as FINDINGS_DDL
from splint.arrow.schemas import STATUS as STATUS
from splint.arrow.schemas import STATUS_DDL as STATUS_DDL
