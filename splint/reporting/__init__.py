"""Reports: findings with their lines, words and masks that all of splint shares, a reporter for each output format.

May be imported by every package but `models`; the packs take their wording from here.
"""
