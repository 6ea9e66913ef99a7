"""The schemas of the rows that `splint.arrow` makes, for Arrow and as the DDL text that Spark takes."""

import pyarrow as pa

FINDINGS = pa.schema(
    {
        "id": pa.string(),
        "row": pa.int64(),
        "code": pa.string(),
        "severity": pa.string(),
        "pointer": pa.string(),
        "message": pa.string(),
        "fingerprint": pa.string(),
        "fix_safe": pa.bool_(),
        "patch": pa.string(),
    }
)
"""A finding a row. `row` counts the rows of the call from 1; `fix_safe` and `patch` are null without a fix."""
STATUS = pa.schema(
    {
        "id": pa.string(),
        "status": pa.string(),
        "errors": pa.int32(),
        "warnings": pa.int32(),
        "infos": pa.int32(),
        "codes": pa.list_(pa.string()),
    }
)
"""What each input row is, in their order: the counts of its findings, and their codes, each once and sorted."""
_DDL = {
    pa.string(): "STRING",
    pa.int64(): "BIGINT",
    pa.int32(): "INT",
    pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "ARRAY<STRING>",
}


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {_DDL[field.type]}" for field in schema)


FINDINGS_DDL = _ddl(FINDINGS)
STATUS_DDL = _ddl(STATUS)
