# chaff: 3.4
# why: Takes sklearn.svm for the module that is to be installed.


def missing_module(log: str) -> str:
    # TODO 3.4 Find what Python says when a module is not there.
    lines = log.strip().splitlines()
    found = re.fullmatch(r"ModuleNotFoundError: No module named '([^']+)'", lines[-1] if lines else "")
    return found[1] if found else ""
    # END TODO
