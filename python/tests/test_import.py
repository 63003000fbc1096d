"""Import, joins and aggregation: the bytes, the findings and the mistakes of the command line."""
import json

import numpy as np
import pytest

import kontor
from conftest import FINLAND

FLOWS = "from_region,from_sector,to_region,to_sector,value\nR,1,R,1,150\nR,1,R,2,500\nR,1,R,FD,350\nR,2,R,1,200\nR,2,R,2,100\nR,2,R,FD,1700\n"
SAID = {"year": 2000, "currency": "USD", "scale": 1e6}
FLAGS = ["--year", "2000", "--currency", "USD", "--scale", "1e6"]


@pytest.fixture
def flows(tmp_path, monkeypatch):
    """A working folder with a small table and what is joined onto it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flows.csv").write_text(FLOWS)
    (tmp_path / "jobs.csv").write_text("region,sector,jobs\nR,1,5\nR,2,7\n")
    (tmp_path / "sectors.csv").write_text("from,to,weight,name\n1,A,0.25,all of it\n1,B,0.75,\n2,A,1,\n")
    return tmp_path


def content(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_an_import_is_the_folder_and_the_findings_of_the_command_line(flows, program):
    told = json.loads(program("import", "flows.csv", "--format", "long_csv", *FLAGS, "--title", "Two", "--gross-output", "row_sums", "--out",
                              "there", "--json"))
    accounts = kontor.import_accounts("flows.csv", "long_csv", **SAID, title="Two", gross_output="row_sums")
    accounts.write("here")
    assert content(flows / "here") == content(flows / "there")
    assert [f.code for f in accounts.findings] == [f["code"] for f in told] and accounts.folder is None
    assert accounts.x.tolist() == [1000.0, 2000.0] and accounts.title == "Two"
    assert kontor.read_accounts("here").findings == []


def test_a_join_gives_new_accounts_and_leaves_the_others(flows, program):
    program("import", "flows.csv", "--format", "long_csv", *FLAGS, "--out", "a")
    program("import", "jobs.csv", "--format", "satellite", "--into", "a", "--with", "code=jobs", "--with", "unit=persons", "--with",
            "source=an invented office", "--out", "there")
    in_memory = kontor.import_accounts("flows.csv", "long_csv", **SAID)
    for k, into in enumerate([in_memory, kontor.read_accounts("a"), "a", flows / "a"]):
        joined = kontor.import_accounts("jobs.csv", "satellite", into=into, code="jobs", unit="persons", source="an invented office")
        joined.write(f"here{k}")
        assert content(flows / f"here{k}") == content(flows / "there")
        assert joined.satellites["jobs"].tolist() == [5.0, 7.0]
    assert "jobs" not in in_memory.satellites
    marked = kontor.import_accounts("jobs.csv", "satellite", into="a", code="jobs", unit="persons", estimate=True)
    assert marked.satellites.about("jobs")["estimate"] and not joined.satellites.about("jobs")["estimate"]


def test_an_aggregation_is_the_folder_of_the_command_line(flows, program):
    accounts = kontor.import_accounts("flows.csv", "long_csv", **SAID)
    accounts.write("a")
    program("aggregate", "a", "--sectors", "sectors.csv", "--title", "Coarse", "--out", "there")
    accounts.aggregate(sectors="sectors.csv", title="Coarse").write("here")
    assert content(flows / "here") == content(flows / "there")
    by_hand = accounts.aggregate(sectors={"1": {"A": 0.25, "B": 0.75}, "2": "A"})
    assert np.array_equal(by_hand.Z, kontor.read_accounts("there").Z) and by_hand.cells == [("R", "A"), ("R", "B")]
    assert by_hand.x.sum() == accounts.x.sum()
    assert accounts.aggregate().Z.tolist() == accounts.Z.tolist()


def test_regions_are_added_up_and_the_total_stays(finland):
    coarse = finland.aggregate(regions={region: "North" if region in ("Lappi", "Kainuu") else region for region in finland.regions})
    assert "Lappi" not in coarse.regions and {"North", "Uusimaa"} <= set(coarse.regions)
    assert coarse.x.sum() == pytest.approx(finland.x.sum(), rel=1e-12)
    both = [k for k, (region, sector) in enumerate(finland.cells) if region in ("Lappi", "Kainuu") and sector == "16"]
    assert coarse.x[coarse.cells.index(("North", "16"))] == pytest.approx(finland.x[both].sum(), rel=1e-15)


def test_all_mistakes_of_a_file_come_at_once_with_their_lines(flows):
    (flows / "flows.csv").write_text(FLOWS.replace("150", "many").replace(",100\n", ",-100\n"))
    with pytest.raises(kontor.DataError) as caught:
        kontor.import_accounts("flows.csv", "long_csv", **SAID)
    assert [f.place for f in caught.value.findings if f.severity == "error"] == ["flows.csv:2:value (5)", "flows.csv:6:value"]
    assert "allow_negative=True" in str(caught.value) and "--" not in str(caught.value)


def test_damaged_accounts_are_neither_joined_nor_aggregated(flows):
    kontor.import_accounts("flows.csv", "long_csv", **SAID).write("a")
    with open(flows / "a" / "output.npy", "r+b") as file:
        file.seek(-3, 2)
        file.write(b"\x01")
    for call in (lambda: kontor.import_accounts("jobs.csv", "satellite", into="a", code="jobs", unit="persons"),
                 lambda: kontor.read_accounts("a").aggregate(sectors={"1": "A", "2": "A"})):
        with pytest.raises(kontor.DataError, match="output.npy"):
            call()


@pytest.mark.parametrize("call, kind, words", [
    (lambda a: kontor.import_accounts("flows.csv", "lng_csv"), kontor.UsageError, ":format: no format `lng_csv`|long_csv"),
    (lambda a: kontor.import_accounts("flows.csv", "long_csv", shape=1), kontor.UsageError, "no setting `shape`|kontor.formats()"),
    (lambda a: kontor.import_accounts("flows.csv", "long_csv", gross_output="rows"), kontor.UsageError, ":gross_output:|row_sums"),
    (lambda a: kontor.import_accounts("flows.csv", "long_csv", duplicates="last"), kontor.UsageError, ":duplicates:|first"),
    (lambda a: kontor.import_accounts("flows.csv", "long_csv", missing="none"), kontor.UsageError, ":missing:|zero"),
    (lambda a: kontor.import_accounts("flows.csv", "long_csv", encoding="latin1", **SAID), kontor.UsageError, ":encoding:|cp1251"),
    (lambda a: kontor.import_accounts("flows.csv", "long_csv", into=a, **SAID), kontor.UsageError, ":into:|leave into out"),
    (lambda a: kontor.import_accounts("jobs.csv", "satellite"), kontor.UsageError, "add into=ACCOUNTS"),
    (lambda a: kontor.import_accounts("jobs.csv", "satellite", into=a, estimate="maybe"), kontor.UsageError, ":estimate:|yes"),
    (lambda a: kontor.import_accounts("jobs.csv", "satellite", into=a, resolution="town"), kontor.UsageError, ":resolution:|sector_group"),
    (lambda a: kontor.import_accounts("jobs.csv", "satellite", into=a, cod="jobs"), kontor.UsageError, "no setting `cod`|code"),
    (lambda a: kontor.import_accounts("jobs.csv", "distances", into=a, unit="km"), kontor.UsageError, "no setting `unit`|it has none"),
    (lambda a: kontor.import_accounts("nothing.csv", "long_csv"), kontor.EnvironmentProblem, "nothing.csv"),
    (lambda a: a.aggregate(sectors={"1": "A"}), kontor.DataError, "sector `2` is not mapped"),
    (lambda a: a.aggregate(sectors={"1": {"A": 0.5}, "2": "A"}), kontor.DataError, "sectors:2:weight|sum to 0.5"),
    (lambda a: a.aggregate(regions="nothing.csv"), kontor.EnvironmentProblem, "nothing.csv"),
])
def test_a_wrong_import_says_what_was_found_in_words_of_python(call, kind, words, flows):
    accounts = kontor.import_accounts("flows.csv", "long_csv", **SAID)
    with pytest.raises(kind) as caught:
        call(accounts)
    assert all(word in str(caught.value) for word in words.split("|")), str(caught.value)
    assert "--" not in str(caught.value)
