"""Official papers: numbering, rendering, signing, verification.

The only caller of WeasyPrint and pyHanko; knows no case.
"""
