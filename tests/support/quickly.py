"""What makes in-process tests quick without changing what they test."""

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.support.runs import run_folder
from workflow.people import passwords

# Slow on purpose in service; tests/workflow/people/test_passwords.py holds the true parameters.
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
TRUE = passwords.HASHER


def hash_quickly() -> None:
    """Hash the passwords of this process with the least effort that argon2id allows."""
    passwords.HASHER = QUICK


def compile_once(app: Flask) -> Flask:
    """Compile each template once a run, not once an application."""
    kept = run_folder() / "templates"
    kept.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))
    return app
