"""Words that carry no subject of their own, by language. Pure.

Kept short on purpose: 'show', 'work', 'answer' and 'first' are what buyers speak of, and longer
lists of stop words hold them.
"""

from __future__ import annotations

from app.search.stems import fold

_WORDS = {
    "en": """
        a about after again all also am an and any are as at be because been before being both but
        by can could did didn do does doesn doing don done each else even ever every everybody
        everyone everything few for from get gets getting go goes going gone got had has have
        having he her here hers him his how i if in into is isn it its itself just like ll lot lots
        made make makes many maybe me more most much must my no nobody none nor not nothing now of
        off on one only or other others our ours out over own quite re really said same say says
        she should simply so some somebody someone something still such sure than that the their
        them then there these they thing things think this those through to too up us ve very was
        wasn way we well went were weren what when where which while who whole whom why will with
        without would wouldn yes yet you your yours
        """,
    "de": """
        aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis da damit dann
        das dass dem den denn der des die dies diese diesem diesen dieser dieses doch dort durch ein
        eine einem einen einer eines er es etwas euch euer fur gar ganz gegen haben habe hat hatte
        hatten ich ihm ihn ihnen ihr ihre im immer in ist ja jede jedem jeden jeder jedes kann kein
        keine konnen konnte machen man mehr mein mich mir mit muss nach nicht nichts noch nun nur ob
        oder ohne schon sehr sein seine sich sie sind so soll uber um und uns unser unsere viel
        vom von vor wann war waren was weil wenn wer werden wie wieder wir wird wirklich wo wurde
        zu zum zur zwar habt euren eurem eure unserem unseren unserer
        """,
    "fr": """
        a ai au aucun aussi autre avec avait avons avoir bien car ce cela ces cet cette chez comme
        d dans de des du elle elles en encore est et etait ete etre eu faire fait il ils j je jamais
        l la le les leur leurs lui mais me meme mes moi mon n ne nos notre nous on ont ou par pas
        plus pour qu quand que quel qui rien s sa sans se ses si son sont sur ta te toi ton tous
        tout toute tres tu un une vos votre vous y
        """,
    "es": """
        a al algo algunos antes aunque cada como con cuando de del desde donde el ella ellos en
        entre era es esa ese eso esta este esto estos fue ha habia han hasta hay la las le les lo
        los mas me mi mucho muy nada ni no nos nosotros nuestro nuestra o otra otro para pero poco
        por porque que quien se ser si sin sobre solo son su sus tambien te tenia tiene todo todos
        tu un una uno unos usted y ya yo
        """,
    "nl": """
        aan al alle alles als altijd bij dan dat de der deze die dit doen door dus een en er geen
        had hebben heb heeft het hier hij hoe iets ik in is ja je jij jullie kan kon maar me meer
        men met mij mijn moet na naar niet niets nog nu of om omdat ons onze ook op over te tegen
        toch toen tot u uit uw van veel voor want waren was wat we wel werd wie wij wil worden zal
        ze zelf zich zij zijn zo zonder zou
        """,
    "it": """
        a ad ai al alla alle anche avere aveva c che chi ci come con cosa cui da dal dalla dei del
        della delle di dove e ed era essere fra gia gli ha hanno ho i il in io l la le lei lo loro
        lui ma me mi molto ne nei nel nella no noi non nostra nostro o ogni per perche piu poi puo
        quando quanto quello questa questo se senza si sia solo sono su sua sul suo tra tu tutti
        tutto un una uno vi voi
        """,
    "pt": """
        a ao aos as ate com como da das de dela dele deles depois do dos e ela elas ele eles em
        entre era essa esse esta este eu foi for foram ha isso isto ja la lhe mais mas me mesmo meu
        minha muito na nao nas nem no nos nossa nosso o os ou para pela pelo por qual quando que
        quem se sem ser seu sua so sao tambem te tem tinha todo tudo um uma voce
        """,
}

SMALL_WORDS = {
    language: frozenset(fold(word) for word in words.split()) for language, words in _WORDS.items()
}
