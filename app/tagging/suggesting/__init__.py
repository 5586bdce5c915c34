"""Which reasons a sentence may be about: keywords first, then what people confirmed. Pure.

METHOD, 'Suggesting tags': rules from the reason list's own seed words stand until a learnt model
beats them on confirmed tags; the model abstains where it is not sure enough, and a suggestion is
never a tag until a person confirms it. scikit-learn and scipy are loaded where they are used, so
that the web process, which only shows what was suggested, never carries them.
"""
