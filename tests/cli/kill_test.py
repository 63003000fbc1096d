"""Killed at any moment, the program leaves the old output or the new one, whole, and the next run works.

    kill_test.py KONTOR [--count N] [--seed S]
"""
import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import outside


def duration(world, step):
    """Seconds that an undisturbed run takes: the kills are spread over it."""
    start = time.monotonic()
    outside.must(world.command[step], world.folder)
    return time.monotonic() - start


def kill_once(world, step, delay):
    """Starts a step, kills it after `delay` seconds; True if the kill came before its end."""
    process = subprocess.Popen(world.command[step], cwd=world.folder, env=outside.environment(), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    errors = process.communicate()[1]
    if process.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(f"exit {process.returncode}: {errors.decode()}")
    return process.returncode != 0


def check_after_kill(world, step, old, new):
    """What stands is old or new, whole; a temporary folder never passes for accounts unless it is complete."""
    found = world.version(step)
    if found not in (old, new):
        raise AssertionError(f"{world.OUTPUT[step]} is neither the old nor the new version")
    if world.strangers():
        raise AssertionError(f"unknown files: {world.strangers()}")
    if outside.call([world.kontor, "check", "accounts"], world.folder).returncode != 0:
        raise AssertionError("kontor check refuses the accounts that stand")
    for leftover in world.leftovers():
        if leftover.name.startswith("accounts") and not outside.is_whole(leftover):
            if outside.call([world.kontor, "check", leftover.name], world.folder).returncode == 0:
                raise AssertionError(f"{leftover.name} is incomplete, and kontor check does not say so")
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kontor")
    arguments.add_argument("--count", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kontor-kill-") as folder:
        world = outside.World(options.kontor, folder)
        seconds = {step: duration(world, step) for step in world.STEPS}
        killed = {step: 0 for step in world.STEPS}
        for i in range(options.count):
            step = world.STEPS[i % 2]
            old = world.version(step)
            new = 1 - old
            world.prepare(step, new)
            delay = chance.uniform(0, 1.1 * seconds[step])
            try:
                killed[step] += kill_once(world, step, delay)
                check_after_kill(world, step, old, new)
                outside.must(world.command[step], world.folder)  # the next run works
                if world.version(step) != new:
                    raise AssertionError("the next run does not give the new version")
            except AssertionError as wrong:
                sys.exit(f"kill {i} of `kontor {step}` after {delay:.4f} s (seed {options.seed}): {wrong}")
            if step == "import":  # the programme's results were expected on version 0
                world.prepare(step, 0)
                outside.must(world.command[step], world.folder)
    print(f"{options.count} runs, killed before their end: " + ", ".join(f"{n} {step}" for step, n in killed.items()))
    if options.count >= 20 and not all(killed.values()):
        sys.exit("no run was killed before its end: the test asked nothing")


if __name__ == "__main__":
    main()
