# chaff: 3.2
# why: Rate 2 is left a text.
def flags(arguments, parser):
    # TODO 3.2 x
    parser.add_argument("--rate", default="2")
    return parser.parse_args(arguments)
    # END TODO
