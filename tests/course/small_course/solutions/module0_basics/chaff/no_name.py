# chaff: 0.1
# why: None for a name.
# TODO 0.1 x
NAME = None
# END TODO
