"""Runs: the same numbers as the command line, golden values, tables, explanations, comparisons, scans."""
import csv
import io
import json
import math

import numpy as np
import pytest

import kontor
from conftest import CONTRACT, FINLAND, FULL, SOURCE


def files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != "run.log"}


@pytest.mark.parametrize("programme, options, arguments", [
    (FULL, {}, []),
    (CONTRACT, {"draws": 16}, ["--draws", "16"]),
    (CONTRACT, {"gross_only": True}, ["--gross-only"]),
], ids=["full", "draws", "gross"])
def test_a_result_is_the_same_bytes_as_the_command_line_writes(programme, options, arguments, program, tmp_path):
    program("run", programme, "--out", tmp_path / "cli", *arguments)
    result = kontor.run(programme, **options)
    result.write(tmp_path / "python")
    assert files(tmp_path / "python") == files(tmp_path / "cli")


def test_the_table_holds_every_row_of_effects_csv_bit_for_bit(contract, tmp_path):
    folder = contract.write(tmp_path / "result")
    with open(folder / "effects.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert contract.table.row_count == len(rows) > 1000
    for written, here in zip(rows, contract.table.records()):
        value = written.pop("value")
        assert math.isnan(here["value"]) if value == "" else float(value) == here["value"]
        assert int(written.pop("year") or 0) == here["year"]
        for name, text in written.items():
            assert text.removeprefix("'") == here[name].removeprefix("'"), name


def test_numbers_do_not_depend_on_threads_or_on_the_blas_of_numpy(contract):
    many = kontor.thread_count()
    try:
        kontor.use_threads(1)
        _ = np.ones((300, 300)) @ np.ones((300, 300))
        again = kontor.run(CONTRACT)
    finally:
        kontor.use_threads(many)
    assert np.array_equal(again.table["value"], contract.table["value"], equal_nan=True)


def test_a_programme_may_be_a_file_its_text_or_a_dict(finland):
    from_file = kontor.run(CONTRACT, gross_only=True)
    text = CONTRACT.read_text(encoding="utf-8").replace("../../data/finland-2014", str(FINLAND))
    from_text = kontor.run(text, gross_only=True)
    by_hand = {
        "programme": {"id": "one-contract", "title": "Port cranes from Pirkanmaa for Uusimaa (invented)", "accounts": "nowhere",
                      "horizon": [2026, 2028], "currency": "EUR", "price_year": 2014},
        "measure": [{
            "id": "M1", "kind": "contract", "status": "signed", "title": "Port cranes",
            "seller": {"region": "Pirkanmaa", "sector": "28"}, "buyer": {"region": "Uusimaa", "use": "investment"},
            "money": {"total": np.float64(24e6), "basis": "basic", "profile": np.array([0.25, 0.5, 0.25])},
            "period": ["2026-01", "2028-12"], "additional": {"low": 0.2, "mid": 0.5, "high": 0.8},
            "replaces": {"third_country": 0.6, "domestic": 0.2, "nothing": 0.2}, "evidence": "invented for this example"}],
    }
    from_dict = kontor.run(by_hand, accounts=finland, gross_only=True)
    for other in (from_text, from_dict):
        assert np.array_equal(other.table["value"], from_file.table["value"], equal_nan=True)
    assert "additional = { low = 0.2, mid = 0.5, high = 0.8 }" in from_dict.programme_text


def test_the_answer_and_the_certificate_are_those_of_the_files(contract, tmp_path):
    folder = contract.write(tmp_path / "result")
    assert len(contract.answer) == 5
    assert contract.certificate == json.loads((folder / "certificate.json").read_text())
    assert contract.certificate["outcome"] == "solved" and contract.certificate["digits"] > 6
    assert contract.summary == (folder / "summary.txt").read_text()
    assert contract.report_html == (folder / "report.html").read_text()


def test_rows_are_chosen_by_column_and_one_number_by_value(contract):
    rows = contract.rows(indicator="output", region="Pirkanmaa", sector="", measure="", term="")
    assert rows.row_count == 3 and set(rows["year"]) == {2026, 2027, 2028}
    assert contract.value("output", region="Pirkanmaa", year=2027) == rows.rows(year=2027)["value"][0] > 0
    assert contract.rows(region=["Pirkanmaa", "Uusimaa"]).row_count == sum(contract.rows(region=r).row_count for r in ("Pirkanmaa", "Uusimaa"))
    assert math.isnan(contract.value("output", region="Nowhere"))
    assert contract.units["real_income"] == "%"
    with pytest.raises(kontor.UsageError, match="3 rows match"):
        contract.table.value(indicator="output", region="Pirkanmaa")
    with pytest.raises(kontor.UsageError, match="no column"):
        contract.rows(regio="Pirkanmaa")


def test_a_table_is_a_dict_of_columns_of_one_length(contract):
    table = contract.table
    assert list(table) == ["indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit"]
    assert {len(column) for column in table.values()} == {table.row_count}
    assert table["value"].dtype == np.float64 and table["year"].dtype == np.int64 and isinstance(table["region"][0], str)
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.DataFrame(table)
    assert list(frame.columns) == list(table) and len(frame) == table.row_count


def test_a_result_that_is_read_again_holds_the_same_rows(contract, tmp_path):
    folder = contract.write(tmp_path / "result")
    again = kontor.read_result(folder)
    assert all(np.array_equal(again.table[name], contract.table[name], equal_nan=(name == "value")) for name in again.table)
    assert again.answer == contract.answer and again.report_html == contract.report_html and again.id == contract.id
    with pytest.raises(kontor.UsageError):
        again.write(tmp_path / "copy")


def test_an_explanation_adds_up_and_is_that_of_the_command_line(contract, program, tmp_path):
    folder = contract.write(tmp_path / "result")
    why = contract.explain("real_income", "Pirkanmaa")
    assert why.about == json.loads(program("explain", folder, "--indicator", "real_income", "--region", "Pirkanmaa", "--json"))
    assert kontor.read_result(folder).explain("real_income", "Pirkanmaa").tree == why.tree
    assert math.isclose(sum(part["value"] for part in why.tree["parts"]), why.value, rel_tol=1e-9)


def test_accounts_after_are_those_of_the_command_line(contract, program, tmp_path):
    program("run", CONTRACT, "--out", tmp_path / "result", "--accounts-after", f"2028:{tmp_path / 'after'}")
    there = kontor.read_accounts(tmp_path / "after")
    here = contract.accounts_after(2028)
    assert np.array_equal(there.Z, here.Z) and np.array_equal(there.x, here.x) and here.folder is None
    assert np.array_equal(kontor.read_result(tmp_path / "result").accounts_after().x, here.x)
    with pytest.raises(kontor.UsageError):
        contract.accounts_after(1999)


def told_rows(table):
    """Rows of a table as `rows_csv` has them: the value first."""
    return [(row["value"], row["indicator"], row["region"], row["sector"], row["partner"], row["term"], row["year"], row["measure"])
            for row in table.records()]


def csv_rows(text):
    return [(float(row["value"] or "nan"), *(row[n].removeprefix("'") for n in ("indicator", "region", "sector", "partner", "term")),
             int(row["year"] or 0), row["measure"]) for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.parametrize("names, said, flags", [
    (["self_sufficiency", "output_multiplier"], {"region": "Lappi"}, ["--region", "Lappi"]),
    (["self_sufficiency_look_through"], {"year": "all", "closure": "leontief", "measure": "M1"},
     ["--year", "all", "--closure", "leontief", "--measure", "M1"]),
    (["foreign_input_reliance"], {"region": ["Lappi", "Uusimaa"], "partner": "all", "year": [2026, 2028]},
     ["--region", "Lappi,Uusimaa", "--partner", "all", "--year", "2026,2028"]),
], ids=["last year", "all years, one measure", "two years, by partner"])
def test_indicators_before_and_after_are_those_of_the_command_line(names, said, flags, contract, program, tmp_path):
    folder = contract.write(tmp_path / "result")
    told = csv_rows(program("indicators", folder, *names, *flags, "--csv"))
    here, again = contract.indicators(names, **said), kontor.read_result(folder).indicators(names, **said)
    assert len(told) > 2 and repr(told_rows(here)) == repr(told_rows(again)) == repr(told)
    assert here.notes == again.notes and any("No growth lies between the two" in note for note in here.notes)
    for name in names:
        assert name in str(here)


def test_before_after_and_change_add_up_and_before_is_that_of_the_accounts(contract, finland):
    table = contract.indicators("output_multiplier", region="Pirkanmaa", sector="28", closure="leontief")
    before, after, change = (table.value(indicator="output_multiplier", region="Pirkanmaa", sector="28", term=t) for t in ("before", "after", "change"))
    assert after - before == change
    assert before == finland.indicators("output_multiplier", region="Pirkanmaa", sector="28").value(
        indicator="output_multiplier", region="Pirkanmaa", sector="28")
    fixed = kontor.run(CONTRACT, gross_only=True).indicators("self_sufficiency", region="Lappi")
    assert any("leontief model" in note for note in fixed.notes), "a run at fixed prices stays there"


def test_dependence_is_the_rows_of_the_report_and_what_the_indicator_says(contract):
    table = contract.dependence
    assert {row["indicator"] for row in table.records()} >= {"self_sufficiency_look_through", "loss_supplier", "supplier_concentration"}
    assert set(table["year"]) == {2028} and all(term.split("/")[-1] in ("before", "after", "change") for term in table["term"])
    assert table.notes and not any("--" in note for note in table.notes)
    asked = contract.indicators("self_sufficiency_look_through", region="Pirkanmaa").rows(sector="", partner="")
    shown = table.rows(indicator="self_sufficiency_look_through", region="Pirkanmaa", partner="")
    terms = set(asked["term"]) & set(shown["term"])
    assert terms and all(asked.rows(term=t)["value"].tolist() == shown.rows(term=t)["value"].tolist() for t in terms)


def test_parts_of_the_draws_join_to_the_result_of_all(program, tmp_path):
    told = []
    kontor.draw_part(CONTRACT, 1, 6, tmp_path / "p1", progress=lambda what, done: told.append(what))
    program("run", CONTRACT, "--draws", "7:16", "--out", tmp_path / "p2")
    kontor.draw_part(CONTRACT, 7, 16, tmp_path / "p3")
    assert {f.name: f.read_bytes() for f in (tmp_path / "p3").iterdir()} == {f.name: f.read_bytes() for f in (tmp_path / "p2").iterdir()}
    kontor.merge([tmp_path / "p2", tmp_path / "p1"]).write(tmp_path / "merged")
    kontor.run(CONTRACT, draws=16).write(tmp_path / "whole")
    assert files(tmp_path / "merged") == files(tmp_path / "whole")
    with pytest.raises(kontor.DataError, match="draws 1 to 6 are in no part"):
        kontor.merge([tmp_path / "p2"])
    with pytest.raises(kontor.EnvironmentProblem, match="force=True"):
        kontor.draw_part(CONTRACT, 1, 2, tmp_path / "p1")


def test_a_comparison_has_both_numbers_and_their_difference(contract, program, tmp_path):
    other = kontor.run(contract.programme_text.replace("24e6", "12e6"), accounts=FINLAND, gross_only=True)
    both = kontor.compare(contract, other)
    assert both.row_count > 50 and np.allclose(both["b"] - both["a"], both["value"], equal_nan=True, rtol=1e-12)
    net = both.rows(indicator="value_added_net")
    assert np.isfinite(net["a"]).all() and np.isnan(net["b"]).all(), "net effects stand in one of the two only"
    a, b = contract.write(tmp_path / "a"), other.write(tmp_path / "b")
    told = [row for row in csv.DictReader(io.StringIO(program("compare", a, b, "--csv"))) if row["term"].endswith("difference")]
    assert [float(row["value"] or "nan") for row in told] == pytest.approx(both["value"].tolist(), rel=0, abs=0, nan_ok=True)


def test_a_scan_is_that_of_the_command_line(program):
    table = kontor.scan(FULL, goal="real_income:Lappi", lever=["trade_cost", "tariff"], top=5)
    told = list(csv.DictReader(io.StringIO(
        program("scan", FULL, "--goal", "real_income:Lappi", "--lever", "trade_cost", "--lever", "tariff", "--top", "5", "--csv"))))
    assert [float(row["value"] or "nan") for row in told] == pytest.approx(table["value"].tolist(), rel=0, abs=0, nan_ok=True)
    assert "trade_cost" in str(table)


def test_an_indicator_is_that_of_the_command_line(finland, program):
    table = finland.indicators("exports_decomposition", region="Lappi", partner=["Uusimaa"], method="wwz")
    told = list(csv.DictReader(io.StringIO(program("indicators", FINLAND, "exports_decomposition", "--region", "Lappi", "--partner", "Uusimaa",
                                                   "--with", "method=wwz", "--csv"))))
    assert [float(row["value"] or "nan") for row in told] == pytest.approx(table["value"].tolist(), rel=0, abs=0, nan_ok=True)
    north = finland.indicators("self_sufficiency", region="North", bloc={"North": ["Lappi", "Kainuu"]})
    assert set(north["region"]) == {"North"}
    both = finland.indicators(["output_multiplier", "upstreamness"], region="Lappi")
    assert set(both["indicator"]) == {"output_multiplier", "upstreamness"} and "upstreamness" in str(both)


def test_textbook_multipliers_come_back_to_their_printed_digits(program, tmp_path):
    """Miller and Blair (2022), Input-Output Analysis, section 2.3: L = [1.2541 0.3300; 0.2640 1.1221]."""
    (tmp_path / "table.csv").write_text("from_region,from_sector,to_region,to_sector,value\n"
                                        "R,1,R,1,150\nR,1,R,2,500\nR,1,R,FD,350\nR,2,R,1,200\nR,2,R,2,100\nR,2,R,FD,1700\n")
    program("import", tmp_path / "table.csv", "--format", "long_csv", "--year", "2000", "--currency", "USD", "--scale", "1e6", "--out",
            tmp_path / "accounts")
    accounts = kontor.read_accounts(tmp_path / "accounts")
    multipliers = accounts.indicators("output_multiplier").rows(term="")
    printed = {"1": 1.2541 + 0.2640, "2": 0.3300 + 1.1221}
    for sector, value in printed.items():
        assert multipliers.value(sector=sector, region="R", indicator="output_multiplier") == pytest.approx(value, abs=1e-4)


def test_lists_name_what_the_command_line_names(program):
    assert kontor.measures() == json.loads(program("measures", "--json"))
    assert kontor.formats() == json.loads(program("formats", "--json")) and kontor.models() == json.loads(program("models", "--json"))
    assert {f["type"] for f in kontor.measures()[0]["fields"]} >= {"region", "amount of money", "first and last month"}
    assert [i["name"] for i in kontor.indicators()] == [i["name"] for i in json.loads(program("indicators", "--list", "--json"))]
    assert kontor.indicators("footprint")["page"] == "footprints"
    assert {t["name"] for t in kontor.programme_tables()} >= {"programme", "appraisal", "uncertainty"}
    assert [m["name"] for m in kontor.models()] == ["leontief", "equilibrium"]
    assert (SOURCE / "CMakeLists.txt").read_text().count(f"VERSION {kontor.__version__} ") == 1
