"""What is said to have been said: the buyer's words, a mail, the minutes."""

from __future__ import annotations

import re

from app.guides.linting.question import Question

_ATTRIBUTED = re.compile(
    r"\b(?:you|your (?:colleague|email|mail|note|letter|report|message|notes|answer|"
    r"team|cfo|form|director|boss|board|manager|ceo|cto)|a colleague of yours|somebody|someone|"
    r"(?:one|some|several) of (?:the|your) \w+|people|it is|he|she|they|the (?:minutes|notes|"
    r"email|record|tender|"
    r"report)) (?:also |just |have |had |'ve |'d |once |earlier |first |both |then |"
    r"told us |wrote that )*(?:said|say|says|mentioned|told|wrote|described|called|"
    r"named|noted|put|brought up|spoke|pointed|raised|listed|ticked|marked|rated|gave|"
    r"answered|reported|talked|shows?|explained|used the word)\b|\bearlier\b|"
    r"\bin your (?:own )?words\b|\bas you (?:said|put|told|mentioned|wrote)\b|"
    r"\baccording to\b|\b(?:as|if) i (?:\w+ )?(?:understand|understood|got|have|heard|remember|"
    r"read)\b|"
    r"\bcorrect me\b|\blet me play\b"
)


def is_attributed(question: Question, first: int, after: int) -> bool:
    """Say whether words are put into the mouth of the buyer or of a paper."""
    return _ATTRIBUTED.search(" ".join(question.low[first:after])) is not None
