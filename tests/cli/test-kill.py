#!/usr/bin/python3
# test-kill.py: recording is killed at random moments; what was acknowledged is in the file.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

KILLS = int(os.environ.get("CONC_KILLS", "200"))
VERIFY_EVERY = 10
SEED = int(os.environ.get("CONC_SEED", "20171209"))
CTL = os.environ["CONCOURSECTL"]


def ctl(*words):
    return subprocess.run([CTL, *map(str, words)], capture_output=True, text=True)


def lines(chance, number):
    """What a timing table writes: taps, bibs and a few corrections."""
    for _ in range(number):
        kind = chance.random()
        if kind < 0.5:
            yield "tap"
        elif kind < 0.85:
            yield f"bib {chance.randrange(1, 500)}"
        elif kind < 0.97:
            yield f"cross {chance.randrange(1, 500)}"
        else:
            yield "nonsense"


def kill_once(race, chance):
    """Returns the facts that were acknowledged before the recorder died."""
    recorder = subprocess.Popen(
        [CTL, "record", str(race)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    number = chance.randrange(20, 101)
    text = "".join(f"{line}\n" for line in lines(chance, number)).encode()
    answers = []
    stop_after = chance.randrange(0, number)
    reached = threading.Event()

    def read():
        # A line without its end was not wholly said.
        for answer in recorder.stdout:
            if answer.endswith(b"\n"):
                answers.append(answer.decode().rstrip("\n"))
            if len(answers) >= stop_after:
                reached.set()
        reached.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        recorder.stdin.write(text)
        recorder.stdin.flush()
    except BrokenPipeError:
        pass
    # Killed after so many answers, or at a moment before or while they come.
    reached.wait(chance.choice([5, chance.random() * 0.2]))
    recorder.kill()
    reader.join()
    try:
        recorder.stdin.close()
    except BrokenPipeError:
        pass
    complaint = recorder.stderr.read().decode()
    recorder.stderr.close()
    recorder.stdout.close()
    recorder.wait()
    if complaint:
        raise AssertionError(f"the recorder complained: {complaint}")
    return [answer[3:] for answer in answers if answer.startswith("ok ")]


def facts_of(race):
    listing = ctl("facts", race, "--json")
    if listing.returncode != 0:
        raise AssertionError(f"the facts cannot be read: {listing.stderr}")
    return [json.loads(line) for line in listing.stdout.splitlines()]


def check_facts(race, promised):
    facts = facts_of(race)
    there = {fact["fact"] for fact in facts}
    lost = [fact for fact in promised if fact not in there]
    if lost:
        raise AssertionError(f"{len(lost)} acknowledged facts are lost, the first is {lost[0]}")
    if [fact["seq"] for fact in facts] != list(range(1, len(facts) + 1)):
        raise AssertionError("the numbers of the facts have gaps")
    return len(facts)


def main():
    chance = random.Random(SEED)
    promised, problems, killed_early = [], [], 0
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        race = Path(folder) / "x.race"
        made = ctl("create", race, "--name", "Race", "--date", "2017-12-09")
        if made.returncode != 0:
            problems.append(made.stderr)
        for number in range(1, KILLS + 1):
            if problems:
                break
            try:
                fresh = kill_once(race, chance)
                promised += fresh
                killed_early += not fresh
                # All of them every tenth time; the newest ones every time.
                if number % VERIFY_EVERY == 0 or number == KILLS:
                    count = check_facts(race, promised)
                    verdict = ctl("verify", race)
                    if verdict.returncode != 0:
                        problems.append(f"after {number}: {verdict.stdout}{verdict.stderr}")
                else:
                    check_facts(race, fresh)
            except AssertionError as problem:
                problems.append(f"after {number} kills: {problem}")
    for problem in problems:
        print(f"# {problem}")
    print(f"# seed {SEED}: {len(promised)} facts acknowledged, {count} in the file, "
          f"{killed_early} of {KILLS} recorders killed before their first answer")
    state = "not ok" if problems else "ok"
    print(f"{state} 1 - {KILLS} kills lose no acknowledged fact")
    enough = len(promised) > KILLS * 5
    print(f"{'ok' if enough else 'not ok'} 2 - enough was acknowledged to prove something")
    print("1..2")
    return 0 if not problems and enough else 1


sys.exit(main())
