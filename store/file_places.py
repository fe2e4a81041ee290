"""Chooses where files lie by the settings: in the data folder, or in a bucket."""

from flask import Flask

from settings import Settings
from store.file_store import FileStore, FolderStore

_NAME = "plumbline_files"


def attach(app: Flask, settings: Settings) -> None:
    app.extensions[_NAME] = place_for(settings)


def place_for(settings: Settings) -> FileStore:
    if not settings.bucket:
        return FolderStore(settings.files)
    from store.bucket import BucketStore  # 4 MB, which a folder has no use for

    return BucketStore(settings.bucket)


def files_of(app: Flask) -> FileStore:
    """The place of an application's files."""
    found: FileStore = app.extensions[_NAME]
    return found
