# chaff: 2.2
# why: Reads and writes text: line ends and byte order marks change on the way.


def upload_raw(lake, folder, user):
    # TODO 2.2 Upload the files into 0-raw/diabetes/<user>/, with the sub-folders that they have below `folder`.
    uploaded = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = f"0-raw/diabetes/{user}/{file.relative_to(folder).as_posix()}"
            lake.get_file_client(path).upload_data(
                file.read_text(encoding="utf-8-sig", errors="replace").encode(), overwrite=True
            )
            uploaded.append(path)
    return sorted(uploaded)
    # END TODO
