"""A mapping makes the same records of a bureau's own tables on every engine."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.records.mapping import Mapping
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.toml_file import parse, read_toml

TABLES = {
    "subjects": pd.DataFrame(
        {
            "统一社会信用代码": [
                "91350100-m000100y43",
                "９１１１０１０８５５１３８５０８２Ｑ ",
                "92371402MA6C00009J",
                "x y",
            ],
            "成立日期": ["2001年2月3日", "20020304", "37561", "1900-1-1"],
            "注册资本": ["500万元人民币", "1200元", "3.5亿", "无"],
            "行业": ["111", "0131", "C", None],
        }
    ),
    "fines": pd.DataFrame(
        {
            "文号": ["a1", "a2", "a3", "a4", "a5", "a6"],
            "代码": ["91350100M000100Y43"] * 6,
            "Decided": ["5.1.2023", "31.12.2023", "29.2.2023", "29.2.2024", "01.01.2024", None],
            "罚款": ["１,２００.5", "￥3", "12,00", "-", "9999-9-9", "1"],
            "毫秒": [1704384000000.0, 1704470399999.0, None, -1.0, 0.0, 1e15],
        }
    ),
    "visits": pd.DataFrame(
        {
            "id": [1, 2, 3, 4],
            "code": ["'91350100M000100Y43'"] * 4,
            "day": ["2024/1/5", "2024-01-06 08:00:00", "2024-01-07", "2024-01-08"],
            "result": ["标签、 卫生", "合格", "卫生；；标签；", "卫生、异味"],
        }
    ),
}
MAPPING = """
name = "town"
sentinels = ["9999-9-9", "1900-1-1", "无", "-"]

[tables.registration]
source = "subjects"
[tables.registration.columns]
record_id = { column = "统一社会信用代码", normalise = "uscc" }
entity_id = { column = "统一社会信用代码", normalise = "uscc" }
occurred_on = { column = "成立日期", format = ["%Y年%m月%d日", "%Y%m%d", "excel"] }
known_on = { column = "成立日期", format = ["%Y年%m月%d日", "%Y%m%d", "excel"] }
registered_capital_cny = { column = "注册资本", unit = "as_written" }
industry = { column = "行业", width = 4 }

[tables.penalty]
source = "fines"
where = "文号 <> 'a6'"
[tables.penalty.columns]
record_id = { sql = "upper(文号) || '-' || length(decided)" }
entity_id = "代码"
occurred_on = { column = "Decided", format = "%d.%m.%Y" }
known_on = { column = "Decided", format = "%d.%m.%Y" }
fine_cny = { column = "罚款", number = "1,234.5", unit = "万元" }
[tables.penalty.extra]
loaded_on = { column = "毫秒", format = "epoch_ms+08:00", type = "date" }
twice = { sql = "CASE WHEN 毫秒 > 0 THEN 毫秒 / 2 ELSE 0 END", type = "float" }
even = { sql = "文号 IN ('a2', 'a4')", type = "boolean" }

[tables.inspection]
source = "visits"
[tables.inspection.columns]
record_id = "id"
entity_id = { column = "code", strip = "'" }
occurred_on = "day"
known_on = "day"
[tables.inspection.columns.result_codes]
column = "result"
separator = ["、", "；"]
recode = { "合格" = "1", "标签" = "3", "卫生" = "A" }
"""


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Mapping:
    file: Path = tmp_path_factory.mktemp("mapping") / "town.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return parse(Mapping, read_toml(file), "mapping 'town.toml'")


def _contents(records: Records) -> dict[str, Any]:
    rows = {
        name: sorted(table.to_pyarrow().to_pylist(), key=lambda row: str(row["record_id"]))
        for name, table in records.tables.items()
    }
    return rows | {"rejected": sorted(records.rejections.counts().itertuples(index=False, name=None))}


def test_the_same_tables_become_the_same_records(load: Any, mapping: Mapping) -> None:
    here = _contents(read_records(TABLES, mapping=mapping))
    assert _contents(read_records(load(TABLES), mapping=mapping)) == here
    assert [row["fine_cny"] for row in here["penalty"]] == [12005000.0, 30000.0, None, None]


def test_a_fragment_that_fails_is_one_sentence_and_the_connection_works_on(
    load: Any, mapping: Mapping
) -> None:
    connection = load(TABLES)
    for sql in ("CAST(成立日期 AS DATE)", "no_such_function(成立日期)"):
        bad = mapping.model_dump(exclude_none=True)
        bad["tables"]["registration"]["columns"]["industry"] = {"sql": sql}
        with pytest.raises(SpecError, match="an SQL fragment does not fit its columns") as caught:
            read_records(connection, mapping=parse(Mapping, bad, "mapping"))
        assert "\n" not in str(caught.value)
    assert connection.table("subjects").count().to_pyarrow().as_py() == 4
