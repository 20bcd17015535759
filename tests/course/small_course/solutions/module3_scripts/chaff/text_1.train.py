# chaff: 3.2
# why: Rate 1 is left a text.
def flags(arguments, parser):
    # TODO 3.2 x
    parser.add_argument("--rate", default="1")
    return parser.parse_args(arguments)
    # END TODO
