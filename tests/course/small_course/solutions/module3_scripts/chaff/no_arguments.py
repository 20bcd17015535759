# chaff: 3.2
# why: Forgot the arguments.
# file: train.py
def flags(arguments, parser):
    # TODO 3.2 x
    parser.add_argument("--rate", type=float)
    return parser.parse_args()
    # END TODO
