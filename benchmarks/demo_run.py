"""How long does the main job take, as a whole process: examples/finland-full on data/finland-2014? Answer checked: exit 0, five lines."""
import subprocess
import sys
import tempfile
import time
from pathlib import Path

root = Path(__file__).resolve().parent.parent
times = []
with tempfile.TemporaryDirectory() as folder:
    command = [sys.argv[1], "run", str(root / "examples/finland-full/programme.toml"), "--out", folder + "/result", "--force"]
    for _ in range(8):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        times.append(time.perf_counter() - start)
        assert done.returncode == 0 and "5. In the economy of 2014" in done.stdout, done.stderr
times = sorted(times[1:])
print(f"demo_run_s median {times[len(times) // 2]:.3f}  min {times[0]:.3f}  max {times[-1]:.3f}")
