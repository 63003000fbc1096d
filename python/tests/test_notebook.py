"""A real notebook, executed: what it shows of accounts, a run, a table and a mistake."""
import pytest

from conftest import CONTRACT, FINLAND

nbformat = pytest.importorskip("nbformat", reason="no notebook: python3-nbclient and python3-ipykernel are not installed")
nbclient = pytest.importorskip("nbclient", reason="no notebook: python3-nbclient is not installed")
pytest.importorskip("ipykernel", reason="no notebook: python3-ipykernel is not installed")

CELLS = [f"import kontor\naccounts = kontor.read_accounts({str(FINLAND)!r})\naccounts",
         f"result = kontor.run({str(CONTRACT)!r}, gross_only=True, progress=True)\nresult",
         "result.rows(indicator='output', sector='')",
         "kontor.run({'programme': {'id': 'x'}})"]


def test_a_notebook_shows_accounts_results_and_a_bar_that_is_gone_at_the_end():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    bars = []

    class Client(nbclient.NotebookClient):
        def process_message(self, message, cell, number):
            if message["msg_type"] == "update_display_data":
                bars.append(message["content"]["data"]["text/html"])
            return super().process_message(message, cell, number)

    Client(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    accounts, run, rows, mistake = (cell.outputs for cell in notebook.cells)
    assert "<th>regions with cells</th><td>19</td>" in accounts[-1]["data"]["text/html"]
    assert len(bars) > 2 and bars[0].startswith("<progress ") and bars[-1] == ""
    assert [output["data"]["text/html"] == "" for output in run] == [True, False] and "The answer" in run[-1]["data"]["text/html"]
    assert "<th>region</th>" in rows[-1]["data"]["text/html"]
    assert mistake[-1]["ename"] == "DataError" and "programme.accounts" in mistake[-1]["evalue"]
