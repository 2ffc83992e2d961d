"""The worker's loop for tests: in this thread, on this connection."""

from __future__ import annotations


def run_due_tasks(*, failures_are_fine: bool = False) -> int:
    """Run tasks until none is due; returns how many ran. Raises AssertionError on a failure."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    ran = 0
    while (result := DBTaskResult.objects.ready().first()) is not None:
        result.claim("tests")
        worker.run_task(result)
        result.refresh_from_db()
        ran += 1
        if not failures_are_fine:
            assert result.status == "SUCCESSFUL", f"{result.task_path}: {result.traceback}"
    return ran
