"""The formation engine: arrays in, arrays out, no I/O. The only room that may import numpy and numba
(MECHANISMS P11).

The same functions run compiled or plain and give the same groups, number for number: integers only, one
generator of chance, and a budget counted in moves. `grouping.py` alone may be given seconds, by operators.
"""
