# why: Walks with os.walk, and writes with create, append and flush.

# %% extra
import os


# %%
def upload_raw(lake, folder, user):
    # TODO 2.2 Upload the files into 0-raw/diabetes/<user>/, with the sub-folders that they have below `folder`.
    done = []
    for here, _, names in os.walk(folder):
        for name in names:
            local = Path(here, name)
            place = "/".join(["0-raw", "diabetes", user, *local.relative_to(folder).parts])
            data = local.read_bytes()
            file = lake.create_file(place)
            file.append_data(data, offset=0, length=len(data))
            file.flush_data(len(data))
            done.append(place)
    done.sort()
    return done
    # END TODO
