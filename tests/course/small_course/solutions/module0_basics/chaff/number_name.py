# chaff: 0.1
# why: A number for a name.
# TODO 0.1 x
NAME = 7
# END TODO
