"""Words for how people carry themselves and what they do to one another: each judges."""

from __future__ import annotations

from app.guides.linting.lexicon import words

CONDUCT_BAD = words(
    """snobbish spoilt spoiled bratty childish infantile immature hysterical paranoid neurotic
    obsessive fanatical pedantic preachy sanctimonious self-righteous hypocritical insincere
    dishonest crooked corrupt unscrupulous unethical immoral devious conniving manipulative
    vindictive spiteful petty-minded malicious vicious nasty-tempered bad-tempered grumpy surly
    sullen moody cranky irritable touchy prickly haughty conceited vain boastful cocky brash
    bullish headstrong obstinate inflexible intransigent uncooperative obstructive unruly
    disorganised disorganized scatterbrained absent-minded inattentive negligent irresponsible
    foolish foolhardy gullible naive naïve ignorant thoughtless tactless insensitive callous
    cold-blooded aloof distant-seeming stand-offish patronising patronizing condescending
    disrespectful impolite uncivil vulgar coarse foul-mouthed loud-mouthed nosy meddlesome
    overprotective overzealous overeager overconfident overambitious domineering controlling
    tyrannical despotic high-pressure exploitative predatory parasitic cowardly timid
    weak-willed indecisive wishy-washy lazy-minded idle unmotivated inexperienced
    ill-prepared unprepared ill-informed uninformed misguided wrongheaded deluded delusional
    unrealistic far-fetched implausible nonsensical incoherent muddled garbled unintelligible
    illegible unreadable unwatchable inedible undrinkable unusable unworkable unsafe unhygienic
    filthy dirty squalid smelly stinking stuffy cramped poky dingy drab dreary charmless
    tasteless tacky kitsch unimaginative uninspired formulaic monotonous repetitive soporific
    tear-jerking bloodless listless sluggish-seeming half-empty overcrowded overbooked overloud
    deafening blaring glaring blatant flagrant brazen shameful disgusting revolting repulsive
    repugnant vile rotten putrid sickening nauseating harrowing traumatic tragic heartbreaking
    devastating calamitous ruinous needlessly-long senseless mindless baseless groundless
    unfounded spurious bogus fake phoney phony sham-like fraudulent illegitimate unjust
    discriminatory lopsided skewed rigged undemocratic heavy-booted jobsworth overbilled
    overdue-as-ever botched-up ill-timed untimely hasty rash hurried-seeming halfhearted
    lukewarm tepid insipid bland watery soggy burnt-out flimsy tinny rickety creaky wonky
    knee-jerk kneejerk fly-by-night pie-in-the-sky run-of-the-mill dog-eared
    back-of-the-envelope rag-tag ragtag tick-box box-ticking one-size-fits-all top-heavy
    penny-wise hit-and-miss make-do so-so over-the-top tone-deaf dead-end last-gasp
    hand-to-mouth cloak-and-dagger
    lopsided shabby-looking gimmicky faddish trendy pretentious overblown bombastic grandiose
    extravagant wasteful-looking lavish-beyond-need exorbitantly-priced penny-pinching miserly
    tight mean-spirited grubby-minded nitpicking quarrelsome belligerent combative confrontational
    inexcusable indefensible deplorable lamentable dreadful-looking hapless luckless ill-starred"""
)
CONDUCT_GOOD = words(
    """selfless devoted gracious courteous kind-hearted warm-hearted good-hearted compassionate
    considerate courageous brave fearless daring-spirited noble honourable honorable upright
    principled dignified wise astute shrewd sagacious brilliant-minded gifted talented ingenious
    inventive resourceful imaginative creative-minded masterful virtuoso skilful skillful
    accomplished seasoned diligent hard-working industrious conscientious meticulous
    painstaking punctilious tenacious indefatigable unstinting unwavering steadfast loyal-hearted
    trustworthy dependable witty hilarious entertaining captivating riveting gripping enthralling
    spellbinding mesmerising mesmerizing enchanting enchanted heavenly divine exquisite sumptuous
    luxurious opulent palatial idyllic picturesque scenic-beyond-words radiant luminous
    triumphant glowing rousing stirring memorable unforgettable unrivalled-ever flawless-looking
    spotless sparkling gleaming first-class-looking world-beating record-breaking life-changing
    life-affirming ground-breaking path-breaking far-sighted enlightened progressive-minded
    humane magnanimous bountiful well-deserved hard-earned well-run well-made well-thought-out
    well-oiled well-mannered well-behaved beautifully-made commendable admirable praiseworthy
    laudable exemplary inspirational motivational invigorating rejuvenating wholesome
    scrumptious mouth-watering"""
)
BAD_NOUNS = words(
    """carelessness recklessness foolishness thoughtlessness selfishness vanity conceit hypocrisy
    insolence impudence spite malice cruelty brutality tyranny cowardice weakness-of-will greed
    gluttony sloth idleness ineptitude ineptness mismanagement maladministration misconduct
    malpractice misrule cronyism nepotism corruption fraud deceit deception trickery duplicity
    treachery disloyalty hysteria paranoia panic-mongering scaremongering scapegoat scapegoats
    vendetta witch-hunt smear smears slander gossip-mongering squabble squabbles squabbling
    bickering infighting backstabbing sulking tantrum tantrums outburst outbursts meltdown
    stupor apathy inertia malaise squalor filth stench eyesore deathtrap death-trap wreckage
    shipwreck ruin ruination carnage bloodshed havoc mayhem pandemonium turmoil upheaval
    humiliation disgrace shame infamy ridicule mockery travesty charlatan charlatans con-man
    conman swindler fraudster liar liars lies cheat cheats thug thugs brute brutes tyrant tyrants
    despot bully fool idiot idiots imbecile moron morons dunce dimwit buffoon loser-mentality
    coward cowards weakling slacker slackers layabout freeloader freeloaders sponger parasite
    parasites leeches vermin scum rabble mob hooligan hooligans rip-offs daylight-robbery
    extravagance splurge folly-buying foolhardiness obstinacy pigheadedness nagging whining
    moaning grumbling griping bragging boasting bluster swagger pomposity snobbery
    condescension gobbledygook gibberish drivel twaddle claptrap waffle bilge tripe"""
)
GOOD_NOUNS = words(
    """brilliance excellence mastery virtuosity ingenuity wizardry magic-touch heroism bravery
    courage gallantry generosity kindness thoughtfulness selflessness devotion grace elegance
    splendour splendor grandeur beauty loveliness charm allure radiance perfection flawlessness
    prowess flair panache finesse wisdom foresight insightfulness integrity nobility decency
    diligence perseverance tenacity dedication professionalism friendliness courtesy warmth
    craftsmanship workmanship triumphs feat feats glory paradise haven oasis treat treasure
    treasures jewels masterstroke stroke-of-genius dream-team showpiece flagship-quality
    saviour savior"""
)
BAD_DEEDS = words(
    """gripe carp squabble bicker brag boast gloat sulk sneer scold berate rebuke patronise
    patronize belittle humiliate insult offend harangue hassle intimidate blackmail extort
    embezzle pilfer loot plunder exploit manipulate rig doctor fudge falsify whitewash sugarcoat
    downplay overhype oversell rob blunder flunk falter flop backfire derail unravel crumble
    implode stagnate tarnish taint mar devastate shatter traumatise traumatize demoralise
    demoralize exasperate infuriate enrage disgust appall horrify terrify dismay alienate
    antagonise antagonize thwart stymie scupper torpedo jeopardise jeopardize endanger imperil
    splurge fritter mismanage miscalculate muff overreact capitulate cower skive procrastinate
    weasel wriggle backtrack backpedal renege slander smear vilify demonise demonize scapegoat
    stalk domineer micromanage smother coddle pamper fawn pander kowtow grovel meddle snoop pry
    gatecrash hijack overstep trespass loaf malinger bluster rant rave whinge nitpick overburden
    overwork underpay exclude-unfairly discriminate mistranslate misquote plagiarise plagiarize
    snarl quibble stonewall trample shortchange jilt fumble"""
)
GOOD_DEEDS = words(
    """triumph charm captivate enchant enthral mesmerise mesmerize thrill outclass outshine
    outsmart outwit conquer cherish treasure relish savour savor rejuvenate enrich ennoble
    perfect ace dote"""
)
FEELINGS = words(
    """guilty ashamed lonely jealous envious bitter resentful furious livid enraged heartbroken
    devastated distraught desolate miserable hopeless helpless humiliated embarrassed mortified
    betrayed cheated insulted offended hurt wounded shaken rattled unnerved terrified frightened
    scared panicked fearful homesick bored exhausted drained weary fed-up overworked
    underappreciated undervalued neglected ignored unwelcome unloved intimidated outraged
    indignant disgusted appalled horrified dismayed despondent gloomy sad tearful nostalgic
    elated overjoyed ecstatic thrilled joyful joyous jubilant triumphant blissful serene
    grateful honoured honored privileged lucky blessed moved touched charmed fascinated
    captivated inspired hopeful optimistic pessimistic suspicious doubtful wary bewildered
    baffled puzzled perplexed lost trapped powerless foolish silly stupid naive brave daring
    generous thoughtful kind warm welcoming rude cold hostile lazy careless reckless sloppy
    strict harsh cruel unfair unjust awkward clumsy noisy dirty filthy smelly dangerous risky
    painful unpleasant pleasant delicious tasty beautiful ugly tedious dull dreary exciting
    moving touching inspiring boring tiring exhausting draining rewarding gratifying soothing
    wonderful awful terrible horrible dreadful lovely charming gorgeous stunning"""
)
"""With 'how' before them, they say which way the answer goes."""
