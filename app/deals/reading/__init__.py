"""From any CRM export to typed deal records, refusals and questions; pure, and one row at a time.

The way through, from left to right only:

    table   = files.open_table(path, "export.csv")
    mapping = headers.map_columns(table.headers, DEAL_LABELS, source="auto", overrides={...})
    answers = answers.read_answers(currency="EUR", ...)
    survey  = survey.survey_deals(table, mapping, answers, known_products=...)
    items   = deals.read_deals(table, mapping, answers, survey)   # once survey.questions is empty
"""
