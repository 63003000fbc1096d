"""What goes wrong says where and what to do; hostile labels stay text."""
import pickle

import numpy as np
import pytest

import kontor
from conftest import CONTRACT, FINLAND, SOURCE


def test_every_mistake_of_a_programme_is_told_at_once_with_place_and_hint():
    wrong = CONTRACT.read_text().replace("Pirkanmaa\"", "Pirkanma\"", 1).replace("Uusimaa\", use", "Usimaa\", use")
    with pytest.raises(kontor.DataError) as caught:
        kontor.run(wrong, accounts=FINLAND)
    errors = [f for f in caught.value.findings if f.severity == "error"]
    assert len(errors) == 2
    assert [f.place.split(":")[:2] for f in errors] == [["programme.toml", "15"], ["programme.toml", "16"]]
    assert all("did you mean" in f.expected or "did you mean" in f.hint for f in errors)
    assert "Pirkanma" in str(caught.value) and "Usimaa" in str(caught.value)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("call, kind, words", [
    (lambda a: kontor.read_accounts("/nowhere"), kontor.EnvironmentProblem, "/nowhere"),
    (lambda a: kontor.run("/nowhere.toml"), kontor.EnvironmentProblem, "/nowhere.toml"),
    (lambda a: kontor.read_result(FINLAND), kontor.Error, "finland-2014"),
    (lambda a: a.indicators("output_multiplyer"), kontor.UsageError, "output_multiplier"),
    (lambda a: a.indicators("output_multiplier", region="Lapi"), kontor.UsageError, "Lappi"),
    (lambda a: a.indicators("output_multiplier", sector="9999"), kontor.UsageError, "9999"),
    (lambda a: a.indicators("output_multiplier", typ=2), kontor.UsageError, "typ"),
    (lambda a: a.indicators("self_sufficiency", bloc={"B": ["Lappi", "Lappi"]}), kontor.UsageError, "Lappi"),
    (lambda a: a.indicators([]), kontor.UsageError, "no indicator"),
    (lambda a: kontor.indicators("footprnt"), kontor.UsageError, "footprint"),
    (lambda a: kontor.run(CONTRACT, attribution="shaply"), kontor.UsageError, "shapley"),
    (lambda a: kontor.run(CONTRACT, draws=-1), kontor.UsageError, "draws"),
    (lambda a: kontor.run(CONTRACT, draws=10, gross_only=True), kontor.UsageError, "net effect"),
    (lambda a: kontor.run(CONTRACT, draws="many"), kontor.UsageError, "draws"),
    (lambda a: kontor.run({}), kontor.DataError, "programme.toml"),
    (lambda a: kontor.scan(a, lever="magic"), kontor.UsageError, ":lever"),
    (lambda a: kontor.scan(a, capital_step=-1), kontor.UsageError, ":capital_step"),
    (lambda a: a.indicators("footprint", satellite="x"), kontor.UsageError, ":satellite"),
    (lambda a: kontor.run(7), kontor.UsageError, "a path"),
    (lambda a: kontor.run(CONTRACT, progress="yes"), kontor.UsageError, "progress"),
    (lambda a: kontor.scan(a, goal="happiness"), kontor.Error, "happiness"),
    (lambda a: kontor.merge([]), kontor.UsageError, "kontor.draw_part"),
    (lambda a: kontor.draw_part(CONTRACT, 3, 1, "/nowhere"), kontor.UsageError, "draws 3 to 1"),
    (lambda a: kontor.run(CONTRACT, gross_only=True).indicators("output_multiplyer"), kontor.UsageError, "output_multiplier"),
    (lambda a: kontor.run(CONTRACT, gross_only=True).indicators([]), kontor.UsageError, "no indicator"),
    (lambda a: kontor.run(CONTRACT, gross_only=True).indicators("self_sufficiency", year=1999), kontor.UsageError, ":year:"),
    (lambda a: kontor.run(CONTRACT, gross_only=True).indicators("self_sufficiency", measure="M7"), kontor.UsageError, "unknown measure `M7`"),
    (lambda a: kontor.run(CONTRACT, gross_only=True).indicators("self_sufficiency", closure="x"), kontor.UsageError, ":closure:"),
    (lambda a: kontor.use_threads(0), kontor.UsageError, "1 to 1024"),
    (lambda a: kontor.to_toml({"programme": {"id": None}}), kontor.UsageError, "programme.id"),
], ids=lambda value: None if callable(value) and not isinstance(value, type) else getattr(value, "__name__", str(value)))
def test_a_wrong_call_says_what_was_found_and_what_to_do(call, kind, words, finland):
    with pytest.raises(kind) as caught:
        call(finland)
    finding = caught.value.findings[0]
    assert words in str(caught.value)
    assert finding.found and (finding.expected or finding.hint)
    assert "--" not in str(caught.value)


