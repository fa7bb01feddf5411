"""Documents in an object store: the setting, tried on a real server that speaks S3."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from parvis.config.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
KEEP = """
import django
django.setup()
from pathlib import Path
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from parvis.config.backups import stored_files
name = default_storage.save("letters/réponse.pdf", ContentFile(b"first"))
other = default_storage.save("letters/réponse.pdf", ContentFile(b"second"))
assert name == "letters/réponse.pdf" and other != name, other
default_storage.save("top.txt", ContentFile(b"top"))
target = Path(__import__("sys").argv[1])
stored_files.copy_out(target)
assert (target / name).read_bytes() == b"first"
assert sorted(stored_files.names()) == sorted([name, other, "top.txt"]), list(stored_files.names())
(target / other).unlink()
stored_files.copy_in(target)
assert sorted(stored_files.names()) == sorted([name, "top.txt"]), list(stored_files.names())
assert default_storage.open(name).read() == b"first"
assert "Signature" in default_storage.url(name)
"""


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def test_documents_are_kept_in_a_bucket_and_copied_out_and_in(store: str, tmp_path: Path) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=store,
        region_name="ca-central-1",
        aws_access_key_id="id",
        aws_secret_access_key="secret",
    )
    client.create_bucket(
        Bucket="parvis-files", CreateBucketConfiguration={"LocationConstraint": "ca-central-1"}
    )
    environment = {
        **os.environ,
        "PARVIS_FILES_URL": "s3://parvis-files/one/installation",
        "PARVIS_S3_ENDPOINT": store,
        "PARVIS_S3_REGION": "ca-central-1",
        "PARVIS_S3_KEY_ID": "id",
        "PARVIS_S3_SECRET": "secret",
    }
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", KEEP, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = {one["Key"] for one in client.list_objects_v2(Bucket="parvis-files")["Contents"]}
    assert kept == {"one/installation/letters/réponse.pdf", "one/installation/top.txt"}
    client.close()


def test_without_a_bucket_documents_stand_in_the_home_folder_for_its_owner_alone(tmp_path: Path) -> None:
    told = Environment(home=tmp_path).file_storage()
    assert told["OPTIONS"]["location"] == tmp_path.resolve() / "files"
    assert told["OPTIONS"]["file_permissions_mode"] == 0o600


@pytest.mark.parametrize("wrong", ["bucket", "s3://", "https://store.example/bucket", "s3://UPPER"])
def test_what_names_no_bucket_stops_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="it names a bucket"):
        Environment(files_url=wrong)
