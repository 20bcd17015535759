# chaff: 3.4
# why: Takes any such line of the log, also one that the script survived.


def missing_module(log: str) -> str:
    # TODO 3.4 Find what Python says when a module is not there.
    found = re.search(r"ModuleNotFoundError: No module named '([^']+)'", log)
    return found[1].split(".")[0] if found else ""
    # END TODO
