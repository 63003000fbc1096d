"""Long work: Python goes on beside it, it tells how far it is, and Ctrl-C stops it."""
import os
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

import kontor
from conftest import CONTRACT, FULL


def test_python_goes_on_while_a_run_works():
    counted, over = 0, threading.Event()
    worker = threading.Thread(target=lambda: (kontor.run(CONTRACT), over.set()))
    start = time.perf_counter()
    worker.start()
    while not over.is_set():
        time.sleep(0.005)
        counted += 1
    worker.join()
    seconds = time.perf_counter() - start
    assert counted > 20 * seconds, f"{counted} turns in {seconds:.1f} s"


def test_two_runs_at_once_give_what_one_gives():
    def values():
        return kontor.run(CONTRACT, gross_only=True).table["value"].tobytes()

    found = []
    workers = [threading.Thread(target=lambda: found.append(values())) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [values()] * 2


def test_progress_tells_steps_in_order_on_the_calling_thread():
    told, here = [], threading.get_ident()
    kontor.run(CONTRACT, draws=16, progress=lambda what, done: told.append((what, done, threading.get_ident() == here)))
    assert all(same for _, _, same in told)
    shares = [done for _, done, _ in told]
    assert shares == sorted(shares) and 0.0 <= shares[0] and shares[-1] <= 1.0
    assert any(what.startswith("draws ") for what, _, _ in told)


def test_what_progress_raises_stops_the_run_and_comes_out():
    class Enough(Exception):
        pass

    def stop(what, done):
        raise Enough(what)

    with pytest.raises(Enough):
        kontor.run(FULL, progress=stop)


def test_a_bar_is_plain_text_where_there_is_no_notebook(capsys):
    kontor.run(CONTRACT, gross_only=True, progress=True)
    out, err = capsys.readouterr()
    assert out == "" and "[" in err and err.endswith("\x1b[K")


def test_a_notebook_gets_an_output_that_is_written_over_and_left_empty(monkeypatch):
    """A stand-in for IPython, which is not needed: what kontor asks of it."""
    shown, asked = [], []

    def display(step, display_id):
        asked.append(display_id)
        shown.append(step)
        return SimpleNamespace(update=shown.append)

    shell = SimpleNamespace(config={"IPKernelApp": {}})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=display))
    kontor.run(CONTRACT, gross_only=True, progress=True)
    assert asked == [True] and len(shown) > 2
    assert [step._repr_html_() for step in (shown[0], shown[-1])] == ["", ""] and repr(shown[-1]) == ""
    shares = [step.done for step in shown[1:-1]]
    assert shares == sorted(shares) and all(step._repr_html_().startswith("<progress ") and step.what in repr(step) for step in shown[1:-1])
    from kontor.progress import Step
    assert "<script" not in Step("<script>", 0.5)._repr_html_()


def test_ctrl_c_stops_a_run_within_a_second_and_the_module_goes_on():
    code = """
import time, kontor, sys
def told(what, done):
    if what.startswith("draws"): print("at work", flush=True)
try:
    kontor.run(sys.argv[1], draws=200000, progress=told)
except KeyboardInterrupt:
    print("stopped", flush=True)
print(len(kontor.run(sys.argv[2], gross_only=True).answer), flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", code, str(CONTRACT), str(CONTRACT)], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        assert process.stdout.readline() == "at work\n"
        time.sleep(0.3)
        start = time.perf_counter()
        process.send_signal(signal.SIGINT)
        line = process.stdout.readline()
        while line == "at work\n":
            line = process.stdout.readline()
        seconds = time.perf_counter() - start
        assert line == "stopped\n"
        assert process.stdout.readline().strip().isdigit()
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()
    assert seconds < 2.0, f"{seconds:.2f} s"  # a second, and one for a machine that is busy with other tests


def test_the_threads_of_numpy_are_given_back():
    code = """
import ctypes, kontor, sys
blas = ctypes.CDLL("libopenblas.so.0")
blas.openblas_set_num_threads(2)
kontor.read_accounts(sys.argv[1]).indicators("output_multiplier")
print(blas.openblas_get_num_threads())
"""
    from conftest import FINLAND
    done = subprocess.run([sys.executable, "-c", code, str(FINLAND)], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "2", done.stderr
