"""The import of deals, from opened files to rows.

opening     the files with their mappings, and the questions that stay open
staging     one staged row for each row of the deal and link files
applying    a batch of staged deals becomes deals, in one transaction
running     all of it in short transactions, from wherever a killed import stopped
results     what a person is told afterwards
"""
