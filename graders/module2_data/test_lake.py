"""The raw zone of the lake: layout, bytes, again."""

from course_runtime.grading import listed, todo

ODD = "\ufeffname;größe\r\nAnna;1,70\r\n".encode()


def new_files(world):
    """What lies in the local folder: by path, with content that only survives when it is left alone."""
    table = world.table("clean", 30).to_csv(index=False, lineterminator="\n").encode()
    return {
        "baseline/diabetes.csv": table,
        "stage/patients/patient-age.csv": b"Id,PatientID,Age\r\n1,1142956,45\r\n",
        f"stage/patients/{world.name('levels')}.csv": ODD,
        "target/diabetes.csv": table[::-1],
        "target/picture.bin": world.random.randbytes(2000),
        f"{world.name('notes')}.txt": b"no newline at the end",
    }


def put_files(student, folder, files):
    for path, data in files.items():
        student.write(f"{folder}/{path}", data)
    return student.probe("path", folder)


def upload(student, world, lake, files, user):
    """Upload the files as the student does; what the function returned."""
    folder = put_files(student, world.name("local"), files)
    return student.call("upload_raw", student.probe("lake_client", *lake), folder, user)


@todo("2.2", points=1.5)
def test_layout(student, azure, world, lake):
    """Each file lies where it belongs in the raw zone."""
    files, user = new_files(world), world.name("user")
    upload(student, world, lake, files, user)
    expected = {f"0-raw/diabetes/{user}/{path}" for path in files}
    found = set(azure.storage(lake.account).names(lake.filesystem))
    missing, surplus = sorted(expected - found), sorted(found - expected)
    assert not missing and not surplus, (
        "The lake does not look as it should."
        + (f"\nExpected, but not there:\n{listed(missing)}" if missing else "")
        + (f"\nThere, but not expected:\n{listed(surplus)}" if surplus else "")
    )


def altered(storage, filesystem, user, files):
    """The files that are in the lake with another content than they should have, with what is wrong."""
    wrong = []
    for path, data in files.items():
        found = storage.read(filesystem, f"0-raw/diabetes/{user}/{path}")
        if found is None:
            wrong.append(f"{path}: not there")
        elif found != data:
            at = next((one for one in range(min(len(data), len(found))) if data[one] != found[one]), -1)
            at = at if at >= 0 else min(len(data), len(found))
            wrong.append(
                f"{path}: {len(data)} bytes expected, {len(found)} came; they differ from byte {at} on: "
                f"{data[at : at + 12]!r} expected, {found[at : at + 12]!r} came"
            )
    return wrong


@todo("2.2", points=1)
def test_bytes(student, azure, world, lake):
    """Each file is in the lake byte for byte."""
    files, user = new_files(world), world.name("user")
    upload(student, world, lake, files, user)
    wrong = altered(azure.storage(lake.account), lake.filesystem, user, files)
    assert not wrong, (
        f"The raw zone holds what came in, byte for byte. These differ:\n{listed(wrong)}\n"
        "Read bytes, not text; and what you append must be flushed."
    )


@todo("2.2", points=1)
def test_again(student, azure, world, lake):
    """Running it again brings the lake up to date."""
    files, user = new_files(world), world.name("user")
    upload(student, world, lake, files, user)
    changed = dict(files) | {"baseline/diabetes.csv": b"shorter\n", "stage/new.csv": b"a,b\n1,2\n"}
    upload(student, world, lake, changed, user)
    wrong = altered(azure.storage(lake.account), lake.filesystem, user, changed)
    assert not wrong, (
        f"After the second run, with a changed and a new file, these are not up to date:\n{listed(wrong)}"
    )


@todo("2.2", points=0.5)
def test_others_stay(student, azure, world, lake):
    """What others have in the lake stays as it is."""
    user = world.name("user")
    storage = azure.storage(lake.account)
    theirs = {
        f"0-raw/diabetes/{world.name('user')}/baseline/diabetes.csv": b"theirs",
        "0-raw/weather/today.csv": b"rain",
        f"1-bronze/diabetes/{user}/diabetes.csv": b"made of it",
        f"0-raw/diabetes/{user}/archive/last-year.csv": b"old, and kept",
    }
    for path, data in theirs.items():
        storage.write(lake.filesystem, path, data)
    upload(student, world, lake, new_files(world), user)
    gone = [path for path, data in theirs.items() if storage.read(lake.filesystem, path) != data]
    assert not gone, f"These were in the lake before, and should be there unchanged:\n{listed(gone)}"


@todo("2.2", points=1)
def test_returned(student, world, lake):
    """The lake's paths are returned, sorted."""
    files, user = new_files(world), world.name("user")
    returned = upload(student, world, lake, files, user)
    expected = sorted(f"0-raw/diabetes/{user}/{path}" for path in files)
    assert returned == expected, (
        f"upload_raw() should return the lake's paths, sorted:\n{listed(expected)}\nIt returned {returned!r}."
    )