@pytest.mark.parametrize("library, python", [
    ("use --force to replace it, or choose another --out", "use force=True to replace it, or choose another folder"),
    ("add --year, e.g. --year 1993", "add year, e.g. year=1993"),
    ("say `--duplicates sum` or --gross-output row_sums", 'say `duplicates="sum"` or gross_output="row_sums"'),
    ("as --missing zero says, with --na", 'as missing="zero" says, with na'),
    ("(--with side=supply); --with replacement=0.5", '(side="supply"); replacement=0.5'),
    ("e.g. --bloc NORTH=FIN,SWE", 'e.g. bloc={"NORTH": ["FIN", "SWE"]}'),
    ("name the right ones with --accounts FOLDER, or", "name the right ones with accounts=FOLDER, or"),
    ("`kontor measures` lists the kinds; `kontor check`", "`kontor.measures()` lists the kinds; `accounts.check()`"),
    ("join one (kontor import --format satellite), or", 'join one (kontor.import_accounts(FILE, "satellite")), or'),
    ("a folder that `kontor run PROGRAMME --draws A:B` wrote", "a folder that `kontor.draw_part` wrote"),
    ("a label --with-a-dash and --nothing of ours", "a label --with-a-dash and --nothing of ours"),
])
def test_flags_and_verbs_are_arguments_and_functions(library, python):
    from kontor.words import in_python
    assert in_python(library) == python


def test_no_flag_and_no_verb_of_the_library_stays_as_it_is():
    """All texts of the library: what a user of Python reads names what there is in Python."""
    import re
    from kontor.words import in_python
    pages = re.compile(r"src/report/(section_|report_|answer|indicator_list|lists)|src/(read/import|accounts/aggregate)\.cpp")
    for file in sorted((SOURCE / "src").rglob("*.cpp")):
        name = str(file.relative_to(SOURCE))
        if pages.match(name):  # pages that are the same bytes in every face, and the command that made accounts
            continue
        code = re.sub(r"^\s*//.*$", "", file.read_text(), flags=re.MULTILINE).replace("'\"'", "").replace("'\\\"'", "")
        for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', code):
            said = "" if re.fullmatch(r"--with [a-z_]*|--[a-z-]+", literal) else in_python(literal)  # a place
            assert not re.search(r"(?<![\w-])--[a-z]", said), f"{name}: {literal}"
            assert not re.search(r"`kontor (?!run` wrote|import`)[a-z]", said), f"{name}: {literal}"


def test_a_programme_without_a_solution_is_no_answer():
    assert issubclass(kontor.NoAnswer, kontor.Error) and kontor.NoAnswer.exit_code == 4
    from kontor.errors import error_of
    assert type(error_of(4, [])) is kontor.NoAnswer and type(error_of(1, [])) is kontor.Error


def test_a_file_that_is_not_there_is_an_oserror_and_travels_between_processes():
    with pytest.raises(OSError) as caught:
        kontor.read_accounts("/nowhere")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is kontor.EnvironmentProblem and str(again) == str(caught.value)
    assert again.findings[0].hint == caught.value.findings[0].hint


HOSTILE = "<script>alert('x')</script>&\"<img src=x onerror=alert(1)>"


def test_hostile_labels_stay_text_in_a_notebook(tmp_path):
    programme = {
        "programme": {"id": "one", "title": HOSTILE, "accounts": str(FINLAND), "horizon": [2026, 2026], "currency": "EUR", "price_year": 2014},
        "blocs": {HOSTILE: ["Lappi", "Kainuu"]},
        "measure": [{"id": "M1", "kind": "contract", "status": "signed", "title": HOSTILE, "seller": {"region": "Pirkanmaa", "sector": "28"},
                     "buyer": {"region": "Uusimaa", "use": "investment"}, "money": {"total": 1e6, "basis": "basic"},
                     "period": ["2026-01", "2026-12"], "additional": 0.5, "replaces": {"nothing": 1.0}}],
    }
    result = kontor.run(programme, gross_only=True)
    assert result.title == HOSTILE
    shown = [result, result.rows(indicator="output"), result.rows(region=HOSTILE), result.explain("value_added", HOSTILE)]
    shown += [kontor.Table({**result.table, "region": np.array([HOSTILE] * result.table.row_count, dtype=object)}, notes=[HOSTILE])]
    for one in shown:
        html = one._repr_html_()
        assert "<script" not in html and "<img" not in html
    assert "&lt;script&gt;" in shown[-1]._repr_html_() and "&lt;script&gt;" in result._repr_html_()


def test_accounts_show_size_money_and_totals_in_a_notebook(finland):
    html = finland._repr_html_()
    assert "Finland 2014" in html and "570" in html and "EUR" in html
