# chaff: 0.1
# why: Left the name empty.
# TODO 0.1 x
NAME = ""
# END TODO
