"""Chooses where files lie by the settings: in the data folder, or in a bucket."""

from flask import Flask

from settings import Settings
from store.bucket import BucketStore
from store.file_store import FileStore, FolderStore

_NAME = "plumbline_files"


def attach(app: Flask, settings: Settings) -> None:
    app.extensions[_NAME] = place_for(settings)


def place_for(settings: Settings) -> FileStore:
    return BucketStore(settings.bucket) if settings.bucket else FolderStore(settings.files)


def files_of(app: Flask) -> FileStore:
    """The place of an application's files."""
    found: FileStore = app.extensions[_NAME]
    return found
