from __future__ import annotations

import json
import logging
import os
import shlex
import subprocess
import tempfile
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.sdk import DAG, Variable, task

@SETTINGS@

log = logging.getLogger(__name__)

# Why the task of this process failed; callbacks are not always told.
failed: list[str] = []


def setting(name: str, default: str) -> str:
    """The variable of the environment, else the Airflow Variable of that name, else the default."""
    value = os.environ.get(f"LEAT_{name.upper()}")
    value = value or Variable.get(f"leat_{FLOW}_{name}", default=None)
    return value or Variable.get(f"leat_{name}", default=None) or default


def leat(*arguments: str) -> None:
    """Runs Leat, with what it says in the task's log; a refusal is not tried again."""
    command = [*shlex.split(setting("command", "leat")), "run", setting("flow", FLOW_FILE)]
    command += [*arguments, "--no-retry", "--json"]
    log.info("running %s", shlex.join(command))
    with tempfile.TemporaryFile(mode="w+") as answer:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.PIPE, text=True
        )
        follower = threading.Thread(target=follow, args=(process.stderr,), daemon=True)
        follower.start()
        try:
            code = process.wait()
        finally:
            # The task was stopped, or took too long: Leat ends in order.
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=60)
                except subprocess.TimeoutExpired:
                    process.kill()
        follower.join(timeout=10)
        answer.seek(0)
        text = answer.read()
    if code in (2, 3):
        reason = "the flow or its configuration is wrong" if code == 2 else "checks failed"
        failed.append(f"{reason}; leat run ended with {code}")
        raise AirflowFailException(failed[-1])
    if code != 0:
        failed.append(f"leat run ended with {code}")
        raise AirflowException(failed[-1])
    if text.strip() and skips(json.loads(text)):
        raise AirflowSkipException("the condition does not hold; what depends on it is left out")


def follow(lines) -> None:
    for line in lines:
        log.info("%s", line.rstrip())


def skips(answer: dict) -> bool:
    """Whether the step decided that what depends on it is not to be done."""
    return any(step.get("state") == "skipped" for step in answer.get("steps", []))


def alert(context) -> None:
    """Tells of a task that failed for good: in the log, and to a command if there is one."""
    instance = context.get("task_instance") or context.get("ti")
    message = {
        "flow": FLOW,
        "task": getattr(instance, "task_id", None),
        "run": getattr(instance, "run_id", None),
        "attempt": getattr(instance, "try_number", None),
        "error": str(context.get("exception") or (failed[-1] if failed else "see the task's log")),
    }
    log.error("leat: %s", json.dumps(message))
    command = os.environ.get("LEAT_ALERT_COMMAND") or ALERT_COMMAND
    if command:
        subprocess.run(
            shlex.split(command), input=json.dumps(message), text=True, timeout=60, check=False
        )


def pool(name: str) -> dict:
    """The pool of that name, where LEAT_POOLS says that pools were made; see the top."""
    return {"pool": name} if os.environ.get("LEAT_POOLS") else {}


def step(task_id: str, *arguments: str, **settings):
    """A task that is one run of Leat."""

    @task(task_id=task_id, **settings)
    def run() -> None:
        leat(*arguments)

    return run()
