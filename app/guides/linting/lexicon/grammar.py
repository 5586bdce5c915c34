"""Words that carry structure: what stands before a verb, joins clauses or opens them."""

from __future__ import annotations

from app.guides.linting.lexicon import words

WH = words("what which who whom whose when where why how whatever whichever whoever")
DO = words("do does did")
BE = words("is are was were am be been being 're 'm ain")
HAVE = words("have has had having 've")
MODALS = words("would could might may will shall should must can 'll 'd ca wo sha ought")
NOT = words("not n't")
PRONOUNS = words(
    """i you he she it we they me him us them everyone everybody someone somebody anyone anybody
    nobody something anything nothing everything there one ones myself yourself yourselves
    themselves itself ourselves himself herself mine yours ours theirs else none neither either
    others y'all folks"""
)
POSSESSIVES = words("my your our their his its her whose")
DETERMINERS = words(
    """a an the this that these those some any no each every all both another such several many
    much few fewer more most less least enough other same certain half own"""
)
PREPOSITIONS = words(
    """of in on at by for with about from into over under between among against during through
    without within across towards toward upon behind beside besides beyond per via regarding
    concerning despite off out up down around near onto inside outside above below along amid
    throughout like unlike except apart alongside versus vs as than"""
)
COORDINATORS = words("and or but nor & plus")
SUBORDINATORS = words(
    """if because although though while whereas unless whether until till before after since once
    that so"""
)
ADVERBS = words(
    """very too so quite rather just also even still again already yet ever never always often
    usually sometimes now then here there soon later today back first last once twice maybe
    perhaps almost nearly only really actually exactly roughly together away well anymore most
    more less least ahead instead however otherwise anyway far long best worst better worse
    yesterday tomorrow tonight lately please somewhat pretty"""
)
SUBJECT_PRONOUNS = words("i you he she it we they who everyone everybody nobody someone anyone")
TYPED_SHORT = {
    "u": "you",
    "ur": "your",
    "n": "and",
    "pls": "please",
    "plz": "please",
    "r": "are",
    "wich": "which",
    "wat": "what",
    "wot": "what",
    "cos": "because",
    "coz": "because",
    "bc": "because",
    "thru": "through",
    "hw": "how",
    "whats": "what",
    "w": "with",
    "abt": "about",
    "gonna": "going",
}
"""What people type in haste, and what they mean."""

NEUTRAL_OPENERS = words(
    """and but so well now then ok okay right alright also finally first firstly second secondly
    lastly next great thanks thank please just or honestly overall generally briefly again
    hmm kindly oh hi hello yes no sure say"""
)
"""Words that one says before the question begins."""
