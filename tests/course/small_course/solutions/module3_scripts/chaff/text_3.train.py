# chaff: 3.2
# why: Rate 3 is left a text.
def flags(arguments, parser):
    # TODO 3.2 x
    parser.add_argument("--rate", default="3")
    return parser.parse_args(arguments)
    # END TODO
