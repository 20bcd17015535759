# chaff: 2.2
# why: Appends the data and forgets to flush: the files are empty.


def upload_raw(lake, folder, user):
    # TODO 2.2 Upload the files into 0-raw/diabetes/<user>/, with the sub-folders that they have below `folder`.
    uploaded = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = f"0-raw/diabetes/{user}/{file.relative_to(folder).as_posix()}"
            new = lake.create_file(path)
            new.append_data(file.read_bytes(), 0)
            uploaded.append(path)
    return sorted(uploaded)
    # END TODO
